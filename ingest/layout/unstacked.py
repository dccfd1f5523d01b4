"""All that is written as lines and once was a table: cells joined by a sign, keys, cells one a line below the names of
their columns or without any."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise, permutations, takewhile

from assistant.records import Block, BlockKind, Table
from ingest.layout.drafts import Role
from ingest.layout.headings import EXACT, LIKELY, SURE, best_role
from ingest.layout.labels import BESIDE, names_of
from ingest.layout.shapes import is_coded, is_date, whole_ref
from ingest.layout.stackedcells import FOREIGN, assigned
from ingest.layout.statuswords import colour_of, meaning_of, short_status
from ingest.layout.units import Unit, blocks_of, made_by, row_of

_SIGNS = ("\t", " / ", " | ", " ; ", " • ", " ¦ ", " – ", " - ")
_LEAST, _MOST = 3, 14


def sign_parted(units: Sequence[Unit], items: Sequence[Block | Table], _whole: bool) -> list[Block | Table]:
    """A header whose names a sign joins, with the lines below it that the same sign parts."""
    for at, unit in enumerate(units):
        for sign in _SIGNS:
            names = unit.piece.text.strip().split(sign)
            named = [role for role, score in map(best_role, names) if score >= SURE] if len(names) >= _LEAST else []
            if len(named) > 0.6 * len(names) and Role.ACTION in named and not BESIDE.isdisjoint(named):
                return [*blocks_of(units[:at], items), *_parted(units[at:], sign, len(names), items)]
    return []


def _parted(units: Sequence[Unit], sign: str, width: int, items: Sequence[Block | Table]) -> Iterator[Block | Table]:
    cut = [(unit, unit.piece.text.strip().split(sign)) for unit in units]
    told = list(takewhile(lambda each: len(each[1]) == width, cut))
    cells = [[[replace(unit, piece=replace(unit.piece, text=part.strip()))] for part in parts] for unit, parts in told]
    if len(cells) > 1:
        yield _table(cells[0], cells[1:])
    yield from blocks_of(units[len(cells) if len(cells) > 1 else 0 :], items)


# ---------------------------------------------------------------- one cell a line below the names of the columns


_WORDS = 8
_TOGETHER = 0.6
"""The least share of units that must be cells for a header that stands only once."""

_Run = list[tuple[str, int]]
"""The names of columns that stand one after the other, each with the unit after it."""


def stacked(units: Sequence[Unit], items: Sequence[Block | Table], whole: bool) -> list[Block | Table]:
    """Cells one a line, or one a paragraph, below the names of their columns."""
    headers = _headers(units, SURE if whole else LIKELY)
    start, names = headers[0] if headers else (0, [])
    ends = [start, *(end for _, end in names)]
    if not headers or (whole and any(not unit.apart for unit in units[start : ends[-1]])):
        return []
    starts, after = {begin for begin, _ in headers}, {run[-1][1] for _, run in headers}
    named = {at for begin, run in headers for at in range(begin, run[-1][1])}
    body = [at for at in range(ends[-1], len(units)) if at not in named]
    lines = [replace(units[at], paged=units[at].paged or at in after) for at in body]
    before = {number for number, at in enumerate(body) if at + 1 in starts}
    places, _ = assigned(lines, [best_role(name)[0] for name, _ in names], whole, before)
    if not _holds(places, 2, 0.0 if len(headers) > 1 else _TOGETHER):
        return []
    head = [units[one:other] for one, other in pairwise(ends)]
    return [*blocks_of(units[:start], items), *_tables(lines, places, head, len(names), items)]


def _holds(places: Sequence[tuple[int, bool]], least: int, share: float) -> bool:
    """True where there are rows enough, and between the first and the last enough lines are cells."""
    cells = [at for at, (column, _) in enumerate(places) if column != FOREIGN]
    rows = sum(begins for _, begins in places)
    return rows >= least and len(cells) >= share * (cells[-1] - cells[0] + 1)


def _headers(units: Sequence[Unit], least: float) -> list[tuple[int, _Run]]:
    """Where the names of the columns stand, and which: the run of names that comes again most, else the only one."""
    runs = [_run(units, at, least) for at in range(len(units))]
    counts: Counter[tuple[str, ...]] = Counter()
    for run in runs:
        keys = tuple(name.lower() for name, _ in run)
        for length in range(_LEAST, len(keys) + 1):
            named = {role for role, score in (best_role(name) for name, _ in run[:length]) if score >= EXACT - 0.26}
            tabled = Role.ACTION in named and not BESIDE.isdisjoint(named) and len(named) >= _LEAST
            counts.update([keys[:length]] if tabled else [])
    again = [keys for keys, times in counts.items() if times > 1]
    best = max(again or counts, key=lambda keys: (counts[keys] * len(keys), len(keys)), default=("",))
    found: list[tuple[int, _Run]] = []
    for at, run in enumerate(runs):
        part = run[: len(best)]
        if tuple(name.lower() for name, _ in part) == best and (not found or at >= found[-1][1][-1][1]):
            found.append((at, part))
    return found


def _run(units: Sequence[Unit], at: int, least: float) -> _Run:
    """The names of columns that stand from unit `at` on."""
    found: _Run = []
    while at < len(units) and len(found) < _MOST:
        text = units[at].text.rstrip(":")
        both = f"{text} {units[at + 1].text.rstrip(':')}" if at + 1 < len(units) and not units[at + 1].apart else ""
        value = short_status(text) is not None or colour_of(text) is not None or is_date(text)
        if len(both.split()) <= _WORDS and best_role(both)[1] >= EXACT > best_role(text)[1]:
            text, step = both, 2
        elif len(text.split()) <= _WORDS and best_role(text)[1] >= (EXACT if value else least):
            step = 1
        else:
            break
        if text.lower() in {name.lower() for name, _ in found}:
            break
        at += step
        found.append((text, at))
    return found


def _tables(
    lines: Sequence[Unit],
    places: Sequence[tuple[int, bool]],
    head: Sequence[Sequence[Unit]],
    width: int,
    items: Sequence[Block | Table],
) -> Iterator[Block | Table]:
    """The rows in tables, each under the names of its columns if there are any; what stands between them as blocks."""
    told = zip(lines, places, strict=True)
    for foreign, group in groupby(told, key=lambda each: each[1][0] == FOREIGN):
        if foreign:
            yield from blocks_of([unit for unit, _ in group], items)
            continue
        rows: list[list[list[Unit]]] = []
        for unit, (column, begins) in group:
            if begins or not rows:
                rows.append([[] for _ in range(width)])
            rows[-1][column].append(unit)
        yield _table(head, rows)


def _table(head: Sequence[Sequence[Unit]], rows: Sequence[Sequence[Sequence[Unit]]]) -> Table:
    made = tuple(row_of(cells, number) for number, cells in enumerate([head, *rows] if head else rows))
    return Table(made, len(rows[0]), made[-1 if len(made) == 1 else 1].locator)


# ---------------------------------------------------------------- one cell a line without names


_REFS = 3
"""So many references alone in a line make rows whose columns have no names."""
_FITTING = 0.8
"""The least score of a line, on average, for columns without names."""
_ORDERS = tuple(
    (*first, *order)
    for first in ((Role.REF, Role.ACTION), (Role.STATUS, Role.REF, Role.ACTION))
    for more in ((), (Role.STATUS,), (Role.STATUS, Role.PROGRESS), (Role.PROGRESS,), (Role.START, Role.STATUS))
    for order in permutations((Role.OWNER, Role.DUE, *more))
    if len({*first, *order}) == len(first) + len(order)
    if Role.START not in order or order.index(Role.START) < order.index(Role.DUE)
)


def nameless(units: Sequence[Unit], items: Sequence[Block | Table], whole: bool) -> list[Block | Table]:
    """Rows without names, each from a reference alone in a line on: the order of columns that fits the lines best."""
    words = [(at, unit.text) for at, unit in enumerate(units) if " " not in unit.text]
    refs = [at for at, text in words if is_coded(whole_ref(text) or "") and not is_date(text)]
    if names_of(units) or len(refs) < _REFS or sum(is_date(unit.text) for unit in units) < _REFS:
        return []
    first = max(0, refs[0] - 1)
    lines = units[first:]
    columns = max(_ORDERS, key=lambda order: assigned(lines[:80], order, whole)[1])
    places, score = assigned(lines, columns, whole)
    if score < _FITTING * len(lines) or not _holds(places, _REFS, _TOGETHER):
        return []
    rows = sum(begins for _, begins in places)
    for role in (Role.REF, Role.OWNER, Role.DUE):  # most rows have a cell in each of these
        cells = [
            begins or before != here
            for (before, _), (here, begins) in pairwise([(FOREIGN, False), *places])
            if here == columns.index(role)
        ]
        if sum(cells) < 0.6 * rows:
            return []
    return [*blocks_of(units[:first], items), *_tables(lines, places, [], len(columns), items)]


# ---------------------------------------------------------------- keys, and all together


_COLOUR = re.compile(
    r"(?:dark |light )?(?:blue|green|amber|red|yellow|orange|gr[ea]y|white|purple|black|pink|brown|no colour)\W*",
    re.IGNORECASE,
)
_MOST_LINES = 3
"""More lines than these are no meaning of a colour."""
_LONG = 8
"""So many rows of one cell are lines, each with a bar behind it."""


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
        if len(entries) >= 2 and states * 2 >= len(entries):
            yield start, entries
        at = max(at, start + 1)


def unstacked(items: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """The items with all that once was a table made one again; everything else stays as it is."""
    lines: list[Block | Table] = []
    for item in items:
        if isinstance(item, Table) and item.width == 1 and len(item.rows) >= _LONG:
            cells = (cell for row in item.rows for cell in row.cells if cell.text.strip())
            lines += [Block(BlockKind.PARAGRAPH, cell.text, cell.locator) for cell in cells]
        else:
            lines.append(item)
    return made_by((keyed,), made_by((sign_parted, stacked, nameless), lines))
