"""What changed between versions as a report for a committee: a Word document or a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from assistant.changes import Change
from assistant.places import place_words
from assistant.records import Action

Format = Literal["docx", "xlsx"]
_COLUMNS = (
    "What changed",
    "Ref",
    "Action",
    "Before",
    "Now",
    "Days",
    "Reason given",
    "Place before",
    "Place now",
    "Sure",
)
_TITLE = "What changed between versions of plans"


def change_report(found: Sequence[Change], kind: Format) -> bytes:
    """The report as a file: every change, a row each, with both places."""
    if kind == "xlsx":
        from api.exports.sheet import table_workbook

        return table_workbook("Changes", _COLUMNS, _rows(found))
    from api.exports.pack import table_document

    plans = sorted({row.plan for change in found for row in (change.old, change.new) if row})
    lead = [f"{len(found)} changes in {', '.join(plans)}." if plans else "Nothing changed that this program compares."]
    return table_document(_TITLE, lead, _COLUMNS, _rows(found))


def _rows(found: Sequence[Change]) -> Iterator[tuple[str, ...]]:
    for one in found:
        moved = one.kind.value in ("due_slipped", "due_brought_forward")
        reason = one.reason or ("no reason given" if moved else "")
        texts = (one.row.ref or "", one.row.action, one.old_text or "", one.new_text or "")
        days = f"{one.days:+d}" if one.days else ""
        places = (_place(one.old), _place(one.new))
        yield (kind_words(one), *texts, days, reason, *places, f"{one.sure:.2f}")


def kind_words(one: Change) -> str:
    """The kind of a change for a reader, such as "Due slipped"."""
    return one.kind.value.replace("_", " ").capitalize()


def _place(row: Action | None) -> str:
    return f"{row.document}, {place_words(row.locator)}" if row else ""
