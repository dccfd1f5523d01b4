"""Tables without rules, where gaps run down through the lines of a page; and keys drawn as coloured boxes."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.readers.looks import named
from ingest.readers.pdf.lines import Edge, Fill, Line, Page, Word, around, is_prose, parts_of, segments
from ingest.readers.pdf.rowcuts import Span, in_column, rows_by_strips, rows_of
from ingest.readers.pdf.tables import PageCell, PageRow, PageTable
from ingest.runs import runs

_SMALLEST, _TALLEST, _BROADEST = 4.0, 40.0, 250.0
_LEAST_HEIGHT = 12.0
"""A box smaller than this is level with words as if it were so high."""
_BESIDE = 30.0
"""How far words may stand from the box that they explain."""


def find_legend(lines: Sequence[Line], fills: Sequence[Fill], page: int) -> list[tuple[PageTable, list[Word]]]:
    """A key as a table of a coloured cell and its words, with the words that it took; none below two entries."""
    sized = (fill for fill in fills if _SMALLEST <= fill.width <= _BROADEST and _SMALLEST <= fill.height <= _TALLEST)
    topmost = {tuple(map(round, fill.box)): fill for fill in sized}  # nothing drawn later hides it
    boxes = [fill for fill in topmost.values() if named(fill.rgb)]
    entries = [entry for box in boxes if (entry := _entry(box, boxes, lines)) is not None]
    if len({named(fill.rgb) for fill, *_ in entries}) < 2:
        return []
    rows, taken = [], []
    for fill, inside, beside in sorted(entries, key=lambda entry: (round(entry[0].top / 6), entry[0].x0)):
        taken += [*inside, *beside]
        wide = around([fill.box, *(word.box for word in beside)])
        said = PageCell(1, wide, " ".join(word.text for word in beside))
        sign = PageCell(0, fill.box, " ".join(word.text for word in inside), 1, 1, named(fill.rgb))
        rows.append(PageRow(page, wide, (sign, said)))
    whole = around(row.box for row in rows)
    xs = (whole[0], max(row.cells[0].x1 for row in rows), whole[2])
    return [(PageTable(page, whole, xs, rows, False, page), taken)]


def _entry(fill: Fill, boxes: Sequence[Fill], lines: Sequence[Line]) -> tuple[Fill, list[Word], list[Word]] | None:
    """A box with the words in it, at most three, and the words to its right up to the next box."""
    _, top, x1, bottom = fill.box
    reach = max(0.0, _LEAST_HEIGHT - (bottom - top)) / 2 + 1
    level = [line for line in lines if top - reach <= line.middle <= bottom + reach]
    inside = [word for line in level for word in line.words if word.stands_in(fill.box)]
    beyond = (box.box for box in boxes if box.box[0] >= x1 and box.box[1] < bottom and top < box.box[3])
    stop = min((box[0] for box in beyond), default=float("inf"))
    beside: list[Word] = []
    for line in level:
        last = x1
        for word in line.words:
            if word.x0 >= x1 - 1 and word.x1 <= stop + 1 and word.x0 - last <= _BESIDE:
                beside.append(word)
                last = word.x1
    return (fill, inside, beside) if beside and len(inside) <= 3 else None


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
"""Lines with several parts that make a table."""


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
            parted = sum(len(parts_of(line)) > 1 for line in region)
            if len(columns) < 2 or parted < _FEWEST or _is_prose(region, columns):
                continue
            limits = [_limit(one, other, region) for one, other in itertools.pairwise(columns)]
            xs = (min(box[0], columns[0][0]), *limits, max(box[2], columns[-1][1]))
        striped = rows_by_strips(page, box, words, xs) if not rest else None
        xs, rows = striped or (xs, rows_of(page, region, columns, xs, box, rules))
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
        parts = parts_of(line)
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
    while len(kept) > 2 and len(parts_of(kept[-1])) == 1:
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
    box = around(line.box for line in region)
    wide = (box[0] - 200, box[1] - 5, box[2] + 200, box[3] + 5)
    return [
        fill
        for fill in fills
        if named(fill.rgb) and wide[1] <= fill.middle <= wide[3]
        if wide[0] <= fill.x0 and fill.x1 <= wide[2] and 5 <= fill.width <= 250 and 5 <= fill.height <= 600
        if fill.width < 0.5 * (box[2] - box[0])
    ]


def _columns(region: Sequence[Line], signs: Sequence[Fill]) -> list[Span]:
    """The columns, as spans from left to right. Lines of one part, which may be headings across, part nothing."""
    parted = [parts for line in region if len(parts := segments(line, max(4.0, 0.55 * line.size))) > 1]
    inked = [(part.x0, part.x1) for parts in parted for part in parts]
    words = [word for line in region for word in line.words]
    inked += [(fill.x0, fill.x1) for fill in signs if not any(word.stands_in(fill.box) for word in words)]
    exact = _spans(inked, 0)
    return exact if len(exact) > 2 or len(parted) < 14 else max(exact, _spans(inked, 1 + len(parted) // 40), key=len)


def _by_header(region: Sequence[Line], columns: list[Span]) -> list[Span]:
    """The columns as the names above them begin, where cells nearly touch: nothing stands across those places, and
    words begin at each of them."""
    heads = parts_of(region[0])
    starts = [part.x0 for part in heads]
    if len(heads) <= max(len(columns), 2) or len(columns) < 2:
        return columns
    words = [word for line in region[1:] for word in line.words]
    for start in starts:
        across = any(word.x0 < start - _ALIGNED and word.x1 > start + _ALIGNED for word in words)
        if across or sum(abs(word.x0 - start) <= _ALIGNED for word in words) < _FEWEST - 1:
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


def _is_prose(region: Sequence[Line], columns: Sequence[Span]) -> bool:
    """Two columns of running text beside each other, on most lines."""
    sides = [[part for line in region for part in in_column(line, columns, number)] for number in range(len(columns))]
    return min(map(len, sides)) >= 0.6 * len(region) and is_prose(sides)
