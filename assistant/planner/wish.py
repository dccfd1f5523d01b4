"""What a question wants to be told, and a question as far as it is read when that is asked."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conditions import Field
from assistant.query_plan import Intent, Wanted


@dataclass(frozen=True, slots=True)
class Asking:
    """What is wanted. `intent` is None where the question does not say ("and for the other plan?")."""

    intent: Intent | None = None
    asked: tuple[Field, ...] = ()
    wanted: Wanted | None = None
    share: bool = False
    """A count beside its total: "how many out of", "what share"."""
    claim: bool = False
    """States, colours and dates in the question are to be confirmed, not filtered on."""
    particular: bool = False
    """The question is about one particular thing, not about every row on a subject."""
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question half read: as typed, `low` in plain form, `rest` with what is understood taken out, and whether rows are named."""

    raw: str
    low: str
    rest: str
    names_refs: bool
    names_rows: bool
    """A reference, an owner, a state, a colour or a date is named."""
