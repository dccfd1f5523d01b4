"""What answers a question: a field of rows, the words of documents, or what is known of a plan itself."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Evidence
from assistant.conditions import (
    EVERYTHING,
    Field,
    conditions_of,
)
from assistant.lexicon import small
from assistant.query import Found
from assistant.query_plan import Intent, QueryPlan, Theme, Wanted
from assistant.retriever.asked import Asked, focus
from assistant.retriever.kinds import Kind, stems
from assistant.retriever.retriever import CLEAR, LIKELY, SURE, ProseSearch, names_of
from assistant.retriever.scoring import stems_of
from assistant.themes.reading import telling
from assistant.view import View

OF_ROWS = frozenset(
    {Intent.LIST, Intent.LOOKUP, Intent.OWNER, Intent.STATUS, Intent.DATE, Intent.PROGRESS, Intent.GROUP, Intent.COUNT}
)
_FEW, _FEW_ROWS = 3, 8
_WANTED_OF = {
    Kind.MONEY: Wanted.MONEY,
    Kind.NUMBER: Wanted.NUMBER,
    Kind.SHARE: Wanted.NUMBER,
    Kind.NAME: Wanted.PERSON,
    Kind.REASON: Wanted.REASON,
    Kind.SIGN: Wanted.MANNER,
}
_WANTED_INSTEAD = {Intent.DATE: Wanted.DATE, Intent.OWNER: Wanted.PERSON, Intent.COUNT: Wanted.NUMBER}
_OF_FIELD = {Kind.TIME: (Intent.DATE, Field.DUE), Kind.PERSON: (Intent.OWNER, Field.OWNER)}
_MEANT = stems(" ".join(small("facing_meant")))
"""Words by which a number is asked for that is meant to be."""
_UNSAID = (Intent.LIST, Intent.LOOKUP, Intent.STATUS, Intent.PROGRESS)
"""What a question is read as that says of no field that it is asked for."""


def faced(plan: QueryPlan, asked: Asked) -> QueryPlan | None:
    """The plan as the kind of thing asked for has it answered, whatever the words it is asked in: what no field of a
    row holds, such as a place or a number of people, by the words of documents; a date or a person, by that field of
    the rows, or by what is known of a plan where nothing else is named. None where it is so already."""
    owned = any(test.field is Field.OWNER and test.values for test in conditions_of(plan.where))
    rows = plan.intent is Intent.COUNT or (plan.intent is Intent.LIST and not owned)  # "private fostering lead, phone?"
    counted = rows and plan.where != EVERYTHING and not plan.themes  # "how many greens are late"
    by_field = plan.intent is Intent.LOOKUP and plan.asked_of is not None  # "how will we know that 2.4 worked"
    by_field |= plan.asked_of is Field.STATUS_TEXT and plan.where != EVERYTHING  # "the comments on the ambers"
    fixed = counted or by_field or plan.wanted is Wanted.CHANGE or Field.DAYS_LATE in (plan.asked_of, *plan.also_asked)
    if fixed or plan.intent not in OF_ROWS | {Intent.NARRATIVE}:
        return None
    if asked.beyond_rows:
        wanted = _WANTED_OF.get(asked.kind, plan.wanted)
        wanted = Wanted.TARGET if wanted is Wanted.NUMBER and _MEANT & stems(asked.question.lower()) else wanted
        text = plan.text or asked.question
        return replace(plan, intent=Intent.NARRATIVE, wanted=wanted, text=text, sides=(), group_by=None, polar=False)
    if not asked.noun or asked.kind not in _OF_FIELD or plan.intent not in _UNSAID or plan.wanted:
        return None
    intent, field = _OF_FIELD[asked.kind]
    if plan.asked_of not in (None, Field.STATUS, field):
        return None
    themes = tuple(replace(one, specific=True) for one in plan.themes if one.words.casefold() != asked.noun)
    if len(themes) > 1 and not any(one.alternatives for one in themes):
        themes = (Theme(" ".join(one.words for one in themes), specific=True),)
    if field in {test.field for test in conditions_of(plan.where)}:
        return None
    if not themes and plan.where == EVERYTHING and not plan.lateness:
        known = asked.kind is Kind.TIME and bool(plan.documents) and not asked.noun.endswith("s")
        return replace(plan, intent=Intent.SOURCES, wanted=Wanted.DATE, polar=False) if known else None
    return replace(plan, intent=intent, asked_of=field, themes=themes, polar=False)


def search_of(
    plan: QueryPlan, found: Found, view: View, question: str = "", left: Sequence[str] = ()
) -> ProseSearch | None:
    """What to look for in the words of the documents; None where the rows alone answer. Args: left, the words that were
    not understood: where they may be the whole question, the words of the documents may know them."""
    if left and may_be_all(plan, found, view, question, left):
        return ProseSearch(replace(plan, intent=Intent.NARRATIVE, group_by=None), least=SURE)
    plain = plan.intent in (Intent.LIST, Intent.LOOKUP) and plan.where == EVERYTHING and not plan.lateness
    if plain and plan.themes and plan.text and plan.wanted is None and 0 < len(found.rows) <= _FEW:
        return ProseSearch(plan, prose=True, least=SURE)
    if plan.wanted is not Wanted.CONCERNS and (
        plan.intent is Intent.NARRATIVE or (plan.wanted is not None and plan.intent is not Intent.SOURCES)
    ):
        return ProseSearch(plan)
    few = bool(plan.themes) and 0 < len(found.rows) <= _FEW_ROWS and plan.intent in OF_ROWS
    if few and asks_fact(question) and all(stems_of(theme.words) & stems_of(plan.text) for theme in plan.themes):
        told = replace(plan, intent=Intent.NARRATIVE, group_by=None, also=(replace(plan, text="", also=()), *plan.also))
        return ProseSearch(told, least=CLEAR, beside=found.rows)
    if _finds_nothing(plan, found, view):
        wanted = _WANTED_INSTEAD.get(plan.intent)
        held = [f"{one.title} {one.authority or ''}" for name in plan.documents if (one := view.sources.get(name))]
        spoken = not {word.stem for word in telling(plan.text) if word.plain.isalpha()} - stems_of(
            " ".join([*names_of(plan), *held])
        )
        return ProseSearch(replace(plan, wanted=wanted), least=SURE if plan.polar else LIKELY, spoken=spoken)
    return None


_FACT = re.compile(r"\b(?:what|who|whose|when|where|which|how|why)\b", re.IGNORECASE)
_ROWS = re.compile(r"\b(?:actions?|tasks?|rows?|items?|milestones?|list)\b", re.IGNORECASE)


def _finds_nothing(plan: QueryPlan, found: Found, view: View) -> bool:
    """Whether rows were asked for of a document that has none, on a subject that no row has, or of a time when none is
    due: the prose may still speak of it. That no row is late, or in a certain state, is an answer."""
    if plan.intent not in OF_ROWS or not plan.text:
        return False
    if not found.rows and not any(view.of(name) for name in plan.documents or view.sources):
        return plan.where == EVERYTHING and not plan.lateness  # how rows stand is said of no document without any
    only_dates = {test.field for test in conditions_of(plan.where)} <= {Field.DUE, Field.START, Field.COMPLETED_ON}
    return bool(plan.themes) and (not found.subject or (not found.rows and not plan.lateness and only_dates))


def asks_fact(question: str) -> bool:
    """Whether a question asks for a fact rather than for rows."""
    return bool(_FACT.search(question)) and not _ROWS.search(question)


def not_quoted(phrases: Sequence[str], evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Of phrases that were not understood, those that no quote holds."""
    quotes = stems_of(" ".join(piece.quote for piece in evidence))
    return tuple(phrase for phrase in phrases if not (quotes and stems_of(phrase) <= quotes))


def may_be_all(plan: QueryPlan, found: Found, view: View, question: str, left: Sequence[str]) -> bool:
    """Whether the words left out may be the very thing asked for: they name it, nothing is found without them, or what
    remains of the question chooses nothing."""
    if plan.intent not in OF_ROWS:
        return False
    words = {word.casefold() for phrase in left for word in phrase.split()}
    if words & focus(question) or not (found.rows or found.sides):
        return True
    return len(found.rows) == sum(len(view.of(name)) for name in plan.documents or view.sources)
