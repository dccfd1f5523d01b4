"""`GET /api/passages/{id}`, and the address that opens a passage in its document."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from api.audience import audience_of
from api.caching import NOT_MODIFIED, tagged
from api.problems import documented
from api.rows import passage_data
from api.schemas import PASSAGE_EXAMPLE, PassageData
from api.templates import place_address
from assistant.records import Passage, Source

router = APIRouter()


@router.get(
    "/api/passages/{passage_id}",
    tags=["documents"],
    summary="One passage",
    response_model=PassageData,
    responses={
        200: {"content": {"application/json": {"example": PASSAGE_EXAMPLE}}},
        **NOT_MODIFIED,
        **documented(404, 422, 429, 500, 503),
    },
)
def passage(passage_id: str, request: Request) -> Any:
    """A run of paragraphs under one heading, with its place."""
    return tagged(request, passage_data(*_found(request, passage_id)))


@router.get("/passage/{passage_id}", include_in_schema=False)
def passage_page(passage_id: str, request: Request) -> RedirectResponse:
    """The passage in its document, opened at its place."""
    found, source = _found(request, passage_id)
    return RedirectResponse(place_address(source.id, found.locator), status_code=302)


def _found(request: Request, passage_id: str) -> tuple[Passage, Source]:
    """The passage that this reader may see, and its document. Raises: RecordNotFound."""
    register, audience = request.app.state.assistant.register, audience_of(request)
    found = register.passage(audience, passage_id)
    return found, next(one for one in register.sources(audience) if one.document == found.document)
