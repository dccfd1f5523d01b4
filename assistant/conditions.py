"""The closed vocabulary of filters over actions.

A filter is a tree of `Condition`, `Every`, `Either` and `Without`. The register turns it into SQL, `query_plan` into
words; nothing else looks inside, so the sentence that a reader sees and the rows that come back cannot differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.records import CLOSED, Status

Value = str | date
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
"""Stand for an end of a period that is left open."""


class Field(StrEnum):
    """What a condition can look at."""

    ID = "id"
    DOCUMENT = "document"
    AUTHORITY = "authority"
    SECTION = "section"
    RECOMMENDATION = "recommendation"
    REF = "ref"
    ACTION = "action"
    OWNER = "owner"
    STATUS = "status"
    STATUS_TEXT = "status_text"
    RAG = "rag"
    START = "start"
    DUE = "due"
    DUE_TEXT = "due_text"
    """The due date as written."""
    DUE_PRECISION = "due_precision"
    COMPLETED_ON = "completed_on"
    FLAG = "flag"
    MEASURE = "success_measure"
    OUTCOME = "outcome"
    PLACE = "place"
    """Where the row stands in its document; to be told, never tested."""
    DAYS_LATE = "days_late"
    """Days from the due date to the as-of date; to be told or ordered by, never tested."""
    WORDS = "words"
    """The words of recommendation, section and action, as keyword search finds them."""


class Operator(StrEnum):
    IS = "is"
    """Equal to one of the values, upper and lower case alike; for OWNER, one of the action's `owners`."""
    CONTAINS = "contains"
    """Holds one of the values as a run of whole words; for REF, the ref itself or one below it (R2 finds R2.4)."""
    BEFORE = "before"
    """Earlier than the value, a date."""
    BETWEEN = "between"
    """From the first value to the second, both included; dates."""
    AFTER_DUE = "after_due"
    """Later than the action's own due date, where both are recorded; for COMPLETED_ON alone. Takes no value."""
    MISSING = "missing"
    """Not recorded. Takes no value."""


@dataclass(frozen=True, slots=True)
class Condition:
    field: Field
    operator: Operator
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Every:
    """All of the parts hold; with no part, everything matches."""

    parts: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the parts holds; with no part, nothing matches."""

    parts: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class Without:
    """The part does not hold."""

    part: Filter


UNTESTED = frozenset({Field.PLACE, Field.DAYS_LATE})
"""Fields that no condition can look at."""

Filter = Condition | Every | Either | Without

EVERYTHING = Every()

COMPLETE = Condition(Field.STATUS, Operator.IS, (Status.COMPLETE.value,))
OPEN = Without(Condition(Field.STATUS, Operator.IS, tuple(sorted(CLOSED))))
COMPLETED_LATE = Condition(Field.COMPLETED_ON, Operator.AFTER_DUE)


def parts_of(where: Filter) -> tuple[Filter, ...]:
    """The parts of a filter that all hold, each of which can be said, and taken away, alone."""
    if isinstance(where, Every) and not says_nothing(where):
        return where.parts
    return (where,)


def conditions_of(where: Filter) -> Iterator[Condition]:
    """Every condition that stands anywhere in a filter."""
    match where:
        case Condition():
            yield where
        case Every(parts) | Either(parts):
            for part in parts:
                yield from conditions_of(part)
        case Without(part):
            yield from conditions_of(part)


def says_nothing(where: Filter) -> bool:
    """Whether rows are meant of which the plan says nothing: neither in words nor by colour. It is one part."""
    parts = where.parts if isinstance(where, Every) else ()
    missing = {part.field for part in parts if isinstance(part, Condition) and part.operator is Operator.MISSING}
    return missing == {Field.STATUS_TEXT, Field.RAG}


def overdue(as_of: date) -> Filter:
    """Due before `as_of` and still open: the one rule of lateness. Due on `as_of` itself is not overdue."""
    return Every((Condition(Field.DUE, Operator.BEFORE, (as_of,)), OPEN))
