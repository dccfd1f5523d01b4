"""A filter to SQL: the only place where the closed vocabulary of conditions meets the tables.

Every condition is true or false, never unknown, so that `Without` finds the rows where a value is missing."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, RowMapping, Select, and_, false, func, not_, or_, select, true

from assistant.conditions import Condition, Either, Every, Field, Filter, Operator, Without
from assistant.errors import QueryPlanError
from assistant.records import Action, DuePrecision, Rag, Status
from assistant.register.tables import OWNER_WRITTEN, REF_ABOVE, actions, sources, terms
from assistant.register.words import folded, holds_few, plain_ref, word_run, words_of

Phrase = Callable[[str], ColumnElement[bool]]
"""Turns a run of words into the condition that keyword search finds it in an action's row."""
Reworded = Callable[[], Sequence[Action]]


def _columns(*of: Field) -> dict[Field, Column[Any]]:
    """The columns of `actions` that bear the names of fields."""
    return {field: actions.c[field.value] for field in of}


_DATES = _columns(Field.START, Field.DUE, Field.COMPLETED_ON)
_CLOSED = {
    Field.STATUS: (actions.c.status, tuple(Status), Status.NOT_RECORDED.value),
    Field.DUE_PRECISION: (actions.c.due_precision, tuple(DuePrecision), DuePrecision.NONE.value),
    Field.RAG: (actions.c.rag, tuple(Rag), None),
}
_TEXTS = _columns(Field.ACTION, Field.DUE_TEXT, Field.MEASURE, Field.OUTCOME)
_SAID = {
    Field.WORDS: ("section", "recommendation", "action_parent", "action"),
    **{field: (field.value,) for field in (Field.OWNER, Field.SECTION, Field.RECOMMENDATION, Field.STATUS_TEXT)},
    **{field: (column.name,) for field, column in _TEXTS.items()},
}
"""The fields of a row that a condition on free text looks into."""
_OF_SOURCE = {
    Field.DOCUMENT: (sources.c.document_folded, sources.c.document_words),
    Field.AUTHORITY: (sources.c.authority_folded, sources.c.authority_words),
}


def clause(where: Filter, phrase: Phrase, reworded: Reworded | None = None) -> ColumnElement[bool]:
    """The SQL condition over `actions` joined to `sources` that holds for the rows that the filter names.

    Args: reworded, gives the rows that a reader is told in other words than they are kept in; what looks for a small
    number looks into what is told of these, or it would find out what was left unsaid.
    Raises: QueryPlanError for an operator or a value that the field cannot take."""
    match where:
        case Every(parts):
            return and_(true(), *(clause(part, phrase, reworded) for part in parts))
        case Either(parts):
            return or_(false(), *(clause(part, phrase, reworded) for part in parts))
        case Without(part):
            return not_(clause(part, phrase, reworded))
        case Condition(field, operator, values):
            kept = _condition(where, phrase)
            if reworded is None or field not in _SAID or not any(map(holds_few, map(str, values))):
                return kept
            runs, rows = [word_run(str(value)) for value in values], reworded()
            whole = operator is Operator.IS and field is not Field.WORDS
            texts = ((row.id, word_run(getattr(row, name) or "")) for row in rows for name in _SAID[field])
            found = [id for id, text in texts if any(run == text if whole else run in text for run in runs)]
            return or_(and_(kept, actions.c.id.not_in([row.id for row in rows])), actions.c.id.in_(found))


def _condition(where: Condition, phrase: Phrase) -> ColumnElement[bool]:
    if where.operator not in (Operator.MISSING, Operator.AFTER_DUE) and not where.values:
        raise QueryPlanError(f'The condition "{where.field} {where.operator}" has no value. Give at least one.')
    if where.field is Field.WORDS:
        return or_(*(phrase(text) for text in _texts(where, Operator.IS, Operator.CONTAINS)))
    if where.field is Field.ID:
        return actions.c.id.in_(_texts(where, Operator.IS))
    kinds = ((_DATES, _date), (_CLOSED, _closed), (_OF_SOURCE, _of_source), (_TEXTS, _text))
    return next((test for fields, test in kinds if where.field in fields), _term)(where)


def _date(where: Condition) -> ColumnElement[bool]:
    column, values = _DATES[where.field], where.values
    if where.operator is Operator.MISSING:
        return column.is_(None)
    if wrong := [value for value in values if not isinstance(value, date)]:
        raise QueryPlanError(f'The value "{wrong[0]}" of "{where.field}" is not a date. Give a date.')
    holds: ColumnElement[bool]
    match where.operator:
        case Operator.IS:
            holds = column.in_(values)
        case Operator.BEFORE:
            holds = column < values[0]
        case Operator.BETWEEN if len(values) == 2:
            holds = column.between(*values)
        case Operator.AFTER_DUE if where.field is Field.COMPLETED_ON:
            holds = and_(actions.c.due.is_not(None), column > actions.c.due)
        case _:
            raise _refused(where)
    return and_(column.is_not(None), holds)


