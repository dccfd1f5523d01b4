"""Parts of a period: the last Monday of March, the second week of 2021, end of Q2, early September, week commencing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from assistant.dates.periods import (
    DAY,
    WEEK,
    Bounds,
    Duration,
    Period,
    Recurrence,
    Step,
    add,
    day_of,
    month_start,
    months,
    unit_of,
    week_in,
    weekday_in,
)
from assistant.dates.relative import PRECISIONS, unit_bounds
from assistant.dates.spans import Precision
from assistant.dates.tokens import Context, Made, Token, Tokens, fixed, has, length, period, pick, recurring, rule

Part = Callable[[Bounds], Bounds | None]


def part_of(whole: Period, part: Part, precision: Precision, of_base: bool = False) -> Period | None:
    """The part of a period; where its year is assumed, that of the year that fits.

    With `of_base` the part is loose ("end of March"), and the whole is remembered.
    """
    if whole.start is None or whole.end is None:
        return None
    bounds = part((whole.start, whole.end))
    recurs = whole.recurs
    if recurs:
        make = recurs.make

        def part_in(index: int) -> Bounds | None:
            found = make(index)
            return part(found) if found else None

        recurs = Recurrence(part_in, recurs.step)
    if bounds is None:
        return None
    base = (whole.base or (whole.start, whole.end)) if of_base else None
    kind = (whole.base_precision or whole.precision) if of_base else None
    return Period(*bounds, precision, whole.assumed, whole.relative, recurs, base, kind)


def _count(found: Tokens) -> int:
    """First is 1, last -1, second last -2."""
    head = [token for token in found if token.kind in "op"]
    number = head[0].number if head[0].kind == "o" else 0
    last = any(token.kind == "p" for token in head)
    if any(token.kind == "p" and token.number >= 0 for token in head):
        return 0
    return (-max(number, 1) if last else number) or 0


def _weekday_of_period(found: Tokens, _context: Context) -> Made:
    number, name = _count(found), pick(found, "W").number
    return part_of(period(found, -1), lambda whole: weekday_in(whole, name, number), Precision.DAY) if number else None


def _unit_of_period(found: Tokens, _context: Context) -> Made:
    number, unit = _count(found), pick(found, "u").name
    if not number or unit not in _NTH:
        return None
    nth = _NTH[unit]
    return part_of(period(found, -1), lambda whole: nth(whole, number), PRECISIONS[unit])


def _nth_day(whole: Bounds, number: int) -> Bounds | None:
    day = whole[0] + (number - 1) * DAY if number > 0 else whole[1] + number * DAY
    return (day, day + DAY) if whole[0] <= day < whole[1] else None


def _nth_months(size: int) -> Callable[[Bounds, int], Bounds | None]:
    def nth(whole: Bounds, number: int) -> Bounds | None:
        edge = whole[0] if number > 0 else whole[1]
        first = month_start(edge.year, edge.month + size * (number - (number > 0)))
        bounds = months(first.year, first.month, size)
        return bounds if whole[0] <= bounds[0] and bounds[1] <= whole[1] else None

    return nth


def _nth_weekend(whole: Bounds, number: int) -> Bounds | None:
    saturday = weekday_in(whole, 5, number)
    return (saturday[0], saturday[0] + 2 * DAY) if saturday else None


def _nth_half(whole: Bounds, number: int) -> Bounds | None:
    """Half of a year; half of a month or week is parted at its middle day."""
    if whole[1] - whole[0] > timedelta(days=300):
        return _nth_months(6)(whole, number)
    middle = whole[0] + (whole[1] - whole[0]) // DAY // 2 * DAY
    return (whole[0], middle) if number == 1 else (middle, whole[1])


_NTH: dict[str, Callable[[Bounds, int], Bounds | None]] = {
    "day": _nth_day,
    "week": week_in,
    "weekend": _nth_weekend,
    "month": _nth_months(1),
    "quarter": _nth_months(3),
    "half": _nth_half,
}


def _units_of_period(found: Tokens, _context: Context) -> Made:
    """the first ten days of last year, the last three weeks of this year."""
    number, span = _count(found), length(found)
    nth = _NTH.get(span.unit)
    if number not in (1, -1) or nth is None:
        return None

    def run(whole: Bounds) -> Bounds | None:
        edges = nth(whole, number), nth(whole, number * span.number)
        if edges[0] is None or edges[1] is None:
            return None
        return min(edges[0][0], edges[1][0]), max(edges[0][1], edges[1][1])

    return part_of(period(found, -1), run, Precision.RANGE)


def _day_of_period(found: Tokens, context: Context) -> Made:
    """20 of next month, the 15th day of June."""
    number, whole = pick(found, "no").number, period(found, -1)
    if whole.precision is not Precision.MONTH and not has(found, "u"):
        return None
    if has(found, "u") and pick(found, "u").name != "day":
        return _unit_of_period(found, context) if has(found, "o") else None
    return part_of(whole, lambda bounds: _nth_day(bounds, number), Precision.DAY)


def _quarter_of_period(found: Tokens, _context: Context) -> Made:
    """next year's first quarter."""
    number, unit = pick(found, "o").number, pick(found, "u").name
    nth = _NTH.get(unit)
    return part_of(period(found), lambda whole: nth(whole, number), PRECISIONS[unit]) if nth else None


