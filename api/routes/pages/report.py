"""The form by which a reader says that an answer or a row is wrong."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.audience import audience_of, person_of
from api.reports import REPORTS_AN_HOUR, WORDS_AT_MOST, Problem, Report, keep, kept
from api.roles import How
from api.templates import page

router = APIRouter()
_Row = Annotated[str, Query(max_length=200)]
_SHOWN = 500
_Asked = Annotated[str, Query(max_length=2_000)]


@router.get("/report", response_class=HTMLResponse)
def report_form(request: Request, row: _Row = "", question: _Asked = "") -> HTMLResponse:
    """The form, about a row of this reader's or a question, or about neither."""
    return _form(request, Report(Problem.OTHER, row=row, question=question))


@router.post("/report", response_class=HTMLResponse)
def send_report(
    request: Request,
    problem: Annotated[str, Form(max_length=100)] = "",
    words: Annotated[str, Form(max_length=20_000)] = "",
    row: Annotated[str, Form(max_length=200)] = "",
    question: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Keep the report, or show the form again with what is missing."""
    known = next((one for one in Problem if one.value == problem), None)
    text = words.strip()
    report = Report(known or Problem.OTHER, text, row, question)
    if known is None:
        return _form(request, report, "problem", "Choose what is wrong")
    if len(text) > WORDS_AT_MOST:
        return _form(request, report, "words", f"Use {WORDS_AT_MOST:,} characters or fewer; there are {len(text):,}")
    if known in (Problem.OTHER, Problem.MISSING) and not text:
        return _form(request, report, "words", "Say what is wrong, in a few words")
    person = person_of(request)
    who = person.name if person.how is not How.NOT_KNOWN else request.client.host if request.client else ""
    if request.app.state.reports_limit.wait_seconds(who):
        raise HTTPException(
            429, f"At most {REPORTS_AN_HOUR} reports an hour are taken from one reader. Try again later"
        )
    if row:
        request.app.state.assistant.register.action(audience_of(request), row)
    keep(report, request.app.state.settings.data_dir)
    return RedirectResponse("/report/sent", status_code=303)


@router.get("/reports", response_class=HTMLResponse)
def reports_page(request: Request) -> HTMLResponse:
    """What readers reported, for an owner."""
    if not person_of(request).is_owner:
        raise HTTPException(403, "Reports are read by an owner who is signed in")
    return page(request, "reports.html", reports=kept(request.app.state.settings.data_dir)[:_SHOWN], shown=_SHOWN)


@router.get("/report/sent", response_class=HTMLResponse)
def report_sent(request: Request) -> HTMLResponse:
    return page(request, "report_sent.html")


def _form(request: Request, report: Report, field: str = "", error: str = "") -> HTMLResponse:
    register = request.app.state.assistant.register
    action = register.action(audience_of(request), report.row) if report.row else None
    return page(
        request, "report.html", 422 if error else 200, report=report, action=action, field=field, error=error,
        problems=list(Problem), limit=WORDS_AT_MOST,
    )  # fmt: skip
