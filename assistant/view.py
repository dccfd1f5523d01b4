"""What one reader may see. Answers are made from a view alone, so nothing else can change them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from assistant.conditions import EVERYTHING, Filter
from assistant.errors import StoreBusy
from assistant.records import Action, Audience, Flag, Locator, Passage, PlanKey, Source

T = TypeVar("T")


class Shelf(Protocol):
    """The reads of the register that an answer needs."""

    @property
    def stamp(self) -> str: ...
    def one_state(self) -> AbstractContextManager[object]: ...
    def select(self, audience: Audience, where: Filter = EVERYTHING) -> list[Action]: ...
    def sources(self, audience: Audience) -> list[Source]: ...
    def passages(self, audience: Audience) -> list[Passage]: ...
    def keys(self, audience: Audience) -> list[PlanKey]: ...
    def document_flags(self, audience: Audience) -> list[tuple[str, Flag]]: ...
    def lines(self, audience: Audience, document: str) -> list[tuple[Locator, str]]: ...


class View:
    """One state of a shelf seen by one audience; each kind of record is read once.

    A view belongs to the state in which it is first read. Raises: StoreBusy where it is read in another one.
    """

    def __init__(self, shelf: Shelf, audience: Audience) -> None:
        self._shelf = shelf
        self.audience = audience
        self._stamp = ""
        self._rows: tuple[Action, ...] | None = None
        self._sources: dict[str, Source] | None = None
        self._passages: tuple[Passage, ...] | None = None
        self._keys: tuple[PlanKey, ...] | None = None
        self._flags: tuple[tuple[str, Flag], ...] | None = None
        self._lines: dict[str, tuple[tuple[Locator, str], ...]] = {}

    def select(self, where: Filter) -> list[Action]:
        """The actions that `where` names, in the order of their documents."""
        return list(self.rows) if where == EVERYTHING else self._read(lambda: self._shelf.select(self.audience, where))

    @property
    def rows(self) -> Sequence[Action]:
        """Every action, in the order of their documents."""
        if self._rows is None:
            self._rows = tuple(self._read(lambda: self._shelf.select(self.audience, EVERYTHING)))
        return self._rows

    @property
    def sources(self) -> dict[str, Source]:
        """Every source, by document."""
        if self._sources is None:
            self._sources = {
                source.document: source for source in self._read(lambda: self._shelf.sources(self.audience))
            }
        return self._sources

    @property
    def passages(self) -> Sequence[Passage]:
        if self._passages is None:
            self._passages = tuple(self._read(lambda: self._shelf.passages(self.audience)))
        return self._passages

    @property
    def keys(self) -> Sequence[PlanKey]:
        if self._keys is None:
            self._keys = tuple(self._read(lambda: self._shelf.keys(self.audience)))
        return self._keys

    @property
    def document_flags(self) -> Sequence[tuple[str, Flag]]:
        """What is wrong with a document as a whole: its name, and the flag."""
        if self._flags is None:
            self._flags = tuple(self._read(lambda: self._shelf.document_flags(self.audience)))
        return self._flags

    def lines(self, document: str) -> Sequence[tuple[Locator, str]]:
        """Every place of a document with its words as they stand; nothing when the reader may not see it."""
        if document not in self._lines:
            visible = document in self.sources
            found = self._read(lambda: self._shelf.lines(self.audience, document)) if visible else ()
            self._lines[document] = tuple(found)
        return self._lines[document]

    def _read(self, read: Callable[[], T]) -> T:
        with self._shelf.one_state():
            stamp = self._shelf.stamp
            self._stamp = self._stamp or stamp
            if self._stamp != stamp:
                raise StoreBusy("The plans were loaded again while this was worked out. Ask again.")
            return read()
