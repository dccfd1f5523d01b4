"""A question read on its own, before the questions asked earlier are taken into account."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from assistant.conditions import Filter
from assistant.planner.candidates.groups import Order
from assistant.planner.candidates.ways import Asking, Way
from assistant.planner.spots import Kind
from assistant.query_plan import Intent, Lateness, Premise, Theme

STATED_TOTAL = "stated_total"
"""The term that asks whether a total that the plan states agrees with its rows."""


class Left(NamedTuple):
    """Content words that a reading does not explain."""

    words: str
    strong: bool
    """Whether they name something."""
    beside: bool = False
    """Whether no "on" or "about" marks them, or "and", "or" or a comma joins them to a subject that is explained."""


@dataclass(frozen=True, slots=True)
class Part:
    """One filter of a question, and what it filters on."""

    kinds: frozenset[Kind]
    condition: Filter


@dataclass(frozen=True, slots=True)
class Sketch:
    """What one question says. Nothing here depends on the questions before it."""

    text: str
    asking: Asking
    order: Order
    as_of: date
    as_of_given: bool
    as_of_told: bool = False
    """Whether words said the day to judge by, and not the request alone."""
    documents: tuple[str, ...] = ()
    mentions: tuple[tuple[str, ...], ...] = ()
    every_plan: bool = False
    parts: tuple[Part, ...] = ()
    sides: tuple[tuple[Part, ...], ...] = ()
    """Narrower counts, or what is compared, beside the main rows."""
    premises: tuple[Premise, ...] = ()
    lateness: Lateness | None = None
    shared: bool | None = None
    themes: tuple[Theme, ...] = ()
    without: tuple[Theme, ...] = ()
    meaning: Intent | None = None
    """DEFINITION, COLOURS, QUALITY or SOURCES where the question is of these kinds."""
    terms: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    unknown_ref: str = ""
    unknown_plan: str = ""
    elsewhere: bool = False
    """Words are looked for in measures and progress, which must bear it out."""
    left: tuple[Left, ...] = ()
    views: Mapping[Way, float] = field(default_factory=dict, compare=False)
    """How much less likely each way of asking is than the likeliest, as learnt from other questions."""
    misread: float = 0.0
    """What the roles of the words, as learnt from other questions, tell against it: at least 0."""

    def kinds(self) -> frozenset[Kind]:
        """What the question filters on."""
        late = {Kind.LATE} if self.lateness else set()
        return frozenset(kind for part in self.parts for kind in part.kinds) | late
