"""Tables of OpenDocument texts to grids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.records import Cell, Locator, Table
from ingest.readers.building import as_text, build
from ingest.readers.limits import Budget
from ingest.readers.looks import named
from ingest.readers.odf.names import TABLE, TEXT
from ingest.readers.odf.text import Words, inside

if TYPE_CHECKING:
    from lxml.etree import _Element

_GROUPS = tuple(f"{TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group"))
_COLUMN_GROUPS = tuple(f"{TABLE}{name}" for name in ("table-header-columns", "table-columns", "table-column-group"))
_MOST_SPAN = 1000
_DEEPEST = 6


def rows_of(parent: _Element) -> Iterator[_Element]:
    """The rows of a table, also where they stand in groups."""
    for child in parent:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in _GROUPS:
            yield from rows_of(child)


def columns_of(parent: _Element) -> Iterator[_Element]:
    """The column descriptions of a table, also where they stand in groups."""
    for child in parent:
        if child.tag == f"{TABLE}table-column":
            yield child
        elif child.tag in _COLUMN_GROUPS:
            yield from columns_of(child)


def count(element: _Element, name: str, most: int = _MOST_SPAN) -> int:
    """A number that a table attribute gives, at least 1."""
    text = element.get(f"{TABLE}{name}", "")
    return min(most, max(1, int(text))) if text.isdigit() and len(text) < 9 else 1


@dataclass(slots=True)
class Tables:
    """Reads the tables of one text."""

    words: Words
    budget: Budget

    def read(self, element: _Element, number: int) -> list[Table]:
        """The table at that number, or the one that it only frames; none where nothing of it is shown."""
        framed = _framed(element)
        if framed is not None:
            return self.read(framed, number)
        cells: list[Cell] = []
        places: list[Locator] = []
        for index, row in enumerate(rows_of(element)):
            place = Locator(table=number, row=index)
            self.words.place = f"table {number + 1}, row {index + 1}"
            if row.get(f"{TABLE}visibility") in ("collapse", "filter"):
                self.words.findings.hide("hidden rows", self.words.place, place)
                continue
            cells += self._row(row, len(places), place, 0)
            places.append(place)
        return [build(cells, places, Locator(table=number))] if cells else []

    def _row(self, row: _Element, index: int, place: Locator, depth: int) -> list[Cell]:
        column, cells = 0, []
        behind = self.words.styles.look("table-row", row.get(f"{TABLE}style-name")).fill
        for element in row:
            if element.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            for _ in range(count(element, "number-columns-repeated")):
                self.budget.take_cells()
                if element.tag == f"{TABLE}table-cell":
                    cells.append(self._cell(element, index, column, place, depth, behind))
                column += 1
        return cells

    def _cell(
        self,
        element: _Element,
        row: int,
        column: int,
        place: Locator,
        depth: int,
        behind: tuple[float, float, float] | None,
    ) -> Cell:
        texts, inks = [], []
        for part, label, level in inside(self.words, element):
            if part.tag == f"{TABLE}table":
                texts.append(self._nested(part, depth + 1))
                continue
            paragraph = self.words.paragraph(part, label, level)
            texts.append(paragraph.shown)
            if paragraph.text:
                inks.append(paragraph.colour)
        while self.words.boxes:
            texts += [self.words.paragraph(part).shown for part in self.words.boxes.pop(0).iter(f"{TEXT}p")]
        look = self.words.styles.look("table-cell", element.get(f"{TABLE}style-name"))
        ink = inks[0] if inks and len(set(inks)) == 1 else None
        return Cell(
            "\n".join(text for text in texts if text),
            row,
            column,
            place,
            count(element, "number-rows-spanned"),
            count(element, "number-columns-spanned"),
            named(look.fill) or ink or named(behind),
        )

    def _nested(self, element: _Element, depth: int) -> str:
        if depth > _DEEPEST:
            raise self.budget.too_much("tables inside tables, too deep to be a plan")
        rows = ([cell.text for cell in self._row(row, 0, Locator(), depth)] for row in rows_of(element))
        return as_text(rows)


def _framed(element: _Element) -> _Element | None:
    """The table for which this one is only a frame: a single cell that holds nothing else."""
    cells = [cell for row in rows_of(element) for cell in row.iterchildren(f"{TABLE}table-cell")]
    if len(cells) != 1 or any("".join(part.itertext()).strip() for part in cells[0].iterchildren(f"{TEXT}p")):
        return None
    inner = cells[0].findall(f"{TABLE}table")
    return inner[0] if len(inner) == 1 else None
