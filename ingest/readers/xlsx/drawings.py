"""Text boxes and shapes that lie over a sheet: titles, notes, and keys of coloured shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.records import Block, BlockKind, Cell, Locator, Rag, Row, Table
from ingest.readers.archive import Archive
from ingest.readers.looks import Rgb, named, parse
from ingest.readers.sheets.seen import address

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHEET = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape with words, hung on the cell at (row, column), from 1."""

    text: str
    row: int
    column: int
    colour: Rag | None


def shapes_of(archive: Archive, part: str, theme: dict[str, Rgb]) -> list[Shape]:
    """The visible shapes with words on the sheet that is this part, from the top down."""
    shapes = []
    for name in archive.targets(part, "drawing"):
        for anchor in archive.xml(name):
            shapes += [shape for element in anchor.iter(f"{_SHEET}sp") if (shape := _shape(element, anchor, theme))]
    return sorted(shapes, key=lambda shape: (shape.row, shape.column))


def items_of(shapes: list[Shape], sheet: str) -> list[Block | Table]:
    """The shapes as blocks; shapes of two colours or more together as a key."""
    coloured = [shape for shape in shapes if shape.colour]
    is_key = len({shape.colour for shape in coloured}) > 1
    items: list[Block | Table] = [
        Block(BlockKind.PARAGRAPH, shape.text, _place(shape, sheet))
        for shape in shapes
        if not (is_key and shape.colour)
    ]
    if is_key:
        rows = tuple(
            Row((Cell(shape.text, number, 0, _place(shape, sheet), colour=shape.colour),), _place(shape, sheet))
            for number, shape in enumerate(coloured)
        )
        items.append(Table(rows, 1, rows[0].locator))
    return items


def _shape(element: _Element, anchor: _Element, theme: dict[str, Rgb]) -> Shape | None:
    about = element.find(f"{_SHEET}nvSpPr/{_SHEET}cNvPr")
    lines = ("".join(part.itertext(f"{_DRAWING}t")) for part in element.iter(f"{_DRAWING}p"))
    text = "\n".join(line.strip() for line in lines if line.strip())
    if not text or (about is not None and about.get("hidden") in ("1", "true")):
        return None
    fill = element.find(f"{_SHEET}spPr/{_DRAWING}solidFill")
    row, column = (_number(anchor.findtext(f"{_SHEET}from/{_SHEET}{name}")) for name in ("row", "col"))
    return Shape(text, row + 1, column + 1, named(_colour(fill, theme)) if fill is not None else None)


def _colour(fill: _Element, theme: dict[str, Rgb]) -> Rgb | None:
    for colour in fill:
        value = colour.get("val")
        return parse(value) or theme.get({"bg1": "lt1", "tx1": "dk1"}.get(value or "", value or ""))
    return None


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 8 else 0


def _place(shape: Shape, sheet: str) -> Locator:
    return Locator(sheet=sheet, row=shape.row, cells=address(shape.row, shape.column))
