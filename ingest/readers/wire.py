"""Documents as plain data and back, for the way from the process that parses to the one that asked.

JSON, because the parsing process is not trusted: what it sends can be wrong, but it cannot run anything here.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.records import Block, BlockKind, Cell, Document, Locator, Rag, ReadWarning, Row, Table


def pack(document: Document) -> dict[str, Any]:
    """The document as JSON can hold it. Places that several things share are sent once."""
    places: dict[Locator | None, int] = {}

    def at(locator: Locator | None) -> int:
        return places.setdefault(locator, len(places))

    items = [_pack_block(item, at) if isinstance(item, Block) else _pack_table(item, at) for item in document.items]
    warnings = [[warning.words, at(warning.locator)] for warning in document.warnings]
    lines = [[locator.line_start, locator.line_end, text] for locator, text in document.lines]
    invisible = [at(locator) for locator in document.invisible]
    return {
        "name": document.name,
        "format": document.format,
        "items": items,
        "warnings": warnings,
        "title": document.title,
        "restricted": document.restricted,
        "lines": lines,
        "invisible": invisible,
        "places": [place.as_dict() if place is not None else None for place in places],
    }


def unpack(data: dict[str, Any]) -> Document:
    """The document that `pack` packed. Raises KeyError, TypeError, ValueError or IndexError for other data."""
    places = [Locator.from_dict(place) if place is not None else None for place in data["places"]]
    return Document(
        name=str(data["name"]),
        format=str(data["format"]),
        items=tuple(_unpack_item(item, places) for item in data["items"]),
        warnings=tuple(ReadWarning(str(words), places[at]) for words, at in data["warnings"]),
        title=data["title"],
        restricted=bool(data["restricted"]),
        lines=tuple((Locator(line_start=start, line_end=end), str(text)) for start, end, text in data["lines"]),
        invisible=tuple(_place(places, at) for at in data["invisible"]),
    )


def _pack_block(block: Block, at: Any) -> list[Any]:
    return [block.kind.value, block.text, at(block.locator), block.level]


def _pack_table(table: Table, at: Any) -> list[Any]:
    rows = [[at(row.locator), row.sure, [_pack_cell(cell, at) for cell in row.cells]] for row in table.rows]
    return ["table", table.width, at(table.locator), rows]


def _pack_cell(cell: Cell, at: Any) -> list[Any]:
    value = cell.value.isoformat() if cell.value is not None else None
    marks = cell.hidden + 2 * cell.unread_rule + 4 * cell.head + 8 * cell.struck
    colour = cell.colour.value if cell.colour is not None else None
    return [cell.text, cell.row, cell.column, at(cell.locator), cell.row_span, cell.column_span, colour, value, marks]


def _unpack_item(item: list[Any], places: list[Locator | None]) -> Block | Table:
    if item[0] == "table":
        _, width, place, rows = item
        return Table(tuple(_unpack_row(row, places) for row in rows), int(width), _place(places, place))
    kind, text, place, level = item
    return Block(BlockKind(kind), str(text), _place(places, place), int(level))


def _unpack_row(row: list[Any], places: list[Locator | None]) -> Row:
    place, sure, cells = row
    return Row(tuple(_unpack_cell(cell, places) for cell in cells), _place(places, place), float(sure))


def _unpack_cell(cell: list[Any], places: list[Locator | None]) -> Cell:
    text, row, column, place, down, across, colour, value, marks = cell
    return Cell(
        str(text),
        int(row),
        int(column),
        _place(places, place),
        int(down),
        int(across),
        Rag(colour) if colour is not None else None,
        date.fromisoformat(value) if value is not None else None,
        bool(marks & 1),
        bool(marks & 2),
        bool(marks & 4),
        bool(marks & 8),
    )


def _place(places: list[Locator | None], at: int) -> Locator:
    place = places[at]
    if place is None:
        raise ValueError("a place is missing")
    return place
