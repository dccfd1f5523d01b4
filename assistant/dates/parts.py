"""Parts of a period: the last Monday of March, week 2 of 2021, end of Q2, early September, later this month."""

from dataclasses import replace
from functools import partial

from assistant.dates.days import DAY, Bounds, day_of, month_start, week_in, weekday_in
from assistant.dates.periods import UNITS, Duration, Period, Precision, Recurrence, Step, add, nth, one_day, unit_of
from assistant.dates.relative import unit_length, unit_now
from assistant.dates.tokens import Context, Made, Token, Tokens, recurring, rule

_COUNTED = frozenset({"day", "week", "weekend", "fortnight", "month", "quarter", "half"})
_MONTHS_OF_EDGE = {
    "early": {12: (0, 3), 6: (0, 2), 4: (0, 1), 3: (0, 1), 2: (0, 1)},
    "mid": {12: (4, 8), 6: (2, 4), 4: (1, 3), 3: (1, 2), 2: (0, 2)},
    "end": {12: (8, 12), 6: (4, 6), 4: (3, 4), 3: (2, 3), 2: (1, 2)},
}
"""From which month to which is early in a year, half, term, quarter or holiday, by its length in months."""
_EDGES = {"start": "early", "middle": "mid", "close": "end", "late": "end"}


def _count(found: Tokens) -> int:
    """First is 1, last -1, second last -2; 0 where the words count nothing."""
    head = [token for token in found if token.kind in "op"]
    number = head[0].number if head[0].kind == "o" else 0
    modifiers = [token for token in head if token.kind == "p"]
    if any(token.number >= 0 for token in modifiers):
        return 0
    return -max(number, 1) if modifiers else number


def _whole(found: Tokens, context: Context) -> Period | None:
    """What the part is of: a period, or "the month", which is this one."""
    last = found[-1]
    if last.kind == "D":
        return last.period
    return unit_now(last.name, context) if last.name not in ("day", "half") else None


def _nth_of_period(found: Tokens, context: Context, Wu: Token) -> Made:
    """The last Friday of March, the second week of next month."""
    number, whole = _count(found), _whole(found, context)
    if not number or whole is None or (Wu.kind == "u" and Wu.name not in _COUNTED):
        return None
    if Wu.kind == "W":
        return whole.part(lambda bounds: weekday_in(bounds, Wu.number, number), Precision.DAY)
    return whole.nth(Wu.name, number)


def _units_of_period(found: Tokens, context: Context, d: Duration) -> Made:
    """the first ten days of last year, the last three weeks of the year."""
    number = _count(found)
    if number not in (1, -1) or d.unit not in _COUNTED:
        return None

    def run(whole: Bounds) -> Bounds | None:
        first, last = nth(d.unit, whole, number), nth(d.unit, whole, number * d.number)
        return (min(first[0], last[0]), max(first[1], last[1])) if first and last else None

    whole = _whole(found, context)
    return whole.part(run, Precision.RANGE) if whole else None


def _day_of_period(found: Tokens, context: Context, no: Token) -> Made:
    """20 of next month, the 15th day of June."""
    whole = _whole(found, context)
    unit = next((token for token in found[:-1] if token.kind == "u"), None)
    if whole is None or (whole.precision is not Precision.MONTH and not unit):
        return None
    if unit and unit.name != "day":
        return _nth_of_period(found, context, unit) if any(token.kind == "o" for token in found) else None
    return whole.nth("day", no.number)


def _part_of_year_told(found: Tokens, context: Context, Q: Token, D: Period | None) -> Made:
    """Q3 of this financial year, the first quarter of the year."""
    whole = D or _whole(found, context)
    years = (Precision.YEAR, Precision.FINANCIAL_YEAR)
    if whole is None or (whole.precision not in years and Q.name != "half"):
        return None
    return whole.nth(Q.name, Q.number)


# ---------------------------------------------------------------- weeks and weekends of a date


def _week_of(D: Period, u: Token | None) -> Made:
    """The week that holds the date, from Monday; a weekend is its Saturday and Sunday, and a Monday, Thursday or Friday
    that touches it lengthens it."""
    if (u and u.name not in ("week", "weekend", "workweek")) or D.precision is not Precision.DAY:
        return None
    if not u or u.name != "weekend":
        return D.part(lambda whole: unit_of(whole[0], "week", 0), Precision.WEEK)

    def weekend(whole: Bounds) -> Bounds:
        day = whole[0]
        if day.weekday() == 0:
            return day - 2 * DAY, day + DAY
        saturday, after = unit_of(day, "weekend", 0)
        return (min(day, saturday) if day.weekday() >= 3 else saturday), after

    return D.part(weekend, Precision.RANGE)


def _week_ending(c: Token, D: Period) -> Made:
    """week commencing 3 June, week ending 7 June, the year ending March 2025."""
    if D.precision not in (Precision.DAY, Precision.MONTH):
        return None
    span = unit_length(c.name)
    if not span:
        return D.part(lambda whole: unit_of(whole[0], "week", 0), Precision.WEEK)
    edge = 1 if c.number else 0

    def run(whole: Bounds) -> Bounds:
        there = add(whole[edge], span, -1 if edge else 1)
        return min(there, whole[edge]), max(there, whole[edge])

    return D.part(run, UNITS[c.name].precision)


