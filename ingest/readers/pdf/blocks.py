"""Tables whose columns stand too close for gaps to show: found by the order in which the file writes its cells.

A program writes one cell after the other. Words that follow each other in the file and on the page are a block; blocks
that stand level, again and again with the same left edge, are the cells of a table.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.records import Box
from ingest.readers.pdf.lines import Page, Placed, Word, around, is_prose, lines_of
from ingest.readers.pdf.rowcuts import rows_by_strips
from ingest.readers.pdf.tables import PageRow, PageTable, cell_of, is_dated, uncovered
from ingest.runs import clusters, runs

_SPACE = 1.0
"""The widest space between words of a block, in letter sizes."""
_FIRST_STEP, _WIDER = 1.9, 1.25
"""The widest step to the second line, in letter sizes, and to a later line, in steps so far."""
_HANGING = 30.0
"""How far left of its first line a line of a block may begin, in points."""
_EDGE = 4.0
"""Points by which the left edges of a column's blocks may differ."""
_FEWEST = 3
"""Blocks with one edge, beside others, that make a column."""
_LEVEL = 0.5
"""Share of the smaller block's height on which two blocks stand beside each other."""
_MOST_BLOCKS = 1_500
_FAR = 60.0
"""Points of empty page that end a table."""
_NEAR = 25.0
"""Points above a table's first level row in which the rest of a row from the page before may stand."""


@dataclass(slots=True, eq=False)
class TextBlock(Placed):
    """Words that follow each other in the file and on the page."""

    words: list[Word]
    step: float | None = None
    """From the middle of one line to that of the next."""
    box: Box = field(init=False)

    def __post_init__(self) -> None:
        self.box = self.words[0].box

    def takes(self, word: Word) -> bool:
        """Add a word where it goes on; False where it begins something else."""
        last = self.words[-1]
        height = max(last.height, 1.0)
        if abs(word.middle - last.middle) <= 0.5 * height:
            if not -0.5 * word.size <= word.x0 - last.x1 <= _SPACE * max(word.size, last.size):
                return False
        else:
            step = word.middle - last.middle
            most = _FIRST_STEP * max(word.size, last.size, height) if self.step is None else _WIDER * self.step
            inside = self.box[0] - _HANGING <= word.x0 < self.box[2]
            if step <= 0 or step > most or not inside:
                return False
            self.step = step if self.step is None else min(self.step, step)
        self.words.append(word)
        self.box = around((self.box, word.box))
        return True


def find_by_blocks(
    page: Page, words: Sequence[Word], before: PageTable | None = None
) -> list[tuple[PageTable, list[Word]]]:
    """The tables among the words, each with the words that it took; `before` is one that may go on here."""
    blocks: list[TextBlock] = []
    for word in sorted(words, key=lambda word: word.index):
        if not blocks or not blocks[-1].takes(word):
            blocks.append(TextBlock([word]))
    if len(blocks) > _MOST_BLOCKS:
        return []
    beside = [block for block in blocks if any(_stands_right(block, other) for other in blocks)]
    by_edge = runs(
        sorted(beside, key=lambda block: block.x0),
        lambda run, block: block.x0 - run[-1].x0 > _EDGE and not _above(block, run),
    )
    columns = [column for column in by_edge if _is_column(column, before)]
    found = []
    for number, group in enumerate(_runs(columns, blocks)):
        table = _table(page, group, blocks, before is not None and number == 0)
        if table is not None:
            found.append(table)
    return found


def _is_column(column: Sequence[TextBlock], before: PageTable | None) -> bool:
    """Whether blocks with one edge are a column: there are several, or dates, or the page before has it."""
    if len(column) >= _FEWEST:
        return True
    goes_on = before is not None and any(abs(column[0].x0 - x) <= 2 * _EDGE for x in before.xs[1:-1])
    dated = [block for block in column if is_dated(" ".join(word.text for word in block.words))]
    return goes_on or len(dated) == len(column)


def _stands_right(block: TextBlock, other: TextBlock) -> bool:
    return block is not other and other.x1 <= block.x0 + 2.0 and _level(block, other)


def _above(block: TextBlock, column: Sequence[TextBlock]) -> bool:
    """Whether a block covers half of the width of a column's last block, and is level with none of its blocks."""
    last = column[-1]
    shared = min(block.x1, last.x1) - max(block.x0, last.x0)
    level = any(min(block.bottom, other.bottom) - max(block.top, other.top) > 0 for other in column)
    return not level and shared >= 0.5 * min(block.width, last.width)


