"""The pages of what changed between two versions, side by side, and of what falls due."""

from __future__ import annotations

from datetime import date
from difflib import SequenceMatcher
from typing import Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.audience import audience_of, person_of
from api.audit import Act
from api.exports.changes import change_report, kind_words
from api.exports.files import MEDIA_TYPES
from api.filters import RowFilters, condition_of
from api.routes.pages.forms import WithoutEmptyFields
from api.templates import page
from assistant.changes import Change

router = APIRouter(route_class=WithoutEmptyFields)
Words = list[tuple[str, bool]]
"""Runs of words, each with whether it differs from the other version."""


@router.get("/changes", response_class=HTMLResponse)
def changes_page(
    request: Request,
    old: str | None = Query(None, alias="from"),
    new: str | None = Query(None, alias="to"),
    format: Literal["docx", "xlsx"] | None = None,
) -> Response:
    """Every change with the older and the newer words beside each other, or the same as a report."""
    assistant, audience = request.app.state.assistant, audience_of(request)
    found = assistant.changes(old, new, audience)
    if format:
        rows = [row.id for one in found for row in (one.old, one.new) if row]
        request.app.state.audit.note(Act.EXPORTED, person_of(request), file=f"changes.{format}", rows=rows)
        headers = {"Content-Disposition": f'attachment; filename="changes.{format}"'}
        return Response(change_report(found, format), media_type=MEDIA_TYPES[format], headers=headers)
    series = assistant.desk(audience).series
    choices = [(source.document, source.title) for one in series for source in one.sources]
    lines = [(one, kind_words(one), *marked(one)) for one in found]
    return page(
        request, "changes.html", series=series, choices=choices, lines=lines, old=old, new=new, current="changes"
    )


def marked(change: Change) -> tuple[Words, Words]:
    """The older and the newer text in runs of words that are the same and that differ."""
    old, new = (change.old_text or "").split(), (change.new_text or "").split()
    before: Words = []
    after: Words = []
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[first:last]:
            before.append((" ".join(old[first:last]), kind != "equal"))
        if new[start:end]:
            after.append((" ".join(new[start:end]), kind != "equal"))
    return before, after


@router.get("/due", response_class=HTMLResponse)
def due_page(request: Request, owner: str | None = None, within: int = 30, as_of: date | None = None) -> HTMLResponse:
    """What is late and what falls due."""
    assistant, audience = request.app.state.assistant, audience_of(request)
    where = condition_of(RowFilters(owner=owner), assistant.register.sources(audience), as_of or date.today())
    found = assistant.due(where, min(max(within, 0), 3650), as_of, audience)
    return page(request, "due.html", found=found, owner=owner, within=within, current="due")
