"""The data of the register over HTTP: answers, actions, documents, changes, what falls due; and how the server is."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from pydantic import BaseModel, Field

from api import schemas
from api.asking import TURNS, asked, query_of
from api.audit import Act
from api.due import as_ics
from api.exports.evidence import DOCUMENTED, FileFormat, as_file, of_answer, of_register
from api.filters import AsOf, Order, RowFilters, due_of, field_of
from api.here import Here, Reading
from api.problems import documented, needs_media_type
from assistant.changes import ChangeKind
from assistant.citation import opened_passage
from assistant.errors import RecordNotFound
from assistant.labels import Care
from assistant.records import Source

router = APIRouter()
_KEPT = {"Cache-Control": "private, no-cache"}
Route = TypeVar("Route", bound=Callable[..., Any])
_Name = Annotated[str | None, Field(max_length=300)]


def _get(
    path: str, tag: str, model: type[BaseModel] | None, *statuses: int, content: Any = None
) -> Callable[[Route], Route]:
    """Describes a route: what it gives, also in other media types than JSON, and the errors of its own."""
    given: dict[int | str, dict[str, Any]] = {200: {"content": content}} if content else {}
    given[304] = {"description": "What the client has, as If-None-Match says, is what is held"}
    kind: dict[str, Any] = {"response_model": model} if model else {"response_class": Response}
    return router.get(path, tags=[tag], responses={**given, **documented(*statuses)}, **kind)


def _tagged(request: Request, data: schemas.Data) -> Response:
    """Data as JSON with the hash of its bytes as ETag; 304 without a body where the client has it."""
    body = data.model_dump_json().encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return _unchanged(request, tag) or Response(body, media_type="application/json", headers={"ETag": tag, **_KEPT})


def _unchanged(request: Request, tag: str) -> Response | None:
    """The 304 for a client that has what `tag` stands for; None where it must be sent."""
    given = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return Response(status_code=304, headers={"ETag": tag, **_KEPT}) if tag in given or "*" in given else None


# ---------------------------------------------------------------- questions


@router.post(
    "/api/ask",
    tags=["questions"],
    summary="Ask one question",
    response_model=schemas.AnswerData,
    dependencies=[Depends(needs_media_type("application/json"))],
    responses=documented(400, 403, 413, 415),
)
def ask(body: schemas.AskBody, request: Request) -> Any:
    """The answer, with every row that it lists cited."""
    here = Reading(request, body.reader)
    answer = asked(here, body.question, as_of=body.as_of, query=body.query, earlier=body.conversation or ())
    return {**answer.as_dict(), "qid": body.qid}


@_get("/api/answer", "questions", schemas.AnswerData, 404, content=DOCUMENTED)
def answer(
    here: Here,
    q: Annotated[str, Query(description="The question", json_schema_extra=schemas.QUESTION)],
    as_of: AsOf = None,
    reader: schemas.ReaderName = "staff",  # noqa: ARG001 (it is read with the request)
    query: Annotated[str, Query(description="The query of an earlier answer, as JSON")] = "",
    plan: Annotated[Sequence[str], Query(description="Only these documents")] = (),
    earlier: Annotated[Sequence[str], Query(description="Earlier user turns, oldest first; the last 20 count")] = (),
    format: Literal["json"] | FileFormat = "json",
) -> Any:
    """The question is asked anew under the rights of whoever asks. A file holds every row and every quote."""
    given = asked(here, q, as_of=as_of, query=query_of(query), plans=plan, earlier=earlier[-TURNS:])
    if format == "json":
        return given.as_dict()
    return as_file(here, of_answer(here, given), format, "answer")


# ---------------------------------------------------------------- the register


@_get("/api/actions", "register", schemas.ActionPage, 409, content=DOCUMENTED)
def actions(
    here: Here,
    filters: Annotated[RowFilters, Depends()],
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
    after: Annotated[
        _Name, Query(description="The id of a row: goes on exactly after it, whatever was loaded in between.")
    ] = None,
    order: Order = "document",
    descending: bool = False,
    format: Literal["json"] | FileFormat = "json",
) -> Any:
    """The rows that match, a page at a time; an export holds them all. `next` is the offset of the next page."""
    sorting = (field_of(order), descending)
    if format == "json":
        return _tagged(
            here.request, schemas.ActionPage.of(here.register, here.audience, filters, limit, offset, *sorting, after)
        )
    return as_file(here, of_register(here, filters, *sorting), format, "actions")


@_get("/api/actions/{action_id}", "register", schemas.ActionData, 404)
def action(action_id: str, here: Here) -> Any:
    """One row of the register."""
    return _tagged(here.request, schemas.ActionData.model_validate(here.register.action(here.audience, action_id)))


@_get("/api/changes", "changes", schemas.ChangePage, 404)
def changes(
    here: Here,
    old: Annotated[_Name, Query(alias="from", description="The older document")] = None,
    new: Annotated[_Name, Query(alias="to", description="The newer document")] = None,
    kind: Annotated[Sequence[ChangeKind], Query(description="Only these kinds")] = (),
) -> Any:
    """The newest two versions of each series where none is named; with one, the version beside it is the other."""
    return schemas.ChangePage.of(here.assistant.changes(old, new, here.audience), kind)


@_get("/api/due", "due", schemas.DuePage)
def due(
    here: Here,
    filters: Annotated[RowFilters, Depends()],
    within: Annotated[int, Query(ge=0, le=3650, description="Days ahead")] = 30,
) -> Any:
    """Over the newest version of each plan."""
    return schemas.DuePage.of(due_of(here.assistant, here.audience, filters, within))


@router.get("/calendar/{secret}.ics", include_in_schema=False)
def calendar(secret: str, here: Here) -> Response:
    """The calendar at a private address, for whoever knows it."""
    base = here.settings.public_url or str(here.request.base_url).rstrip("/")
    content = as_ics(secret, here.settings.data_dir, here.assistant, base)
    return Response(content, media_type="text/calendar; charset=utf-8")


# ---------------------------------------------------------------- documents


@_get("/api/sources", "documents", schemas.SourceList)
def sources(here: Here) -> Any:
    """Every document that this reader may see, with rows read and warnings."""
    return _tagged(here.request, schemas.SourceList.of(here.held))


@_get("/api/sources/{source_id}", "documents", schemas.SourceData, 404)
def source(source_id: str, here: Here) -> Any:
    """One document that is held."""
    return _tagged(here.request, schemas.SourceData.of(here.document(source_id)))


@_get("/api/sources/{source_id}/file", "documents", None, 404, content={"application/octet-stream": {}})
def original(source_id: str, here: Here) -> Response:
    """The file as it was loaded; its ETag is the hash of its bytes. Only while the very same file is still there."""
    one = here.document(source_id).source
    tag = f'"{one.sha256}"'
    data = bytes_of(here, one)
    if data is None:
        raise RecordNotFound(
            f"The file of {one.document} is no longer where it was loaded from, or has changed since. Load it again."
        )
    name = quote(one.document, safe="")
    here.note(Act.EXPORTED, file=one.document)
    headers = {"ETag": tag, "Content-Disposition": f"attachment; filename*=UTF-8''{name}", **_KEPT}
    return _unchanged(here.request, tag) or Response(data, media_type="application/octet-stream", headers=headers)


def bytes_of(here: Reading, source: Source) -> bytes | None:
    """The original's bytes while the file is still the one that was loaded, and says no more than this reader is told;
    else None."""
    whole, register = here.audience - {Care.FEW_ROUNDED}, here.register
    if whole != here.audience and register.lines(whole, source.document) != register.lines(
        here.audience, source.document
    ):
        return None
    try:
        data = Path(source.path).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == source.sha256 else None


@_get("/api/passages/{passage_id}", "documents", schemas.PassageData, 404)
def passage(passage_id: str, here: Here) -> Any:
    """A run of paragraphs under one heading, or the words of one place that an answer cites, with the place."""
    return _tagged(here.request, schemas.PassageData.of(*opened_passage(here.register, here.audience, passage_id)))


# ---------------------------------------------------------------- operation


@_get("/api/health", "operation", schemas.Health)
def health(here: Here) -> Any:
    """The state of the register, counted for this reader."""
    held = here.held
    return {
        "status": "ready" if held else "empty",
        "ready": bool(held),
        "documents": len(held),
        "actions": sum(one.actions for one in held),
        "passages": sum(one.passages for one in held),
        "corpus_version": here.register.corpus_version(here.audience),
        "version": here.request.app.version,
    }


@_get("/metrics", "operation", None, 403, content={"text/plain": {}})
def metrics(here: Here) -> Response:
    """The counts of this worker in the text format of Prometheus, for an owner. No question is in them."""
    if not here.person.is_owner:
        raise HTTPException(403, "Counts are for an owner; send the token, or a key with that role")
    found: Response = here.state.metrics.response()
    return found
