"""How a question was understood: parts that can be taken away, a form, and the form, sent back, as a query plan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from fastapi import Query

from api.here import plan_names
from assistant.conditions import (
    COMPLETE,
    EVERYTHING,
    FIRST_DAY,
    LAST_DAY,
    Condition,
    Every,
    Field,
    Filter,
    Operator,
    Without,
    parts_of,
)
from assistant.errors import QueryPlanError
from assistant.query import conditions_of
from assistant.query_plan import Intent, Lateness, QueryPlan, Theme
from assistant.query_plan_words import filter_words
from assistant.records import Action, Rag, Source, Status

WITHOUT_ROWS = frozenset({Intent.DEFINITION, Intent.COLOURS, Intent.SOURCES})
"""What is asked of a plan itself: nothing of its rows can be changed."""


class Facet(StrEnum):
    """What a condition of a query is about, and the name of the control that changes it."""

    OWNER = "owner"
    STATE = "state"
    COLOUR = "colour"
    LATE = "late"
    DUE = "due"
    OTHER = "keep"


_FIELDS: Mapping[Facet, frozenset[Field]] = {
    Facet.OWNER: frozenset({Field.OWNER}),
    Facet.COLOUR: frozenset({Field.RAG}),
    Facet.STATE: frozenset({Field.STATUS, Field.STATUS_TEXT, Field.RAG}),
    Facet.DUE: frozenset({Field.DUE, Field.DUE_PRECISION}),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part in words, and the query without it; None where it cannot go."""

    words: str
    left: QueryPlan | None


def facet_of(part: Filter) -> Facet:
    """What a condition of a query is about."""
    fields = {condition.field for condition in conditions_of(part)}
    return next((facet for facet, known in _FIELDS.items() if fields and fields <= known), Facet.OTHER)


def with_parts(plan: QueryPlan, parts: Sequence[Filter]) -> QueryPlan:
    """The query with these conditions in place of its own."""
    return replace(plan, where=Every(tuple(parts)) if parts else EVERYTHING)


def query_parts(plan: QueryPlan, sources: Mapping[str, Source]) -> list[Part]:
    """Every part of a query, in the order of its sentence."""
    if plan.sides:
        return []
    parts = [] if plan.intent in WITHOUT_ROWS else list(_row_parts(plan))
    names = plan_names(sources.values())
    for document in plan.documents:
        left = replace(plan, documents=tuple(one for one in plan.documents if one != document))
        parts.append(Part(f"in {names.get(document, document)}", left))
    return parts if plan.documents else [*parts, Part("in every plan held", None)]


def _row_parts(plan: QueryPlan) -> Iterator[Part]:
    for name, head in (("themes", "on"), ("without_themes", "not on")):
        held = getattr(plan, name)
        for at, theme in enumerate(held):
            yield Part(f"{head} “{spelt(theme)}”", replace(plan, **{name: held[:at] + held[at + 1 :]}))
    every = tuple(parts_of(plan.where))
    for at, part in enumerate(every):
        yield Part(filter_words(part), with_parts(plan, every[:at] + every[at + 1 :]))
    if plan.lateness:
        yield Part(plan.lateness.replace("_", " "), replace(plan, lateness=None))
    if plan.shared_ownership is not None:
        words = "with several owners" if plan.shared_ownership else "with one owner alone"
        yield Part(words, replace(plan, shared_ownership=None))
    if plan.nth:
        words = "the last of them" if plan.nth < 0 else f"number {plan.nth} of them"
        yield Part(words, replace(plan, nth=None))


def spelt(theme: Theme) -> str:
    """A subject as it is typed: its words, and those of its alternatives."""
    return " or ".join(one.words for one in (theme, *theme.alternatives))


