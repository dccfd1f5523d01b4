"""A question asked under the rights of its reader: one way for the page, the API and the files of an answer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from api.here import Reading
from assistant.answer import Answer, Reader
from assistant.errors import AssistantError, QueryPlanError, RecordNotFound
from assistant.labels import Care
from assistant.query_plan_json import plan_from_data
from assistant.query_plan_words import plan_words
from assistant.register import FEW

_FEW_WORDS = (
    "Members are told “a small number” where a plan gives a number below five of children, young people or families, "
    "so that nobody can be recognised. Officers can see the number."
)
TURNS = 20
"""How many earlier questions an address carries."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation; `query`, as JSON, where its reader changed how it was understood."""

    q: str
    query: str = ""

    def as_text(self) -> str:
        """The turn as an address carries it: its words alone where nothing was changed."""
        return json.dumps({"q": self.q, "query": self.query}) if self.query else self.q


def turn_of(text: str) -> Turn:
    """The turn that an address carries; whatever is no turn is the words of a question."""
    try:
        data = json.loads(text) if text.startswith("{") else {}
    except (ValueError, RecursionError):
        data = {}
    q, query = (data.get("q"), data.get("query")) if isinstance(data, dict) else (None, None)
    return Turn(q, query) if isinstance(q, str) and isinstance(query, str) else Turn(text)


def asked(
    here: Reading,
    question: str,
    *,
    as_of: date | None = None,
    query: Mapping[str, Any] | None = None,
    plans: Sequence[str] = (),
    earlier: Sequence[str] = (),
    counted: bool = True,
) -> Answer:
    """The answer under the rights of this reader, and counted.

    Args: query, a query plan as data that is answered in place of the question's own reading; what may be asked next
    is worked out from the words of a question, so nothing is suggested after one; plans, the documents that the reader
    narrows the question to; earlier, the turns before it, oldest first, as `Turn.as_text` writes them; counted, False
    where an answer is only shown again.
    Raises: QuestionError, QueryPlanError; RecordNotFound where none of the plans is held.
    """
    chosen = [one.document for one in here.sources if one.document in plans] if plans else []
    if plans and not chosen:
        raise RecordNotFound("None of these plans is held for this reader. Choose among those of /api/sources.")
    answer = here.assistant.ask(
        question, as_of=as_of, conversation=_said(here, earlier), reader=here.reader or Reader.STAFF,
        audience=here.audience, query=query, documents=chosen,
    )  # fmt: skip
    quoted = (answer.answer, *(one.quote for one in answer.citations))
    if Care.FEW_ROUNDED in here.audience and any(FEW in text for text in quoted):
        answer = replace(answer, caveats=(*answer.caveats, _FEW_WORDS))
    if counted:
        here.state.metrics.answers.labels(answer.status.value).inc()
        rows = [citation.id for citation in answer.citations]
        here.state.audit.note_answer(here.person, question, answer.status.value, answer.total, rows)
    return replace(answer, suggestions=()) if query else answer


def _said(here: Reading, earlier: Sequence[str]) -> tuple[str, ...]:
    """The earlier questions in words; a changed one in the words of its query, so that the change counts."""
    turns = [turn_of(text) for text in earlier]
    titles = {one.document: one.title for one in here.sources} if any(turn.query for turn in turns) else {}
    return tuple(_in_words(turn, titles) if turn.query else turn.q for turn in turns)


def _in_words(turn: Turn, titles: Mapping[str, str]) -> str:
    try:
        plan = replace(plan_from_data(query_of(turn.query) or {}), readings=(), kept=(), premises=())
    except AssistantError:
        return turn.q
    return plan_words(plan, titles).translate(_NO_QUOTES)


_NO_QUOTES = str.maketrans("", "", "“”")


def query_of(text: str) -> dict[str, Any] | None:
    """The query that an address holds; None where it holds none. Raises: QueryPlanError."""
    try:
        data = json.loads(text) if text else None
    except (ValueError, RecursionError) as error:
        raise QueryPlanError("The query in the address is not JSON. Ask the question again.") from error
    if not isinstance(data, dict | None):
        raise QueryPlanError("The query in the address is not a query. Ask the question again.")
    return data
