"""What a reading of dates gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How much time the words name. A quarter or year of the calendar and of a council's books are told apart."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    """A season of the year or a school term."""
    QUARTER = "quarter"
    FINANCIAL_QUARTER = "financial_quarter"
    """Quarters from April: Q1 is April to June."""
    HALF = "half"
    YEAR = "year"
    FINANCIAL_YEAR = "financial_year"
    """From 1 April to 31 March."""
    DECADE = "decade"
    RANGE = "range"
    """From one date to another, or part of a period such as the end of a month."""
    OPEN = "open"
    """Before, by, since or after a date: one side has no end."""


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date in words: `text` stands at `offset`. `start` is the first day, `end` the day AFTER the last; None is open.

    `assumed` is True where the words give no year and the one nearest to today was taken.
    """

    text: str
    start: date | None
    end: date | None
    precision: Precision
    offset: int
    assumed: bool = False
