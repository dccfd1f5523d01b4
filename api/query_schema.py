"""The description of a query plan, as exact as the checks that it passes, put into the OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from fastapi import FastAPI

from assistant.conditions import UNTESTED, Field, Operator
from assistant.flags import FlagCode
from assistant.query_plan import Intent, Lateness, Measure, Wanted
from assistant.query_plan_json import PlanData
from assistant.records import DuePrecision, Rag, Status

_MOST = 500
_TEXT: dict[str, Any] = {"type": "string", "maxLength": 5000}
_VALUE = {"type": "string"}
_DAY = {"type": "string", "format": "date"}
_DATES = (Field.START, Field.DUE, Field.COMPLETED_ON)
_CLOSED: dict[Field, type[StrEnum]] = {
    Field.STATUS: Status, Field.RAG: Rag, Field.DUE_PRECISION: DuePrecision, Field.FLAG: FlagCode,
}  # fmt: skip
_ORDERS = (*_DATES, Field.DAYS_LATE, Field.DOCUMENT, Field.STATUS, Field.OWNER, Field.SECTION, Field.RAG)
_PLAN, _FILTER, _THEME = (f"#/components/schemas/Query{name}" for name in ("Plan", "Filter", "Theme"))


def describe(app: FastAPI) -> None:
    """Make the OpenAPI document of an application describe query plans wherever one can be sent."""
    made = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = made()
            schemas = document["components"]["schemas"]
            schemas |= {"QueryPlan": _plan(), "QueryFilter": _filter(), "QueryTheme": _theme()}
            schemas["AskBody"]["properties"]["query"] |= {"anyOf": [{"$ref": _PLAN}, {"type": "null"}]}
            for parameter in document["paths"]["/api/answer"]["get"]["parameters"]:
                if parameter["name"] == "query":
                    del parameter["schema"]
                    parameter["content"] = {"application/json": {"schema": {"$ref": _PLAN}}}
        return app.openapi_schema or {}

    app.openapi = described  # type: ignore[method-assign]


def _plan() -> dict[str, Any]:
    properties: dict[str, Any] = dict(PlanData.model_json_schema()["$defs"]["PlanData"]["properties"])
    themes = {"type": "array", "items": {"$ref": _THEME}}
    properties |= {
        "intent": _one_of(Intent),
        "themes": themes,
        "without_themes": themes,
        "where": {"$ref": _FILTER},
        "lateness": _or_none(_one_of(Lateness)),
        "asked_of": _or_none(_one_of(Field)),
        "also_asked": {"type": "array", "items": _one_of(Field), "maxItems": _MOST},
        "wanted": _or_none(_one_of(Wanted)),
        "group_by": _or_none(_one_of(Field)),
        "then_by": _or_none(_one_of(Field)),
        "measures": {"type": "array", "items": _one_of(Measure), "maxItems": _MOST},
        "less": _or_none({"$ref": _PLAN}),
        "also": {"type": "array", "maxItems": 5, "items": {"$ref": _PLAN}},
        "order": _or_none(_one_of(_ORDERS)),
        "sides": {"type": "array", "maxItems": 20, "items": {"$ref": _PLAN}, "description": "At most two deep."},
        "premises": {
            "type": "array",
            "items": _object({"words": _TEXT, "claim": {"$ref": _FILTER}}, ("words", "claim")),
        },
    }
    plan = _object(properties, ("intent", "as_of"))
    return {**plan, "description": "The query of an answer, perhaps edited: sent back, it gives the rows that it says."}


def _theme() -> dict[str, Any]:
    alternatives = {"type": "array", "items": {"$ref": _THEME}}
    parts = {"words": _TEXT, "read_as": _or_none(_TEXT), "alternatives": alternatives, "specific": {"type": "boolean"}}
    return _object(parts, ("words",))


def _filter() -> dict[str, Any]:
    parts = {"type": "array", "items": {"$ref": _FILTER}, "maxItems": _MOST}
    joined = [_object({name: parts}, (name,)) for name in ("all", "any")]
    without = _object({"not": {"$ref": _FILTER}}, ("not",))
    return {"anyOf": [*joined, without, *_conditions()], "description": "At most twelve deep."}


def _conditions() -> Iterable[dict[str, Any]]:
    """Each group of fields with the operators that they take, and with how many values of what kind."""
    texts = [one for one in Field if one not in (*_DATES, *_CLOSED, *UNTESTED, Field.WORDS, Field.ID)]
    yield _condition(_DATES, (Operator.IS,), _DAY)
    yield _condition(_DATES, (Operator.BEFORE,), _DAY, 1, 1)
    yield _condition(_DATES, (Operator.BETWEEN,), _DAY, 2, 2)
    yield _condition((Field.COMPLETED_ON,), (Operator.AFTER_DUE,), _DAY, 0, 0)
    yield _condition((*_DATES, *_CLOSED, *texts), (Operator.MISSING,), _VALUE, 0, 0)
    yield _condition((*texts, Field.WORDS), (Operator.IS, Operator.CONTAINS), _VALUE)
    yield _condition((Field.ID,), (Operator.IS,), _VALUE)
    for field, known in _CLOSED.items():
        yield _condition((field,), (Operator.IS,), _one_of(known))


def _condition(
    fields: Iterable[Field], operators: Iterable[Operator], value: dict[str, Any], least: int = 1, most: int = _MOST
) -> dict[str, Any]:
    values = {"type": "array", "items": value, "minItems": least, "maxItems": most}
    needed = ("field", "operator", "values") if least else ("field", "operator")
    return _object({"field": _one_of(fields), "operator": _one_of(operators), "values": values}, needed)


def _object(properties: dict[str, Any], required: Iterable[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _one_of(names: Iterable[StrEnum]) -> dict[str, Any]:
    return {"type": "string", "enum": [one.value for one in names]}


def _or_none(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}
