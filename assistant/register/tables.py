"""The tables of the register. What is said once of a source (its label among it) stands in `sources` alone.

A column that bears the name of a record's field is made of the field's type, and `codec` writes and reads it by that.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from functools import lru_cache
from types import NoneType
from typing import Any, get_args, get_type_hints

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    and_,
    false,
    func,
    or_,
)

from assistant.labels import Audience, Care, Label, Only
from assistant.records import Action, Passage, PlanKey, Source, SourceRow, TableRead

metadata = MetaData()
"""Indexes that hold long texts are SQLite's alone, which reads the text there in place of the whole row; PostgreSQL
takes no long text into one."""

_TYPES = {str: Text, int: Integer, bool: Boolean, date: Date}


def _fields(record: type, names: str) -> Iterator[Column[Any]]:
    """A column for each of these fields of a record; what is no plain value is JSON."""
    hints = get_type_hints(record)
    for name in names.split():
        kinds = [one for one in get_args(hints[name]) if one is not NoneType]
        optional = NoneType in get_args(hints[name])
        kind = kinds[0] if optional else hints[name]
        sort = Text if isinstance(kind, type) and issubclass(kind, Enum) else _TYPES.get(kind, JSON)
        yield Column(name, sort, nullable=optional)


def _number() -> Column[int]:
    return Column("number", Integer, primary_key=True, autoincrement=True)


def _id() -> Column[str]:
    return Column("id", Text, nullable=False, unique=True)


def _place() -> tuple[Column[int], Column[int]]:
    """Of which source a row is, and where in it."""
    source = Column("source", Integer, ForeignKey("sources.number", ondelete="CASCADE"), nullable=False, index=True)
    return source, Column("position", Integer, nullable=False)


state = Table("state", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

sources = Table(
    "sources",
    metadata,
    _number(),
    _id(),
    Column("document", Text, nullable=False, unique=True),
    Column("document_folded", Text, nullable=False),
    Column("document_words", Text, nullable=False),
    Column("authority_folded", Text),
    Column("authority_words", Text),
    *_fields(Source, "title authority plan_date period_start period_end sha256 path loaded_at"),
    Column("label", Text, nullable=False, index=True),
    *(Column(name, Text, nullable=False, server_default="") for name in ("said", "hidden", "series", "stamp")),
    *(Column(name, Text, nullable=False) for name in ("load_digest", "content_digest")),
    *(Column(name, Integer, nullable=False) for name in ("next_action", "next_passage", "continued")),
    *(Column(name, JSON, nullable=False) for name in ("set_aside", "warnings", "flags", "counts")),
)
"""`said` is a label that somebody gave, empty where `label` is only the default; `hidden`, where it is not empty, says
why only readers of what is restricted may see the document; `stamp` is that of the state that last changed the
document: equal stamp, equal rows."""

OF_SOURCE = (sources.c.document, sources.c.title, sources.c.authority, sources.c.plan_date, sources.c.label)
"""What every record of a source takes from it."""

retired = Table(
    "retired_ids",
    metadata,
    Column("document", Text, primary_key=True),
    Column("next_action", Integer, nullable=False),
    Column("next_passage", Integer, nullable=False),
)
"""Where the ids of documents that were removed had come to, so that none is given again when one comes back."""

actions = Table(
    "actions",
    metadata,
    _number(),
    *_place(),
    _id(),
    *_fields(
        Action,
        "digest section recommendation ref action action_parent owner owners start start_text due due_text "
        "due_precision due_probable status status_text progress rag rag_meaning completed_on success_measure "
        "outcome locator quote field_locators flags",
    ),
    Column("length", Float, nullable=False),
    Index("actions_in_order", "source", "position"),
    Index("actions_in_brief", "source", "status", "due", "rag", "start", "completed_on", "id"),
)
for _name in ("success_measure", "outcome"):
    _text = actions.c[_name]
    Index(f"actions_by_{_name}", actions.c.source, _text, actions.c.id, sqlite_where=_text.is_not(None)).ddl_if(
        dialect="sqlite"
    )

OWNER_WRITTEN = "owner_written"
REF_ABOVE = "ref_above"
"""Two fields of `action_terms` beside those of `conditions.Field`: the owner cell whole, and every reference that the
row's own one stands below."""

