"""HTML tables to grids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from lxml.etree import _Element

from assistant.records import Cell, Locator, Table
from ingest.readers.building import Places, as_text, build
from ingest.readers.findings import CROSSED_OUT
from ingest.readers.html.text import Lines, Shown, colour_by_class
from ingest.readers.limits import Budget
from ingest.readers.looks import named

_MOST_COLUMNS = 1000
_MOST_ROWS = 65_534
_HEADINGS = "h1", "h2", "h3", "h4", "h5", "h6"


def rows_of(table: _Element) -> Iterator[_Element]:
    """The rows of a table itself, not of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def is_layout(table: _Element) -> bool:
    """Whether a table only arranges a page: it says so, or it is a frame of few cells around tables or headings."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return True
    cells = [cell for row in rows_of(table) for cell in row if cell.tag in ("td", "th")]
    inner = [inside for inside in table.iter("table") if inside is not table]
    if inner and len(cells) <= 6:
        largest = max(sum(1 for _ in rows_of(inside)) for inside in inner)
        return len(cells) == 1 or largest > sum(1 for _ in rows_of(table))
    return len(cells) == 1 and any(True for _ in table.iter(*_HEADINGS))


@dataclass(slots=True)
class Tables:
    """Reads the tables of one page."""

    shown: Shown
    budget: Budget

    def read(self, table: _Element, number: int) -> Table | None:
        """The table at that number; None where nothing of it is shown."""
        cells: list[Cell] = []
        locators: list[Locator] = []
        places = Places()
        for index, row in enumerate(rows_of(table)):
            if self.shown.skips(row):
                continue
            place = Locator(table=number, row=index)
            places.next_row()
            column = 0
            for element in row:
                if element.tag in ("td", "th") and not self.shown.skips(element):
                    self.budget.take_cells()
                    cell = self._cell(element, len(locators), place)
                    column = places.place(column, cell.row_span, cell.column_span)
                    cells.append(replace(cell, column=column))
                    column += cell.column_span
            locators.append(place)
        return build(cells, locators, Locator(table=number)) if any(cell.text for cell in cells) else None

    def _cell(self, element: _Element, row: int, place: Locator) -> Cell:
        lines = Lines(self.shown)
        inner = [table for table in element.iter("table") if table is not element]
        outer = [table for table in inner if not any(above in inner for above in table.iterancestors("table"))]
        for table in outer:
            self._flatten(table)
        lines.read(element)
        parent = element.getparent()
        styles = self.shown.styles
        whole = styles.strikes(element) or (parent is not None and styles.strikes(parent))
        struck = (whole and bool(lines.text)) or (bool(lines.crossed) and not lines.text)
        if struck or lines.crossed:
            where = f"table {(place.table or 0) + 1}, row {(place.row or 0) + 1}"
            self.shown.findings.gather(CROSSED_OUT, where, place)
        fill = named(styles.ground(element)) or colour_by_class(element)
        row_fill = named(styles.ground(parent)) if parent is not None else None
        down = _span(element.get("rowspan"), _MOST_ROWS)
        return Cell(
            lines.text or " ".join(lines.crossed),
            row,
            0,
            place,
            _MOST_ROWS if element.get("rowspan") == "0" else down,
            _span(element.get("colspan"), _MOST_COLUMNS),
            fill or lines.colour or named(styles.ink(element)) or row_fill,
            _date_of(element, lines.text),
            head=element.tag == "th",
            struck=struck,
        )

    def _flatten(self, table: _Element) -> None:
        """Write a table inside a cell as lines of that cell."""
        rows = [
            [Lines(self.shown).read(cell).text for cell in row if cell.tag in ("td", "th")] for row in rows_of(table)
        ]
        text, tail = as_text(rows), table.tail
        table.clear()
        table.tag, table.tail = "div", tail
        for number, line in enumerate(text.split("\n")):
            part = table.makeelement("div")
            part.text = line
            table.insert(number, part)


def _span(text: str | None, most: int) -> int:
    match = re.match(r"\s*(\d{1,6})", text or "")
    return min(most, max(1, int(match[1]))) if match else 1


def _date_of(element: _Element, text: str) -> date | None:
    """The date of a cell whose words are one time element with a whole date."""
    times = list(element.iter("time"))
    if len(times) != 1 or " ".join("".join(times[0].itertext()).split()) != text:
        return None
    try:
        return date.fromisoformat((times[0].get("datetime") or "")[:10])
    except ValueError:
        return None
