"""The beginning, middle, end and rest of a period: early September, mid-June, end of Q2, later this month, year end."""

from dataclasses import replace

from assistant.dates.parts import part_of
from assistant.dates.periods import DAY, Bounds, Period, Precision, month_start
from assistant.dates.relative import PRECISIONS, unit_bounds
from assistant.dates.tokens import Context, Made, Token, Tokens, has, period, pick, rule


def _third(length_of_whole: int, edge: str) -> tuple[int, int]:
    """From which day to which of a week or month: a month's early and late parts are ten days, a week's three."""
    part = 10 if length_of_whole > 20 else 3 if length_of_whole > 5 else 1
    if edge == "mid":
        return (9, 20) if length_of_whole > 20 else (2, 4)
    if edge == "end":
        return (20 if length_of_whole > 20 else length_of_whole - part), length_of_whole
    return 0, part


_MONTHS_OF_EDGE = {
    "early": {12: (0, 3), 6: (0, 2), 4: (0, 1), 3: (0, 1), 2: (0, 1)},
    "mid": {12: (4, 8), 6: (2, 4), 4: (1, 3), 3: (1, 2), 2: (0, 2)},
    "end": {12: (8, 12), 6: (4, 6), 4: (3, 4), 3: (2, 3), 2: (1, 2)},
}
"""From which month to which is early in a year, half, term, quarter or holiday, by its length in months."""


def _edge(whole: Bounds, edge: str) -> Bounds | None:
    days = (whole[1] - whole[0]).days
    if days <= 31:
        first, last = _third(days, edge)
        return whole[0] + first * DAY, whole[0] + last * DAY
    size = round(days / 30.4)
    if size not in _MONTHS_OF_EDGE[edge]:
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


EDGES = (
    rule("T?e-?O?T?D|T?eOiT?D", _edge_of_period),
    rule("T?eO?T?u", _edge_of_unit),
    rule("T?u-?e(?!O)", _unit_end),
    rule("T?E", _edge_of_unit),
)
