"""Excel workbooks: the visible cells of the visible sheets, as their formats show them, with their colours."""

import io
import re
import warnings
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lxml.etree import _Element
from openpyxl import load_workbook
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.utils import get_column_letter

from assistant.records import Block, BlockKind, Document, Locator
from ingest.readers.archive import Archive, parse_xml
from ingest.readers.job import CROSSED_OUT, Job
from ingest.readers.looks import Look as LetterLook
from ingest.readers.looks import Rgb, as_shown, named
from ingest.readers.sheets.regions import Regions, Seen, address, by_row
from ingest.readers.sheets.rules import Area, Rules, areas_of
from ingest.readers.xlsx.looks import WHITE, Palette, items_of, shapes_of, shown, shows_day
from ingest.readers.xlsx.rules import Hidden, Icons, hidden_parts, icons_of, read_rules

_TINY = 2.0
"""Letters of so many points or fewer are not there to be read."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True, slots=True)
class Look(LetterLook):
    """A cell style worked out."""

    code: str = "General"
    number_id: int | None = None


@dataclass(slots=True)
class Sheet:
    """Reads one worksheet. Cells, rows and columns are numbered from 1, as in the workbook."""

    sheet: Any
    palette: Palette
    rules: Rules
    job: Job
    _looks: dict[int, Look] = field(default_factory=dict)
    _icons: Icons = field(default_factory=dict)

    def seen(self) -> dict[tuple[int, int], Seen]:
        """Every visible cell that shows words or a colour, by its place."""
        cells = self._cells()
        self._icons = icons_of(self.sheet)
        areas = (area for merged in self.sheet.merged_cells.ranges for area in areas_of(str(merged)))
        merged = {(area[0], area[1]): area for area in areas}
        used_rows = {row for row, _ in cells}
        used_columns = {column for _, column in cells}
        hidden = hidden_parts(self.sheet, used_rows, used_columns, self._shown)
        found = {}
        for (row, column), cell in cells.items():
            area = merged.get((row, column), (row, column, row, column))
            # a merged cell's text shows in the first of its places that is not hidden
            first_row = next((each for each in range(area[0], area[2] + 1) if each not in hidden.rows), None)
            first = next((each for each in range(area[1], area[3] + 1) if each not in hidden.columns), None)
            if first_row is None or first is None:
                self._report(cell, row, column, hidden)
            elif (seen := self._see(cell, (first_row, first), area)) is not None:
                found[first_row, first] = seen
        if hidden.filtered:
            rows = ", ".join(str(row) for row in sorted(hidden.filtered)[:12])
            more = f" and {len(hidden.filtered) - 12} more" if len(hidden.filtered) > 12 else ""
            self.job.note(
                f"Sheet {self.sheet.title}: a filter leaves out rows {rows}{more}. That is only a view: they were read."
            )
        return found

    def _cells(self) -> dict[tuple[int, int], Any]:
        # The public iter_rows makes a cell for every place up to the farthest, in a hostile sheet XFD1048576.
        return dict(sorted(self.sheet._cells.items()))

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
                bool(font is not None and font.b),
                font.sz if font is not None else None,
                self.palette.rgb(font.color) if font is not None else None,
                self.palette.fill(cell.fill),
                link=bool(font is not None and font.u),
                struck=bool(font is not None and font.strike),
                font=font.name if font is not None else None,
                code=cell.number_format or "General",
                number_id=style.numFmtId if style.numFmtId < 164 else None,
            )
        return self._looks[key]

    def _see(self, cell: Any, place: tuple[int, int], area: Area) -> Seen | None:
        look = self._look(cell)
        text, struck = self._words(cell, look, place)
        verdict = self.rules.verdict(
            area[0], area[1], lambda row, column: getattr(self.sheet._cells.get((row, column)), "value", None)
        )
        light, beside = self._icons.get((area[0], area[1]), (None, True))
        text = text if beside else ""
        fill = light or (verdict.fill if verdict.filled else named(look.fill))
        for what, unseen in (
            ("letters too small to be seen", look.size is not None and look.size <= _TINY),
            ("text in the colour of its cell", self._same_as_ground(look, verdict.filled, place)),
        ):
            if text.strip() and unseen:
                self.job.hide(what, self.locator(*place), [text])
                text = ""
        if cell.value not in (None, "") and not text and not isinstance(cell.value, str | list) and beside:
            self.job.hide("values that their format hides", self.locator(*place))
        if not text.strip() and fill is None and not verdict.unread:
            return None
        ink = verdict.ink or (named(look.colour) if not look.link else None)
        value = cell.value if isinstance(cell.value, date) and shows_day(look.code, look.number_id) else None
        return Seen(
            text,
            *place,
            *area[2:],
            colour=None if verdict.unread else fill or (ink if text.strip() else None),
            value=value.date() if isinstance(value, datetime) else value,
            unread_rule=verdict.unread,
            bold=bool(look.bold),
            filled=look.fill is not None and look.fill != WHITE,
            size=look.size,
            struck=struck,
        )

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
            text = str(part) if rich else shown(part, look.code, look.number_id)
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
        return look.fill is not None or not any(
            top <= place[0] <= low and left <= place[1] <= right for top, left, low, right in areas
        )

    def locator(self, row: int, column: int) -> Locator:
        return Locator(sheet=self.sheet.title, row=row, cells=address(row, column))

    def _report(self, cell: Any, row: int, column: int, hidden: Hidden) -> None:
        if cell.value in (None, ""):
            return
        cells = None if row in hidden.rows else get_column_letter(column)
        place = Locator(sheet=self.sheet.title, row=row, cells=cells)
        self.job.hide("hidden columns" if cells else "hidden rows", place, [str(cell.value)])


def uncalculated(root: _Element) -> list[str]:
    """The cells of a sheet's XML whose formula has no stored result; nothing is calculated here."""
    return [
        cell.get("r", "")
        for cell in root.iter(f"{_MAIN}c")
        if cell.find(f"{_MAIN}f") is not None and not cell.findtext(f"{_MAIN}v") and cell.find(f"{_MAIN}is") is None
    ]


