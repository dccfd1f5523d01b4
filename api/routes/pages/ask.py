"""The page that asks and answers."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.answer_view import view_of
from api.audience import audience_of
from api.templates import address, page
from assistant.answer import Answer, Reader
from assistant.conditions import Condition, Field, Operator, overdue
from assistant.errors import AssistantError
from assistant.records import Audience
from assistant.register import Register

router = APIRouter()
_TURNS = 12
_LONGEST_ADDRESS = 6_000


@router.get("/", response_class=HTMLResponse)
def ask_page(
    request: Request,
    q: str = "",
    as_of: str = "",
    reader: str = "staff",
    query: str = "",
    plan: Annotated[list[str] | None, Query()] = None,
    earlier: Annotated[list[str] | None, Query()] = None,
) -> HTMLResponse:
    """The question form, with the answer when there is a question. Its address asks the same again."""
    register: Register = request.app.state.assistant.register
    audience = audience_of(request)
    sources = register.sources(audience)
    turns, plans = list(earlier or ())[-_TURNS:], [one.document for one in sources if one.document in (plan or ())]
    answer, error = None, ""
    if q.strip():
        try:
            answer = _answer(request, q, as_of, reader, query, plans, turns)
            request.app.state.metrics.answers.labels(answer.status.value).inc()
        except AssistantError as fault:
            error = str(fault)
        except ValueError:
            error = f'The as-at date "{as_of}" is not a date. Write it as year-month-day, such as 2026-03-31.'
    conversation = [*turns, q] if answer else turns
    kept = {"as_of": as_of, "reader": reader, "plan": plans}

    def changed(left: dict[str, Any]) -> str:
        to = address("/", q=q, query=json.dumps(left, separators=(",", ":")), earlier=turns, **kept)
        return to if len(to) <= _LONGEST_ADDRESS else ""

    return page(
        request,
        "ask.html",
        422 if error else 200,
        question="" if answer else q, asked=q, turns=turns, conversation=conversation, error=error, changed=changed,
        view=view_of(answer, register, audience) if answer else None,
        as_of=as_of, reader=reader, readers=[kind.value for kind in Reader], plans=plans, sources=sources,
        permalink=address("/", **{**kept, "q": q, "query": query, "earlier": turns, "as_of": answer and answer.as_of}),
        link=lambda words: address("/", q=words, earlier=conversation, **kept),
        again=lambda number: address("/", q=turns[number], earlier=turns[:number], **kept),
        examples=examples(register, audience), limit=request.app.state.settings.question_chars, current="ask",
    )  # fmt: skip


def _answer(
    request: Request, q: str, as_of: str, reader: str, query: str, plans: list[str], turns: list[str]
) -> Answer:
    assistant, audience = request.app.state.assistant, audience_of(request)
    day = date.fromisoformat(as_of) if as_of else None
    sent = _query(query)
    answer: Answer = assistant.ask(q, as_of=day, conversation=turns, reader=reader, audience=audience, query=sent)
    if not plans or not answer.query or sent is not None:
        return answer
    named = [one for one in answer.query.get("documents", ()) if one in plans]
    narrowed = {**answer.query, "documents": named or plans}
    return assistant.ask(  # type: ignore[no-any-return]
        q, as_of=day, conversation=turns, reader=reader, audience=audience, query=narrowed
    )


def _query(text: str) -> dict[str, Any] | None:
    if not text:
        return None
    from assistant.errors import QueryPlanError

    try:
        data = json.loads(text)
    except ValueError as error:
        raise QueryPlanError("The query in the address is not JSON. Ask the question again.") from error
    if not isinstance(data, dict):
        raise QueryPlanError("The query in the address is not a query. Ask the question again.")
    return data


def examples(register: Register, audience: Audience) -> list[str]:
    """Up to four questions that this reader will get rows for."""
    found = []
    if register.count(audience, overdue(date.today())):
        found.append("Which actions are overdue?")
    owned = register.select(audience, order=Field.DUE, limit=60)
    owner = next((row.owner for row in owned if row.owner and len(row.owner) < 40 and row.status != "complete"), None)
    found += [f"What does {owner} have to do?"] if owner else []
    found += ["How many actions are complete in each plan?"] if owned else []
    if register.count(audience, Condition(Field.OWNER, Operator.MISSING)):
        found.append("Which actions have no owner?")
    return found
