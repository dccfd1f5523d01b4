"""What a reading of dates gives back, and the arithmetic of days and periods. All ends are the day after the last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from assistant.dates.days import DAY, FINANCIAL_MONTH, WEEK, Bounds, add_months, monday, months, week_in, weekday_in

Part = Callable[[Bounds], Bounds | None]


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

    `assumed` is True where the words give no year and the one nearest to today was taken."""

    text: str
    start: date | None
    end: date | None
    precision: Precision
    offset: int
    assumed: bool = False


class Step(StrEnum):
    """How often a date without a year (or a month) comes again."""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A date that comes again: `make` gives its bounds in one year, month or week, or None where it has none."""

    make: Callable[[int], Bounds | None]
    step: Step = Step.YEAR

    def index(self, day: date) -> int:
        """The number of the year, month or week that holds the day."""
        if self.step is Step.YEAR:
            return day.year
        return day.year * 12 + day.month - 1 if self.step is Step.MONTH else monday(day).toordinal()

    def after(self, day: date) -> Bounds | None:
        """The first that is not over by that day."""
        return self._near(day, 1)

    def before(self, day: date) -> Bounds | None:
        """The last that has begun by that day."""
        return self._near(day, -1)

    def _near(self, day: date, sign: int) -> Bounds | None:
        first, stride = self.index(day), sign * (7 if self.step is Step.WEEK else 1)
        near = (self.make(first + number * stride) for number in range(-1, 9))
        return next((one for one in near if one and (one[1] > day if sign > 0 else one[0] <= day)), None)

    def nearest(self, day: date) -> Bounds | None:
        """The one whose first day is nearest."""
        around = [bounds for bounds in (self.before(day), self.after(day)) if bounds]
        return min(around, key=lambda bounds: abs(bounds[0] - day), default=None)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days that words name; from `date.min` or to `date.max` where that side is open. `base` is what it is
    part of: mid-June is part of June.

    `assumed`: the year was not written; `recurs` then gives the others. `relative`: counted from today."""

    start: date
    end: date
    precision: Precision
    assumed: bool = False
    relative: bool = False
    recurs: Recurrence | None = None
    base: Bounds | None = None
    base_precision: Precision | None = None
    point: date | None = None
    """The moment that "the start", "the middle" or "the end" of something is, when it is the side of a range."""
    with_now: bool = False
    """Ends at the present moment: as the end of a range, today itself is not over."""
    unsettled: bool = False
    """An American range of which sources do not agree whether its last unit belongs to it: better not read."""

    @property
    def first(self) -> date | None:
        """The first day, if it has one."""
        return self.start if self.start > date.min else None

    @property
    def after(self) -> date | None:
        """The day after the last, if it has one."""
        return self.end if self.end < date.max else None

    @property
    def closed(self) -> bool:
        """Whether it has both ends."""
        return date.min < self.start and self.end < date.max

    def at(self, bounds: Bounds) -> Period:
        """The same words in another year."""
        return replace(self, start=bounds[0], end=bounds[1], base=None, point=None)

    def lasting(self, length: Duration) -> Period | None:
        """So long from its first day: 2 weeks starting 20 May, from 18 December for 10 days."""
        end = add(self.start, length, 1)
        return Period(self.start, end, Precision.RANGE, self.assumed, self.relative) if self.first else None

    def part(self, part: Part, precision: Precision, of_base: bool = False) -> Period | None:
        """A part of the period; where its year is assumed, that of the year that fits.

        With `of_base` the part is loose ("end of March"), and the whole is remembered."""
        bounds = part((self.start, self.end)) if self.closed else None
        if not bounds:
            return None
        recurs = self.recurs
        if recurs:
            make = recurs.make
            recurs = Recurrence(lambda index: part(found) if (found := make(index)) else None, recurs.step)
        made = Period(*bounds, precision, self.assumed, self.relative, recurs)
        base, kind = self.base or (self.start, self.end), self.base_precision or self.precision
        return replace(made, base=base, base_precision=kind) if of_base else made

    def nth(self, unit: str, number: int) -> Period | None:
        """The first (1), second ... or last (-1) such unit of it; the quarters of a financial year are its own."""
        financial = self.precision is Precision.FINANCIAL_YEAR and unit not in ("half", "day")
        quarters = financial and UNITS[unit].precision is Precision.QUARTER
        precision = Precision.FINANCIAL_QUARTER if quarters else UNITS[unit].precision
        return self.part(lambda bounds: nth(unit, bounds, number), precision)


