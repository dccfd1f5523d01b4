"""A query plan as data and back. What comes from outside is checked: an unknown name is refused with the known ones."""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from assistant.conditions import UNTESTED, Condition, Either, Every, Filter, Operator, Value, Without
from assistant.conditions import Field as ActionField
from assistant.errors import QueryPlanError
from assistant.flags import FlagCode
from assistant.query_plan import Bound, Premise, QueryPlan, Theme
from assistant.records import DuePrecision, Rag, Status

_DEEPEST = 12
_DEEPEST_PLAN = 2
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
_LONGEST = 5_000
_AT_MOST = {"sides": 20, "also": 5}
_LEAST = {"first": 1, "nth": -1}
_LARGEST = 10_000
_WORDS = {ActionField: "field"}
"""What a name of a closed set is called, where that is not the name of the set."""
_HINTS: Mapping[type[Any], dict[str, Any]] = {kind: get_type_hints(kind) for kind in (QueryPlan, Theme, Premise, Bound)}


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
    """A value as data; a filter is {"all": [...]}, {"any": [...]}, {"not": ...} or {"field", "operator", "values"}."""
    match value:
        case QueryPlan():
            return plan_to_data(value)
        case Every(parts):
            return {"all": _plain(parts)}
        case Either(parts):
            return {"any": _plain(parts)}
        case Without(part):
            return {"not": _plain(part)}
        case Condition(field, operator, values):
            return {"field": field.value, "operator": operator.value, "values": _plain(values)}
        case Theme() | Premise() | Bound():
            return {name: _plain(part) for name, part in _told(value)}
        case tuple():
            return [_plain(part) for part in value]
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
    return value


# ---------------------------------------------------------------- data to plan


def plan_from_data(data: Mapping[str, Any]) -> QueryPlan:
    """The plan that the data describes.

    Raises: QueryPlanError if a name, an operator or a value is unknown; its message lists the known ones."""
    try:
        plan: QueryPlan = _record(QueryPlan, data, "", 0)
    except RecursionError as error:
        raise QueryPlanError("The query plan is nested too deeply. Send the one that an answer gave.") from error
    return plan


def _must(holds: bool, else_say: str) -> None:
    if not holds:
        raise QueryPlanError(else_say)


def _usable(holds: bool, place: str, why: str) -> None:
    told = f'The query plan\'s "{place.rstrip(".")}" cannot be used: {why}. Send the plan that an answer gave.'
    _must(holds, told)


def _record(kind: type[Any], data: object, place: str, depth: int) -> Any:
    """A plan, a theme or a premise."""
    deep = "Sides of a query plan cannot have sides of their own this deep. Ask for two sides."
    _must(depth <= _DEEPEST_PLAN, deep)
    if not isinstance(data, Mapping):
        raise QueryPlanError(f'The query plan\'s "{place.rstrip(".")}" is not an object. Send the plan of an answer.')
    hints = _HINTS[kind]
    for name in data:
        _must(name in hints, f'Unknown field "{place}{name}" in query plan. Known fields: {_listed(hints)}.')
    for one in fields(kind):
        _usable(one.default is not MISSING or one.name in data, f"{place}{one.name}", "it is missing")
    return kind(**{name: _part(hints[name], value, f"{place}{name}", depth) for name, value in data.items()})


def _part(kind: Any, value: Any, place: str, depth: int) -> Any:
    """A value of a kind: a closed set, a filter, a record, several of one kind, or a plain one."""
    if kind == Filter:
        return _filter(value)
    if type(None) in get_args(kind):
        return None if value is None else _part(get_args(kind)[0], value, place, depth)
    name = place.rpartition(".")[2]
    if get_origin(kind) is tuple:
        most = _AT_MOST.get(name, _MOST)
        _usable(isinstance(value, list) and len(value) <= most, place, f"it is no list of at most {most}")
        return tuple(_part(get_args(kind)[0], one, place, depth) for one in value)
    if isinstance(kind, type) and is_dataclass(kind):
        return _record(kind, value, f"{place}.", depth + (kind is QueryPlan))
    if kind is date:
        return _day(value, place)
    if issubclass(kind, StrEnum):
        return _known(kind, value, _WORDS.get(kind, kind.__name__.lower()))
    if kind is int and isinstance(value, float) and value.is_integer():
        value = int(value)
    plain = type(value) is kind and (kind is not str or len(value) <= _LONGEST)
    _usable(plain, place, f"{str(value)[:40]!r} is not what stands there")
    _usable(kind is not int or _LEAST.get(name, 0) <= value <= _LARGEST, place, f"{value} is out of range")
    return value


def _day(value: object, place: str) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        _usable(False, place, f'"{value}" is not a date. Write it as 2020-09-01')
        raise


def _filter(data: Any, depth: int = 0) -> Filter:
    _must(depth <= _DEEPEST, f"The filter of the query plan is nested more than {_DEEPEST} deep. Make it flatter.")
    shape = "all, any, not, or field, operator and values"
    _must(isinstance(data, Mapping), f"A filter of a query plan is an object: {shape}.")
    keys = set(data)
    for name, kind in (("all", Every), ("any", Either)):
        if keys == {name} and isinstance(data[name], list):
            many = f'"{name}" in the query plan has {len(data[name]):,} parts; at most {_MOST} can be read.'
            _must(len(data[name]) <= _MOST, many)
            return kind(tuple(_filter(part, depth + 1) for part in data[name]))
    if keys == {"not"}:
        return Without(_filter(data["not"], depth + 1))
    known = {"field", "operator"} <= keys <= {"field", "operator", "values"}
    _must(known, f"Unknown filter with {_listed(keys)} in query plan. Known: {shape}.")
    return _condition(data)


def _condition(data: Mapping[str, Any]) -> Condition:
    field, operator = _known(ActionField, data["field"], "field"), _known(Operator, data["operator"], "operator")
    values = data.get("values", [])
    in_plan, compares = "in the query plan", operator in (Operator.BEFORE, Operator.BETWEEN)
    if not isinstance(values, list) or len(values) > _MOST:
        raise QueryPlanError(f'The values of "{field.value}" {in_plan} must be a list of at most {_MOST}.')
    fewest, most = _SIZES.get(operator, (1, _MOST))
    wanted = f"{fewest if fewest == most else f'{fewest} or more'} values, not {len(values)}"
    _must(fewest <= len(values) <= most, f'"{field.value} {operator.value}" {in_plan} takes {wanted}.')
    _must(field not in UNTESTED, f'"{field.value}" {in_plan} can be told or ordered by, and not tested.')
    not_date = f'"{operator.value}" {in_plan} compares dates, not "{field.value}". Known: {_listed(_DATES)}.'
    _must(not compares or field in _DATES, not_date)
    return Condition(field, operator, tuple(_value(field, value) for value in values))


def _value(field: ActionField, value: object) -> Value:
    if not isinstance(value, str):
        raise QueryPlanError(f'A value of "{field.value}" in the query plan must be text, not {value!r}.')
    if field in _DATES:
        return _day(value, field.value)
    closed = CLOSED_VALUES.get(field)
    return _known(closed, value, field.value).value if closed else value


def _known(kind: type[_E], name: object, what: str) -> _E:
    try:
        return kind(str(name))
    except ValueError as error:
        raise QueryPlanError(f'Unknown {what} "{name}" in query plan. Known: {_listed(kind)}.') from error


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(str(name) for name in names))
