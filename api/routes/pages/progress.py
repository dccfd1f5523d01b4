"""The pages of progress and of what should be checked in the plans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.audience import audience_of
from api.figures import Figures
from api.filters import RowFilters, address_of, condition_of
from api.quality_view import quality_of
from api.routes.pages.forms import WithoutEmptyFields
from api.templates import page
from assistant.errors import RecordNotFound
from assistant.records import Action, KeyKind, Source

router = APIRouter(route_class=WithoutEmptyFields)


@router.get("/progress", response_class=HTMLResponse)
def progress_page(request: Request, plan: str = "", as_of: date | None = None) -> HTMLResponse:
    """The figures of one plan at a date, and one line for each plan."""
    register, audience, day = request.app.state.assistant.register, audience_of(request), as_of or date.today()
    sources = [one.source for one in register.held(audience) if one.actions]
    chosen = next((one for one in sources if one.document == plan), None if plan else next(iter(sources), None))
    if plan and chosen is None:
        raise RecordNotFound(f'No plan with actions has the document "{plan}". Choose one on the page of progress.')
    plans = [(source, _figures(request, source, sources, day).summary()) for source in sources]
    values: dict[str, Any] = {"plan_choices": [(one.document, one.title) for one in sources]}
    if chosen:
        keys = [key for key in register.keys(audience) if key.document == chosen.document]
        values |= {
            "charts": _figures(request, chosen, sources, day, of_rows=True).charts(),
            "keys": [key for key in keys if key.kind is KeyKind.COLOUR],
            "scopes": [key for key in keys if key.kind is KeyKind.RAG_SCOPE],
            "whole": address_of(RowFilters(plan=chosen.document, as_of=day)),
        }
    return page(request, "progress.html", chosen=chosen, as_of=day, plans=plans, current="progress", **values)


def _figures(request: Request, source: Source, sources: Sequence[Source], day: date, of_rows: bool = False) -> Figures:
    """The figures of a plan; its rows are read only where they are wanted."""
    register, audience = request.app.state.assistant.register, audience_of(request)
    base = RowFilters(plan=source.document, as_of=day)

    def count(filters: RowFilters) -> int:
        return int(register.count(audience, condition_of(filters, sources, day)))

    rows: list[Action] = register.select(audience, condition_of(base, sources, day)) if of_rows else []
    return Figures(rows, base, day, count)


@router.get("/quality", response_class=HTMLResponse)
def quality_page(request: Request) -> HTMLResponse:
    """What a reader should check in the plans, by plan and kind, each with its place."""
    assistant, audience = request.app.state.assistant, audience_of(request)
    plans = quality_of(assistant.register.held(audience), assistant.desk(audience).view.rows)
    return page(request, "quality.html", plans=plans, current="quality")
