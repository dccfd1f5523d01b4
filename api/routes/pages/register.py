"""The pages of the register, narrowed by filters that each have an address, of progress, and of what to check."""

from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.routing import APIRoute

from api.filters import Order, RowFilters, address_of, condition_of, field_of, meaning_of, named_filters
from api.here import Here, Reading, address
from api.words import NOT_DEFINED, state_words
from assistant.errors import RecordNotFound
from assistant.flags import FlagCode
from assistant.query_plan_words import british
from assistant.records import Action, Rag, Source, Status
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
        "status": [(one.value, state_words(one)) for one in Status],
        "rag": [(one.value, one.value.capitalize()) for one in Rag],
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

    def summary(self) -> tuple[Figure, ...]:
        """How many actions there are, are complete, are overdue, and are open without a due date."""
        return self(), self(open=False), self(overdue=True), self(open=True, missing="due")

    def chart(
        self, name: str, caption: str, lines: Sequence[tuple[str, dict[str, Any]]], note: str = "", split: bool = False
    ) -> dict[str, Any]:
        """A chart that is its own table: a bar for each line, its words and its filters; `split`, with how many of its
        rows are complete and how many are overdue."""
        bars: list[dict[str, Any]] = [
            {
                "words": words,
                "figure": self(**by),
                "beside": (self(**by, open=False), self(**by, overdue=True)) if split else (),
                "colour": by.get("rag"),
            }
            for words, by in lines
        ]
        beside = ("Complete", "Overdue") if split else ()
        most = max((bar["figure"].count for bar in bars), default=0) or 1
        return {"name": name, "caption": caption, "bars": bars, "beside": beside, "note": note, "most": most}


_MONTHS, _OWNERS = 6, 15
_LATE_NOTE = "Overdue: due before that day and not marked complete. Due that day is not overdue."
_COLOUR_NOTE = "These are this plan’s own colours. They are not to be compared with those of another plan."
_OWNER_NOTE = "An action with two owners stands at both, and one whose owner’s words hold another’s counts there too."


def _charts(count: Figures, rows: Sequence[Action]) -> Iterator[dict[str, Any]]:
    """All charts of a plan with these rows, in the order of the page; one that would be empty is left out."""
    held = [one for one in Status if count(status=one).count]
    yield count.chart(
        "state", "Actions by state, as the plan gives it", [(state_words(one), {"status": one}) for one in held]
    )
    late: list[tuple[str, dict[str, Any]]] = [
        ("Complete", {"open": False}),
        ("Overdue", {"overdue": True}),
        ("Not complete, due that day or later", {"open": True, "due_from": count.day}),
        ("Not complete, no due date", {"open": True, "missing": "due"}),
    ]
    yield count.chart("lateness", f"Actions by lateness at {british(count.day)}", late, _LATE_NOTE)
    first, months = count.day, list[tuple[str, dict[str, Any]]]()
    for _ in range(_MONTHS):
        last = (first.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        words = f"{last:%B %Y}" + (f", from {first.day} {first:%B}" if first.day > 1 else "")
        months.append((words, {"open": True, "due_from": first, "due_to": last}))
        first = last + timedelta(days=1)
    months.append(("Later", {"open": True, "due_from": first}))
    yield count.chart("months", "Not complete, by the month they fall due in", months)
    meanings: dict[Rag, dict[str, None]] = {colour: {} for colour in Rag}
    for row in rows:
        if row.rag:
            meanings[row.rag][row.rag_meaning or ""] = None
    lines: list[tuple[str, dict[str, Any]]] = [
        (f"{colour.value.capitalize()}: {'; '.join(filter(None, some)) or NOT_DEFINED}", {"rag": colour})
        for colour, some in meanings.items()
        if some
    ]
    if lines:
        lines.append(("No colour", {"missing": "rag"}))
        yield count.chart("colour", "Actions by colour, as the plan gives it", lines, _COLOUR_NOTE)
    lines = [(one, {"section": one}) for one in dict.fromkeys(row.section for row in rows if row.section)]
    if lines:
        lines += [("No section", {"missing": "section"})] if not all(row.section for row in rows) else []
        yield count.chart("section", "Actions by section", lines, split=True)
    owners = Counter(owner for row in rows for owner in row.owners)
    lines = [(owner, {"owner": owner}) for owner, _ in owners.most_common(_OWNERS)]
    lines.append(("No owner recorded", {"missing": "owner"}))
    left = len(owners) - _OWNERS
    more = f" The {_OWNERS} with most actions are shown; {left} more are in the register." if left > 0 else ""
    yield count.chart("owner", "Actions by owner", lines, _OWNER_NOTE + more, split=True)


@router.get("/progress", response_class=HTMLResponse)
def progress_page(here: Here, plan: str = "", as_of: date | None = None) -> HTMLResponse:
    """The figures of one plan at a date, by default its own, and one line for each plan."""
    today, sources = date.today(), [one.source for one in here.held if one.actions]
    chosen = next((one for one in sources if one.document == plan), None if plan else next(iter(sources), None))
    if plan and chosen is None:
        raise RecordNotFound(f'No plan with actions has the document "{plan}". Choose one on the page of progress.')
    days = {one.document: as_of or _own_day(one) or today for one in sources}
    late_today = {one.document: Figures(here, one, today)(overdue=True) for one in sources}
    values: dict[str, Any] = {}
    if chosen:
        count = Figures(here, chosen, days[chosen.document])
        values = {
            "charts": list(_charts(count, here.desk.view.of(chosen.document))),
            "keys": [key for key in here.register.keys(here.audience) if key.document == chosen.document],
            "late": count(overdue=True),
            "late_today": late_today[chosen.document],
            "whole": count().address,
        }
    plans = [(one, Figures(here, one, days[one.document]).summary(), late_today[one.document]) for one in sources]
    return here.page(
        "progress.html", chosen=chosen, as_of=days[chosen.document] if chosen else today, given=as_of, today=today,
        plans=plans, current="progress", **values,
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
