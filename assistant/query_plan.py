"""The structured half of a question: what is wanted, of which actions, at which date.

A plan is data. Shown to a reader it becomes a sentence, sent back it gives the same rows. Rules or a language model
may write one; both are checked against the same types."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assistant.conditions import EVERYTHING, Field, Filter

EACH_VERSION = "each_version"
REPEATEDLY, SAID_AGAIN = "repeatedly", "said_again"
"""Among the terms of a question about change: between every two versions, and not the first and the last alone; only
what changed so more than once; and recommendations that another plan says again, in place of changes."""
_NAMED_OTHERS = "The question names a plan that is not among those chosen, so that plan was asked."


class Intent(StrEnum):
    """What the reader wants to be told."""

    LIST = "list"
    COUNT = "count"
    GROUP = "group"
    """Counts by `group_by`, with totals."""
    EXTREME = "extreme"
    """The first or last by `order`, or the group with the most or the fewest."""
    LOOKUP = "lookup"
    """What one or a few rows say, in full."""
    OWNER = "owner"
    STATUS = "status"
    DATE = "date"
    COMPARE = "compare"
    """`sides` holds what is compared."""
    PROGRESS = "progress"
    """How are we doing: a short state of progress."""
    DEFINITION = "definition"
    """What an abbreviation or a term means."""
    COLOURS = "colours"
    """What a plan's colours mean."""
    NARRATIVE = "narrative"
    """Something that the prose says."""
    QUALITY = "quality"
    """What looks wrong in the source, from the flags."""
    SOURCES = "sources"
    """Which plans are held, what is known of them."""


class Lateness(StrEnum):
    OVERDUE = "overdue"
    NOT_OVERDUE = "not_overdue"


class Wanted(StrEnum):
    """What kind of fact would answer, for a question about something that no field of an action holds. Where neither
    a row nor the prose states one, the question cannot be answered."""

    MONEY = "money"
    PERSON = "person"
    """The name of a person."""
    NUMBER = "number"
    """How many or what share of something other than actions: children, visits, staff."""
    TARGET = "target"
    """How many or what share of something there is meant to be."""
    DATE = "date"
    """When something happened that is not an action's due date."""
    REASON = "reason"
    MANNER = "manner"
    """How something works or will be known."""
    RESULT = "result"
    """What an action changed."""
    CHANGE = "change"
    """What differs from an earlier version."""
    CONCERNS = "concerns"
    """What may be worth asking about at a meeting, for PROGRESS."""


class Measure(StrEnum):
    """What is told of rows, or of each group of them; of several each has its column."""

    TOTAL = "total"
    COMPLETE = "complete"
    NOT_COMPLETE = "not_complete"
    """Open: neither complete nor withdrawn."""
    OVERDUE = "overdue"
    UNDATED = "undated"
    UNOWNED = "unowned"
    SHARE_COMPLETE = "share_complete"
    EARLIEST_DUE = "earliest_due"
    LATEST_DUE = "latest_due"


class Relation(StrEnum):
    """How a number is to stand to a bound."""

    FEWER = "fewer"
    MORE = "more"
    EXACTLY = "exactly"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    ALL_BUT = "all_but"


@dataclass(frozen=True, slots=True)
class Bound:
    """What the number of rows is judged by: "at most 5", or "fewer than half", which is 1 of 2 parts of the whole."""

    relation: Relation
    number: int
    parts: int = 0

    def holds(self, held: int, whole: int) -> bool:
        """Whether so many rows of a whole keep to the bound."""
        bound = self.number * whole if self.parts else self.number
        held, whole = held * (self.parts or 1), whole * (self.parts or 1)
        holds = {
            Relation.FEWER: held < bound,
            Relation.MORE: held > bound,
            Relation.EXACTLY: held == bound,
            Relation.AT_MOST: held <= bound,
            Relation.AT_LEAST: held >= bound,
            Relation.ALL_BUT: held == whole - bound,
        }
        return holds[self.relation]


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject in the reader's words; which rows it names is decided over every row by `themes`."""

    words: str
    read_as: str | None = None
    """What an answer calls it, where that is not by the reader's own words: "elective home education"."""
    alternatives: tuple[Theme, ...] = ()
    """A row may belong to one of these instead: "neglect or private fostering"."""
    specific: bool = False
    """The words describe one particular thing ("the leadership programme"): the rows that fit them best, not every
    row on the subject."""
    whole: bool = False
    """The words are the whole question, where no row speaks of what was cut out of it: the few rows closest to it."""


