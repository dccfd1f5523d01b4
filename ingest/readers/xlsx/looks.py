"""How a workbook shows things: number formats, the colours of cells, text boxes and shapes over its sheets."""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
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


Value = str | int | float | bool | datetime | date | time | timedelta | None

_SHORT_DATES = {14: "dd/mm/yyyy", 22: "dd/mm/yyyy hh:mm"}
"""Built-in formats that follow the machine's own country, which for a council is ours."""

_LONGEST_CODE = 255
"""No program writes a longer number format."""
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')
_DATE_TOKEN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|am/pm|a/p|y+|m+|d+|h+|s+(?:\.0+)?|.', re.IGNORECASE)
_DIGITS = re.compile(r"[#0?,.]*[#0?][#0?,.]*")


def shown(value: Value, code: str, number_id: int | None = None) -> str:
    """The text that an officer sees. `code` is the number format, `number_id` its built-in number where it has one."""
    code = code[:_LONGEST_CODE]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return _text(value, code)
    if isinstance(value, datetime | date | time):
        return _moment(value, _SHORT_DATES.get(number_id or 0, code))
    if isinstance(value, timedelta):
        hours, rest = divmod(int(value.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
    return _number(value, code) if math.isfinite(value) else str(value)


def shows_day(code: str, number_id: int | None = None) -> bool:
    """Whether a date format names the day of the month; "mmm-yy" does not, so its cells state a month."""
    tokens = _tokens(_SHORT_DATES.get(number_id or 0, code[:_LONGEST_CODE]))
    return any(token.lower() in ("d", "dd") for token in tokens)


def _text(value: str, code: str) -> str:
    sections = _sections(code)
    if len(sections) < 4:
        return "" if len(sections) == 3 and not any(sections) and code.strip() else value
    return _QUOTED.sub(lambda match: match[1] or match[2] or "", sections[3]).replace("@", value) if sections[3] else ""


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[str, ...]:
    """The format for positive, negative and zero numbers, and for text."""
    parts, part, quoted = [], "", False
    for letter in code:
        quoted ^= letter == '"'
        if letter == ";" and not quoted:
            parts.append(part)
            part = ""
        else:
            part += letter
    return (*parts, part)


@lru_cache(maxsize=512)
def _tokens(code: str) -> tuple[str, ...]:
    return tuple(_DATE_TOKEN.findall(_sections(code)[0]))


_FORMS = {
    "y": "%y", "yy": "%y", "yyy": "%Y", "d": "%d", "dd": "%d", "ddd": "%a", "dddd": "%A",
    "m": "%m", "mm": "%m", "mmm": "%b", "mmmm": "%B", "mmmmm": "%b", "h": "%H", "hh": "%H", "s": "%S", "ss": "%S",
    "am/pm": "%p", "a/p": "%p",
}  # fmt: skip


def _moment(value: datetime | date | time, code: str) -> str:
    tokens = [token.lower() for token in _tokens(code)]
    halves = not {"am/pm", "a/p"}.isdisjoint(tokens)
    text, before = "", ""
    for index, token in enumerate(_tokens(code)):
        kind = tokens[index]
        form = _FORMS.get(kind.partition(".")[0], "%Y" if kind[0] == "y" else "")
        after = next((other[0] for other in tokens[index + 1 :] if other[0] in "ymdhs"), "")
        if kind in ("m", "mm") and (before == "h" or after == "s"):
            form = "%M"
        elif form == "%H" and halves:
            form = "%I"
        if not form:
            text += (
                token if len(token) == 1 else token[1:-1] if token[0] == '"' else token[1:] if token[0] == "\\" else ""
            )
        elif not isinstance(value, time) or form in ("%H", "%I", "%M", "%S", "%p"):
            part = value.strftime(form)
            text += (
                (part.lstrip("0") or "0") if kind in ("d", "m", "h", "s") else part[: 1 if kind == "mmmmm" else None]
            )
        before = kind[0] if kind[0] in "ymdhs" else before
    return text.strip()


def _number(value: int | float, code: str) -> str:
    sections = _sections(code)
    if len(sections) > 1 and not any(sections):
        return ""
    if value < 0 and len(sections) > 1:
        section, value = sections[1], -value
    else:
        section = sections[2] if value == 0 and len(sections) > 2 else sections[0]
    bare = _QUOTED.sub(lambda match: match[1] or match[2] or "", section)
    if not section or "general" in bare.lower() or section == "@" or not (digits := _DIGITS.search(bare)):
        return _general(value) if section or len(sections) == 1 else ""
    if "E+" in bare or "/" in bare:
        return _general(value)
    percent = "%" in bare
    number = _fixed(Decimal(repr(value)) * (100 if percent else 1), digits[0])
    return (bare[: digits.start()] + number + bare[digits.end() :]).strip()


def _fixed(number: Decimal, digits: str) -> str:
    whole, _, after = digits.partition(".")
    least = after.count("0")
    most = sum(after.count(sign) for sign in "0#?")
    rounded = number.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP) if abs(number) < 10**20 else number
    text = f"{abs(rounded):,f}" if "," in whole else f"{abs(rounded):f}"
    left, _, right = text.partition(".")
    right = right[:least] + right[least:].rstrip("0")
    left = left.zfill(whole.replace(",", "").count("0")) if "," not in whole else left
    return ("-" if rounded < 0 else "") + (f"{left}.{right}" if right else left)


def _general(value: int | float) -> str:
    if isinstance(value, int) or value == int(value):
        return str(int(value)) if abs(value) < 10**15 else f"{value:.5E}"
    return f"{value:.10g}"
