"""Weekdays, and dates joined: next Friday, Tuesday 19th, from June 2020 to February 2021, by the end of next month.

The last date of a range is part of it, as plan readers mean it: "between June and August" holds all of August.
"""

from dataclasses import replace
from datetime import date, timedelta

from assistant.dates.periods import DAY, WEEK, Bounds, Period, Precision, Recurrence, Step, add_months, monday
from assistant.dates.relative import PRECISIONS, unit_bounds
from assistant.dates.tokens import Context, Made, Token, Tokens, has, period, pick, recurring, rule


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


WEEKDAYS = (
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


def _with_year(found: Tokens, _context: Context) -> Made:
    """28 June of this year, Christmas in 2024."""
    held, year = period(found), period(found, 1)
    if year.assumed and not held.assumed and len(found) == 2:
        held, year = year, held
    if not held.assumed or held.recurs is None or year.start is None or year.end is None:
        return None
    if held.recurs.step is not Step.YEAR or year.precision not in (Precision.YEAR, Precision.FINANCIAL_YEAR):
        return None
    bounds = held.recurs.after(year.start)
    if bounds is None or bounds[0] >= year.end:
        return None
    return Period(*bounds, held.precision, relative=year.relative)


def _range(found: Tokens, context: Context) -> Made:
    first, last = period(found), period(found, 1)
    if first.start is None or first.end is None or last.start is None or last.end is None:
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
    if not start < end:
        return None
    assumed, relative = first.assumed and last.assumed, first.relative or last.relative
    return Period(start, end, Precision.RANGE, assumed, relative, unsettled=not context.day_first)


def _until_now(found: Tokens, context: Context) -> Made:
    """from March to date, year to date, to date."""
    if has(found, "u"):
        unit = pick(found, "u").name
        first, _ = unit_bounds(context.today, unit, 0)
        known = unit in PRECISIONS and first < context.today
        return Period(first, context.today, Precision.RANGE, relative=True) if known else None
    if not has(found, "D"):
        return Period(None, context.today, Precision.OPEN, relative=True)
    held = period(found)
    start = held.start
    if held.assumed and held.recurs and (bounds := held.recurs.before(context.today)):
        start = bounds[0]
    return Period(start, context.today, Precision.RANGE, relative=True) if start and start < context.today else None


def _open(found: Tokens, context: Context) -> Made:
    """before, by, until, after, since, from; "to" alone says nothing of time. In a plan "from May" is a May to come."""
    link = found[0]
    if link.kind == "p":
        return _side(period(found), "after", context) if link.name == "past" else None
    if link.name == "to" and not context.cell:
        return None
    if link.kind in "fS" and context.cell:
        return _side(period(found), "from", context)
    return _side(period(found), {"f": "since", "S": "since", "t": "until"}.get(link.kind, link.name), context)


def _side(held: Period, name: str, context: Context) -> Period | None:
    if held.start is None or held.end is None:
        return None
    start, end, point = held.start, held.end, held.point
    name = "until" if name == "to" else name
    if name == "since" and held.assumed and held.recurs and start > context.today:
        start, end = held.recurs.before(context.today) or (start, end)
        point = None
    if point:
        last = point if held.base and point == held.base[1] else point + DAY
        sides = {"before": (None, point), "by": (None, last), "until": (None, last), "after": (point, None)}
        sides["since"] = sides["from"] = (point, None)
    else:
        sides = {"before": (None, start), "by": (None, end), "until": (None, end), "after": (end, None)}
        sides["since"] = sides["from"] = (start, None)
    kind = held.base_precision or held.precision
    return Period(*sides[name], Precision.OPEN, held.assumed, held.relative, base=held.base, base_precision=kind)


def _two_sides(found: Tokens, context: Context) -> Made:
    """after March and before July 2026: the days between, in the year that one of them has."""
    (opens, closes), first, last = (pick(found, "B", place) for place in (0, 1)), period(found), period(found, 1)
    if not opens.number or closes.number or first.start is None or last.start is None:
        return None
    if first.assumed and first.recurs and not last.assumed and (bounds := first.recurs.before(last.start)):
        first = replace(first.at(bounds), assumed=False)
    elif first.start and last.assumed and last.recurs and (bounds := last.recurs.after(first.start)):
        last = replace(last.at(bounds), assumed=first.assumed)
    begun, done = _side(first, opens.name, context), _side(last, closes.name, context)
    if not (begun and done and begun.start and done.end and begun.start < done.end):
        return None
    assumed, relative = first.assumed or last.assumed, first.relative or last.relative
    return Period(begun.start, done.end, Precision.RANGE, assumed, relative, unsettled=not context.day_first)


def _or_later(found: Tokens, context: Context) -> Made:
    last = found[-1]
    if last.kind == "B" and last.text.lower() not in _ENDS:
        return None
    return _side(period(found), "since" if last.number else "by", context)


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
            if told and held.assumed and held.recurs and told.start and held.precision is told.precision:
                bounds = held.recurs.before(told.start) if places.step < 0 else held.recurs.after(told.start)
                if bounds:
                    held = replace(held.at(bounds), assumed=False)
                    made[place] = token._replace(period=held)
            told = held if not held.assumed and not held.relative else None
    return made
