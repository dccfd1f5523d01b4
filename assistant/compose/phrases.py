"""A question's filters as words within a sentence: "actions on neglect led by the VH and rated amber"."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date

from assistant.compose.telling import Telling
from assistant.compose.wording import STATUS_WORDS, british, count, joined, month, plan_name, safe
from assistant.conditions import EVERYTHING, Condition, Either, Every, Field, Filter, Operator, Value, Without
from assistant.query_plan import QueryPlan, Theme
from assistant.records import Action, Status

FAR = 2200
"""A period that ends in or after this year has no end."""


def about(plan: QueryPlan) -> str:
    """The subject as " on neglect", or empty."""
    themes = [joined([theme_words(part) for part in (theme, *theme.alternatives)], "or") for theme in plan.themes]
    without = [theme_words(theme) for theme in plan.without_themes]
    words = f" on {joined(themes)}" if themes else ""
    return words + (f", leaving out {joined(without)}" if without else "")


def theme_words(theme: Theme) -> str:
    """The theme as it was read, else in the reader's own words."""
    return safe(theme.read_as or theme.words)


def conditions(plan: QueryPlan) -> str:
    """The filters as " led by VH and rated amber", or empty."""
    words = phrase(plan.where)
    if plan.shared_ownership is not None:
        shared = "with several owners" if plan.shared_ownership else "with one owner"
        words = f"{words} and {shared}" if words else shared
    return f" {words}" if words else ""


def place(telling: Telling) -> str:
    """The plans asked about as " in the Action Plan for Children", or empty where it is every plan."""
    if not telling.plan.documents:
        return ""
    names = [f"the {safe(source.title)}" for source in telling.searched]
    return f" in {joined(names)}" if 0 < len(names) <= 3 else f" in {count(len(names), 'plan')}" if names else ""


def sources_line(telling: Telling, rows: Sequence[Action]) -> str:
    """The plans of the rows with authority and date."""
    names = [plan_name(source) for source in telling.sources_of(rows)]
    return f"From: {'; '.join(names)}." if names else ""


def asked_for(telling: Telling, number: int) -> str:
    """The noun with everything that the question filters by: "four actions on neglect led by VH in the ... plan"."""
    plan = telling.plan
    return f"{count(number, 'action')}{about(plan)}{conditions(plan)}{place(telling)}"


def searched(telling: Telling) -> str:
    """What was searched: how many documents and actions, and which documents."""
    sources = telling.searched
    rows = sum(1 for row in telling.view.rows if not telling.plan.documents or row.document in telling.plan.documents)
    names = "; ".join(plan_name(source) for source in sources[:8])
    more = f"; and {count(len(sources) - 8, 'other')}" if len(sources) > 8 else ""
    return f"I searched {count(len(sources), 'document')} with {count(rows, 'action')}: {names}{more}."


def phrase(where: Filter) -> str:
    """A filter in words; empty for one that lets everything through."""
    if where == EVERYTHING:
        return ""
    match where:
        case Every(parts):
            return joined([words for part in parts if (words := phrase(part))])
        case Either(parts):
            return joined([words for part in parts if (words := phrase(part))], "or")
        case Without(part):
            return _denied(part)
        case Condition():
            return _condition(where)


def _denied(part: Filter) -> str:
    if isinstance(part, Condition):
        if part.field is Field.STATUS and part.values == (Status.COMPLETE.value,):
            return "not marked complete"
        if part.operator is Operator.MISSING:
            return f"with {_NAMES.get(part.field, 'that value')} recorded"
    words = phrase(part)
    return f"not {words}" if words else ""


_NAMES = {
    Field.OWNER: "an owner",
    Field.DUE: "a due date",
    Field.START: "a start date",
    Field.STATUS: "a status",
    Field.STATUS_TEXT: "progress",
    Field.RAG: "a colour",
    Field.REF: "a reference",
    Field.COMPLETED_ON: "a completion date",
}

_WITHOUT = {name: words.removeprefix("an ").removeprefix("a ") for name, words in _NAMES.items()}


def _condition(test: Condition) -> str:
    if test.operator is Operator.MISSING:
        return f"with no {_WITHOUT.get(test.field, 'such value')} recorded"
    values = joined([_value(value) for value in test.values], "or")
    match test.field:
        case Field.ID:
            return "among those just shown"
        case Field.STATUS:
            return f"marked {joined([STATUS_WORDS[Status(str(value))] for value in test.values], 'or')}"
        case Field.DUE | Field.START | Field.COMPLETED_ON:
            return f"{_VERBS[test.field]} {_when(test)}"
        case Field.FLAG:
            return "with something to check"
        case _:
            return _TEMPLATES[test.field].format(values)


_VERBS = {Field.DUE: "due", Field.START: "starting", Field.COMPLETED_ON: "completed"}

_TEMPLATES = {
    Field.OWNER: "led by {}",
    Field.RAG: "rated {}",
    Field.SECTION: "under {}",
    Field.RECOMMENDATION: "under {}",
    Field.REF: "with reference {}",
    Field.STATUS_TEXT: "whose progress says {}",
    Field.WORDS: "with the words {}",
    Field.DOCUMENT: "in {}",
    Field.AUTHORITY: "of {}",
    Field.DUE_PRECISION: "dated by {}",
}


def _value(value: Value) -> str:
    return british(value) if isinstance(value, date) else safe(value)


def _when(test: Condition) -> str:
    days = [value for value in test.values if isinstance(value, date)]
    if test.operator is Operator.BEFORE:
        return f"before {british(days[0])}"
    if test.operator is Operator.BETWEEN:
        return period(days[0], days[1])
    return f"on {joined([british(day) for day in days], 'or')}"


def period(first: date, last: date) -> str:
    """A stretch of time: "in July 2014", "from 1 July 2014 on", "from 1 July 2014 to 30 September 2014"."""
    if first == last:
        return f"on {british(first)}"
    if last.year >= FAR:
        return f"from {british(first)} on"
    if first.year < 1900:
        return f"by {british(last)}"
    if (first.year, first.month, first.day) == (last.year, last.month, 1) and last.day == calendar.monthrange(
        last.year, last.month
    )[1]:
        return f"in {month(first)}"
    return f"from {british(first)} to {british(last)}"
