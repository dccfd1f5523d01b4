"""Dates counted from today or from another date: next month, last Friday, in two weeks, three days after Easter."""

from dataclasses import replace
from datetime import date

from assistant.dates.periods import (
    DAY,
    Bounds,
    Duration,
    Period,
    Precision,
    Recurrence,
    Step,
    add,
    add_months,
    months,
    unit_of,
)
from assistant.dates.tokens import Context, Made, Token, Tokens, fixed, has, length, period, pick, rule
from assistant.dates.written import alone

PRECISIONS = {
    "day": Precision.DAY,
    "week": Precision.WEEK,
    "workweek": Precision.WEEK,
    "weekend": Precision.RANGE,
    "fortnight": Precision.RANGE,
    "month": Precision.MONTH,
    "quarter": Precision.QUARTER,
    "financial quarter": Precision.QUARTER,
    "half": Precision.HALF,
    "year": Precision.YEAR,
    "financial year": Precision.FINANCIAL_YEAR,
    "academic year": Precision.YEAR,
    "decade": Precision.DECADE,
    "term": Precision.SEASON,
}
_LENGTHS = {
    "day": (0, 1),
    "week": (0, 7),
    "workweek": (0, 7),
    "fortnight": (0, 14),
    "month": (1, 0),
    "quarter": (3, 0),
    "financial quarter": (3, 0),
    "half": (6, 0),
    "year": (12, 0),
    "financial year": (12, 0),
    "academic year": (12, 0),
    "decade": (120, 0),
}
_WHOLE_UNITS = frozenset(
    {"quarter", "financial quarter", "financial year", "academic year", "decade", "weekend", "half", "term"}
)
"""Counted as the calendar has them, even in "the last two quarters"; days, weeks and months run back from today."""


def unit_bounds(day: date, unit: str, ahead: int) -> Bounds:
    return unit_of(day, "quarter" if unit == "financial quarter" else unit, ahead)


def unit_length(unit: str) -> Duration:
    return Duration(*_LENGTHS[unit])


def _plural(unit: Token) -> bool:
    word = unit.text.lower()
    return word.endswith("s") and word[-2] not in "'’"


def _length(found: Tokens, _context: Context) -> Made:
    number, unit = found[-2], found[-1]
    plural = _plural(unit)
    if number.number == 0:
        return None
    if unit.name == "workday":
        return Duration(working_days=number.number, unit=unit.name, number=number.number)
    if unit.name not in _LENGTHS:
        return None
    whole, days = _LENGTHS[unit.name]
    count = number.number
    return Duration(whole * count, days * count, 0, unit.name, count, plural or count == 1)


def _sum(found: Tokens, _context: Context) -> Made:
    first, second = (token.length for token in found if token.length)
    return first._replace(
        months=first.months + second.months,
        days=first.days + second.days,
        working_days=first.working_days + second.working_days,
    )


def _today(found: Tokens, context: Context) -> Made:
    token = found[0]
    day = context.today + token.number * DAY
    return Period(day, day + DAY, Precision.DAY, relative=True, with_now=token.number == 0)


def _unit(found: Tokens, context: Context) -> Made:
    """this week, next quarter, last financial year; "the" before it changes nothing."""
    unit, ahead = pick(found, "u"), pick(found, "p").number
    if unit.name == "workday":
        return fixed((day := add(context.today, Duration(working_days=1), ahead or 1), day + DAY), Precision.DAY, True)
    if unit.name == "fortnight":
        return _run(Duration(0, 14), ahead, context) if ahead else None
    if _plural(unit) or unit.name == "half":
        return None
    return fixed(unit_bounds(context.today, unit.name, ahead), PRECISIONS[unit.name], True)


