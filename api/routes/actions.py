"""`GET /api/actions` and one action: the register, filtered, paged and exported."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from api.audience import audience_of
from api.exports import sheet, text
from api.filter_words import filters_in_words
from api.filters import RowFilters, condition_of
from api.params import Order, field_of, row_filters
from api.problems import documented
from api.rows import action_data
from api.schemas import ACTION_EXAMPLE, ActionData, ActionPage

router = APIRouter(prefix="/api", tags=["register"])
Format = Literal["json", "jsonl", "csv", "xlsx"]
_FILES: dict[str | int, dict[str, Any]] = {
    200: {"content": {"application/x-ndjson": {}, "text/csv": {}, sheet.MEDIA_TYPE: {}}}
}


@router.get(
    "/actions",
    summary="The register of actions",
    response_model=ActionPage,
    responses={**documented(422, 429, 503), **_FILES},
)
def actions(
    request: Request,
    filters: Annotated[RowFilters, Depends(row_filters)],
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
    order: Order = "document",
    descending: bool = False,
    format: Format = "json",
) -> Any:
    """The rows that match, a page at a time; an export holds them all. `next` is the offset of the next page."""
    register, audience = request.app.state.assistant.register, audience_of(request)
    where = condition_of(filters, register.sources(audience), date.today())
    if format != "json":
        return export(request, filters, order, descending, format)
    total = register.count(audience, where)
    rows = register.select(audience, where, field_of(order), descending, limit, offset)
    following = offset + len(rows)
    return {
        "total": total,
        "items": [action_data(row) for row in rows],
        "next": following if rows and following < total else None,
    }


@router.get(
    "/actions/{action_id}",
    summary="One action",
    response_model=ActionData,
    responses={200: {"content": {"application/json": {"example": ACTION_EXAMPLE}}}, **documented(404, 422, 429, 503)},
)
def action(action_id: str, request: Request) -> Any:
    """One row of the register."""
    return action_data(request.app.state.assistant.register.action(audience_of(request), action_id))


def export(request: Request, filters: RowFilters, order: Order, descending: bool, format: Format) -> Response:
    """Every row that matches, as a file."""
    register, audience = request.app.state.assistant.register, audience_of(request)
    sources = register.sources(audience)
    rows = register.select(audience, condition_of(filters, sources, date.today()), field_of(order), descending)
    if format == "jsonl":
        return Response(text.json_lines(rows), media_type="application/x-ndjson", headers=as_file("actions.jsonl"))
    if format == "csv":
        return Response(text.comma_separated(rows), media_type="text/csv", headers=as_file("actions.csv"))
    said = filters_in_words(filters, sources)
    asked = "; ".join(said) if said else "every action of the register"
    cover = sheet.Cover(asked, filters.as_of or date.today(), register.corpus_version(audience))
    book = sheet.workbook(rows, cover, sources, register.keys(audience))
    return Response(book, media_type=sheet.MEDIA_TYPE, headers=as_file("actions.xlsx"))


def as_file(name: str) -> dict[str, str]:
    """The header that makes a browser keep the answer as a file of this name."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
