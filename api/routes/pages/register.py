"""The pages of the register, narrowed by filters that each have an address, of progress, and of what to check."""

from collections.abc import Callable, Coroutine, Sequence
from datetime import date, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.routing import APIRoute

from api.figures import Figure, Figures, quality_of
from api.filters import Order, RowFilters, address_of, condition_of, field_of, meaning_of, named_filters
from api.here import Here, Reading
from api.templates import address, page, plan_names
from api.words import state_words
from assistant.errors import RecordNotFound
from assistant.records import Action, KeyKind, Rag, Source, Status


class WithoutEmptyFields(APIRoute):
    """A route that sends a request with empty fields on to the address without them, before any field is checked."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            given = request.query_params.multi_items()
            kept = [(name, value) for name, value in given if value]
            if len(kept) < len(given):
                to = f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path
                return RedirectResponse(to, status_code=303)
            return await handler(request)

        return handle


router = APIRouter(route_class=WithoutEmptyFields)
_COLUMNS: tuple[tuple[str, Order | None], ...] = (
    ("Plan and place", "document"), ("Action", None), ("Owner", "owner"), ("Due", "due"), ("The plan says", "status"),
)  # fmt: skip
RowsShown = Literal["50", "100", "200"]
_SOON = timedelta(days=30)
_DIRECTIONS = {"due": ("oldest first", "newest first"), "owner": ("A to Z", "Z to A")}


@router.get("/register", response_class=HTMLResponse)
def register_page(
    here: Here,
    filters: Annotated[RowFilters, Depends()],
    order: Order = "document",
    descending: bool = False,
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
    shown: Annotated[RowsShown, Query(alias="rows")] = "50",
) -> Response:
    """A page of the actions that match. A page past the last is sent on to the last."""
    given = dict(here.request.query_params.multi_items())
    count, where = int(shown), condition_of(filters, here.sources, date.today())
    total = here.register.count(here.audience, where)
    pages = max(1, -(-total // count))
    if number > pages:
        return RedirectResponse(address("/register", **{**given, "page": pages}), status_code=303)
    first = (number - 1) * count
    rows = here.register.select(here.audience, where, field_of(order), descending, count, first)
    params = {name: value for name, value in given.items() if name != "page"}
    return page(
        here.request, "register.html", rows=rows, total=total, number=number, pages=pages, first=first, params=params,
        query=urlencode(given), as_of=filters.as_of or date.today(), current="register",
        names=plan_names(here.sources), chosen=[
            (words, address("/register", **{key: value for key, value in params.items() if key != name}))
            for name, words in named_filters(filters, here.sources)
        ],
        columns=_columns(order, descending, params),
        quick=_quick(date.today()), choices=_choices(here.sources, here.desk.view.rows),
        turn=lambda to: address("/register", **{**params, "page": to}),
        export=lambda kind: address("/api/actions", **params, format=kind),
    )  # fmt: skip


def _columns(order: Order, descending: bool, params: dict[str, str]) -> list[dict[str, str | None]]:
    """Each column with the address that sorts by it, the other way round where it is sorted already."""
    kept = {name: value for name, value in params.items() if name not in ("order", "descending")}
    columns: list[dict[str, str | None]] = []
    for name, field in _COLUMNS:
        sorted_now = field == order
        turned: dict[str, Any] = {"descending": "true"} if sorted_now and not descending else {}
        to = address("/register", **kept, order=field, **turned) if field else None
        direction = ("descending" if descending else "ascending") if sorted_now else "none"
        words = _DIRECTIONS.get(field or "", ("in order", "in reverse"))[descending] if sorted_now else ""
        columns.append({"name": name, "address": to, "sorted": direction if field else None, "words": words})
    return columns


def _quick(day: date) -> list[tuple[str, str]]:
    """The filters that readers want most, each with its address."""
    return [
        ("Overdue", address_of(RowFilters(overdue=True), order="due")),
        ("Due in the next 30 days", address_of(RowFilters(open=True, due_from=day, due_to=day + _SOON), order="due")),
        ("Not complete, no due date", address_of(RowFilters(open=True, missing="due"))),
        ("No owner recorded", address_of(RowFilters(missing="owner"))),
        ("Anything to check", address_of(RowFilters(flag="any"))),
    ]


def _choices(sources: Sequence[Source], every: Sequence[Action]) -> dict[str, Any]:
    """What the lists of the form offer: only what occurs in rows that the reader may see."""
    sections: dict[str, dict[str, None]] = {}
    for row in every:
        if row.section:
            sections.setdefault(row.plan, {})[row.section] = None
    codes = {flag.code for row in every for flag in row.flags}
    flags = sorted(((code, meaning_of(code).rstrip(".")) for code in codes), key=lambda pair: pair[1])
    return {
        "plan": list(plan_names(sources).items()),
        "section": [(plan, [(one, one) for one in found]) for plan, found in sections.items()],
        "owner": sorted({owner for row in every for owner in row.owners}, key=str.casefold),
        "status": [(one.value, state_words(one)) for one in Status],
        "rag": [(one.value, one.value.capitalize()) for one in Rag],
        "flag": [("any", "Anything to check"), *flags],
    }


@router.get("/progress", response_class=HTMLResponse)
def progress_page(here: Here, plan: str = "", as_of: date | None = None) -> HTMLResponse:
    """The figures of one plan at a date, by default its own, and one line for each plan."""

    def late(source: Source, day: date) -> Figure:
        return _figures(here, source, day).figure(overdue=True)

    today, sources = date.today(), [one.source for one in here.held if one.actions]
    chosen = next((one for one in sources if one.document == plan), None if plan else next(iter(sources), None))
    if plan and chosen is None:
        raise RecordNotFound(f'No plan with actions has the document "{plan}". Choose one on the page of progress.')
    plans = [
        (source, _figures(here, source, as_of or _own_day(source) or today).summary(), late(source, today))
        for source in sources
    ]
    day = as_of or (_own_day(chosen) if chosen else None) or today
    names = plan_names(one.source for one in here.held)
    values: dict[str, Any] = {"plan_choices": [(one.document, names[one.document]) for one in sources], "names": names}
    if chosen:
        keys = [key for key in here.register.keys(here.audience) if key.document == chosen.document]
        values |= {
            "charts": _figures(here, chosen, day, here.desk.view.of(chosen.document)).charts(),
            "keys": [key for key in keys if key.kind is KeyKind.COLOUR],
            "scopes": [key for key in keys if key.kind is KeyKind.RAG_SCOPE],
            "late": late(chosen, day),
            "late_today": late(chosen, today),
            "whole": address_of(RowFilters(plan=chosen.document, as_of=day)),
        }
    return page(
        here.request, "progress.html", chosen=chosen, as_of=day, given=as_of, today=today, plans=plans,
        current="progress", **values,
    )  # fmt: skip


def _own_day(source: Source) -> date | None:
    """The last day that a plan can speak of: its date, else the end of its period, if that has passed."""
    day = source.plan_date or source.period_end
    return day if day and day < date.today() else None


def _figures(here: Reading, source: Source, day: date, rows: Sequence[Action] = ()) -> Figures:
    def count(filters: RowFilters) -> int:
        return here.register.count(here.audience, condition_of(filters, here.sources, day))

    return Figures(rows, RowFilters(plan=source.document, as_of=day), day, count)


@router.get("/quality", response_class=HTMLResponse)
def quality_page(here: Here) -> HTMLResponse:
    """What a reader should check in the plans, by plan and kind, each with its place."""
    plans, names = quality_of(here.held, here.desk.view.rows), plan_names(one.source for one in here.held)
    return page(here.request, "quality.html", plans=plans, names=names, current="quality")
