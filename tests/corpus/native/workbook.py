"""The inclusion tracker as a workbook: key, title above the table, section rows, real dates, status as fill alone."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from tests.corpus.native.content import INCLUSION, KEY_OF_THE_TRACKER, DateCell, Fill
from tests.corpus.native.settle import settled

SHEET = "Tracker"
HEADINGS = ("Ref", "Action", "Who", "Start", "Due", "RAG", "Latest position")
WIDTHS = (6, 52, 26, 11, 14, 7, 32)
FIRST_COLUMN = 2
"""Column B: the table does not begin in A1."""
WORDS = (
    ("AP", "Alternative provision"),
    ("DCO", "Designated Clinical Officer"),
    ("EHC", "Education, health and care"),
    ("ICB", "Integrated care board"),
    ("SENCO", "Special educational needs co-ordinator"),
)
THIN = Border(*(Side("thin", "999999"),) * 4)


def inclusion_tracker() -> bytes:
    """The bytes of the workbook."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet["B1"] = "SEND and Inclusion Tracker 2026"
    sheet["B1"].font = Font(bold=True, size=16)
    sheet["B2"] = "Fenbridge Council and the Fenbridge health partners. Refreshed 16 October 2026"
    sheet.merge_cells("B1:H1")
    sheet.merge_cells("B2:H2")
    row = _key(sheet, 4)
    row = _heading(sheet, row + 1)
    for group in INCLUSION:
        row = _section(sheet, row, group.title)
        for line in group.lines:
            values = (line.ref, line.action, line.owner, line.start, line.due, "", line.note)
            _row(sheet, row, values, line.fill)
            wraps = len(line.action) > 56 or len(line.owner) > 28
            sheet.row_dimensions[row].height = 30 if wraps else 15
            row += 1
    _words(book)
    for column, width in zip("BCDEFGH", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    book.properties.title, book.properties.creator = "SEND and Inclusion Tracker 2026", "Fenbridge Council"
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue())


def _key(sheet: Any, row: int) -> int:
    sheet.cell(row, FIRST_COLUMN, "Key").font = Font(bold=True)
    for fill, meaning in KEY_OF_THE_TRACKER:
        row += 1
        _fill(sheet.cell(row, FIRST_COLUMN), fill)
        sheet.cell(row, FIRST_COLUMN + 1, meaning)
    return row + 1


def _heading(sheet: Any, row: int) -> int:
    for offset, heading in enumerate(HEADINGS):
        cell = sheet.cell(row, FIRST_COLUMN + offset, heading)
        cell.font, cell.border = Font(bold=True, color="FFFFFF"), THIN
        cell.fill = PatternFill("solid", "1F3864")
    return row + 1


def _section(sheet: Any, row: int, title: str) -> int:
    cell = sheet.cell(row, FIRST_COLUMN, title)
    cell.font, cell.fill = Font(bold=True), PatternFill("solid", "D9E2F3")
    sheet.merge_cells(start_row=row, end_row=row, start_column=FIRST_COLUMN, end_column=FIRST_COLUMN + 6)
    return row + 1


def _row(sheet: Any, row: int, values: tuple[str | DateCell, ...], fill: Fill) -> None:
    for offset, value in enumerate(values):
        cell = sheet.cell(row, FIRST_COLUMN + offset)
        if isinstance(value, DateCell):
            cell.value, cell.number_format = value.value, value.number_format
        else:
            cell.value = value or None
        cell.alignment, cell.border = Alignment(wrap_text=True, vertical="top"), THIN
    _fill(sheet.cell(row, FIRST_COLUMN + HEADINGS.index("RAG")), fill)


def _fill(cell: Any, fill: Fill) -> None:
    if fill:
        cell.fill = PatternFill("solid", fill.value)


def _words(book: Any) -> None:
    sheet = book.create_sheet("Words used")
    sheet.append(["Short", "In full"])
    for pair in WORDS:
        sheet.append(pair)
    sheet.column_dimensions["B"].width = 44
