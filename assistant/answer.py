"""The answer that leaves the house: text, citations, table and caveats, and its form as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from assistant.outcome import AnswerStatus
from assistant.records import Action, Locator, as_data


class Reader(StrEnum):
    """The kind of reader: it changes wording and detail, never rows or numbers."""

    STAFF = "staff"
    INSPECTION = "inspection"
    MEMBER = "member"


class CitationKind(StrEnum):
    ACTION = "action"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where a value of a cited action stands when that is not in the row itself."""

    field: str
    locator: Locator
    quote: str


@dataclass(frozen=True, slots=True)
class Citation:
    """`[marker]` in the text points here; `quote` stands word for word at `locator`."""

    marker: int
    kind: CitationKind
    id: str
    document: str
    locator: Locator
    quote: str
    fields: tuple[FieldPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line: a cell for each column, the ids of the actions behind it, and the citation of a single action."""

    cells: tuple[str, ...]
    ids: tuple[str, ...] = ()
    marker: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerTable:
    caption: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]

    def told(self, words: Callable[[str], str]) -> AnswerTable:
        """The table with each cell in other words; most hold nothing to be told otherwise."""
        said = "|".join(cell for row in self.rows for cell in row.cells)
        if words(said) == said:
            return self
        rows = (TableRow(tuple(map(words, row.cells)), row.ids, row.marker) for row in self.rows)
        return replace(self, rows=tuple(rows))


@dataclass(frozen=True, slots=True)
class Related:
    """A row that is not part of the answer but that a reader may want to look at, and why."""

    id: str
    document: str
    ref: str | None
    action: str
    reason: str


@dataclass(frozen=True, slots=True)
class OtherReading:
    """Another way in which the question can be read; `query` can be sent back."""

    words: str
    query: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `query` is the query plan as data: sent back, it gives the same rows."""

    question: str
    status: AnswerStatus
    answer: str
    as_of: date
    qid: str | None = None
    reader: Reader = Reader.STAFF
    understood_as: str = ""
    query: dict[str, Any] | None = None
    total: int | None = None
    citations: tuple[Citation, ...] = ()
    table: AnswerTable | None = None
    related: tuple[Related, ...] = ()
    caveats: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    corpus_version: str = ""
    readings: tuple[OtherReading, ...] = ()
    not_understood: tuple[str, ...] = ()
    by_model: bool = False
    """Whether a language model put it into these words; its facts are ours. Told beside the answer, not in its data."""

    def as_dict(self) -> dict[str, Any]:
        """The answer as the public contract names its fields, ready for JSON."""
        return {name: value for name, value in as_data(self).items() if name != "by_model"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line, list item, sentence or cell. `row` is the action that it stands in, if any; `kind` says what the words
    are in that row: "success measure", "outcome", "progress". `lead` words only lead in to those that follow."""

    document: str
    locator: Locator
    quote: str
    score: float
    kind: str = ""
    row: Action | None = None
    lead: bool = False
