"""The pages of the register, narrowed by filters that each have an address, and of what is counted from it: progress,
what to check, what changed, what falls due; statements, and reports of problems."""

import json
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field

from api.exports.evidence import taken_away
from api.exports.office import ReportFormat, change_report, kind_words
from api.filters import Order, RowFilters, address_of, condition_of, due_of, field_of, meaning_of, named_filters
from api.here import Here, Reading, address, sender_of
from assistant.changes import Change
from assistant.errors import RecordNotFound, StoreError
from assistant.flags import FlagCode
from assistant.locks import hold
from assistant.records import Action, Flag, Source


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


# ---------------------------------------------------------------- what to check, what changed, what falls due

_ONLY_MISSING = frozenset({FlagCode.NO_OWNER, FlagCode.NO_DUE, FlagCode.NO_STATUS, FlagCode.COLOUR_NOT_DEFINED})
"""What is not there, and no sign of a mistake."""


@router.get("/quality", response_class=HTMLResponse)
def quality_page(here: Here) -> HTMLResponse:
    """What a reader should check in the plans, by plan and kind, each with its place."""
    plans = [(one, list(_kinds(here.desk.view.of(one.source.document)))) for one in here.held]
    return here.page("quality.html", plans=plans, current="quality")


def _kinds(rows: Sequence[Action]) -> Iterator[dict[str, Any]]:
    """What to check in the rows of a plan, by kind, the rarest first. It `stands` "never" where every row has it: that
    is said once for the whole plan; else it is "missing" alone, or "odd"."""
    found: dict[str, list[tuple[Action, Flag]]] = {}
    for row in rows:
        for flag in row.flags:
            found.setdefault(flag.code, []).append((row, flag))
    counts = {code: len({row.id for row, _ in flagged}) for code, flagged in found.items()}
    for code in sorted(found, key=counts.__getitem__):
        stands = "never" if counts[code] == len(rows) > 1 else "missing" if code in _ONLY_MISSING else "odd"
        yield {"meaning": meaning_of(code), "rows": found[code], "count": counts[code], "code": code, "stands": stands}


Runs = list[tuple[str, bool]]
"""Runs of words, each with whether it differs from the other version."""


@router.get("/plans", response_class=HTMLResponse)
@router.get("/help", response_class=HTMLResponse)
@router.get("/privacy", response_class=HTMLResponse)
@router.get("/accessibility", response_class=HTMLResponse)
@router.get("/report/sent", response_class=HTMLResponse)
def as_it_stands(here: Here) -> HTMLResponse:
    """A page that needs nothing but what is held and the settings."""
    name = str(here.request.scope["route"].path).strip("/")
    return here.page(f"{name.replace('/', '_')}.html", current=name)


@router.get("/changes", response_class=HTMLResponse)
def changes_page(
    here: Here,
    old: Annotated[str | None, Query(alias="from")] = None,
    new: Annotated[str | None, Query(alias="to")] = None,
    format: ReportFormat | None = None,
) -> Response:
    """Every change with the older and the newer words beside each other, or the same as a report."""
    found, series = here.assistant.changes(old, new, here.audience), here.desk.series
    if format:
        rows = [row.id for one in found for row in (one.old, one.new) if row]
        return taken_away(here, change_report(found, format), format, "changes", rows)
    choices = [(source.document, source.title) for one in series for source in one.sources]
    newest = {source.document: one.newest.title for one in series for source in one.sources}
    lines = [(one, kind_words(one), *_marked(one), newest.get(one.row.document, one.row.plan)) for one in found]
    return here.page("changes.html", series=series, choices=choices, lines=lines, old=old, new=new, current="changes")


def _marked(change: Change) -> tuple[Runs, Runs]:
    """The older and the newer text in runs of words that are the same and that differ."""
    old, new = (change.old_text or "").split(), (change.new_text or "").split()
    runs = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    before = [(" ".join(old[first:last]), kind != "equal") for kind, first, last, _, _ in runs if first < last]
    return before, [(" ".join(new[start:end]), kind != "equal") for kind, _, _, start, end in runs if start < end]


@router.get("/due", response_class=HTMLResponse)
def due_page(here: Here, filters: Annotated[RowFilters, Depends()], within: int = 30) -> HTMLResponse:
    """What is late and what falls due."""
    found = due_of(here.assistant, here.audience, filters, min(max(within, 0), 3650))
    return here.page("due.html", found=found, filters=filters, within=within, current="due")


