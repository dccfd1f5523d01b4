"""Order: "the latest deadline", "most overdue", "the second one", "top five", "soonest first"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conditions import Field
from assistant.lexicon import Hit
from assistant.planner.candidates.columns import with_columns
from assistant.planner.candidates.dated import field_near
from assistant.planner.candidates.groups import Order, grouped, listed, most
from assistant.planner.text import Text, longest
from assistant.planner.wording import NUMBERS, word_list

_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_NTH |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "final": -1}
_AMOUNT = rf"\d{{1,2}}|{'|'.join(NUMBERS)}"
_NUMBER = re.compile(
    rf"\b(?:top|first|next|last|latest|earliest|biggest|largest|worst|the|which|longest|oldest|soonest)\s+(?P<n>{_AMOUNT})\s+"
    r"(?!of\b|weeks?\b|months?\b|days?\b|years?\b|quarters?\b)(?=(?:most\s+)?[\w-]+)"
    rf"|\b(?P<m>{_AMOUNT})\s+(?:most\s+overdue|longest|latest|earliest|soonest|next|oldest|busiest|largest|biggest)"
)
_NTH_ONE = re.compile(
    rf"\bthe\s+(?P<n>{'|'.join(_NTH)})\s+(?:one|row|of\s+(?:those|these|them))\b"
    r"|\b(?P<m>first|last)\s+(?:action|task|row|item|thing|entry)\b(?!\s+(?:due|to|on|for))"
)
_PERIODS = frozenset(
    word_list("""
    week month quarter year term spring summer autumn winter few couple january february march april may june july august
    september october november december monday tuesday wednesday thursday friday time version report update inspection meeting
    ofsted plan review audit
    """)
)
_UNITS = _PERIODS | frozenset(word_list("months weeks days years"))


def spot_order(text: Text, named: Sequence[tuple[int, int]]) -> Order:
    """The groups and the order that a question asks for. `named`: characters that name something else."""
    groups = longest(h for h in text.hits if h.role == "group")
    groups = [g for g in groups if not any(s < text.span(g)[1] and text.span(g)[0] < e for s, e in named)]
    number = _NUMBER.search(text.low)
    word = (number["n"] or number["m"]) if number else ""
    first = (NUMBERS.get(word) or int(word)) if number else None
    spans = (number.span(),) if number else ()
    for reading in (most, grouped, listed):
        if found := reading(text, groups, first):
            return with_columns(replace(found, spans=(*found.spans, *spans)), text.low)
    match = _NTH_ONE.search(text.low)
    if match and not (match["m"] and field_near(text, text.at(match.start()), text.at(match.end()))):
        return Order(nth=_NTH[match["n"] or match["m"]], spans=(match.span(),))
    hits = longest(h for h in text.hits if h.role == "order" and h.concept in ("first", "last", "longest_late"))
    hits = [hit for hit in hits if not any(s < text.span(hit)[1] and text.span(hit)[0] < e for s, e in named)]
    for hit in sorted(hits, key=lambda hit: (hit.concept != "longest_late", -hit.length, hit.first)):
        if found := _extreme(text, hit, first):
            return replace(found, spans=(*found.spans, *spans))
    if sort := text.of("order", "by_order"):
        latest = re.search(r"\b(?:newest|latest)\s+first\b", text.low)
        return Order(order=Field.DUE, descending=bool(latest), spans=tuple(text.span(hit) for hit in sort))
    top = re.search(r"\b(?:top|first)\b", text.low)
    return Order(first=first, spans=spans) if top and spans else Order()


def _extreme(text: Text, hit: Hit, first: int | None) -> Order | None:
    """The first or the last by a date; the first rows of a list; None where the words say neither."""
    start, end = text.span(hit)
    found = Order(extreme=True, order=Field.DUE, first=first or 1, spans=((start, end),))
    if hit.concept == "longest_late":
        return replace(found, late=True)
    after = [word.low for word in text.words[hit.last : hit.last + 2]]
    if after and (
        after[0] in _PERIODS or (after[0].isdigit() and not first) or (after[0] in NUMBERS and after[-1] in _UNITS)
    ):
        return None
    near, word, last = text.low[max(0, start - 25) : end + 30], text.words[hit.first].low, hit.concept == "last"
    rows = any(0 <= row.first - hit.last <= 2 or 0 <= hit.first - row.last <= 4 for row in text.of("rows"))
    field = field_near(text, hit.first, hit.last)
    due = field is not None or bool(re.search(r"\b(?:date|end|run|comes? up|up next)\w*\b", near))
    if field is Field.COMPLETED_ON and word in ("recent", "most", "last", "latest", "first", "earliest"):
        return replace(found, order=field, descending=last)
    if not (due or hit.length > 1 or (rows and (not hit.doubtful or first or word in ("next", "first")))):
        return None
    if rows and not due and word in ("first", "last"):
        return replace(Order(), first=first, nth=None if first else -1 if last else 1, spans=found.spans)
    ahead = word in ("next", "soonest", "most", "coming", "comes") or "next" in text.low[start:end]
    return replace(
        found, order=Field.START if field is Field.START else Field.DUE, descending=last, ahead=ahead and not last
    )
