"""The tables of a document as they stand, for a reader who opens the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.records import Cell, Document, Locator, SourceCell, SourceRow, Table
from ingest.layout.drafts import LineRoles

_PLAIN = LineRoles("line")


def source_rows(document: Document, known: Mapping[Locator, LineRoles]) -> Iterator[SourceRow]:
    """Every line of the tables with the cells that can be seen, each with what it says where that is known."""
    tables = (item for item in document.items if isinstance(item, Table))
    for number, table in enumerate(tables):
        for row in table.rows:
            line = known.get(row.locator, _PLAIN)
            cells = tuple(_shown(cell, line) for cell in row.cells if not cell.hidden)
            if cells and line.kind != "rule":
                yield SourceRow(number, row.locator, cells, line.kind == "header")


def _shown(cell: Cell, line: LineRoles) -> SourceCell:
    role = line.roles[cell.column] if cell.column < len(line.roles) else None
    says = role.value if role and (cell.text.strip() or cell.colour) else None
    return SourceCell(cell.text, cell.column, cell.row_span, cell.column_span, cell.colour, says)
