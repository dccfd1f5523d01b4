"""`POST /api/ask`: a question in, an answer out."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from api.audience import audience_of
from api.problems import documented
from api.schemas import ANSWER_EXAMPLE, AnswerData, AskBody

router = APIRouter(prefix="/api", tags=["questions"])


@router.post(
    "/ask",
    summary="Ask one question",
    response_model=AnswerData,
    responses={
        200: {"content": {"application/json": {"example": ANSWER_EXAMPLE}}},
        **documented(400, 403, 413, 422, 429, 503),
    },
)
def ask(body: AskBody, request: Request) -> Any:
    """The answer, with every row that it lists cited."""
    answer = request.app.state.assistant.ask(
        body.question,
        as_of=body.as_of,
        conversation=tuple(body.conversation),
        reader=body.reader,
        audience=audience_of(request),
        query=body.query,
    )
    request.app.state.metrics.answers.labels(answer.status.value).inc()
    return {**answer.as_dict(), "qid": body.qid}
