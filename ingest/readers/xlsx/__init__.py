"""Excel workbooks: the visible cells of the visible sheets, as their formats show them, with their colours."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from lxml.etree import _Element
from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.utils import get_column_letter

from assistant.records import Document, Locator
from ingest.readers.archive import Archive, parse_xml
from ingest.readers.job import CROSSED_OUT, Job
from ingest.readers.looks import WHITE, Look, as_shown, named
from ingest.readers.sheets.regions import Seen, add_sheet, address, seen_of
from ingest.readers.sheets.rules import Area, Rules, areas_of, within
from ingest.readers.xlsx import looks

_TINY = 2.0
"""Letters of so many points or fewer are not there to be read."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(slots=True)
class Sheet:
    """Reads one worksheet. Cells, rows and columns are numbered from 1, as in the workbook."""

    sheet: Any
    palette: looks.Palette
    rules: Rules
    job: Job
    _looks: dict[int, Look] = field(default_factory=dict)
    _icons: looks.Icons = field(default_factory=dict)

    def seen(self) -> tuple[dict[tuple[int, int], Seen], set[int]]:
        """Every visible cell that shows words or a colour, by its place; and the rows that a filter leaves out."""
        # The public iter_rows makes a cell for every place up to the farthest, in a hostile sheet XFD1048576.
        cells = dict(sorted(self.sheet._cells.items()))
        self._icons = looks.icons_of(self.sheet)
        areas = (area for merged in self.sheet.merged_cells.ranges for area in areas_of(str(merged)))
        merged = {(area[0], area[1]): area for area in areas}
        rows, columns, filtered = looks.hidden_parts(self.sheet, {row for row, _ in cells}, self._shown)
        found = {}
        for (row, column), cell in cells.items():
            area = merged.get((row, column), (row, column, row, column))
            # a merged cell's text shows in the first of its places that is not hidden
            first_row = next((each for each in range(area[0], area[2] + 1) if each not in rows), None)
            first = next((each for each in range(area[1], area[3] + 1) if each not in columns), None)
            if first_row is None or first is None:
                if cell.value not in (None, ""):
                    letters = None if row in rows else get_column_letter(column)
                    where = Locator(sheet=self.sheet.title, row=row, cells=letters)
                    self.job.hide("hidden columns" if letters else "hidden rows", where, [str(cell.value)])
            elif (seen := self._see(cell, (first_row, first), area)) is not None:
                found[first_row, first] = seen
        return found, filtered

    def _shown(self, row: int, column: int) -> str:
        cell = self.sheet._cells.get((row, column))
        return looks.shown(cell.value, self._look(cell).code) if cell is not None else ""

    def _look(self, cell: Any) -> Look:
        if cell.style_id not in self._looks:
            font, fill = cell.font or Font(), self.palette.fill(cell.fill)
            code, ink = looks.SHORT_DATES.get(cell._style.numFmtId) or cell.number_format, self.palette.rgb(font.color)
            known = {"link": bool(font.u), "struck": bool(font.strike), "font": font.name, "code": code}
            self._looks[cell.style_id] = Look(bool(font.b), font.sz, ink, fill, **known)
        return self._looks[cell.style_id]

    def _see(self, cell: Any, place: tuple[int, int], area: Area) -> Seen | None:
        look = self._look(cell)
        text, struck = self._words(cell, look, place)
        verdict = self.rules.verdict(
            area[0], area[1], lambda row, column: getattr(self.sheet._cells.get((row, column)), "value", None)
        )
        light, beside = self._icons.get((area[0], area[1]), (None, True))
        text = text if beside else ""
        for what, unseen in (
            ("letters too small to be seen", look.size is not None and look.size <= _TINY),
            ("text in the colour of its cell", self._same_as_ground(look, verdict.filled, place)),
        ):
            if text.strip() and unseen:
                self.job.hide(what, self.locator(*place), [text])
                text = ""
        if cell.value not in (None, "") and not text and not isinstance(cell.value, str | list) and beside:
            self.job.hide("values that their format hides", self.locator(*place))
        ink = named(look.colour) if not look.link else None
        value = cell.value if isinstance(cell.value, date) and looks.shows_day(look.code) else None
        value = value.date() if isinstance(value, datetime) else value
        seen = seen_of(text, (*place, *area[2:]), look, verdict, ink, value, light)
        return replace(seen, struck=True) if seen is not None and struck else seen

    def _words(self, cell: Any, look: Look, place: tuple[int, int]) -> tuple[str, bool]:
        """The text that a cell shows, and whether all of it is crossed out; crossed-out parts of it are left out."""
        if cell.data_type == "e":
            error = f"Cells that show an error ({cell.value}) are read as empty"
            self.job.gather(error, self.locator(*place))
            return "", False
        rich = isinstance(cell.value, list)
        kept, gone = "", ""
        for part in cell.value if rich else (cell.value,):
            font = getattr(part, "font", None)
            text = str(part) if rich else looks.shown(part, look.code)
            text = as_shown(text, font.rFont if font is not None else look.font)
            struck = look.struck if font is None or font.strike is None else bool(font.strike)
            kept, gone = (kept, gone + text) if struck else (kept + text, gone)
        if not gone.strip():
            return kept, False
        self.job.gather(CROSSED_OUT, self.locator(*place))
        return (kept.strip(), False) if kept.strip() else (gone, True)

    def _same_as_ground(self, look: Look, coloured_by_rule: bool, place: tuple[int, int]) -> bool:
        """White on white, or any letters in the colour of their fill; a table's own style may fill behind them."""
        if look.colour is None or coloured_by_rule or look.colour != (look.fill or WHITE):
            return False
        areas = (area for table in self.sheet.tables.values() for area in areas_of(table.ref))
        return look.fill is not None or not within(*place, areas)

    def locator(self, row: int, column: int) -> Locator:
        return Locator(sheet=self.sheet.title, row=row, cells=address(row, column))


