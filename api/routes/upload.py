"""`POST /api/sources` and the page `/upload`: a plan sent by a reader who may, with its label, and the load report."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, HTTPException, Request, Response, UploadFile
from fastapi.responses import HTMLResponse
from pydantic import WithJsonSchema

from api.audience import may_upload, person_of
from api.audit import Act
from api.problems import documented, needs_media_type, problem
from api.schemas import Day, LoadReportData
from api.templates import page
from api.uploads import take_in
from assistant.errors import SourceError, StoreError
from assistant.records import Label, SourceDetails
from ingest.report import LoadReport, LoadStatus

_DAY = {"type": "string", "format": "date"}
router = APIRouter()
_LABELS = {
    Label.INTERNAL: "Internal: seen by members, officers, inspection and owners who are signed in",
    Label.RESTRICTED: "Restricted: seen by inspection and owners alone",
    Label.PUBLIC: "Public: seen by everybody who can open these pages",
}


def _allowed(request: Request) -> None:
    if not may_upload(request):
        raise HTTPException(403, "Plans are sent by an owner who is signed in, where the settings let")


Words = Annotated[str, Form(max_length=300)]
Plan = Annotated[UploadFile, File(description="The plan: Word, Excel, PDF, HTML, OpenDocument, CSV or text")]


@router.post(
    "/api/sources",
    tags=["documents"],
    summary="Send a plan",
    status_code=201,
    response_model=LoadReportData,
    dependencies=[Depends(needs_media_type("multipart/form-data")), Depends(_allowed)],
    responses={
        200: {"model": LoadReportData, "description": "The very same plan is held already; nothing was changed"},
        201: {"description": "The plan was read; the report says what was read and what was set aside"},
        **documented(400, 403, 413, 415, 422, 429, 500, 503),
    },
)
def send_plan(
    request: Request,
    response: Response,
    file: Plan,
    label: Annotated[Label, Form(description="Who may see it")] = Label.INTERNAL,
    title: Words = "",
    authority: Words = "",
    date: Annotated[Day | None, WithJsonSchema(_DAY), Form(description="The date of the plan")] = None,
) -> Any:
    """Keeps the file, reads it as `ingest` does, and gives the load report. A file of the same name is a new version.

    A file that cannot be read is 422, with the reason and what to do, and nothing that is held is changed.
    """
    report = _taken_in(request, file, SourceDetails(_said(title), _said(authority), date, label))
    one = report.documents[0]
    if one.status in (LoadStatus.REJECTED, LoadStatus.QUARANTINED):
        return problem(422, one.status.value, one.reason or "The file cannot be read.")
    response.status_code = 200 if one.status is LoadStatus.UNCHANGED else 201
    return report.as_dict()


@router.get("/upload", response_class=HTMLResponse, include_in_schema=False, dependencies=[Depends(_allowed)])
def upload_page(request: Request) -> HTMLResponse:
    """The form that sends a plan."""
    return _page(request)


@router.post("/upload", response_class=HTMLResponse, include_in_schema=False, dependencies=[Depends(_allowed)])
def uploaded_page(
    request: Request,
    file: Annotated[UploadFile | None, File()] = None,
    label: Annotated[Label, Form()] = Label.INTERNAL,
    title: Words = "",
    authority: Words = "",
    date: Annotated[str, Form()] = "",
) -> HTMLResponse:
    """The load report of the plan that was sent; the form again where nothing could be done with it."""
    given = {"label": label.value, "title": title, "authority": authority, "date": date}
    if file is None or not file.filename:
        return _page(request, 422, given=given, error="Choose the file of a plan.", at="file")
    try:
        details = SourceDetails(_said(title), _said(authority), _day(date), label)
    except ValueError:
        words = "The date of the plan is not a date. Write it as year-month-day, such as 2026-03-31."
        return _page(request, 422, given=given, error=words, at="date")
    try:
        report = _taken_in(request, file, details)
    except (SourceError, StoreError) as fault:
        return _page(request, 503, given=given, error=str(fault), at="file")
    return _page(request, 422 if report.failed else 200, report=report, document=report.documents[0])


def _page(request: Request, status: int = 200, **values: Any) -> HTMLResponse:
    limit = request.app.state.settings.file_bytes
    given = {"given": {"label": Label.INTERNAL.value}, "error": "", "report": None, **values}
    return page(request, "upload.html", status, labels=_LABELS, limit=limit, current="plans", **given)


def _taken_in(request: Request, file: UploadFile, details: SourceDetails) -> LoadReport:
    state = request.app.state
    report = take_in(file.file, file.filename or "", details, state.settings, state.embedder)
    one, label = report.documents[0], details.label.value if details.label else ""
    state.audit.note(Act.UPLOADED, person_of(request), document=one.document, status=one.status.value, label=label)
    return report


def _said(words: str) -> str | None:
    return " ".join(words.split()) or None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
