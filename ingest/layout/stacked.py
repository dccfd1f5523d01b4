"""Tables written one cell a line: the names of the columns once, or again on every page, then cells in order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.records import Block, Table
from ingest.layout.drafts import Role
from ingest.layout.headings import LIKELY, SURE, best_role
from ingest.layout.shapes import is_date
from ingest.layout.stackedcells import FOREIGN, Column, assigned
from ingest.layout.statuswords import colour_of, short_status
from ingest.layout.units import Unit, blocks_of, row_of

_LEAST, _MOST = 3, 14
_EXACT = 0.95
_WORDS = 8
_BESIDE = frozenset({Role.OWNER, Role.DUE, Role.STATUS})
TOGETHER = 0.6
"""The least share of units that must be cells for a header that stands only once."""


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns where they stand: each from one unit or two, from unit `start` to before `end`."""

    names: tuple[str, ...]
    start: int
    end: int


def stacked(units: Sequence[Unit], items: Sequence[Block | Table], whole: bool) -> list[Block | Table]:
    """Cells one a line, or one a paragraph, below the names of their columns."""
    headers = _headers(units, SURE if whole else LIKELY)
    if not headers or (whole and any(not unit.apart for unit in units[headers[0].start : headers[0].end])):
        return []
    first = headers[0]
    named = {at for header in headers for at in range(header.start, header.end)}
    after = {header.end for header in headers}
    body = [at for at in range(first.end, len(units)) if at not in named]
    columns = [Column.of(name) for name in first.names]
    lines = [replace(units[at], paged=units[at].paged or at in after) for at in body]
    before_header = [at + 1 in named and at + 1 in {header.start for header in headers} for at in body]
    places, _ = assigned(lines, columns, before_header, whole)
    if not holds(places, 2, 0.0 if len(headers) > 1 else TOGETHER):
        return []
    head = _name_cells(units[first.start : first.end], first)
    return [*blocks_of(units[: first.start], items), *tables_of(lines, places, head, len(columns), items)]


def holds(places: Sequence[tuple[int, bool]], least: int, share: float) -> bool:
    """True where there are rows enough, and between the first and the last enough lines are cells."""
    cells = [at for at, (column, _) in enumerate(places) if column != FOREIGN]
    rows = sum(begins for _, begins in places)
    return rows >= least and len(cells) >= share * (cells[-1] - cells[0] + 1)


# ---------------------------------------------------------------- headers


def _headers(units: Sequence[Unit], least: float) -> list[Header]:
    """Where the names of the columns stand: the run of names that comes again most, else the only one."""
    runs = [_run(units, at, least) for at in range(len(units))]
    counts: Counter[tuple[str, ...]] = Counter()
    for run in runs:
        keys = tuple(name.lower() for name, _ in run)
        counts.update(keys[:length] for length in range(_LEAST, len(keys) + 1) if _names_table(run[:length]))
    again = [keys for keys, times in counts.items() if times > 1]
    if not again and not counts:
        return []
    best = max(again or counts, key=lambda keys: (counts[keys] * len(keys), len(keys)))
    found: list[Header] = []
    for at, run in enumerate(runs):
        part = run[: len(best)]
        if tuple(name.lower() for name, _ in part) == best and (not found or at >= found[-1].end):
            found.append(Header(tuple(name for name, _ in part), at, part[-1][1]))
    return found


def _run(units: Sequence[Unit], at: int, least: float) -> list[tuple[str, int]]:
    """The names of columns that stand from unit `at` on, each with the unit after it."""
    found: list[tuple[str, int]] = []
    while at < len(units) and len(found) < _MOST:
        text = units[at].text.rstrip(":")
        both = f"{text} {units[at + 1].text.rstrip(':')}" if at + 1 < len(units) and not units[at + 1].apart else ""
        if len(both.split()) <= _WORDS and best_role(both)[1] >= _EXACT > best_role(text)[1]:
            text, step = both, 2
        elif len(text.split()) <= _WORDS and best_role(text)[1] >= (_EXACT if _is_value(text) else least):
            step = 1
        else:
            break
        if text.lower() in {name.lower() for name, _ in found}:
            break
        at += step
        found.append((text, at))
    return found


def _is_value(text: str) -> bool:
    return short_status(text) is not None or colour_of(text) is not None or is_date(text)


def _names_table(run: Sequence[tuple[str, int]]) -> bool:
    roles = {role for role, score in (best_role(name) for name, _ in run) if score >= _EXACT - 0.26}
    return Role.ACTION in roles and bool(roles & _BESIDE) and len(roles) >= _LEAST


# ---------------------------------------------------------------- rows


def tables_of(
    lines: Sequence[Unit],
    places: Sequence[tuple[int, bool]],
    head: Sequence[Sequence[Unit]],
    width: int,
    items: Sequence[Block | Table],
) -> Iterator[Block | Table]:
    """The rows in tables, each under the names of its columns if there are any; what stands between them as blocks."""
    rows: list[list[list[Unit]]] = []
    aside: list[Unit] = []
    for unit, (column, begins) in zip(lines, places, strict=True):
        if column == FOREIGN:
            if rows:
                yield _table(head, rows)
            rows = []
            aside.append(unit)
            continue
        yield from blocks_of(aside, items)
        aside = []
        if begins or not rows:
            rows.append([[] for _ in range(width)])
        rows[-1][column].append(unit)
    if rows:
        yield _table(head, rows)
    yield from blocks_of(aside, items)


def _name_cells(names: Sequence[Unit], header: Header) -> list[list[Unit]]:
    cells: list[list[Unit]] = []
    at = 0
    for name in header.names:
        taken = [names[at]]
        at += 1
        while len(" ".join(unit.text.rstrip(":") for unit in taken)) < len(name):
            taken.append(names[at])
            at += 1
        cells.append(taken)
    return cells


def _table(head: Sequence[Sequence[Unit]], rows: Sequence[Sequence[Sequence[Unit]]]) -> Table:
    made = tuple(row_of(cells, number) for number, cells in enumerate([head, *rows] if head else rows))
    return Table(made, len(rows[0]), made[-1 if len(made) == 1 else 1].locator)
