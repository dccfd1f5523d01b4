"""The pages of the register, narrowed by filters that each have an address, of progress, and of what to check."""

from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.routing import APIRoute

from api.filters import Order, RowFilters, address_of, condition_of, field_of, meaning_of, named_filters
from api.here import Here, Reading, address
from assistant.errors import RecordNotFound
from assistant.flags import FlagCode
from assistant.records import Action, Source
from assistant.register import Held


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


router = APIRouter(route_class=WithoutEmptyFields, include_in_schema=False)
_SOON = timedelta(days=30)


@router.get("/register", response_class=HTMLResponse)
def register_page(
    here: Here,
    filters: Annotated[RowFilters, Depends()],
    order: Order = "document",
    descending: bool = False,
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
    shown: Annotated[Literal["50", "100", "200"], Query(alias="rows")] = "50",
) -> Response:
    """A page of the actions that match. A page past the last is sent on to the last."""
    given = dict(here.request.query_params.multi_items())
    count, where, today = int(shown), condition_of(filters, here.sources, date.today()), date.today()
    total = here.register.count(here.audience, where)
    pages = max(1, -(-total // count))
    if number > pages:
        return RedirectResponse(address("/register", **{**given, "page": pages}), status_code=303)
    first = (number - 1) * count
    rows = here.register.select(here.audience, where, field_of(order), descending, count, first)
    params = {name: value for name, value in given.items() if name != "page"}
    return here.page(
        "register.html", rows=rows, total=total, number=number, pages=pages, first=first, params=params,
        query=urlencode(given), as_of=filters.as_of or today, current="register", today=today, soon=today + _SOON,
        chosen=named_filters(filters, here.sources), order=order, descending=descending,
        unsorted={name: value for name, value in params.items() if name not in ("order", "descending")},
        choices=_choices(here.desk.view.rows),
    )  # fmt: skip


def _choices(every: Sequence[Action]) -> dict[str, Any]:
    """What the lists of the form offer: only what occurs in rows that the reader may see."""
    sections: dict[str, dict[str, None]] = {}
    for row in every:
        if row.section:
            sections.setdefault(row.plan, {})[row.section] = None
    codes = {flag.code for row in every for flag in row.flags}
    flags = sorted(((code, meaning_of(code).rstrip(".")) for code in codes), key=lambda pair: pair[1])
    return {
        "section": [(plan, [(one, one) for one in found]) for plan, found in sections.items()],
        "owner": sorted({owner for row in every for owner in row.owners}, key=str.casefold),
        "flag": [("any", "Anything to check"), *flags],
    }


# ---------------------------------------------------------------- progress: figures counted by what their links open


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and the page of the register with these rows."""

    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one plan at a day. Called with further filters, it counts the rows that they leave."""

    here: Reading
    source: Source
    day: date

    def __call__(self, **narrowed: Any) -> Figure:
        filters = RowFilters(plan=self.source.document, as_of=self.day, **narrowed)
        where = condition_of(filters, self.here.sources, self.day)
        return Figure(self.here.register.count(self.here.audience, where), address_of(filters))

    def at(self, day: date) -> "Figures":
        return replace(self, day=day)

    def months(self) -> Iterator[tuple[date, date | None]]:
        """The first and last day of what is left of this month, of those after it, and of all that is later."""
        first = self.day
        for _ in range(_MONTHS):
            last = (first.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            yield first, last
            first = last + timedelta(days=1)
        yield first, None


_MONTHS = 6


@router.get("/progress", response_class=HTMLResponse)
def progress_page(here: Here, plan: str = "", as_of: date | None = None) -> HTMLResponse:
    """The figures of one plan at a date, by default its own, and one line for each plan."""
    today, sources = date.today(), [one.source for one in here.held if one.actions]
    plans = {one.document: Figures(here, one, as_of or _own_day(one) or today) for one in sources}
    chosen = plans.get(plan) if plan else next(iter(plans.values()), None)
    if plan and chosen is None:
        raise RecordNotFound(f'No plan with actions has the document "{plan}". Choose one on the page of progress.')
    document = chosen.source.document if chosen else ""
    rows = here.desk.view.of(document) if chosen else ()
    return here.page(
        "progress.html", count=chosen, rows=rows, owners=Counter(owner for row in rows for owner in row.owners),
        keys=[key for key in here.register.keys(here.audience) if key.document == document], given=as_of, today=today,
        plans=list(plans.values()), current="progress",
    )  # fmt: skip


def _own_day(source: Source) -> date | None:
    """The last day that a plan can speak of: its date, else the end of its period, if that has passed."""
    day = source.plan_date or source.period_end
    return day if day and day < date.today() else None


# ---------------------------------------------------------------- what to check

_ONLY_MISSING = frozenset({FlagCode.NO_OWNER, FlagCode.NO_DUE, FlagCode.NO_STATUS, FlagCode.COLOUR_NOT_DEFINED})
"""What is not there, and no sign of a mistake."""


@router.get("/quality", response_class=HTMLResponse)
def quality_page(here: Here) -> HTMLResponse:
    """What a reader should check in the plans, by plan and kind, each with its place."""
    return here.page("quality.html", plans=[_checked(one, here) for one in here.held], current="quality")


def _checked(held: Held, here: Reading) -> dict[str, Any]:
    """What to check in one plan. `odd` are rows by kind of what looks wrong, the rarest first; `missing` those of what
    is only not there; `never` says what every row of the plan has, once for the whole plan."""
    rows, plan = here.desk.view.of(held.source.document), RowFilters(plan=held.source.document)
    kinds: list[dict[str, Any]] = []
    for code in dict.fromkeys(flag.code for row in rows for flag in row.flags):
        found = [(row, flag) for row in rows for flag in row.flags if flag.code == code]
        count, to = len({row.id for row, _ in found}), address_of(plan, flag=code)
        kinds.append({"code": code, "meaning": meaning_of(code), "rows": found, "count": count, "address": to})
    kinds.sort(key=lambda kind: kind["count"])
    never = [kind for kind in kinds if kind["count"] == len(rows) > 1]
    some = [kind for kind in kinds if kind not in never]
    odd = [kind for kind in some if kind["code"] not in _ONLY_MISSING]
    return {"held": held, "odd": odd, "missing": [kind for kind in some if kind not in odd], "never": never}
