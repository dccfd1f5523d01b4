"""A workbook's conditional formats, as the rules that all spreadsheets share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingest.readers.looks import named
from ingest.readers.sheets.rules import Area, Rule, Rules, areas_of
from ingest.readers.xlsx.colours import Palette
from ingest.readers.xlsx.icons import is_read

if TYPE_CHECKING:
    from lxml.etree import _Element

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
