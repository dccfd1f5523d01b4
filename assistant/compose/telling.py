"""What a composer is given: the question as read, what was found, for whom; and what it shares with the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.answer import Reader
from assistant.compose.names import short_names
from assistant.evidence import Evidence
from assistant.outcome import Decline
from assistant.query import Found
from assistant.query_plan import QueryPlan
from assistant.records import Action, KeyKind, PlanKey, Source
from assistant.versions import Series
from assistant.view import View


class Explainer(Protocol):
    """What the vocabulary knows of a term."""

    def __call__(self, term: str) -> tuple[str, ...]:
        """The expansions of an abbreviation in the common glossary, best known first; none when it has none."""
        ...


def _knows_nothing(term: str) -> tuple[str, ...]:  # noqa: ARG001 -- the shape of Explainer
    return ()


@dataclass(frozen=True, slots=True)
class Telling:
    """Everything that an answer is made from."""

    plan: QueryPlan
    found: Found
    view: View
    reader: Reader = Reader.STAFF
    question: str = ""
    notices: tuple[Decline, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    explain: Explainer = field(default=_knows_nothing)
    series: tuple[Series, ...] = ()
    """Which of the plans are versions of one."""

    @property
    def member(self) -> bool:
        return self.reader is Reader.MEMBER

    @property
    def searched(self) -> list[Source]:
        """The sources that the question was asked of."""
        wanted = self.plan.documents
        return [source for name, source in self.view.sources.items() if not wanted or name in wanted]

    def name(self, document: str) -> str:
        """The plan's short name, as it follows "in"."""
        return short_names(tuple(self.view.sources.values()))[document]

    def source(self, document: str) -> Source:
        return self.view.sources[document]

    def keys(self, document: str, kind: KeyKind) -> list[PlanKey]:
        return [key for key in self.view.keys if key.document == document and key.kind is kind]

    def sources_of(self, rows: Sequence[Action]) -> list[Source]:
        """The sources of the rows, in the order of the register."""
        named = {row.document for row in rows}
        return [source for name, source in self.view.sources.items() if name in named]