_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([^"]+)"')
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_PLACES_SHOWN = 6


def read(data: bytes, job: Job) -> Document:
    """The document in a workbook: for each visible sheet, under its name where there are several, its titles, notes and
    tables.

    Raises: DocumentReadError where the file is damaged, locked or beyond the limits.
    """
    archive = Archive(data, job)
    for part in sorted(archive.names):
        if part.endswith((".xml", ".rels")):
            _check(part, archive.read(part), job)
    book: Any = archive.opened(partial(load_workbook, data_only=True, keep_links=False, rich_text=True), "sheets")
    parts = _sheet_parts(archive)
    palette = looks.Palette(archive.theme(), tuple(getattr(book, "_colors", None) or COLOR_INDEX))
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for number, sheet in enumerate(sheets, start=1):
        job.progress(number, len(sheets))
        part = parts.get(sheet.title, "")
        shapes = looks.shapes_of(archive, part, palette.theme) if part else []
        seen = Sheet(sheet, palette, looks.read_rules(sheet, _root(sheet, part, archive), palette), job).seen()
        widths = {
            column: 0.0 if dimension.hidden else float(dimension.width)
            for dimension in sheet.column_dimensions.values()
            for column in range(dimension.min or 0, min(dimension.max or 0, 500) + 1)
        }
        add_sheet(job, sheet.title, *seen, len(sheets) == 1, widths, shapes)
    _report(book, job)
    archive.tell()
    return job.document("xlsx", book.properties.title)


def _root(sheet: Any, part: str, archive: Archive) -> _Element | None:
    """The XML of a sheet where it may hold what the library leaves out. Formulas without a stored result are told."""
    raw = archive.read(part) if part else b""
    if b"<f" not in raw and b"x14:" not in raw:
        return None
    root = parse_xml(raw, part, archive.job)
    without = (cell for cell in root.iter(f"{_MAIN}c") if not cell.findtext(f"{_MAIN}v"))
    formulas = (cell for cell in without if cell.find(f"{_MAIN}f") is not None and cell.find(f"{_MAIN}is") is None)
    if empty := [cell.get("r", "") for cell in formulas]:
        shown = ", ".join(empty[:_PLACES_SHOWN]) + (" and more" if len(empty) > _PLACES_SHOWN else "")
        words = f"Sheet {sheet.title}: formulas without a stored result are read as empty: {shown}."
        archive.job.note(words, unread=True)
    return root


def _check(part: str, data: bytes, job: Job) -> None:
    """Turn away what would cost the library without end: entities, and more cells or merged cells than allowed."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        parse_xml(data, part, job)
    if not part.startswith("xl/worksheets/"):
        return
    job.take_cells(sum(1 for _ in _CELL.finditer(data)))
    for match in _MERGED.finditer(data):
        for top, left, low, right in areas_of(match[1].decode("ascii", "ignore")):
            job.take_cells(max(0, low - top + 1) * max(0, right - left + 1))


_LOOKED_THROUGH = 5_000
"""So many rows of a hidden sheet are looked through for details of children."""


def _report(book: Any, job: Job) -> None:
    """Tell what else the file holds that was not read."""
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            what = "very hidden sheets" if sheet.sheet_state == "veryHidden" else "hidden sheets"
            place = Locator(sheet=sheet.title)
            rows = sheet.iter_rows(max_row=_LOOKED_THROUGH, values_only=True)
            days = ([f"{value:%d/%m/%Y}" if isinstance(value, date) else value for value in row] for row in rows)
            job.hide(what, place, *(["" if value is None else str(value) for value in row] for row in days))
            continue
        for cell in sheet._cells.values():
            if cell.comment is not None:
                place = Locator(sheet=sheet.title, row=cell.row, cells=cell.coordinate)
                job.hide("comments", place, [str(cell.comment.text)])


def _sheet_parts(archive: Archive) -> dict[str, str]:
    """Sheet name to the part that holds it."""
    main = next(iter(archive.targets("", "officeDocument")), "xl/workbook.xml")
    root = archive.xml_or_none(main)
    if root is None:
        return {}
    by_id = {id: name for id, _, name in archive.relations(main)}
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    sheets = (element for element in root.iter() if str(element.tag).endswith("}sheet"))
    named = {sheet.get("name", ""): by_id.get(sheet.get(relation, ""), "") for sheet in sheets}
    return {name: part for name, part in named.items() if part in archive.names}
