"""`GET /api/actions` and one action: the register, filtered, paged and exported."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from api.audience import audience_of
from api.filters import RowFilters, condition_of
from api.rows import action_data
from assistant.records import Rag, Status

router = APIRouter(prefix="/api")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Format = Literal["json", "jsonl", "csv", "xlsx"]


def row_filters(
    plan: str | None = None,
    owner: str | None = None,
    status: Status | None = None,
    rag: Rag | None = None,
    due_from: date | None = None,
    due_to: date | None = None,
    overdue: bool | None = None,
    q: str | None = None,
    as_of: date | None = None,
) -> RowFilters:
    """The filters of a request."""
    return RowFilters(plan, owner, status, rag, due_from, due_to, overdue, q, as_of)


@router.get("/actions", summary="The register of actions", response_model=None)
def actions(
    request: Request,
    filters: Annotated[RowFilters, Depends(row_filters)],
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
    format: Format = "json",
) -> dict[str, Any] | Response:
    """The rows that match, a page at a time; an export holds them all. `next` is the offset of the next page."""
    register = request.app.state.assistant.register
    audience = audience_of(request)
    where = condition_of(filters, register.sources(audience), date.today())
    if format != "json":
        return _export([action_data(row) for row in register.select(audience, where)], format)
    total = register.count(audience, where)
    rows = register.select(audience, where, limit=limit, offset=offset)
    following = offset + len(rows)
    return {
        "total": total,
        "items": [action_data(row) for row in rows],
        "next": following if following < total else None,
    }


@router.get("/actions/{action_id}", summary="One action")
def action(action_id: str, request: Request) -> dict[str, Any]:
    """One row of the register."""
    return action_data(request.app.state.assistant.register.action(audience_of(request), action_id))


def inert(value: Any) -> str:
    """A value as the text of a spreadsheet cell that no program takes for a formula."""
    text = value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _export(rows: list[dict[str, Any]], format: Format) -> Response:
    if format == "jsonl":
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        return Response(lines, media_type="application/x-ndjson", headers=_as_file("actions.jsonl"))
    cells = [[inert(value) for value in row.values()] for row in rows]
    names = list(rows[0]) if rows else []
    if format == "csv":
        text = io.StringIO()
        csv.writer(text).writerows([names, *cells])
        return Response("\ufeff" + text.getvalue(), media_type="text/csv", headers=_as_file("actions.csv"))
    return Response(_workbook(names, cells), media_type=_XLSX, headers=_as_file("actions.xlsx"))


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _workbook(names: list[str], rows: list[list[str]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Actions")
    for row in [names, *rows]:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _as_file(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
