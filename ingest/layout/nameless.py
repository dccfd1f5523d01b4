"""Tables one cell a line whose columns nothing names: references alone in a line, then cells in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

from assistant.records import Block, Table
from ingest.layout.drafts import Role
from ingest.layout.shapes import is_coded, is_date, whole_ref
from ingest.layout.stacked import TOGETHER, holds, made_by, tables_of
from ingest.layout.stackedcells import Column, assigned
from ingest.layout.units import Unit, blocks_of


def nameless(items: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """The items, with such rows made tables without a header: the order of columns that fits the lines best."""
    return made_by(_made, items)


def _ends_first(order: Sequence[Role]) -> bool:
    return Role.START in order and order.index(Role.START) > order.index(Role.DUE)


_REFS = 3
"""So many references alone in a line make rows whose columns have no names."""
_SAMPLE = 80
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
    refs = [at for at, unit in enumerate(units) if is_coded(whole_ref(unit.text) or "") and not is_date(unit.text)]
    if len(refs) < _REFS or sum(is_date(unit.text) for unit in units) < _REFS:
        return []
    first = max(0, refs[0] - 1)
    lines = units[first:]
    sample = lines[:_SAMPLE]
    offers = [[Column(role.value, role) for role in roles] for roles in _ORDERS]
    columns = max(offers, key=lambda offer: assigned(sample, offer, [False] * len(sample), whole)[1])
    places, score = assigned(lines, columns, [False] * len(lines), whole)
    if score < _FITTING * len(lines) or not holds(places, _REFS, TOGETHER):
        return []
    return [*blocks_of(units[:first], items), *tables_of(lines, places, [], len(columns), items)]
