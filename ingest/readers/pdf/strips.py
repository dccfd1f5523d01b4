"""A column of coloured cells without words, drawn as narrow strips: each strip is a row of its table."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from assistant.records import Box
from ingest.readers.looks import named
from ingest.readers.pdf.colours import colour_of
from ingest.readers.pdf.lines import lines_of, text_of
from ingest.readers.pdf.rowcuts import rows_of
from ingest.readers.pdf.shapes import Fill, Word, holds
from ingest.readers.pdf.tables import PageCell, PageRow

_NARROWEST, _WIDEST, _LOWEST = 4.0, 60.0, 8.0
_EDGE = 1.5
_BESIDE = 12.0
"""How far the heading over the strips may reach past them, in points."""
_SURE = 0.9


def strips_of(box: Box, fills: Sequence[Fill], words: Sequence[Word]) -> list[Fill]:
    """The largest stack of coloured strips in a box, from the top down; strips with words in them are cells."""
    stacks: list[list[Fill]] = []
    for fill in sorted(fills, key=lambda fill: fill.box[0]):
        inside = box[0] - 5 <= fill.box[0] and fill.box[2] <= box[2] + 80 and box[1] - 5 <= fill.box[3] <= box[3] + 40
        if not inside or not named(fill.rgb) or not _NARROWEST <= fill.width <= _WIDEST or fill.height < _LOWEST:
            continue
        if stacks and fill.box[0] - stacks[-1][0].box[0] <= _EDGE:
            stacks[-1].append(fill)
        else:
            stacks.append([fill])
    largest: list[Fill] = max(stacks, key=len, default=[])
    stack = sorted(largest, key=lambda fill: fill.box[1])
    apart = all(other.box[1] >= one.box[3] - _EDGE for one, other in itertools.pairwise(stack))
    said = any(holds(fill.box, (word.x0 + word.x1) / 2, word.middle) for fill in stack for word in words)
    return stack if apart and not said else []


def rows_by_strips(
    words: Sequence[Word], xs: Sequence[float], strips: Sequence[Fill], fills: Sequence[Fill], page: int
) -> tuple[tuple[float, ...], list[PageRow]]:
    """The lines between the columns, now with one for the strips, and the rows: words level with a strip are its row,
    words between two strips a row of their own."""
    columns = _with_strips(words, xs, strips[0].box[0], strips[0].box[2])
    groups: dict[tuple[int, bool], list[Word]] = {}
    for word in words:
        passed = sum(strip.box[3] <= word.middle for strip in strips)
        level = passed < len(strips) and strips[passed].box[1] <= word.middle
        groups.setdefault((passed, level), []).append(word)
    rows = []
    for (passed, level), group in sorted(groups.items()):
        if level:
            place = (columns[0], strips[passed].box[1], columns[-1], strips[passed].box[3])
            rows.append(PageRow(page, place, tuple(_cells(group, columns, place, fills)), _SURE))
        else:
            spans = list(itertools.pairwise(columns))
            rows += rows_of(lines_of(group), spans, columns, (), fills, (), page)
    return columns, rows


def _with_strips(words: Sequence[Word], xs: Sequence[float], start: float, end: float) -> tuple[float, ...]:
    """The lines between the columns; the strips are a column of their own where one holds words beside them."""
    limits = (min(xs[0], start), *xs[1:-1], max(xs[-1], end))
    middle = (start + end) / 2
    column = max(sum(x <= middle for x in limits[1:-1]), 0)
    own = [word for word in words if limits[column] <= (word.x0 + word.x1) / 2 < limits[column + 1]]
    if all(start - _BESIDE <= word.x0 and word.x1 <= end + _BESIDE for word in own):
        return limits
    centres = [(word.x0 + word.x1) / 2 for word in words]
    kept = [x for x in limits[1:-1] if any(min(x, start) <= centre <= max(x, end) for centre in centres)]
    inner = {*(x for x in kept if not start - _EDGE <= x <= end + _EDGE), start, end}
    return tuple(sorted({limits[0], limits[-1], *(x for x in inner if limits[0] + _EDGE < x < limits[-1] - _EDGE)}))


def _cells(words: Sequence[Word], columns: Sequence[float], band: Box, fills: Sequence[Fill]) -> list[PageCell]:
    cells = []
    for number, (left, right) in enumerate(itertools.pairwise(columns)):
        own = [word for word in words if left <= (word.x0 + word.x1) / 2 < right]
        box = (left, band[1], right, band[3])
        lines = tuple(lines_of(own))
        cells.append(PageCell(number, box, text_of(lines, right), 1, 1, colour_of(box, fills, own), lines))
    return cells
