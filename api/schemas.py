"""What may come in over HTTP, and what goes out: the records, with the field names of the public contract."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import is_dataclass
from datetime import date
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, Literal, Self, TypeVar, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from api.filters import AsOf, RowFilters, condition_of
from assistant.answer import Answer
from assistant.changes import Change
from assistant.conditions import Field as RowField
from assistant.records import Action, Audience, Locator, Passage, Source
from assistant.register import Held, Register
from assistant.versions import FallingDue

QUESTION: dict[str, Any] = {"minLength": 1, "maxLength": 2_000, "pattern": r"[^\s\x00-\x1f\x7f-\x9f]"}
"""What a question may be, for the description; the core checks it, by the setting of its length."""
ReaderName = Literal["staff", "inspection", "member"]


_PLACED = BeforeValidator(
    lambda value: value.as_dict() if isinstance(value, Locator) else value, json_schema_input_type=dict[str, Any]
)
Place = Annotated[dict[str, Any], _PLACED]
"""Where something stands, in the keys of its document's format."""
Places = Annotated[dict[str, Place], BeforeValidator(dict, json_schema_input_type=dict[str, Any])]
_WRITTEN = BeforeValidator(lambda given: str(given) if type(given) in (int, float) else given)
"""An id that its sender counts is given back in figures, as a text."""


class Data(BaseModel):
    """What goes out, made from a record by the names of its fields."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def made_of(cls, *records: object, **more: Any) -> Self:
        """Each field from what is given by its name, else from the first record that has it."""
        found = ((name, one) for one in reversed(records) for name in cls.model_fields if hasattr(one, name))
        return cls.model_validate({**{name: getattr(one, name) for name, one in found}, **more})

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON; a date is ISO or null."""
        return self.model_dump(mode="json")


Model = TypeVar("Model", bound=Data)


def of_record(record: type, *left_out: str) -> Callable[[type[Model]], type[Model]]:
    """Gives a model the fields of a record, save those left out and those that it declares itself."""

    def made(model: type[Model]) -> type[Model]:
        hints = get_type_hints(record)
        named = [name for name in hints if name not in left_out and name not in model.model_fields]
        known: dict[str, Any] = {name: (_told(hints[name]), ...) for name in named}
        return create_model(model.__name__, __base__=model, __doc__=model.__doc__, __module__=__name__, **known)

    return made


@cache
def _told(hint: Any) -> Any:
    """The type of a record's field as it goes out: a place by its keys, a record within it as a model of its own."""
    parts = [_told(one) for one in get_args(hint) if one is not Ellipsis]
    if hint is Locator:
        return Place
    if get_origin(hint) is UnionType:
        return reduce(or_, parts)
    if get_origin(hint) is tuple:
        return list.__class_getitem__(parts[0])
    if isinstance(hint, type) and is_dataclass(hint):
        return of_record(hint)(type(f"{hint.__name__}Data", (Data,), {"__doc__": hint.__doc__}))
    return hint


class AskBody(BaseModel):
    """One question: a line of `ask --batch`, with the kind of reader. `query` sends a plan back for its rows. Further
    keys are ignored, so that a line may carry what its sender keeps beside it."""

    model_config = ConfigDict(extra="ignore", strict=True)

    question: str = Field(examples=["what actions on neglect are overdue?"], json_schema_extra=QUESTION)
    qid: Annotated[str | None, _WRITTEN] = None
    as_of: AsOf = None
    conversation: Annotated[list[str] | None, Field(max_length=50)] = Field(
        default=None, description="Earlier user turns, oldest first."
    )
    reader: ReaderName = "staff"
    query: dict[str, Any] | None = Field(default=None, description="The query of an earlier answer, perhaps edited.")


class Problem(BaseModel):
    """The one body of every error."""

    error: str
    message: str = Field(description="What was wrong, where, and what to do.")
    status: int


@of_record(Answer, "by_model")
class AnswerData(Data):
    """One answer; `query` sent back gives the same rows."""


@of_record(Action, "digest")
class ActionData(Data):
    """One row of the register. Dates are ISO or null."""

    quote: str = Field(description="An unbroken piece of the document that stands word for word at the locator.")
    field_locators: Places


def action_data(row: Action) -> dict[str, Any]:
    """One action, ready for JSON."""
    return ActionData.model_validate(row).as_dict()


