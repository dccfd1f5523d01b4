"""Parts of a period: the last Monday of March, the second week of 2021, end of Q2, early September, week commencing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from assistant.dates.periods import (
    DAY,
    WEEK,
    Bounds,
    Duration,
    Period,
    Precision,
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
from assistant.dates.relative import PRECISIONS, unit_bounds, unit_length
from assistant.dates.tokens import Context, Made, Tokens, fixed, has, length, period, pick, recurring, rule

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


def _whole(found: Tokens, context: Context) -> Period | None:
    """What the part is of: a period, or "the month", which is this one."""
    last = found[-1]
    if last.kind == "D":
        return last.period
    known = last.name in PRECISIONS and last.name not in ("day", "half")
    return Period(*unit_bounds(context.today, last.name, 0), PRECISIONS[last.name], relative=True) if known else None


def _weekday_of_period(found: Tokens, context: Context) -> Made:
    number, name, whole = _count(found), pick(found, "W").number, _whole(found, context)
    if not number or whole is None:
        return None
    return part_of(whole, lambda bounds: weekday_in(bounds, name, number), Precision.DAY)


def _unit_of_period(found: Tokens, context: Context) -> Made:
    number, unit, whole = _count(found), pick(found, "u").name, _whole(found, context)
    if not number or unit not in _NTH or whole is None:
        return None
    nth = _NTH[unit]
    financial = whole.precision is Precision.FINANCIAL_YEAR and unit == "quarter"
    kind = Precision.FINANCIAL_QUARTER if financial else PRECISIONS[unit]
    return part_of(whole, lambda bounds: nth(bounds, number), kind)


def _nth_day(whole: Bounds, number: int) -> Bounds | None:
    day = whole[0] + (number - 1) * DAY if number > 0 else whole[1] + number * DAY
    return (day, day + DAY) if whole[0] <= day < whole[1] else None


def _nth_fortnight(whole: Bounds, number: int) -> Bounds | None:
    """Fourteen days counted from the first day of a period, or back from its last."""
    first = whole[0] + (number - 1) * 2 * WEEK if number > 0 else whole[1] + number * 2 * WEEK
    return (first, first + 2 * WEEK) if whole[0] <= first and first + 2 * WEEK <= whole[1] else None


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
    "fortnight": _nth_fortnight,
    "month": _nth_months(1),
    "quarter": _nth_months(3),
    "half": _nth_half,
}


def _units_of_period(found: Tokens, context: Context) -> Made:
    """the first ten days of last year, the last three weeks of the year."""
    number, span, of = _count(found), length(found), _whole(found, context)
    nth = _NTH.get(span.unit)
    if number not in (1, -1) or nth is None or of is None:
        return None

    def run(whole: Bounds) -> Bounds | None:
        edges = nth(whole, number), nth(whole, number * span.number)
        if edges[0] is None or edges[1] is None:
            return None
        return min(edges[0][0], edges[1][0]), max(edges[0][1], edges[1][1])

    return part_of(of, run, Precision.RANGE)


def _day_of_period(found: Tokens, context: Context) -> Made:
    """20 of next month, the 15th day of June."""
    number, whole = pick(found, "no").number, _whole(found, context)
    units = [token.name for token in found[:-1] if token.kind == "u"]
    if whole is None or (whole.precision is not Precision.MONTH and not units):
        return None
    if units and units[0] != "day":
        return _unit_of_period(found, context) if has(found, "o") else None
    return part_of(whole, lambda bounds: _nth_day(bounds, number), Precision.DAY)


_YEARS = (Precision.YEAR, Precision.FINANCIAL_YEAR)


def _part_of_year_told(found: Tokens, context: Context) -> Made:
    """Q3 of this financial year, the first quarter of the year."""
    token = pick(found, "Q")
    whole = period(found) if has(found, "D") else _whole(found, context)
    if whole is None or (whole.precision not in _YEARS and token.name != "half"):
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
    """week commencing 3 June, week ending 7 June, the year ending March 2025."""
    link, last = pick(found, "c"), period(found)
    if last.precision not in (Precision.DAY, Precision.MONTH):
        return None
    if not link.number and link.name:
        return part_of(last, lambda whole: (whole[0], add(whole[0], unit_length(link.name), 1)), PRECISIONS[link.name])
    if not link.number:
        return part_of(last, lambda whole: unit_of(whole[0], "week", 0), Precision.WEEK)
    span = unit_length(link.name)
    return part_of(last, lambda whole: (add(whole[1], span, -1), whole[1]), PRECISIONS[link.name])


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
    if unit.name == "month" and number > 12:
        context.problems.append(f"There is no month {number}.")
    if unit.name != "week" or not 1 <= number <= 53:
        return None
    whole = period(found) if has(found, "D") else Period(*unit_bounds(context.today, "year", 0), Precision.YEAR)
    return (
        part_of(whole, lambda bounds: week_in(bounds, number), Precision.WEEK)
        if whole.precision is Precision.YEAR
        else None
    )


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


QUARTERS = (rule("T?Q[Oi]?T?[Du]", _part_of_year_told), rule("T?DOT?Q|DQ", _part_of_year_told))

SELECTIONS = (
    rule("T?(?:op?|p)W[Oi]T?[Du]", _weekday_of_period),
    rule("T?[no]uOT?[Du]", _day_of_period),
    rule("T?(?:op?|p)u[Oi]T?[Du]", _unit_of_period),
    rule("T?[op]d[Oi]T?[Du]", _units_of_period),
    rule("T?[no]OT?[Du]", _day_of_period),
    rule("un[Oi,]?T?D", _numbered_week),
)

WEEKS = (
    rule("cT?D", _week_ending),
    rule("T?[uc]OT?D", _week_of),
    rule("Du", _week_of),
    rule("T?uOT?o", _week_of_day),
    rule("T?CWtT?D", _nearest_weekday),
)

DAYS_OF_MONTH = (rule("(?<=[BftSi])To(?![uWOM&])", _digit_day),)
"""by the 30th, on the 1st."""

ALONE = (
    rule("^i?T?u$", _the_unit),
    rule("^i?Tn$|^i?To$", _the_day),
    rule("^un$", _numbered_week),
    rule("^T?uB$", _day_before),
)
