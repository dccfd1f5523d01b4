"""A table of a page, rows of cells with their lines and places: as rules draw it, and its parts joined over pages."""

import itertools
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.records import Box, Rag
from ingest.readers.pdf.lines import Edge, Line, Page, Placed, Word, around, lines_of, step, text_of, usual_step
from ingest.runs import clusters, runs

_SNAP = 2.6
"""Rules closer than this are one: the double lines of borders, and borders that neighbours draw twice."""
_REACH = 3.5
"""How far a rule may end before the one that it meets."""
_PALE, _LOWEST, _HIGHEST = 0.97, 8.0, 80.0
"""What a band of colour above a grid is: not white, and of the height of a header."""
_MOST_RULES = 3_000
_MOST_PLACES = 30_000
_PADDING = 4.0
"""What cells usually keep free beside their words, in points."""


@dataclass(frozen=True, slots=True)
class PageCell(Placed):
    """One cell: its words as lines, and its text."""

    column: int
    box: Box
    text: str
    row_span: int = 1
    column_span: int = 1
    colour: Rag | None = None
    lines: tuple[Line, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.text and self.colour is None


@dataclass(frozen=True, slots=True)
class PageRow(Placed):
    """One row; `segments` are its parts where it is broken over pages, else empty."""

    page: int
    box: Box
    cells: tuple[PageCell, ...]
    sure: float = 1.0
    segments: tuple[tuple[int, Box], ...] = ()


@dataclass(slots=True)
class PageTable(Placed):
    """A table; `xs` are the lines between its columns. `box` is its part on the page where it begins."""

    page: int
    box: Box
    xs: tuple[float, ...]
    rows: list[PageRow] = field(default_factory=list)
    ruled: bool = True
    last_page: int = 0


def grids(page: Page) -> list[PageTable]:
    """The grids of a page, from the top down, without words yet. Single boxes and columns, which only frame
    something, are none. A header that is only a band of colour above the rules is part of its grid."""
    drawn = [(lies, edge) for lies, edges in ((True, page.flat), (False, page.standing)) for edge in merged(edges)]
    found = []
    for group in clusters(drawn, _meet) if len(drawn) <= _MOST_RULES else ():
        across, down = ([edge for lies, edge in group if lies is flat] for flat in (True, False))
        if across and down and (grid := _grid(page, across, down)) is not None:
            found.append(grid)
    return sorted(found, key=lambda grid: (grid.top, grid.x0))


def _meet(one: tuple[bool, Edge], other: tuple[bool, Edge]) -> bool:
    """Whether two rules, one that lies flat and one that stands, touch."""
    (lies, edge), (other_lies, met) = one, other
    meets = edge.start - _REACH <= met.at <= edge.end + _REACH
    return lies is not other_lies and meets and met.start - _REACH <= edge.at <= met.end + _REACH


def _grid(page: Page, across: list[Edge], down: list[Edge]) -> PageTable | None:
    """The grid of rules that touch; a side that nothing closes is closed where the other rules end."""
    xs = _positions([edge.at for edge in down], [end for edge in across for end in (edge.start, edge.end)])
    ys = _positions([edge.at for edge in across], [end for edge in down for end in (edge.start, edge.end)])
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_PLACES:
        return None
    cells: dict[int, list[PageCell]] = defaultdict(list)
    for number, cell in _cells(xs, ys, across, down):
        cells[number].append(cell)
    rows = [
        PageRow(page.number, (xs[0], top, xs[-1], low), tuple(cells[number]))
        for number, (top, low) in enumerate(itertools.pairwise(ys))
    ]
    rows = [*_band(page, xs, ys[0]), *rows]
    return PageTable(page.number, (xs[0], rows[0].top, xs[-1], ys[-1]), tuple(xs), rows, True, page.number)


def _band(page: Page, xs: Sequence[float], top: float) -> Iterator[PageRow]:
    """The row that fills, side by side right above a grid, make."""
    left, right = xs[0], xs[-1]
    above = [
        fill
        for fill in page.fills
        if abs(fill.bottom - top) <= _REACH and left - _REACH <= fill.x0 and fill.x1 <= right + _REACH
        if min(fill.rgb) < _PALE and _LOWEST <= fill.height <= _HIGHEST
    ]
    if above and 0.9 * (right - left) <= sum(fill.width for fill in above) <= 1.1 * (right - left):
        start = min(fill.top for fill in above)
        edges = [x for x in xs if len(above) == 1 or any(abs(x - fill.x0) <= 2 * _REACH for fill in above)]
        cells = (
            PageCell(xs.index(x0), (x0, start, x1, top), "", 1, xs.index(x1) - xs.index(x0))
            for x0, x1 in itertools.pairwise(sorted({left, *edges, right}))
        )
        yield PageRow(page.number, (left, start, right, top), tuple(cells))


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


def _positions(drawn: list[float], ends: list[float]) -> list[float]:
    found = sorted(drawn)
    for end in (min(ends), max(ends)):
        if all(abs(end - at) > 2 * _REACH for at in found):
            found = sorted([*found, end])
    return [near[0] for near in runs(found, lambda near, at: at - near[0] > _SNAP)]


def _cells(xs: list[float], ys: list[float], across: list[Edge], down: list[Edge]) -> Iterator[tuple[int, PageCell]]:
    """The cells, each with its row: neighbours without a rule between them are one where that makes a rectangle."""
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
        yield row, PageCell(column, (xs[column], ys[row], xs[right], ys[low]), "", low - row, right - column)


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


def filled(grid: PageTable, words: Sequence[Word], page: Page) -> PageTable:
    """The table that a grid makes of the words inside it."""
    ys = [*(row.top for row in grid.rows), grid.bottom]
    owner = {
        (row, column): cell
        for number, line in enumerate(grid.rows)
        for cell in line.cells
        for row in range(number, number + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    inside: dict[PageCell | None, list[Word]] = defaultdict(list)
    for word in words:
        row, column = (max(0, bisect_left(*at) - 1) for at in ((ys, word.middle), (grid.xs, word.centre)))
        inside[owner.get((row, column))].append(word)

    def told(cell: PageCell) -> PageCell:
        right = cell.x1 - _PADDING
        return cell_of(page, cell.column, cell.box, inside[cell], right, cell.row_span, cell.column_span)

    rows = [replace(row, cells=tuple(map(told, row.cells))) for row in grid.rows]
    return replace(grid, rows=[part for row in rows for part in split_row(row)])


def cell_of(
    page: Page,
    column: int,
    box: Box,
    words: Sequence[Word],
    right: float | None = None,
    row_span: int = 1,
    column_span: int = 1,
) -> PageCell:
    """The cell of these words; `right` is how far its lines may reach, by default to the end of the box. Words written
    upwards are read in the order of the file."""
    colour = page.colour(box, words)
    if words and sum(not word.upright for word in words) * 2 > len(words):
        text = " ".join(word.text for word in sorted(words, key=lambda word: word.index))
        return PageCell(column, box, text, row_span, column_span, colour)
    lines = tuple(lines_of(words))
    text = text_of(lines, box[2] if right is None else right)
    return PageCell(column, box, text, row_span, column_span, colour, lines)


def uncovered(rows: Sequence[PageRow]) -> list[PageRow]:
    """The rows without the empty cells that one from above covers."""
    tall = ((at, cell) for at, row in enumerate(rows) for cell in row.cells)
    covered = {(at + down, cell.column) for at, cell in tall for down in range(1, cell.row_span)}
    return [
        replace(row, cells=tuple(cell for cell in row.cells if (at, cell.column) not in covered or cell.text))
        for at, row in enumerate(rows)
    ]


# ---------------------------------------------------------------- several actions in one ruled row


_DATED = re.compile(
    r"\b(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\b20\d\d\b"
    r"|\b(complete[d]?|ongoing|on-going|asap|tbc|immediate(ly)?|quarterly|monthly|spring|summer|autumn|winter)\b",
    re.IGNORECASE,
)
_APART = 1.25
"""A step between lines, in usual steps, that parts two entries of one cell."""
_CLOSE = 0.7
"""Two first lines are level when their tops differ by less than this share of a line's height."""


def split_row(row: PageRow) -> list[PageRow]:
    """The row, in two or more where dates stand level with the actions that they belong to."""
    if any(cell.row_span > 1 for cell in row.cells):
        return [row]
    groups = [found for cell in row.cells if len(found := _entries(cell.lines)) > 1]
    dated = [all(is_dated(" ".join(line.text for line in entry)) for entry in found) for found in groups]
    if len(set(dated)) < 2:
        return [row]
    dates = groups[dated.index(True)]
    long = (found for found, has_dates in zip(groups, dated, strict=True) if not has_dates)
    main = max(long, key=lambda found: sum(len(line.words) for entry in found for line in entry))
    tops = [entry[0].top for entry in main]
    firsts = [(entry[0].top, _CLOSE * max(entry[0].height, 1.0)) for entry in dates]
    level = [next((at for at, top in enumerate(tops) if abs(top - first) < near), -1) for first, near in firsts]
    starts = sorted(set(level) - {-1})
    if len(starts) < len(level) or not starts or starts[0] != 0:
        return [row]
    return _cut(row, [tops[at] - 1.0 for at in starts], 0.9 if len(starts) == len(tops) else 0.6)


def _entries(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand together, parted by more than the usual gap or by a list item."""
    most = _APART * usual_step(lines)
    return runs(lines, lambda run, line: step(run[-1], line) > most or line.is_item)


def is_dated(text: str) -> bool:
    """Whether a text is little more than a date, or a word that stands for one."""
    return len(text.split()) <= 12 and bool(_DATED.search(text))


def _cut(row: PageRow, cuts: Sequence[float], sure: float) -> list[PageRow]:
    """The row cut at those heights; the first also holds what stands above the first cut."""
    made: list[PageRow] = []
    above = row.top - 1.0
    for low in (*cuts[1:], row.bottom + 1.0):
        cells = []
        for cell in row.cells:
            lines = tuple(line for line in cell.lines if above <= line.top < low)
            box = (cell.x0, max(above, cell.top), cell.x1, min(low, cell.bottom))
            whole = not cell.lines and not made
            text = cell.text if whole else text_of(lines, cell.x1 - _PADDING)
            cells.append(
                replace(cell, box=around(line.box for line in lines) if lines else box, text=text, lines=lines)
            )
        box = (row.x0, max(above, row.top), row.x1, min(low, row.bottom))
        made.append(replace(row, box=box, cells=tuple(cells), sure=sure))
        above = low
    return made


_SAME = 8.0
"""Points by which the columns of two parts of one table may differ."""
_USUAL, _ALWAYS = 0.8, 0.95
"""Shares of rows in which a column is filled that make it expected in a new row, and certain to be."""
_FEWER = 0.7
"""The rest of a row has words in no more than this share of the row's cells."""
_MOST_HEADER = 4


def continues(before: PageTable, after: PageTable) -> bool:
    """Whether a table at the top of a page is the rest of one at the foot of the page before."""
    if after.page != before.last_page + 1 or len(before.xs) != len(after.xs):
        return False
    shift = after.xs[0] - before.xs[0] if before.ruled and after.ruled else 0.0
    return all(abs(one + shift - other) <= _SAME for one, other in zip(before.xs, after.xs, strict=True))


def join(before: PageTable, after: PageTable) -> PageTable:
    """The two parts as one table, without the rows at the top of the second that repeat the header of the first."""
    repeated = itertools.takewhile(
        lambda pair: _words(pair[0]) == _words(pair[1]) and bool(_words(pair[0])),
        zip(before.rows[:_MOST_HEADER], after.rows, strict=False),
    )
    rows, kept = after.rows[len(list(repeated)) :], list(before.rows)
    if rows and kept and _is_rest(kept, rows[0], rows[1:]):
        kept = _whole(kept, rows[0])
        rows = rows[1:]
    return replace(before, rows=[*kept, *rows], last_page=after.page)


def _words(row: PageRow) -> dict[int, str]:
    """The words by column."""
    return {cell.column: " ".join(cell.text.lower().split()) for cell in row.cells if cell.text.strip()}


def _is_rest(kept: Sequence[PageRow], first: PageRow, after: Sequence[PageRow]) -> bool:
    """Whether a page's first row is the rest of the row before: cells that rows always fill are blank in it, or one
    that they usually fill is blank and its words begin in the middle of a sentence."""
    said = {cell.column: cell for cell in first.cells if cell.text.strip()}
    above = {column: cell for column, (_, cell) in _reaching(kept).items()}
    if not said or any(column not in above or not above[column].text.strip() for column in said):
        return False
    least = min(cell.row_span for cell in said.values())
    own = {column for column, cell in said.items() if cell.row_span == least and above[column].row_span == 1}
    if not own or any(said[column].column_span > above[column].column_span for column in own):
        return False
    rows = [row for row in (*kept[1:], *after) if len(_words(row)) > 1]
    counts = Counter(column for row in rows for column in _words(row))
    stated = set(_words(kept[-1])) - set(said)
    always = {column for column in stated if counts[column] >= _ALWAYS * len(rows)}
    usual = {column for column in stated if counts[column] >= _USUAL * len(rows)}
    if len(said) > _FEWER * len(_words(kept[-1])):
        return False
    if len(always) > 1 and len(rows) > 2:
        return True
    return bool(usual) and any(re.match(r"[a-z(&]", said[column].text) for column in own)


def _reaching(rows: Sequence[PageRow]) -> dict[int, tuple[int, PageCell]]:
    """For each column the cell that reaches the last row, with the number of its row."""
    cells = ((number, cell) for number, row in enumerate(rows) for cell in row.cells)
    return {cell.column: (number, cell) for number, cell in cells if number + cell.row_span >= len(rows)}


def _whole(kept: Sequence[PageRow], rest: PageRow) -> list[PageRow]:
    """The rows with the last of them made whole by what the next page holds of it."""
    rows = list(kept)
    for column, (number, cell) in _reaching(kept).items():
        more = next((other for other in rest.cells if other.column == column), None)
        if more is not None and (not more.empty or more.row_span > 1):
            cells = tuple(_joined(cell, more) if old is cell else old for old in rows[number].cells)
            rows[number] = replace(rows[number], cells=cells)
    last = rows[-1]
    parts = (*(last.segments or ((last.page, last.box),)), (rest.page, rest.box))
    rows[-1] = replace(last, segments=parts, sure=min(last.sure, rest.sure))
    return rows


def _joined(cell: PageCell, rest: PageCell) -> PageCell:
    if not cell.text or not rest.text:
        text = cell.text or rest.text
    elif re.match(r"(- |\(?[\da-z]{1,3}[.)]\s)", rest.text) or (rest.text[:1].isupper() and cell.text[-1:] in ".!?:;"):
        text = f"{cell.text}\n{rest.text}"
    else:
        text = f"{cell.text} {rest.text}"
    return replace(cell, text=text, colour=cell.colour or rest.colour, row_span=cell.row_span + rest.row_span - 1)