def _part_of_year_told(found: Tokens, context: Context) -> Made:
    """Q3 of this financial year, the first quarter of the year."""
    token = pick(found, "Q")
    if has(found, "D"):
        whole = period(found)
    else:
        unit = pick(found, "u").name
        if unit not in ("year", "financial year"):
            return None
        whole = Period(*unit_bounds(context.today, unit, 0), PRECISIONS[unit], relative=True)
    if whole.precision not in (Precision.YEAR, Precision.FINANCIAL_YEAR):
        return None
    nth = _nth_half if token.name == "half" else _nth_months(3)
    financial = whole.precision is Precision.FINANCIAL_YEAR and token.name != "half"
    kind = Precision.FINANCIAL_QUARTER if financial else PRECISIONS[token.name]
    return part_of(whole, lambda bounds: nth(bounds, token.number), kind)


# ---------------------------------------------------------------- weeks and weekends of a date


def _week_of(found: Tokens, _context: Context) -> Made:
    """The week that holds the date, from Monday; a weekend is its Saturday and Sunday."""
    weekend = has(found, "u") and pick(found, "u").name == "weekend"
    if has(found, "u") and pick(found, "u").name not in ("week", "weekend", "workweek"):
        return None
    if period(found).precision is not Precision.DAY:
        return None
    if weekend:
        return part_of(period(found), lambda whole: _weekend_with(whole[0]), Precision.RANGE)
    return part_of(period(found), lambda whole: unit_of(whole[0], "week", 0), Precision.WEEK)


def _weekend_with(day: date) -> Bounds:
    """The weekend of a holiday: a Monday, Thursday or Friday that touches it lengthens it."""
    if day.weekday() == 0:
        return day - 2 * DAY, day + DAY
    saturday, after = unit_of(day, "weekend", 0)
    return (min(day, saturday) if day.weekday() >= 3 else saturday), after


def _week_ending(found: Tokens, _context: Context) -> Made:
    if period(found).precision is not Precision.DAY:
        return None
    if not pick(found, "c").number:
        return part_of(period(found), lambda whole: unit_of(whole[0], "week", 0), Precision.WEEK)
    return part_of(period(found), lambda whole: (whole[1] - WEEK, whole[1]), Precision.WEEK)


def _week_of_day(found: Tokens, context: Context) -> Made:
    """the week of the 18th."""
    number = pick(found, "o")
    made = monthly(number.number, context)
    return part_of(made, lambda whole: unit_of(whole[0], "week", 0), Precision.WEEK) if made else None


