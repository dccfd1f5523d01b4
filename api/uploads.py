"""A plan that a reader sends, with its label: kept in the data folder under a safe name, loaded, and reported on."""

import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date as _date
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Literal

from fastapi import APIRouter, Depends, File, Form, HTTPException, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import WithJsonSchema

from api.audit import Act
from api.filters import Day
from api.here import Here, Reading, may_upload
from api.problems import documented, needs_media_type, refusal
from api.roles import write_private
from api.schemas import LoadReportData
from assistant.embedding import Embedder
from assistant.errors import SourceError, StoreError
from assistant.labels import OWNER, strictest
from assistant.locks import write_lock
from assistant.records import Label, Source, SourceDetails
from assistant.register import Held, Register, database_place
from assistant.settings import Settings
from assistant.versions import series_with
from ingest.load import load
from ingest.manifest import FILE_NAME, Manifest, read_manifest, say_joined, say_parted
from ingest.report import LoadReport, LoadStatus

FOLDER = "uploads"
_LONGEST_BYTES = 150
_UNSAFE = re.compile(r'[<>:"|?*%#\s]+')
_RESERVED = re.compile(
    r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)|(readme|manifest|thumbs|desktop)(\.[a-z]+)?$|~", re.IGNORECASE
)
router = APIRouter()
Words = Annotated[str, Form(max_length=300)]
Plan = Annotated[UploadFile, File(description="The plan: Word, Excel, PDF, HTML, OpenDocument, CSV or text")]


def safe_name(given: str) -> str:
    """The name under which a file is kept: its own last part, without what a file system or a load takes amiss.

    Never empty, hidden, longer than 150 bytes or the name of a device, and the same for the same name sent again."""
    shown = "".join(sign for sign in unicodedata.normalize("NFC", given) if unicodedata.category(sign)[0] != "C")
    last = _UNSAFE.sub("-", re.split(r"[/\\]", shown)[-1].strip()).strip(".- ")
    stem, dot, ending = last.rpartition(".")
    if not dot or not ending.isalnum() or len(ending) > 10:
        stem, ending = last, ""
    name = f"{_short(stem) or 'plan'}.{ending}" if ending else _short(last) or "plan"
    return f"plan-{name}" if _RESERVED.match(name) else name


def _short(stem: str) -> str:
    """The stem, cut where it is long, with a hash that keeps apart what the cut makes alike."""
    if len(stem.encode()) <= _LONGEST_BYTES - 20:
        return stem
    cut = stem.encode()[: _LONGEST_BYTES - 30].decode(errors="ignore")
    return f"{cut}-{hashlib.sha256(stem.encode()).hexdigest()[:8]}"


def take_in(
    file: BinaryIO, name: str, details: SourceDetails, settings: Settings, embedder: Embedder | None
) -> LoadReport:
    """Keep a file and load it, and report as a load does.

    What is not taken in is not kept: then the file and what was said of it stand as they did before. Nothing is shown
    more widely than the strictest of what was said of it before and is said now, wherever this is cut short: the label
    is written before the file has its place, and no load comes between.
    Raises: StoreBusy, StoreError as `load`; SourceError where the manifest of the folder cannot be read."""
    folder, path = settings.data_dir.resolve() / FOLDER, settings.data_dir.resolve() / FOLDER / safe_name(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with write_lock(settings.data_dir, settings.lock_wait_seconds):
            before = read_manifest(folder)
            held = _held(settings, path)
            label = strictest(details.label, before.details(path.name).label, held.source.label if held else None)
            details, wider = replace(details, label=label), details.label
            with _in_place(file, path, before.saying(path.name, details)):
                report = load([path], settings, embedder=embedder, locked=True)
                if _held(settings, path, held if report.failed else None) is None or report.failed:
                    raise _NotTakenIn(report)
            if wider and wider is not label:
                first, *others = report.documents
                words = f"It was sent as {wider.value} and stays {label.value}, as it was before."
                report = replace(report, documents=(first.warned(words), *others))
    except _NotTakenIn as ended:
        report = ended.args[0]
    except OSError as error:
        raise StoreError(f'The folder "{folder}" cannot be written: {error.strerror}. Nothing was changed.') from error
    return _without_folder(report, folder)


def say_series(
    sources: Sequence[Source], join: Iterable[str], part: Iterable[str], settings: Settings, name: str | None = None,
    embedder: Embedder | None = None,
) -> LoadReport:  # fmt: skip
    """Say in the manifests which documents are versions of one plan, and which of no other; and load them again.

    Raises: RecordNotFound for a document that is not held; SourceError where its file or manifest cannot be used."""
    return load([*say_joined(sources, join, name), *say_parted(sources, part)], settings, embedder=embedder)


def take_out(sources: Iterable[Source], settings: Settings, embedder: Embedder | None) -> LoadReport:
    """Take away the files of documents that were sent here, and what is held of them.

    Raises: SourceError for a document that was loaded from elsewhere, and nothing is taken away."""
    folder = settings.data_dir.resolve() / FOLDER
    paths = [Path(source.path) for source in sources]
    if elsewhere := [path.name for path in paths if path.parent != folder]:
        raise SourceError(
            f"{', '.join(elsewhere)} was not sent here: take it out of the folder that it is loaded from."
        )
    for path in paths:
        path.unlink(missing_ok=True)
    return load([folder], settings, embedder=embedder)


class _NotTakenIn(Exception):
    """The argument is the report of the load."""


def _held(settings: Settings, path: Path, before: Held | None = None) -> Held | None:
    """The document that was loaded from a place, as it is held this moment; labelled as `before`."""
    with closing(Register.open(database_place(settings.data_dir, settings.database_url))) as register:
        if before:
            register.describe(
                before.source.document, label=before.source.label.value, said=before.said, hidden=before.hidden
            )
        return next((one for one in register.held(OWNER) if one.source.path == str(path)), None)


@contextmanager
def _in_place(file: BinaryIO, path: Path, said: Manifest) -> Iterator[None]:
    """What is said of a file, and then the file, at their places; both put back where what is done with them fails."""
    folder = path.parent
    arriving, before, manifest = folder / ".arriving", folder / f".{path.name}.before", folder / FILE_NAME
    with arriving.open("wb") as target:
        shutil.copyfileobj(file, target)
    said_before = manifest.read_text(encoding="utf-8") if manifest.is_file() else ""
    before.unlink(missing_ok=True)
    if path.is_file():
        os.link(path, before)
    write_private(manifest, said.as_toml().encode())
    arriving.replace(path)
    try:
        yield
    except BaseException:
        if before.is_file():
            before.replace(path)
        else:
            path.unlink()
        write_private(manifest, said_before.encode())
        raise
    before.unlink(missing_ok=True)


def _without_folder(report: LoadReport, folder: Path) -> LoadReport:
    """The report with the name of the file where it has its place on this machine."""
    told, place = [], f"{folder}{os.sep}"
    for one in report.documents:
        warnings = tuple(replace(each, words=each.words.replace(place, "")) for each in one.warnings)
        told.append(replace(one, reason=one.reason and one.reason.replace(place, ""), warnings=warnings))
    return replace(report, documents=tuple(told))


def _allowed(request: Request) -> None:
    if not may_upload(request):
        raise HTTPException(403, "Plans are sent by an owner who is signed in, where the settings let")


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
        **documented(400, 403, 413, 415),
    },
)
def send_plan(
    here: Here,
    response: Response,
    file: Plan,
    label: Annotated[Label, Form(description="Who may see it")] = Label.INTERNAL,
    title: Words = "",
    authority: Words = "",
    date: Annotated[
        Day | None, WithJsonSchema({"type": "string", "format": "date"}), Form(description="The date of the plan")
    ] = None,
) -> Any:
    """Keeps the file, reads it as `ingest` does, and gives the load report. A file of the same name is a new version.

    A file that cannot be read is 422, with the reason and what to do, and nothing that is held is changed."""
    report = _taken_in(here, file, SourceDetails(_said(title), _said(authority), date, label))
    one = report.documents[0]
    if one.status in (LoadStatus.REJECTED, LoadStatus.QUARANTINED):
        return refusal(here.request, 422, one.status.value, one.reason or "The file cannot be read.")
    response.status_code = 200 if one.status is LoadStatus.UNCHANGED else 201
    return report.as_dict()