class Duration(NamedTuple):
    """A length of time, as written: whole months, days and working days."""

    months: int = 0
    days: int = 0
    working_days: int = 0
    unit: str = "day"
    number: int = 1
    plural: bool = True

    def plus(self, other: Duration) -> Duration:
        sums = (self.months + other.months, self.days + other.days, self.working_days + other.working_days)
        return Duration(*sums, self.unit, self.number, self.plural)


def one_day(day: date, assumed: bool = False, relative: bool = True, now: bool = False) -> Period:
    return Period(day, day + DAY, Precision.DAY, assumed, relative, with_now=now)


def add(day: date, length: Duration, sign: int) -> date:
    """The day that lies so far after (1) or before (-1)."""
    day = add_months(day, sign * length.months) + timedelta(days=sign * length.days)
    left = length.working_days
    while left:
        day += sign * DAY
        left -= day.weekday() < 5
    return day


def unit_of(day: date, unit: str, ahead: int) -> Bounds:
    """The day, week, month, quarter ... that holds the day, or the one so many after it."""
    if unit == "day":
        return day + ahead * DAY, day + (ahead + 1) * DAY
    if unit in ("week", "workweek", "weekend"):
        first = monday(day) + ahead * WEEK
        return {"week": (first, first + WEEK), "workweek": (first, first + 5 * DAY)}.get(
            unit, (first + 5 * DAY, first + WEEK)
        )
    if unit == "term":  # January to March, April to July, September to December
        year, term = divmod(day.year * 3 + (0 if day.month < 4 else 1 if day.month < 9 else 2) + ahead, 3)
        return months(year, *((1, 3), (4, 4), (9, 4))[term])
    size, begins = UNITS[unit].months or 12, UNITS[unit].begins
    month = (day.year * 12 + day.month - begins) // size * size + begins
    return months(0, month + ahead * size, size)


class Unit(NamedTuple):
    """How a unit is told, how long it is, whether it is counted as the calendar has it, even in "the last two
    quarters", where others run back from today, and with which month one begins."""

    precision: Precision
    months: int = 0
    days: int = 0
    whole: bool = True
    begins: int = 1


UNITS = {
    "day": Unit(Precision.DAY, 0, 1, False),
    "week": Unit(Precision.WEEK, 0, 7, False),
    "workweek": Unit(Precision.WEEK, 0, 7, False),
    "weekend": Unit(Precision.RANGE),
    "fortnight": Unit(Precision.RANGE, 0, 14, False),
    "month": Unit(Precision.MONTH, 1, 0, False),
    "quarter": Unit(Precision.QUARTER, 3),
    "financial quarter": Unit(Precision.QUARTER, 3),
    "half": Unit(Precision.HALF, 6),
    "year": Unit(Precision.YEAR, 12, 0, False),
    "financial year": Unit(Precision.FINANCIAL_YEAR, 12, begins=FINANCIAL_MONTH),
    "academic year": Unit(Precision.YEAR, 12, begins=9),
    "decade": Unit(Precision.DECADE, 120),
    "term": Unit(Precision.SEASON),
}


def nth(unit: str, whole: Bounds, number: int) -> Bounds | None:
    """The first (1), second ... or last (-1) such unit of a period; half of a month or week is parted at its middle."""
    if unit == "week":
        return week_in(whole, number)
    if unit == "weekend":
        saturday = weekday_in(whole, 5, number)
        return (saturday[0], saturday[0] + 2 * DAY) if saturday else None
    if unit == "half" and whole[1] - whole[0] <= timedelta(days=300):
        middle = whole[0] + (whole[1] - whole[0]) // DAY // 2 * DAY
        return (whole[0], middle) if number == 1 else (middle, whole[1])
    size, edge, ahead = UNITS[unit], whole[number < 0], number - (number > 0)
    if size.months:
        bounds = months(edge.year, edge.month + size.months * ahead, size.months)
    else:
        first = edge + size.days * ahead * DAY
        bounds = first, first + size.days * DAY
    return bounds if whole[0] <= bounds[0] and bounds[1] <= whole[1] else None
