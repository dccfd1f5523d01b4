"""What a document says of itself: its title, whose plan it is, its date, and the time that it covers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import PurePath

from assistant.records import Block, BlockKind, Document, Label, SourceDetails, Table
from ingest.dated import LISTED, period_of, plan_date_of
from ingest.layout.shapes import is_fixed_date
from ingest.layout.words import one_line, plain, without_bullet

_FRONT = 14
_MOST_TEXT = 300_000
_PLAN = re.compile(
    r"\b(plan|strategy|tracker|action log|log|programme|report|framework|response|roadmap|register|minutes|"
    r"review|statement)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\s*(?:subject|title|report title|name of plan|plan)\s*:\s*(?P<title>\S.{5,140})", re.IGNORECASE)
_NAME = r"(?:[A-Z][a-zA-Z'’-]+)(?:(?:[ ]+(?:and|upon|on|of|&)[ ]+|[ ]+|-)[A-Z][a-zA-Z'’-]+){0,3}"
_AUTHORITY = (
    re.compile(
        rf"\b(?:London Borough|Royal Borough|Metropolitan Borough|Royal London Borough|City and County|City|"
        rf"Borough|County) of {_NAME}"
    ),
    re.compile(
        rf"\b{_NAME}[ ]+(?:(?:City|County|Borough|District|Metropolitan|Metropolitan Borough|Unitary|Town|"
        rf"Island)[ ]+)*Council\b"
    ),
)
_TITLE_WORDS = (
    r"(?:Children|Child|Action|Plan|Improvement|Service|Services|Corporation|Safeguarding|Social|Family|Youth|Early)\b"
)
_NO_NAME = frozenset(
    [
        "the",
        "our",
        "this",
        "that",
        "full",
        "each",
        "every",
        "local",
        "parent",
        "parents",
        "parent's",
        "children",
        "child",
        "children's",
        "council",
        "cabinet",
        "member",
        "members",
        "leader",
        "lead",
        "your",
        "a",
        "in",
        "youth",
        "young",
        "people",
        "people's",
        "one",
        "whole",
        "parish",
        "community",
        "health",
        "school",
        "schools",
        "care",
        "carers",
        "leavers",
        "junior",
        "student",
        "students",
        "pupil",
        "pupils",
        "shadow",
        "joint",
        "town's",
        "ask",
        "tell",
        "invite",
        "asked",
        "through",
    ]
)
"""Words that stand before "Council" where no council is named: a Children in Care Council, One Council."""
_KINDS = frozenset(
    ["county", "city", "borough", "district", "town", "metropolitan", "unitary", "island", "and", "of", "for"]
)


@dataclass(frozen=True, slots=True)
class Facts:
    """A document's title, authority, date and period (first and last day), each as found or as the loader said."""

    title: str
    authority: str | None
    plan_date: date | None
    period: tuple[date, date] | None
    label: Label = Label.INTERNAL


def facts_of(document: Document, details: SourceDetails | None = None) -> Facts:
    """The facts of the document; what the loader says wins."""
    details = details or SourceDetails()
    front = list(_front(document))
    authority = details.authority or authority_in(document, front)
    title = details.title or _title(document, front, authority)
    return Facts(
        title=title,
        authority=authority,
        plan_date=details.plan_date or plan_date_of(front),
        period=period_of([title, *front]),
        label=details.label or (Label.RESTRICTED if document.restricted else Label.INTERNAL),
    )


def _front(document: Document) -> Iterator[str]:
    """The first lines of the document as plain text, cells of tables included, until its table of actions is long."""
    for item in document.items[:_FRONT]:
        if isinstance(item, Block):
            if item.kind is not BlockKind.FURNITURE:
                yield from plain(item.text).split("\n")[:6]
        else:
            yield from _cells(item)


def _cells(table: Table) -> Iterator[str]:
    for row in table.rows[:12]:
        filled = [cell for cell in row.cells if cell.text.strip()]
        if len(filled) > 2:
            return
        for cell in filled:
            if len(cell.text) < 200:
                yield one_line(cell.text)


def _title(document: Document, front: Sequence[str], authority: str | None) -> str:
    front = [line for line in front if not LISTED.match(line)]
    subjects = (match["title"] for line in front if (match := _SUBJECT.match(line)))
    heads = [
        without_bullet(line).lstrip("# ")
        for line in front[:10]
        if 1 < len(line.split()) <= 18 and line[-1] not in ".;,"
    ]
    plans = (line for line in heads if _PLAN.search(line) and not is_fixed_date(line))
    title = next(subjects, None) or _first_heading(document, authority)
    title = title or next(plans, None) or document.title or next(iter(heads), None)
    title = title or PurePath(document.name).stem.replace("_", " ").replace("-", " ")
    if authority and authority in title and len(title) > len(authority) + 6:
        title = re.sub(r"\s{2,}", " ", title.replace(authority, "")).strip(" ,:–—-'’s") or title
    return title.strip()[:1].upper() + title.strip()[1:]


