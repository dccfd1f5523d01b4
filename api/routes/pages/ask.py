"""The page that asks and answers: what its address asks, the turns before, and how a question was understood."""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.answer_view import first_sentence, view_of
from api.asking import TURNS, examples, query_of, turn_of, turn_text
from api.asking import asked as answered
from api.here import Here, Reading, address
from api.query_form import Changes, changed_query
from assistant.answer import Answer, Reader
from assistant.errors import AssistantError, QueryPlanError, QuestionError
from assistant.query_plan import QueryPlan
from assistant.query_plan_json import plan_from_data, plan_to_data
from assistant.query_plan_words import british

_LONGEST_ADDRESS = 6_000


class DayError(QuestionError):
    """The as-at date of an address is not one."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question and its settings as an address holds them. `query` is a query plan as JSON, in place of the
    question's own reading; `earlier` are the turns before it, oldest first, as `turn_text` writes them."""

    q: str = ""
    as_of: str = ""
    reader: str = "staff"
    query: str = ""
    plan: Annotated[tuple[str, ...], Query()] = ()
    earlier: Annotated[tuple[str, ...], Query()] = ()

    @property
    def day(self) -> date | None:
        """The day that lateness is judged at. Raises: DayError."""
        try:
            return date.fromisoformat(self.as_of) if self.as_of else None
        except ValueError as error:
            words = f'The as-at date "{self.as_of}" is not a date. Write it as year-month-day, such as 2026-03-31.'
            raise DayError(words) from error

    def permalink(self, **changed: Any) -> str:
        """The address with its reader and day written out, so that it says the same on another day."""
        return address("/", **{**asdict(self), **changed})

    def to(self, **changed: Any) -> str:
        """The address of the same question with other settings; it asks again."""
        reader = changed.get("reader", self.reader)
        return self.permalink(**{**changed, "reader": reader if reader != "staff" else ""})

    def next(self, words: str = "") -> Asking:
        """The same settings for another question, after this one; the oldest turns go from an address too long."""
        earlier = (*self.earlier, turn_text(self.q, self.query)) if self.q.strip() else self.earlier
        following = replace(self, q=words, query="", earlier=earlier[-TURNS:])
        while following.earlier and len(following.to()) > _LONGEST_ADDRESS:
            following = replace(following, earlier=following.earlier[1:])
        return following

    def turns(self) -> list[Asking]:
        """The earlier questions, oldest first, each as it was asked then."""
        told = enumerate(map(turn_of, self.earlier))
        return [replace(self, q=q, query=query, earlier=self.earlier[:number]) for number, (q, query) in told]

    def with_data(self, query: Mapping[str, Any]) -> str:
        """The address of the same question, answered by a query plan as data."""
        return self.to(query=json.dumps(query, separators=(",", ":")))

    def removed(self, plan: QueryPlan) -> str:
        """The address for a query with less in it; empty where it would be too long."""
        to = self.with_data(plan_to_data(plan))
        return to if len(to) <= _LONGEST_ADDRESS else ""


router = APIRouter(include_in_schema=False)
_Asked = Annotated[Asking, Depends()]
_KEPT = 2_000
_GREETING = re.compile(
    r"(?:hello|hi|hey|good (?:morning|afternoon|evening)|thanks?|thank you|help|what can (?:you do|i ask))"
    r"\W*(?:there|you|me|please|very much)?\W*",
    re.IGNORECASE,
)


def _first_words(here: Reading, turn: Asking, given: Answer | None = None) -> str:
    """How the answer to a turn begins: of the one that was just given, else as it was kept, by what was asked, of whom
    and of which state of the register, else asked again."""
    kept: OrderedDict[Hashable, str] = here.state.first_words
    key = (here.register.stamp, here.audience, date.today(), turn)
    words = None if given else kept.get(key)
    if words is None:
        try:
            words = first_sentence((given or _answered(here, turn, counted=False)).answer)
        except AssistantError as wrong:
            words = str(wrong)
        kept[key] = words
        while len(kept) > _KEPT:
            kept.popitem(last=False)
    return words


def _answered(here: Reading, asked: Asking, counted: bool = True) -> Answer:
    query = query_of(asked.query)
    return answered(here, asked.q, asked.day, query, asked.plan, asked.earlier, counted)


@router.get("/", response_class=HTMLResponse)
def ask_page(here: Here, asked: _Asked, set: bool = False) -> HTMLResponse:
    """The question form, with the answer when there is a question. Its address asks the same again.

    Args: set, True where only the settings are to be taken over and the question is left in its box.
    """
    return _page(here, asked, unasked=set)


def _page(here: Reading, asked: Asking, fault: str = "", unasked: bool = False) -> HTMLResponse:
    held = here.held
    plans = tuple(one.source.document for one in held if one.source.document in asked.plan)
    asked = replace(asked, plan=plans, earlier=asked.earlier[-TURNS:])
    answer, error, field, view = None, fault, "q", None
    try:
        day = british(asked.day) if asked.day else ""
        if asked.q.strip() and not fault and not unasked:
            answer = _answered(here, asked)
            view = view_of(answer, here.desk)
            _first_words(here, asked, answer)
    except AssistantError as wrong:
        error, field = str(wrong), "as_of" if isinstance(wrong, DayError) else "q"
    day = "" if field == "as_of" else day
    reader = next((kind for kind in Reader if kind == asked.reader), Reader.STAFF)
    declined = bool(view and not view["plan"])
    thread = [] if field == "as_of" else [(turn, _first_words(here, turn)) for turn in asked.turns()]
    return here.page(
        "ask.html", 422 if error else 200, asked=asked, view=view, error=error, field=field, thread=thread,
        following=asked.next() if answer else replace(asked, q="", query=""),
        day_asked=day, hello=declined and bool(_GREETING.fullmatch(asked.q.strip())),
        permalink=asked.permalink(as_of=answer.as_of.isoformat()) if answer else "",
        readers=list(Reader), examples=examples(here.desk, reader, date.today()) if declined or not view else [],
        limit=here.settings.question_chars, current="ask",
    )  # fmt: skip


@router.get("/change")
def change(here: Here, asked: _Asked, sent: Annotated[Changes, Depends()]) -> Response:
    """The answer to the query as its form was changed, at an address of its own."""
    documents = tuple(one.document for one in here.sources if one.document in sent.within)
    try:
        plan = plan_from_data(query_of(asked.query) or {})
        sent = replace(sent, within=documents if len(documents) < len(here.sources) else ())
        made = changed_query(plan, sent, here.desk.view.rows)
    except QueryPlanError as wrong:
        return _page(here, replace(asked, query=""), str(wrong))
    as_of = made.as_of.isoformat() if made.as_of != plan.as_of else asked.as_of
    settled = replace(asked, as_of=as_of, plan=made.documents if asked.plan else ())
    return RedirectResponse(settled.with_data(plan_to_data(made)), status_code=303)
