"""Dates joined: from June 2020 to February 2021, before Christmas, since April, by the end of next month.

The last date of a range is part of it, as plan readers mean it: "between June and August" holds all of August.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.dates.periods import DAY, Period, Precision, Step
from assistant.dates.relative import PRECISIONS, unit_bounds
from assistant.dates.tokens import Context, Made, Token, Tokens, has, period, pick, rule


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


def _or_later(found: Tokens, context: Context) -> Made:
    return _side(period(found), "since" if pick(found, "L").number else "by", context)


YEARS = (rule("D,?[Oi]?T?D", _with_year),)

RANGES = (
    rule("bT?D&T?D", _range),
    rule("[bf]?[iT]*D[t-][iT]*D", _range),
    rule("fT?DZ", _until_now),
    rule("T?[uD]Z", _until_now),
    rule("Z", _until_now),
)

SIDES = (
    rule("[Bt]?T?DL", _or_later),
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
