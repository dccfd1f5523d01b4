"""The colours of a workbook's cells, and the text boxes and shapes that lie over its sheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml.etree import _Element
from openpyxl.styles.colors import Color
from openpyxl.styles.fills import Fill

from assistant.records import Block, BlockKind, Cell, Locator, Rag, Row, Table
from ingest.readers.archive import Archive
from ingest.readers.looks import ORDER, Rgb, drawn_colour, mixed, named, parse, tinted
from ingest.readers.sheets.regions import address

WHITE: Rgb = (1.0, 1.0, 1.0)
_SYSTEM = 64
"""From this number on the palette means the colours of the reader's own screen."""
_DENSE = {"darkGray": 0.75, "mediumGray": 0.5, "lightGray": 0.25, "gray125": 0.125, "gray0625": 0.0625}
_LINES = 0.4
"""About what share of a cell its hatched patterns ink."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours that a workbook's styles refer to."""

    theme: dict[str, Rgb]
    numbered: tuple[str, ...]

    def rgb(self, colour: Color | None) -> Rgb | None:
        """The colour, or None where it is automatic or not given."""
        if colour is None:
            return None
        base: Rgb | None = None
        if colour.type == "rgb" and isinstance(colour.rgb, str):
            base = parse(colour.rgb[-6:]) if len(colour.rgb) in (6, 8) else None
        elif colour.type == "theme" and isinstance(colour.theme, int) and 0 <= colour.theme < len(ORDER):
            base = self.theme.get(ORDER[colour.theme])
        elif colour.type == "indexed" and isinstance(colour.indexed, int) and 0 <= colour.indexed < _SYSTEM:
            base = parse(self.numbered[colour.indexed][-6:]) if colour.indexed < len(self.numbered) else None
        tint = colour.tint if isinstance(colour.tint, int | float) else 0.0
        return tinted(base, tint) if base is not None and tint else base

    def fill(self, fill: Fill | None) -> Rgb | None:
        """What a cell's fill looks like; None where the cell has none."""
        if fill is None:
            return None
        stops: Any = getattr(fill, "stop", None)
        if stops:
            return self.rgb(stops[len(stops) // 2].color)
        pattern = getattr(fill, "patternType", None)
        if not pattern or pattern == "none":
            return None
        front = self.rgb(fill.fgColor)
        if pattern == "solid":
            return front
        back = self.rgb(fill.bgColor) or WHITE
        return mixed(front, back, _DENSE.get(pattern, _LINES)) if front is not None else None

    def rule_fill(self, fill: Fill | None) -> Rgb | None:
        """What a conditional format fills with: there the background colour is the one that shows."""
        if fill is None or getattr(fill, "stop", None):
            return self.fill(fill)
        pattern = getattr(fill, "patternType", None)
        if pattern not in (None, "solid"):
            return self.fill(fill)
        back = fill.bgColor
        empty = back is None or (back.type == "rgb" and back.rgb == "00000000")
        return self.rgb(fill.fgColor) if empty and pattern == "solid" else None if empty else self.rgb(back)


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
    places = (anchor.findtext(f"{_SHEET}from/{_SHEET}{name}") or "" for name in ("row", "col"))
    row, column = (int(place) if place.isdigit() and len(place) < 8 else 0 for place in places)
    return Shape(text, row + 1, column + 1, named(drawn_colour(fill, theme)))


def _place(shape: Shape, sheet: str) -> Locator:
    return Locator(sheet=sheet, row=shape.row, cells=address(shape.row, shape.column))
