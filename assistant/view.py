"""What one reader may see. Answers are made from a view alone, so nothing else can change them."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence, Set
from functools import cached_property
from itertools import groupby
from typing import TypeVar

from assistant.conditions import EVERYTHING, Either, Every, Filter, Without
from assistant.errors import StoreBusy
from assistant.records import Action, Audience, Flag, Locator, Passage, PlanKey, ReadWarning, Source, TableRead
from assistant.register import Held, Register

T = TypeVar("T")
D = TypeVar("D", Action, Passage, PlanKey)
_FILTERS_AT_MOST = 128
_FEW = 4
"""Rows are looked up by their ids where there are so many times as many rows as ids."""


class View:
    """One state of a register seen by one audience, less some documents; each kind of record is read once.

    A view belongs to the state in which it is first read. Raises: StoreBusy where it is read in another one."""

    def __init__(self, register: Register, audience: Audience, hidden: frozenset[str] = frozenset()) -> None:
        """`hidden` are documents that another version of the same plan answers for, so that none counts twice."""
        self._register = register
        self.audience = audience
        self._hidden = hidden
        self._stamp = ""
        self._ids: dict[Filter, frozenset[str]] = {}
        self._lines: dict[str, Sequence[tuple[Locator, str]]] = {}

    def ids(self, where: Filter) -> frozenset[str]:
        """The ids of the actions that `where` names; the database is asked once for each condition in it."""
        found = self._ids.get(where)
        if found is None:
            found = self._worked_out(where)
            while len(self._ids) >= _FILTERS_AT_MOST:
                self._ids.pop(next(iter(self._ids)), None)
            self._ids[where] = found
        return found

    def _worked_out(self, where: Filter) -> frozenset[str]:
        match where:
            case Every(()):
                return self._every
            case Every(parts):
                return frozenset.intersection(*sorted(map(self.ids, parts), key=len))
            case Either(parts):
                return frozenset().union(*map(self.ids, parts))
            case Without(part):
                return self._every - self.ids(part)
            case _:
                found = self._read(lambda: self._register.ids(self.audience, where))
                return found & self._every if self._hidden else found

    @cached_property
    def _every(self) -> frozenset[str]:
        return frozenset(self._places)

    def select(self, where: Filter) -> list[Action]:
        """The actions that `where` names, in the order of their documents."""
        return self.within(self.rows, where)

    def within(self, rows: Sequence[Action], where: Filter) -> list[Action]:
        """Those of the rows that `where` names, in their order."""
        return list(rows) if where == EVERYTHING or not rows else self.among(rows, self.ids(where))

    def among(self, rows: Sequence[Action], ids: Set[str]) -> list[Action]:
        """Those of the rows that have one of the ids, in their order."""
        if rows is self.rows and len(ids) * _FEW < len(rows):
            return [rows[place] for place in sorted([self._places[id] for id in ids if id in self._places])]
        return [row for row in rows if row.id in ids]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {row.id: place for place, row in enumerate(self.rows)}

    @cached_property
    def rows(self) -> Sequence[Action]:
        """Every action, in the order of their documents."""
        return self._shown(self._register.rows)

    def of(self, document: str) -> Sequence[Action]:
        """The actions of one document, in order."""
        return self.by_document.get(document, ())

    @cached_property
    def by_document(self) -> Mapping[str, Sequence[Action]]:
        """The actions of each document that has some."""
        return {name: tuple(rows) for name, rows in groupby(self.rows, key=lambda row: row.document)}

    @cached_property
    def slips(self) -> Sequence[Action]:
        """The actions whose due date is probably another than the one written."""
        return [row for row in self.rows if row.due_probable and row.due_probable != row.due]

    @cached_property
    def undated(self) -> Sequence[Action]:
        return [row for row in self.rows if row.due is None]

    @cached_property
    def _held(self) -> Sequence[Held]:
        found = self._read(lambda: self._register.held(self.audience))
        return tuple(one for one in found if one.source.document not in self._hidden)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source, by document."""
        return {one.source.document: one.source for one in self._held}

    @cached_property
    def passages(self) -> Sequence[Passage]:
        return self._shown(self._register.passages)

    @cached_property
    def keys(self) -> Sequence[PlanKey]:
        return self._shown(self._register.keys)

    @cached_property
    def document_flags(self) -> Sequence[tuple[str, Flag]]:
        """What is wrong with a document as a whole: its name, and the flag."""
        return tuple((one.source.document, flag) for one in self._held for flag in one.flags)

    @cached_property
    def tables(self) -> Sequence[tuple[str, TableRead]]:
        """Every table and list with what it was read as, each with the name of its document."""
        found = self._read(lambda: self._register.tables(self.audience))
        return tuple(one for one in found if one[0] not in self._hidden)

    @cached_property
    def unread(self) -> Sequence[tuple[str, ReadWarning]]:
        """What documents say that was not read, each with the name of its document."""
        return tuple((one.source.document, said) for one in self._held for said in one.warnings if said.unread)

    def search(self, words: str) -> Mapping[str, float]:
        """The actions and passages that hold at least one of the words, anywhere in them, with their scores. Those in
        hidden documents are kept: nothing else of those is shown, and a word stays as rare as it is."""
        return self._read(lambda: self._register.search(self.audience, words))

    def lines(self, document: str) -> Sequence[tuple[Locator, str]]:
        """Every place of a document with its words as they stand; nothing when the reader may not see it."""
        if document not in self._lines:
            visible = document in self.sources
            self._lines[document] = self._read(lambda: self._register.lines(self.audience, document)) if visible else ()
        return self._lines[document]

    def numbered(self, document: str, first: int, last: int) -> Sequence[tuple[Locator, str]]:
        """The lines of a document from one number to another, with their places."""
        lines = self.lines(document)
        start = bisect_left(lines, first, key=lambda line: line[0].line_start or 0)
        return [line for line in lines[start : start + last - first + 1] if (line[0].line_start or 0) <= last]

    def _shown(self, read: Callable[[Audience], Sequence[D]]) -> Sequence[D]:
        """What the register has of one kind, less what is of hidden documents."""
        return tuple(one for one in self._read(lambda: read(self.audience)) if one.document not in self._hidden)

    def _read(self, read: Callable[[], T]) -> T:
        with self._register.one_state():
            stamp = self._register.stamp
            self._stamp = self._stamp or stamp
            if self._stamp != stamp:
                raise StoreBusy("The plans were loaded again while this was worked out. Ask again.")
            return read()
