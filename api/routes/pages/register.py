"""The page of the register: every action, narrowed by filters that each have an address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.audience import audience_of
from api.filter_words import named_filters
from api.filters import RowFilters, condition_of
from api.params import Order, RowsShown, field_of, row_filters
from api.plan_names import plan_names
from api.quality_view import meaning_of
from api.routes.pages.forms import WithoutEmptyFields
from api.row_view import state_words
from api.templates import address, page
from assistant.records import Action, Rag, Source, Status

router = APIRouter(route_class=WithoutEmptyFields)
_COLUMNS: tuple[tuple[str, Order | None], ...] = (
    ("Plan and place", "document"), ("Action", None), ("Owner", "owner"), ("Due", "due"), ("The plan says", "status"),
)  # fmt: skip
_SOON = timedelta(days=30)
_DIRECTIONS = {"due": ("oldest first", "newest first"), "owner": ("A to Z", "Z to A")}


@router.get("/register", response_class=HTMLResponse)
def register_page(
    request: Request,
    filters: Annotated[RowFilters, Depends(row_filters)],
    order: Order = "document",
    descending: bool = False,
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
    shown: Annotated[RowsShown, Query(alias="rows")] = "50",
) -> Response:
    """A page of the actions that match. A page past the last is sent on to the last."""
    given = dict(request.query_params.multi_items())
    register, audience = request.app.state.assistant.register, audience_of(request)
    sources, count = register.sources(audience), int(shown)
    where = condition_of(filters, sources, date.today())
    total = register.count(audience, where)
    pages = max(1, -(-total // count))
    if number > pages:
        return RedirectResponse(address("/register", **{**given, "page": pages}), status_code=303)
    first = (number - 1) * count
    rows = register.select(audience, where, field_of(order), descending, count, first)
    params = {name: value for name, value in given.items() if name != "page"}
    return page(
        request, "register.html", rows=rows, total=total, number=number, pages=pages, first=first, params=params,
        query=urlencode(given), as_of=filters.as_of or date.today(), current="register",
        names=plan_names(sources), chosen=_chosen(filters, sources, params),
        columns=_columns(order, descending, params),
        quick=_quick(date.today()), choices=_choices(sources, request.app.state.assistant.desk(audience).view.rows),
        turn=lambda to: address("/register", **{**params, "page": to}),
        export=lambda kind: address("/api/actions", **params, format=kind),
    )  # fmt: skip


def _chosen(filters: RowFilters, sources: Sequence[Source], params: dict[str, str]) -> list[tuple[str, str]]:
    """Each chosen filter in words, with the address without it."""
    return [
        (words, address("/register", **{key: value for key, value in params.items() if key != name}))
        for name, words in named_filters(filters, sources)
    ]


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
    soon = {"open": "true", "due_from": day, "due_to": day + _SOON}
    wanted: list[tuple[str, dict[str, object]]] = [
        ("Overdue", {"overdue": "true", "order": "due"}),
        ("Due in the next 30 days", {**soon, "order": "due"}),
        ("Not complete, no due date", {"open": "true", "missing": "due"}),
        ("No owner recorded", {"missing": "owner"}),
        ("Anything to check", {"flag": "any"}),
    ]
    return [(words, address("/register", **parts)) for words, parts in wanted]


def _choices(sources: Sequence[Source], every: Sequence[Action]) -> dict[str, Any]:
    """What the lists of the form offer: only what occurs in rows that the reader may see."""
    sections: dict[str, dict[str, None]] = {}
    for row in every:
        if row.section:
            sections.setdefault(row.plan, {})[row.section] = None
    codes = {flag.code for row in every for flag in row.flags}
    return {
        "plan": list(plan_names(sources).items()),
        "section": [(plan, [(one, one) for one in found]) for plan, found in sections.items()],
        "owner": sorted({owner for row in every for owner in row.owners}, key=str.casefold),
        "status": [(one.value, state_words(one)) for one in Status],
        "rag": [(one.value, one.value.capitalize()) for one in Rag],
        "flag": [
            ("any", "Anything to check"),
            *sorted(((code, meaning_of(code).rstrip(".")) for code in codes), key=lambda pair: pair[1]),
        ],
    }