def monthly(day: int, context: Context) -> Period | None:
    """A day of the month, in the month where it comes next."""
    recurs = Recurrence(lambda index: day_of(index // 12, index % 12 + 1, day), Step.MONTH)
    return recurring(recurs, Precision.DAY, context) if 1 <= day <= 31 else None


def _numbered_week(context: Context, u: Token, n: Token, D: Period | None) -> Made:
    """week 3 of 2027: by ISO 8601."""
    if u.name == "month" and n.number > 12:
        context.problems.append(f"There is no month {n.number}.")
    whole = D or Period(*unit_of(context.today, "year", 0), Precision.YEAR)
    if u.name != "week" or not 1 <= n.number <= 53 or whole.precision is not Precision.YEAR:
        return None
    return whole.part(lambda bounds: week_in(bounds, n.number), Precision.WEEK)


def _nearest_weekday(D: Period, W: Token) -> Made:
    """the closest Monday to 5 October."""
    shift = (W.number - D.start.weekday() + 3) % 7 - 3
    near = replace(D, start=D.start + shift * DAY, end=D.start + (shift + 1) * DAY, recurs=None)
    return near if D.precision is Precision.DAY else None


# ---------------------------------------------------------------- edges: early, mid, end, later


def _edge(whole: Bounds, edge: str) -> Bounds | None:
    """A month's early and late parts are ten days, a week's three."""
    days = (whole[1] - whole[0]).days
    if days <= 31:
        part = 10 if days > 20 else 3 if days > 5 else 1
        middle = (9, 20) if days > 20 else (2, 4)
        first, last = {"mid": middle, "end": (20 if days > 20 else days - part, days)}.get(edge, (0, part))
        return whole[0] + first * DAY, whole[0] + last * DAY
    size = round(days / 30.4)
    if size not in _MONTHS_OF_EDGE[edge]:
        return None
    first, last = _MONTHS_OF_EDGE[edge][size]
    year, month = whole[0].year, whole[0].month
    return month_start(year, month + first), month_start(year, month + last)


def _edge_of_period(context: Context, e: Token, D: Period, O: Token | None) -> Made:
    bare = e.name in ("start", "middle", "close") and not O
    return None if bare or not D.closed or D.end - D.start <= DAY else _edge_of(e.name, D, context)


def _edge_of(name: str, whole: Period | None, context: Context) -> Period | None:
    """Early, mid or late in a period. Earlier this month is its first half, later this month its second, and not over
    yet."""
    if name in ("earlier", "later"):
        if not whole or not whole.closed:
            return None
        days = (whole.end - whole.start).days
        long = month_start(whole.start.year, whole.start.month + 6)
        middle = long if days > 300 else whole.start + (days // 2) * DAY
        start = max(middle, context.today) if whole.start <= context.today < whole.end else middle
        bounds = (whole.start, middle) if name == "earlier" else (start, whole.end)
        return Period(*bounds, Precision.RANGE, relative=True)
    part = partial(_edge, edge=_EDGES.get(name, name))
    made = whole.part(part, Precision.RANGE, of_base=True) if whole else None
    if made is None or made.base is None:
        return None
    first, after = made.base
    halfway = first + (after - first) // 2
    return replace(made, point={"start": first, "middle": halfway, "mid": halfway, "end": after}.get(name))


def _edge_of_unit(context: Context, eE: Token, u: Token | None) -> Made:
    """the end of the month, EOY."""
    if u and u.text.lower().endswith("s"):  # "early years" are no time of a year
        return None
    return _edge_of(eE.name if u else "end", unit_now(u.name if u else eE.name, context), context)


# ---------------------------------------------------------------- rules


QUARTERS = (rule("T?Q[Oi]?T?[Du]", _part_of_year_told), rule("T?DOT?Q|DQ", _part_of_year_told))

SELECTIONS = (
    rule("T?[no]uOT?[Du]", _day_of_period),
    rule("T?(?:op?|p)[Wu][Oi]T?[Du]", _nth_of_period),
    rule("T?[op]d[Oi]T?[Du]", _units_of_period),
    rule("T?[no]OT?[Du]", _day_of_period),
    rule("un[Oi,]?T?D", _numbered_week),
)

WEEKS = (
    rule("cT?D", _week_ending),
    rule("T?[uc]OT?D", _week_of),
    rule("Du", _week_of),
    rule("T?uOT?o", lambda context, o: _week_of(day, None) if (day := monthly(o.number, context)) else None),
    rule("T?CWtT?D", _nearest_weekday),
)

EDGES = (
    rule("T?e-?O?T?D|T?eOiT?D", _edge_of_period),
    rule("T?eO?T?u", _edge_of_unit),
    rule("T?u-?e(?!O)", lambda context, u, e: _edge_of_unit(context, e, u) if e.name == "end" else None),
    rule("T?E", _edge_of_unit),
)


def _day_of_month(context: Context, no: Token) -> Made:
    return monthly(no.number, context) if no.kind == "n" or no.text[:1].isdigit() or context.alone else None


def _day_beside(context: Context, B: Token, u: Token) -> Made:
    return one_day(context.today + (-1 if B.name == "before" else 1) * DAY) if u.name == "day" else None


DAYS_OF_MONTH = (rule("(?<=[BftSi])To(?![uWOM&])", _day_of_month),)
"""by the 30th, on the 1st."""

ALONE = (
    rule("^i?T?u$", lambda context, u: unit_now(u.name, context)),
    rule("^i?Tn$|^i?To$", _day_of_month),
    rule("^un$", _numbered_week),
    rule("^T?uB$", _day_beside),
)
"""Words that are a date only where nothing else stands."""
