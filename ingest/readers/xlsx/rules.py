"""What a workbook's sheet hides, and what its conditional formats and icon sets colour."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml.etree import _Element

from assistant.records import Rag
from ingest.readers.looks import named
from ingest.readers.sheets.rules import Area, Rule, Rules, areas_of
from ingest.readers.xlsx.looks import Palette

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
                and any(top <= place[0] <= low and left <= place[1] <= right for top, left, low, right in areas)
            }  # fmt: skip
            limits = _limits(rule.iconSet.cfvo, sorted(numbers.values()))
            lights = _LIGHTS[rule.iconSet.iconSet]
            lights = lights[::-1] if rule.iconSet.reverse else lights
            for place, number in numbers.items() if len(limits) == len(lights) else ():
                at = max(
                    (at for at, (least, equal) in enumerate(limits) if number > least or (equal and number == least)),
                    default=0,
                )
                found[place] = lights[at], rule.iconSet.showValue is not False
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


Shown = Callable[[int, int], str]
"""The text shown at (row, column), from 1."""

_LAST_COLUMN = 16_384


@dataclass(frozen=True, slots=True)
class Hidden:
    """Rows and columns from 1. `filtered` rows are hidden by a filter, so they are read all the same."""

    rows: frozenset[int]
    columns: frozenset[int]
    filtered: frozenset[int]


def hidden_parts(sheet: Any, used_rows: set[int], used_columns: set[int], shown: Shown) -> Hidden:
    """What is hidden among the rows and columns that hold something."""
    kept, others = sheet.row_dimensions, bool(sheet.sheet_format.zeroHeight)
    rows = {row for row in used_rows if (kept[row].hidden or kept[row].height == 0 if row in kept else others)}
    filters = [sheet.auto_filter, *(table.autoFilter for table in sheet.tables.values())]
    active = [each for each in filters if each is not None and each.ref and each.filterColumn]
    areas = [(filter_, area) for filter_ in active for area in areas_of(filter_.ref)]
    filtered = {row for row in rows if any(_left_out(filter_, area, row, shown) for filter_, area in areas)}
    # a group of columns is stored under its first letter only, with the numbers of its first and last
    columns: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden or dimension.width == 0:
            columns.update(range(dimension.min or 0, min(dimension.max or 0, _LAST_COLUMN) + 1))
    return Hidden(frozenset(rows - filtered), frozenset(columns & used_columns), frozenset(filtered))


def _left_out(filter_: Any, area: Area, row: int, shown: Shown) -> bool:
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
