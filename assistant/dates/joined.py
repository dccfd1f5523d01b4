"""Weekdays, and dates joined: next Friday, Tuesday 19th, from June 2020 to February 2021, by the end of next month.

The last date of a range is part of it, as plan readers mean it: "between June and August" holds all of August."""

from dataclasses import replace
from datetime import date, timedelta

from assistant.dates.days import DAY, WEEK, Bounds, add_months, monday
from assistant.dates.periods import Period, Precision, Recurrence, Step, one_day
from assistant.dates.relative import second, unit_now
from assistant.dates.tokens import Context, Made, Token, Tokens, recurring, rule


def _weekday_of(day: date, weekday: int, relative: bool = True) -> Period:
    return one_day(monday(day) + timedelta(days=weekday), relative=relative)


def _weekday(context: Context, W: Token) -> Made:
    """A weekday alone: today or the next; it may be another week's when it ends a range."""

    def make(week: int) -> Bounds:
        first = date.fromordinal(week) + timedelta(days=W.number)
        return first, first + DAY

    plural = W.text.lower().endswith("days")
    return None if plural else recurring(Recurrence(make, Step.WEEK), Precision.DAY, context, relative=True)


def _told_weekday(context: Context, p: Token, W: Token) -> Period:
    """next Friday is next week's, last Friday last week's, this coming Friday the first from tomorrow."""
    if p.name in ("coming", "past"):
        return _weekday_away(context, W, 1 if p.name == "coming" else -1)
    return _weekday_of(context.today + p.number * WEEK, W.number)


def _weekday_away(context: Context, W: Token, sign: int, count: int = 1) -> Period:
    """three Fridays from now, two Thursdays back."""
    days = 1 + (sign * (W.number - context.today.weekday()) - 1) % 7
    return _weekday_of(context.today + sign * (timedelta(days=days) + (count - 1) * WEEK), W.number)


def _weekday_in_week(D: Period, W: Token) -> Made:
    """Wednesday next week, last week's Sunday."""
    return _weekday_of(D.start, W.number, D.relative) if D.precision is Precision.WEEK else None


def _weekday_and_number(context: Context, W: Token, no: Token) -> Made:
    """Tuesday 19th: the nearest month, from this one on, in which that day is a Tuesday."""
    if no.kind == "n" and not context.alone:
        return None
    for ahead in range(15):
        month = add_months(context.today.replace(day=1), ahead)
        day = month + timedelta(days=no.number - 1)
        if day.month == month.month and day.weekday() == W.number:
            return one_day(day, assumed=True)
    return None


def _weekday_and_date(context: Context, W: Token, D: Period) -> Made:
    """Friday 28 May: the date counts; where it lacks its year, one in which the weekday fits is taken."""
    if D.precision is not Precision.DAY or D.relative:
        return None
    near = (D.recurs.make(context.today.year + ahead) for ahead in (0, 1, -1, 2) if D.assumed and D.recurs)
    fitting = next((bounds for bounds in near if bounds and bounds[0].weekday() == W.number), None)
    return D.at(fitting) if fitting else D


def _date_again(D: Period, D2: Period) -> Made:
    """this Friday (15 June): the second says it exactly."""
    bounds = D2.recurs.nearest(D.start) if D2.assumed and D2.recurs else None
    again = D.precision is D2.precision is Precision.DAY and D.relative and not D2.relative
    return (D2.at(bounds) if bounds else D2) if again else None


WEEKDAYS = (
    # Friday after next, Friday before last
    rule(
        "T?WBT?p(?![WMsHDu])", lambda context, W, B, p: _weekday_away(context, W, s, 2) if (s := second(p, B)) else None
    ),
    rule("nWg", lambda context, n, W, g: _weekday_away(context, W, g.number, n.number) if n.number else None),
    rule("W[-,]?[Oi]?T?D", _weekday_in_week),
    rule("D[-,]?i?W", _weekday_in_week),
    rule("T?p?W[,/]?T?D", _weekday_and_date),
    rule("D,?\\(?W\\)?", _weekday_and_date),
    rule("T?W,?T?[no](?![Ou])", _weekday_and_number),
    rule("T?pW", _told_weekday),
    rule("W", _weekday),
    rule("D,?\\(?D\\)?", _date_again),
)


def _with_year(found: Tokens, D: Period, D2: Period) -> Made:
    """28 June of this year, Christmas in 2024."""
    held, year = (D2, D) if D2.assumed and not D.assumed and len(found) == 2 else (D, D2)
    whole = year.precision in (Precision.YEAR, Precision.FINANCIAL_YEAR)
    if not held.assumed or held.recurs is None or held.recurs.step is not Step.YEAR or not whole:
        return None
    bounds = held.recurs.after(year.start)
    return Period(*bounds, held.precision, relative=year.relative) if bounds and bounds[0] < year.end else None


