"""The answer that leaves the house: text, citations, table and caveats, and its form as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from assistant.outcome import AnswerStatus
from assistant.records import Locator


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

    def as_dict(self) -> dict[str, Any]:
        return {"field": self.field, "locator": self.locator.as_dict(), "quote": self.quote}


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

    def as_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "marker": self.marker,
            "kind": self.kind.value,
            "id": self.id,
            "document": self.document,
            "locator": self.locator.as_dict(),
            "quote": self.quote,
        }
        return {**data, "fields": [place.as_dict() for place in self.fields]} if self.fields else data


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
        """The table with each cell in other words."""
        rows = (TableRow(tuple(map(words, row.cells)), row.ids, row.marker) for row in self.rows)
        return replace(self, rows=tuple(rows))

    def as_dict(self) -> dict[str, Any]:
        rows = [{"cells": list(row.cells), "ids": list(row.ids), "marker": row.marker} for row in self.rows]
        return {"caption": self.caption, "columns": list(self.columns), "rows": rows}


@dataclass(frozen=True, slots=True)
class Related:
    """A row that is not part of the answer but that a reader may want to look at, and why."""

    id: str
    document: str
    ref: str | None
    action: str
    reason: str

    def as_dict(self) -> dict[str, Any]:
        return {"id": self.id, "document": self.document, "ref": self.ref, "action": self.action, "reason": self.reason}


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
        return {
            "question": self.question,
            "qid": self.qid,
            "status": self.status.value,
            "answer": self.answer,
            "as_of": self.as_of.isoformat(),
            "reader": self.reader.value,
            "understood_as": self.understood_as,
            "query": self.query,
            "total": self.total,
            "citations": [citation.as_dict() for citation in self.citations],
            "table": self.table.as_dict() if self.table else None,
            "related": [row.as_dict() for row in self.related],
            "readings": [{"words": reading.words, "query": reading.query} for reading in self.readings],
            "not_understood": list(self.not_understood),
            "caveats": list(self.caveats),
            "suggestions": list(self.suggestions),
            "corpus_version": self.corpus_version,
        }
