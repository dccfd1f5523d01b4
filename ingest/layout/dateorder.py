"""How a whole column writes its dates: month first, or month and year alone; what one cell alone leaves open."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Sequence
from enum import StrEnum

_FIGURES = re.compile(
    r"(?P<first>\d{1,2})(?P<sign>[/.-])(?P<second>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})(?P<time>[ T].*)?"
)
_MONTH_YEAR = re.compile(r"(?P<month>0?[1-9]|1[0-2])[/.-](?P<year>\d{2})")
_SAYS_MONTH_FIRST = re.compile(r"\bmm[/.-]dd", re.IGNORECASE)
_SAYS_MONTH_YEAR = re.compile(r"\bmm[/.-]yy|\bmonth[/ ]year", re.IGNORECASE)
_LEAST = 2


class DateOrder(StrEnum):
    """An order of figures that is not day, month, year."""

    MONTH_FIRST = "month_first"
    MONTH_YEAR = "month_year"
    UNSURE = "unsure"
    """Some cells can only be day first, others only month first."""


def order_of(heading: str, texts: Sequence[str]) -> DateOrder | None:
    """The order that a heading or the cells under it prove; None for day first."""
    filled = [text.strip() for text in texts if text.strip()]
    dates = [found for text in filled if (found := _FIGURES.fullmatch(text))]
    if _SAYS_MONTH_FIRST.search(heading) and dates:
        return DateOrder.MONTH_FIRST
    day_first = any(int(found["first"]) > 12 for found in dates)
    month_first = any(int(found["second"]) > 12 for found in dates)
    if month_first:
        return DateOrder.UNSURE if day_first else DateOrder.MONTH_FIRST
    short = sum(_MONTH_YEAR.fullmatch(text) is not None for text in filled)
    named = _SAYS_MONTH_YEAR.search(heading) is not None
    return DateOrder.MONTH_YEAR if short >= (1 if named else _LEAST) and (named or short == len(filled)) else None


def read_as(text: str, order: DateOrder) -> str | None:
    """The date of a cell in words that can be read one way only; None where it stays as it is, empty where it cannot
    be told which day is meant."""
    line = text.strip()
    if order is DateOrder.MONTH_YEAR:
        found = _MONTH_YEAR.fullmatch(line)
        return f"{month_name[int(found['month'])]} 20{found['year']}" if found else None
    found = _FIGURES.fullmatch(line)
    if found is None:
        return None
    first, second = int(found["first"]), int(found["second"])
    year = found["year"] if len(found["year"]) == 4 else f"20{found['year']}"
    if order is DateOrder.UNSURE and first <= 12 and second <= 12 and first != second:
        return ""
    month, day = (first, second) if order is DateOrder.MONTH_FIRST or second > 12 else (second, first)
    return f"{day} {month_name[month]} {year}" if 0 < month <= 12 else None
