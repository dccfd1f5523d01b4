"""Rows as a workbook: a cover sheet that says what they are, typed dates, and text that stays text."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.places import place_words
from assistant.records import Action, PlanKey, Source

if TYPE_CHECKING:
    from openpyxl import Workbook

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_000
_COLUMNS = (
    "Plan", "Authority", "Plan date", "Section", "Recommendation", "Ref", "Action", "Owner", "Start", "Due",
    "Due as written", "Due precision", "Status", "Status as written", "Colour", "Colour means", "Completed on",
    "Days late", "Success measure", "Outcome", "To check", "Document", "Place", "Row id",
)  # fmt: skip
_WIDE = {"Action": 60, "Plan": 34, "Recommendation": 34, "Success measure": 40, "To check": 40, "Row id": 40}


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first sheet says of the rows. `asked` is the question or the filters, in words."""

    asked: str
    as_of: date
    corpus_version: str


def workbook(rows: Sequence[Action], cover: Cover, sources: Sequence[Source], keys: Sequence[PlanKey]) -> bytes:
    """The workbook: cover, actions, the plans' own keys."""
    from openpyxl import Workbook

    book = Workbook()
    named = {row.document for row in rows}
    _cover(book, cover, len(rows), [source for source in sources if source.document in named])
    sheet = book.create_sheet("Actions")
    _put(sheet, _COLUMNS)
    for row in rows:
        _put(sheet, _cells(row, cover.as_of))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for number, name in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = _WIDE.get(name, 16)
    legend = book.create_sheet("Plan keys")
    _put(legend, ("Document", "Kind", "Term", "Means, in the plan's words", "Place"))
    for key in (key for key in keys if key.document in named):
        _put(legend, (key.document, key.kind.value, key.term, key.meaning, place_words(key.locator)))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cover(book: Workbook, cover: Cover, total: int, sources: Sequence[Source]) -> None:
    sheet: Any = book.active
    sheet.title = "About"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 90
    _put(sheet, ("What was asked", cover.asked))
    _put(sheet, ("Actions", total))
    _put(sheet, ("Lateness as at", cover.as_of))
    _put(sheet, ("Overdue means", "due before that day and not marked complete; due on the day is not overdue"))
    _put(sheet, ("Register", cover.corpus_version))
    _put(sheet, ())
    _put(sheet, ("Document", "Title", "Authority", "Plan date", "Loaded", "SHA-256 of the file"))
    for source in sources:
        _put(
            sheet,
            (source.document, source.title, source.authority, source.plan_date, source.loaded_at, source.sha256),
        )


def _cells(row: Action, as_of: date) -> tuple[Any, ...]:
    late = (as_of - row.due).days if row.due and row.due < as_of and row.status.value != "complete" else None
    return (
        row.plan, row.authority, row.plan_date, row.section, row.recommendation, row.ref, row.action,
        row.owner or "not recorded", row.start, row.due, row.due_text, row.due_precision.value,
        row.status.value.replace("_", " "), row.status_text, row.rag.value if row.rag else None, row.rag_meaning,
        row.completed_on, late, row.success_measure, row.outcome, "; ".join(flag.words for flag in row.flags),
        row.document, place_words(row.locator), row.id,
    )  # fmt: skip


def _put(sheet: Any, values: Sequence[Any]) -> None:
    """Write one line; text is written as text, whatever it begins with."""
    sheet.append([_cell(sheet, value) for value in values])


def _cell(sheet: Any, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, _UNWRITABLE.sub(" ", value)[:_LONGEST])
        cell.data_type = "s"
        cell.quotePrefix = True
        return cell
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, date):
        cell.number_format = "d mmm yyyy"
    return cell
