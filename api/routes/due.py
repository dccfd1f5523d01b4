"""`GET /api/due`: what falls due and what is late; `/calendar/{address}.ics`: the same for a calendar program."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from api.audience import audience_of
from api.calendars import as_ics, calendar_at
from api.filters import RowFilters, condition_of
from api.problems import documented
from api.rows import due_data
from api.schemas import ActionData, Day

router = APIRouter(tags=["due"])


class DueAction(ActionData):
    """An open action, with the days until it is due: below nothing where it is late."""

    timing: str
    days: int


class DuePage(BaseModel):
    """What is late and what falls due, earliest first; `undated` open actions have no date."""

    total: int
    late: int
    undated: int
    as_of: date
    items: list[DueAction]


@router.get(
    "/api/due",
    summary="What falls due, and what is late",
    response_model=DuePage,
    responses=documented(422, 429, 500, 503),
)
def due(
    request: Request,
    owner: Annotated[str | None, Query(max_length=300, description="An owner, whole or by words of it")] = None,
    section: Annotated[str | None, Query(max_length=300)] = None,
    plan: Annotated[str | None, Query(max_length=300)] = None,
    within: Annotated[int, Query(ge=0, le=3650, description="Days ahead")] = 30,
    as_of: Annotated[Day | None, Query(description="Today when absent")] = None,
) -> Any:
    """Over the newest version of each plan."""
    assistant, audience = request.app.state.assistant, audience_of(request)
    filters = RowFilters(owner=owner, section=section, plan=plan)
    where = condition_of(filters, assistant.register.sources(audience), as_of or date.today())
    found = assistant.due(where, within, as_of, audience)
    items = [due_data(row, found.as_of) for row in found.dated]
    counts = {"total": len(items), "late": len(found.late), "undated": len(found.undated)}
    return {**counts, "as_of": found.as_of, "items": items}


@router.get("/calendar/{secret}.ics", include_in_schema=False)
def calendar(secret: str, request: Request) -> Response:
    """The calendar at a private address, for whoever knows it."""
    state = request.app.state
    found = calendar_at(state.settings.data_dir, secret)
    content = as_ics(found, state.assistant, state.settings.public_url or str(request.base_url).rstrip("/"))
    return Response(content, media_type="text/calendar; charset=utf-8")