def _first_heading(document: Document, authority: str | None) -> str | None:
    """A heading of the first level at the very top, unless it only names the council."""
    first = next(
        (item for item in document.items if isinstance(item, Table) or item.kind is not BlockKind.FURNITURE), None
    )
    sheets = document.format in {"xlsx", "ods"}
    if sheets or not isinstance(first, Block) or first.kind is not BlockKind.HEADING or first.level != 1:
        return None
    text = one_line(first.text).lstrip("# ")
    return text if text and text != authority and not text.endswith("Council") else None


def authority_in(document: Document, front: Sequence[str]) -> str | None:
    """The council whose document it is: named in full in its words, or a known council that it names most."""
    weights: dict[str, float] = defaultdict(float)
    text = "\n".join([document.title or "", *front])
    everything = _everything(document)
    for source, weight in ((text, 5.0), (everything, 1.0)):
        for pattern in _AUTHORITY:
            for match in pattern.finditer(source):
                whole = re.sub(r"\s+", " ", match[0])
                if _names_council(whole) and not _in_passing(source, match.start()):
                    weights[_cut(whole)] += weight
    if weights:
        return max(weights.items(), key=lambda item: (item[1], -len(item[0])))[0]
    return _known(everything, len(text))


def _names_council(name: str) -> bool:
    """True where the words before "Council", or after "of", can be the name of a place."""
    words = name.lower().split()
    own = [word for word in words[: -1 if words[-1] == "council" else None] if word not in _KINDS]
    return bool(own) and own[0] not in _NO_NAME and own[-1] not in _NO_NAME


def _cut(name: str) -> str:
    """The name of a council without the title that runs on from it."""
    found = re.match(rf"(?:.+? of |)(?:(?!{_TITLE_WORDS})\S+\s*)+", name)
    return found[0].rstrip(" ,&-") if found else name


def _everything(document: Document) -> str:
    parts = []
    for item in document.items:
        if isinstance(item, Block):
            parts.append(plain(item.text))
        else:
            parts += [one_line(cell.text) for row in item.rows for cell in row.cells if cell.text.strip()]
    return "\n".join(parts)


def _in_passing(text: str, at: int) -> bool:
    """True where a council is only a partner or a neighbour: "with LB Fenbridge", "other councils such as"."""
    return bool(
        re.search(
            r"\b(with|from|between|like|visit to|neighbouring|by|and)\s+(the\s+|LB\s+)?$", text[max(0, at - 24) : at]
        )
    )


def _known(text: str, front: int) -> str | None:
    """A council of England that the words name, or that its web address or its initials name; the one named most."""
    weights: dict[str, float] = defaultdict(float)
    squashed = re.findall(r"[@.]([a-z-]{4,40})\.gov\.uk", text.lower())
    text = text[:_MOST_TEXT]
    for name in councils():
        short = name.removeprefix("City of ").removeprefix("London Borough of ")
        key = re.sub(r"[^a-z]", "", name.lower())
        weights[name] += 4 * sum(
            1 for host in squashed if host.replace("-", "") in {key, re.sub(r"[^a-z]", "", short.lower())}
        )
        for match in re.finditer(rf"\b{re.escape(name)}\b", text) if name in text else ():
            if not _in_passing(text, match.start()) and not re.match(
                r"\s+(Road|Street|House|Avenue|Lane|Centre|College|Hospital)", text[match.end() :]
            ):
                weights[name] += 2 if match.start() < front else 1
        initials = _initials(name)
        if initials:
            weights[name] += 0.5 * len(re.findall(rf"\b{initials}\b", text))
    best = sorted(weights.items(), key=lambda item: -item[1])[:2]
    if not best or best[0][1] < 1 or (len(best) > 1 and best[1][1] == best[0][1]):
        return None
    return best[0][0]


def _initials(name: str) -> str | None:
    """Initials that keep the small letters of small words are seldom anything else: "CoL"."""
    words = name.split()
    return "".join(word[0] for word in words) if len(words) > 2 and any(word.islower() for word in words) else None


def councils() -> tuple[str, ...]:
    """The councils of England that run children's services."""
    return tuple(resources.files("ingest").joinpath("data/councils.txt").read_text(encoding="utf-8").split("\n")[1:-1])
