"""Tables without rules: where gaps run down through the lines of a page, and where columns stand too close for gaps to
show by the order in which the file writes its cells.

A program writes one cell after the other. Words that follow each other in the file and on the page are a block; blocks
that stand level, again and again with the same left edge, are the cells of a table.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.records import Box
from ingest.readers.looks import named
from ingest.readers.pdf.lines import Edge, Fill, Line, Page, Placed, Word, around, is_prose, lines_of
from ingest.readers.pdf.rowcuts import Span, in_columns, rows_by_strips, rows_of
from ingest.readers.pdf.tables import PageRow, PageTable, cell_of, is_dated, uncovered
from ingest.runs import clusters, runs

_GUTTER = 5.0
"""The least width of a gap that runs down between two columns, in points."""
_FAR = 3.5
"""Lines further apart than this many heights do not belong to one table."""
_MOST_PENDING = 2
_WIDEST = 20_000.0
"""No page is wider, in points."""
_ALIGNED = 1.5
"""Words whose beginnings differ by less than this are set one below the other, in points."""
_FEWEST = 3
"""Lines with several parts, or blocks with one edge beside others, that make a table."""


def find(
    page: Page, lines: Sequence[Line], rules: Sequence[Edge], before: PageTable | None = None
) -> list[tuple[PageTable, list[Word]]]:
    """The tables among the lines of a page that no grid holds, each with its words. `rules` are flat rules that belong
    to no grid; `before` is a table without rules that may go on at the top of the page, be it with a line or two."""
    found = []
    for number, region in enumerate(_regions(lines)):
        signs = _signs(region, page.fills)
        words = [word for line in region for word in line.words]
        box = around(thing.box for thing in (*region, *signs))
        xs = before.xs if before is not None and number == 0 else ()
        rest = len(xs) > 2 and not any(word.x0 + 1 < x < word.x1 - 1 for x in xs[1:-1] for word in words)
        if rest:
            columns = list(itertools.pairwise(xs))
        else:
            columns = _by_header(region, _columns(region, signs))
            parted = sum(len(line.parts) > 1 for line in region)
            if len(columns) < 2 or parted < _FEWEST:
                continue
            sides = in_columns(region, columns)
            if min(map(len, sides)) >= 0.6 * len(region) and is_prose(sides):
                continue
            limits = [_limit(one, other, region) for one, other in itertools.pairwise(columns)]
            xs = (min(box[0], columns[0][0]), *limits, max(box[2], columns[-1][1]))
        striped = rows_by_strips(page, box, words, xs) if not rest else None
        wide = (rule for rule in rules if rule.end - rule.start > 0.5 * (box[2] - box[0]))
        heights = [rule.at for rule in wide if box[1] < rule.at < box[3]]
        xs, rows = striped or (xs, rows_of(page, region, columns, xs, box, heights))
        if len(rows) > 1 or rest:
            found.append((PageTable(page.number, box, xs, rows, False, page.number), words))
    return found


# ---------------------------------------------------------------- where a table may be


@dataclass(slots=True)
class _Region:
    """Lines through which at least one gap runs down."""

    lines: list[Line] = field(default_factory=list)
    gutters: list[Span] = field(default_factory=list)
    pending: list[Line] = field(default_factory=list)

    def takes(self, line: Line) -> bool:
        """Add the line; False where the region ends before it."""
        parts = line.parts
        gaps = [(one.x1, other.x0) for one, other in itertools.pairwise(parts)]
        if not self.lines:
            if gaps:
                self.lines, self.gutters = [line], gaps
            return True
        last = (self.pending or self.lines)[-1]
        if line.top - last.bottom > _FAR * max(line.height, 1.0):
            return False
        left = [gap for gutter in self.gutters for gap in _minus(gutter, parts)]
        if left and (gaps or len(left) >= len(self.gutters)):
            self.lines += [*self.pending, line]
            self.pending, self.gutters = [], left
        elif gaps or len(self.pending) == _MOST_PENDING:
            return False
        else:
            self.pending.append(line)
        return True


def _regions(lines: Sequence[Line]) -> list[list[Line]]:
    done = [_Region()]
    for at, line in enumerate(lines):
        if not done[-1].takes(line):
            done.append(_Region())
            done[-1].takes(line)
        if done[-1].lines == [line]:
            done[-1].lines = [*_heading_lines(lines[:at], done[-1]), line]
    return [_trimmed(region.lines) for region in done if region.lines]


def _heading_lines(before: Sequence[Line], region: _Region) -> list[Line]:
    """The lines just above that keep the gaps free: the upper lines of a header of several lines."""
    taken: list[Line] = []
    below = region.lines[0]
    for line in reversed(before[-3:]):
        close = below.top - line.bottom < 0.5 * (line.bottom - line.top)
        kept = all(_minus(gutter, [line]) == [gutter] for gutter in region.gutters)
        if not close or not kept or not line.bold or not region.lines[0].bold:
            break
        taken.insert(0, line)
        below = line
    return taken


def _trimmed(lines: list[Line]) -> list[Line]:
    """The lines without those at the end that stand apart: what follows a table is not its last cell."""
    kept = list(lines)
    while len(kept) > 2 and len(kept[-1].parts) == 1:
        step = kept[-1].top - kept[-2].bottom
        usual = max((b.top - a.bottom for a, b in itertools.pairwise(kept[:-1])), default=0.0)
        apart = step > 1.6 * max(usual, 0.0) + 2.0
        if not apart and (kept[-1].bold == kept[-2].bold or not kept[-1].bold):
            break
        kept.pop()
    return kept


def _minus(gutter: Span, parts: Sequence[Line]) -> list[Span]:
    """What is left of a gap beside the ink of some parts."""
    free = [gutter]
    for part in parts:
        free = [
            piece
            for start, end in free
            for piece in ((start, min(end, part.x0)), (max(start, part.x1), end))
            if piece[1] - piece[0] >= _GUTTER
        ]
    return free


# ---------------------------------------------------------------- columns


def _signs(region: Sequence[Line], fills: Sequence[Fill]) -> list[Fill]:
    """The coloured shapes, of the size of a cell or a sign, that stand in the region."""
    left, top, right, low = around(line.box for line in region)
    level = (fill for fill in fills if top - 5 <= fill.middle <= low + 5 and named(fill.rgb))
    near = (fill for fill in level if left - 200 <= fill.x0 and fill.x1 <= right + 200 and 5 <= fill.height <= 600)
    return [fill for fill in near if 5 <= fill.width <= 250 and fill.width < 0.5 * (right - left)]


def _columns(region: Sequence[Line], signs: Sequence[Fill]) -> list[Span]:
    """The columns, as spans from left to right. Lines of one part, which may be headings across, part nothing."""
    parted = [parts for line in region if len(parts := line.segments(max(4.0, 0.55 * line.size))) > 1]
    inked = [(part.x0, part.x1) for parts in parted for part in parts]
    words = [word for line in region for word in line.words]
    inked += [(fill.x0, fill.x1) for fill in signs if not any(word.stands_in(fill.box) for word in words)]
    exact = _spans(inked, 0)
    return exact if len(exact) > 2 or len(parted) < 14 else max(exact, _spans(inked, 1 + len(parted) // 40), key=len)


def _by_header(region: Sequence[Line], columns: list[Span]) -> list[Span]:
    """The columns as the names above them begin, where cells nearly touch: nothing stands across those places, and
    words begin at each of them."""
    heads = region[0].parts
    starts, words = [part.x0 for part in heads], [word for line in region[1:] for word in line.words]
    across = (word.x0 < start - _ALIGNED and word.x1 > start + _ALIGNED for start in starts for word in words)
    begun = (sum(abs(word.x0 - start) <= _ALIGNED for word in words) for start in starts)
    if len(heads) <= max(len(columns), 2) or len(columns) < 2 or any(across) or min(begun) < _FEWEST - 1:
        return columns
    limits = [*(start - _ALIGNED for start in starts[1:]), max(line.x1 for line in region) + 1.0]
    inside = [
        [word.x1 for word in (*region[0].words, *words) if start - _ALIGNED <= word.x0 < limit]
        for start, limit in zip(starts, limits, strict=True)
    ]
    return [(start, max(ends)) for start, ends in zip(starts, inside, strict=True)]


def _limit(one: Span, other: Span, region: Sequence[Line]) -> float:
    """Where one column ends and the next begins: just before it where its words are set flush left, since words may
    run far to the right on a later page; else in the middle of the gap."""
    begins = [word.x0 for line in region for word in line.words if other[0] - _ALIGNED <= word.x0]
    flush = sum(begin - other[0] <= _ALIGNED for begin in begins)
    lines = sum(any(other[0] - _ALIGNED <= word.x0 <= other[1] for word in line.words) for line in region)
    return other[0] - _ALIGNED if flush >= 0.8 * lines else (one[1] + other[0]) / 2


def _spans(inked: Sequence[Span], most: int) -> list[Span]:
    """The stretches that more than `most` pieces of ink cover, parted by gaps of some width."""
    left = min((start for start, _ in inked), default=0.0)
    if max((end for _, end in inked), default=0.0) - left > _WIDEST:
        return []
    counts = Counter(at for start, end in inked for at in range(int(start - left), int(end - left) + 1))
    covered = sorted(at for at, count in counts.items() if count > most)
    return [(left + run[0], left + run[-1] + 1) for run in runs(covered, lambda run, at: at - run[-1] > _GUTTER)]


# ---------------------------------------------------------------- by the order of the file

_SPACE = 1.0
"""The widest space between words of a block, in letter sizes."""
_FIRST_STEP, _WIDER = 1.9, 1.25
"""The widest step to the second line, in letter sizes, and to a later line, in steps so far."""
_HANGING = 30.0
"""How far left of its first line a line of a block may begin, in points."""
_EDGE = 4.0
"""Points by which the left edges of a column's blocks may differ."""
_LEVEL = 0.5
"""Share of the smaller block's height on which two blocks stand beside each other."""
_MOST_BLOCKS = 1_500
_EMPTY = 60.0
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
    edges = before.xs[1:-1] if before is not None else ()
    columns = [
        column
        for column in by_edge  # there are several blocks, or dates, or the page before has it
        if len(column) >= _FEWEST
        or any(abs(column[0].x0 - x) <= 2 * _EDGE for x in edges)
        or all(is_dated(" ".join(word.text for word in block.words)) for block in column)
    ]
    groups = enumerate(_stretches(columns, blocks))
    found = (_table(page, group, blocks, before is not None and number == 0) for number, group in groups)
    return [table for table in found if table is not None]


