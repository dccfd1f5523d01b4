"""The register's filters: what an address or the command line may hold, the condition they make, and their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlencode

from pydantic import BeforeValidator
from pydantic import Field as Limits

from assistant.conditions import (
    COMPLETE,
    FIRST_DAY,
    LAST_DAY,
    Condition,
    Either,
    Every,
    Field,
    Filter,
    Operator,
    Without,
    overdue,
)
from assistant.flags import FlagCode
from assistant.query_plan_words import british
from assistant.records import Audience, Rag, Source, Status

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.versions import FallingDue

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _written_day(value: object) -> object:
    """A date only as 2026-09-30: not a number of seconds, nor a time of day."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError("write it as year-month-day, such as 2026-09-30")


Day = Annotated[date, BeforeValidator(_written_day)]
AsOf = Annotated[Day | None, Limits(description="Lateness is worked out at this date; today when absent.")]
Missing = Literal["owner", "due", "start", "section", "recommendation", "ref", "rag", "completed_on"]
Flagged = Literal["any"] | FlagCode
Order = Literal["document", "due", "start", "completed_on", "status", "owner", "section", "rag"]
Words = Annotated[str | None, Limits(max_length=500)]


@dataclass(frozen=True, slots=True)
class RowFilters:
    """What the register is narrowed to, as an address gives it; a filter that is not given leaves every row in."""

    plan: Words = None
    """A document's name; else words of the plan's title, its authority or its file's name."""
    owner: Words = None
    status: Status | None = None
    rag: Rag | None = None
    due_from: Day | None = None
    due_to: Day | None = None
    """Both days are included."""
    overdue: bool | None = None
    q: Words = None
    as_of: AsOf = None
    section: Words = None
    """A heading as it is written."""
    flag: Flagged | None = None
    open: bool | None = None
    """True for what is not complete."""
    missing: Missing | None = None
    """A field that is not recorded."""


def field_of(order: Order) -> Field | None:
    """The field that rows are ordered by; None for their own order."""
    return None if order == "document" else Field(order)


def address_of(filters: RowFilters, **more: object) -> str:
    """The page of the register with these filters."""
    given = {field.name: getattr(filters, field.name) for field in fields(filters)} | more
    given = {name: str(value).lower() if isinstance(value, bool) else value for name, value in given.items()}
    parts = {name: value for name, value in given.items() if value not in (None, "")}
    return f"/register?{urlencode(parts)}" if parts else "/register"


def condition_of(filters: RowFilters, sources: Sequence[Source], today: date) -> Filter:
    """The condition that all given filters make together; `sources` are those that the reader may see."""
    parts: list[Filter] = []

    def hold(field: Field, value: object, operator: Operator = Operator.IS) -> None:
        if value:
            parts.append(Condition(field, operator, value if isinstance(value, tuple) else (str(value),)))

    if filters.plan:
        hold(Field.DOCUMENT, _documents(filters.plan, sources) or ("",))
    if filters.owner:
        named = (Condition(Field.OWNER, operator, (filters.owner,)) for operator in (Operator.IS, Operator.CONTAINS))
        parts.append(Either(tuple(named)))
    hold(Field.SECTION, filters.section)
    hold(Field.WORDS, filters.q, Operator.CONTAINS)
    hold(Field.STATUS, filters.status)
    hold(Field.RAG, filters.rag)
    if filters.open is not None:
        parts.append(Without(COMPLETE) if filters.open else COMPLETE)
    hold(Field.FLAG, filters.flag if filters.flag != "any" else None)
    if filters.flag == "any":
        parts.append(Without(Condition(Field.FLAG, Operator.MISSING)))
    if filters.missing:
        parts.append(Condition(Field(filters.missing), Operator.MISSING))
    if filters.due_from or filters.due_to:
        hold(Field.DUE, (filters.due_from or FIRST_DAY, filters.due_to or LAST_DAY), Operator.BETWEEN)
    if filters.overdue is not None:
        late = overdue(filters.as_of or today)
        parts.append(late if filters.overdue else Without(late))
    return Every(tuple(parts))


def due_of(assistant: Assistant, audience: Audience, filters: RowFilters, within: int | None = None) -> FallingDue:
    """What of the rows that the filters leave is late, and what falls due within so many days."""
    where = condition_of(filters, assistant.register.sources(audience), date.today())
    return assistant.due(where, within, filters.as_of, audience)


def _documents(words: str, sources: Sequence[Source]) -> tuple[str, ...]:
    wanted = words.casefold().split()
    said = {one.document: f"{one.title} {one.authority or ''} {one.document}".casefold() for one in sources}
    named = tuple(document for document, text in said.items() if all(word in text for word in wanted))
    return (words,) if words in said else named


# ---------------------------------------------------------------- as a reader says them


_NAMES = {
    "plan": "Plan", "owner": "Owner", "status": "Status", "rag": "Colour", "due_from": "Due from", "due_to": "Due to",
    "q": "Words", "as_of": "As at", "section": "Section", "flag": "To check", "missing": "Not recorded",
}  # fmt: skip
_SWITCHES = {
    ("overdue", True): "Overdue",
    ("overdue", False): "Not overdue",
    ("open", True): "Not complete",
    ("open", False): "Complete",
}


def named_filters(filters: RowFilters, sources: Sequence[Source]) -> list[tuple[str, str]]:
    """The given filters, each with its name in the address and its words."""
    titles = {source.document: source.title for source in sources}
    told = []
    for field in fields(filters):
        value = getattr(filters, field.name)
        if isinstance(value, bool):
            told.append((field.name, _SWITCHES[field.name, value]))
        elif value is not None and value != "":
            words = meaning_of(value) if field.name == "flag" else _words(value, titles)
            told.append((field.name, f"{_NAMES[field.name]}: {words.rstrip('.')}"))
    return told


def meaning_of(code: str) -> str:
    """What a flag of this code is about, in a sentence."""
    return FlagCode(code).meaning if code in set(FlagCode) else code.replace("_", " ").replace("any", "anything")


def _words(value: object, titles: dict[str, str]) -> str:
    if isinstance(value, date):
        return british(value)
    text = str(value)
    return titles.get(text, text.replace("_", " ") if text.islower() and " " not in text else text)