@router.get("/upload", response_class=HTMLResponse, include_in_schema=False, dependencies=[Depends(_allowed)])
def upload_page(here: Here) -> HTMLResponse:
    """The form that sends a plan."""
    return _page(here)


@router.post("/upload", response_class=HTMLResponse, include_in_schema=False, dependencies=[Depends(_allowed)])
def uploaded_page(
    here: Here,
    file: Annotated[UploadFile | None, File()] = None,
    label: Annotated[Label, Form()] = Label.INTERNAL,
    title: Words = "",
    authority: Words = "",
    date: Annotated[str, Form()] = "",
) -> HTMLResponse:
    """The load report of the plan that was sent; the form again where nothing could be done with it."""
    given = {"label": label.value, "title": title, "authority": authority, "date": date}
    if file is None or not file.filename:
        return _page(here, 422, given=given, error="Choose the file of a plan.", at="file")
    try:
        details = SourceDetails(_said(title), _said(authority), _date.fromisoformat(date) if date else None, label)
    except ValueError:
        words = "The date of the plan is not a date. Write it as year-month-day, such as 2026-03-31."
        return _page(here, 422, given=given, error=words, at="date")
    try:
        report = _taken_in(here, file, details)
    except (SourceError, StoreError) as fault:
        return _page(here, 503, given=given, error=str(fault), at="file")
    one = report.documents[0]
    series = series_with(here.desk.series, one.document)
    twins = (
        [source for source in series.sources if source.document != one.document and not source.series] if series else []
    )
    sent_here = all(Path(twin.path).parent == here.settings.data_dir.resolve() / FOLDER for twin in twins)
    found = {"report": report, "document": one, "twins": twins, "sent_here": sent_here}
    return _page(here, 422 if report.failed else 200, **found)


@router.post("/series", include_in_schema=False, dependencies=[Depends(_allowed)])
def said_of_series(
    here: Here, do: Annotated[Literal["join", "part", "replace"], Form()], document: Annotated[list[str], Form()]
) -> Response:
    """What a person says of documents: versions of one plan, versions of no other, or taken out for the newest one."""
    if do == "replace":
        report = take_out([here.document(one).source for one in document], here.settings, here.state.embedder)
    else:
        join, part = (document, []) if do == "join" else ([], document)
        report = say_series(here.sources, join, part, here.settings, embedder=here.state.embedder)
    here.note(Act.SAID, said=do, documents=document)
    if report.failed:
        raise SourceError("; ".join(one.reason or one.document for one in report.documents if one.reason))
    return RedirectResponse("/plans", status_code=303)


def _page(here: Reading, status: int = 200, **values: Any) -> HTMLResponse:
    return here.page("upload.html", status, limit=here.settings.file_bytes, current="plans", **values)


def _taken_in(here: Reading, file: UploadFile, details: SourceDetails) -> LoadReport:
    report = take_in(file.file, file.filename or "", details, here.settings, here.state.embedder)
    one, label = report.documents[0], details.label.value if details.label else ""
    here.note(Act.UPLOADED, document=one.document, status=one.status.value, label=label)
    return report


def _said(words: str) -> str | None:
    return " ".join(words.split()) or None
