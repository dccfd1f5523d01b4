"""All that is written as lines and once was a table: cells joined by a sign, keys, rows below names or without any."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from assistant.records import Block, BlockKind, Table
from ingest.layout.drafts import Role
from ingest.layout.headings import SURE, best_role
from ingest.layout.labels import names_of
from ingest.layout.shapes import is_coded, is_date, whole_ref
from ingest.layout.stacked import TOGETHER, holds, stacked, tables_of
from ingest.layout.stackedcells import FOREIGN, Column, assigned
from ingest.layout.statuswords import meaning_of
from ingest.layout.units import Unit, blocks_of, made_by, row_of

_SIGNS = (" / ", " | ", " ; ", " • ", " ¦ ", " – ", " - ")
_LEAST = 3
_BESIDE = frozenset({Role.OWNER, Role.DUE, Role.STATUS})


def sign_parted(units: Sequence[Unit], items: Sequence[Block | Table], _whole: bool) -> list[Block | Table]:
    """A header whose names a sign joins, with the lines below it that the same sign parts."""
    for at, unit in enumerate(units):
        for sign in _SIGNS:
            names = unit.text.split(sign)
            if len(names) >= _LEAST and _heads(names):
                return [*blocks_of(units[:at], items), *_table(units[at:], sign, len(names), items)]
    return []


def _heads(names: Sequence[str]) -> bool:
    named = [best_role(name) for name in names]
    roles = {role for role, score in named if score >= SURE}
    return (
        sum(score >= SURE for _, score in named) > 0.6 * len(names) and Role.ACTION in roles and bool(roles & _BESIDE)
    )


def _table(units: Sequence[Unit], sign: str, width: int, items: Sequence[Block | Table]) -> Iterator[Block | Table]:
    rows = []
    end = len(units)
    for number, unit in enumerate(units):
        parts = unit.text.split(sign)
        if len(parts) != width:
            end = number
            break
        cells = [[replace(unit, piece=replace(unit.piece, text=part.strip()))] for part in parts]
        rows.append(row_of(cells, number))
    if len(rows) > 1:
        yield Table(tuple(rows), width, rows[1].locator)
        yield from blocks_of(units[end:], items)
    else:
        yield from blocks_of(units, items)


_COLOUR = re.compile(
    r"(?:dark |light )?(?:blue|green|amber|red|yellow|orange|gr[ea]y|white|purple|black|pink|brown|no colour)\W*",
    re.IGNORECASE,
)
_MOST_LINES = 3
"""More lines than these are no meaning of a colour."""


def keyed(units: Sequence[Unit], items: Sequence[Block | Table], _whole: bool) -> list[Block | Table]:
    """A key of colours written one cell a line: "Purple", "Closed by the board", "Green", "On schedule"."""
    found: list[Block | Table] = []
    at = 0
    for start, entries in _keys(units):
        found += blocks_of(units[at:start], items)
        rows = tuple(row_of([entry[:1], entry[1:]], number) for number, entry in enumerate(entries))
        found.append(Table(rows, 2, rows[0].locator))
        at = start + sum(map(len, entries))
    return [*found, *blocks_of(units[at:], items)] if found else []


def _keys(units: Sequence[Unit]) -> Iterator[tuple[int, list[list[Unit]]]]:
    """Where a key begins, and its entries: the colour and the lines of its meaning."""
    at = 0
    while at < len(units):
        start, entries = at, []
        while at < len(units) and _COLOUR.fullmatch(units[at].text):
            end = at + 1
            while end < len(units) and not units[end].apart and not _COLOUR.fullmatch(units[end].text):
                end += 1
            if not 1 < end - at <= _MOST_LINES + 1:
                break
            entries.append(list(units[at:end]))
            at = end
        states = sum(meaning_of(" ".join(unit.text for unit in entry[1:])) is not None for entry in entries)
        if len(entries) >= _LEAST and states * 2 >= len(entries):
            yield start, entries
        at = max(at, start + 1)


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


def nameless(units: Sequence[Unit], items: Sequence[Block | Table], whole: bool) -> list[Block | Table]:
    """Rows without names, each from a reference alone in a line on: the order of columns that fits the lines best."""
    refs = [at for at, unit in enumerate(units) if _is_ref(unit.text)]
    if names_of(units) or len(refs) < _REFS or sum(is_date(unit.text) for unit in units) < _REFS:
        return []
    first = max(0, refs[0] - 1)
    lines = units[first:]
    sample = lines[:_SAMPLE]
    offers = [[Column(role) for role in roles] for roles in _ORDERS]
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


_LONG = 8
"""So many rows of one cell are lines, each with a bar behind it."""


def unstacked(items: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """The items with all that once was a table made one again; everything else stays as it is."""
    return made_by((keyed,), made_by((sign_parted, stacked, nameless), _as_lines(items)))


def _as_lines(items: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """The items with long tables of one column as the lines that they are: one cell a line with a bar behind it."""
    found: list[Block | Table] = []
    for item in items:
        if isinstance(item, Table) and item.width == 1 and len(item.rows) >= _LONG:
            cells = [cell for row in item.rows for cell in row.cells if cell.text.strip()]
            found += [Block(BlockKind.PARAGRAPH, cell.text, cell.locator) for cell in cells]
        else:
            found.append(item)
    return tuple(found)
