"""How a workbook shows things: number formats, colours, text boxes over its sheets; what conditional formats and icons
colour, and what is hidden."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import chain
from typing import Any

from lxml.etree import _Element
from openpyxl.styles.colors import Color
from openpyxl.styles.fills import Fill

from assistant.records import Rag
from ingest.readers.archive import Archive
from ingest.readers.looks import ORDER, WHITE, Rgb, drawn_colour, mixed, named, parse, tinted, whole
from ingest.readers.sheets.regions import Seen
from ingest.readers.sheets.rules import Area, Rule, Rules, areas_of, within

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


def shapes_of(archive: Archive, part: str, theme: dict[str, Rgb]) -> list[Seen]:
    """The visible shapes with words on the sheet that is this part, from the top down, at the cells they hang on."""
    shapes = []
    for anchor in (anchor for name in archive.targets(part, "drawing") for anchor in archive.xml(name)):
        places = (anchor.findtext(f"{_SHEET}from/{_SHEET}{name}") or "" for name in ("row", "col"))
        row, column = (whole(place) + 1 for place in places)
        for element in anchor.iter(f"{_SHEET}sp"):
            about = element.find(f"{_SHEET}nvSpPr/{_SHEET}cNvPr")
            lines = ("".join(part.itertext(f"{_DRAWING}t")).strip() for part in element.iter(f"{_DRAWING}p"))
            text = "\n".join(filter(None, lines))
            if text and (about is None or about.get("hidden") not in ("1", "true")):
                colour = named(drawn_colour(element.find(f"{_SHEET}spPr/{_DRAWING}solidFill"), theme))
                shapes.append(Seen(text, row, column, row, column, colour))
    return sorted(shapes, key=lambda shape: (shape.row, shape.column))


Value = str | int | float | bool | datetime | date | time | timedelta | None

SHORT_DATES = {14: "dd/mm/yyyy", 22: "dd/mm/yyyy hh:mm"}
"""Built-in formats that follow the machine's own country, which for a council is ours."""

_LONGEST_CODE = 255
"""No program writes a longer number format."""
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')
_DATE_TOKEN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|am/pm|a/p|y+|m+|d+|h+|s+(?:\.0+)?|.', re.IGNORECASE)
_DIGITS = re.compile(r"[#0?,.]*[#0?][#0?,.]*")


def shown(value: Value, code: str | None) -> str:
    """The text that an officer sees. `code` is the number format."""
    code = (code or "General")[:_LONGEST_CODE]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return _text(value, code)
    if isinstance(value, datetime | date | time):
        return _moment(value, code)
    if isinstance(value, timedelta):
        hours, rest = divmod(int(value.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
    return _number(value, code) if math.isfinite(value) else str(value)


def shows_day(code: str | None) -> bool:
    """Whether a date format names the day of the month; "mmm-yy" does not, so its cells state a month."""
    return any(token.lower() in ("d", "dd") for token in _tokens((code or "")[:_LONGEST_CODE]))


def _text(value: str, code: str) -> str:
    sections = _sections(code)
    if len(sections) < 4:
        return "" if len(sections) == 3 and not any(sections) and code.strip() else value
    return _QUOTED.sub(lambda match: match[1] or match[2] or "", sections[3]).replace("@", value) if sections[3] else ""


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[str, ...]:
    """The format for positive, negative and zero numbers, and for text."""
    return tuple(re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code))


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


# ---------------------------------------------------------------- rules, icons, hidden parts

_EXTENSION = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}conditionalFormatting"
_EXTENSION_RANGE = "{http://schemas.microsoft.com/office/excel/2006/main}sqref"


def read_rules(sheet: Any, root: _Element | None, palette: Palette) -> Rules:
    """The rules of a sheet; `root` is its XML, for the newer rules that the library leaves out."""
    rules = []
    for formatting in sheet.conditional_formatting:
        areas = areas_of(str(formatting.sqref))
        rules += [_rule(rule, areas, palette) for rule in formatting.rules if areas and not is_read(rule)]
    for extension in root.iter(_EXTENSION) if root is not None else ():
        areas = areas_of(extension.findtext(_EXTENSION_RANGE) or "")
        kinds = {part.get("type") for part in extension if str(part.tag).endswith("}cfRule")}
        if areas and kinds != {"dataBar"}:
            rules.append(Rule(areas, "extension", 0, None, None, True))
    return Rules(sorted(rules, key=lambda rule: rule.priority))


