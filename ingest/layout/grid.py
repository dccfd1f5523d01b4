"""A table as a full grid: every place holds the piece that covers it, and knows where its cell begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.records import Cell, Locator, Table
from ingest.layout.drafts import Piece
from ingest.layout.words import is_prompt

_BARS = re.compile(r"^\s*\|\s*|\s*\|\s*$")
"""Bars that a row of tabs and bars leaves at the ends of its cells."""


@dataclass(frozen=True, slots=True)
class Place:
    """What covers one place of the grid. `own` where its cell begins in this row, so that it is not merged down from
    above; `first` where it begins in this column."""

    piece: Piece
    own: bool = True
    first: bool = True
    span: int = 1
    head: bool = False
    """True where the format marks the cell as a heading."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the grid with its place in the document."""

    places: tuple[Place, ...]
    locator: Locator
    sure: float = 1.0

    def padded(self, width: int) -> Line:
        """The line with at least `width` places, the last ones blank."""
        blank = Place(Piece("", self.locator))
        return replace(self, places=self.places + (blank,) * max(0, width - len(self.places)))

    def piece(self, column: int) -> Piece:
        return self.places[column].piece

    def text(self, column: int) -> str:
        return self.places[column].piece.text if column < len(self.places) else ""

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns in which a cell with words begins in this row."""
        return tuple(
            column for column, place in enumerate(self.places) if place.own and place.first and place.piece.words
        )

    @property
    def empty(self) -> bool:
        return all(place.piece.blank or not place.own for place in self.places)


def lines_of(table: Table) -> list[Line]:
    """The rows of the table as full lines, merged cells filled in."""
    grid: dict[tuple[int, int], Place] = {}
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            if not cell.hidden:
                _spread(grid, cell, number)
    lines = []
    for number, row in enumerate(table.rows):
        blank = Place(Piece("", row.locator))
        places = tuple(grid.get((number, column), blank) for column in range(table.width))
        lines.append(Line(places, row.locator, row.sure))
    return lines


def _spread(grid: dict[tuple[int, int], Place], cell: Cell, number: int) -> None:
    text = "" if is_prompt(cell.text) else _BARS.sub("", cell.text) if "|" in cell.text else cell.text
    piece = Piece(text, cell.locator, cell.colour, cell.value, cell.unread_rule, cell.struck)
    for down in range(max(1, cell.row_span)):
        for across in range(max(1, cell.column_span)):
            place = Place(piece, down == 0, across == 0, cell.column_span, cell.head)
            grid.setdefault((number + down, cell.column + across), place)
