"""Cells with places and spans to a table: the columns that nothing starts in are closed up."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.records import Cell, Locator, Row, Table


@dataclass(slots=True)
class Places:
    """Where the next cell of a row goes when cells above reach down into it, as HTML and OpenDocument count."""

    _taken: dict[int, int] = field(default_factory=dict)
    """Column to the number of further rows that a cell from above covers it in."""

    def next_row(self) -> None:
        self._taken = {column: left - 1 for column, left in self._taken.items() if left > 1}

    def place(self, column: int, row_span: int, column_span: int) -> int:
        """The first free column from `column`, now taken for the cell's span."""
        while column in self._taken:
            column += 1
        if row_span > 1:
            for taken in range(column, column + column_span):
                self._taken[taken] = row_span
        return column


def build(
    cells: Iterable[Cell], row_locators: Sequence[Locator], locator: Locator, sure: Mapping[int, float] | None = None
) -> Table:
    """The table of the cells, a row for each locator, empty columns closed up, spans cut at the last row."""
    cells = list(cells)
    starts = sorted({cell.column for cell in cells})
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        rows[cell.row].append(_placed(cell, starts, len(row_locators) - cell.row))
    lines = (
        Row(tuple(sorted(rows[number], key=lambda cell: cell.column)), place, (sure or {}).get(number, 1.0))
        for number, place in enumerate(row_locators)
    )
    return Table(tuple(lines), len(starts), locator)


def _placed(cell: Cell, starts: Sequence[int], rows_left: int) -> Cell:
    """The cell with its column counted among those that start something, and its span cut at the last row."""
    column = bisect_left(starts, cell.column)
    across = bisect_left(starts, cell.column + cell.column_span) - column
    down = min(cell.row_span, rows_left)
    if (column, across, down) == (cell.column, cell.column_span, cell.row_span):
        return cell
    return replace(cell, column=column, column_span=across, row_span=down)


def as_text(rows: Iterable[Sequence[str]]) -> str:
    """A small table inside a cell, as lines: its cells parted by bars."""
    lines = (" | ".join(" ".join(text.split()) for text in row if text.strip()) for row in rows)
    return "\n".join(line for line in lines if line)
