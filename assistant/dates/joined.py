"""Dates joined: from June 2020 to February 2021, before Christmas, since April, by the end of next month.

The last date of a range is part of it, as plan readers mean it: "between June and August" holds all of August.
"""

from __future__ import annotations

from datetime import date

from assistant.dates.periods import Bounds, Period, Step
from assistant.dates.spans import Precision
from assistant.dates.tokens import Context, Made, Tokens, has, period, pick, rule


def _with_year(found: Tokens, _context: Context) -> Made:
    """28 June of this year, Christmas in 2024."""
    held, year = period(found), period(found, 1)
    if not held.assumed or held.recurs is None or year.start is None or year.end is None:
        return None
    if held.recurs.step is not Step.YEAR or year.precision not in (Precision.YEAR, Precision.FINANCIAL_YEAR):
        return None
    bounds = held.recurs.after(year.start)
    if bounds is None or bounds[0] >= year.end:
        return None
    return Period(*bounds, held.precision, relative=year.relative)


def _range(found: Tokens, _context: Context) -> Made:
    first, last = period(found), period(found, 1)
    start, end = _starts_and_ends(first, last)
    if start is None or end is None or not start < end:
        return None
    assumed = first.assumed and last.assumed
    return Period(start, end, Precision.RANGE, assumed, first.relative or last.relative)


def _starts_and_ends(first: Period, last: Period) -> tuple[date | None, date | None]:
    """A date without a year takes the one that puts it on the right side of the other."""
    start, end = first.start, last.end
    if last.with_now:
        end = last.start
    if start is None or end is None or first.end is None or last.start is None:
        return None, None
    if last.assumed and last.recurs and (not first.assumed or last.recurs.step is not Step.YEAR):
        bounds = last.recurs.after(start)
        if not last.start >= start or not first.assumed:
            end = bounds[1] if bounds else end
    if first.assumed and first.recurs:
        limit = end if last.with_now else last.start if last.start < end else end
        bounds = first.recurs.before(limit)
        start = bounds[0] if bounds and not _runs_on(first, last) else start
    return start, end


def _runs_on(first: Period, last: Period) -> bool:
    """True where the last was told from the first: from 27 April to the third."""
    return bool(last.assumed and last.recurs and last.recurs.step is not Step.YEAR)


def _until_now(found: Tokens, context: Context) -> Made:
    """from March to date, year to date, to date."""
    if has(found, "u"):
        if pick(found, "u").name != "year":
            return None
        return Period(date(context.today.year, 1, 1), context.today, Precision.RANGE, relative=True)
    if not has(found, "D"):
        return Period(None, context.today, Precision.OPEN, relative=True)
    held = period(found)
    start = held.start
    if held.assumed and held.recurs and (bounds := held.recurs.before(context.today)):
        start = bounds[0]
    return Period(start, context.today, Precision.RANGE, relative=True) if start and start < context.today else None


def _open(found: Tokens, context: Context) -> Made:
    """before, by, until, after, since, from."""
    held, link = period(found), found[0]
    name = {"f": "since", "S": "since", "t": "until"}.get(link.kind, link.name)
    return _side(held, name, context)


def _side(held: Period, name: str, context: Context) -> Period | None:
    bounds = _bounds(held)
    if name == "since" and held.assumed and held.recurs and bounds and bounds[0] > context.today:
        bounds = held.recurs.before(context.today) or bounds
    if bounds is None:
        return None
    start, end = bounds
    if name == "before" and held.base and held.base[1] == end:
        start = end  # before the end of March: up to the end
    sides = {
        "before": (None, start),
        "by": (None, end),
        "until": (None, end),
        "after": (end, None),
        "since": (start, None),
    }
    return Period(
        *sides[name],
        Precision.OPEN,
        held.assumed,
        held.relative,
        base=held.base,
        base_precision=held.base_precision or held.precision,
    )


def _bounds(held: Period) -> Bounds | None:
    return (held.start, held.end) if held.start and held.end else None


def _from(found: Tokens, context: Context) -> Made:
    """from April 2025, starting next week; with "the 2014-15 plan" the year only names the plan."""
    return _open(found, context)


def _or_later(found: Tokens, context: Context) -> Made:
    return _side(period(found), "since" if pick(found, "L").number else "by", context)


YEARS = (rule("D,?[Oi]T?D", _with_year),)

RANGES = (
    rule("bT?D&T?D", _range),
    rule("[bf]?[iT]*D[t-][iT]*D", _range),
    rule("fT?DZ", _until_now),
    rule("T?[uD]Z", _until_now),
    rule("Z", _until_now),
)

SIDES = (
    rule("T?DL", _or_later),
    rule("BT?D", _open),
    rule("[fS]T?D", _from),
    rule("tT?D", _open),
)
