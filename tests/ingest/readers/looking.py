"""Ways to look at a document that a reader made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from assistant.records import Block, BlockKind, Cell, Document, Rag, Table


def tables(document: Document) -> list[Table]:
    return [item for item in document.items if isinstance(item, Table)]


def blocks(document: Document, *kinds: BlockKind) -> list[str]:
    """The texts of the blocks, of those kinds or of all but furniture."""
    wanted = kinds or tuple(kind for kind in BlockKind if kind is not BlockKind.FURNITURE)
    return [item.text for item in document.items if isinstance(item, Block) and item.kind in wanted]


def grid(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def cell(table: Table, row: int, column: int) -> Cell:
    """The cell at a place of the grid, also where it is covered by a merged one."""
    found = [
        cell
        for line in table.rows
        for cell in line.cells
        if cell.row <= row < cell.row + cell.row_span and cell.column <= column < cell.column + cell.column_span
    ]
    assert len(found) == 1, f"{len(found)} cells at row {row}, column {column}"
    return found[0]


def colours(table: Table, column: int) -> list[Rag | None]:
    return [cell(table, row, column).colour for row in range(len(table.rows))]


def told(document: Document) -> str:
    """All warnings as one text."""
    return "\n".join(warning.words for warning in document.warnings)


def rewritten(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """A packed file with one of its parts changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            text = old.read(entry)
            new.writestr(entry, change(text.decode()) if entry == name else text)
    return target.getvalue()
