"""Questions: one way to ask under the rights of a reader, for pages, API and files; and examples for each reader."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from api.here import Reading
from assistant.answer import Answer, Reader
from assistant.desk import Desk
from assistant.errors import AssistantError, QueryPlanError, RecordNotFound
from assistant.labels import Care
from assistant.pipeline import has_answer
from assistant.query_plan_json import plan_from_data
from assistant.query_plan_words import plan_words
from assistant.register import FEW
from assistant.vocabulary import GENERAL, Kind
from assistant.work import Request

_FEW_WORDS = (
    "Members are told “a small number” where a plan gives a number below five of children, young people or families, "
    "so that nobody can be recognised. Officers can see the number."
)
TURNS = 20
"""How many earlier questions an address carries."""


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


_SHOWN = 4
_LONGEST_NAME = 40


@lru_cache(maxsize=32)
def examples(desk: Desk, reader: Reader, day: date) -> tuple[str, ...]:
    """Up to four questions, each of which has an answer for this reader on a day."""
    tried = (words for words in _candidates(desk, reader) if has_answer(Request(words, day), desk))
    return tuple(islice(tried, _SHOWN)) if desk.view.sources else ()


_ASKED = {
    Reader.STAFF: (
        "Which actions are overdue?", "Which actions are owned by {owner}?",
        "Which actions are due in the next three months?", "Which actions have no owner?",
        "How many actions are complete in each plan?", "Which plans do you hold?",
    ),
    Reader.INSPECTION: (
        "Show everything on {theme}", "What impact evidence is there for {second}?", "What looks wrong in the {title}?",
        "How many actions are complete in each plan?", "Which complete actions have no outcome recorded?",
        "Which actions have no due date?", "Which plans do you hold?",
    ),
    Reader.MEMBER: (
        "Are we doing anything about {theme}?", "What should I ask about before the committee?",
        "What does {colour} mean?", "How are we doing on {second}?", "How many actions are complete?",
        "Which plans do you hold?",
    ),
}  # fmt: skip


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
