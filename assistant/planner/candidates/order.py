"""Groups and order: "for each recommendation", "which month has most", "the latest deadline", "the second one"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.conditions import Field
from assistant.lexicon import Hit
from assistant.planner.text import Text, longest
from assistant.planner.wording import NUMBERS

_NTH = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "last": -1,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "5th": 5,
    "final": -1,
}


@dataclass(frozen=True, slots=True)
class Order:
    """How rows or groups are to be grouped and ordered; `extreme` where only the first of them are wanted."""

    group: str | None = None
    """The kind of group: recommendation, priority, section, owner, status, rag, due, document, authority."""
    then: str | None = None
    listing: bool = False
    """The groups themselves are asked for: "list the owners"."""
    extreme: bool = False
    order: Field | None = None
    descending: bool = False
    first: int | None = None
    nth: int | None = None
    late: bool = False
    """Only overdue rows: "the longest overdue"."""
    ahead: bool = False
    """Only dates from the day to judge by on: "the next deadline"."""
    spans: tuple[tuple[int, int], ...] = ()


_NUMBER = re.compile(
    rf"\b(?:top|first|next|last|latest|earliest|biggest|largest|worst|the|which|longest|oldest|soonest)\s+(?P<n>\d{{1,2}}|{'|'.join(NUMBERS)})\s+(?!of\b|weeks?\b|months?\b|days?\b|years?\b|quarters?\b)(?=(?:most\s+)?[\w-]+)|\b(?P<m>\d{{1,2}}|{'|'.join(NUMBERS)})\s+(?:most\s+overdue|longest|latest|earliest|soonest|next|oldest|busiest|largest|biggest)"
)
_NTH_ONE = re.compile(
    rf"\bthe\s+(?P<n>{'|'.join(_NTH)})\s+(?:one|row|of\s+(?:those|these|them))\b|\b(?P<m>first|last)\s+(?:action|task|row|item|thing|entry)\b(?!\s+(?:due|to|on|for))"
)
_SMALL = frozenset(
    [
        "the",
        "of",
        "our",
        "in",
        "this",
        "these",
        "those",
        "named",
        "all",
        "different",
        "main",
        "key",
        "various",
        "each",
        "every",
        "is",
        "are",
        "by",
        "per",
        "due",
        "given",
        "and",
        "across",
        "for",
        "has",
        "have",
        "got",
        "with",
        "lead",
        "responsible",
        "action",
        "how",
        "many",
        "any",
        "number",
        "do",
        "does",
        "there",
    ]
)
_PERIODS = frozenset(
    [
        "week",
        "month",
        "quarter",
        "year",
        "term",
        "spring",
        "summer",
        "autumn",
        "winter",
        "few",
        "couple",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "time",
        "version",
        "report",
        "update",
        "inspection",
        "meeting",
        "ofsted",
        "plan",
        "review",
        "audit",
    ]
)


def spot_order(text: Text, named: Sequence[tuple[int, int]]) -> Order:
    """The groups and the order that a question asks for. `named`: characters that name something else."""

    def free(hit: Hit) -> bool:
        start, end = text.span(hit)
        return not any(s < end and start < e for s, e in named)

    groups = [hit for hit in longest(h for h in text.hits if h.role == "group") if free(hit)]
    number = _NUMBER.search(text.low)
    first = _amount(number) if number else None
    spans = (number.span(),) if number else ()
    for reading in (_most, _by, _listing):
        if found := reading(text, groups, first):
            return replace(found, spans=(*found.spans, *spans))
    if match := _NTH_ONE.search(text.low):
        return Order(nth=_NTH[match["n"] or match["m"]], spans=(match.span(),))
    return _extreme(text, first, spans)


def _amount(match: re.Match[str]) -> int:
    word = match["n"] or match["m"]
    return NUMBERS.get(word) or int(word)


def _most(text: Text, groups: Sequence[Hit], first: int | None) -> Order | None:
    """ "Which month has most due", "who has the fewest", "the busiest month"."""
    for hit in text.of("order", "most", "fewest", "longest_late"):
        if hit.concept == "longest_late" or text.low[text.span(hit)[1] :].startswith(
            (" than", " overdue", " recent", " urgent", " late", " of the ", " behind", " delayed", " distant")
        ):
            continue
        descending = hit.concept == "most"
        after = next((g for g in groups if g.first == hit.last), None)
        before = [
            g
            for g in groups
            if g.first < hit.first
            and _asked_for(text, g)
            and not text.stopped(text.span(g)[1], text.span(hit)[0], hard=True)
        ]
        who = next(
            (
                h
                for h in text.of("ask", "who")
                if h.first < hit.first
                and hit.first - h.last <= 5
                and (
                    h.first == 0
                    or text.words[h.first - 1].low in ("and", "or", "so")
                    or text.stopped(text.words[h.first - 1].end, text.words[h.first].start)
                )
            ),
            None,
        )
        group = (
            before[-1]
            if before
            else after
            if after and text.words[hit.first].low in ("busiest", "quietest", "biggest", "largest", "commonest")
            else None
        )
        if group:
            start = min(text.span(group)[0], text.span(hit)[0])
            return Order(
                group.concept,
                extreme=True,
                descending=descending,
                first=first or 1,
                spans=((start, text.span(group)[1]), text.span(hit)),
            )
        if who:
            return Order(
                "owner", extreme=True, descending=descending, first=first or 1, spans=(text.span(who), text.span(hit))
            )
        by = _by(text, groups, first)
        if by and not by.listing:
            return replace(by, extreme=True, descending=descending, first=first or 1, spans=(*by.spans, text.span(hit)))
    return None


def _asked_for(text: Text, group: Hit) -> bool:
    """ "Which month ...", "what rating": the group is asked for."""
    before = [word.low for word in text.words[max(0, group.first - 4) : group.first]]
    return (
        any(word in ("which", "what", "whats", "what's") for word in before)
        and all(
            word
            in (
                "which",
                "what",
                "of",
                "the",
                "our",
                "their",
                "is",
                "one",
                "and",
                "whats",
                "what's",
                "single",
                "hackney",
            )
            or len(word) > 3
            for word in before[-2:]
        )
        and not any(word in ("has", "have", "is", "are", "due") for word in before[-1:])
    )


def _by(text: Text, groups: Sequence[Hit], first: int | None) -> Order | None:
    """ "For each recommendation", "by owner", "split by status and plan"."""
    found: list[tuple[Hit, Hit]] = []
    for group in groups:
        for by in text.of("groupby"):
            between = text.words[by.last : group.first]
            if (
                0 <= group.first - by.last <= 4
                and all(word.low in _SMALL or _is_name(text, word.start) for word in between)
                and _groups_rows(text, by, group)
            ):
                found.append((by, group))
                break
    if not found:
        shares = re.search(r"\b(?:how many|number|count|counts|totals?|tally)\b", text.low)
        if shares and re.search(r"\bof each colou?r\b|\bper colou?r\b", text.low):
            return Order("rag")
        return None
    by, group = found[0]
    if (
        text.words[by.first].low == "by"
        and (own := next((g for g in groups if g.last == by.first), None))
        and own.concept != group.concept
    ):
        return Order(group.concept, then=own.concept, first=first, spans=((text.span(own)[0], text.span(group)[1]),))
    then = next((g.concept for _, g in found[1:] if g.concept != group.concept), None)
    then = then or next(
        (
            g.concept
            for g in groups
            if g.first in (group.last + 1, group.last + 2)
            and text.words[group.last].low in ("and", "then")
            and g.concept != group.concept
        ),
        None,
    )
    return Order(group.concept, then=then, first=first, spans=((text.span(by)[0], text.span(group)[1]),))


def _is_name(text: Text, start: int) -> bool:
    return text.raw[start].isupper()


def _groups_rows(text: Text, by: Hit, group: Hit) -> bool:
    """ "By the manager" names a doer, "by owner" a kind of group; "across all plans" is no group."""
    word, between = text.words[by.first].low, [w.low for w in text.words[by.last : group.first]]
    plural = text.words[group.last - 1].low.endswith("s") and group.concept not in ("status", "progress")
    if word == "by" and by.length == 1:
        after = text.words[group.last].low if group.last < len(text.words) else ""
        if between and between[-1] in ("the", "our", "a"):
            return after in ("", "please", "pls", "and") and group.concept not in ("owner",)
        if group.concept == "owner" and text.words[group.last - 1].low in (
            "manager",
            "officer",
            "director",
            "team",
            "department",
            "service",
            "head",
            "staff",
            "people",
        ):
            return after in ("", "please", "pls")
        return after not in ("of", "to") and not (
            group.concept == "due" and after and text.words[group.first].low in ("due", "date") and _sorts(text)
        )
    if (
        word in ("across", "every", "with", "on", "from")
        and group.concept in ("document", "authority", "owner")
        and not ("each" in text.low or "per " in text.low)
    ):
        return word == "every" and bool(re.search(r"\b(?:how many|number|count|total)\b", text.low))
    if word in ("each", "every") and by.length == 1:
        return (
            bool(re.search(r"\b(?:how many|number|count|total|overdue|what is|tell|show|list|complete)\b", text.low))
            or group.first <= 2
        )
    if word == "breakdown" and group.concept in ("document",) and not between:
        return False
    return not (
        plural and word in ("split", "breakdown") and "by" not in between and "of" not in between and by.length == 1
    )


def _sorts(text: Text) -> bool:
    return bool(re.search(r"\b(?:sort|order|arrange|rank)\w*\b", text.low))


_WANTS = re.compile(
    r"^\W*(?:and\s+|so\s+|please\s+|can you\s+|could you\s+)*(?:list|show|name|who (?:are|is)|what (?:are|is)|give|which are|what's|whats|how many|what)\b"
)


def _listing(text: Text, groups: Sequence[Hit], first: int | None) -> Order | None:
    """ "List the owners", "what are the recommendations in the plan", "how many sections does it have"."""
    match = _WANTS.match(text.low)
    if not match:
        return None
    for group in groups:
        plural = text.words[group.last - 1].low.endswith("s")
        if (
            not plural
            or group.concept not in ("owner", "recommendation", "priority", "section")
            or text.words[group.last - 1].low
            in (
                "status",
                "teams",
                "services",
                "departments",
                "roles",
                "parts",
                "aims",
                "goals",
                "objectives",
                "topics",
                "subjects",
                "staff",
                "managers",
                "officers",
                "posts",
                "areas",
                "heads",
            )
        ):
            continue
        between = [word for word in text.words if match.end() <= word.start < text.span(group)[0]]
        after = text.words[group.last].low if group.last < len(text.words) else ""
        if all(
            word.low in _SMALL | {"me", "us", "all"} or word.low in NUMBERS or word.low.isdigit() for word in between
        ) and after in (
            "",
            "in",
            "of",
            "for",
            "named",
            "and",
            "are",
            "is",
            "listed",
            "covered",
            "does",
            "do",
            "has",
            "have",
            "please",
            "pls",
        ):
            return Order(group.concept, listing=True, first=first, spans=((match.start(), text.span(group)[1]),))
    return None


def _extreme(text: Text, first: int | None, spans: tuple[tuple[int, int], ...]) -> Order:
    for hit in _extremes(text):
        start, end = text.span(hit)
        after = text.words[hit.last].low if hit.last < len(text.words) else ""
        if hit.concept == "longest_late":
            return Order(extreme=True, order=Field.DUE, first=first or 1, late=True, spans=((start, end), *spans))
        dated = any(
            text.span(f)[0] <= end + 12 and text.span(f)[1] >= start - 12 for f in text.of("field", "due", "start")
        )
        near = text.low[max(0, start - 25) : end + 30]
        done = re.search(r"\b(?:complet|finish|clos|achiev|sign)\w*\b", near)
        word = text.words[hit.first].low
        if (
            after in _PERIODS
            or (after.isdigit() and hit.concept in ("first", "last") and not first)
            or (
                after in NUMBERS
                and text.words[min(hit.last + 1, len(text.words) - 1)].low
                in _PERIODS | {"months", "weeks", "days", "years"}
            )
        ):
            continue
        rowish = any(row.first <= hit.last + 2 and row.first >= hit.last for row in text.of("rows")) or any(
            row.last >= hit.first - 4 and row.last <= hit.first for row in text.of("rows")
        )
        due = bool(re.search(r"\b(?:due|deadline|date|target|finish|end|run|comes? up|falls? due|up next)\w*\b", near))
        if (
            done
            and word in ("recent", "most", "last", "latest", "first", "earliest")
            and hit.concept in ("first", "last")
            and not re.search(r"\bto be\b", near)
        ):
            return Order(
                extreme=True,
                order=Field.COMPLETED_ON,
                descending=hit.concept == "last",
                first=first or 1,
                spans=((start, end), *spans),
            )
        if not (
            dated
            or due
            or (rowish and not hit.doubtful)
            or hit.length > 1
            or (first and rowish)
            or (word in ("next", "first") and rowish)
        ):
            continue
        field = Field.START if re.search(r"\b(?:start|begin)\w*\b", near) and not due else Field.DUE
        if rowish and not due and word in ("first", "last") and not dated:
            return (
                Order(first=first, spans=((start, end), *spans))
                if first
                else Order(nth=-1 if word == "last" else 1, spans=((start, end),))
            )
        ahead = word in ("next", "soonest", "most", "coming", "comes") or "next" in text.low[start:end]
        return Order(
            extreme=True,
            order=field,
            descending=hit.concept == "last",
            first=first or 1,
            ahead=ahead and hit.concept == "first",
            spans=((start, end), *spans),
        )
    if sort := text.of("order", "by_order"):
        latest = re.search(r"\b(?:newest|latest)\s+first\b", text.low)
        return Order(order=Field.DUE, descending=bool(latest), spans=tuple(text.span(hit) for hit in sort))
    return Order(
        first=first if spans and re.search(r"\b(?:top|first|next)\b", text.low) else None,
        spans=spans if spans and re.search(r"\b(?:top|first)\b", text.low) else (),
    )


def _extremes(text: Text) -> Iterator[Hit]:
    found = longest(h for h in text.hits if h.role == "order" and h.concept in ("first", "last", "longest_late"))
    yield from sorted(found, key=lambda hit: (hit.concept != "longest_late", -hit.length, hit.first))


def group_fields(kind: str, sections: Sequence[str], recommendations: Sequence[str]) -> Field:
    """The field that a kind of group is in these plans: priorities may be headings of sections or recommendations."""
    named = {
        "owner": Field.OWNER,
        "status": Field.STATUS,
        "rag": Field.RAG,
        "due": Field.DUE,
        "document": Field.DOCUMENT,
        "authority": Field.AUTHORITY,
    }
    if kind in named:
        return named[kind]
    if kind != "recommendation":
        for field, names in ((Field.SECTION, sections), (Field.RECOMMENDATION, recommendations)):
            if any(name.lower().startswith(kind) for name in names):
                return field
    if kind == "recommendation" or len(sections) < 2:
        return Field.RECOMMENDATION if recommendations or not sections else Field.SECTION
    return Field.SECTION
