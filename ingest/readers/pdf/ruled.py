"""Tables that rules draw: the lines of a page to grids of cells, merged where no rule parts them."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.records import Box
from ingest.readers.pdf.lines import Edge, Fill
from ingest.runs import clusters, runs

_SNAP = 2.6
"""Rules closer than this are one: the double lines of borders, and borders that neighbours draw twice."""
_REACH = 3.5
"""How far a rule may end before the one that it meets."""
_PALE, _LOWEST, _HIGHEST = 0.97, 8.0, 80.0
"""What a band of colour above a grid is: not white, and of the height of a header."""
_MOST_RULES = 3_000
_MOST_PLACES = 30_000


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of a grid: its first row and column, from 0, how many it covers, and its box."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as its rules draw it: the heights between its rows and the lines between its columns, in points."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    places: tuple[Place, ...]

    @property
    def box(self) -> Box:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        return len(self.xs) - 1


def grids(flat: Sequence[Edge], standing: Sequence[Edge], fills: Sequence[Fill] = ()) -> list[Grid]:
    """The grids of a page, from the top down. Single boxes, which only frame something, are none. A header that is
    only a band of colour above the rules is part of its grid."""
    drawn = [(lies, edge) for lies, edges in ((True, flat), (False, standing)) for edge in merged(edges)]
    found = []
    for group in clusters(drawn, _meet) if len(drawn) <= _MOST_RULES else ():
        across, down = ([edge for lies, edge in group if lies is flat] for flat in (True, False))
        grid = _grid(across, down)
        if grid is not None:
            found.append(_with_band(grid, fills))
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _meet(one: tuple[bool, Edge], other: tuple[bool, Edge]) -> bool:
    """Whether two rules, one that lies flat and one that stands, touch."""
    (lies, edge), (other_lies, met) = one, other
    meets = edge.start - _REACH <= met.at <= edge.end + _REACH
    return lies is not other_lies and meets and met.start - _REACH <= edge.at <= met.end + _REACH


def _with_band(grid: Grid, fills: Sequence[Fill]) -> Grid:
    """The grid with the row that fills, side by side right above it, make."""
    left, top, right, _ = grid.box
    above = [
        fill
        for fill in fills
        if abs(fill.bottom - top) <= _REACH and left - _REACH <= fill.x0 and fill.x1 <= right + _REACH
        if min(fill.rgb) < _PALE and _LOWEST <= fill.height <= _HIGHEST
    ]
    covered = sum(fill.width for fill in above)
    if not above or not 0.9 * (right - left) <= covered <= 1.1 * (right - left):
        return grid
    start = min(fill.top for fill in above)
    moved = (replace(place, row=place.row + 1) for place in grid.places)
    edges = [x for x in grid.xs if any(abs(x - fill.x0) <= 2 * _REACH for fill in above)] if len(above) > 1 else grid.xs
    limits = sorted({left, *edges, right})
    places = (
        Place(0, grid.xs.index(x0), 1, grid.xs.index(x1) - grid.xs.index(x0), (x0, start, x1, top))
        for x0, x1 in itertools.pairwise(limits)
    )
    return Grid(grid.xs, (start, *grid.ys), (*places, *moved))


def merged(edges: Iterable[Edge]) -> list[Edge]:
    """The rules with those in one line and touching made one."""
    lines = runs(
        sorted(edges, key=lambda edge: edge.at),
        lambda run, edge: edge.at - run[-1].at > _SNAP or edge.at - run[0].at > 2 * _SNAP,
    )
    whole: list[Edge] = []
    for line in lines:
        at = sum(edge.at for edge in line) / len(line)
        ordered = sorted(line, key=lambda edge: edge.start)
        for part in runs(ordered, lambda run, edge: edge.start > max(each.end for each in run) + _REACH):
            whole.append(Edge(at, part[0].start, max(edge.end for edge in part)))
    return whole


def _grid(across: list[Edge], down: list[Edge]) -> Grid | None:
    """The grid of rules that touch; a side that nothing closes is closed where the other rules end."""
    if not across or not down:
        return None
    xs = _positions([edge.at for edge in down], [end for edge in across for end in (edge.start, edge.end)])
    ys = _positions([edge.at for edge in across], [end for edge in down for end in (edge.start, edge.end)])
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > _MOST_PLACES or (len(xs) == 2 and len(ys) == 2):
        return None
    return Grid(tuple(xs), tuple(ys), tuple(_places(xs, ys, across, down)))


def _positions(drawn: list[float], ends: list[float]) -> list[float]:
    found = sorted(drawn)
    for end in (min(ends), max(ends)):
        if all(abs(end - at) > 2 * _REACH for at in found):
            found = sorted([*found, end])
    kept = found[:1]
    for at in found[1:]:
        if at - kept[-1] > _SNAP:
            kept.append(at)
    return kept


def _places(xs: list[float], ys: list[float], across: list[Edge], down: list[Edge]) -> Iterator[Place]:
    """The cells: neighbours without a rule between them are one, as far as that makes a rectangle."""
    columns, rows = len(xs) - 1, len(ys) - 1
    beside = _drawn(xs, ys, down) | {(side, row) for side in (0, columns) for row in range(rows)}
    above = _drawn(ys, xs, across)
    taken: set[tuple[int, int]] = set()
    for row, column in itertools.product(range(rows), range(columns)):
        if (row, column) in taken:
            continue
        right = column + 1
        while (right, row) not in beside and (row, right) not in taken:
            right += 1
        low = row + 1
        while low < rows and not any((low, each) in above for each in range(column, right)):
            if [each for each in range(column, right + 1) if (each, low) in beside] != [column, right]:
                break  # other sides than those of the cell
            low += 1
        taken |= set(itertools.product(range(row, low), range(column, right)))
        yield Place(row, column, low - row, right - column, (xs[column], ys[row], xs[right], ys[low]))


def _drawn(lines: list[float], along: list[float], edges: list[Edge]) -> set[tuple[int, int]]:
    """The numbers of the lines, each with those of the stretches along it on which a rule is drawn."""
    middles = [(start + end) / 2 for start, end in itertools.pairwise(along)]
    found = set()
    for edge in edges:
        number = min(range(len(lines)), key=lambda number: abs(lines[number] - edge.at))
        if abs(lines[number] - edge.at) <= 2 * _SNAP:
            on = (stretch for stretch, at in enumerate(middles) if edge.start - 0.5 <= at <= edge.end + 0.5)
            found |= {(number, stretch) for stretch in on}
    return found
