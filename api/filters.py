"""The register's filters as the command line and HTTP give them, turned into one condition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from urllib.parse import urlencode

from assistant.conditions import Condition, Either, Every, Field, Filter, Operator, Without, overdue
from assistant.records import Rag, Source, Status

_LONG_AGO, _FAR_AHEAD = date(1900, 1, 1), date(2999, 12, 31)
CAN_BE_MISSING = {
    name: Field(name) for name in ("owner", "due", "start", "section", "recommendation", "ref", "rag", "completed_on")
}
_COMPLETE = Condition(Field.STATUS, Operator.IS, (Status.COMPLETE.value,))


@dataclass(frozen=True, slots=True)
class RowFilters:
    """What the register is narrowed to; a filter that is not given leaves every row in."""

    plan: str | None = None
    """A document's name; else words of the plan's title, its authority or its file's name."""
    owner: str | None = None
    status: Status | None = None
    rag: Rag | None = None
    due_from: date | None = None
    due_to: date | None = None
    """Both days are included."""
    overdue: bool | None = None
    q: str | None = None
    as_of: date | None = None
    section: str | None = None
    """A heading as it is written."""
    flag: str | None = None
    """A flag's code, or `any`."""
    open: bool | None = None
    """True for what is not complete."""
    missing: str | None = None
    """A field that is not recorded."""


def address_of(filters: RowFilters, **more: object) -> str:
    """The page of the register with these filters."""
    given = {field.name: getattr(filters, field.name) for field in fields(filters)} | more
    parts = {name: _in_address(value) for name, value in given.items() if value not in (None, "")}
    return f"/register?{urlencode(parts)}" if parts else "/register"


def _in_address(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value.value if isinstance(value, Enum) else value


def condition_of(filters: RowFilters, sources: Sequence[Source], today: date) -> Filter:
    """The condition that all given filters make together; `sources` are those that the reader may see."""
    parts: list[Filter] = [*_of_words(filters, sources), *_of_state(filters)]
    if filters.due_from or filters.due_to:
        span = (filters.due_from or _LONG_AGO, filters.due_to or _FAR_AHEAD)
        parts.append(Condition(Field.DUE, Operator.BETWEEN, span))
    if filters.overdue is not None:
        late = overdue(filters.as_of or today)
        parts.append(late if filters.overdue else Without(late))
    return Every(tuple(parts))


def _of_words(filters: RowFilters, sources: Sequence[Source]) -> list[Filter]:
    parts: list[Filter] = []
    if filters.plan:
        parts.append(Condition(Field.DOCUMENT, Operator.IS, _documents(filters.plan, sources) or ("",)))
    if filters.owner:
        named = (filters.owner,)
        parts.append(
            Either((Condition(Field.OWNER, Operator.IS, named), Condition(Field.OWNER, Operator.CONTAINS, named)))
        )
    if filters.section:
        parts.append(Condition(Field.SECTION, Operator.IS, (filters.section,)))
    if filters.q:
        parts.append(Condition(Field.WORDS, Operator.CONTAINS, (filters.q,)))
    return parts


def _of_state(filters: RowFilters) -> list[Filter]:
    parts: list[Filter] = []
    if filters.status:
        parts.append(Condition(Field.STATUS, Operator.IS, (filters.status.value,)))
    if filters.rag:
        parts.append(Condition(Field.RAG, Operator.IS, (filters.rag.value,)))
    if filters.open is not None:
        parts.append(Without(_COMPLETE) if filters.open else _COMPLETE)
    if filters.flag == "any":
        parts.append(Without(Condition(Field.FLAG, Operator.MISSING)))
    elif filters.flag:
        parts.append(Condition(Field.FLAG, Operator.IS, (filters.flag,)))
    if filters.missing:
        parts.append(Condition(CAN_BE_MISSING[filters.missing], Operator.MISSING))
    return parts


def _documents(words: str, sources: Sequence[Source]) -> tuple[str, ...]:
    if any(source.document == words for source in sources):
        return (words,)
    wanted = words.casefold().split()
    return tuple(
        source.document
        for source in sources
        if all(word in f"{source.title} {source.authority or ''} {source.document}".casefold() for word in wanted)
    )
