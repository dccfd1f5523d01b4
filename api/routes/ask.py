"""`POST /api/ask`: a question in, an answer out; `GET /api/answer`: the same by an address, also as a file."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request

from api.asking import TURNS, asked, query_of
from api.audience import audience_for
from api.exports.evidence import of_answer
from api.exports.files import DOCUMENTED, FileFormat, as_file
from api.problems import documented, needs_media_type
from api.schemas import ANSWER_EXAMPLE, QUESTION, AnswerData, AskBody, Day

_EXAMPLE = "what actions on neglect are overdue?"
router = APIRouter(prefix="/api", tags=["questions"])


@router.post(
    "/ask",
    summary="Ask one question",
    response_model=AnswerData,
    dependencies=[Depends(needs_media_type("application/json"))],
    responses={
        200: {"content": {"application/json": {"example": ANSWER_EXAMPLE}}},
        **documented(400, 403, 413, 415, 422, 429, 500, 503),
    },
)
def ask(body: AskBody, request: Request) -> Any:
    """The answer, with every row that it lists cited."""
    answer = asked(
        request, body.question, as_of=body.as_of, reader=body.reader, query=body.query, earlier=body.conversation
    )
    return {**answer.as_dict(), "qid": body.qid}


@router.get(
    "/answer",
    summary="An answer by its address, as data or as a file",
    response_model=AnswerData,
    responses={
        200: {"content": {"application/json": {"example": ANSWER_EXAMPLE}, **DOCUMENTED}},
        **documented(404, 422, 429, 500, 503),
    },
)
def answer(
    request: Request,
    q: Annotated[str, Query(description="The question", examples=[_EXAMPLE], json_schema_extra=QUESTION)],
    as_of: Annotated[Day | None, Query(description="Lateness is worked out at this date; today when absent.")] = None,
    reader: Literal["staff", "inspection", "member"] = "staff",
    query: Annotated[str, Query(description="The query of an earlier answer, as JSON")] = "",
    plan: Annotated[list[str] | None, Query(description="Only these documents")] = None,
    earlier: Annotated[
        list[str] | None, Query(description="Earlier user turns, oldest first; the last 20 count")
    ] = None,
    format: Literal["json"] | FileFormat = "json",
) -> Any:
    """The question is asked anew under the rights of whoever asks. A file holds every row and every quote."""
    turns = (earlier or [])[-TURNS:]
    given = asked(request, q, as_of=as_of, reader=reader, query=query_of(query), plans=plan or (), earlier=turns)
    if format == "json":
        return given.as_dict()
    evidence = of_answer(request.app.state.assistant.register, audience_for(request, reader), given)
    return as_file(request, evidence, format, "answer")
