"""How a question was understood: parts that can be taken away, a form, and the form, sent back, as a query plan."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from fastapi import Query

from api.here import plan_names
from assistant.conditions import (
    COMPLETE,
    FIRST_DAY,
    LAST_DAY,
    Condition,
    Every,
    Field,
    Filter,
    Operator,
    Without,
    conditions_of,
    parts_of,
)
from assistant.errors import QueryPlanError
from assistant.query_plan import Intent, Lateness, QueryPlan, Theme
from assistant.query_plan_words import filter_words
from assistant.records import Action, Rag, Source, Status

WITHOUT_ROWS = frozenset({Intent.DEFINITION, Intent.COLOURS, Intent.SOURCES})
"""What is asked of a plan itself: nothing of its rows can be changed."""


Held = Filter | Lateness
"""What a control can change of a query: a condition, or whether its rows are late."""
AS_NOW, NONE, DATES = "as_now", "none", "dates"
_DAY = timedelta(days=1)
Texts = Annotated[tuple[str, ...], Query(max_length=50)]


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


def facet_of(part: Held) -> Facet:
    """What a condition of a query, or its lateness, is about."""
    if isinstance(part, Lateness):
        return Facet.LATE
    fields = {condition.field for condition in conditions_of(part)}
    return next((facet for facet, known in _FIELDS.items() if fields and fields <= known), Facet.OTHER)


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
        yield Part(filter_words(part), replace(plan, where=Every(every[:at] + every[at + 1 :])))
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


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a control: the value that is sent, its words, and what it stands for."""

    value: str
    words: str
    part: Held | None = None


@dataclass(frozen=True, slots=True)
class Control:
    """A list of options, the one that holds, and what the query says now of what it is about."""

    facet: Facet
    label: str
    choices: Sequence[Choice]
    chosen: str
    now: Sequence[Held]


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


class ChangeForm:
    """The form of a query, with the owners, states and colours that some rows hold. `others` are parts that no control
    expresses, each with its number; `rows` is False where only the plans and the day can be changed."""

    def __init__(self, plan: QueryPlan, rows: Sequence[Action]) -> None:
        self.plan = plan
        self.held: list[Held] = [*parts_of(plan.where), *((plan.lateness,) if plan.lateness else ())]
        self.themes, self.without = (tuple(map(spelt, some)) for some in (plan.themes, plan.without_themes))
        others = ((n, part) for n, part in enumerate(parts_of(plan.where)) if facet_of(part) is Facet.OTHER)
        self.others = [(n, filter_words(part)) for n, part in others]
        self.due_from, self.due_to = self.span = _span([one for one in self.held if facet_of(one) is Facet.DUE])
        self.rows = not plan.sides and plan.intent not in WITHOUT_ROWS
        self.controls = [self._control(*offered) for offered in _offered(rows)]

    def _control(self, facet: Facet, label: str, choices: list[Choice]) -> Control:
        now = [part for part in self.held if facet_of(part) is facet]
        dated = DATES if facet is Facet.DUE and any(self.span) else AS_NOW if now else ""
        chosen = next((one.value for one in choices if [one.part] == now), dated)
        if chosen == AS_NOW:
            words = " and ".join(filter_words(part) for part in now if not isinstance(part, Lateness))
            choices = [Choice(AS_NOW, f"As now: {words}"), *choices]
        return Control(facet, label, choices, chosen, now)

    def changed(self, changes: Changes) -> QueryPlan:
        """The query as the form, sent back, says it.

        Raises: QueryPlanError for an option that is not offered, or days the wrong way round."""
        plan, as_of = self.plan, _day(changes.day, "as-at day") or self.plan.as_of
        sides, given = tuple(replace(side, as_of=as_of) for side in plan.sides), as_of != plan.as_of
        made = replace(plan, as_of=as_of, documents=changes.within, sides=sides, as_of_given=plan.as_of_given or given)
        if not self.rows:
            return made
        themes, without = _themes_typed(plan.themes, changes.theme), _themes_typed(plan.without_themes, changes.not_on)
        parts = [self.held[n] for n, _ in self.others if n in changes.keep]
        for control in self.controls:
            parts += self._sent(control, changes)
        where = Every(tuple(part for part in parts if not isinstance(part, Lateness)))
        late = next((part for part in parts if isinstance(part, Lateness)), None)
        text = plan.text if themes == plan.themes else " ".join(spelt(theme) for theme in themes)
        made = replace(made, themes=themes, without_themes=without, text=text, lateness=late, where=where)
        same = (themes, without, where) == (plan.themes, plan.without_themes, plan.where)
        return made if same else replace(made, readings=(), kept=(), premises=())

    def _sent(self, control: Control, changes: Changes) -> Sequence[Held]:
        """What the query says from now on of what a control is about."""
        value: str = getattr(changes, control.facet)
        if control.facet is Facet.DUE:
            typed = (_day(changes.due_from, "first due day"), _day(changes.due_to, "last due day"))
            if value == DATES or (any(typed) and typed != self.span):  # days typed, and the list not touched
                return _between(*typed)
        if value == AS_NOW:
            return control.now
        for choice in control.choices:
            if choice.value == value:
                return [choice.part] if choice.part else []
        words = f'"{value.removeprefix("is:")}" is not one of the choices for "{control.label}". Choose from the list.'
        raise QueryPlanError(words)


