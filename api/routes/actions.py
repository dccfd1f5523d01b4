"""`GET /api/actions` and one action: the register, filtered, paged and exported."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request

from api.audience import audience_of
from api.caching import NOT_MODIFIED, tagged
from api.exports.evidence import of_register
from api.exports.files import DOCUMENTED, FileFormat, as_file
from api.filters import RowFilters, condition_of
from api.params import Order, field_of, row_filters
from api.problems import documented
from api.rows import action_data
from api.schemas import ACTION_EXAMPLE, PAGE_EXAMPLE, ActionData, ActionPage

router = APIRouter(prefix="/api", tags=["register"])
_AFTER = "The id of the last row of the page before: goes on exactly after it, whatever was loaded in between."


@router.get(
    "/actions",
    summary="The register of actions",
    response_model=ActionPage,
    responses={
        200: {"content": {"application/json": {"example": PAGE_EXAMPLE}, **DOCUMENTED}},
        **NOT_MODIFIED,
        **documented(409, 422, 429, 500, 503),
    },
)
def actions(
    request: Request,
    filters: Annotated[RowFilters, Depends(row_filters)],
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
    after: Annotated[str | None, Query(max_length=300, description=_AFTER)] = None,
    order: Order = "document",
    descending: bool = False,
    format: Literal["json"] | FileFormat = "json",
) -> Any:
    """The rows that match, a page at a time; an export holds them all. `next` is the offset of the next page."""
    register, audience = request.app.state.assistant.register, audience_of(request)
    if format != "json":
        evidence = of_register(register, audience, filters, date.today(), field_of(order), descending)
        return as_file(request, evidence, format, "actions")
    where = condition_of(filters, register.sources(audience), date.today())
    rows = register.select(audience, where, field_of(order), descending, limit + 1, offset, after)
    return tagged(
        request,
        {
            "total": register.count(audience, where),
            "items": [action_data(row) for row in rows[:limit]],
            "next": offset + limit if len(rows) > limit else None,
        },
    )


@router.get(
    "/actions/{action_id}",
    summary="One action",
    response_model=ActionData,
    responses={
        200: {"content": {"application/json": {"example": ACTION_EXAMPLE}}},
        **NOT_MODIFIED,
        **documented(404, 422, 429, 500, 503),
    },
)
def action(action_id: str, request: Request) -> Any:
    """One row of the register."""
    return tagged(request, action_data(request.app.state.assistant.register.action(audience_of(request), action_id)))
