"""Excel workbooks: the visible cells of the visible sheets, as their formats show them, with their colours."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass, field
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles.colors import COLOR_INDEX

from assistant.records import Block, BlockKind, Document, Locator, Table
from ingest.readers.archive import Archive, parse_xml
from ingest.readers.building import Heads
from ingest.readers.findings import Findings
from ingest.readers.limits import Budget
from ingest.readers.looks import Rgb, theme_colours
from ingest.readers.sheets.regions import Regions, by_row
from ingest.readers.sheets.rules import areas_of
from ingest.readers.xlsx.colours import Palette, items_of, shapes_of
from ingest.readers.xlsx.rules import read_rules
from ingest.readers.xlsx.sheet import Sheet, uncalculated

_NO_NAME = re.compile(r"(sheet|tabelle|feuil|hoja)\s*\d*$", re.IGNORECASE)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([^"]+)"')
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_PLACES_SHOWN = 6


def read(data: bytes, name: str, budget: Budget | None = None) -> Document:
    """The document in a workbook: for each visible sheet its titles, notes and tables.

    Raises: DocumentReadError where the file is damaged, locked or beyond the limits.
    """
    budget = budget or Budget(name)
    archive = Archive(data, budget)
    for part in sorted(archive.names):
        if part.endswith((".xml", ".rels")):
            _check(part, archive.read(part), budget)
    book = _open(data, budget)
    findings = Findings()
    theme = theme_colours(_theme(archive))
    workbook = _Workbook(archive, theme, Palette(theme, _numbered(book)), findings, _sheet_parts(archive))
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for number, sheet in enumerate(sheets, start=1):
        budget.begin(number, len(sheets))
        workbook.read(sheet, len(sheets) > 1)
    _report(book, archive, findings)
    title = (book.properties.title or "").strip() or None
    items = tuple(workbook.heads.settle(workbook.items))
    return Document(name, "xlsx", items, findings.warnings, title, findings.restricted)


@dataclass(slots=True)
class _Workbook:
    """Reads the sheets of one workbook, one after the other; `parts` names the part of each."""

    archive: Archive
    theme: dict[str, Rgb]
    palette: Palette
    findings: Findings
    parts: dict[str, str]
    heads: Heads = field(default_factory=Heads)
    items: list[Block | Table] = field(default_factory=list)

    def read(self, sheet: Any, with_name: bool) -> None:
        """Add the items of a sheet, under its name where there are several."""
        part = self.parts.get(sheet.title, "")
        raw = self.archive.read(part) if part else b""
        root = parse_xml(raw, part, self.archive.budget) if b"<f" in raw or b"x14:" in raw else None
        if root is not None:
            self._tell_uncalculated(sheet.title, uncalculated(root))
        cells = Sheet(sheet, self.palette, read_rules(sheet, root, self.palette), self.findings).seen()
        shapes = shapes_of(self.archive, part, self.theme) if part else []
        if (cells or shapes) and with_name and not _NO_NAME.match(sheet.title):
            self.items.append(Block(BlockKind.HEADING, sheet.title, Locator(sheet=sheet.title), 1))
        first = min((row for row, _ in cells), default=0)
        self.items += items_of([shape for shape in shapes if shape.row <= first], sheet.title)
        if cells:
            self.items = Regions(sheet.title, self.heads, _widths(sheet), items=self.items).read(by_row(cells))
        self.items += items_of([shape for shape in shapes if shape.row > first], sheet.title)

    def _tell_uncalculated(self, sheet: str, cells: list[str]) -> None:
        if cells:
            shown = ", ".join(cells[:_PLACES_SHOWN]) + (" and more" if len(cells) > _PLACES_SHOWN else "")
            self.findings.unread(f"Sheet {sheet}: formulas without a stored result are read as empty: {shown}.")


def _check(part: str, data: bytes, budget: Budget) -> None:
    """Turn away what would cost the library without end: entities, and more cells or merged cells than allowed."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        parse_xml(data, part, budget)
    if not part.startswith("xl/worksheets/"):
        return
    budget.take_cells(sum(1 for _ in _CELL.finditer(data)))
    for match in _MERGED.finditer(data):
        for top, left, low, right in areas_of(match[1].decode("ascii", "ignore")):
            budget.take_cells(max(0, low - top + 1) * max(0, right - left + 1))


def _open(data: bytes, budget: Budget) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library remarks on what it leaves out, such as printer settings
            return load_workbook(io.BytesIO(data), data_only=True, keep_links=False, rich_text=True)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # the library raises whatever its parts raise: KeyError, TypeError, ValueError and more
        raise budget.broken("it is damaged: its sheets cannot be put together") from error


def _widths(sheet: Any) -> dict[int, float]:
    widths: dict[int, float] = {}
    for dimension in sheet.column_dimensions.values():
        for column in range(dimension.min or 0, min(dimension.max or 0, 500) + 1):
            widths[column] = 0.0 if dimension.hidden else float(dimension.width)
    return widths


def _report(book: Any, archive: Archive, findings: Findings) -> None:
    """Tell what else the file holds that was not read."""
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            what = "very hidden sheets" if sheet.sheet_state == "veryHidden" else "hidden sheets"
            findings.hide(what, sheet.title, Locator(sheet=sheet.title))
            continue
        for cell in sheet._cells.values():
            if cell.comment is not None:
                place = Locator(sheet=sheet.title, row=cell.row, cells=cell.coordinate)
                findings.hide("comments", f"sheet {sheet.title}, {cell.coordinate}", place)
    if any(name.startswith("xl/embeddings/") for name in archive.names):
        findings.hide("embedded files")
    if any(name.startswith("xl/media/") for name in archive.names):
        findings.note("The workbook holds pictures: words in pictures are not read.")
    if any(name.startswith("xl/externalLinks/") for name in archive.names):
        findings.note("The workbook has links to other files. They were not followed; stored values were read.")
    archive.tell(findings)


def _theme(archive: Archive) -> Any:
    return archive.xml_or_none(next((name for name in sorted(archive.names) if "/theme/theme" in name), None))


def _numbered(book: Any) -> tuple[str, ...]:
    return tuple(getattr(book, "_colors", None) or COLOR_INDEX)


def _sheet_parts(archive: Archive) -> dict[str, str]:
    """Sheet name to the part that holds it."""
    main = next(iter(archive.targets("", "officeDocument")), "xl/workbook.xml")
    root = archive.xml_or_none(main)
    if root is None:
        return {}
    by_id = archive.identified(main)
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    sheets = (element for element in root.iter() if str(element.tag).endswith("}sheet"))
    named = {sheet.get("name", ""): by_id.get(sheet.get(relation, ""), "") for sheet in sheets}
    return {name: part for name, part in named.items() if part in archive.names}
