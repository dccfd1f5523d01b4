"""Rows by the values that they share: by one field, or by two."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.conditions import Field
from assistant.query_plan import Intent, QueryPlan
from assistant.records import Action


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


NOT_RECORDED = ""
"""The label of the group of rows that have no value."""

_OF_ONE_PLAN = {Field.SECTION, Field.RECOMMENDATION, Field.RAG, Field.REF, Field.OWNER}
"""Values that mean something in their own plan only, and so are never counted over plans."""


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
        groups.sort(key=lambda group: (group.label == NOT_RECORDED, group.label))
    if plan.intent is not Intent.EXTREME and plan.first is None:
        return groups
    named = [group for group in groups if group.label != NOT_RECORDED and (group.rows or not plan.descending)]
    named.sort(key=lambda group: len(group.rows), reverse=plan.descending)
    first = plan.first or 1
    last = len(named[first - 1].rows) if len(named) > first else None
    return named[:first] + [group for group in named[first:] if len(group.rows) == last]