def _unit_after_next(found: Tokens, context: Context) -> Made:
    """the week after next, the month before last."""
    ahead = pick(found, "p").number
    forward = pick(found, "B").name == "after"
    if (ahead > 0) is not forward or not ahead:
        return None
    unit = pick(found, "u")
    return (
        fixed(unit_bounds(context.today, unit.name, 2 * ahead), PRECISIONS[unit.name], True)
        if unit.name in PRECISIONS
        else None
    )


def _run(span: Duration, direction: int, context: Context, with_today: bool = False) -> Period:
    """So long, running back from today or forward from tomorrow."""
    if direction < 0:
        return Period(add(context.today, span, -1), context.today, Precision.RANGE, relative=True)
    last = add(context.today, span, 1)
    return Period(context.today + (0 if with_today else 1) * DAY, last + DAY, Precision.RANGE, relative=True)


def _units(found: Tokens, context: Context) -> Made:
    """next three months, 2 previous weeks, the last two quarters."""
    span, ahead = length(found), pick(found, "p").number
    if not ahead or (pick(found, "p").name == "coming" and not span.plural):
        return None
    if span.unit in _WHOLE_UNITS:
        first, last = (1, span.number) if ahead > 0 else (-span.number, -1)
        start, _ = unit_bounds(context.today, span.unit, first)
        return Period(start, unit_bounds(context.today, span.unit, last)[1], Precision.RANGE, relative=True)
    run = _run(span, ahead, context, with_today=has(found, "i") and has(found, "T"))
    return replace(run, unsettled=not context.day_first and span.unit != "day")


def _units_turned(found: Tokens, context: Context) -> Made:
    """3 next weeks."""
    made = _length([pick(found, "n"), pick(found, "u")], context)
    return _units([pick(found, "p"), Token("d", length=made)], context) if isinstance(made, Duration) else None


def _rolling_unit(found: Tokens, context: Context) -> Made:
    """In the last month, over the past year: so long, counted from today."""
    unit, ahead = pick(found, "u"), pick(found, "p").number
    if not ahead or unit.name in _WHOLE_UNITS or unit.name not in _LENGTHS or _plural(unit):
        return None
    return _run(Duration(*_LENGTHS[unit.name]), ahead, context, with_today=True)


def _within(found: Tokens, context: Context) -> Made:
    """in two weeks is a day; within nine months is all the time until then."""
    last = add(context.today, length(found), 1)
    if found[0].name == "within":
        return Period(context.today, last, Precision.RANGE, relative=True)
    return Period(last, last + DAY, Precision.DAY, relative=True)


def _ago(found: Tokens, context: Context) -> Made:
    sign = found[-1].number if found[-1].kind == "g" else 1
    day = add(context.today, length(found), sign)
    if has(found, "m"):
        return (
            Period(None, day, Precision.OPEN, relative=True)
            if sign < 0
            else Period(day, None, Precision.OPEN, relative=True)
        )
    return Period(day, day + DAY, Precision.DAY, relative=True)


def _later(found: Tokens, context: Context) -> Made:
    """2 years later, a week earlier."""
    sign = {"later": 1, "earlier": -1}.get(found[-1].name)
    return _ago([*found[:-1], Token("g", number=sign)], context) if sign else None


def _time_beside(found: Tokens, _context: Context) -> Made:
    """within the six weeks after 1 April, in the four weeks before Christmas."""
    return _beside(length(found), period(found), -1 if pick(found, "B").name == "before" else 1)


def _beside(span: Duration, anchor: Period, sign: int) -> Made:
    """the week before Christmas, the month after June 2020, the day after tomorrow."""
    if anchor.start is None or anchor.end is None:
        return None
    bounds = (add(anchor.start, span, -1), anchor.start) if sign < 0 else (anchor.end, add(anchor.end, span, 1))
    precision = Precision.DAY if span.months == 0 and span.days == 1 else Precision.RANGE
    return Period(*bounds, precision, anchor.assumed, anchor.relative)


