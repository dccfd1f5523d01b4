"""What layout makes of a document: drafts of actions, with every cell in its role and its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import reduce

from assistant.records import Flag, Locator, Rag, TableRead
from ingest.layout.words import one_line, plain


class Role(StrEnum):
    """What a column, a line or a piece of text says about an action."""

    SECTION = "section"
    RECOMMENDATION = "recommendation"
    REF = "ref"
    ACTION = "action"
    OWNER = "owner"
    START = "start"
    DUE = "due"
    REVISED = "revised"
    COMPLETED = "completed"
    STATUS = "status"
    RAG = "rag"
    """The colour, where a column of its own beside the status states it."""
    PROGRESS = "progress"
    EARLIER = "earlier"
    """Progress or state of an earlier period, where the table has a column for each."""
    MEASURE = "measure"
    OUTCOME = "outcome"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Piece:
    """Verbatim text at its place, with the fill and the typed date of its cell."""

    text: str
    locator: Locator
    colour: Rag | None = None
    value: date | None = None
    unread_rule: bool = False
    struck: bool = False
    reads_as: str | None = None
    """The date or share that its column proves it to be, empty where none can be told; None where its words say it."""

    @property
    def words(self) -> str:
        """The plain words, lines kept."""
        return plain(self.text)

    @property
    def line(self) -> str:
        """The plain words in one line."""
        return one_line(self.text)

    @property
    def blank(self) -> bool:
        return not self.words and self.colour is None


Fields = dict[Role, tuple[Piece, ...]]


@dataclass(frozen=True, slots=True)
class Draft:
    """One action as it stands: pieces by role. `heading` is the status column's; `parent` the stem of a sub-item."""

    fields: Fields
    locator: Locator
    section: Piece | None = None
    parent: Piece | None = None
    heading: str = ""
    sure: float = 1.0
    flags: tuple[Flag, ...] = ()
    order: int = 0
    """Which block or table of the document it comes from."""
    kept_refs: bool = False
    """True where the numbers at the beginning of the action's words are references."""

    def pieces(self, role: Role) -> tuple[Piece, ...]:
        return self.fields.get(role, ())

    def words(self, role: Role) -> str:
        """The plain words of all pieces in that role, in order."""
        return "\n".join(piece.words for piece in self.pieces(role) if piece.words)

    def line(self, role: Role) -> str:
        return self.words(role).replace("\n", " ")

    def with_pieces(self, role: Role, *pieces: Piece) -> Draft:
        return replace(self, fields={**self.fields, role: pieces})


@dataclass(slots=True)
class Tally:
    """How every line of every table was read; the counts sum to all of them."""

    counts: Counter[str] = field(default_factory=Counter)
    set_aside: list[tuple[Locator, str]] = field(default_factory=list)
    headers: list[Locator] = field(default_factory=list)
    """The lines that only name columns."""

    def leave(self, locator: Locator, reason: str) -> None:
        """Set a line aside, with the reason for the report."""
        self.counts["set_aside"] += 1
        self.set_aside.append((locator, reason))


LineRoles = tuple[str, tuple[Role | None, ...]]
"""How one table line was understood: as "header", "rule" (the strokes under one) or whatever `Marked` calls it, with
the role of each of its columns."""


@dataclass(frozen=True, slots=True)
class Layout:
    """All drafts of a document in reading order, and what became of every other table line."""

    drafts: tuple[Draft, ...]
    tally: Tally
    flags: tuple[Flag, ...] = ()
    lines: Mapping[Locator, LineRoles] = field(default_factory=dict)
    """The table lines by their places, those of labelled blocks left out."""
    tables: tuple[TableRead, ...] = ()
    """What became of each table and list."""


def covering(places: Iterable[Locator]) -> Locator:
    """One place that covers all of them, of which there is at least one."""
    return reduce(joined, places)


def joined(first: Locator, second: Locator) -> Locator:
    """One place that covers both. In text all lines between; elsewhere the first, with the parts of a PDF kept."""
    if first.line_start is not None and second.line_start is not None:
        start = min(first.line_start, second.line_start)
        end = max(first.line_end or first.line_start, second.line_end or second.line_start)
        return replace(first, line_start=start, line_end=end)
    if first.page is not None and second.page is not None and first.box and second.box:
        parts = [*(first.segments or ((first.page, first.box),)), *(second.segments or ((second.page, second.box),))]
        return replace(first, segments=tuple(dict.fromkeys(parts)))
    return first
