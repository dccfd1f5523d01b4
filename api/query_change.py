"""How a question was understood, as a form; and the form, sent back, as a query plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from api.query_parts import WITHOUT_ROWS, Facet, facet_of, spelt, with_parts
from assistant.conditions import Condition, Field, Filter, Operator, Without
from assistant.errors import QueryPlanError
from assistant.query_plan import Lateness, QueryPlan, Theme
from assistant.query_plan_words import filter_words, parts_of
from assistant.records import Action, Rag, Status

AS_NOW, NONE, DATES = "as_now", "none", "dates"
_FIRST, _LAST = date(1900, 1, 1), date(2200, 12, 31)
_DAY = timedelta(days=1)
_COMPLETE = Condition(Field.STATUS, Operator.IS, (Status.COMPLETE.value,))
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


@dataclass(frozen=True, slots=True)
class Changes:
    """A form as it was sent."""

    themes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    owner: str = AS_NOW
    state: str = AS_NOW
    colour: str = AS_NOW
    late: str = AS_NOW
    due: str = AS_NOW
    due_from: date | None = None
    due_to: date | None = None
    kept: frozenset[int] = frozenset()
    documents: tuple[str, ...] = ()
    as_of: date | None = None


def change_form(plan: QueryPlan, rows: Sequence[Action]) -> ChangeForm:
    """The form of a query, with the owners, states and colours that these rows hold."""
    parts = list(parts_of(plan.where))
    controls = [_control(facet, label, choices, parts) for facet, label, choices in _offered(rows)]
    late = tuple(Choice(value, words) for value, words in _LATE.items())
    controls.insert(-1, Control(Facet.LATE, "Lateness", late, plan.lateness.value if plan.lateness else ""))
    due_from, due_to = _span(parts)
    others = [(n, filter_words(part)) for n, part in enumerate(parts) if facet_of(part) is Facet.OTHER]
    return ChangeForm(
        tuple(controls),
        tuple(spelt(theme) for theme in plan.themes),
        tuple(spelt(theme) for theme in plan.without_themes),
        due_from,
        due_to,
        tuple(others),
        rows=not plan.sides and plan.intent not in WITHOUT_ROWS,
    )


_LATE = {"": "Late or not", Lateness.OVERDUE.value: "Overdue", Lateness.NOT_OVERDUE.value: "Not overdue"}


def _offered(rows: Sequence[Action]) -> Iterator[tuple[Facet, str, list[Choice]]]:
    owners = sorted({name for row in rows for name in row.owners}, key=str.casefold)
    named = [Choice(f"is:{name}", name, Condition(Field.OWNER, Operator.IS, (name,))) for name in owners]
    no_owner = Choice(NONE, "No owner recorded", Condition(Field.OWNER, Operator.MISSING))
    yield Facet.OWNER, "Owner", [Choice("", "Any owner"), no_owner, *named]
    held = {row.status for row in rows}
    states = [
        Choice(f"is:{one.value}", filter_words(part).capitalize(), part)
        for one in Status
        if one in held
        for part in (Condition(Field.STATUS, Operator.IS, (one.value,)),)
    ]
    yield Facet.STATE, "State", [Choice("", "Any state"), Choice("open", "Not complete", Without(_COMPLETE)), *states]
    used = {row.rag for row in rows if row.rag}
    colours = [
        Choice(f"is:{one.value}", one.value.capitalize(), Condition(Field.RAG, Operator.IS, (one.value,)))
        for one in Rag
        if one in used
    ]
    none = Choice(NONE, "No colour recorded", Condition(Field.RAG, Operator.MISSING))
    yield Facet.COLOUR, "Colour, as its own plan uses it", [Choice("", "Any colour or none"), none, *colours]
    spans = [Choice("", "Any due date or none"), Choice(NONE, "No due date recorded", _NO_DUE)]
    yield Facet.DUE, "Due date", [*spans, Choice(DATES, "Between the days below")]


def _control(facet: Facet, label: str, choices: list[Choice], parts: list[Filter]) -> Control:
    mine = [part for part in parts if facet_of(part) is facet]
    if not mine:
        return Control(facet, label, tuple(choices), "")
    same = next((one.value for one in choices if [one.part] == mine), None)
    if same is None and facet is Facet.DUE and _span(mine) != (None, None):
        same = DATES
    if same is not None:
        return Control(facet, label, tuple(choices), same)
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
        return (days[0] if days[0] > _FIRST else None), (days[1] if days[1] < _LAST else None)
    return None, None


def changed_query(plan: QueryPlan, changes: Changes, rows: Sequence[Action]) -> QueryPlan:
    """The query as the form says it.

    Raises: QueryPlanError for an option that is not offered, or days the wrong way round.
    """
    as_of = changes.as_of or plan.as_of
    sides = tuple(replace(side, as_of=as_of) for side in plan.sides)
    given = plan.as_of_given or as_of != plan.as_of
    made = replace(plan, as_of=as_of, documents=changes.documents, sides=sides, as_of_given=given)
    if plan.sides or plan.intent in WITHOUT_ROWS:
        return made
    themes, without = _themes(plan.themes, changes.themes), _themes(plan.without_themes, changes.without)
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


def _themes(old: tuple[Theme, ...], sent: tuple[str, ...]) -> tuple[Theme, ...]:
    """The subjects as typed; one that was not touched stays as it was read."""
    kept = {spelt(theme): theme for theme in old}
    typed = [" ".join(words.split()) for words in sent]
    return tuple(kept.get(words) or _theme(words) for words in dict.fromkeys(typed) if words)


def _theme(words: str) -> Theme:
    first, *others = [part.strip() for part in words.split(" or ") if part.strip()] or [words]
    return Theme(first, alternatives=tuple(Theme(other) for other in others))


def _parts(plan: QueryPlan, changes: Changes, rows: Sequence[Action]) -> list[Filter]:
    old = list(parts_of(plan.where))
    made = [part for n, part in enumerate(old) if facet_of(part) is Facet.OTHER and n in changes.kept]
    typed = (changes.due_from, changes.due_to)
    due = DATES if any(typed) and typed != _span(old) else changes.due  # days typed, and the list not touched
    sent = {
        Facet.OWNER: changes.owner,
        Facet.STATE: changes.state,
        Facet.COLOUR: changes.colour,
        Facet.DUE: due,
    }
    for facet, label, choices in _offered(rows):
        value = sent[facet]
        if value == AS_NOW:
            made += [part for part in old if facet_of(part) is facet]
        elif facet is Facet.DUE and value == DATES:
            made += _between(*typed)
        else:
            made += _chosen(value, label, choices)
    return made


def _chosen(value: str, label: str, choices: list[Choice]) -> list[Filter]:
    found = next((choice for choice in choices if choice.value == value), None)
    if found is None:
        raise QueryPlanError(f'"{value.removeprefix("is:")}" is not one of the choices for "{label}".')
    return [found.part] if found.part else []


def _between(first: date | None, last: date | None) -> list[Filter]:
    if first and last and first > last:
        raise QueryPlanError("The first due day is after the last. Put the earlier day first.")
    if first is None:
        return [Condition(Field.DUE, Operator.BEFORE, (last + _DAY,))] if last else []
    return [Condition(Field.DUE, Operator.BETWEEN, (first, last or _LAST))]
