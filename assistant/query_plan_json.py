"""A query plan as data and back. What comes from outside is checked: an unknown name is refused with the known ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from assistant.conditions import EVERYTHING, UNTESTED, Condition, Either, Every, Filter, Operator, Value, Without
from assistant.conditions import Field as ActionField
from assistant.errors import QueryPlanError
from assistant.flags import FlagCode
from assistant.query_plan import Intent, Lateness, Measure, Premise, QueryPlan, Theme, Wanted
from assistant.records import DuePrecision, Rag, Status

_DEEPEST = 12
_MOST = 500
_DATES = frozenset({ActionField.START, ActionField.DUE, ActionField.COMPLETED_ON})
CLOSED_VALUES: Mapping[ActionField, type[StrEnum]] = {
    ActionField.STATUS: Status,
    ActionField.RAG: Rag,
    ActionField.FLAG: FlagCode,
    ActionField.DUE_PRECISION: DuePrecision,
}
"""The fields whose values are a closed set."""
_SIZES = {Operator.BEFORE: (1, 1), Operator.BETWEEN: (2, 2), Operator.AFTER_DUE: (0, 0), Operator.MISSING: (0, 0)}
_E = TypeVar("_E", bound=StrEnum)


# ---------------------------------------------------------------- plan to data


def plan_to_data(plan: QueryPlan) -> dict[str, Any]:
    """The plan as JSON-ready data; parts that say nothing are left out."""
    data: dict[str, Any] = {"intent": plan.intent.value, "as_of": plan.as_of.isoformat()}
    for name, value in _told(plan):
        data[name] = _plain(value)
    return data


def _told(record: object) -> Iterable[tuple[str, Any]]:
    """The fields of a record that differ from their default."""
    for field in fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if field.name not in ("intent", "as_of") and value != field.default:
            yield field.name, value


def _plain(value: Any) -> Any:
    if isinstance(value, QueryPlan):
        return plan_to_data(value)
    if isinstance(value, Theme | Premise):
        return {name: _plain(part) for name, part in _told(value)}
    if isinstance(value, Condition | Every | Either | Without):
        return filter_to_data(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value.value if isinstance(value, StrEnum) else value


def filter_to_data(where: Filter) -> dict[str, Any]:
    """A filter as data: {"all": [...]}, {"any": [...]}, {"not": ...} or {"field", "operator", "values"}."""
    if isinstance(where, Every):
        return {"all": [filter_to_data(part) for part in where.parts]}
    if isinstance(where, Either):
        return {"any": [filter_to_data(part) for part in where.parts]}
    if isinstance(where, Without):
        return {"not": filter_to_data(where.part)}
    values = [value.isoformat() if isinstance(value, date) else value for value in where.values]
    return {"field": where.field.value, "operator": where.operator.value, "values": values}


# ---------------------------------------------------------------- data to plan


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, str_max_length=5000)


def _day(value: object) -> object:
    return date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2020-09-01") else value


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


_Names = Annotated[list[str], Field(max_length=_MOST)]


class ThemeData(_Strict):
    words: str
    read_as: str | None = None
    alternatives: list[ThemeData] = []
    specific: bool = False


class PremiseData(_Strict):
    words: str
    claim: dict[str, Any]


class PlanData(_Strict):
    """The shape of a query plan that comes from outside; names are checked afterwards, so that errors list them."""

    intent: str
    as_of: Annotated[date, BeforeValidator(_day)]
    documents: _Names = []
    themes: list[ThemeData] = []
    without_themes: list[ThemeData] = []
    where: dict[str, Any] = {"all": []}
    lateness: str | None = None
    asked_of: str | None = None
    also_asked: _Names = []
    wanted: str | None = None
    shared_ownership: bool | None = None
    group_by: str | None = None
    then_by: str | None = None
    measures: _Names = []
    order: str | None = None
    descending: bool = False
    first: Annotated[int, Field(ge=1, le=10_000), BeforeValidator(_whole)] | None = None
    nth: Annotated[int, Field(ge=-1, le=10_000), BeforeValidator(_whole)] | None = None
    terms: _Names = []
    text: str = ""
    sides: Annotated[list[PlanData], Field(max_length=20)] = []
    less: PlanData | None = None
    also: Annotated[list[PlanData], Field(max_length=5)] = []
    polar: bool = False
    premises: list[PremiseData] = []
    readings: _Names = []
    kept: _Names = []
    dropped: _Names = []
    as_of_given: bool = False


def plan_from_data(data: Mapping[str, Any]) -> QueryPlan:
    """The plan that the data describes.

    Raises: QueryPlanError if a name, an operator or a value is unknown; its message lists the known ones.
    """
    try:
        parsed = PlanData.model_validate(dict(data))
    except (ValidationError, RecursionError) as error:
        raise QueryPlanError(_message(error)) from error
    return _plan(parsed, 0)


_NAMED: Mapping[str, tuple[type[StrEnum], str]] = {
    "intent": (Intent, "intent"),
    "lateness": (Lateness, "lateness"),
    "wanted": (Wanted, "wanted"),
    "measures": (Measure, "measure"),
    **dict.fromkeys(("asked_of", "also_asked", "group_by", "then_by", "order"), (ActionField, "field")),
}
"""The fields that hold names of a closed set, with the word for one of them."""


def _plan(data: PlanData, depth: int) -> QueryPlan:
    if depth > 2:
        raise QueryPlanError("Sides of a query plan cannot have sides of their own this deep. Ask for two sides.")
    return QueryPlan(**{name: _part(name, value, depth) for name, value in data})


def _part(name: str, value: Any, depth: int) -> Any:
    """A field of the data as the plan holds it."""
    if isinstance(value, list):
        return tuple(_part(name, one, depth) for one in value)
    if name in _NAMED and value is not None:
        return _known(_NAMED[name][0], value, _NAMED[name][1])
    if name in ("where", "claim"):
        return filter_from_data(value)
    if isinstance(value, PlanData):
        return _plan(value, depth + 1)
    if isinstance(value, ThemeData | PremiseData):
        kind = Theme if isinstance(value, ThemeData) else Premise
        return kind(**{key: _part(key, part, depth) for key, part in value})
    return value


def filter_from_data(data: Mapping[str, Any], depth: int = 0) -> Filter:
    """The filter that the data describes.

    Raises: QueryPlanError if a field, an operator or a value is unknown, or the filter is nested too deeply.
    """
    if depth > _DEEPEST:
        raise QueryPlanError(f"The filter of the query plan is nested more than {_DEEPEST} deep. Make it flatter.")
    if not isinstance(data, Mapping):
        raise QueryPlanError(
            'A filter of a query plan is an object: "all", "any", "not", or field, operator and values.'
        )
    keys = set(data)
    for name, kind in (("all", Every), ("any", Either)):
        if keys == {name} and isinstance(data[name], list):
            if len(data[name]) > _MOST:
                raise QueryPlanError(
                    f'"{name}" in the query plan has {len(data[name]):,} parts; at most {_MOST} can be read.'
                )
            parts = tuple(filter_from_data(part, depth + 1) for part in data[name])
            return EVERYTHING if name == "all" and not parts else kind(parts)
    if keys == {"not"}:
        return Without(filter_from_data(data["not"], depth + 1))
    if not {"field", "operator"} <= keys <= {"field", "operator", "values"}:
        raise QueryPlanError(
            f"Unknown filter with {_listed(keys)} in query plan. Known: all, any, not, or field, operator and values."
        )
    return _condition(data)


def _condition(data: Mapping[str, Any]) -> Condition:
    field = _known(ActionField, data["field"], "field")
    operator = _known(Operator, data["operator"], "operator")
    values = data.get("values", [])
    if not isinstance(values, list) or len(values) > _MOST:
        raise QueryPlanError(f'The values of "{field.value}" in the query plan must be a list of at most {_MOST}.')
    fewest, most = _SIZES.get(operator, (1, _MOST))
    if not fewest <= len(values) <= most:
        wanted = str(fewest) if fewest == most else f"{fewest} or more"
        raise QueryPlanError(
            f'"{field.value} {operator.value}" in the query plan takes {wanted} values, not {len(values)}.'
        )
    if field in UNTESTED:
        raise QueryPlanError(f'"{field.value}" in the query plan can be told or ordered by, and not tested.')
    if operator in (Operator.BEFORE, Operator.BETWEEN) and field not in _DATES:
        raise QueryPlanError(
            f'"{operator.value}" in the query plan compares dates, not "{field.value}". Known: {_listed(_DATES)}.'
        )
    return Condition(field, operator, tuple(_value(field, value) for value in values))


def _value(field: ActionField, value: object) -> Value:
    if not isinstance(value, str):
        raise QueryPlanError(f'A value of "{field.value}" in the query plan must be text, not {value!r}.')
    if field in _DATES:
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise QueryPlanError(f'"{value}" in the query plan is not a date. Write it as 2020-09-01.') from error
    closed = CLOSED_VALUES.get(field)
    return _known(closed, value, field.value).value if closed else value


def _known(kind: type[_E], name: object, what: str) -> _E:
    try:
        return kind(str(name))
    except ValueError as error:
        raise QueryPlanError(f'Unknown {what} "{name}" in query plan. Known: {_listed(kind)}.') from error


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(str(name) for name in names))


def _message(error: ValidationError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "The query plan is nested too deeply. Send the one that an answer gave."
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f'Unknown field "{place}" in query plan. Known fields: {_listed(PlanData.model_fields)}.'
    return f'The query plan\'s "{place}" cannot be used: {first["msg"].lower()}. Send the plan that an answer gave.'
