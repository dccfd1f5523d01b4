"""Tables without rules: columns by the gaps that run down, rows by rules, colours, steps or first words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.records import Box
from ingest.readers.colour import named
from ingest.readers.pdf.colours import colour_of
from ingest.readers.pdf.lines import Line, segments, text_of
from ingest.readers.pdf.shapes import Edge, Fill, around
from ingest.readers.pdf.tables import PageCell, PageRow, PageTable

_GAP = 1.1
"""A gap in a line that can part two columns, in letter sizes."""
_GUTTER = 5.0
"""The least width of a gap that runs down between two columns, in points."""
_FAR = 3.5
"""Lines further apart than this many heights do not belong to one table."""
_MOST_PENDING = 2
_FEWEST = 3
"""Lines with several parts that make a table."""
_WIDER = 1.25
"""A step between lines this much larger than the usual one begins a row."""

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Found:
    """A table, and the lines that it took."""

    table: PageTable
    lines: tuple[Line, ...]


def find(lines: Sequence[Line], fills: Sequence[Fill], rules: Sequence[Edge], page: int) -> list[Found]:
    """The tables among the lines of a page that no grid holds. `rules` are flat rules that belong to no grid."""
    found = []
    for region in _regions(lines):
        signs = _signs(region, fills)
        columns = _columns(region, signs)
        if len(columns) < 2 or _is_prose(region, columns):
            continue
        table = _table(region, columns, signs, fills, rules, page)
        if len(table.rows) > 1:
            found.append(Found(table, tuple(region)))
    return found


# ---------------------------------------------------------------- where a table may be


@dataclass(slots=True)
class _Region:
    """Lines through which at least one gap runs down."""

    lines: list[Line] = field(default_factory=list)
    gutters: list[Span] = field(default_factory=list)
    pending: list[Line] = field(default_factory=list)
    parted: int = 0


def _regions(lines: Sequence[Line]) -> list[list[Line]]:
    done: list[_Region] = []
    region = _Region()
    before: list[Line] = []
    for line in lines:
        if not _takes(region, line):
            done.append(region)
            region = _Region()
            _takes(region, line)
        if region.lines == [line]:
            region.lines = [*_heading_lines(before, region), line]
        before.append(line)
    done.append(region)
    return [_trimmed(region.lines) for region in done if region.parted >= _FEWEST]


def _takes(region: _Region, line: Line) -> bool:
    """Add the line to the region; False where the region ends before it."""
    parts = segments(line, _gap_of(line))
    gaps = [(one.x1, other.x0) for one, other in itertools.pairwise(parts)]
    if not region.lines:
        if gaps:
            region.lines, region.gutters, region.parted = [line], gaps, 1
        return True
    last = (region.pending or region.lines)[-1]
    if line.top - last.bottom > _FAR * max(line.bottom - line.top, 1.0):
        return False
    left = [gap for gutter in region.gutters for gap in _minus(gutter, parts)]
    if left and (len(parts) > 1 or len(left) >= len(region.gutters)):
        region.lines += [*region.pending, line]
        region.pending = []
        region.gutters = left
        region.parted += len(parts) > 1
        return True
    if len(parts) == 1 and len(region.pending) < _MOST_PENDING:
        region.pending.append(line)
        return True
    return False


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
    while len(kept) > 2 and len(segments(kept[-1], _gap_of(kept[-1]))) == 1:
        step = kept[-1].top - kept[-2].bottom
        usual = sorted(max(0.0, b.top - a.bottom) for a, b in itertools.pairwise(kept[:-1]))
        apart = step > 1.6 * usual[-1] + 2.0 if usual else False
        if not apart and (kept[-1].bold == kept[-2].bold or not kept[-1].bold):
            break
        kept.pop()
    return kept


def _gap_of(line: Line) -> float:
    return max(7.0, _GAP * line.size)


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
        if named(fill.rgb) and wide[1] <= (fill.box[1] + fill.box[3]) / 2 <= wide[3]
        if wide[0] <= fill.box[0] and fill.box[2] <= wide[2] and 5 <= fill.width <= 250 and 5 <= fill.height <= 120
        if fill.width < 0.5 * (box[2] - box[0])
    ]


def _columns(region: Sequence[Line], signs: Sequence[Fill]) -> list[Span]:
    """The columns, as spans from left to right: where almost no line has ink is a gap between two."""
    inked = [(part.x0, part.x1) for line in region for part in _columns_parts(line)]
    inked += [(fill.box[0], fill.box[2]) for fill in signs if not _holds_words(fill, region)]
    left, right = min(start for start, _ in inked), max(end for _, end in inked)
    bins = [0] * (int(right - left) + 2)
    for start, end in inked:
        for at in range(int(start - left), int(end - left) + 1):
            bins[at] += 1
    most = 0 if len(region) < 14 else 1 + len(region) // 40
    columns: list[Span] = []
    begun: int | None = None
    free = 0
    for at, count in enumerate([*bins, 0, 0, 0, 0, 0, 0]):
        if count > most:
            begun = at if begun is None else begun
            free = 0
        elif begun is not None:
            free += 1
            if free >= _GUTTER:
                columns.append((left + begun, left + at - free + 1))
                begun = None
    return columns


def _columns_parts(line: Line) -> list[Line]:
    return segments(line, max(4.0, 0.55 * line.size))


def _holds_words(fill: Fill, region: Sequence[Line]) -> bool:
    return any(
        fill.box[0] - 1 <= word.x0 and word.x1 <= fill.box[2] + 1 and fill.box[1] - 2 <= word.middle <= fill.box[3] + 2
        for line in region
        for word in line.words
    )


def _is_prose(region: Sequence[Line], columns: Sequence[Span]) -> bool:
    """Two columns of running text beside each other: both sides full of words on most lines."""
    if len(columns) != 2:
        return False
    sides = [[part for line in region for part in _in_column(line, columns, number)] for number in (0, 1)]
    for side, (start, end) in zip(sides, columns, strict=True):
        full = sum(1 for part in side if part.x1 - start > 0.7 * (end - start))
        words = sum(len(part.words) for part in side) / max(1, len(side))
        if len(side) < 0.6 * len(region) or full < 0.6 * len(side) or words < 4.5:
            return False
    return True


def _in_column(line: Line, columns: Sequence[Span], number: int) -> list[Line]:
    words = [word for word in line.words if _column_of((word.x0 + word.x1) / 2, columns) == number]
    return [Line(tuple(words))] if words else []


def _column_of(at: float, columns: Sequence[Span]) -> int:
    return min(range(len(columns)), key=lambda number: max(columns[number][0] - at, at - columns[number][1], 0.0))


# ---------------------------------------------------------------- rows


def _table(
    region: Sequence[Line],
    columns: Sequence[Span],
    signs: Sequence[Fill],
    fills: Sequence[Fill],
    rules: Sequence[Edge],
    page: int,
) -> PageTable:
    box = around([*(line.box for line in region), *(fill.box for fill in signs)])
    groups, sure = _rows(region, columns, signs, rules, box)
    middles = [(one[1] + other[0]) / 2 for one, other in itertools.pairwise(columns)]
    xs = (min(box[0], columns[0][0]), *middles, max(box[2], columns[-1][1]))
    rows = []
    for number, group in enumerate(groups):
        top = min(line.top for line in group)
        low = min(line.top for line in groups[number + 1]) if number + 1 < len(groups) else box[3]
        band = (xs[0], top, xs[-1], max(low, *(line.bottom for line in group)))
        cells = tuple(_cells(group, columns, xs, band, fills))
        certain = min(sure, 0.4) if _begins_small(group, columns) else sure
        rows.append(PageRow(page, band, cells, certain))
    return PageTable(page, box, xs, rows, False, page)


def _rows(
    region: Sequence[Line], columns: Sequence[Span], signs: Sequence[Fill], rules: Sequence[Edge], box: Box
) -> tuple[list[list[Line]], float]:
    """The lines of each row, and how sure that is."""
    wide = [rule.at for rule in rules if rule.end - rule.start > 0.5 * (box[2] - box[0]) and box[1] < rule.at < box[3]]
    if len(wide) > 1:
        return _cut(region, sorted(wide)), 0.95
    stacks = _stacked(signs)
    if len(stacks) > 2 and stacks[0][0] < region[-1].top and _spanned(region, stacks) >= 0.8:
        return _cut(region, [start for start, _ in stacks]), 0.9
    head = _header_lines(region)
    body = list(region[head:])
    starts, sure = _starts(body, columns)
    groups = [list(region[:head])] if head else []
    for number, line in enumerate(body):
        if number in starts or not groups or (head and number == 0):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups, sure


def _cut(region: Sequence[Line], heights: Sequence[float]) -> list[list[Line]]:
    groups: dict[int, list[Line]] = {}
    for line in region:
        middle = (line.top + line.bottom) / 2
        groups.setdefault(sum(1 for height in heights if height <= middle), []).append(line)
    return [groups[number] for number in sorted(groups)]


def _stacked(signs: Sequence[Fill]) -> list[Span]:
    """The tops and bottoms of coloured cells that stand above each other."""
    by_left: dict[int, list[Fill]] = {}
    for fill in signs:
        by_left.setdefault(round(fill.box[0] / 4), []).append(fill)
    column = max(by_left.values(), key=len, default=[])
    spans = sorted((fill.box[1], fill.box[3]) for fill in column)
    apart = all(other[0] >= one[1] - 1.5 for one, other in itertools.pairwise(spans))
    return spans if apart else []


def _spanned(region: Sequence[Line], stacks: Sequence[Span]) -> float:
    """The share of lines that stand level with one of the spans."""
    body = [line for line in region if line.bottom > stacks[0][0]]
    level = sum(any(start <= (line.top + line.bottom) / 2 <= end for start, end in stacks) for line in body)
    return level / max(1, len(body))


def _header_lines(region: Sequence[Line]) -> int:
    """How many bold lines stand above the others."""
    count = 0
    while count < len(region) and region[count].bold:
        count += 1
    return count if 0 < count <= 4 and count < len(region) else 0


def _starts(body: Sequence[Line], columns: Sequence[Span]) -> tuple[set[int], float]:
    """The lines that begin rows, and how sure that is."""
    if not body:
        return set(), 1.0
    steps = [other.top - one.top for one, other in itertools.pairwise(body)]
    filled = [sum(bool(_in_column(line, columns, number)) for number in range(len(columns))) for line in body]
    several = [number for number, count in enumerate(filled) if count > 1]
    if len(several) == len(body):
        return set(range(len(body))), 0.9
    usual = sorted(steps)[len(steps) // 4] if steps else 0.0
    wider = {number + 1 for number, step in enumerate(steps) if step > _WIDER * usual}
    led = sum(1 for number in wider if filled[number] > 1)
    if len(wider) >= 2 and led >= 0.6 * len(wider) and len(wider) >= 0.3 * len(several):
        return {0} | wider, 0.9
    main = max(range(len(columns)), key=lambda number: columns[number][1] - columns[number][0])
    starts = {0}
    for number in several:
        text = "".join(part.text for part in _in_column(body[number], columns, main))
        if not text[:1].islower():
            starts.add(number)
    starts |= {number for number, line in enumerate(body) if line.bold and filled[number] == 1}
    return starts, 0.7


def _begins_small(group: Sequence[Line], columns: Sequence[Span]) -> bool:
    """Whether the words of a row begin in the middle of a sentence: then its lines may belong elsewhere."""
    main = max(range(len(columns)), key=lambda number: columns[number][1] - columns[number][0])
    text = "".join(part.text for line in group[:1] for part in _in_column(line, columns, main))
    return bool(re.match(r"[a-z]{2}", text))


def _cells(
    group: Sequence[Line], columns: Sequence[Span], xs: Sequence[float], band: Box, fills: Sequence[Fill]
) -> list[PageCell]:
    alone = len(group) == 1 and len(segments(group[0], _gap_of(group[0]))) == 1
    if alone and group[0].x1 > columns[0][1] + _GUTTER and group[0].x0 < columns[0][1]:
        colour = colour_of(band, fills, group[0].words)
        return [PageCell(0, band, group[0].text, 1, len(columns), colour, tuple(group))]
    cells = []
    for number in range(len(columns)):
        lines = [part for line in group for part in _in_column(line, columns, number)]
        box = (xs[number], band[1], xs[number + 1], band[3])
        words = [word for line in lines for word in line.words]
        text = text_of(lines, columns[number][1])
        cells.append(PageCell(number, box, text, 1, 1, colour_of(box, fills, words), tuple(lines)))
    return cells
