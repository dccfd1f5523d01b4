"""Rows as a workbook: a cover that says what they are, typed dates and numbers, and text that stays text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from api.exports.evidence import RULE, Evidence, colour_meaning, days_late, plain
from assistant.answer import AnswerTable
from assistant.places import place_words
from assistant.records import Action

if TYPE_CHECKING:
    from openpyxl import Workbook

_LONGEST = 32_767
"""The most letters that a cell of a workbook can hold."""
_GOES_ON = " … (goes on in the document)"
_COLUMNS = (
    "Plan", "Authority", "Plan date", "Section", "Recommendation", "Ref", "Action", "Owner", "Start", "Due",
    "Due as written", "Due precision", "Status", "Status as written", "Colour", "Colour means", "Completed on",
    "Days late", "Success measure", "Outcome", "To check", "Document", "Place", "Row id", "Cited as",
)  # fmt: skip
_WIDE = {
    "Action": 60, "Plan": 34, "Recommendation": 34, "Success measure": 40, "To check": 40, "Row id": 40, "Quote": 70,
    "Cited as": 9, "Means, in the plan's words": 60, "Document": 40,
}  # fmt: skip


def workbook(evidence: Evidence) -> bytes:
    """The workbook: cover, actions, the plans' own keys; of an answer also its counts and its quotes."""
    from openpyxl import Workbook

    book = Workbook()
    _cover(book.active, evidence)
    _sheet(book, "Actions", _COLUMNS, (_cells(row, evidence) for row in evidence.rows))
    if evidence.answer and evidence.answer.table and not _lists_rows(evidence.answer.table):
        table = evidence.answer.table
        _sheet(book, "Counts", table.columns, ([_number(cell) for cell in line.cells] for line in table.rows))
    if evidence.citations:
        quotes = (
            (one.marker, one.kind.value, one.quote, one.document, place_words(one.locator), one.id)
            for one in evidence.citations
        )
        _sheet(book, "Quotes", ("Cited as", "Kind", "Quote", "Document", "Place", "Row id"), quotes)
    keys = (
        (key.document, key.kind.value.replace("_", " "), key.term, key.meaning, place_words(key.locator))
        for key in evidence.keys
    )
    _sheet(book, "Plan keys", ("Document", "Kind", "Term", "Means, in the plan's words", "Place"), keys)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def table_workbook(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet."""
    from openpyxl import Workbook

    file, book = io.BytesIO(), Workbook()
    book.remove(book.active)
    _sheet(book, title, columns, rows)
    book.save(file)
    return file.getvalue()


def _lists_rows(table: AnswerTable) -> bool:
    """True where each line is one cited action, which the sheet of actions has in full."""
    return all(line.marker is not None for line in table.rows)


def _cover(sheet: Any, evidence: Evidence) -> None:
    sheet.title = "About"
    for column, width in zip("ABCDEFGH", (26, 60, 24, 14, 26, 60, 14, 66), strict=True):
        sheet.column_dimensions[column].width = width
    answer = evidence.answer
    _put(sheet, ("What was asked", evidence.asked))
    if answer:
        _put(sheet, ("Understood as", evidence.understood_as or "not a query"))
        _put(sheet, ("Answer", answer.answer))
    _put(sheet, ("Actions", len(evidence.rows)))
    _put(sheet, ("Lateness as at", evidence.as_of))
    _put(sheet, ("Rule", RULE))
    _put(sheet, ("Places", 'where each row stands in its document: sheet Actions, columns "Document" and "Place"'))
    for caveat in answer.caveats if answer else ():
        _put(sheet, ("To know", caveat))
    _put(sheet, ("Register", evidence.corpus_version))
    _put(sheet, ())
    heads = ("Document", "Title", "Authority", "Plan date", "Loaded", "Colours in this plan", "Actions here")
    _put(sheet, (*heads, "SHA-256 of the file"))
    for source in evidence.sources:
        here = sum(row.document == source.document for row in evidence.rows)
        known = (source.document, source.title, source.authority, source.plan_date or "no date in the document")
        _put(sheet, (*known, source.loaded_at, evidence.colours(source), here, source.sha256))
    _wrap(sheet)


def _wrap(sheet: Any) -> None:
    """Show long texts of the cover on several lines."""
    from openpyxl.styles import Alignment

    for line in sheet.iter_rows():
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")


def _sheet(book: Workbook, name: str, columns: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    """A sheet with a header that stays in sight and filters."""
    sheet: Any = book.create_sheet(name)
    _put(sheet, columns)
    for line in lines:
        _put(sheet, line)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = _WIDE.get(column, 16)


def _cells(row: Action, evidence: Evidence) -> tuple[Any, ...]:
    return (
        row.plan, row.authority, row.plan_date,
        row.section, row.recommendation, row.ref, row.action, row.owner or "not recorded", row.start, row.due,
        row.due_text or "not recorded", row.due_precision.value, row.status.value.replace("_", " "), row.status_text,
        row.rag.value if row.rag else None, colour_meaning(row), row.completed_on, days_late(row, evidence.as_of),
        row.success_measure, row.outcome, "; ".join(flag.words for flag in row.flags), row.document,
        place_words(row.locator), row.id, ", ".join(f"[{marker}]" for marker in evidence.markers(row)) or None,
    )  # fmt: skip


def _number(cell: str) -> str | int:
    return int(cell) if cell.isascii() and cell.isdecimal() else cell


def _put(sheet: Any, values: Sequence[Any]) -> None:
    """Write one line; text is written as text, whatever it begins with."""
    sheet.append([_cell(sheet, value) for value in values])


def _cell(sheet: Any, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, str):
        text = plain(value)
        cell = WriteOnlyCell(sheet, text if len(text) <= _LONGEST else text[: _LONGEST - len(_GOES_ON)] + _GOES_ON)
        cell.data_type = "s"
        cell.quotePrefix = True
        return cell
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, date):
        cell.number_format = "d mmm yyyy"
    return cell
