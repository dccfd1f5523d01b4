"""A shelf without the documents that another version of the same plan answers for."""

from __future__ import annotations

from contextlib import AbstractContextManager

from assistant.conditions import EVERYTHING, Condition, Every, Field, Filter, Operator, Without
from assistant.records import Action, Audience, Flag, Hit, Locator, Passage, PlanKey, ReadWarning, Source, TableRead
from assistant.view import Shelf


class OneVersion:
    """What a shelf holds, less some documents: one version of each plan, so that no action is counted twice."""

    def __init__(self, shelf: Shelf, hidden: frozenset[str]) -> None:
        self._shelf, self._hidden = shelf, hidden
        self._kept = Without(Condition(Field.DOCUMENT, Operator.IS, tuple(sorted(hidden))))

    @property
    def stamp(self) -> str:
        return self._shelf.stamp

    def one_state(self) -> AbstractContextManager[object]:
        return self._shelf.one_state()

    def rows(self, audience: Audience) -> list[Action]:
        return [one for one in self._shelf.rows(audience) if one.document not in self._hidden]

    def ids(self, audience: Audience, where: Filter = EVERYTHING) -> frozenset[str]:
        return self._shelf.ids(audience, Every((where, self._kept)))

    def sources(self, audience: Audience) -> list[Source]:
        return [one for one in self._shelf.sources(audience) if one.document not in self._hidden]

    def passages(self, audience: Audience) -> list[Passage]:
        return [one for one in self._shelf.passages(audience) if one.document not in self._hidden]

    def keys(self, audience: Audience) -> list[PlanKey]:
        return [one for one in self._shelf.keys(audience) if one.document not in self._hidden]

    def document_flags(self, audience: Audience) -> list[tuple[str, Flag]]:
        return [one for one in self._shelf.document_flags(audience) if one[0] not in self._hidden]

    def tables(self, audience: Audience) -> list[tuple[str, TableRead]]:
        return [one for one in self._shelf.tables(audience) if one[0] not in self._hidden]

    def unread(self, audience: Audience) -> list[tuple[str, ReadWarning]]:
        return [one for one in self._shelf.unread(audience) if one[0] not in self._hidden]

    def lines(self, audience: Audience, document: str) -> list[tuple[Locator, str]]:
        return self._shelf.lines(audience, document)

    def search(self, audience: Audience, words: str) -> list[Hit]:
        """Hits in documents left out are kept: nothing else of those is shown, and a word stays as rare as it is."""
        return self._shelf.search(audience, words)