def _rule(rule: Any, areas: tuple[Area, ...], palette: Palette) -> Rule:
    look = rule.dxf
    fill = palette.rule_fill(look.fill) if look is not None else None
    ink = palette.rgb(look.font.color) if look is not None and look.font is not None else None
    pictures = rule.type in ("colorScale", "iconSet")
    return Rule(
        areas,
        str(rule.type),
        int(rule.priority or 0),
        named(fill),
        named(ink),
        fill is not None or pictures,
        str(rule.operator or ""),
        tuple(str(formula) for formula in rule.formula or ()),
        str(rule.text or ""),
        bool(rule.stopIfTrue),
    )


_THREE = (Rag.RED, Rag.AMBER, Rag.GREEN)
_LIGHTS: dict[str, tuple[Rag | None, ...]] = {
    "3TrafficLights1": _THREE, "3TrafficLights2": _THREE, "3Signs": _THREE, "3Symbols": _THREE, "3Symbols2": _THREE,
    "3Flags": _THREE, "4TrafficLights": (None, *_THREE),
}  # fmt: skip
"""From the lowest number up. Arrows, bars and stars are left out: they show a direction or a size, no rating."""

Icons = dict[tuple[int, int], tuple[Rag | None, bool]]
"""By row and column, from 1: the light, and whether the number stands beside it."""


def is_read(rule: Any) -> bool:
    """True for a rule whose icons `icons_of` tells."""
    return rule.type == "iconSet" and rule.iconSet is not None and rule.iconSet.iconSet in _LIGHTS


def icons_of(sheet: Any) -> Icons:
    """The lights of a sheet."""
    found: Icons = {}
    for formatting in sheet.conditional_formatting:
        areas = areas_of(str(formatting.sqref))
        for rule in filter(is_read, formatting.rules):
            numbers = {
                place: float(cell.value)
                for place, cell in sheet._cells.items()
                if isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
                and within(place[0], place[1], areas)
            }  # fmt: skip
            limits = _limits(rule.iconSet.cfvo, sorted(numbers.values()))
            lights = _LIGHTS[rule.iconSet.iconSet]
            lights = lights[::-1] if rule.iconSet.reverse else lights
            for place, number in numbers.items() if len(limits) == len(lights) else ():
                passed = (at for at, (least, own) in enumerate(limits) if number > least or (own and number == least))
                found[place] = lights[max(passed, default=0)], rule.iconSet.showValue is not False
    return found


def _limits(marks: Sequence[Any], numbers: Sequence[float]) -> list[tuple[float, bool]]:
    """From which number on each light shows, and whether that number itself has it; nothing where it is a formula."""
    limits = []
    for mark in marks if numbers else ():
        try:
            value = float(mark.val or 0)
        except ValueError:
            return []
        if mark.type == "percent":
            value = numbers[0] + (numbers[-1] - numbers[0]) * value / 100
        elif mark.type == "percentile":
            value = numbers[round((len(numbers) - 1) * value / 100)]
        elif mark.type != "num":
            return []
        limits.append((value, mark.gte is not False))
    return limits


_LAST_COLUMN = 16_384


def hidden_parts(
    sheet: Any, used_rows: set[int], shown: Callable[[int, int], str]
) -> tuple[set[int], set[int], set[int]]:
    """What is hidden, from 1, among the rows that hold something: rows, columns, and the rows that a filter leaves out,
    which are read all the same. `shown` is the text at (row, column)."""
    kept, others = sheet.row_dimensions, bool(sheet.sheet_format.zeroHeight)
    rows = {row for row in used_rows if (kept[row].hidden or kept[row].height == 0 if row in kept else others)}
    filters = [sheet.auto_filter, *(table.autoFilter for table in sheet.tables.values())]
    active = [each for each in filters if each is not None and each.ref and each.filterColumn]
    areas = [(filter_, area) for filter_ in active for area in areas_of(filter_.ref)]
    filtered = {row for row in rows if any(_left_out(filter_, area, row, shown) for filter_, area in areas)}
    # a group of columns is stored under its first letter only, with the numbers of its first and last
    hidden = (each for each in sheet.column_dimensions.values() if each.hidden or each.width == 0)
    columns = (range(each.min or 0, min(each.max or 0, _LAST_COLUMN) + 1) for each in hidden)
    return rows - filtered, set(chain(*columns)), filtered


def _left_out(filter_: Any, area: Area, row: int, shown: Callable[[int, int], str]) -> bool:
    """Whether the filter leaves the row out. A condition that is not a list of values is taken to do so."""
    top, left, low, _ = area
    if not top < row <= low:
        return False
    for column in filter_.filterColumn:
        values = column.filters
        if values is None or values.dateGroupItem:
            return True
        text = shown(row, left + int(column.colId or 0)).strip().lower()
        wanted = {str(value).strip().lower() for value in values.filter}
        if text not in wanted and not (values.blank and not text):
            return True
    return False
