"""Tables one cell a line whose columns nothing names: references alone in a line, then cells in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from assistant.records import Block, Table
from ingest.layout.drafts import Role
from ingest.layout.labels import names_of
from ingest.layout.shapes import is_coded, is_date, whole_ref
from ingest.layout.stacked import TOGETHER, holds, made_by, tables_of
from ingest.layout.stackedcells import FOREIGN, Column, assigned
from ingest.layout.units import Unit, blocks_of


def nameless(items: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """The items, with such rows made tables without a header: the order of columns that fits the lines best."""
    return made_by(_made, items)


def _ends_first(order: Sequence[Role]) -> bool:
    return Role.START in order and order.index(Role.START) > order.index(Role.DUE)


_REFS = 3
"""So many references alone in a line make rows whose columns have no names."""
_SAMPLE = 80
_MOST_ROWS = 0.6
_FITTING = 0.8
"""The least score of a line, on average, for columns without names."""
_ORDERS = tuple(
    (*first, *order)
    for first in ((Role.REF, Role.ACTION), (Role.STATUS, Role.REF, Role.ACTION))
    for more in ((), (Role.STATUS,), (Role.STATUS, Role.PROGRESS), (Role.PROGRESS,), (Role.START, Role.STATUS))
    for order in permutations((Role.OWNER, Role.DUE, *more))
    if len({*first, *order}) == len(first) + len(order) and not _ends_first(order)
)


def _made(units: Sequence[Unit], items: Sequence[Block | Table], whole: bool) -> list[Block | Table]:
    refs = [at for at, unit in enumerate(units) if _is_ref(unit.text)]
    if names_of(units) or len(refs) < _REFS or sum(is_date(unit.text) for unit in units) < _REFS:
        return []
    first = max(0, refs[0] - 1)
    lines = units[first:]
    sample = lines[:_SAMPLE]
    offers = [[Column(role.value, role) for role in roles] for roles in _ORDERS]
    columns = max(offers, key=lambda offer: assigned(sample, offer, [False] * len(sample), whole)[1])
    places, score = assigned(lines, columns, [False] * len(lines), whole)
    if score < _FITTING * len(lines) or not holds(places, _REFS, TOGETHER):
        return []
    if not all(_filled(places, columns, role) for role in (Role.REF, Role.OWNER, Role.DUE)):
        return []
    return [*blocks_of(units[:first], items), *tables_of(lines, places, [], len(columns), items)]


def _is_ref(text: str) -> bool:
    return " " not in text and is_coded(whole_ref(text) or "") and not is_date(text)


def _filled(places: Sequence[tuple[int, bool]], columns: Sequence[Column], role: Role) -> bool:
    """True where most rows have a cell of that role."""
    wanted = next(at for at, column in enumerate(columns) if column.role is role)
    above = (FOREIGN, *(column for column, _ in places))
    cells = sum(
        column == wanted and (begins or before != wanted)
        for (column, begins), before in zip(places, above, strict=False)
    )
    return cells >= _MOST_ROWS * sum(begins for _, begins in places)