def _closed(where: Condition) -> ColumnElement[bool]:
    column, known, missing = _CLOSED[where.field]
    if where.operator is Operator.MISSING:
        return column.is_(None) if missing is None else column == missing
    values = [folded(text) for text in _texts(where, Operator.IS)]
    if unknown := [value for value in values if value not in known]:
        raise QueryPlanError(f'Unknown {where.field} "{unknown[0]}". Known: {", ".join(known)}.')
    return and_(column.is_not(None), column.in_(values))


def _of_source(where: Condition) -> ColumnElement[bool]:
    column, words = _OF_SOURCE[where.field]
    if where.operator is Operator.MISSING:
        return column.is_(None)
    values = _texts(where, Operator.IS, Operator.CONTAINS)
    exact = where.operator is Operator.IS
    return and_(column.is_not(None), column.in_(map(folded, values)) if exact else _holds_run(words, values))


def _text(where: Condition) -> ColumnElement[bool]:
    """A test of a long text that is not kept word by word: whole words, in any number and in letters of any case."""
    column = _TEXTS[where.field]
    if where.operator is Operator.MISSING:
        return or_(column.is_(None), column == "")
    values = _texts(where, Operator.IS, Operator.CONTAINS)
    exact = where.operator is Operator.IS
    tests = [func.lower(column) == v.lower() if exact else column.regexp_match(_whole(v)) for v in values]
    return and_(column.is_not(None), or_(*tests))


def _whole(words: str) -> str:
    """The pattern of a run of whole words, each in the singular or the plural: "tin" is not in "meeting"."""
    forms = (re.escape(re.sub(r"(?i)(?<=[^\Ws]{2})s$", "", word)) + "(?:'?s|es)?" for word in words.split())
    return rf"(?i)(?<!\w){' '.join(forms)}(?!\w)".replace(" ", r"\s+")


def _term(where: Condition) -> ColumnElement[bool]:
    if where.operator is Operator.MISSING:
        return not_(_has_term([where.field], true()))
    values = _texts(where, Operator.IS, Operator.CONTAINS)
    if where.field is Field.REF:
        field = Field.REF if where.operator is Operator.IS else REF_ABOVE
        return _has_term([field], terms.c.folded.in_([plain_ref(value) for value in values]))
    if where.operator is Operator.IS:
        return _has_term([where.field], terms.c.folded.in_(map(folded, values)))
    fields = [where.field, OWNER_WRITTEN] if where.field is Field.OWNER else [where.field]
    return _has_term(fields, _holds_run(terms.c.words, values))


def _has_term(fields: Iterable[str], condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return actions.c.number.in_(select(terms.c.action).where(terms.c.field.in_(fields), condition))


def _holds_run(column: ColumnElement[str], values: Iterable[str]) -> ColumnElement[bool]:
    return or_(false(), *(column.contains(word_run(value)) for value in values if words_of(value)))


def _texts(where: Condition, *allowed: Operator) -> list[str]:
    if where.operator not in allowed:
        raise _refused(where)
    return [str(value) for value in where.values]


def _refused(where: Condition) -> QueryPlanError:
    asked = f'"{where.operator}" with {len(where.values)} values'
    return QueryPlanError(f'The field "{where.field}" cannot be asked {asked}.')


# ---------------------------------------------------------------- in which order

_ORDERED = {**_DATES, **_columns(Field.STATUS, Field.OWNER, Field.SECTION, Field.RAG)}


def in_order(statement: Select[Any], order: Field | None, descending: bool) -> Select[Any]:
    """The statement's rows by `order`, those without a value last, then by document and place."""
    place = (sources.c.document, actions.c.position)
    if order is None or order is Field.DOCUMENT:
        return statement.order_by(*place)
    if order not in _ORDERED:
        raise QueryPlanError(f'Rows cannot be ordered by "{order}". Choose one of: {", ".join(_ORDERED)}.')
    column = _ORDERED[order]
    return statement.order_by(column.is_(None), column.desc() if descending else column, *place)


def beyond(last: RowMapping, order: Field | None, descending: bool) -> ColumnElement[bool]:
    """What follows a row in the order that `in_order` gives."""
    document = sources.c.document
    place = or_(document > last["document"], and_(document == last["document"], actions.c.position > last["position"]))
    column = _ORDERED.get(order) if order else None
    if column is None:
        return place
    value = last[column.name]
    if value is None:
        return and_(column.is_(None), place)
    return or_(column.is_(None), column < value if descending else column > value, and_(column == value, place))
