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
from api.plan_names import plan_names
from api.quality_view import quality_of
from api.routes.pages.forms import WithoutEmptyFields
from api.templates import page
from assistant.errors import RecordNotFound
from assistant.records import Action, KeyKind, Source

router = APIRouter(route_class=WithoutEmptyFields)


@router.get("/progress", response_class=HTMLResponse)
def progress_page(request: Request, plan: str = "", as_of: date | None = None) -> HTMLResponse:
    """The figures of one plan at a date, by default its own, and one line for each plan."""
    register, audience, today = request.app.state.assistant.register, audience_of(request), date.today()
    sources = [one.source for one in register.held(audience) if one.actions]
    chosen = next((one for one in sources if one.document == plan), None if plan else next(iter(sources), None))
    if plan and chosen is None:
        raise RecordNotFound(f'No plan with actions has the document "{plan}". Choose one on the page of progress.')
    plans = [
        (source, at, _figures(request, source, sources, at).summary(), _figures(request, source, sources, today).late())
        for source in sources
        for at in (as_of or _own_day(source) or today,)
    ]
    day = as_of or (_own_day(chosen) if chosen else None) or today
    names = plan_names(one.source for one in register.held(audience))
    values: dict[str, Any] = {"plan_choices": [(one.document, names[one.document]) for one in sources], "names": names}
    if chosen:
        keys = [key for key in register.keys(audience) if key.document == chosen.document]
        values |= {
            "charts": _figures(request, chosen, sources, day, of_rows=True).charts(),
            "keys": [key for key in keys if key.kind is KeyKind.COLOUR],
            "scopes": [key for key in keys if key.kind is KeyKind.RAG_SCOPE],
            "late": _figures(request, chosen, sources, day).late(),
            "late_today": _figures(request, chosen, sources, today).late(),
            "whole": address_of(RowFilters(plan=chosen.document, as_of=day)),
        }
    return page(
        request, "progress.html", chosen=chosen, as_of=day, given=as_of, today=today, plans=plans, current="progress",
        **values,
    )  # fmt: skip


def _own_day(source: Source) -> date | None:
    """The last day that a plan can speak of: its date, else the end of its period, if that has passed."""
    day = source.plan_date or source.period_end
    return day if day and day < date.today() else None


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
    held = assistant.register.held(audience)
    plans = quality_of(held, assistant.desk(audience).view.rows)
    names = plan_names(one.source for one in held)
    return page(request, "quality.html", plans=plans, names=names, current="quality")
