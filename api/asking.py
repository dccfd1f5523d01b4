"""A question asked under the rights of its reader: one way for the page, the API and the files of an answer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import Request

from api.audience import audience_for, person_of
from assistant.answer import Answer
from assistant.errors import QueryPlanError, RecordNotFound
from assistant.labels import Care
from assistant.register import FEW

_FEW_WORDS = (
    "Members are told “a small number” where a plan gives a number below five of children, young people or families, "
    "so that nobody can be recognised. Officers can see the number."
)
TURNS = 12
"""How many earlier questions an address carries."""


def asked(
    request: Request,
    question: str,
    *,
    as_of: date | None,
    reader: str,
    query: Mapping[str, Any] | None,
    plans: Sequence[str] = (),
    earlier: Sequence[str] = (),
) -> Answer:
    """The answer under the rights of this reader, and counted.

    Args: query, a query plan as data that is answered in place of the question's own reading; what may be asked next
    is worked out from the words of a question, so nothing is suggested after one; plans, the documents that the reader
    narrows the question to; earlier, the questions before it, oldest first.
    Raises: QuestionError, QueryPlanError; RecordNotFound where none of the plans is held.
    """
    assistant, audience = request.app.state.assistant, audience_for(request, reader)
    chosen = [one.document for one in assistant.register.sources(audience) if one.document in plans]
    if plans and not chosen:
        raise RecordNotFound("None of these plans is held for this reader. Choose among those of /api/sources.")
    answer: Answer = assistant.ask(
        question, as_of=as_of, conversation=tuple(earlier), reader=reader, audience=audience, query=query,
        documents=chosen,
    )  # fmt: skip
    quoted = (answer.answer, *(one.quote for one in answer.citations))
    if Care.FEW_ROUNDED in audience and any(FEW in text for text in quoted):
        answer = replace(answer, caveats=(*answer.caveats, _FEW_WORDS))
    request.app.state.metrics.answers.labels(answer.status.value).inc()
    rows = [citation.id for citation in answer.citations]
    request.app.state.audit.note_answer(person_of(request), question, answer.status.value, answer.total, rows)
    return replace(answer, suggestions=()) if query else answer


def query_of(text: str) -> dict[str, Any] | None:
    """The query that an address holds; None where it holds none. Raises: QueryPlanError."""
    if not text:
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise QueryPlanError("The query in the address is not JSON. Ask the question again.") from error
    if not isinstance(data, dict):
        raise QueryPlanError("The query in the address is not a query. Ask the question again.")
    return data
