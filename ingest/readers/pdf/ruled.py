"""Tables that rules draw: the lines of a page to grids of cells, merged where no rule parts them."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.records import Box
from ingest.readers.pdf.lines import Edge, Fill
from ingest.runs import runs

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
    across, down = merged(flat), merged(standing)
    if len(across) + len(down) > _MOST_RULES:
        return []
    found = []
    for group_across, group_down in _together(across, down):
        grid = _grid(group_across, group_down)
        if grid is not None:
            found.append(_with_band(grid, fills))
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


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
    moved = [Place(place.row + 1, place.column, place.row_span, place.column_span, place.box) for place in grid.places]
    edges = [x for x in grid.xs if any(abs(x - fill.x0) <= 2 * _REACH for fill in above)] if len(above) > 1 else grid.xs
    limits = [*dict.fromkeys([grid.xs[0], *edges]), grid.xs[-1]]
    places = [
        Place(0, grid.xs.index(x0), 1, grid.xs.index(x1) - grid.xs.index(x0), (x0, start, x1, top))
        for x0, x1 in itertools.pairwise(dict.fromkeys(limits))
    ]
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


def _together(across: list[Edge], down: list[Edge]) -> list[tuple[list[Edge], list[Edge]]]:
    """The rules in groups that touch each other."""
    parent = list(range(len(across) + len(down)))

    def root(member: int) -> int:
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    for number, flat in enumerate(across):
        for other, upright in enumerate(down):
            if _meets(flat, upright.at) and _meets(upright, flat.at):
                parent[root(number)] = root(len(across) + other)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = defaultdict(lambda: ([], []))
    for number, flat in enumerate(across):
        groups[root(number)][0].append(flat)
    for number, upright in enumerate(down):
        groups[root(len(across) + number)][1].append(upright)
    return list(groups.values())


def _meets(edge: Edge, at: float) -> bool:
    return edge.start - _REACH <= at <= edge.end + _REACH


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


def _places(xs: list[float], ys: list[float], across: list[Edge], down: list[Edge]) -> list[Place]:
    """The cells: neighbours without a rule between them are one, as far as that makes a rectangle."""
    columns, rows = len(xs) - 1, len(ys) - 1
    parted_right = _parted(ys, xs, down)
    parted_below = _parted(xs, ys, across)
    taken = [[False] * columns for _ in range(rows)]
    places = []
    for row, column in itertools.product(range(rows), range(columns)):
        if taken[row][column]:
            continue
        right = column
        while right + 1 < columns and not taken[row][right + 1] and not parted_right[right + 1][row]:
            right += 1
        low = row
        while low + 1 < rows and _goes_on(low, column, right, parted_below, parted_right, columns):
            low += 1
        for covered in itertools.product(range(row, low + 1), range(column, right + 1)):
            taken[covered[0]][covered[1]] = True
        box = (xs[column], ys[row], xs[right + 1], ys[low + 1])
        places.append(Place(row, column, low - row + 1, right - column + 1, box))
    return places


def _goes_on(
    low: int, column: int, right: int, below: list[list[bool]], beside: list[list[bool]], columns: int
) -> bool:
    """Whether the cell of those columns runs on from row `low` into the next: no rule under it, and the same sides."""
    if any(below[low + 1][covered] for covered in range(column, right + 1)):
        return False
    if any(beside[covered][low + 1] for covered in range(column + 1, right + 1)):
        return False
    closed_left = column == 0 or beside[column][low + 1]
    return closed_left and (right + 1 == columns or beside[right + 1][low + 1])


def _parted(along: list[float], lines: list[float], edges: list[Edge]) -> list[list[bool]]:
    """For each line and each stretch along it, whether a rule is drawn there."""
    found = [[False] * (len(along) - 1) for _ in lines]
    middles = [(start + end) / 2 for start, end in itertools.pairwise(along)]
    for edge in edges:
        number = min(range(len(lines)), key=lambda number: abs(lines[number] - edge.at))
        if abs(lines[number] - edge.at) > 2 * _SNAP:
            continue
        for stretch, middle in enumerate(middles):
            if edge.start - 0.5 <= middle <= edge.end + 0.5:
                found[number][stretch] = True
    return found