@dataclass(frozen=True, slots=True)
class Premise:
    """Something that the question takes for granted and that the register must confirm: "R7.1 is late"."""

    words: str
    claim: Filter


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """One question, read. All set parts hold together; `documents` empty means every plan the reader may see."""

    intent: Intent
    as_of: date
    documents: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    """A row must belong to each of them."""
    without_themes: tuple[Theme, ...] = ()
    where: Filter = EVERYTHING
    lateness: Lateness | None = None
    asked_of: Field | None = None
    """The field that the question is about ("who", "when", "what state"), to be answered first."""
    also_asked: tuple[Field, ...] = ()
    """Further fields asked about in the same breath: "who is doing it and when is it due"."""
    wanted: Wanted | None = None
    shared_ownership: bool | None = None
    """True keeps rows with several owners, False those with one."""
    group_by: Field | None = None
    """A date groups by month."""
    then_by: Field | None = None
    """A second key: counts for each pair of values."""
    measures: tuple[Measure, ...] = ()
    """What is told of each group, or of all rows; none means how many there are."""
    order: Field | None = None
    descending: bool = False
    first: int | None = None
    """Keep so many rows (or groups) in that order; ties at the end are kept too."""
    nth: int | None = None
    """Only the row at this place of the list, from 1; -1 is the last: "the second one"."""
    terms: tuple[str, ...] = ()
    """Abbreviations, colours or flag codes that are asked about."""
    text: str = ""
    """What to look for in the prose: the question's own content words. Set for NARRATIVE, and for a question about one
    fact, which the prose may answer where no row does."""
    sides: tuple[QueryPlan, ...] = ()
    less: QueryPlan | None = None
    """Rows that this plan names are taken away."""
    also: tuple[QueryPlan, ...] = ()
    """Further questions of the same breath, answered after this one."""
    polar: bool = False
    """Whether it is asked if something is so: the answer begins Yes, No or "The plans do not say"."""
    bound: Bound | None = None
    """What the number of rows must keep to for a Yes; none means that there are any, or that all are so."""
    premises: tuple[Premise, ...] = ()
    readings: tuple[str, ...] = ()
    """How words were read, in sentences: "I read EHE as elective home education"."""
    kept: tuple[str, ...] = ()
    """What was kept from the turn before, in words."""
    dropped: tuple[str, ...] = ()
    """What of it no longer holds, in words."""
    as_of_given: bool = False

    def within(self, documents: Sequence[str]) -> QueryPlan:
        """The plan over these documents alone, which the reader chose. One that names only others keeps them, and says
        so."""
        sides = tuple(side.within(documents) for side in self.sides)
        elsewhere = any(_NAMED_OTHERS in side.readings for side in sides)
        sides = tuple(replace(side, readings=()) for side in sides)
        kept = tuple(document for document in self.documents if document in documents)
        told = (_NAMED_OTHERS,) if elsewhere or (self.documents and not kept) else ()
        asked = (kept or self.documents) if self.documents else tuple(documents)
        named = dict.fromkeys([*asked, *(document for side in sides for document in side.documents)])
        return replace(self, documents=tuple(named), sides=sides, readings=(*self.readings, *told))

    def without(self, hidden: Collection[str]) -> QueryPlan:
        """The plan with none of the documents that another version answers for among those that it names."""
        kept = tuple(document for document in self.documents if document not in hidden)
        sides, also = (tuple(part.without(hidden) for part in parts) for parts in (self.sides, self.also))
        return replace(self, documents=kept, sides=sides, also=also) if hidden else self
