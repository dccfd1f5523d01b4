"""Questions: one way to ask under the rights of a reader, for pages, API and files; examples for each reader; and the
page that asks and answers."""

import json
import re
from collections import Counter, OrderedDict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Annotated, Any, Self

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.answer_view import first_sentence, view_of
from api.audit import Act
from api.here import Here, Reading, address
from api.query_form import ChangeForm, Changes
from assistant.answer import Answer, Reader
from assistant.desk import Desk
from assistant.errors import AssistantError, QueryPlanError, QuestionError, RecordNotFound
from assistant.labels import Care
from assistant.pipeline import has_answer
from assistant.query_plan import QueryPlan
from assistant.query_plan_json import plan_from_data, plan_to_data
from assistant.query_plan_words import british, plan_words
from assistant.register import FEW
from assistant.told import several, told_of
from assistant.vocabulary import GENERAL, Kind
from assistant.work import Request

_FEW_WORDS = (
    "Members are told “a small number” where a plan gives a number below five of children, young people or families, "
    "so that nobody can be recognised. Officers can see the number."
)
TURNS = 20
"""How many earlier questions an address carries."""
_SHOWN = 4
_LONGEST_NAME = 40
_ASKED = {reader: several(words) for reader, words in told_of("example", Reader).items()}
_LONGEST_ADDRESS = 6_000
router = APIRouter(include_in_schema=False)
_KEPT = 2_000
_GREETING = re.compile(
    r"(?:hello|hi|hey|good (?:morning|afternoon|evening)|thanks?|thank you|help|what can (?:you do|i ask))"
    r"\W*(?:there|you|me|please|very much)?\W*",
    re.IGNORECASE,
)


def turn_text(q: str, query: str) -> str:
    """A question as an address carries it: its words alone, or with the query where its reader changed it."""
    return json.dumps({"q": q, "query": query}) if query else q


def turn_of(text: str) -> tuple[str, str]:
    """The words and the query of such a turn; whatever is no turn is the words of a question."""
    with suppress(ValueError, RecursionError):
        data = json.loads(text) if text.startswith("{") else None
        if isinstance(data, dict) and isinstance(data.get("q"), str) and isinstance(data.get("query"), str):
            return data["q"], data["query"]
    return text, ""


def asked(
    here: Reading, question: str, as_of: date | None = None, query: Mapping[str, Any] | None = None,
    plans: Sequence[str] = (), earlier: Sequence[str] = (), counted: bool = True,
) -> Answer:  # fmt: skip
    """The answer under the rights of this reader, and counted.

    Args: query, a query plan as data that is answered in place of the question's own reading; what may be asked next
    is worked out from the words of a question, so nothing is suggested after one; plans, the documents that the reader
    narrows the question to; earlier, the turns before it, oldest first, as `turn_text` writes them; counted, False
    where an answer is only shown again.
    Raises: QuestionError, QueryPlanError; RecordNotFound where none of the plans is held."""
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
        _note(here, question, answer)
    return replace(answer, suggestions=()) if query else answer


def _note(here: Reading, question: str, answer: Answer) -> None:
    """Add what was asked to the account, as far as the settings say; of what was refused never a word."""
    how, status = here.settings.audit_questions, answer.status.value
    words = {"question": question} if how == "full" and status != "refused" else {}
    rows = [citation.id for citation in answer.citations]
    if how != "off":
        here.note(Act.ASKED, characters=len(question), status=status, total=answer.total, rows=rows, **words)


def _said(here: Reading, earlier: Sequence[str]) -> tuple[str, ...]:
    """The earlier questions in words; a changed one in the words of its query, so that the change counts."""
    told = []
    for q, query in map(turn_of, earlier):
        words = q
        with suppress(AssistantError):
            if query:
                plan = replace(plan_from_data(query_of(query) or {}), readings=(), kept=(), premises=())
                words = plan_words(plan, {one.document: one.title for one in here.sources})
        told.append(words if words == q else words.replace("“", "").replace("”", ""))
    return tuple(told)


def query_of(text: str) -> dict[str, Any] | None:
    """The query that an address holds; None where it holds none. Raises: QueryPlanError."""
    try:
        data = json.loads(text) if text else None
    except (ValueError, RecursionError) as error:
        raise QueryPlanError("The query in the address is not JSON. Ask the question again.") from error
    if not isinstance(data, dict | None):
        raise QueryPlanError("The query in the address is not a query. Ask the question again.")
    return data


@lru_cache(maxsize=32)
def examples(desk: Desk, reader: Reader, day: date) -> tuple[str, ...]:
    """Up to four questions, each of which has an answer for this reader on a day."""
    tried = (words for words in _candidates(desk, reader) if has_answer(Request(words, day), desk))
    return tuple(islice(tried, _SHOWN)) if desk.view.sources else ()


