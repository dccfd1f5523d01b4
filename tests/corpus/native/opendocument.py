"""The youth justice plan as an OpenDocument sheet and the workforce plan as an OpenDocument text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from odf import style, table, text
from odf.element import Element
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText

from tests.corpus.native.content import (
    KEY_OF_WORKFORCE,
    KEY_OF_YOUTH_JUSTICE,
    WORKFORCE,
    YOUTH_JUSTICE,
    Fill,
)
from tests.corpus.native.settle import settled

SHEET = "Plan"
SHEET_WIDTHS_CM = (6, 1.5, 8.5, 5, 2.5, 2.2)
TEXT_WIDTHS_CM = (3.2, 1.3, 5.2, 3, 2.6, 1.8)
PLAIN = "plain"


def youth_justice() -> bytes:
    """The bytes of the sheet: outcome merged down, the colour of the last cell is the status, the key below."""
    _forget_other_documents()
    document = OpenDocumentSpreadsheet()
    _add_cell_styles(document)
    sheet = table.Table(name=SHEET)
    document.spreadsheet.addElement(sheet)
    _add_columns(document, sheet, SHEET_WIDTHS_CM)
    _put(sheet, ["Fenbridge Youth Justice Plan 2026-27"], PLAIN)
    _put(sheet, ["Position at 30 September 2026"], PLAIN)
    _put(sheet, [], PLAIN)
    _put(sheet, ["Outcome wanted", "Ref", "Task", "Lead", "Target", "Rating"], "boxed")
    for group in YOUTH_JUSTICE:
        for number, line in enumerate(group.lines):
            first = table.TableCell(numberrowsspanned=len(group.lines), numbercolumnsspanned=1, stylename="boxed")
            first.addElement(text.P(text=group.title))
            row = _put(sheet, [line.ref, line.action, line.owner, str(line.due), ""], "boxed", line.fill)
            row.insertBefore(table.CoveredTableCell() if number else first, row.firstChild)
    _put(sheet, [], PLAIN)
    _put(sheet, ["Key"], PLAIN)
    for fill, meaning in KEY_OF_YOUTH_JUSTICE:
        _put(sheet, [meaning, ""], PLAIN, fill)
    return _saved(document)


def workforce() -> bytes:
    """The bytes of the text: one table, a letter for the rating, the key beneath it."""
    _forget_other_documents()
    document = OpenDocumentText()
    _add_cell_styles(document)
    document.text.addElement(text.H(outlinelevel=1, text="Children's Workforce Plan 2025-27"))
    document.text.addElement(text.P(text="Fenbridge Council, reviewed on 6 July 2026"))
    grid = table.Table(name="Actions")
    _add_columns(document, grid, TEXT_WIDTHS_CM)
    _put(grid, ["Theme", "No", "Step", "Accountable", "Timescale", "BRAG"], "boxed")
    for group in WORKFORCE:
        for number, line in enumerate(group.lines):
            area = "" if number else group.title
            _put(grid, [area, line.ref, line.action, line.owner, str(line.due), line.rating], "boxed")
    document.text.addElement(grid)
    letters = "; ".join(f"{letter} = {meaning}" for letter, meaning in KEY_OF_WORKFORCE)
    document.text.addElement(text.P(text=letters))
    return _saved(document)


def _forget_other_documents() -> None:
    """odfpy keeps one list of namespaces for a whole process, and writes it into every document."""
    Element.namespaces.clear()


def _add_cell_styles(document: Any) -> None:
    boxed = style.Style(name="boxed", family="table-cell")
    boxed.addElement(
        style.TableCellProperties(
            border="0.05cm solid #999999", padding="0.1cm", wrapoption="wrap", verticalalign="top"
        )
    )
    document.automaticstyles.addElement(boxed)
    for fill in (Fill.GREEN, Fill.AMBER, Fill.RED):
        shade = style.Style(name=fill.name, family="table-cell")
        shade.addElement(style.TableCellProperties(backgroundcolor=f"#{fill.value}", border="0.05cm solid #999999"))
        document.automaticstyles.addElement(shade)


def _add_columns(document: Any, grid: Any, widths_cm: Sequence[float]) -> None:
    for number, width in enumerate(widths_cm):
        column = style.Style(name=f"column{number}", family="table-column")
        column.addElement(style.TableColumnProperties(columnwidth=f"{width}cm"))
        document.automaticstyles.addElement(column)
        grid.addElement(table.TableColumn(stylename=column))


def _put(grid: Any, values: Sequence[str], look: str, fill: Fill = Fill.NONE) -> Any:
    """A row of cells, the last of which has the fill; the row, now in the grid."""
    row = table.TableRow()
    for number, value in enumerate(values):
        filled = fill and number == len(values) - 1
        options = {"stylename": fill.name if filled else look} if filled or look != PLAIN else {}
        cell = table.TableCell(valuetype="string", **options) if value else table.TableCell(**options)
        if value:
            cell.addElement(text.P(text=value))
        row.addElement(cell)
    grid.addElement(row)
    return row


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.write(out)
    return settled(out.getvalue())
