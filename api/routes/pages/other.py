"""The plans held, what changed between versions, what falls due, reports of problems, and statements for readers."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from difflib import SequenceMatcher
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from api.exports.evidence import taken_away
from api.exports.office import ReportFormat, change_report, kind_words
from api.filters import RowFilters, due_of
from api.here import Here, Reading, sender_of
from api.routes.pages.register import WithoutEmptyFields
from assistant.changes import Change
from assistant.errors import StoreError
from assistant.locks import hold

router = APIRouter(route_class=WithoutEmptyFields, include_in_schema=False)
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

    Raises: StoreError where the file is full or cannot be written.
    """
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
