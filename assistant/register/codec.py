"""Records to the values of a table's row and back, by the types of their fields: a new field needs nothing here."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from sys import intern
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from sqlalchemy import Table

from assistant.conditions import Field
from assistant.records import Action, Flag, Label, Locator, Passage, Source, TableRead
from assistant.register.tables import OWNER_WRITTEN, REF_ABOVE, actions, kept_tables, passages, sources
from assistant.register.words import folded, plain_ref, refs_above, word_run, words_of

T = TypeVar("T")

_SAID = (
    *("section", "recommendation", "ref", "action", "action_parent", "owner", "owners", "start", "start_text", "due"),
    *("due_text", "due_precision", "due_probable", "status", "status_text", "rag", "rag_meaning", "completed_on"),
    *("success_measure", "outcome"),
)
"""What a row says, as against where it stands."""
_OFTEN = {"section", "recommendation", "action_parent", "owner", "due_text", "status_text", "rag_meaning"}
"""Texts that many rows share, and that memory holds once."""


def digest_of(value: Any) -> str:
    """A short hash of plain data: equal for equal content, in any run and on any machine."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def action_digest(action: Action) -> str:
    """Stands for all that a row says, wherever it stands."""
    return digest_of({name: getattr(action, name) for name in _SAID})


# ---------------------------------------------------------------- any record


def values_of(record: Any, table: Table) -> dict[str, Any]:
    """The values of a record for those columns of a table that have its fields' names."""
    return {name: plain(getattr(record, name)) for name, _ in _shared(record.__class__, table)}


def record_of(kind: Callable[..., T], row: Mapping[Any, Any], table: Table, **besides: Any) -> T:
    """The record that `values_of` wrote. Args: besides, fields that stand elsewhere."""
    return kind(**{name: make(row[name]) for name, make in _shared(kind, table)}, **besides)


def plain(value: Any) -> Any:
    """A value as plain data: a record as a list of its fields' values, save a locator and a flag, which name them."""
    match value:
        case Locator():
            return value.as_dict()
        case Flag():
            return {name: plain(getattr(value, name)) for name in Flag.__slots__}
        case Enum():
            return value.value
        case tuple():
            return [plain(one) for one in value]
        case _ if is_dataclass(value):
            return [plain(getattr(value, field.name)) for field in fields(value)]
    return value


@cache
def _shared(kind: type, table: Table) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """The fields that have a column, each with what makes its value."""
    return tuple((name, make) for name, make in _makers(kind).items() if name in table.c)


@cache
def _makers(kind: type) -> dict[str, Callable[[Any], Any]]:
    hints = get_type_hints(kind).items()
    return {name: (lambda text: text and intern(text)) if name in _OFTEN else _maker(one) for name, one in hints}


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    args = get_args(kind)
    if get_origin(kind) is UnionType:
        inner = _maker(next(one for one in args if one is not NoneType))
        return lambda value: None if value is None else inner(value)
    if get_origin(kind) is tuple:
        each = [_maker(one) for one in args if one is not Ellipsis]
        if Ellipsis in args:
            return lambda values: tuple(map(intern if args[0] is str else each[0], values))
        return lambda values: tuple(make(one) for make, one in zip(each, values, strict=True))
    if kind is Locator:
        return Locator.from_dict
    if isinstance(kind, type) and is_dataclass(kind):
        makers = _makers(kind)
        return lambda values: kind(
            **{
                name: makers[name](one)
                for name, one in (values.items() if isinstance(values, dict) else zip(makers, values, strict=False))
            }
        )
    return kind if isinstance(kind, type) and issubclass(kind, Enum) else lambda value: value


# ---------------------------------------------------------------- the records that say more, or less, than their row


def action_values(action: Action) -> dict[str, Any]:
    """The columns of `actions` for one action that has its digest, without its source and position; with its `words`
    and `terms`, which stand in tables of their own."""
    texts = action_texts(action)
    length = float(len(words_of(" ".join(texts))))
    return {**values_of(action, actions), "length": length, "words": texts, "terms": list(action_terms(action))}


def action_of(row: Mapping[Any, Any], said: Mapping[Any, Any]) -> Action:
    """The action of a row of `actions` joined to its source's title, authority, plan_date and label, as it is said to a
    reader. Raises: ValueError where the row's words are none that were written, as after a fault of the disk."""
    action = _action_of(row)
    if action_digest(action) != action.digest:
        raise ValueError(f"the words of the row {action.id} are not those that were written")
    return action if said is row else _action_of(said)


def _action_of(row: Mapping[Any, Any]) -> Action:
    named = {"document": row["document"], "plan": row["title"], "authority": row["authority"]}
    once = {name: text and intern(text) for name, text in named.items()}
    return record_of(Action, row, actions, plan_date=row["plan_date"], label=Label(row["label"]), **once)


def passage_values(passage: Passage) -> dict[str, Any]:
    """The columns of `passages` for one passage, without its source and position; with its `words`."""
    length = float(len(words_of(" ".join((*passage.heading_path, passage.text)))))
    words = ("\n".join(passage.heading_path), passage.text)
    return {**values_of(passage, passages), "length": length, "words": words}


def table_values(read: TableRead) -> dict[str, Any]:
    """The columns of `kept_tables` for one table, without its source and position."""
    return {**values_of(read, kept_tables), "heading": read.title}


def source_values(source: Source) -> dict[str, Any]:
    """The columns of `sources` that the source itself says, with their folded forms."""
    return {
        **values_of(source, sources),
        "document_folded": folded(source.document),
        "document_words": word_run(source.document),
        "authority_folded": folded(source.authority) if source.authority else None,
        "authority_words": word_run(source.authority) if source.authority else None,
    }


# ---------------------------------------------------------------- what is searched and filtered of an action


def action_texts(action: Action) -> tuple[str, str, str]:
    """What keyword search reads of an action: what it stands under, what it does, and everything else it says."""
    own = (action.ref, action.owner, action.due_text, action.status_text, action.success_measure, action.outcome)
    progress = () if action.progress == action.status_text else (action.progress,)
    joined = ((action.section, action.recommendation), (action.action_parent, action.action), (*own, *progress))
    above, does, rest = (" \n".join(text for text in texts if text) for texts in joined)
    return above, does, rest


def action_terms(action: Action) -> Iterator[dict[str, str]]:
    """The rows of `action_terms` for one action, without its number."""
    written = (
        (Field.SECTION, [action.section]),
        (Field.RECOMMENDATION, [action.recommendation]),
        (Field.OWNER, action.owners or [action.owner]),
        (OWNER_WRITTEN, [action.owner]),
        (Field.STATUS_TEXT, [action.status_text]),
        (Field.FLAG, [flag.code for flag in action.flags]),
    )
    for name, texts in written:
        for text in dict.fromkeys(text for text in texts if text):
            yield {"field": name, "folded": folded(text), "words": word_run(text)}
    if action.ref:
        yield {"field": Field.REF, "folded": plain_ref(action.ref), "words": word_run(action.ref)}
        for above in refs_above(action.ref):
            yield {"field": REF_ABOVE, "folded": above, "words": ""}
