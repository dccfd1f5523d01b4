"""What a document says of itself: its title, whose plan it is, its date, and the time that it covers."""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from importlib import resources
from itertools import takewhile
from pathlib import PurePath

from assistant.dates import DateSpan, Precision, find_dates, read_due
from assistant.records import Block, BlockKind, Document, Label, Source, SourceDetails, Table
from ingest.layout.labels import labels_of
from ingest.layout.shapes import is_fixed_date
from ingest.layout.words import one_line, plain, without_bullet

LISTED = re.compile(r"\s*(?:[-*•]|\d{1,2}[.)])\s")
_SAID = re.compile(
    r"(?:\b(?:last updated|updated?|(?:position |status |correct )?as (?:at|of|on)|as|position at|status at|compiled|"
    r"(?:meeting|minutes) of|held|dated|date of (?:report|plan|meeting|issue)|"
    r"(?:committee|meeting|report|issue|print) date|"
    r"published|printed|produced|prepared|revised|refreshed|reviewed|approved|agreed|issued|final|draft|"
    r"correct|edition|version[^,;]{0,12}|v ?\d+(?:\.\d+)*)|(?<!\w )\bdate)"
    r"[\s,;:–—-]*(?:on|in|at|of|by|to|the|for|final|draft|[\s,;:])*\Z",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\b(?:letter|inspect\w+|visit\w*|judg\w+|ofsted|response to|due|deadline|complete\w* by|by when|from|since|"
    r"start\w*|until|ends?|next|target|timescale|published by|following|after|before|review of|report of the)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b(?P<first>20\d\d)\s*(?:[-–—/]|to|and)\s*(?P<second>20\d\d|\d\d)\b")
_RANGE = re.compile(
    r"\b(?P<first>(?:\d{1,2}\s+)?[A-Z][a-z]{2,8}\s+20\d\d)\s*(?:to|until|"
    r"[-–—])\s*(?P<second>(?:\d{1,2}\s+)?[A-Z][a-z]{2,8}\s+20\d\d)\b"
)
_ANY_DAY = date(2020, 1, 1)
"""Two digits of a year are read from here: 2020 and twenty years on, else the last century."""
_TITLES = 8
"""How many lines may stand above a date that stands alone."""


def plan_date_of(front: Sequence[str]) -> date | None:
    """The date of a document: said with a word such as "updated", alone below its title, or in the title."""
    lines = [line for line in front if line.strip() and not LISTED.match(line)]
    years = set(re.findall(r"\b20\d\d\b", " ".join(lines[:3])))
    year = int(years.pop()) if len(years) == 1 else None  # the one that the title states
    said = next((day for line in lines for day in _said_in(line, None)), None)
    found = said or _alone(lines) or _in_title(lines)
    return found or next((day for line in lines for day in _said_in(line, year)), None)


def _spans(line: str, year: int | None = None) -> Iterator[DateSpan]:
    """The days and months that a line names with a year, or in this one."""
    for span in find_dates(line[:400], _ANY_DAY.replace(year=year or _ANY_DAY.year)):
        told = span.precision is Precision.MONTH or any(map(str.isdigit, span.text))  # and not "on Thursday"
        if span.precision in (Precision.DAY, Precision.MONTH) and (not span.assumed or (year and told)):
            yield span


def _last(span: DateSpan) -> date | None:
    return span.end - timedelta(days=1) if span.end else None


def _said_in(line: str, year: int | None) -> Iterator[date]:
    at = 0
    for span in _spans(line, year):
        before, at = line[at : span.offset], span.offset + len(span.text)
        own = re.match(r"as (?:at|of|on)\b", span.text)
        last = _last(span)
        if last is not None and (own or _SAID.search(before)) and not _OF_ANOTHER.search(before[-60:]):
            yield last


def _alone(lines: Sequence[str]) -> date | None:
    """A date that is a line by itself, above all sentences, and the only such line: else these are dates of actions."""
    bare = [line for line in lines if is_fixed_date(line) and ":" not in line and not _OF_ANOTHER.search(line)]
    whole = [line for line in bare if not _RANGE.search(line) and not _YEARS.search(line)]
    stated = ([_last(span) for span in _spans(line)] for line in whole)
    days = [next(filter(None, dates)) for dates in stated if any(dates)]
    above = lines[: lines.index(bare[0])] if bare else []
    told = any(line.rstrip().endswith((".", ";")) for line in above)
    return days[0] if len(days) == 1 and not told and len(above) < _TITLES else None


def _in_title(lines: Sequence[str]) -> date | None:
    """A date at the end of a title line: "Fenbridge Council, March 2025"."""
    for line in lines[:6]:
        if labels_of(line) or len(line.split()) > 16 or line.rstrip().endswith((".", ";")):
            continue
        words = line.strip(" *_#.)|")
        ends = [span for span in _spans(words) if words.endswith(span.text)]
        before = words.removesuffix(ends[-1].text).rstrip() if ends else ""
        if before and not _OF_ANOTHER.search(before) and (re.search(r"[,|(:–—-]\Z|\b(?:of|on)\Z", before)):
            return _last(ends[-1])
    return None


def period_of(front: Sequence[str]) -> tuple[date, date] | None:
    """First and last day of the time that the plan covers: stated months, or years, which run from April to March."""
    for line in front:
        match = _RANGE.search(line)
        if match and len(line.split()) <= 25:
            first, second = read_due(match["first"]).due, read_due(match["second"]).due
            if first and second and first < second:
                return first.replace(day=1), second.replace(day=monthrange(second.year, second.month)[1])
    for line in front:
        match = _YEARS.search(line)
        if match and len(line.split()) <= 20:
            first_year, last_year = int(match["first"]), int(match["first"][: -len(match["second"])] + match["second"])
            if 0 < last_year - first_year <= 10:
                return date(first_year, 4, 1), date(last_year, 3, 31)
    return None


_PLAN = re.compile(
    r"\b(plans?|strategy|tracker|action (?:log|list)|log|programme|report|framework|response|roadmap|register|minutes|"
    r"review|statement)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\s*(?:subject|title|report title|name of plan|plan name|plan title|plan)\s*:\s*(?P<title>\S.{5,140})",
    re.IGNORECASE,
)
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
_WITHOUT_TITLE = re.compile(rf"(?:.+? of |)(?:(?!{_TITLE_WORDS})\S+\s*)+")
_NO_NAME_WORDS = (
    "the our this that full each every local parent parents parent's children child children's council cabinet member "
    "members leader lead your a in youth young people people's one whole parish community health school schools care "
    "carers leavers junior student students pupil pupils shadow joint town's ask tell invite asked through"
)
_NO_NAME = frozenset(_NO_NAME_WORDS.split())
"""Words that stand before "Council" where no council is named: a Children in Care Council, One Council."""
_KINDS = {"county", "city", "borough", "district", "town", "metropolitan", "unitary", "island", "and", "of", "for"}


def source_of(document: Document, details: SourceDetails | None, slug: str, sha256: str, path: str) -> Source:
    """The document with what it says of itself; what the loader says wins."""
    details = details or SourceDetails()
    front: list[str] = []  # the first lines as plain text, cells of tables included, until a table has more columns
    above = None  # how many of them stand above the first such table
    for item in document.items[:14]:
        if isinstance(item, Block):
            front += plain(item.text).split("\n")[:6] if item.kind is not BlockKind.FURNITURE else []
            continue
        rows = [[cell.text for cell in row.cells if cell.text.strip()] for row in item.rows[:12]]
        few = list(takewhile(lambda texts: len(texts) <= 2, rows))
        for texts in few:
            pair = ": ".join(text.rstrip(" :") for text in texts)
            named = ":" not in texts[0].rstrip(" :") and _SUBJECT.match(pair) if texts else None
            front += [one_line(text) for text in ([pair] if named else texts) if len(text) < 200]
        above = len(front) if above is None and len(few) < len(rows) else above
    authority = details.authority or authority_in(document, front)
    title = details.title or _title(document, front, front[:above], authority)
    first, last = period_of([title, *front]) or (None, None)
    return Source(
        id=slug,
        document=document.name,
        title=title,
        authority=authority,
        plan_date=details.plan_date or plan_date_of(front),
        label=details.label or (Label.RESTRICTED if document.restricted else Label.INTERNAL),
        sha256=sha256,
        path=path,
        period_start=first,
        period_end=last,
    )


def _title(document: Document, front: Sequence[str], above: Sequence[str], authority: str | None) -> str:
    subjects = (match["title"] for line in front if (match := _SUBJECT.match(line)))
    above = [line for line in above if not LISTED.match(line)]
    short = (line for line in above[:10] if 1 < len(line.split()) <= 18 and line[-1] not in ".;,")
    heads = [without_bullet(line).lstrip("# ") for line in short if _quiet(line) != authority]
    plans = (line for line in heads if _PLAN.search(line) and not is_fixed_date(line))
    title = next(subjects, None) or _first_heading(document, authority)
    title = title or next(plans, None) or document.title or next(iter(heads), None)
    title = title or PurePath(document.name).stem.replace("_", " ").replace("-", " ")
    if authority and authority in title and len(title) > len(authority) + 6:
        title = re.sub(r"\s{2,}", " ", title.replace(authority, "")).strip(" ,:–—-'’s") or title
    return title.strip()[:1].upper() + title.strip()[1:]


def _first_heading(document: Document, authority: str | None) -> str | None:
    """A heading of the first level at the very top, unless it only names the council."""
    body = (item for item in document.items if isinstance(item, Table) or item.kind is not BlockKind.FURNITURE)
    first = next(body, None)
    heads = isinstance(first, Block) and first.kind is BlockKind.HEADING and first.level == 1
    text = one_line(first.text).lstrip("# ") if isinstance(first, Block) and heads else ""
    named = text and text != authority and not text.endswith("Council") and document.format not in {"xlsx", "ods"}
    return text if named else None


def authority_in(document: Document, front: Sequence[str]) -> str | None:
    """The council whose document it is: named in full in its words, or a known council that it names most."""
    weights: dict[str, float] = defaultdict(float)
    text = "\n".join([document.title or "", *map(_quiet, front)])
    everything = "\n".join(
        plain(item.text)
        if isinstance(item, Block)
        else "\n".join(one_line(cell.text) for row in item.rows for cell in row.cells if cell.text.strip())
        for item in document.items
        if isinstance(item, Block) or any(cell.text.strip() for row in item.rows for cell in row.cells)
    )
    for source, weight in ((text, 5.0), (everything, 1.0)):
        for pattern in _AUTHORITY:
            for match in pattern.finditer(source):
                whole = re.sub(r"\s+", " ", match[0])
                # true where the words before "Council", or after "of", can be the name of a place
                words = whole.lower().split()
                own = [word for word in words[: -1 if words[-1] == "council" else None] if word not in _KINDS]
                if own and not _NO_NAME & {own[0], own[-1]} and not _in_passing(source, match.start()):
                    cut = _WITHOUT_TITLE.match(whole)  # a title may run on from the name
                    weights[cut[0].rstrip(" ,&-") if cut else whole] += weight
    if weights:
        return max(weights.items(), key=lambda item: (item[1], -len(item[0])))[0]
    return _known(everything, len(text))


def _quiet(line: str) -> str:
    """A line in capitals as names are written: "KINGSTOWN BOROUGH COUNCIL", "THE CITY OF X"."""
    return re.sub(r"\b(?:Of|And|Upon|On|The)\b", lambda word: word[0].lower(), line.title()) if line.isupper() else line


_PASSING = re.compile(r"\b(with|from|between|like|visit to|neighbouring|by|and)\s+(the\s+|LB\s+)?$")
_PLACE = re.compile(r"\s+(Road|Street|House|Avenue|Lane|Centre|College|Hospital)")


def _in_passing(text: str, at: int) -> bool:
    """True where a council is only a partner or a neighbour: "with LB Fenbridge", "other councils such as"."""
    return _PASSING.search(text[max(0, at - 24) : at]) is not None


def _known(text: str, front: int) -> str | None:
    """A council of England that the words name, or that its web address or its initials name; the one named most."""
    weights: dict[str, float] = defaultdict(float)
    squashed = re.findall(r"[@.]([a-z-]{4,40})\.gov\.uk", text.lower())
    text = text[:300_000]
    for name in councils():
        short = name.removeprefix("City of ").removeprefix("London Borough of ")
        keys = {re.sub(r"[^a-z]", "", each.lower()) for each in (name, short)} if squashed else set()
        weights[name] += 4 * sum(host.replace("-", "") in keys for host in squashed)
        for match in re.finditer(rf"\b{re.escape(name)}\b", text) if name in text else ():
            if not _in_passing(text, match.start()) and not _PLACE.match(text, match.end()):
                weights[name] += 2 if match.start() < front else 1
        words = name.split()
        if len(words) > 2 and any(word.islower() for word in words):  # initials like "CoL" are seldom anything else
            weights[name] += 0.5 * len(re.findall(rf"\b{''.join(word[0] for word in words)}\b", text))
    best = sorted(weights.items(), key=lambda item: -item[1])[:2]
    if not best or best[0][1] < 1 or (len(best) > 1 and best[1][1] == best[0][1]):
        return None
    return best[0][0]


def councils() -> tuple[str, ...]:
    """The councils of England that run children's services."""
    return tuple(resources.files("ingest").joinpath("data/councils.txt").read_text(encoding="utf-8").split("\n")[1:-1])
