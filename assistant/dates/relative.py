"""Dates counted from today or from another date: next month, last Friday, in two weeks, three days after Easter."""

from dataclasses import replace
from datetime import date

from assistant.dates.days import DAY, Bounds, add_months, months
from assistant.dates.periods import UNITS, Duration, Period, Precision, Recurrence, Step, add, one_day, unit_of
from assistant.dates.tokens import Context, Made, Token, Tokens, fixed, rule
from assistant.dates.written import alone


def unit_now(unit: str, context: Context, ahead: int = 0) -> Period | None:
    """This unit of the calendar, or one so many after it; None for one that the calendar does not have."""
    return fixed(unit_of(context.today, unit, ahead), UNITS[unit].precision, True) if unit in UNITS else None


def unit_length(unit: str) -> Duration | None:
    known = UNITS.get(unit)
    return Duration(known.months, known.days) if known and (known.months or known.days) else None


def _plural(unit: Token) -> bool:
    word = unit.text.lower()
    return word.endswith("s") and word[-2] not in "'’"


def _length(found: Tokens, context: Context) -> Duration | None:
    count, unit = found[-2].number, found[-1]
    length = unit_length(unit.name)
    if length and not count:
        context.problems.append(f"There is no time in {count} {unit.text}.")
    if count and unit.name == "workday":
        return Duration(working_days=count, unit=unit.name, number=count)
    if not count or not length:
        return None
    return Duration(length.months * count, length.days * count, 0, unit.name, count, _plural(unit) or count == 1)


def _unit(context: Context, u: Token, p: Token) -> Made:
    """this week, next quarter, last financial year; "the" before it changes nothing."""
    if u.name == "workday":
        return one_day(add(context.today, Duration(working_days=1), p.number or 1))
    if u.name == "fortnight":
        return _run(Duration(0, 14), p.number, context) if p.number else None
    return None if _plural(u) or u.name == "half" else unit_now(u.name, context, p.number)


def _run(span: Duration, direction: int, context: Context, with_today: bool = False) -> Period:
    """So long, running back from today or forward from tomorrow."""
    if direction < 0:
        return Period(add(context.today, span, -1), context.today, Precision.RANGE, relative=True)
    last = add(context.today, span, 1)
    return Period(context.today + (0 if with_today else 1) * DAY, last + DAY, Precision.RANGE, relative=True)


def _units(context: Context, p: Token, d: Duration | None, i: Token | None, T: Token | None) -> Made:
    """next three months, 2 previous weeks, the last two quarters."""
    if not d or not p.number or (p.name == "coming" and not d.plural):
        return None
    if d.unit in UNITS and UNITS[d.unit].whole:
        first, last = (1, d.number) if p.number > 0 else (-d.number, -1)
        start, _ = unit_of(context.today, d.unit, first)
        return Period(start, unit_of(context.today, d.unit, last)[1], Precision.RANGE, relative=True)
    run = _run(d, p.number, context, with_today=bool(i and T))
    return replace(run, unsettled=not context.day_first and d.unit != "day")


def _rolling_unit(context: Context, u: Token, p: Token) -> Made:
    """In the last month, over the past year: so long, counted from today."""
    length = unit_length(u.name)
    counted = p.number and length and not UNITS[u.name].whole and not _plural(u)
    return _run(length, p.number, context, with_today=True) if length and counted else None


def _within(context: Context, i: Token, d: Duration) -> Made:
    """in two weeks is a day; within nine months is all the time until then."""
    last = add(context.today, d, 1)
    return Period(context.today, last, Precision.RANGE, relative=True) if i.name == "within" else one_day(last)


def _beside(span: Duration, anchor: Period, sign: int) -> Made:
    """the week before Christmas, the month after June 2020, the day after tomorrow."""
    bounds = (add(anchor.start, span, -1), anchor.start) if sign < 0 else (anchor.end, add(anchor.end, span, 1))
    precision = Precision.DAY if span.months == 0 and span.days == 1 else Precision.RANGE
    return Period(*bounds, precision, anchor.assumed, anchor.relative) if anchor.closed else None


