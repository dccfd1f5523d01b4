"""The register's filters: what an address or the command line may hold, the condition they make, and their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints
from urllib.parse import urlencode

from pydantic import BeforeValidator
from pydantic import Field as Limits
from pydantic.fields import FieldInfo

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
Missing = Literal["owner", "due", "start", "section", "recommendation", "ref", "rag", "completed_on"]
Flagged = Literal["any"] | FlagCode
Order = Literal["document", "due", "start", "completed_on", "status", "owner", "section", "rag"]

_LONG = 500


def _told(label: str, meaning: str, longest: int | None = None) -> Any:
    """What a filter is called, in words for on and off where it is a switch, and what it means: for every door."""
    return Limits(title=label, description=meaning, max_length=longest)


Plan = Annotated[str | None, _told("Plan", "Words of a plan's title, authority or file name", _LONG)]
Owner = Annotated[str | None, _told("Owner", "An owner, whole or by words of it", _LONG)]
State = Annotated[Status | None, _told("Status", "What the plan says of its delivery")]
Colour = Annotated[Rag | None, _told("Colour", "The colour that the plan gives")]
DueFrom = Annotated[Day | None, _told("Due from", "Due on this day or later")]
DueTo = Annotated[Day | None, _told("Due to", "Due on this day or earlier")]
Overdue = Annotated[bool | None, _told("Overdue/Not overdue", "Due before the as-of date and not complete")]
Words = Annotated[str | None, _told("Words", "Words of the recommendation, the section or the action", _LONG)]
AsOf = Annotated[Day | None, _told("As at", "Lateness is worked out at this date; today when absent.")]


@dataclass(frozen=True, slots=True)
class RowFilters:
    """What the register is narrowed to, as an address gives it; a filter that is not given leaves every row in."""

    plan: Plan = None
    owner: Owner = None
    status: State = None
    rag: Colour = None
    due_from: DueFrom = None
    due_to: DueTo = None
    overdue: Overdue = None
    q: Words = None
    as_of: AsOf = None
    section: Annotated[str | None, _told("Section", "A section of a plan, in full", _LONG)] = None
    flag: Annotated[Flagged | None, _told("To check", "A code of what is to check, or any")] = None
    open: Annotated[bool | None, _told("Not complete/Complete", "True for what is not complete")] = None
    missing: Annotated[Missing | None, _told("Not recorded", "A field that is not recorded")] = None


ABOUT: dict[str, FieldInfo] = {
    name: hint.__metadata__[0] for name, hint in get_type_hints(RowFilters, include_extras=True).items()
}
"""What is told of each filter, by its name."""


def field_of(order: Order) -> Field | None:
    """The field that rows are ordered by; None for their own order."""
    return None if order == "document" else Field(order)


def address_of(filters: RowFilters, **more: object) -> str:
    """The page of the register with these filters."""
    given = asdict(filters) | more
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


def named_filters(filters: RowFilters, sources: Sequence[Source]) -> list[tuple[str, str]]:
    """The given filters, each with its name in the address and its words."""
    titles = {source.document: source.title for source in sources}
    told = []
    for name, about in ABOUT.items():
        value, label = getattr(filters, name), about.title or ""
        if isinstance(value, bool):
            told.append((name, label.split("/")[not value]))
        elif value is not None and value != "":
            words = meaning_of(value) if name == "flag" else _words(value, titles)
            told.append((name, f"{label}: {words.rstrip('.')}"))
    return told


def meaning_of(code: str) -> str:
    """What a flag of this code is about, in a sentence."""
    return FlagCode(code).meaning if code in set(FlagCode) else code.replace("_", " ").replace("any", "anything")


def _words(value: object, titles: dict[str, str]) -> str:
    if isinstance(value, date):
        return british(value)
    text = str(value)
    return titles.get(text, text.replace("_", " ") if text.islower() and " " not in text else text)