def _range(context: Context, D: Period, D2: Period) -> Made:
    first, last = D, D2
    if not first.closed or not last.closed:
        return None
    start, end = first.point or first.start, last.start if last.with_now else last.point or last.end
    if first.base and start == first.base[1]:
        start = first.start
    if last.base and context.cell:
        end = last.base[1]
    weekly = last.recurs is not None and last.recurs.step is not Step.YEAR
    if last.assumed and last.recurs and (weekly or not first.assumed):
        bounds = last.recurs.after(start)
        end = bounds[1] if bounds and bounds[0] != last.start else end
    elif first.assumed and first.recurs:
        bounds = first.recurs.before(last.start)
        start = bounds[0] if bounds and bounds[0] != first.start else start
    return _from_to(start, end, context, first.assumed and last.assumed, first.relative or last.relative)


def _from_to(start: date, end: date, context: Context, assumed: bool, relative: bool) -> Made:
    made = Period(start, end, Precision.RANGE, assumed, relative, unsettled=not context.day_first)
    return made if start < end else None


def _until_now(context: Context, u: Token | None, D: Period | None) -> Made:
    """from March to date, year to date, to date."""
    if not u and not D:
        return Period(date.min, context.today, Precision.OPEN, relative=True)
    held = D or (unit_now(u.name, context) if u else None)
    bounds = held.recurs.before(context.today) if held and held.assumed and held.recurs else None
    start = bounds[0] if bounds else held.first if held else None
    return Period(start, context.today, Precision.RANGE, relative=True) if start and start < context.today else None


def _open(context: Context, BpfSt: Token, D: Period) -> Made:
    """before, by, until, after, since, from; "to" alone says nothing of time. In a plan "from May" is a May to come."""
    kind, name = BpfSt.kind, BpfSt.name
    if kind == "p":
        return _side(D, "after", context) if name == "past" else None
    if kind in "fS":
        return _side(D, "from" if context.cell else "since", context)
    return _side(D, "until" if kind == "t" else name, context) if name != "to" or context.cell else None


def _side(held: Period, name: str, context: Context) -> Period | None:
    start, end, point = held.start, held.end, held.point
    if name == "since" and held.assumed and held.recurs and start > context.today:
        start, end = held.recurs.before(context.today) or (start, end)
        point = None
    if point:
        whole = name in ("before", "after") or (held.base and point == held.base[1])
        start, end = point, point if whole else point + DAY
    opens = {"after": end, "since": start, "from": start}.get(name)
    bounds = (opens, date.max) if opens else (date.min, start if name == "before" else end)
    kind = held.base_precision or held.precision
    made = Period(*bounds, Precision.OPEN, held.assumed, held.relative, base=held.base, base_precision=kind)
    return made if held.closed else None


def _two_sides(context: Context, B: Token, B2: Token, D: Period, D2: Period) -> Made:
    """after March and before July 2026: the days between, in the year that one of them has."""
    first, last = D, D2
    if not B.number or B2.number:
        return None
    if first.assumed and first.recurs and not last.assumed and (bounds := first.recurs.before(last.start)):
        first = replace(first.at(bounds), assumed=False)
    elif last.assumed and last.recurs and (bounds := last.recurs.after(first.start)):
        last = replace(last.at(bounds), assumed=first.assumed)
    begun, done = _side(first, B.name, context), _side(last, B2.name, context)
    if not (begun and done and begun.first and done.after):
        return None
    return _from_to(begun.start, done.end, context, first.assumed or last.assumed, first.relative or last.relative)


def _or_later(found: Tokens, context: Context, D: Period) -> Made:
    first, last = found[0], found[-1]
    if last.name == "over":  # "once March is over", "before June is over"; not the "March 2020" that "has passed" alone
        return _side(D, first.name if first.number else "by", context) if first.kind == "B" else None
    if last.kind == "B" and last.text.lower() not in _ENDS:
        return None
    return _side(D, "since" if last.number else "by", context)


_ENDS = frozenset({"before", "after", "beyond"})
"""What, behind "and" or "or", ends a date that no other date follows: "June 2020 or before"."""


YEARS = (rule("D,?[Oi]?T?D", _with_year),)

RANGES = (
    rule("bT?D&T?D", _range),
    rule("[bf]?[iT]*D[t-][iT]*D", _range),
    rule("fT?DZ", _until_now),
    rule("T?[uD]Z", _until_now),
    rule("Z", _until_now),
)

SIDES = (
    rule("BT?D&BT?D", _two_sides),
    rule("[Bt]?T?DL", _or_later),
    rule("[Bt]?T?D[&|]B(?![ifST]*[Dxnobde])", _or_later),
    rule("(?:B|p)T?D", _open),
    rule("[fS]T?D", _open),
    rule("tT?D", _open),
)


def sharing_years(found: list[Token]) -> list[Token]:
    """The tokens; in "June, July and August 2020" and "June 2020 and July" all get the year that one of them has."""
    made = list(found)
    for places in (range(len(made) - 1, -1, -1), range(len(made))):
        told: Period | None = None
        for place in places:
            token, held = made[place], made[place].period
            if held is None:
                told = told if token.kind in ",&|/" else None
                continue
            if told and held.assumed and held.recurs and held.precision is told.precision:
                bounds = held.recurs.before(told.start) if places.step < 0 else held.recurs.after(told.start)
                if bounds:
                    held = replace(held.at(bounds), assumed=False)
                    made[place] = token._replace(period=held)
            told = held if not held.assumed and not held.relative else None
    return made
