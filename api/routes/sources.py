"""`GET /api/sources` and one source: the documents held."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from api.audience import audience_of
from api.rows import source_data
from assistant.errors import RecordNotFound

router = APIRouter(prefix="/api")


@router.get("/sources", summary="The documents held")
def sources(request: Request) -> dict[str, Any]:
    """Every document that this reader may see, with rows read and warnings."""
    held = request.app.state.assistant.register.held(audience_of(request))
    return {"total": len(held), "items": [source_data(one) for one in held]}


@router.get("/sources/{source_id}", summary="One document")
def source(source_id: str, request: Request) -> dict[str, Any]:
    """One document that is held."""
    for one in request.app.state.assistant.register.held(audience_of(request)):
        if one.source.id == source_id:
            return source_data(one)
    raise RecordNotFound(f'No document has the id "{source_id}". GET /api/sources lists those that you may see.')