# ---------------------------------------------------------------- reports of problems


FILE_NAME = "reports.jsonl"
LETTERS_AT_MOST = 1_000
REPORTS_AN_HOUR = 10
_BYTES_AT_MOST = 5_000_000
_WAIT_SECONDS = 5.0


class Problem(StrEnum):
    """What may be wrong with an answer or a row; the value is what a reader chooses."""

    STATUS = "Wrong status or colour"
    OWNER = "Wrong owner"
    DATE = "Wrong date"
    MISSING = "A row is missing"
    EXTRA = "A row should not be there"
    MISREAD = "The question was misunderstood"
    OTHER = "Something else"


class Report(BaseModel):
    """One report. `row` is an action's id, `question` the words that were asked; either may be empty."""

    problem: str = Field(default="", max_length=100)
    words: str = Field(default="", max_length=20_000)
    row: str = Field(default="", max_length=200)
    question: str = Field(default="", max_length=2_000)


def kept(data_dir: Path) -> list[dict[str, str]]:
    """What readers reported, the latest first; a line that cannot be read is left out."""
    try:
        written = (data_dir / FILE_NAME).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreError(f'"{FILE_NAME}" cannot be read: {error.strerror}.') from error
    found: list[dict[str, str]] = []
    for line in reversed(written):
        with suppress(ValueError):
            said = json.loads(line)
            found.append({name: str(said.get(name, "")) for name in ("at", "problem", "words", "row", "question")})
    return found


def keep(report: Report, data_dir: Path) -> None:
    """Add a report to the file, with the time in UTC. Nothing of the reader is kept.

    Raises: StoreError where the file is full or cannot be written."""
    place = data_dir / FILE_NAME
    line = json.dumps({"at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", **report.model_dump()}, ensure_ascii=False)
    with hold(data_dir / "reports.lock", _WAIT_SECONDS):
        try:
            if place.exists() and place.stat().st_size > _BYTES_AT_MOST:
                raise StoreError("No more reports can be taken just now. Tell the owner of the plan directly.")
            with place.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
        except OSError as error:
            raise StoreError(f'The report could not be kept in "{FILE_NAME}": {error.strerror or error}.') from error


_SHOWN = 500


@router.get("/report", response_class=HTMLResponse)
def report_form(
    here: Here,
    row: Annotated[str, Query(max_length=200)] = "",
    question: Annotated[str, Query(max_length=2_000)] = "",
) -> HTMLResponse:
    """The form, about a row of this reader's or a question, or about neither."""
    return _form(here, Report(row=row, question=question))


@router.post("/report", response_class=HTMLResponse)
def send_report(here: Here, report: Annotated[Report, Form()]) -> Response:
    """Keep the report, or show the form again with what is missing."""
    report.words = report.words.strip()
    if report.problem not in set(Problem):
        return _form(here, report, "problem", "Choose what is wrong")
    if (letters := len(report.words)) > LETTERS_AT_MOST:
        return _form(here, report, "words", f"Use {LETTERS_AT_MOST:,} characters or fewer; there are {letters:,}")
    if report.problem in (Problem.OTHER, Problem.MISSING) and not report.words:
        return _form(here, report, "words", "Say what is wrong, in a few words")
    if here.state.reports_limit.wait_seconds(sender_of(here.request)):
        words = f"At most {REPORTS_AN_HOUR} reports an hour are taken from one reader. Try again later"
        raise HTTPException(429, words)
    if report.row:
        here.register.action(here.audience, report.row)
    keep(report, here.settings.data_dir)
    return RedirectResponse("/report/sent", status_code=303)


@router.get("/reports", response_class=HTMLResponse)
def reports_page(here: Here) -> HTMLResponse:
    """What readers reported, for an owner."""
    if not here.person.is_owner:
        raise HTTPException(403, "Reports are read by an owner who is signed in")
    return here.page("reports.html", reports=kept(here.settings.data_dir)[:_SHOWN], shown=_SHOWN)


def _form(here: Reading, report: Report, field: str = "", error: str = "") -> HTMLResponse:
    action = here.register.action(here.audience, report.row) if report.row else None
    return here.page(
        "report.html", 422 if error else 200, report=report, action=action, field=field, error=error,
        problems=list(Problem), limit=LETTERS_AT_MOST,
    )  # fmt: skip
