"""Whether a question is put to the words of the documents, and whether words left out were the heart of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.conditions import EVERYTHING, Field
from assistant.evidence import Evidence
from assistant.query import Found, conditions_of
from assistant.query_plan import Intent, QueryPlan, Wanted
from assistant.retriever.asked import Kind, asked_for, focus
from assistant.retriever.scoring import stems_of
from assistant.view import View

_OF_ROWS = frozenset(
    {Intent.LIST, Intent.LOOKUP, Intent.OWNER, Intent.STATUS, Intent.DATE, Intent.PROGRESS, Intent.GROUP, Intent.COUNT}
)
_FEW = 3
_WANTED_OF = {Kind.MONEY: Wanted.MONEY, Kind.NUMBER: Wanted.NUMBER, Kind.SHARE: Wanted.NUMBER}
_WANTED_INSTEAD = {Intent.DATE: Wanted.DATE, Intent.OWNER: Wanted.PERSON, Intent.COUNT: Wanted.NUMBER}


class ProseSearch(NamedTuple):
    """What to look for in the words: `unasked` where the question asked for rows, `prose` without those of rows."""

    plan: QueryPlan
    unasked: bool = False
    prose: bool = False


def turned_to_prose(plan: QueryPlan, question: str) -> QueryPlan | None:
    """The plan as one for the words of documents, where the question asks for what no field of a row holds, such as a
    place, a number of people or a telephone number; else None."""
    asked = asked_for(question)
    if plan.polar or plan.intent not in _OF_ROWS or not asked.beyond_rows:
        return None
    if plan.wanted in (Wanted.RESULT, Wanted.CHANGE):
        return None
    wanted = plan.wanted if plan.wanted in (Wanted.NUMBER, Wanted.TARGET) else _WANTED_OF.get(asked.kind)
    return replace(plan, intent=Intent.NARRATIVE, wanted=wanted, text=plan.text or question, group_by=None)


def search_of(plan: QueryPlan, found: Found, view: View) -> ProseSearch | None:
    """What to look for in the words of the documents; None where the rows alone answer."""
    plain = plan.intent in (Intent.LIST, Intent.LOOKUP) and plan.where == EVERYTHING and not plan.lateness
    if plain and plan.themes and plan.text and plan.wanted is None and 0 < len(found.rows) <= _FEW:
        return ProseSearch(plan, unasked=True, prose=True)
    if plan.wanted is not Wanted.CONCERNS and (
        plan.intent is Intent.NARRATIVE or (plan.wanted is not None and plan.intent is not Intent.SOURCES)
    ):
        return ProseSearch(plan)
    if _finds_nothing(plan, found, view):
        return ProseSearch(replace(plan, wanted=_WANTED_INSTEAD.get(plan.intent)), unasked=True)
    return None


def _finds_nothing(plan: QueryPlan, found: Found, view: View) -> bool:
    """Whether rows were asked for of a document that has none, on a subject that no row has, or of a time when none is
    due: the prose may still speak of it. That no row is late, or in a certain state, is an answer."""
    if plan.intent not in _OF_ROWS or not plan.text:
        return False
    if not found.rows and not any(view.of(name) for name in plan.documents or view.sources):
        return True
    only_dates = {test.field for test in conditions_of(plan.where)} <= {Field.DUE, Field.START, Field.COMPLETED_ON}
    return bool(plan.themes) and (not found.subject or (not found.rows and not plan.lateness and only_dates))


def not_quoted(phrases: Sequence[str], evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Of phrases that were not understood, those that no quote holds."""
    quotes = stems_of(" ".join(piece.quote for piece in evidence))
    return tuple(phrase for phrase in phrases if not (quotes and stems_of(phrase) <= quotes))


def may_be_all(plan: QueryPlan, found: Found, view: View, question: str, left: Sequence[str]) -> bool:
    """Whether the words left out may be the very thing asked for: they name it, nothing is found without them, or what
    remains of the question chooses nothing."""
    if plan.intent not in _OF_ROWS:
        return False
    words = {word.casefold() for phrase in left for word in phrase.split()}
    if words & focus(question) or not (found.rows or found.sides):
        return True
    return len(found.rows) == sum(len(view.of(name)) for name in plan.documents or view.sources)
