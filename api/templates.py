"""The templates, with what every one of them may use."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from api.audience import may_upload
from api.filter_words import day_words
from assistant.places import place_words
from assistant.records import Action, Locator

_templates = Jinja2Templates(Path(__file__).parent / "pages")
_PLACE = ("line_start", "line_end", "page", "sheet", "row", "table", "paragraph")


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A template as a page."""
    return _templates.TemplateResponse(request, name, {"may_upload": may_upload(request), **values}, status_code=status)


def address(path: str, **parts: Any) -> str:
    """An address with the parts that are given."""
    given = {name: value for name, value in parts.items() if value not in (None, "", [], ())}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def place_address(source_id: str, locator: Locator) -> str:
    """Where a document is opened at a place."""
    parts = {name: getattr(locator, name) for name in _PLACE}
    if locator.box:
        parts["box"] = ",".join(f"{number:g}" for number in locator.box)
    return address(f"/source/{source_id}", **parts) + "#place"


def state_tag(row: Action, as_of: date) -> tuple[str, str]:
    """The derived state of a row in words, with the colour of its tag."""
    if row.status.value == "complete":
        return "Complete", "green"
    if row.due and row.due < as_of:
        late = (as_of - row.due).days
        return f"Overdue {late:,} day{'' if late == 1 else 's'}", "red"
    if row.due is None:
        return "No due date", "grey"
    return ("Due today", "yellow") if row.due == as_of else ("Not yet due", "blue")


def says(row: Action) -> str:
    """What the plan itself says of a row's state."""
    colour = f"{row.rag.value.capitalize()}{f' ({row.rag_meaning})' if row.rag_meaning else ''}" if row.rag else ""
    words = f"“{row.status_text}”" if row.status_text else ""
    return ", ".join(part for part in (colour, words) if part) or "not recorded"


_templates.env.globals.update(
    address=address, day=day_words, place=place_words, state_tag=state_tag, says=says, place_address=place_address
)
