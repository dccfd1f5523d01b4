"""A part of a question that has been understood as a filter, and where it stands."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.conditions import Filter


class Kind(StrEnum):
    """What a spot filters on; neighbours of one kind are read as one list."""

    REF = "ref"
    SECTION = "section"
    OWNER = "owner"
    STATE = "state"
    COLOUR = "colour"
    DUE = "due"
    START = "start"
    COMPLETED = "completed"
    LATE = "late"
    GAP = "gap"
    """A field that is not recorded."""
    FLAG = "flag"
    WORDS = "words"
    SUBJECT = "subject"
    PLAN = "plan"
    SHOWN = "shown"
    """The rows of the last answer."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Characters `start` to `end` of the question say `condition`. `negated` where they say that it does not hold."""

    start: int
    end: int
    kind: Kind
    condition: Filter
    negated: bool = False