_NO_NAME = re.compile(r"(sheet|tabelle|feuil|hoja)\s*\d*$", re.IGNORECASE)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([^"]+)"')
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_PLACES_SHOWN = 6


def read(data: bytes, job: Job) -> Document:
    """The document in a workbook: for each visible sheet its titles, notes and tables.

    Raises: DocumentReadError where the file is damaged, locked or beyond the limits.
    """
    archive = Archive(data, job)
    for part in sorted(archive.names):
        if part.endswith((".xml", ".rels")):
            _check(part, archive.read(part), job)
    book = _open(data, job)
    theme = archive.theme()
    numbered = tuple(getattr(book, "_colors", None) or COLOR_INDEX)
    workbook = _Workbook(archive, theme, Palette(theme, numbered), job, _sheet_parts(archive))
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for number, sheet in enumerate(sheets, start=1):
        job.progress(number, len(sheets))
        workbook.read(sheet, len(sheets) > 1)
    _report(book, archive, job)
    return job.document("xlsx", book.properties.title)


@dataclass(slots=True)
class _Workbook:
    """Reads the sheets of one workbook, one after the other; `parts` names the part of each."""

    archive: Archive
    theme: dict[str, Rgb]
    palette: Palette
    job: Job
    parts: dict[str, str]

    def read(self, sheet: Any, with_name: bool) -> None:
        """Add the items of a sheet, under its name where there are several."""
        part = self.parts.get(sheet.title, "")
        raw = self.archive.read(part) if part else b""
        root = parse_xml(raw, part, self.job) if b"<f" in raw or b"x14:" in raw else None
        if root is not None and (empty := uncalculated(root)):
            shown = ", ".join(empty[:_PLACES_SHOWN]) + (" and more" if len(empty) > _PLACES_SHOWN else "")
            words = f"Sheet {sheet.title}: formulas without a stored result are read as empty: {shown}."
            self.job.note(words, unread=True)
        cells = Sheet(sheet, self.palette, read_rules(sheet, root, self.palette), self.job).seen()
        shapes = shapes_of(self.archive, part, self.theme) if part else []
        if (cells or shapes) and with_name and not _NO_NAME.match(sheet.title):
            self.job.flow.items.append(Block(BlockKind.HEADING, sheet.title, Locator(sheet=sheet.title), 1))
        first = min((row for row, _ in cells), default=0)
        self.job.flow.items += items_of([shape for shape in shapes if shape.row <= first], sheet.title)
        if cells:
            widths: dict[int, float] = {}
            for dimension in sheet.column_dimensions.values():
                for column in range(dimension.min or 0, min(dimension.max or 0, 500) + 1):
                    widths[column] = 0.0 if dimension.hidden else float(dimension.width)
            Regions(sheet.title, self.job.flow, widths).read(by_row(cells))
        self.job.flow.items += items_of([shape for shape in shapes if shape.row > first], sheet.title)


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


def _open(data: bytes, job: Job) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library remarks on what it leaves out, such as printer settings
            return load_workbook(io.BytesIO(data), data_only=True, keep_links=False, rich_text=True)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # the library raises whatever its parts raise: KeyError, TypeError, ValueError and more
        raise job.broken("it is damaged: its sheets cannot be put together") from error


_LOOKED_THROUGH = 5_000
"""So many rows of a hidden sheet are looked through for details of children."""


def _report(book: Any, archive: Archive, job: Job) -> None:
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
    archive.tell()


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