def _offered(rows: Sequence[Action]) -> Iterator[tuple[Facet, str, list[Choice]]]:
    def none(field: Field, words: str) -> Choice:
        return Choice(NONE, words, Condition(field, Operator.MISSING))

    def one_of(field: Field, values: Iterable[str], told: Callable[[str], str] = str) -> Iterator[Choice]:
        for value in values:
            yield Choice(f"is:{value}", told(value), Condition(field, Operator.IS, (value,)))

    owners = one_of(Field.OWNER, sorted({name for row in rows for name in row.owners}, key=str.casefold))
    yield Facet.OWNER, "Owner", [Choice("", "Any owner"), none(Field.OWNER, "No owner recorded"), *owners]
    held = {row.status for row in rows}
    states = one_of(Field.STATUS, (one.value for one in Status if one in held), _state)
    yield Facet.STATE, "State", [Choice("", "Any state"), Choice("open", "Not complete", Without(COMPLETE)), *states]
    used = {row.rag for row in rows}
    colours = one_of(Field.RAG, (one.value for one in Rag if one in used), str.capitalize)
    any_colour = [Choice("", "Any colour or none"), none(Field.RAG, "No colour recorded"), *colours]
    yield Facet.COLOUR, "Colour, as its own plan uses it", any_colour
    late = [Choice(one, one.replace("_", " ").capitalize(), one) for one in Lateness]
    yield Facet.LATE, "Lateness", [Choice("", "Late or not"), *late]
    spans = [none(Field.DUE, "No due date recorded"), Choice(DATES, "Between the days below")]
    yield Facet.DUE, "Due date", [Choice("", "Any due date or none"), *spans]


def _state(value: str) -> str:
    return filter_words(Condition(Field.STATUS, Operator.IS, (value,))).capitalize()


def _span(mine: Sequence[Held]) -> tuple[date | None, date | None]:
    """The first and last day of the one condition on due dates that two days can express."""
    if len(mine) != 1 or not isinstance(mine[0], Condition) or mine[0].field is not Field.DUE:
        return None, None
    days = [value for value in mine[0].values if isinstance(value, date)]
    if mine[0].operator is Operator.BEFORE:
        return None, days[0] - _DAY
    if mine[0].operator is Operator.BETWEEN:
        return (days[0] if days[0] > FIRST_DAY else None), (days[1] if days[1] < LAST_DAY else None)
    return None, None


def _themes_typed(old: tuple[Theme, ...], sent: tuple[str, ...]) -> tuple[Theme, ...]:
    """The subjects as typed; one that was not touched stays as it was read."""
    kept = {spelt(theme): theme for theme in old}
    made = []
    for words in dict.fromkeys(" ".join(words.split()) for words in sent):
        first, *others = [part.strip() for part in words.split(" or ") if part.strip()] or [words]
        theme = kept.get(words) or Theme(first, alternatives=tuple(map(Theme, others)))
        made += [theme] if words else []
    return tuple(made)


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
