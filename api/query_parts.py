"""The parts of a query as a reader sees them: words that can be changed or taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from api.plan_names import plan_names
from assistant.conditions import EVERYTHING, Every, Field, Filter
from assistant.query import conditions_of
from assistant.query_plan import Intent, QueryPlan, Theme
from assistant.query_plan_words import filter_words, parts_of
from assistant.records import Source

WITHOUT_ROWS = frozenset({Intent.DEFINITION, Intent.COLOURS, Intent.SOURCES})
"""What is asked of a plan itself: nothing of its rows can be changed."""


class Facet(StrEnum):
    """What a part of a query is about, and the name of the control that changes it."""

    THEME = "theme"
    NOT_ON = "not_on"
    OWNER = "owner"
    STATE = "state"
    COLOUR = "colour"
    LATE = "late"
    DUE = "due"
    PLAN = "within"
    OTHER = "keep"


_FIELDS: Mapping[Facet, frozenset[Field]] = {
    Facet.OWNER: frozenset({Field.OWNER}),
    Facet.COLOUR: frozenset({Field.RAG}),
    Facet.STATE: frozenset({Field.STATUS, Field.STATUS_TEXT, Field.RAG}),
    Facet.DUE: frozenset({Field.DUE, Field.DUE_PRECISION}),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part in words, the control that changes it, and the query without it; None where it cannot go."""

    words: str
    facet: Facet
    left: QueryPlan | None


def facet_of(part: Filter) -> Facet:
    """What a condition of a query is about."""
    fields = {condition.field for condition in conditions_of(part)}
    return next((facet for facet, known in _FIELDS.items() if fields and fields <= known), Facet.OTHER)


def with_parts(plan: QueryPlan, parts: list[Filter]) -> QueryPlan:
    """The query with these conditions in place of its own."""
    return replace(plan, where=Every(tuple(parts)) if parts else EVERYTHING)


def query_parts(plan: QueryPlan, sources: Mapping[str, Source]) -> list[Part]:
    """Every part of a query, in the order of its sentence."""
    if plan.sides:
        return []
    parts = [] if plan.intent in WITHOUT_ROWS else [*_themes(plan), *_conditions(plan), *_places(plan)]
    names = plan_names(sources.values())
    for document in plan.documents:
        left = replace(plan, documents=tuple(one for one in plan.documents if one != document))
        parts.append(Part(f"in {names.get(document, document)}", Facet.PLAN, left))
    return parts if plan.documents else [*parts, Part("in every plan held", Facet.PLAN, None)]


def _themes(plan: QueryPlan) -> Iterator[Part]:
    for number, theme in enumerate(plan.themes):
        left = replace(plan, themes=plan.themes[:number] + plan.themes[number + 1 :])
        yield Part(f"on “{spelt(theme)}”", Facet.THEME, left)
    for number, theme in enumerate(plan.without_themes):
        left = replace(plan, without_themes=plan.without_themes[:number] + plan.without_themes[number + 1 :])
        yield Part(f"not on “{spelt(theme)}”", Facet.NOT_ON, left)


def _conditions(plan: QueryPlan) -> Iterator[Part]:
    every = list(parts_of(plan.where))
    for number, part in enumerate(every):
        yield Part(filter_words(part), facet_of(part), with_parts(plan, every[:number] + every[number + 1 :]))
    if plan.lateness:
        yield Part(plan.lateness.replace("_", " "), Facet.LATE, replace(plan, lateness=None))


def _places(plan: QueryPlan) -> Iterator[Part]:
    if plan.shared_ownership is not None:
        words = "with several owners" if plan.shared_ownership else "with one owner alone"
        yield Part(words, Facet.OTHER, replace(plan, shared_ownership=None))
    if plan.nth:
        words = "the last of them" if plan.nth < 0 else f"number {plan.nth} of them"
        yield Part(words, Facet.OTHER, replace(plan, nth=None))


def spelt(theme: Theme) -> str:
    """A subject as it is typed: its words, and those of its alternatives."""
    return " or ".join(one.words for one in (theme, *theme.alternatives))
