"""The register's filters as the command line and HTTP give them, turned into one condition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.conditions import Condition, Either, Every, Field, Filter, Operator, Without, overdue
from assistant.records import Rag, Source, Status

_LONG_AGO, _FAR_AHEAD = date(1900, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True, slots=True)
class RowFilters:
    """What the register is narrowed to; a filter that is not given leaves every row in."""

    plan: str | None = None
    """Words of the plan's title, its authority or its file's name."""
    owner: str | None = None
    status: Status | None = None
    rag: Rag | None = None
    due_from: date | None = None
    due_to: date | None = None
    """Both days are included."""
    overdue: bool | None = None
    q: str | None = None
    as_of: date | None = None


def condition_of(filters: RowFilters, sources: Sequence[Source], today: date) -> Filter:
    """The condition that all given filters make together; `sources` are those that the reader may see."""
    parts: list[Filter] = []
    if filters.plan:
        parts.append(Condition(Field.DOCUMENT, Operator.IS, _documents(filters.plan, sources)))
    if filters.owner:
        named = (filters.owner,)
        parts.append(
            Either((Condition(Field.OWNER, Operator.IS, named), Condition(Field.OWNER, Operator.CONTAINS, named)))
        )
    if filters.status:
        parts.append(Condition(Field.STATUS, Operator.IS, (filters.status.value,)))
    if filters.rag:
        parts.append(Condition(Field.RAG, Operator.IS, (filters.rag.value,)))
    if filters.due_from or filters.due_to:
        span = (filters.due_from or _LONG_AGO, filters.due_to or _FAR_AHEAD)
        parts.append(Condition(Field.DUE, Operator.BETWEEN, span))
    if filters.overdue is not None:
        late = overdue(filters.as_of or today)
        parts.append(late if filters.overdue else Without(late))
    if filters.q:
        parts.append(Condition(Field.WORDS, Operator.CONTAINS, (filters.q,)))
    return Every(tuple(parts))


def _documents(words: str, sources: Sequence[Source]) -> tuple[str, ...]:
    wanted = words.casefold().split()
    return tuple(
        source.document
        for source in sources
        if all(word in f"{source.title} {source.authority or ''} {source.document}".casefold() for word in wanted)
    )
