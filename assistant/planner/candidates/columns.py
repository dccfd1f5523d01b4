"""What is to be told of each group: "for each recommendation the actions, how many complete, how many overdue"."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.planner.candidates.groups import Order
from assistant.query_plan import Measure

_ITEMS = {
    Measure.TOTAL: r"(?:(?:number|count|total)s?\s+(?:of\s+)?)?(?:actions|rows|tasks)(?:\s+in\s+(?:all|total))?|(?:the\s+)?totals?(?:\s+number)?",
    Measure.NOT_COMPLETE: r"(?:not|un|in)[ -]?(?:complete|completed|finished|done)|still\s+open|open|outstanding",
    Measure.COMPLETE: r"complete[ds]?|done|finished|closed",
    Measure.OVERDUE: r"(?:over|past)[ -]?due(?:\s+date)?|past\s+(?:their|its)\s+due\s+date|late",
}
_SMALL = (
    r"(?:(?:how\s+many|the|number|of|that|which|are|is|were|have\s+been|there|them|those|its|their|a\s+count\s+of)\s+)*"
)
_ITEM = rf"{_SMALL}(?:{'|'.join(_ITEMS.values())})(?:\s+(?:ones|actions|rows|there\s+are|are\s+there))?"
_COLUMNS = re.compile(rf"\b{_ITEM}(?:\s*(?:,\s*and|,|;|/|&|\band\b|\bplus\b|\bwith\b|:|-)\s*{_ITEM})+(?!\w)")
_APART = re.compile(r"\s*(?:,\s*and\b|,|;|/|&|\band\b|\bplus\b|\bwith\b|:|\s-\s)\s*")


def with_columns(order: Order, low: str) -> Order:
    """The order with what is told of each group, where the question lists the numbers that it wants side by side; a
    list of states alone, such as "late and not complete", says which rows are meant."""
    if not order.group or order.listing or order.extreme:
        return order
    for match in _COLUMNS.finditer(low):
        found = tuple(dict.fromkeys(one for part in _APART.split(match.group()) if (one := _measure(part))))
        if len(found) > 1 and (Measure.TOTAL in found or {Measure.COMPLETE, Measure.OVERDUE} <= set(found)):
            columns = tuple(dict.fromkeys((Measure.TOTAL, *found)))
            return replace(order, measures=columns, spans=(*order.spans, match.span()))
    return order


def _measure(words: str) -> Measure | None:
    for measure, said in _ITEMS.items():
        if re.fullmatch(rf"{_SMALL}(?:{said})(?:\s+(?:ones|actions|rows|there\s+are|are\s+there))?", words.strip()):
            return measure
    return None
