"""The page that asks and answers, and the form that changes how a question was understood."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.answer_view import view_of
from api.asking import asked as answered
from api.audience import audience_for, audience_of
from api.filter_words import day_words
from api.plan_names import plan_names
from api.query_change import AS_NOW, Changes, changed_query
from api.routes.pages.address import Asking, DayError, asking, within_held
from api.routes.pages.thread import keep_first, thread_of
from api.templates import page
from assistant.answer import Reader
from assistant.errors import AssistantError, QueryPlanError
from assistant.query_plan_json import plan_from_data

router = APIRouter()
_Asked = Annotated[Asking, Depends(asking)]
_Words = Annotated[list[str] | None, Query(max_length=50)]


_GREETING = re.compile(
    r"(?:hello|hi|hey|good (?:morning|afternoon|evening)|thanks?|thank you|help|what can (?:you do|i ask))"
    r"\W*(?:there|you|me|please|very much)?\W*",
    re.IGNORECASE,
)


@router.get("/", response_class=HTMLResponse)
def ask_page(request: Request, asked: _Asked, set: bool = False) -> HTMLResponse:
    """The question form, with the answer when there is a question. Its address asks the same again.

    Args: set, True where only the settings are to be taken over and the question is left in its box.
    """
    return _page(request, asked, unasked=set)


def _page(request: Request, asked: Asking, fault: str = "", unasked: bool = False) -> HTMLResponse:
    state, audience = request.app.state, audience_for(request, asked.reader)
    held = state.assistant.register.held(audience)
    asked = within_held(asked, [one.source.document for one in held])
    answer, error, field = None, fault, "q"
    if asked.q.strip() and not fault and not unasked:
        try:
            answer = answered(
                request, asked.q, as_of=asked.day, reader=asked.reader, query=asked.sent, plans=asked.plan,
                earlier=asked.earlier,
            )  # fmt: skip
        except AssistantError as wrong:
            error, field = str(wrong), "as_of" if isinstance(wrong, DayError) else "q"
    view = None
    if answer:
        by_model = state.settings.model is not None
        view = view_of(answer, state.assistant.desk(audience), held, bool(asked.query), by_model)
        keep_first(request, asked, answer.answer)
    names = plan_names(one.source for one in held)
    day = "" if field == "as_of" or not asked.as_of else _day_words(asked)
    reader = next((kind for kind in Reader if kind == asked.reader), Reader.STAFF)
    return page(
        request, "ask.html", 422 if error else 200, asked=asked, view=view, error=error, field=field, held=held,
        following=asked.next() if answer else replace(asked, q="", query=""), names=names,
        thread=[] if field == "as_of" else thread_of(request, asked), settings=asked.settings(names, day),
        day_asked=day, hello=bool(view and view.declined and _GREETING.fullmatch(asked.q.strip())),
        permalink=replace(asked, as_of=answer.as_of.isoformat()).permalink if answer else "",
        readers=list(Reader), examples=[] if view and not view.declined else state.examples.of(audience, reader),
        limit=state.settings.question_chars, current="ask",
    )  # fmt: skip


def _day_words(asked: Asking) -> str:
    try:
        return day_words(asked.day) if asked.day else ""
    except DayError:
        return ""


@router.get("/change")
def change(
    request: Request,
    asked: _Asked,
    theme: _Words = None,
    not_on: _Words = None,
    owner: str = AS_NOW,
    state: str = AS_NOW,
    colour: str = AS_NOW,
    late: str = AS_NOW,
    due: str = AS_NOW,
    due_from: str = "",
    due_to: str = "",
    keep: Annotated[list[int] | None, Query(max_length=500)] = None,
    within: _Words = None,
    day: str = "",
) -> Response:
    """The answer to the query as its form was changed, at an address of its own."""
    audience = audience_of(request)
    assistant = request.app.state.assistant
    sources = assistant.register.sources(audience)
    documents = tuple(one.document for one in sources if one.document in (within or ()))
    try:
        plan = plan_from_data(asked.sent or {})
        changes = Changes(
            tuple(theme or ()), tuple(not_on or ()), owner, state, colour, late, due,
            _day(due_from, "first due day"), _day(due_to, "last due day"), frozenset(keep or ()),
            documents if len(documents) < len(sources) else (), _day(day, "as-at day"),
        )  # fmt: skip
        made = changed_query(plan, changes, assistant.desk(audience).view.rows)
    except QueryPlanError as wrong:
        return _page(request, replace(asked, query=""), str(wrong))
    settled = replace(
        asked,
        as_of=made.as_of.isoformat() if made.as_of != plan.as_of else asked.as_of,
        plan=made.documents if asked.plan else (),
    )
    return RedirectResponse(settled.with_query(made).to, status_code=303)


def _day(text: str, name: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise QueryPlanError(f'The {name} "{text}" is not a date. Write it as year-month-day.') from error