def _shifted(fB: Token, D: Period, d: Duration | None, u: Token | None, m: Token | None) -> Made:
    """three weeks from tomorrow, two days before yesterday, three months after Easter."""
    if fB.name in ("by", "since") or not D.closed:
        return None
    sign = -1 if fB.name == "before" else 1
    if d:
        return _away(D, d, sign, m)
    span = unit_length(u.name) if u else None
    return _beside(span, D, sign) if span else None


def _away(anchor: Period, d: Duration, sign: int, more: Token | None = None) -> Period:
    """So long after (1) or before (-1) a period, or any time from there on where it is more."""
    assumed, relative = anchor.assumed, anchor.relative
    if anchor.precision is Precision.MONTH and d.months and not d.days and not more:
        first = add_months(anchor.start, sign * d.months)
        return Period(*months(first.year, first.month), Precision.MONTH, assumed, relative)
    day = add(anchor.start if sign < 0 or anchor.end - anchor.start == DAY else anchor.end - DAY, d, sign)
    if not more:
        return one_day(day, assumed, relative)
    return Period(*((date.min, day) if sign < 0 else (day, date.max)), Precision.OPEN, assumed, relative)


_PRECISION_OF = {"M": Precision.MONTH, "s": Precision.SEASON}


def _told_month(found: Tokens, context: Context, p: Token) -> Made:
    """next March, last autumn, this Christmas."""
    token = found[-1]
    held = token.period or alone(token, context)
    if held is None or not held.assumed or not held.recurs or held.recurs.step is not Step.YEAR:
        return None
    return fixed(told(held.recurs, p.number, context.today), _PRECISION_OF.get(token.kind, Precision.DAY), True)


def told(recurs: Recurrence, direction: int, today: date) -> Bounds | None:
    """The one that holds today or falls in this year (0), the next to begin (1), the last to have ended (-1)."""
    if direction == 0:
        around = recurs.before(today)
        return around if around and around[1] > today else recurs.make(recurs.index(today))
    candidates = [bounds for ahead in range(-9, 10) if (bounds := recurs.make(recurs.index(today) + ahead))]
    if direction > 0:
        return next((bounds for bounds in candidates if bounds[0] > today), None)
    return next((bounds for bounds in reversed(candidates) if bounds[1] <= today), None)


def second(p: Token, B: Token) -> int:
    """1 for "after next", -1 for "before last", 0 where the two do not go together."""
    return p.number if p.number and (p.number > 0) is (B.name == "after") else 0


_LATER = {"later": 1, "earlier": -1}
COUNTED = (
    rule("a?nu|au", _length),
    rule("d[&,]{0,2}d", lambda d, d2: d.plus(d2)),
    rule("R", lambda context, R: one_day(context.today + R.number * DAY, now=R.number == 0)),
    # the week after next, the month before last
    rule(
        "T?uBT?p(?![WMsHDu])",
        lambda context, u, B, p: unit_now(u.name, context, 2 * s) if (s := second(p, B)) else None,
    ),
    rule("iT?pd(?!O)", _units),
    rule("T?pd(?!O)", _units),
    rule("npu", lambda context, n, p, u: _units(context, p, _length([n, u], context), None, None)),
    rule("T?p[MsH]", _told_month),
    rule("T?p[nD]?D", _told_month),
    rule("iTpu(?![OiWo])", _rolling_unit),
    rule("(?<!n)T?pu(?![Oi])", _unit),
)
"""Lengths of time, and what is told from today."""

LEFT_OVER = (rule("(?<!n)T?pu", _unit),)
"""What "the last week of" might have been part of, and was not."""

SHIFTS = (
    rule("j?d,?Sf?T?D", lambda d, D: D.lasting(d)),
    rule("jd,?fT?D", lambda d, D: D.lasting(d)),
    rule("fT?Djd", lambda d, D: D.lasting(d)),
    rule("iTdBT?D", lambda d, B, D: _beside(d, D, -1 if B.name == "before" else 1)),
    rule("m?dh?[fB]T?D", _shifted),
    rule("T?uBT?D", _shifted),
    rule("m?dg", lambda context, d, g, m: _away(one_day(context.today), d, g.number, m)),
    rule("de", lambda context, d, e: _away(one_day(context.today), d, sign) if (sign := _LATER.get(e.name)) else None),
    rule("iT?dh?(?!e)", _within),
)
