"""A query plan to rows: the matches in order, and beside them the sets that must not be mixed up with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import takewhile
from operator import attrgetter
from typing import Any

from assistant.conditions import (
    EVERYTHING,
    Condition,
    Either,
    Every,
    Field,
    Filter,
    Operator,
    Without,
    conditions_of,
    overdue,
    parts_of,
)
from assistant.flags import FlagCode
from assistant.query_plan import Intent, Lateness, Premise, QueryPlan, Theme
from assistant.records import Action
from assistant.themes import Members
from assistant.view import View

NOT_RECORDED = ""
"""The label of the group of rows that have no value."""
_OF_ONE_PLAN = {Field.SECTION, Field.RECOMMENDATION, Field.RAG, Field.REF, Field.OWNER}
"""Values that mean something in their own plan only, and so are never counted over plans."""
ThemeReader = Callable[[Theme, Sequence[Action], Sequence[str]], Members]
"""Decides, over the rows given, which of them a theme names. The last argument are the documents asked about, whose
own abbreviations hold."""
STATES = frozenset({Field.RAG, Field.STATUS, Field.STATUS_TEXT})


@dataclass(frozen=True, slots=True)
class Group:
    """The matches that share a value. `of` counts all rows of the subject with that value, matches or not."""

    key: tuple[str, ...]
    label: str
    document: str | None
    rows: tuple[Action, ...]
    of: tuple[Action, ...]
    then: str | None = None
    """The second value, where rows are grouped by two."""


def groups_of(plan: QueryPlan, matches: Sequence[Action], subject: Sequence[Action]) -> list[Group]:
    """A group for each value, or pair of values, of the subject, in the order of the rows; a row with two owners counts
    under both."""
    if plan.group_by is None:
        return []
    matched = {row.id for row in matches}
    values, seconds = _values(plan.group_by), _values(plan.then_by) if plan.then_by else lambda _: ("",)
    apart = plan.group_by in _OF_ONE_PLAN
    held: dict[tuple[str | None, str, str], list[Action]] = {}
    for row in subject:
        document = row.document if apart else None
        for value in values(row):
            for second in seconds(row):
                held.setdefault((document, value, second), []).append(row)
    return [
        Group(
            key=(document, value) if document else (value,),
            label=value,
            document=document,
            rows=tuple(row for row in rows if row.id in matched),
            of=tuple(rows),
            then=second if plan.then_by else None,
        )
        for (document, value, second), rows in held.items()
    ]


def _values(field: Field) -> Callable[[Action], Iterable[str]]:
    """What gives the values of a row in a field, each once."""
    name = field.value
    match field:
        case Field.OWNER:
            return lambda row: dict.fromkeys(row.owners) or (row.owner or NOT_RECORDED,)
        case Field.DUE | Field.START | Field.COMPLETED_ON:
            return lambda row: (f"{value:%Y-%m}" if (value := getattr(row, name)) else NOT_RECORDED,)
        case Field.FLAG:
            return lambda row: dict.fromkeys(flag.code for flag in row.flags)
        case _:
            return lambda row: (str(getattr(row, name, None) or NOT_RECORDED),)


def ranked(groups: list[Group], plan: QueryPlan) -> list[Group]:
    """Groups of a date in its order; for the most or the fewest, by number, with ties kept."""
    if plan.group_by in (Field.DUE, Field.START, Field.COMPLETED_ON):
        within = any(one.field is plan.group_by for one in conditions_of(plan.where))  # no month outside the period
        groups = [group for group in groups if group.rows or not within]
        groups.sort(key=lambda group: (group.label == NOT_RECORDED, group.label))
    if plan.intent is not Intent.EXTREME and plan.first is None:
        return groups
    named = [group for group in groups if group.label != NOT_RECORDED and (group.rows or not plan.descending)]
    named.sort(key=lambda group: len(group.rows), reverse=plan.descending)
    first = plan.first or 1
    last = len(named[first - 1].rows) if len(named) > first else None
    return named[:first] + [group for group in named[first:] if len(group.rows) == last]


@dataclass(frozen=True, slots=True)
class Found:
    """What a plan finds in a view."""

    rows: tuple[Action, ...] = ()
    subject: tuple[Action, ...] = ()
    """The rows of the plans and themes asked about, before any other filter."""
    only_if: tuple[Action, ...] = ()
    """Rows that match only if the date as written is a slip and the probable one is meant. Those that match as written
    are among the rows."""
    undated: tuple[Action, ...] = ()
    """Rows that pass everything but the test of a date, which they do not have."""
    near: tuple[tuple[Action, str], ...] = ()
    """Rows that come close to the subject, nearest first, each with the reason why it is no match."""
    groups: tuple[Group, ...] = ()
    left_out: int = 0
    """How many matches `first` cut off."""
    read: tuple[Members, ...] = ()
    """How each theme was read."""
    untrue: tuple[Premise, ...] = ()
    """Premises that no row bears out."""
    sides: tuple[Found, ...] = ()


def find(plan: QueryPlan, view: View, themes: ThemeReader) -> Found:
    """What the plan finds among the rows of the view."""
    subject, near, read = _subject(plan, view, themes)
    base = _shared(view.within(subject, plan.where), plan)
    late = _late(plan)
    matches = view.within(base, late)
    if plan.less:
        taken = {row.id for row in find(plan.less, view, themes).rows}
        matches = [row for row in matches if row.id not in taken]
    groups: list[Group] = []
    if plan.group_by and plan.intent in (Intent.GROUP, Intent.EXTREME):
        groups = ranked(groups_of(plan, matches, subject), plan)
    if groups and plan.bound:
        groups = [one for one in groups if one.label and plan.bound.holds(len(one.rows), len(one.of))]
        held = {row.id for one in groups for row in one.rows}
        matches = [row for row in matches if row.id in held]
    kept = matches if groups else _first(_ordered(matches, plan), plan)
    tests = Every((plan.where, late))
    only_if = _only_if(tests, subject, matches, view, plan) if tests_due(tests) else []
    if plan.intent is Intent.COMPARE and len(kept) == 1:
        kept += _twins(kept[0], subject, near)
    reasons = {one.id: one.reason for members in read for one in members.near}
    return Found(
        rows=tuple(kept),
        subject=tuple(subject),
        only_if=tuple(only_if),
        undated=tuple(_undated(tests, subject, matches, view, plan)) if tests_due(tests) else (),
        near=tuple((row, reasons[row.id]) for row in _shared(view.within(near, tests), plan)),
        groups=tuple(groups),
        left_out=len(matches) - len(kept),
        read=read,
        untrue=tuple(one for one in plan.premises if not view.among(_of_plans(plan, view), view.ids(one.claim))),
        sides=tuple(find(side, view, themes) for side in plan.sides),
    )


def count(plan: QueryPlan, view: View, themes: ThemeReader) -> int:
    """How many rows match the plan before it orders, groups or cuts them; no row is looked at, so it costs little.

    For whoever weighs plans against each other: does it find anything, and does it narrow what it finds."""
    rows = _asked(plan, view)
    found = view.ids(Every((plan.where, _late(plan))))
    if plan.documents or plan.shared_ownership is not None:
        found &= {row.id for row in _shared(rows, plan)}
    for theme in plan.themes:
        found &= frozenset().union(*(members.ids for members in _read(theme, rows, plan, view, themes)))
    for theme in plan.without_themes:
        found -= themes(theme, view.rows, plan.documents).ids
    return len(found - {row.id for row in find(plan.less, view, themes).rows} if plan.less else found)


def _of_plans(plan: QueryPlan, view: View) -> Sequence[Action]:
    """The rows of the plans that are asked about."""
    named = (row for name in view.sources if name in plan.documents for row in view.of(name))
    return tuple(named) if plan.documents else view.rows


def _asked(plan: QueryPlan, view: View) -> Sequence[Action]:
    """The rows of the plans that are asked about, or those of them that are named one by one."""
    named = tuple(part for part in parts_of(plan.where) if isinstance(part, Condition) and part.field is Field.ID)
    rows = _of_plans(plan, view)
    return view.within(rows, Every(named)) if named else rows


def _subject(
    plan: QueryPlan, view: View, themes: ThemeReader
) -> tuple[list[Action], list[Action], tuple[Members, ...]]:
    rows = _asked(plan, view)
    if not plan.themes and not plan.without_themes:
        return list(rows), [], ()
    inside: set[str] | None = None
    near: dict[str, float] = {}
    read: list[Members] = []
    for theme in plan.themes:
        found = _read(theme, rows, plan, view, themes)
        near |= {one.id: one.score for members in found for one in members.near}
        read += found
        ids = {one for members in found for one in members.ids}
        inside = ids if inside is None else inside & ids
    inside = {row.id for row in rows} if inside is None else inside
    for theme in plan.without_themes:
        inside -= themes(theme, view.rows, plan.documents).ids
    close = view.among(rows, near.keys() - inside) if len(plan.themes) == 1 else []
    close.sort(key=lambda row: -near[row.id])
    return view.among(rows, inside), close, tuple(read)


def _read(theme: Theme, rows: Sequence[Action], plan: QueryPlan, view: View, themes: ThemeReader) -> list[Members]:
    """What a theme and each of its alternatives names. One particular thing is looked for among the rows that the rest
    of the question allows, or all where it allows none; a subject among all, whatever else is asked."""
    return [
        themes(one, (view.within(rows, plan.where) or rows) if one.specific else view.rows, plan.documents)
        for one in (theme, *theme.alternatives)
    ]


def _twins(row: Action, subject: Sequence[Action], near: Sequence[Action]) -> list[Action]:
    """What a lone row is compared with: the rows that its flags point to, else the one nearest to the theme."""
    alike = (FlagCode.CONTRADICTING_DUPLICATE, FlagCode.DUPLICATE_TEXT)
    places = [flag.locator for flag in row.flags if flag.code in alike]
    candidates = [other for other in (*subject, *near) if other.id != row.id and other.document == row.document]
    pointed = [other for other in candidates if other.locator in places]
    return list(dict.fromkeys(pointed)) or candidates[:1]


def _shared(rows: Sequence[Action], plan: QueryPlan) -> list[Action]:
    if plan.shared_ownership is None:
        return list(rows)
    return [row for row in rows if plan.shared_ownership == (len(row.owners) > 1)]


def _late(plan: QueryPlan) -> Filter:
    late = overdue(plan.as_of)
    return EVERYTHING if plan.lateness is None else late if plan.lateness is Lateness.OVERDUE else Without(late)


# ---------------------------------------------------------------- rows that a doubtful or missing date sets apart


def tests_due(where: Filter) -> bool:
    """Whether the filter compares due dates."""
    return any(c.field is Field.DUE and c.operator is not Operator.MISSING for c in conditions_of(where))


def without_due(where: Filter, outcome: Callable[[Condition], bool] | None = None) -> Filter:
    """The filter with the outcome in the place of every test of a due date; without one, as it stands for a row that
    would pass all of them."""
    match where:
        case Condition(field=Field.DUE):
            return EVERYTHING if outcome is None or outcome(where) else Either()
        case Every(parts) | Either(parts):
            return type(where)(tuple(without_due(part, outcome) for part in parts))
        case Without(part) if outcome is None:
            return EVERYTHING if tests_due(part) else where
        case Without(part):
            return Without(without_due(part, outcome))
        case _:
            return where


def _due_holds(test: Condition, due: date | None) -> bool:
    if test.operator is Operator.MISSING or due is None:
        return test.operator is Operator.MISSING and due is None
    first, *others = [value for value in test.values if isinstance(value, date)]
    if test.operator is Operator.BEFORE:
        return due < first
    return first <= due <= others[0] if test.operator is Operator.BETWEEN else due in (first, *others)


def _only_if(
    tests: Filter, subject: Sequence[Action], matches: Sequence[Action], view: View, plan: QueryPlan
) -> list[Action]:
    """Rows that match by their probable date and not by the written one."""
    doubtful = _among(view.slips, subject, view)
    matched = {row.id for row in matches} if doubtful else set()
    return [
        row
        for row in _shared(doubtful, plan)
        if row.id not in matched and row.id in view.ids(without_due(tests, partial(_due_holds, due=row.due_probable)))
    ]


def _among(some: Sequence[Action], subject: Sequence[Action], view: View) -> Sequence[Action]:
    """Those of some rows that belong to the subject."""
    if len(subject) == len(view.rows) or not some:
        return some
    return view.among(some, {row.id for row in subject})


def _undated(
    tests: Filter, subject: Sequence[Action], matches: Sequence[Action], view: View, plan: QueryPlan
) -> list[Action]:
    matched = {row.id for row in matches if row.due is None}
    loose = (row for row in _among(view.undated, subject, view) if row.id not in matched)
    rows = [row for row in loose if row.open or not plan.lateness]
    return _shared(view.within(rows, without_due(tests)), plan)


# ---------------------------------------------------------------- order and groups


def _ordered(rows: Sequence[Action], plan: QueryPlan) -> list[Action]:
    """The rows in the order asked for; those without a value come last. Rows of one value keep their places."""
    if plan.order is None:
        return list(rows)
    of = _value(plan)
    valued = sorted((row for row in rows if of(row) is not None), key=of, reverse=plan.descending)
    return valued + [row for row in rows if of(row) is None]


def _first(rows: list[Action], plan: QueryPlan) -> list[Action]:
    """The first rows, and those that share the last one's value; never a row without the value. Or only the nth."""
    if plan.nth:
        place = plan.nth - 1 if plan.nth > 0 else plan.nth
        return rows[place : place + 1 or None] if -len(rows) <= place < len(rows) else []
    if plan.first is None:
        return rows
    if plan.order is None:
        return rows[: plan.first]
    value = _value(plan)
    first = [row for row in rows[: plan.first] if value(row) is not None]
    if len(first) < plan.first or not first:
        return first
    last = value(first[-1])
    return first + list(takewhile(lambda row: value(row) == last, rows[plan.first :]))


def _value(plan: QueryPlan) -> Callable[[Action], Any]:
    """What rows are ordered by, of each row; None where it has no such value."""
    if plan.order is Field.DAYS_LATE:
        return lambda row: row.days_late(plan.as_of) or None
    if plan.order is None or plan.order.value not in Action.__slots__:
        return lambda _row: None
    return attrgetter(plan.order.value)


def whatever_state(where: Filter) -> Filter:
    """The filter without its tests of state and colour: the whole of which some are green."""
    return Every(tuple(part for part in parts_of(where) if not {test.field for test in conditions_of(part)} & STATES))


def without(where: Filter, base: Filter) -> Filter:
    """What `where` asks beyond `base`."""
    common = parts_of(base)
    parts = tuple(part for part in parts_of(where) if part not in common)
    return parts[0] if len(parts) == 1 else Every(parts)
