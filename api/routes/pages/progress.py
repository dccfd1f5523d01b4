"""The pages of progress and of what should be checked in the plans."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.audience import audience_of
from api.filters import RowFilters, condition_of
from api.templates import address, page
from assistant.records import Action, KeyKind, Status

router = APIRouter()
_MONTHS, _LONGEST = 6, 12


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its words, its share of the largest in percent, and the register's page with these rows."""

    words: str
    count: int
    share: float
    address: str


@router.get("/progress", response_class=HTMLResponse)
def progress_page(request: Request, plan: str = "", as_of: date | None = None) -> HTMLResponse:
    """The figures of one plan at a date; each is counted by the very filter that its link opens."""
    register, audience, day = request.app.state.assistant.register, audience_of(request), as_of or date.today()
    held = [one for one in register.held(audience) if one.actions]
    sources = [one.source for one in held]
    chosen = next((one for one in sources if one.document == plan), sources[0] if sources else None)
    charts: list[tuple[str, list[Figure]]] = []
    keys = []
    if chosen:
        rows = register.select(audience, condition_of(RowFilters(plan=chosen.document), sources, day))

        def count(**filters: Any) -> int:
            wanted = RowFilters(plan=chosen.document, as_of=day, **filters)
            return int(register.count(audience, condition_of(wanted, sources, day)))

        charts = charts_of(rows, day, chosen.document, count)
        keys = [key for key in register.keys(audience)
                if key.document == chosen.document and key.kind is KeyKind.COLOUR]  # fmt: skip
    return page(
        request, "progress.html", sources=sources, chosen=chosen, as_of=day, charts=charts, keys=keys,
        current="progress",
    )  # fmt: skip


def charts_of(
    rows: list[Action], day: date, document: str, count: Callable[..., int]
) -> list[tuple[str, list[Figure]]]:
    """Each chart's caption with its figures."""

    def chart(filters: Iterable[tuple[str, dict[str, Any]]]) -> list[Figure]:
        counted = [(words, parts, count(**parts)) for words, parts in filters]
        most = max((number for _, _, number in counted), default=0) or 1
        return [
            Figure(words, number, 100 * number / most, address("/register", plan=document, as_of=day, **_plain(parts)))
            for words, parts, number in counted
        ]

    states: list[tuple[str, dict[str, Any]]] = [
        (one.value.replace("_", " ").capitalize(), {"status": one}) for one in Status
    ]
    late: list[tuple[str, dict[str, Any]]] = [
        ("Complete", {"open": False}),
        ("Overdue", {"overdue": True}),
        ("Due that day or later", {"open": True, "due_from": day}),
        ("Not complete, with no due date", {"open": True, "missing": "due"}),
    ]
    colours = sorted({row.rag for row in rows if row.rag})
    charts = [("Actions by state, as the plan gives it", [one for one in chart(states) if one.count])]
    charts.append((f"Actions by lateness at {day.day} {day:%B %Y}", chart(late)))
    if colours:
        charts.append(("Actions by the plan's own colour", chart((c.value.capitalize(), {"rag": c}) for c in colours)))
    sections = dict.fromkeys(row.section for row in rows if row.section)
    if sections:
        charts.append(("Actions by section", chart((one, {"section": one}) for one in sections)))
    owners = Counter(owner for row in rows for owner in row.owners).most_common(_LONGEST)
    named: list[tuple[str, dict[str, Any]]] = [(owner, {"owner": owner}) for owner, _ in owners]
    charts.append(("Actions by owner; one with two owners stands at both",
                   chart([*named, ("No owner recorded", {"missing": "owner"})])))  # fmt: skip
    charts.append(("Not complete and due in the next months", chart(_months(day))))
    return charts


def _months(day: date) -> Iterable[tuple[str, dict[str, Any]]]:
    start = day
    for _ in range(_MONTHS):
        last = date(start.year, start.month, calendar.monthrange(start.year, start.month)[1])
        yield f"{last:%B %Y}", {"open": True, "due_from": start, "due_to": last}
        start = last + timedelta(days=1)


def _plain(parts: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value).lower() if isinstance(value, bool) else value for name, value in parts.items()}


@router.get("/quality", response_class=HTMLResponse)
def quality_page(request: Request) -> HTMLResponse:
    """What a reader should check in the plans, by plan, each with its place."""
    register, audience = request.app.state.assistant.register, audience_of(request)
    rows = [row for row in register.select(audience) if row.flags]
    plans = [(held, [row for row in rows if row.document == held.source.document]) for held in register.held(audience)]
    return page(request, "quality.html", plans=plans, current="quality")
