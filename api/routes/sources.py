"""`GET /api/sources`, one source, and its original file where that may be had."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from api.audience import audience_of, person_of
from api.audit import Act
from api.caching import KEPT, NOT_MODIFIED, tagged, unchanged
from api.problems import documented
from api.rows import source_data
from api.schemas import SOURCE_EXAMPLE, SourceData, SourceList
from assistant.errors import RecordNotFound
from assistant.labels import Care
from assistant.records import Source
from assistant.register import Held

router = APIRouter(prefix="/api", tags=["documents"])


@router.get(
    "/sources",
    summary="The documents held",
    response_model=SourceList,
    responses={
        200: {"content": {"application/json": {"example": {"total": 1, "items": [SOURCE_EXAMPLE]}}}},
        **NOT_MODIFIED,
        **documented(429, 500, 503),
    },
)
def sources(request: Request) -> Any:
    """Every document that this reader may see, with rows read and warnings."""
    held = request.app.state.assistant.register.held(audience_of(request))
    return tagged(request, {"total": len(held), "items": [source_data(one) for one in held]})


@router.get(
    "/sources/{source_id}",
    summary="One document",
    response_model=SourceData,
    responses={
        200: {"content": {"application/json": {"example": SOURCE_EXAMPLE}}},
        **NOT_MODIFIED,
        **documented(404, 422, 429, 500, 503),
    },
)
def source(source_id: str, request: Request) -> Any:
    """One document that is held."""
    return tagged(request, source_data(held_source(request, source_id)))


@router.get(
    "/sources/{source_id}/file",
    summary="A document's original file",
    response_class=Response,
    responses={
        200: {"content": {"application/octet-stream": {}}},
        **NOT_MODIFIED,
        **documented(404, 422, 429, 500, 503),
    },
)
def original(source_id: str, request: Request) -> Response:
    """The file as it was loaded; its ETag is the hash of its bytes. Only while the very same file is still there."""
    one = held_source(request, source_id).source
    tag = f'"{one.sha256}"'
    data = bytes_of(request, one)
    if data is None:
        raise RecordNotFound(
            f"The file of {one.document} is no longer where it was loaded from, or has changed since. Load it again."
        )
    name = quote(one.document, safe="")
    request.app.state.audit.note(Act.EXPORTED, person_of(request), file=one.document)
    headers = {"ETag": tag, "Content-Disposition": f"attachment; filename*=UTF-8''{name}", **KEPT}
    return unchanged(request, tag) or Response(data, media_type="application/octet-stream", headers=headers)


def held_source(request: Request, source_id: str) -> Held:
    """The document with this id that the reader may see. Raises: RecordNotFound."""
    for one in request.app.state.assistant.register.held(audience_of(request)):
        if one.source.id == source_id:
            return one  # type: ignore[no-any-return]
    raise RecordNotFound(f'No document has the id "{source_id}". GET /api/sources lists those that you may see.')


def bytes_of(request: Request, source: Source) -> bytes | None:
    """The original's bytes while the file is still the one that was loaded, and says no more than this reader is told;
    else None."""
    audience, register = audience_of(request), request.app.state.assistant.register
    whole = audience - {Care.FEW_ROUNDED}
    if whole != audience and register.lines(whole, source.document) != register.lines(audience, source.document):
        return None
    try:
        data = Path(source.path).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == source.sha256 else None
