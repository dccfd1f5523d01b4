"""`POST /api/ask`: a question in, an answer out."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from api.audience import audience_of
from api.schemas import AskBody

router = APIRouter(prefix="/api")


@router.post("/ask", summary="Ask one question")
def ask(body: AskBody, request: Request) -> dict[str, Any]:
    """The answer, with every row that it lists cited."""
    answer = request.app.state.assistant.ask(
        body.question,
        as_of=body.as_of,
        conversation=tuple(body.conversation),
        reader=body.reader,
        audience=audience_of(request),
        query=body.query,
    )
    return {**answer.as_dict(), "qid": body.qid}
