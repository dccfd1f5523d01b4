"""`GET /api/passages/{id}`."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from api.audience import audience_of
from api.caching import NOT_MODIFIED, tagged
from api.problems import documented
from api.rows import passage_data
from api.schemas import PASSAGE_EXAMPLE, PassageData
from assistant.citation import Places
from assistant.places import place_of
from assistant.records import Passage
from assistant.view import View

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
    """A run of paragraphs under one heading, or the words of one place that an answer cites, with the place."""
    register, audience = request.app.state.assistant.register, audience_of(request)
    held = {one.id: one for one in register.sources(audience)}
    place = place_of(passage_id)
    if place and (source := held.get(place[0])):
        words = Places(View(register, audience)).words(source.document, place[1])
        if words:
            found = Passage(passage_id, source.document, (), words, place[1], source.label)
            return tagged(request, passage_data(found, source))
    found = register.passage(audience, passage_id)
    source = next(one for one in held.values() if one.document == found.document)
    return tagged(request, passage_data(found, source))
