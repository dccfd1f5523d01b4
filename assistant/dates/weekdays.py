"""Weekdays: next Friday, Wednesday next week, three Fridays from now, Tuesday 19th, Monday 3 June."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from assistant.dates.periods import DAY, WEEK, Bounds, Period, Precision, Recurrence, Step, add_months, monday
from assistant.dates.tokens import Context, Made, Token, Tokens, period, pick, recurring, rule


def _weekday_of(day: date, weekday: int) -> Period:
    first = monday(day) + timedelta(days=weekday)
    return Period(first, first + DAY, Precision.DAY, relative=True)


def weekday(found: Tokens, context: Context) -> Made:
    """A weekday alone: today or the next; it may be another week's when it ends a range."""
    if found[0].text.lower().endswith("days"):
        return None
    number = found[0].number

    def make(week: int) -> Bounds:
        first = date.fromordinal(week) + timedelta(days=number)
        return first, first + DAY

    return _marked_relative(recurring(Recurrence(make, Step.WEEK), Precision.DAY, context))


def _marked_relative(made: Period | None) -> Period | None:
    return replace(made, relative=True) if made else None


def _told_weekday(found: Tokens, context: Context) -> Made:
    """next Friday is next week's, last Friday last week's, this coming Friday the first from tomorrow."""
    modifier, number = pick(found, "p"), pick(found, "W").number
    if modifier.name == "coming":
        return _weekday_of(context.today + timedelta(days=1 + (number - context.today.weekday() - 1) % 7), number)
    if modifier.name == "past":
        return _weekday_of(context.today - timedelta(days=1 + (context.today.weekday() - number - 1) % 7), number)
    return _weekday_of(context.today + modifier.number * WEEK, number)


def _weekdays_away(found: Tokens, context: Context) -> Made:
    """three Fridays from now, two Thursdays back."""
    count, number, sign = found[0].number, found[1].number, found[-1].number if found[-1].kind == "g" else 1
    first = _told_weekday([Token("p", name="coming" if sign > 0 else "past"), Token("W", number=number)], context)
    if not isinstance(first, Period) or first.start is None or not count:
        return None
    return _weekday_of(first.start + sign * (count - 1) * WEEK, number)


def _weekday_in_week(found: Tokens, _context: Context) -> Made:
    """Wednesday next week, last week's Sunday."""
    week = period(found)
    if week.precision is not Precision.WEEK or week.start is None:
        return None
    return replace(_weekday_of(week.start, pick(found, "W").number), relative=week.relative)


def _weekday_and_number(found: Tokens, context: Context) -> Made:
    """Tuesday 19th: the nearest month, from this one on, in which that day is a Tuesday."""
    name, number = found[0].number, pick(found, "no")
    if number.kind == "n" and not context.alone:
        return None
    first = context.today.replace(day=1)
    for ahead in range(15):
        month = add_months(first, ahead)
        day = month + timedelta(days=number.number - 1)
        if day.month == month.month and day.weekday() == name:
            return Period(day, day + DAY, Precision.DAY, assumed=True, relative=True)
    return None


def _weekday_and_date(found: Tokens, context: Context) -> Made:
    """Friday 28 May: the date counts; where it lacks its year, one in which the weekday fits is taken."""
    day, name = period(found), pick(found, "W").number
    if day.precision is not Precision.DAY or day.relative:
        return None
    if day.assumed and day.recurs:
        near = (day.recurs.make(context.today.year + ahead) for ahead in (0, 1, -1, 2))
        fitting = [bounds for bounds in near if bounds and bounds[0].weekday() == name]
        return day.at(fitting[0]) if fitting else day
    return day


def _date_again(found: Tokens, _context: Context) -> Made:
    """this Friday (15 June): the second says it exactly."""
    first, second = period(found), period(found, 1)
    if first.precision is second.precision is Precision.DAY and first.relative and not second.relative and second.start:
        bounds = second.recurs.nearest(first.start) if second.assumed and second.recurs and first.start else None
        return second.at(bounds) if bounds else second
    return None


def _second_weekday(found: Tokens, context: Context) -> Made:
    """Friday after next, Friday before last: the second from today."""
    ahead = pick(found, "p").number
    if not ahead or (ahead > 0) is not (pick(found, "B").name == "after"):
        return None
    return _weekdays_away([Token("n", number=2), pick(found, "W"), Token("g", number=ahead)], context)


RULES = (
    rule("T?WBT?p(?![WMsHDu])", _second_weekday),
    rule("nWg", _weekdays_away),
    rule("W[-,]?[Oi]?T?D", _weekday_in_week),
    rule("D[-,]?i?W", _weekday_in_week),
    rule("T?p?W[,/]?T?D", _weekday_and_date),
    rule("D,?\\(?W\\)?", _weekday_and_date),
    rule("T?W,?T?[no](?![Ou])", _weekday_and_number),
    rule("T?pW", _told_weekday),
    rule("W", weekday),
    rule("D,?\\(?D\\)?", _date_again),
)
