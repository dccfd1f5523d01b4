"""One sheet as an officer sees it: the words and colours of every cell that shows something."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lxml.etree import _Element

from assistant.records import Locator
from ingest.readers.findings import CROSSED_OUT, Findings
from ingest.readers.looks import Rgb, as_shown, named
from ingest.readers.sheets.regions import Seen, address, letters
from ingest.readers.sheets.rules import Area, Rules, areas_of
from ingest.readers.xlsx.colours import WHITE, Palette
from ingest.readers.xlsx.numbers import shown, shows_day
from ingest.readers.xlsx.rules import Hidden, Icons, hidden_parts, icons_of

_TINY = 2.0
"""Letters of so many points or fewer are not there to be read."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True, slots=True)
class Look:
    """A cell style worked out."""

    fill: Rgb | None
    ink: Rgb | None
    bold: bool
    size: float | None
    code: str
    number_id: int | None
    link: bool
    struck: bool
    font: str | None


@dataclass(slots=True)
class Sheet:
    """Reads one worksheet. Cells, rows and columns are numbered from 1, as in the workbook."""

    sheet: Any
    palette: Palette
    rules: Rules
    findings: Findings
    _looks: dict[int, Look] = field(default_factory=dict)
    _icons: Icons = field(default_factory=dict)

    def seen(self) -> dict[tuple[int, int], Seen]:
        """Every visible cell that shows words or a colour, by its place."""
        cells = self._cells()
        self._icons = icons_of(self.sheet)
        merged = {(area[0], area[1]): area for area in self._merged()}
        used_rows = {row for row, _ in cells}
        used_columns = {column for _, column in cells}
        hidden = hidden_parts(self.sheet, used_rows, used_columns, self._shown)
        found = {}
        for (row, column), cell in cells.items():
            area = merged.get((row, column), (row, column, row, column))
            place = _first_visible(area, hidden)
            if place is None:
                self._report(cell, row, column, hidden)
                continue
            seen = self._see(cell, place, area)
            if seen is not None:
                found[place] = seen
        self._report_filter(hidden)
        return found

    def _cells(self) -> dict[tuple[int, int], Any]:
        # The public iter_rows makes a cell for every place up to the farthest, in a hostile sheet XFD1048576.
        return dict(sorted(self.sheet._cells.items()))

    def _merged(self) -> list[Area]:
        return [area for merged in self.sheet.merged_cells.ranges for area in areas_of(str(merged))]

    def _value(self, row: int, column: int) -> Any:
        cell = self.sheet._cells.get((row, column))
        return cell.value if cell is not None else None

    def _shown(self, row: int, column: int) -> str:
        cell = self.sheet._cells.get((row, column))
        look = self._look(cell) if cell is not None and cell.value is not None else None
        return shown(cell.value, look.code, look.number_id) if look is not None else ""

    def _look(self, cell: Any) -> Look:
        style = cell._style
        key = cell.style_id
        if key not in self._looks:
            font = cell.font
            self._looks[key] = Look(
                self.palette.fill(cell.fill),
                self.palette.rgb(font.color) if font is not None else None,
                bool(font is not None and font.b),
                font.sz if font is not None else None,
                cell.number_format or "General",
                style.numFmtId if style.numFmtId < 164 else None,
                bool(font is not None and font.u),
                bool(font is not None and font.strike),
                font.name if font is not None else None,
            )
        return self._looks[key]

    def _see(self, cell: Any, place: tuple[int, int], area: Area) -> Seen | None:
        look = self._look(cell)
        text, struck = self._words(cell, look, place)
        verdict = self.rules.verdict(area[0], area[1], self._value)
        light, beside = self._icons.get((area[0], area[1]), (None, True))
        text = text if beside else ""
        fill = light or (verdict.fill if verdict.filled else named(look.fill))
        if text.strip() and look.size is not None and look.size <= _TINY:
            self.findings.hide("letters too small to be seen", self._name(*place), self.locator(*place))
            text = ""
        if text.strip() and self._same_as_ground(look, verdict.filled, place):
            self.findings.hide("text in the colour of its cell", self._name(*place), self.locator(*place))
            text = ""
        if cell.value not in (None, "") and not text and not isinstance(cell.value, str | list) and beside:
            self.findings.hide("values that their format hides", self._name(*place), self.locator(*place))
        if not text.strip() and fill is None and not verdict.unread:
            return None
        ink = verdict.ink or (named(look.ink) if not look.link else None)
        value = cell.value if isinstance(cell.value, date) and shows_day(look.code, look.number_id) else None
        return Seen(
            text,
            *place,
            *area[2:],
            colour=None if verdict.unread else fill or (ink if text.strip() else None),
            value=value.date() if isinstance(value, datetime) else value,
            unread_rule=verdict.unread,
            bold=look.bold,
            filled=look.fill is not None and look.fill != WHITE,
            size=look.size,
            struck=struck,
        )

    def _words(self, cell: Any, look: Look, place: tuple[int, int]) -> tuple[str, bool]:
        """The text that a cell shows, and whether all of it is crossed out; crossed-out parts of it are left out."""
        if cell.data_type == "e":
            error = f"Cells that show an error ({cell.value}) are read as empty"
            self.findings.gather(error, self._name(*place), self.locator(*place))
            return "", False
        parts = cell.value if isinstance(cell.value, list) else ()
        if not parts and not look.struck:
            return as_shown(shown(cell.value, look.code, look.number_id), look.font), False
        runs = [(str(part), getattr(part, "font", None)) for part in parts] or [
            (shown(cell.value, look.code, look.number_id), None)
        ]
        runs = [(as_shown(text, font.rFont if font is not None else look.font), font) for text, font in runs]
        gone = [look.struck if font is None or font.strike is None else bool(font.strike) for _, font in runs]
        told = [text for text, _ in runs if text.strip()]
        kept = [text for (text, _), struck in zip(runs, gone, strict=True) if not struck]
        struck = bool(told) and not "".join(kept).strip()
        if told and any(gone):
            self.findings.gather(CROSSED_OUT, self._name(*place), self.locator(*place))
        return (
            "".join(text for text, _ in runs) if struck else "".join(kept).strip() if any(gone) else "".join(kept)
        ), struck

    def _same_as_ground(self, look: Look, coloured_by_rule: bool, place: tuple[int, int]) -> bool:
        """White on white, or any letters in the colour of their fill; a table's own style may fill behind them."""
        if look.ink is None or coloured_by_rule or look.ink != (look.fill or WHITE):
            return False
        areas = (area for table in self.sheet.tables.values() for area in areas_of(table.ref))
        return look.fill is not None or not any(_within(area, *place) for area in areas)

    def locator(self, row: int, column: int) -> Locator:
        return Locator(sheet=self.sheet.title, row=row, cells=address(row, column))

    def _name(self, row: int, column: int) -> str:
        return f"sheet {self.sheet.title}, {address(row, column)}"

    def _report(self, cell: Any, row: int, column: int, hidden: Hidden) -> None:
        if cell.value in (None, ""):
            return
        if row in hidden.rows:
            self.findings.hide("hidden rows", f"sheet {self.sheet.title}, row {row}", self.locator(row, column))
        else:
            name = letters(column)
            self.findings.hide("hidden columns", f"sheet {self.sheet.title}, column {name}", self.locator(row, column))

    def _report_filter(self, hidden: Hidden) -> None:
        if hidden.filtered:
            rows = ", ".join(str(row) for row in sorted(hidden.filtered)[:12])
            more = f" and {len(hidden.filtered) - 12} more" if len(hidden.filtered) > 12 else ""
            self.findings.note(
                f"Sheet {self.sheet.title}: a filter leaves out rows {rows}{more}. That is only a view: they were read."
            )


def uncalculated(root: _Element) -> list[str]:
    """The cells of a sheet's XML whose formula has no stored result; nothing is calculated here."""
    return [
        cell.get("r", "")
        for cell in root.iter(f"{_MAIN}c")
        if cell.find(f"{_MAIN}f") is not None and not cell.findtext(f"{_MAIN}v") and cell.find(f"{_MAIN}is") is None
    ]


def _first_visible(area: Area, hidden: Hidden) -> tuple[int, int] | None:
    """Where a merged cell's text shows: in the first of its places that is not hidden."""
    top, left, low, right = area
    row = next((row for row in range(top, low + 1) if row not in hidden.rows), None)
    column = next((column for column in range(left, right + 1) if column not in hidden.columns), None)
    return None if row is None or column is None else (row, column)


def _within(area: Area, row: int, column: int) -> bool:
    return area[0] <= row <= area[2] and area[1] <= column <= area[3]