def _runs(columns: Sequence[list[TextBlock]], blocks: Sequence[TextBlock]) -> list[list[list[TextBlock]]]:
    """The columns cut where much empty page, or words across an edge, stands between two of their blocks."""
    if not columns:
        return []
    edges = [min(block.x0 for block in column) for column in columns]
    members = sorted((block for column in columns for block in column), key=lambda block: block.top)
    across = [b for b in blocks if any(b.x0 < edge - _EDGE and b.x1 > edge + _EDGE for edge in edges)]

    def begins(run: list[TextBlock], block: TextBlock) -> bool:
        low = max(other.bottom for other in run)
        parted = any(low - 2 <= b.middle <= block.top + 2 for b in across)
        return block.top - low > _FAR * 2 or parted

    cut = [[[block for block in column if block in run] for column in columns] for run in runs(members, begins)]
    return [[column for column in parts if column] for parts in cut]


def _table(
    page: Page, columns: list[list[TextBlock]], blocks: Sequence[TextBlock], goes_on: bool
) -> tuple[PageTable, list[Word]] | None:
    members = [block for column in columns for block in column]
    top, low = min(block.top for block in members), max(block.bottom for block in members)
    near = [block for block in blocks if block not in members and top <= block.top and block.bottom <= low]
    columns = [  # those with the same left edge, though nothing stands to the left of them
        [*column, *(block for block in near if abs(block.x0 - column[0].x0) <= _EDGE)] for column in columns
    ]
    members = [block for column in columns for block in column]
    edge = max(block.x0 for block in columns[0])
    free = [block for block in blocks if block.x1 <= edge + 2.0 and block not in members]
    lefts = [block for block in free if any(_stands_right(member, block) for member in members)]
    if not lefts:
        return None
    top, low = min(block.top for block in lefts), max(block.bottom for block in lefts)
    if goes_on:
        top = min([block.top for block in free if top - _NEAR <= block.bottom <= top], default=top)
    between = (block for block in free if block not in lefts and top <= block.top and block.bottom <= low)
    whole = [sorted([*lefts, *between], key=lambda block: block.top), *columns]
    if is_prose([lines_of(word for block in column for word in block.words) for column in whole]):
        return None
    box = around(block.box for column in whole for block in column)
    starts = [min(block.x0 for block in column) for column in whole]
    xs = (box[0], *(start - 1.0 for start in starts[1:]), box[2])
    words = [word for column in whole for block in column for word in block.words]
    xs, rows = rows_by_strips(page, box, words, xs) or (xs, _rows(page, whole, xs))
    alone = len(rows) == 1 and not goes_on and not any(is_dated(cell.text) for cell in rows[0].cells)
    return None if alone else (PageTable(page.number, box, xs, rows, False, page.number), words)


def _rows(page: Page, columns: Sequence[Sequence[TextBlock]], xs: Sequence[float]) -> list[PageRow]:
    """The rows: blocks that stand level are one; a block of a first column that reaches over several covers them."""
    placed = sorted(((n, block) for n, column in enumerate(columns) for block in column), key=lambda each: each[1].top)
    main = max(range(len(columns)), key=lambda number: sum(len(block.words) for block in columns[number]))
    tall = [(n, block) for n, block in placed if n < main and sum(_level(block, b) for b in columns[main]) > 1]
    rest = (each for each in placed if each not in tall)
    bands = clusters(rest, lambda one, other: one[0] != other[0] and _level(one[1], other[1]))
    bands.sort(key=lambda band: min(block.top for _, block in band))
    begun: dict[int, list[tuple[int, TextBlock, int]]] = defaultdict(list)
    for number, block in tall:
        over = [at for at, band in enumerate(bands) if any(_level(block, other) for _, other in band)]
        begun[over[0] if over else -1].append((number, block, len(over)))
    rows = []
    for at, band in enumerate(bands):
        _, top, _, low = around(block.box for _, block in band)
        cells = []
        for number in range(len(columns)):
            own = [(block, 1) for n, block in band if n == number]
            own += [(block, span) for n, block, span in begun[at] if n == number]
            words = [word for block, _ in sorted(own, key=lambda each: each[0].top) for word in block.words]
            place, span = (xs[number], top, xs[number + 1], low), max((span for _, span in own), default=1)
            cells.append(cell_of(page, number, place, words, row_span=span))
        crowded = len({n for n, _ in band}) < len(band)
        rows.append(PageRow(page.number, (xs[0], top, xs[-1], low), tuple(cells), 0.6 if crowded else 0.9))
    return uncovered(rows)


def _level(one: TextBlock, other: TextBlock) -> bool:
    """Whether two blocks share half the height of the smaller."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= _LEVEL * min(one.height, other.height)
