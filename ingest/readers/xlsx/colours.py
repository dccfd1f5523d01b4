"""The colours of a workbook's cells: fills and letters, by value, theme with tint, or the old numbered palette."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.readers.looks import ORDER, Rgb, mixed, parse, tinted

if TYPE_CHECKING:
    from openpyxl.styles.colors import Color
    from openpyxl.styles.fills import Fill

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