class ActionPage(Data):
    """A page of the register; `next` is the offset of the next one, or null."""

    total: int
    items: list[ActionData]
    next: int | None

    @classmethod
    def of(
        cls, register: Register, audience: Audience, filters: RowFilters, limit: int, offset: int,
        order: RowField | None = None, descending: bool = False, after: str | None = None,
    ) -> Self:  # fmt: skip
        """The rows that the filters leave to this audience, so many from an offset or after a row."""
        where = condition_of(filters, register.sources(audience), date.today())
        rows = register.select(audience, where, order, descending, limit + 1, offset, after)
        items = [ActionData.model_validate(row) for row in rows[:limit]]
        following = offset + limit if len(rows) > limit else None
        return cls(total=register.count(audience, where), items=items, next=following)


class DueAction(ActionData):
    """An open action, with the days until it is due: below nothing where it is late."""

    timing: Literal["late", "due"]
    days: int

    @classmethod
    def of(cls, row: Action, as_of: date) -> Self:
        days = (row.due - as_of).days if row.due else 0
        return cls.made_of(row, timing="late" if days < 0 else "due", days=days)


class DuePage(Data):
    """What is late and what falls due, earliest first; `undated` open actions have no date."""

    total: int
    late: int
    undated: int
    as_of: date
    items: list[DueAction]

    @classmethod
    def of(cls, found: FallingDue) -> Self:
        items = [DueAction.of(row, found.as_of) for row in found.dated]
        counts = {"total": len(items), "late": len(found.late), "undated": len(found.undated)}
        return cls(**counts, as_of=found.as_of, items=items)


class VersionPlace(Data):
    """A row of one version, and where the value stands in it."""

    document: str
    id: str
    locator: Place


@of_record(Change)
class ChangeData(Data):
    """One difference between two versions."""

    kind: str = Field(description="Such as due_slipped: one of those by which changes can be narrowed.")
    old: VersionPlace | None
    new: VersionPlace | None


class ChangePage(Data):
    """All differences that were asked for."""

    total: int
    items: list[ChangeData]

    @classmethod
    def of(cls, found: Iterable[Change], kinds: Collection[str]) -> Self:
        items = [ChangeData.model_validate(one.as_dict()) for one in found if not kinds or one.kind in kinds]
        return cls(total=len(items), items=items)


class SetAside(BaseModel):
    """A place whose words were not read as an action, and why."""

    locator: Place
    reason: str


@of_record(Source, "path", "period_start", "period_end", "series")
class _Document(Data):
    pass


@of_record(Held, "source", "digest", "continued", "counts", "said", "hidden")
class SourceData(_Document):
    """One document with what its last load said."""

    set_aside: list[SetAside]

    @classmethod
    def of(cls, held: Held) -> Self:
        aside = [{"locator": place, "reason": reason} for place, reason in held.set_aside]
        return cls.made_of(held, held.source, set_aside=aside)


class SourceList(Data):
    total: int
    items: list[SourceData]

    @classmethod
    def of(cls, held: Iterable[Held]) -> Self:
        items = [SourceData.of(one) for one in held]
        return cls(total=len(items), items=items)


@of_record(Passage, "digest")
class PassageData(Data):
    """A run of paragraphs under one heading path; `text` is verbatim."""

    source: str = Field(description="The id of the document, as in /api/sources/{id}.")
    plan: str
    authority: str | None
    plan_date: date | None

    @classmethod
    def of(cls, passage: Passage, source: Source) -> Self:
        return cls.made_of(passage, source, source=source.id, plan=source.title)


class LoadedDocument(BaseModel):
    """What became of one file. `reason` says why it was not taken in, and what to do."""

    model_config = ConfigDict(extra="allow")

    document: str
    status: Literal["complete", "partial", "unchanged", "rejected", "quarantined"]
    actions: int
    passages: int
    new: int
    changed: int
    same: int
    removed: int
    set_aside: list[dict[str, Any]]
    warnings: list[str]
    reason: str | None
    seconds: float


class LoadReportData(BaseModel):
    """The load report, as `ingest --json` gives it."""

    documents: list[LoadedDocument]
    corpus_version: str


class Health(BaseModel):
    """What is loaded, counted for this reader, and whether it can be asked."""

    status: Literal["ready", "empty"]
    ready: bool = Field(description="True where questions are answered from at least one document.")
    documents: int
    actions: int
    passages: int
    corpus_version: str
    version: str = Field(description="Of this program.")