def _shifted(found: Tokens, _context: Context) -> Made:
    """three weeks from tomorrow, two days before yesterday, three months after Easter."""
    link, anchor = pick(found, "fB"), period(found)
    if link.name in ("by", "since") or anchor.start is None or anchor.end is None:
        return None
    sign = -1 if link.name == "before" else 1
    if not has(found, "d"):
        unit = pick(found, "u").name
        return _beside(Duration(*_LENGTHS[unit]), anchor, sign) if unit in _LENGTHS else None
    span = length(found)
    if anchor.precision is Precision.MONTH and span.months and not span.days and not has(found, "m"):
        first = add_months(anchor.start, sign * span.months)
        return Period(*months(first.year, first.month), Precision.MONTH, anchor.assumed, anchor.relative)
    day = add(anchor.start if sign < 0 or anchor.end - anchor.start == DAY else anchor.end - DAY, span, sign)
    if has(found, "m"):
        start, end = (None, day) if sign < 0 else (day, None)
        return Period(start, end, Precision.OPEN, anchor.assumed, anchor.relative)
    return Period(day, day + DAY, Precision.DAY, anchor.assumed, anchor.relative)


def _lasting(found: Tokens, _context: Context) -> Made:
    """2 weeks starting 20 May; for 3 days from today; from 18 December for 10 days."""
    start = period(found).start
    return (
        Period(start, add(start, length(found), 1), Precision.RANGE, period(found).assumed, period(found).relative)
        if start
        else None
    )


def _told_month(found: Tokens, context: Context) -> Made:
    """next March, last autumn, this Christmas."""
    modifier, token = pick(found, "p"), found[-1]
    recurs = _recurrence(token, context)
    if recurs is None or recurs.step is not Step.YEAR:
        return None
    bounds = told(recurs, modifier.number, context.today)
    return fixed(bounds, _PRECISION_OF.get(token.kind, Precision.DAY), True)


_PRECISION_OF = {"M": Precision.MONTH, "s": Precision.SEASON, "H": Precision.DAY, "D": Precision.DAY}


def _recurrence(token: Token, context: Context) -> Recurrence | None:
    if token.period:
        return token.period.recurs if token.period.assumed else None
    made = alone(token, context)
    return made.recurs if made else None


def told(recurs: Recurrence, direction: int, today: date) -> Bounds | None:
    """The one that holds today or falls in this year (0), the next to begin (1), the last to have ended (-1)."""
    this = recurs.make(recurs.index(today))
    if direction == 0:
        around = recurs.before(today)
        return around if around and around[1] > today else this
    candidates = [bounds for ahead in range(-9, 10) if (bounds := recurs.make(recurs.index(today) + ahead))]
    if direction > 0:
        return next((bounds for bounds in candidates if bounds[0] > today), None)
    return next((bounds for bounds in reversed(candidates) if bounds[1] <= today), None)


COUNTED = (
    rule("a?nu|au", _length),
    rule("d[&,]{0,2}d", _sum),
    rule("R", _today),
    rule("T?uBT?p(?![WMsHDu])", _unit_after_next),
    rule("iT?pd(?!O)", _units),
    rule("T?pd(?!O)", _units),
    rule("npu", _units_turned),
    rule("T?p[MsH]", _told_month),
    rule("T?p[nD]?D", _told_month),
    rule("iTpu(?![OiWo])", _rolling_unit),
    rule("(?<!n)T?pu(?![Oi])", _unit),
)
"""Lengths of time, and what is told from today."""

LEFT_OVER = (rule("(?<!n)T?pu", _unit),)
"""What "the last week of" might have been part of, and was not."""

SHIFTS = (
    rule("j?d,?Sf?T?D", _lasting),
    rule("jd,?fT?D", _lasting),
    rule("fT?Djd", _lasting),
    rule("iTdBT?D", _time_beside),
    rule("m?dh?[fB]T?D", _shifted),
    rule("T?uBT?D", _shifted),
    rule("m?dg", _ago),
    rule("de", _later),
    rule("iT?dh?(?!e)", _within),
)
