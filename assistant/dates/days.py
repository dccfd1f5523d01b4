"""Days, months and years reckoned with. All ends are the day after the last."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

Bounds = tuple[date, date]
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
FINANCIAL_MONTH = 4


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def month_start(year: int, month: int) -> date:
    """The first of a month; months outside 1 to 12 run into other years."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def months(year: int, month: int, count: int = 1) -> Bounds:
    return month_start(year, month), month_start(year, month + count)


def add_months(day: date, count: int) -> date:
    """The same day of another month, or that month's last."""
    moved: date = day + relativedelta(months=count)
    return moved


def day_of(year: int, month: int, day: int) -> Bounds | None:
    """One day, or None where the calendar has no such day."""
    try:
        first = date(year, month, day)
        return first, first + DAY
    except ValueError:
        return None


def financial_year(year: int) -> Bounds:
    """The financial year that begins in April of `year`."""
    return months(year, FINANCIAL_MONTH, 12)


def year_of(day: date, first_month: int) -> int:
    """The year in which the year that holds the day began, where years begin in that month."""
    return day.year - (day.month < first_month)


def weekday_in(bounds: Bounds, weekday: int, number: int) -> Bounds | None:
    """The first (1), second ... or last (-1), last but one ... such weekday of a period."""
    if number > 0:
        day = bounds[0] + timedelta(days=(weekday - bounds[0].weekday()) % 7) + (number - 1) * WEEK
    else:
        last = bounds[1] - DAY
        day = last - timedelta(days=(last.weekday() - weekday) % 7) + (number + 1) * WEEK
    return (day, day + DAY) if bounds[0] <= day < bounds[1] else None


def week_in(bounds: Bounds, number: int) -> Bounds | None:
    """The first ... or last ... week of a period, from Monday; a week belongs where its Thursday is (ISO 8601)."""
    thursday = weekday_in(bounds, 3, number)
    return (monday(thursday[0]), monday(thursday[0]) + WEEK) if thursday else None


def holiday(name: str, year: int) -> Bounds | None:
    """The holiday in a year; `tokens` says how `name` is written."""
    if name.startswith("easter"):
        day = easter(year) + timedelta(days=int(name[6:]))
        return day, day + DAY
    if "." in name:
        month, weekday, number = map(int, name.split("."))
        return weekday_in(months(year, month), weekday, number)
    month, number = map(int, name.split("-"))
    return day_of(year, month, number)