terms = Table(
    "action_terms",
    metadata,
    Column("action", Integer, ForeignKey("actions.number", ondelete="CASCADE"), nullable=False, index=True),
    *(Column(name, Text, nullable=False) for name in ("field", "folded", "words")),
    Index("terms_by_value", "field", "folded"),
    Index("terms_by_words", "field", "words", "action").ddl_if(dialect="sqlite"),
)
"""The text fields of an action in the two forms that a filter compares; several rows where a field is a list."""

passages = Table(
    "passages",
    metadata,
    _number(),
    *_place(),
    _id(),
    *_fields(Passage, "digest heading_path text locator"),
    Column("length", Float, nullable=False),
)

keys = Table("plan_keys", metadata, *_place(), *_fields(PlanKey, "kind term meaning locator quote status"))

lines = Table(
    "source_lines", metadata, *_place(), Column("locator", JSON, nullable=False), Column("text", Text, nullable=False)
)

kept_tables = Table(
    "kept_tables",
    metadata,
    *_place(),
    Column("heading", Text, nullable=False),
    *_fields(TableRead, "read_as locator header rows lines"),
)
"""What became of each table and list of a document, with the cells of those that state no actions."""

table_rows = Table(
    "source_rows",
    metadata,
    *_place(),
    Column("table_number", Integer, nullable=False, key="table"),
    *_fields(SourceRow, "locator header cells"),
)


_MANY = {"child": "children", "person": "people", "family": "families", "sibling": "siblings", "baby": "babies"}
_KIND = r"(?:(?:looked[- ]after|young|disabled|unaccompanied|of (?:the|our|these))\s+)*"
_WHO = r"(?:children|people|families|siblings|babies|care leavers|child|person|family|sibling|baby|care leaver)"
_NOT_A_COUNT = r"(?!['’]|\s+(?:protection|support|social|plan|worker|practitioner|hub|centre|therapist|group)s?\b)"
_FEW = re.compile(
    rf"(?<![\w.,/£-])(?P<count>one|two|three|four|[1-4])\s+(?P<kind>{_KIND})(?P<who>{_WHO})\b{_NOT_A_COUNT}",
    re.IGNORECASE,
)
_FEW_AFTER = re.compile(rf"\b(?P<who>{_WHO}\s*[:=]\s*)(?P<count>[1-4])(?![\w%/.]*\d|%)", re.IGNORECASE)
FEW = "a small number"
_PLACES = frozenset({"id", "document", "path", "locator", "field_locators", "digest", "label", "title", "sha256"})
"""What names a thing or its place, and is never reworded."""


@lru_cache(maxsize=256)
def may_see(audience: Audience) -> ColumnElement[bool]:
    """The condition on a source that this audience may see it; nothing is seen where no label is held. Every read has
    it, so it is made once, and without a list of values, which is written out anew for each statement."""
    by_label = [or_(false(), *(sources.c.label == each.value for each in audience if isinstance(each, Label)))]
    if Label.RESTRICTED not in audience:
        by_label.append(sources.c.hidden == "")
    document, signs = func.lower(sources.c.document), str.maketrans({one: f"\\{one}" for one in "\\%_"} | {"*": "%"})
    only = (each for each in audience if isinstance(each, Only))
    named = (or_(*(document.like(plan.lower().translate(signs), escape="\\") for plan in one.plans)) for one in only)
    return and_(*by_label, *named)


def told(audience: Audience, row: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """A row of the register as this audience is told it."""
    if Care.FEW_ROUNDED not in audience:
        return row
    return {name: value if name in _PLACES else rounded(value) for name, value in row.items()}


def rounded(value: Any) -> Any:
    """Words, or a list of them, with a number below five of children, young people or families as "a small number"."""
    if isinstance(value, str):
        return _FEW_AFTER.sub(rf"\g<who>{FEW}", _FEW.sub(_few, value))
    if isinstance(value, list):
        return [rounded(one) for one in value]
    if isinstance(value, dict):
        return told(frozenset({Care.FEW_ROUNDED}), value)
    return value


def _few(found: re.Match[str]) -> str:
    head, _, last = found["who"].rpartition(" ")
    many = f"{head} leavers" if head else _MANY.get(last.lower(), last)
    words = f"{FEW} of {found['kind']}{many}"
    return words.capitalize() if found["count"][0].isupper() else words