def _candidates(desk: Desk, reader: Reader) -> Iterator[str]:
    """The questions of a kind of reader, with names that stand in the rows; one for which there is no name is left."""
    rows, themes = desk.view.rows, _themes(desk) if reader is not Reader.STAFF else []
    owners = Counter(row.owner for row in rows if row.open and row.owner and len(row.owner) <= _LONGEST_NAME)
    titles = Counter(row.plan for row in rows if row.flags)
    colours = Counter(row.rag.value for row in rows if row.rag)
    most = {"owner": owners, "title": titles, "colour": colours}
    names = dict(zip(("theme", "second"), themes, strict=False))
    names |= {name: counted.most_common(1)[0][0] for name, counted in most.items() if counted}
    for words in _ASKED[reader]:
        needed = re.findall(r"{(\w+)}", words)
        if all(name in names for name in needed):
            yield words.format(**names)


def _themes(desk: Desk) -> list[str]:
    """The ideas that most plans name and people outside the field have words for, then those that most rows name."""
    plans: dict[str, set[str]] = {}
    rows: Counter[str] = Counter()
    headings = ((row.document, row.recommendation or row.section or row.action) for row in desk.view.rows)
    for (document, text), number in Counter(headings).items():
        ideas = {found.concept for found in desk.vocabulary.concepts_in(text) if found.term.kind is not Kind.SHORT}
        for name in ideas - GENERAL:
            plans.setdefault(name, set()).add(document)
            rows[name] += number
    known = [concept for name in plans if (concept := desk.vocabulary.concept(name))]
    told = [concept.key for concept in known if any(term.kind is Kind.LAY for term in concept.terms)]
    return sorted(told, key=lambda name: (-len(plans[name]), -rows[name], name))


# ---------------------------------------------------------------- the page


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
        """The day that lateness is judged at. Raises: QuestionError."""
        try:
            return date.fromisoformat(self.as_of) if self.as_of else None
        except ValueError as error:
            words = f'The as-at date "{self.as_of}" is not a date. Write it as year-month-day, such as 2026-03-31.'
            raise QuestionError(words) from error

    def answer(self, here: Reading, counted: bool = True) -> Answer:
        """The answer, as `asked` gives it."""
        return asked(here, self.q, self.day, query_of(self.query), self.plan, self.earlier, counted)

    def permalink(self, **changed: Any) -> str:
        """The address with its reader and day written out, so that it says the same on another day."""
        return address("/", **{**asdict(self), **changed})

    def to(self, **changed: Any) -> str:
        """The address of the same question with other settings; it asks again."""
        reader = changed.get("reader", self.reader)
        return self.permalink(**{**changed, "reader": reader if reader != "staff" else ""})

    def next(self, words: str = "") -> Self:
        """The same settings for another question, after this one; the oldest turns go from an address too long."""
        earlier = (*self.earlier, turn_text(self.q, self.query)) if self.q.strip() else self.earlier
        following = replace(self, q=words, query="", earlier=earlier[-TURNS:])
        while following.earlier and len(following.to()) > _LONGEST_ADDRESS:
            following = replace(following, earlier=following.earlier[1:])
        return following

    def turns(self) -> list[Self]:
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


_Asked = Annotated[Asking, Depends()]


def _first_words(here: Reading, turn: Asking, given: Answer | None = None) -> str:
    """How the answer to a turn begins: of the one that was just given, else as it was kept, by what was asked, of whom
    and of which state of the register, else asked again."""
    kept: OrderedDict[Hashable, str] = here.state.first_words
    key = (here.register.stamp, here.audience, date.today(), turn)
    words = None if given else kept.get(key)
    if words is None:
        try:
            words = first_sentence((given or turn.answer(here, counted=False)).answer)
        except AssistantError as wrong:
            words = str(wrong)
        kept[key] = words
        while len(kept) > _KEPT:
            kept.popitem(last=False)
    return words


@router.get("/", response_class=HTMLResponse)
def ask_page(here: Here, asked: _Asked, set: bool = False) -> HTMLResponse:
    """The question form, with the answer when there is a question. Its address asks the same again.

    Args: set, True where only the settings are to be taken over and the question is left in its box."""
    return _page(here, asked, unasked=set)


def _page(here: Reading, asked: Asking, fault: str = "", unasked: bool = False) -> HTMLResponse:
    plans = tuple(one.source.document for one in here.held if one.source.document in asked.plan)
    asked = replace(asked, plan=plans, earlier=asked.earlier[-TURNS:])
    answer, error, field, view, day = None, fault, "as_of", None, ""
    try:
        day = british(asked.day) if asked.day else ""
        field = "q"
        if asked.q.strip() and not fault and not unasked:
            answer = asked.answer(here)
            view = view_of(answer, here.desk)
            _first_words(here, asked, answer)
    except AssistantError as wrong:
        error = str(wrong)
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
        made = ChangeForm(plan, here.desk.view.rows).changed(sent)
    except QueryPlanError as wrong:
        return _page(here, replace(asked, query=""), str(wrong))
    as_of = made.as_of.isoformat() if made.as_of != plan.as_of else asked.as_of
    settled = replace(asked, as_of=as_of, plan=made.documents if asked.plan else ())
    return RedirectResponse(settled.with_data(plan_to_data(made)), status_code=303)