AS_NOW, NONE, DATES = "as_now", "none", "dates"
_DAY = timedelta(days=1)
_NO_DUE = Condition(Field.DUE, Operator.MISSING)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a control: the value that is sent, its words, and the condition that it stands for."""

    value: str
    words: str
    part: Filter | None = None


@dataclass(frozen=True, slots=True)
class Control:
    """A list of options and the one that holds."""

    facet: Facet
    label: str
    choices: tuple[Choice, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class ChangeForm:
    """The controls for one query. `others` are parts that no control expresses, each with its number."""

    controls: tuple[Control, ...]
    themes: tuple[str, ...]
    without: tuple[str, ...]
    due_from: date | None
    due_to: date | None
    others: tuple[tuple[int, str], ...]
    rows: bool
    """False where only the plans and the day can be changed."""


Texts = Annotated[tuple[str, ...], Query(max_length=50)]


@dataclass(frozen=True, slots=True)
class Changes:
    """A form as it was sent; a day as it was typed, empty where none was."""

    theme: Texts = ()
    not_on: Texts = ()
    owner: str = AS_NOW
    state: str = AS_NOW
    colour: str = AS_NOW
    late: str = AS_NOW
    due: str = AS_NOW
    due_from: str = ""
    due_to: str = ""
    keep: Annotated[frozenset[int], Query(max_length=500)] = frozenset()
    within: Texts = ()
    day: str = ""


def change_form(plan: QueryPlan, rows: Sequence[Action]) -> ChangeForm:
    """The form of a query, with the owners, states and colours that these rows hold."""
    parts = list(parts_of(plan.where))
    controls = [_control(facet, label, choices, parts) for facet, label, choices in _offered(rows)]
    late = tuple(Choice(value, words) for value, words in _LATE.items())
    controls.insert(-1, Control(Facet.LATE, "Lateness", late, plan.lateness.value if plan.lateness else ""))
    others = tuple((n, filter_words(part)) for n, part in enumerate(parts) if facet_of(part) is Facet.OTHER)
    themes, without = (tuple(map(spelt, some)) for some in (plan.themes, plan.without_themes))
    changeable = not plan.sides and plan.intent not in WITHOUT_ROWS
    return ChangeForm(tuple(controls), themes, without, *_span(parts), others, rows=changeable)


_LATE = {"": "Late or not", Lateness.OVERDUE.value: "Overdue", Lateness.NOT_OVERDUE.value: "Not overdue"}


def _is(field: Field, value: str, words: str = "") -> Choice:
    part = Condition(field, Operator.IS, (value,))
    return Choice(f"is:{value}", words or filter_words(part).capitalize(), part)


def _offered(rows: Sequence[Action]) -> Iterator[tuple[Facet, str, list[Choice]]]:
    owners = sorted({name for row in rows for name in row.owners}, key=str.casefold)
    no_owner = Choice(NONE, "No owner recorded", Condition(Field.OWNER, Operator.MISSING))
    yield Facet.OWNER, "Owner", [Choice("", "Any owner"), no_owner, *(_is(Field.OWNER, one, one) for one in owners)]
    held = {row.status for row in rows}
    states = [_is(Field.STATUS, one.value) for one in Status if one in held]
    yield Facet.STATE, "State", [Choice("", "Any state"), Choice("open", "Not complete", Without(COMPLETE)), *states]
    used = {row.rag for row in rows if row.rag}
    colours = [_is(Field.RAG, one.value, one.value.capitalize()) for one in Rag if one in used]
    none = Choice(NONE, "No colour recorded", Condition(Field.RAG, Operator.MISSING))
    yield Facet.COLOUR, "Colour, as its own plan uses it", [Choice("", "Any colour or none"), none, *colours]
    spans = [Choice("", "Any due date or none"), Choice(NONE, "No due date recorded", _NO_DUE)]
    yield Facet.DUE, "Due date", [*spans, Choice(DATES, "Between the days below")]


def _control(facet: Facet, label: str, choices: list[Choice], parts: list[Filter]) -> Control:
    mine = [part for part in parts if facet_of(part) is facet]
    spanned = facet is Facet.DUE and _span(mine) != (None, None)
    same = next((one.value for one in choices if [one.part] == mine), DATES if spanned else None)
    if not mine or same is not None:
        return Control(facet, label, tuple(choices), same or "")
    words = " and ".join(filter_words(part) for part in mine)
    return Control(facet, label, (Choice(AS_NOW, f"As now: {words}"), *choices), AS_NOW)


def _span(parts: Sequence[Filter]) -> tuple[date | None, date | None]:
    """The first and last day of the one condition on due dates that two days can express."""
    mine = [part for part in parts if facet_of(part) is Facet.DUE]
    if len(mine) != 1 or not isinstance(mine[0], Condition) or mine[0].field is not Field.DUE:
        return None, None
    days = [value for value in mine[0].values if isinstance(value, date)]
    if mine[0].operator is Operator.BEFORE:
        return None, days[0] - _DAY
    if mine[0].operator is Operator.BETWEEN:
        return (days[0] if days[0] > FIRST_DAY else None), (days[1] if days[1] < LAST_DAY else None)
    return None, None


def changed_query(plan: QueryPlan, changes: Changes, rows: Sequence[Action]) -> QueryPlan:
    """The query as the form says it.

    Raises: QueryPlanError for an option that is not offered, or days the wrong way round.
    """
    as_of = _day(changes.day, "as-at day") or plan.as_of
    sides = tuple(replace(side, as_of=as_of) for side in plan.sides)
    given = plan.as_of_given or as_of != plan.as_of
    made = replace(plan, as_of=as_of, documents=changes.within, sides=sides, as_of_given=given)
    if plan.sides or plan.intent in WITHOUT_ROWS:
        return made
    themes, without = _themes_typed(plan.themes, changes.theme), _themes_typed(plan.without_themes, changes.not_on)
    made = replace(made, themes=themes, without_themes=without)
    if themes != plan.themes:
        made = replace(made, text=" ".join(spelt(theme) for theme in themes))
    if changes.late != AS_NOW:
        if changes.late not in _LATE:
            raise QueryPlanError(f'"{changes.late}" is not one of the choices for lateness. Choose from the list.')
        made = replace(made, lateness=Lateness(changes.late) if changes.late else None)
    made = with_parts(made, _parts(plan, changes, rows))
    same = (made.themes, made.without_themes, made.where) == (plan.themes, plan.without_themes, plan.where)
    return made if same else replace(made, readings=(), kept=(), premises=())


def _themes_typed(old: tuple[Theme, ...], sent: tuple[str, ...]) -> tuple[Theme, ...]:
    """The subjects as typed; one that was not touched stays as it was read."""
    kept = {spelt(theme): theme for theme in old}
    made = []
    for words in dict.fromkeys(" ".join(words.split()) for words in sent):
        first, *others = [part.strip() for part in words.split(" or ") if part.strip()] or [words]
        theme = kept.get(words) or Theme(first, alternatives=tuple(map(Theme, others)))
        made += [theme] if words else []
    return tuple(made)


def _parts(plan: QueryPlan, changes: Changes, rows: Sequence[Action]) -> list[Filter]:
    old = list(parts_of(plan.where))
    made = [part for n, part in enumerate(old) if facet_of(part) is Facet.OTHER and n in changes.keep]
    typed = (_day(changes.due_from, "first due day"), _day(changes.due_to, "last due day"))
    due = DATES if any(typed) and typed != _span(old) else changes.due  # days typed, and the list not touched
    sent = {Facet.OWNER: changes.owner, Facet.STATE: changes.state, Facet.COLOUR: changes.colour, Facet.DUE: due}
    for facet, label, choices in _offered(rows):
        value = sent[facet]
        found = next((choice for choice in choices if choice.value == value), None)
        if value == AS_NOW:
            made += [part for part in old if facet_of(part) is facet]
        elif facet is Facet.DUE and value == DATES:
            made += _between(*typed)
        elif found is None:
            raise QueryPlanError(f'"{value.removeprefix("is:")}" is not one of the choices for "{label}".')
        else:
            made += [found.part] if found.part else []
    return made


def _day(text: str, name: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise QueryPlanError(f'The {name} "{text}" is not a date. Write it as year-month-day.') from error


def _between(first: date | None, last: date | None) -> list[Filter]:
    if first and last and first > last:
        raise QueryPlanError("The first due day is after the last. Put the earlier day first.")
    if first is None:
        return [Condition(Field.DUE, Operator.BEFORE, (last + _DAY,))] if last else []
    return [Condition(Field.DUE, Operator.BETWEEN, (first, last or LAST_DAY))]
