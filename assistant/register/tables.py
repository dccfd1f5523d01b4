"""The tables of the register. What is said once of a source (its label among it) stands in `sources` alone."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Float, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData()
"""Indexes that hold long texts are SQLite's alone, which reads the text there in place of the whole row; PostgreSQL
takes no long text into one."""

state = Table(
    "state",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("document", Text, nullable=False, unique=True),
    Column("document_folded", Text, nullable=False),
    Column("document_words", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("authority", Text),
    Column("authority_folded", Text),
    Column("authority_words", Text),
    Column("plan_date", Date),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("label", Text, nullable=False, index=True),
    Column("said", Text, nullable=False, server_default=""),
    Column("hidden", Text, nullable=False, server_default=""),
    Column("series", Text, nullable=False, server_default=""),
    Column("sha256", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("loaded_at", Text, nullable=False),
    Column("load_digest", Text, nullable=False),
    Column("content_digest", Text, nullable=False),
    Column("stamp", Text, nullable=False, server_default=""),
    Column("next_action", Integer, nullable=False),
    Column("next_passage", Integer, nullable=False),
    Column("set_aside", JSON, nullable=False),
    Column("warnings", JSON, nullable=False),
    Column("flags", JSON, nullable=False),
    Column("continued", Integer, nullable=False),
    Column("counts", JSON, nullable=False),
)
"""`said` is a label that somebody gave, empty where `label` is only the default; `hidden`, where it is not empty, says
why only readers of what is restricted may see the document; `stamp` is that of the state that last changed the
document: equal stamp, equal rows."""

retired = Table(
    "retired_ids",
    metadata,
    Column("document", Text, primary_key=True),
    Column("next_action", Integer, nullable=False),
    Column("next_passage", Integer, nullable=False),
)
"""Where the ids of documents that were removed had come to, so that none is given again when one comes back."""


def _of_source() -> Column[int]:
    return Column("source", Integer, ForeignKey("sources.number", ondelete="CASCADE"), nullable=False, index=True)


actions = Table(
    "actions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    _of_source(),
    Column("position", Integer, nullable=False),
    Column("id", Text, nullable=False, unique=True),
    Column("digest", Text, nullable=False),
    Column("section", Text),
    Column("recommendation", Text),
    Column("ref", Text),
    Column("action", Text, nullable=False),
    Column("action_parent", Text),
    Column("owner", Text),
    Column("owners", JSON, nullable=False),
    Column("start", Date),
    Column("start_text", Text),
    Column("due", Date),
    Column("due_text", Text),
    Column("due_precision", Text, nullable=False),
    Column("due_probable", Date),
    Column("status", Text, nullable=False),
    Column("status_text", Text),
    Column("rag", Text),
    Column("rag_meaning", Text),
    Column("completed_on", Date),
    Column("success_measure", Text),
    Column("outcome", Text),
    Column("locator", JSON, nullable=False),
    Column("quote", Text, nullable=False),
    Column("field_locators", JSON, nullable=False),
    Column("flags", JSON, nullable=False),
    Column("length", Float, nullable=False),
    Index("actions_in_order", "source", "position"),
    Index("actions_in_brief", "source", "status", "due", "rag", "start", "completed_on", "id"),
)
for _name in ("success_measure", "outcome"):
    Index(
        f"actions_by_{_name}",
        actions.c.source,
        actions.c[_name],
        actions.c.id,
        sqlite_where=actions.c[_name].is_not(None),
    ).ddl_if(dialect="sqlite")

OWNER_WRITTEN = "owner_written"
REF_ABOVE = "ref_above"
"""Two fields of `action_terms` beside those of `conditions.Field`: the owner cell whole, and every reference that the
row's own one stands below."""

terms = Table(
    "action_terms",
    metadata,
    Column("action", Integer, ForeignKey("actions.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("words", Text, nullable=False),
    Index("terms_by_value", "field", "folded"),
    Index("terms_by_words", "field", "words", "action").ddl_if(dialect="sqlite"),
)
"""The text fields of an action in the two forms that a filter compares; several rows where a field is a list.
"""

passages = Table(
    "passages",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    _of_source(),
    Column("position", Integer, nullable=False),
    Column("id", Text, nullable=False, unique=True),
    Column("digest", Text, nullable=False),
    Column("heading_path", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("locator", JSON, nullable=False),
    Column("length", Float, nullable=False),
)

keys = Table(
    "plan_keys",
    metadata,
    _of_source(),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("term", Text, nullable=False),
    Column("meaning", Text, nullable=False),
    Column("locator", JSON, nullable=False),
    Column("quote", Text, nullable=False),
    Column("status", Text),
)

lines = Table(
    "source_lines",
    metadata,
    _of_source(),
    Column("position", Integer, nullable=False),
    Column("locator", JSON, nullable=False),
    Column("text", Text, nullable=False),
)

kept_tables = Table(
    "kept_tables",
    metadata,
    _of_source(),
    Column("position", Integer, nullable=False),
    Column("read_as", Text, nullable=False),
    Column("locator", JSON, nullable=False),
    Column("heading", Text, nullable=False),
    Column("header", JSON, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("lines", JSON, nullable=False),
)
"""What became of each table and list of a document, with the cells of those that state no actions."""

table_rows = Table(
    "source_rows",
    metadata,
    _of_source(),
    Column("position", Integer, nullable=False),
    Column("table_number", Integer, nullable=False),
    Column("locator", JSON, nullable=False),
    Column("header", Boolean, nullable=False),
    Column("cells", JSON, nullable=False),
)
