"""The page of the register: every action, narrowed by filters that each have an address."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.audience import audience_of
from api.filter_words import named_filters
from api.filters import RowFilters, condition_of
from api.params import Order, field_of, row_filters
from api.templates import address, page
from assistant.flags import FlagCode
from assistant.records import Rag, Status

router = APIRouter()
_ROWS = 50


@router.get("/register", response_class=HTMLResponse)
def register_page(
    request: Request,
    filters: Annotated[RowFilters, Depends(row_filters)],
    order: Order = "document",
    descending: bool = False,
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> Response:
    """A page of the actions that match. A form with empty fields is sent on to the address without them."""
    given = [(name, value) for name, value in request.query_params.multi_items() if value]
    if len(given) < len(request.query_params.multi_items()):
        return RedirectResponse(address("/register", **dict(given)), status_code=303)
    register, audience = request.app.state.assistant.register, audience_of(request)
    sources = register.sources(audience)
    where = condition_of(filters, sources, date.today())
    total = register.count(audience, where)
    rows = register.select(audience, where, field_of(order), descending, _ROWS, (number - 1) * _ROWS)
    params = {name: value for name, value in dict(given).items() if name != "page"}
    chosen = [
        (words, address("/register", **{key: value for key, value in params.items() if key != name}))
        for name, words in named_filters(filters, sources)
    ]
    every = register.select(audience)
    return page(
        request, "register.html", rows=rows, total=total, chosen=chosen, params=params, number=number,
        pages=max(1, -(-total // _ROWS)), first=(number - 1) * _ROWS, sources=sources, statuses=list(Status),
        colours=list(Rag), flags=list(FlagCode), sections=sorted({row.section for row in every if row.section}),
        as_of=filters.as_of or date.today(), order=order, descending=descending, current="register",
        turn=lambda to: address("/register", **params, page=to),
        export=lambda kind: address("/api/actions", **params, format=kind),
    )  # fmt: skip
