"""Order: "the latest deadline", "most overdue", "the second one", "top five", "soonest first"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conditions import Field
from assistant.lexicon import Hit, small
from assistant.planner.candidates.dated import field_near
from assistant.planner.candidates.groups import Order, counted, crossed, grouped, listed, most
from assistant.planner.text import Text
from assistant.planner.wording import NUMBERS, overlaps
from assistant.query_plan import Measure

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
    r"|\b(?P<m>first|last)\s+(?:action|task|row|item|thing|entry)\b(?!\s+(?:due|to|on|for|[\w' ]*\b(?:expects?|plans|will|due|finish\w*|complet\w*)\b))"
)
_SHORT = 6
"""The words of a question that may point at rows told of before: "which is the latest"."""


def spot_order(text: Text, named: Sequence[tuple[int, int]], asked: bool = False) -> Order:
    """The groups and the order that a question asks for. `named`: characters that name something
    else; asked, whether there were questions before: "which is the latest" then is of their rows."""
    groups = [g for g in text.of("group") if not overlaps(text.span(g), named)]
    number = next((m for m in _NUMBER.finditer(text.low) if not overlaps(m.span(), named)), None)
    word = (number["n"] or number["m"]) if number else ""
    first = (NUMBERS.get(word) or int(word)) if number else None
    spans = (number.span(),) if number else ()
    found = crossed(text, groups) or most(text, groups, first) or counted(text, groups)
    if found := found or grouped(text, groups, first) or listed(text, groups, first):
        return with_columns(replace(found, spans=(*found.spans, *spans)), text.low)
    match = _NTH_ONE.search(text.low)
    if match and not (match["m"] and field_near(text, text.at(match.start()), text.at(match.end()))):
        return Order(nth=_NTH[match["n"] or match["m"]], spans=(match.span(),))
    hits = [hit for hit in text.of("order", "first", "last", "longest_late") if not overlaps(text.span(hit), named)]
    for hit in sorted(hits, key=lambda hit: (hit.concept != "longest_late", -hit.length, hit.first)):
        if found := _extreme(text, hit, first, asked and len(text.words) <= _SHORT):
            return replace(found, spans=(*found.spans, *spans))
    if sort := text.of("order", "by_order"):
        latest = re.search(r"\b(?:newest|latest)\s+first\b", text.low)
        return Order(order=Field.DUE, descending=bool(latest), spans=tuple(text.span(hit) for hit in sort))
    return Order(first=first, spans=spans) if spans and text.lows & {"top", "first"} else Order()


def _extreme(text: Text, hit: Hit, first: int | None, of_those: bool) -> Order | None:
    """The first or the last by a date; the first rows of a list; None where the words say neither."""
    start, end = text.span(hit)
    found = Order(extreme=True, order=Field.DUE, first=first or 1, spans=((start, end),))
    if hit.concept == "longest_late":
        return replace(found, late=True)
    after, then = text.word(hit.last), text.word(hit.last + 1)
    unit = then in small("order_periods") or then in ("months", "weeks", "days", "years")
    if after in small("order_periods") or (after.isdigit() and not first) or (after in NUMBERS and unit):
        return None  # "the next quarter", "the last three months"
    near, last = text.low[max(0, start - 25) : end + 40], hit.concept == "last"
    rows = any(0 <= row.first - hit.last <= 2 or 0 <= hit.first - row.last <= 4 for row in text.of("rows"))
    field = field_near(text, hit.first, hit.last)
    due = field is not None or of_those or bool(re.search(r"\b(?:date|end|run|comes? up|up next)\w*\b", near))
    if field is Field.COMPLETED_ON:
        return replace(found, order=field, descending=last)
    if not (due or hit.length > 1 or rows):
        return None
    if rows and not due:
        return replace(Order(), first=first, nth=None if first else -1 if last else 1, spans=found.spans)
    said = {word.low for word in text.words[hit.first : hit.last]}
    ahead = bool(said & {"next", "soonest", "most", "coming", "comes"})
    by = Field.START if field is Field.START else Field.DUE
    return replace(found, order=by, descending=last, ahead=ahead and not last)


_ITEMS = {
    Measure.TOTAL: r"(?:(?:number|count|total)s?\s+(?:of\s+)?)?(?:actions|rows|tasks)(?:\s+in\s+(?:all|total))?|(?:the\s+)?totals?(?:\s+number)?",
    Measure.NOT_COMPLETE: r"(?:not|un|in)[ -]?(?:complete|completed|finished|done)|still\s+open|open|outstanding",
    Measure.COMPLETE: r"complete[ds]?|done|finished|closed",
    Measure.OVERDUE: r"(?:over|past)[ -]?due(?:\s+date)?|past\s+(?:their|its)\s+due\s+date|late",
}
_ITEM = (
    r"(?:(?:how\s+many|the|number|of|that|which|are|is|were|have\s+been|there|them|those|its|their|a\s+count\s+of)\s+)*"
    rf"(?:{'|'.join(f'(?P<{measure}>{said})' for measure, said in _ITEMS.items())})"
    r"(?:\s+(?:ones|actions|rows|there\s+are|are\s+there))?"
)
_ANY_ITEM = re.sub(r"\?P<\w+>", "?:", _ITEM)
_JOIN = r"\s*(?:,\s*and\b|,|;|/|&|\band\b|\bplus\b|\bwith\b|:|-)\s*"
_COLUMNS = re.compile(rf"\b{_ANY_ITEM}(?:{_JOIN}{_ANY_ITEM})+(?!\w)")


def with_columns(order: Order, low: str) -> Order:
    """The order with what is told of each group, where the question lists the numbers that it wants side by side; a
    list of states alone, such as "late and not complete", says which rows are meant."""
    if order.listing or order.extreme:
        return order
    for match in _COLUMNS.finditer(low):
        items = (one.lastgroup for one in re.finditer(_ITEM, match.group()))
        found = tuple(dict.fromkeys(Measure(one) for one in items if one))
        if len(found) > 1 and (Measure.TOTAL in found or {Measure.COMPLETE, Measure.OVERDUE} <= set(found)):
            columns = tuple(dict.fromkeys((Measure.TOTAL, *found)))
            return replace(order, measures=columns, spans=(*order.spans, match.span()))
    return order