def _stands_right(block: TextBlock, other: TextBlock) -> bool:
    return block is not other and other.x1 <= block.x0 + 2.0 and _level(block, other)


def _above(block: TextBlock, column: Sequence[TextBlock]) -> bool:
    """Whether a block covers half of the width of a column's last block, and is level with none of its blocks."""
    last = column[-1]
    shared = min(block.x1, last.x1) - max(block.x0, last.x0)
    level = any(min(block.bottom, other.bottom) - max(block.top, other.top) > 0 for other in column)
    return not level and shared >= 0.5 * min(block.width, last.width)


def _stretches(columns: Sequence[list[TextBlock]], blocks: Sequence[TextBlock]) -> list[list[list[TextBlock]]]:
    """The columns cut where much empty page, or words across an edge, stands between two of their blocks."""
    if not columns:
        return []
    edges = [min(block.x0 for block in column) for column in columns]
    members = sorted((block for column in columns for block in column), key=lambda block: block.top)
    across = [b for b in blocks if any(b.x0 < edge - _EDGE and b.x1 > edge + _EDGE for edge in edges)]

    def begins(run: list[TextBlock], block: TextBlock) -> bool:
        low = max(other.bottom for other in run)
        parted = any(low - 2 <= b.middle <= block.top + 2 for b in across)
        return block.top - low > _EMPTY * 2 or parted

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
    xs, rows = rows_by_strips(page, box, words, xs) or (xs, _level_rows(page, whole, xs))
    alone = len(rows) == 1 and not goes_on and not any(is_dated(cell.text) for cell in rows[0].cells)
    return None if alone else (PageTable(page.number, box, xs, rows, False, page.number), words)


def _level_rows(page: Page, columns: Sequence[Sequence[TextBlock]], xs: Sequence[float]) -> list[PageRow]:
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
