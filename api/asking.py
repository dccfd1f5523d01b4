"""A question as an address holds it: the same for the page and for the files of its answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from fastapi import Request

from api.audience import audience_of
from assistant.answer import Answer
from assistant.errors import QueryPlanError, RecordNotFound

TURNS = 12
"""How many earlier questions an address carries."""


def asked(
    request: Request,
    question: str,
    as_of: date | None,
    reader: str,
    query: str,
    plans: Sequence[str],
    earlier: Sequence[str],
) -> Answer:
    """The answer under the rights of this reader, and counted.

    Args: query, a query plan as JSON, or empty; plans, the documents that the reader narrows the question to, used
    where no query is sent.
    Raises: QuestionError, QueryPlanError; RecordNotFound where none of the plans is held.
    """
    assistant, audience, turns = request.app.state.assistant, audience_of(request), tuple(earlier)[-TURNS:]
    chosen = [one.document for one in assistant.register.sources(audience) if one.document in plans]
    if plans and not chosen:
        raise RecordNotFound("None of these plans is held for this reader. Choose among those of /api/sources.")
    answer: Answer = assistant.ask(
        question, as_of=as_of, conversation=turns, reader=reader, audience=audience, query=query_of(query),
        documents=chosen,
    )  # fmt: skip
    request.app.state.metrics.answers.labels(answer.status.value).inc()
    return answer


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
