"""What the cells of a column look like, in shares, and how a whole column writes its dates."""

import re
from calendar import month_name
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ingest.layout.drafts import Piece
from ingest.layout.shapes import (
    is_coded,
    is_date,
    is_fixed_date,
    leading_ref,
    owner_likeness,
    starts_with_verb,
    whole_ref,
)
from ingest.layout.statuswords import colour_of, short_status
from ingest.layout.words import normal

NUMBERED = 0.6
TICK = re.compile(r"(?:x|y|yes|1|[✓✔☑✅✗✘√•●■*]\ufe0f?)?", re.IGNORECASE)
"""What says only that the heading of its column is so: who and how far it is only where that says it."""
_NOTED = re.compile(r"(?:[,;:]| [-–—]) .{1,60}$")
"""What a state is said with: "In progress, reply awaited"."""
_PART = re.compile(r"\W*\(?(?:[ivx]{1,5}|[a-z])[.)]\s")
_NUMBER = re.compile(r"[£$<>≤≥~+-]?\s*\d[\d,.]*\s*(?:%|k|m|bn|days?|weeks?|per ?cent)?(?:\s*\(.{1,12}\))?|n/?a|-")
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_PERIOD = re.compile(
    rf"(?:q[1-4]|quarter [1-4]|(?:w|wk|week) ?\d{{1,2}}|m\d{{1,2}}|month \d{{1,2}}|{_MONTHS}\.?)"
    r"(?:[ -]?['’]?\d{2,4}(?:[/-]\d{2,4})?)?|20\d\d[/-]\d{2,4}(?: ?£\w{0,3})?|\d\d/\d\d|20\d\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares, in [0, 1], of the filled cells of a column that have a shape; `words` is their mean length."""

    filled: int
    blank: float
    repeated: float
    dates: float
    fixed_dates: float
    refs: float
    led: float
    colours: float
    statuses: float
    owners: float
    verbs: float
    levels: float
    words: float
    numbers: float
    money: float
    ticks: float
    coded: float
    """Words that the plan's own key explains."""


def profile(pieces: Sequence[Piece], terms: frozenset[str] = frozenset()) -> Profile:
    """The shape of a column's cells below the header."""
    filled = [piece for piece in pieces if not piece.blank]
    sample = filled[:60]
    texts = [piece.line for piece in sample]
    said = [text for text in texts if not TICK.fullmatch(text)]
    count = max(1, len(sample))
    distinct = len({normal(text) for text in texts if text})
    led = [ref[0] for ref in map(leading_ref, texts) if ref]
    parts = sum(1 for text in texts if _PART.match(text))
    return Profile(
        filled=len(filled),
        blank=1 - len(filled) / max(1, len(pieces)),
        repeated=1 - distinct / count,
        dates=sum(1 for piece in sample if piece.value or is_date(piece.text)) / count,
        fixed_dates=sum(1 for piece in sample if piece.value or is_fixed_date(piece.text)) / count,
        refs=sum(1 for text in texts if whole_ref(text)) / count,
        led=len(led) / max(1, count - parts) if len(led) > 1 or (count == 1 and any(map(is_coded, led))) else 0.0,
        colours=sum(1 for piece in sample if (piece.colour and not piece.line) or colour_of(piece.text)) / count,
        statuses=sum(1 for text in said if short_status(text) or short_status(_NOTED.sub("", text))) / count,
        owners=sum(owner_likeness(text) for text in said) / count,
        verbs=sum(1 for text in texts if starts_with_verb(text)) / count,
        levels=sum(1 for text in texts if normal(text) in {"high", "medium", "low", "h", "m", "l"}) / count,
        words=sum(len(text.split()) for text in texts) / count,
        numbers=sum(1 for text in texts if _NUMBER.fullmatch(text)) / count,
        money=sum(1 for text in texts if "£" in text and _NUMBER.fullmatch(text)) / count,
        ticks=sum(1 for text in texts if text and TICK.fullmatch(text)) / count,
        coded=sum(1 for text in texts if (normal(text) or text.strip()) in terms) / count,
    )


def is_period(heading: str) -> bool:
    """True where a heading is a month, a quarter or a year: bars of a chart or figures stand under it, no states."""
    return bool(_PERIOD.fullmatch(heading.strip()))


def is_number(text: str) -> bool:
    """True where a text is a figure: an amount, a share, a count."""
    return bool(_NUMBER.fullmatch(text)) and text not in {"", "-"}


def are_fractions(texts: Sequence[str]) -> bool:
    """True where all are parts of one and some are no whole number, so that 1 is all of it."""
    return all(_PART_OF_ONE.fullmatch(text) for text in texts) and any(0 < float(text) < 1 for text in texts)


_PART_OF_ONE = re.compile(r"0?\.\d+|0|1(?:\.0+)?")
_FIGURES = re.compile(
    r"(?P<first>\d{1,2})(?P<sign>[/.-])(?P<second>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})(?P<time>[ T].*)?"
)
_MONTH_YEAR = re.compile(r"(?P<month>0?[1-9]|1[0-2])[/.-](?P<year>\d{2})")
_SERIAL = re.compile(r"(?:3[6-9]|4\d|5[0-4])\d{3}(?:\.\d+)?")
_FIRST_DAY = date(1899, 12, 30)
_SAYS_MONTH_FIRST = re.compile(r"\bmm[/.-]dd", re.IGNORECASE)
_SAYS_MONTH_YEAR = re.compile(r"\bmm[/.-]yy|\bmonth[/ ]year", re.IGNORECASE)


class DateOrder(StrEnum):
    """An order of figures that is not day, month, year."""

    MONTH_FIRST = "month_first"
    MONTH_YEAR = "month_year"
    UNSURE = "unsure"
    """Some cells can only be day first, others only month first."""


def orders_of(columns: Mapping[int, Sequence[str]], headings: Sequence[str]) -> tuple[tuple[int, DateOrder], ...]:
    """The orders of columns of dates that are not day first, by their headings or the cells under them: what one
    proves to be month first holds for all where none denies it."""
    found: dict[int, DateOrder] = {}
    dated: list[int] = []
    denied = False
    for at, texts in columns.items():
        filled = [text.strip() for text in texts if text.strip()]
        dates = [match for match in map(_FIGURES.fullmatch, filled) if match]
        day_first = any(int(match["first"]) > 12 for match in dates)
        month_first = any(int(match["second"]) > 12 for match in dates)
        named = _SAYS_MONTH_YEAR.search(headings[at]) is not None
        short = sum(_MONTH_YEAR.fullmatch(text) is not None for text in filled)
        if dates and _SAYS_MONTH_FIRST.search(headings[at]):
            found[at] = DateOrder.MONTH_FIRST
        elif month_first:
            found[at] = DateOrder.UNSURE if day_first else DateOrder.MONTH_FIRST
        elif short >= (1 if named else 2) and (named or short == len(filled)):
            found[at] = DateOrder.MONTH_YEAR
        dated += [at] if dates else []
        denied = denied or day_first
    if DateOrder.MONTH_FIRST in found.values() and DateOrder.UNSURE not in found.values() and not denied:
        found |= dict.fromkeys(dated, DateOrder.MONTH_FIRST)
    return tuple(found.items())


def read_as(text: str, order: DateOrder | None) -> str | None:
    """The date of a cell in words that can be read one way only; None where it stays as it is, empty where it cannot
    be told which day is meant. A bare number is the day that a workbook counts so."""
    line = text.strip()
    if _SERIAL.fullmatch(line):
        counted = _FIRST_DAY + timedelta(int(float(line)))
        return f"{counted.day} {month_name[counted.month]} {counted.year}"
    if order is None:
        return None
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