def monthly(day: int, context: Context) -> Period | None:
    """A day of the month, in the month where it comes next."""
    if not 1 <= day <= 31:
        return None
    return recurring(
        Recurrence(lambda index: day_of(index // 12, index % 12 + 1, day), Step.MONTH), Precision.DAY, context
    )


def _numbered_week(found: Tokens, context: Context) -> Made:
    """week 3 of 2027: by ISO 8601."""
    unit, number = pick(found, "u"), pick(found, "n").number
    if unit.name != "week" or not 1 <= number <= 53:
        return None
    whole = period(found) if has(found, "D") else Period(*unit_bounds(context.today, "year", 0), Precision.YEAR)
    return (
        part_of(whole, lambda bounds: week_in(bounds, number), Precision.WEEK)
        if whole.precision is Precision.YEAR
        else None
    )


# ---------------------------------------------------------------- early, mid, end


def _third(length_of_whole: int, edge: str) -> tuple[int, int]:
    """From which day to which of a week or month: a month's early and late parts are ten days, a week's three."""
    part = 10 if length_of_whole > 20 else 3 if length_of_whole > 5 else 1
    if edge == "mid":
        return (9, 20) if length_of_whole > 20 else (2, 4)
    if edge == "end":
        return (20 if length_of_whole > 20 else length_of_whole - part), length_of_whole
    return 0, part


_MONTHS_OF_EDGE = {
    "early": {12: (0, 3), 6: (0, 2), 3: (0, 1)},
    "mid": {12: (4, 8), 6: (2, 4), 3: (1, 2)},
    "end": {12: (8, 12), 6: (4, 6), 3: (2, 3)},
}
"""From which month to which is early in a year, half or quarter."""


def _edge(whole: Bounds, edge: str) -> Bounds | None:
    days = (whole[1] - whole[0]).days
    if days <= 31:
        first, last = _third(days, edge)
        return whole[0] + first * DAY, whole[0] + last * DAY
    size = round(days / 30.4)
    if size not in (3, 6, 12):
        return None
    first, last = _MONTHS_OF_EDGE[edge][size]
    year, month = whole[0].year, whole[0].month
    return month_start(year, month + first), month_start(year, month + last)


def _edge_of_period(found: Tokens, context: Context) -> Made:
    token, whole = pick(found, "e"), period(found)
    if token.name in ("start", "middle", "close") and not has(found, "O"):
        return None
    if whole.start is None or whole.end is None or whole.end - whole.start <= DAY:
        return None
    return _edge_of(token, whole, context)


def _edge_of(token: Token, whole: Period, context: Context) -> Period | None:
    if token.name in ("earlier", "later") and whole.start and whole.end:
        return _earlier_or_later(token.name, (whole.start, whole.end), context)
    made = part_of(whole, lambda bounds: _edge(bounds, _EDGES[token.name]), Precision.RANGE, of_base=True)
    if made is None or made.base is None:
        return None
    first, after = made.base
    points = {"start": first, "middle": first + (after - first) // 2, "mid": first + (after - first) // 2, "end": after}
    return replace(made, point=points.get(token.name))


_EDGES = {
    "start": "early",
    "middle": "mid",
    "close": "end",
    "late": "end",
    "early": "early",
    "mid": "mid",
    "end": "end",
}


def _earlier_or_later(name: str, whole: Bounds, context: Context) -> Period:
    """Earlier this month is its first half, later this month its second, and not over yet."""
    days = (whole[1] - whole[0]).days
    middle = month_start(whole[0].year, whole[0].month + 6) if days > 300 else whole[0] + (days // 2) * DAY
    if name == "earlier":
        return Period(whole[0], middle, Precision.RANGE, relative=True)
    start = max(middle, context.today) if whole[0] <= context.today < whole[1] else middle
    return Period(start, whole[1], Precision.RANGE, relative=True)


def _edge_of_unit(found: Tokens, context: Context) -> Made:
    """the end of the month, EOY."""
    edge = pick(found, "eE")
    unit = edge.name if edge.kind == "E" else pick(found, "u").name
    if unit not in PRECISIONS:
        return None
    whole = Period(*unit_bounds(context.today, unit, 0), PRECISIONS[unit], relative=True)
    return _edge_of(edge._replace(name="end") if edge.kind == "E" else edge, whole, context)


def _unit_end(found: Tokens, context: Context) -> Made:
    """year end, month-end."""
    return _edge_of_unit(found, context) if pick(found, "e").name == "end" else None


def _rest(found: Tokens, context: Context) -> Made:
    """the rest of the year: from today to its end."""
    if has(found, "u"):
        unit = pick(found, "u").name
        if unit not in PRECISIONS:
            return None
        bounds = unit_bounds(context.today, unit, 0)
    else:
        whole = period(found)
        if whole.start is None or whole.end is None or not whole.start <= context.today < whole.end:
            return None
        bounds = whole.start, whole.end
    return Period(context.today, bounds[1], Precision.RANGE, relative=True)


def _nearest_weekday(found: Tokens, _context: Context) -> Made:
    """the closest Monday to 5 October."""
    day = period(found)
    if day.start is None or day.precision is not Precision.DAY:
        return None
    shift = (pick(found, "W").number - day.start.weekday() + 3) % 7 - 3
    return replace(day, start=day.start + shift * DAY, end=day.start + (shift + 1) * DAY, recurs=None)


# ---------------------------------------------------------------- words that are a date only where nothing else stands


def _the_unit(found: Tokens, context: Context) -> Made:
    unit = pick(found, "u").name
    return fixed(unit_bounds(context.today, unit, 0), PRECISIONS[unit], True) if unit in PRECISIONS else None


def _the_day(found: Tokens, context: Context) -> Made:
    return monthly(pick(found, "no").number, context)


def _digit_day(found: Tokens, context: Context) -> Made:
    return _the_day(found, context) if pick(found, "o").text[:1].isdigit() or context.alone else None


def _day_before(found: Tokens, context: Context) -> Made:
    """the day before, the day after."""
    sign = -1 if pick(found, "B").name == "before" else 1
    day = add(context.today, Duration(days=1), sign)
    return Period(day, day + DAY, Precision.DAY, relative=True) if pick(found, "u").name == "day" else None


QUARTERS = (
    rule("T?Q[Oi]?T?[Du]", _part_of_year_told),
    rule("T?DOT?Q|DQ", _part_of_year_told),
)

SELECTIONS = (
    rule("T?op?WOT?D|T?o?pW[Oi]T?D|T?oWiT?D", _weekday_of_period),
    rule("T?[no]uOT?D", _day_of_period),
    rule("T?(?:op?|p)u[Oi]T?D", _unit_of_period),
    rule("T?[op]d[Oi]T?D", _units_of_period),
    rule("T?[no]OT?D", _day_of_period),
    rule("T?Dou", _quarter_of_period),
    rule("un[Oi]T?D", _numbered_week),
)

WEEKS = (
    rule("cT?D", _week_ending),
    rule("T?[uc]OT?D", _week_of),
    rule("Du", _week_of),
    rule("T?uOT?o", _week_of_day),
    rule("T?CWtT?D", _nearest_weekday),
)

EDGES = (
    rule("T?e-?O?T?D|T?eOiT?D", _edge_of_period),
    rule("T?eO?T?u", _edge_of_unit),
    rule("T?u-?e(?!O)", _unit_end),
    rule("T?E", _edge_of_unit),
    rule("T?rO?T?[Du]", _rest),
)

DAYS_OF_MONTH = (rule("(?<=[BftSi])To(?![uWOM&])", _digit_day),)
"""by the 30th, on the 1st."""

ALONE = (
    rule("^i?T?u$", _the_unit),
    rule("^i?Tn$|^i?To$", _the_day),
    rule("^un$", _numbered_week),
    rule("^T?uB$", _day_before),
)
