"""The tables as a whole: made new, or brought up from an older form step by step; copied; and looked through.

To add a table: 1. put its `Table` into `tables.py`; 2. add the next number to `STEPS` with `_makes(your_table)`;
3. never change a step that has landed: a register that took it will not take it again. A new column of text:
`_adds(table.c.column)`. What a step writes for a document, `writing.changed` must follow when it changes later."""

import secrets
from collections.abc import Callable, Iterator

from sqlalchemy import Column, Connection, Table, func, inspect, select, text

from assistant.errors import StoreError
from assistant.register.tables import actions, kept_tables, metadata, retired, sources, state, terms
from assistant.register.words import ACTION_WORDS, PASSAGE_WORDS

_MAKING = 7_214_901
"""The advisory lock under which PostgreSQL's tables are made, by one process at a time."""

Step = Callable[[Connection], object]
OLDEST = 2
"""The oldest form that is brought up; what was before it was never released."""
_AT_ONCE = 1_000
_WORDS = (ACTION_WORDS, PASSAGE_WORDS)


def _makes(*tables: Table) -> Step:
    """A step that makes new tables, with their indexes."""
    return lambda connection: metadata.create_all(connection, tables=tables)


def _adds(*columns: Column[str]) -> Step:
    """A step that adds columns of text to tables that are there, each empty in the rows held."""

    def add(connection: Connection) -> None:
        for column in columns:
            kind = "TEXT" if column.nullable else "TEXT NOT NULL DEFAULT ''"
            connection.execute(text(f"ALTER TABLE {column.table.name} ADD COLUMN {column.name} {kind}"))

    return add


def _indexed(table: Table, name: str, instead_of: str = "") -> Step:
    """A step that adds an index to a table that is there."""
    index = next(index for index in table.indexes if index.name == name)

    def add(connection: Connection) -> None:
        if instead_of:
            connection.execute(text(f"DROP INDEX IF EXISTS {instead_of}"))
        index.create(connection)

    return add


STEPS: dict[int, tuple[Step, ...]] = {
    3: (
        _adds(sources.c.stamp),
        _makes(retired),
        lambda connection: connection.execute(sources.update().values(stamp=sources.c.content_digest)),
        lambda connection: connection.execute(state.insert().values(name="stamp", value=new_stamp())),
    ),
    4: (_adds(sources.c.series),),
    5: (_adds(sources.c.said, sources.c.hidden),),
    6: (_indexed(actions, "actions_in_brief", instead_of="actions_by_due"),),
    7: (_makes(kept_tables),),
    8: tuple(
        _indexed(*of)
        for of in ((terms, "terms_by_words"), (actions, "actions_by_success_measure"), (actions, "actions_by_outcome"))
    ),
    9: (_adds(actions.c.progress), lambda connection: connection.execute(sources.update().values(load_digest=""))),
}
"""What makes each form of the one before it. A document without its load's digest is read anew by the next load."""

FORM = max(STEPS)


def new_stamp() -> str:
    """Names one state of the register: no other state, of this or any other register, has the same."""
    return secrets.token_hex(8)


def form_of(connection: Connection) -> int | None:
    """The form of the tables that are there; None where there are none. 0 where it cannot be told."""
    if not inspect(connection).has_table(state.name):
        return None
    found = connection.scalar(select(state.c.value).where(state.c.name == "schema_version"))
    return int(found) if found and found.isdigit() else 0


def bring_up(connection: Connection, where: str) -> None:
    """Make the tables, or bring them to this form, inside the caller's transaction.

    Raises: StoreError for a form that this program does not know."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_MAKING)))
    found = form_of(connection)
    if found is None:
        metadata.create_all(connection)
        for words in _WORDS:
            words.create(connection)
        first = {"schema_version": str(FORM), "indexed": "", "stamp": new_stamp()}
        connection.execute(state.insert(), [{"name": name, "value": value} for name, value in first.items()])
        return
    if not OLDEST <= found <= FORM:
        raise StoreError(
            f"The register {where} was written by another version of this program (its form is {found}, this "
            f"program reads {OLDEST} to {FORM}). Move the data folder away and load the plans again: "
            "plan-assistant ingest FOLDER"
        )
    for form in range(found + 1, FORM + 1):
        for step in STEPS[form]:
            step(connection)
        connection.execute(state.update().where(state.c.name == "schema_version").values(value=str(form)))


# ---------------------------------------------------------------- copied, and looked through


def copy_all(source: Connection, target: Connection) -> None:
    """Make the target's tables hold what the source's hold, inside the transactions of the caller."""
    for words in _WORDS:
        target.execute(text(f"DELETE FROM {words.name}"))
    for table in reversed(metadata.sorted_tables):
        target.execute(table.delete())
    for table in metadata.sorted_tables:
        rows = source.execution_options(yield_per=_AT_ONCE).execute(select(table)).mappings()
        for part in rows.partitions():
            target.execute(table.insert(), [{one.key: row[one] for one in table.columns} for row in part])
        if "number" in table.columns and target.dialect.name == "postgresql":
            place = func.pg_get_serial_sequence(table.name, "number")
            target.execute(
                select(func.setval(place, func.coalesce(select(func.max(table.c.number)).scalar_subquery(), 1)))
            )
    for words in _WORDS:
        for held in source.execution_options(yield_per=_AT_ONCE).execute(words.every(source)).partitions():
            words.put(target, [(row[0], tuple(row[1:])) for row in held])


def faults_in(connection: Connection) -> Iterator[str]:
    """What is wrong with the tables, in sentences; nothing where they are sound."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("PRAGMA integrity_check")).scalars().all()
        yield from (f"The file of the register is damaged: {words}." for words in found if words != "ok")
        for table, number, *_ in connection.execute(text("PRAGMA foreign_key_check")).all():
            yield f"Row {number} of the table {table} belongs to nothing that is held."
    for words in _WORDS:
        held = connection.scalar(select(func.count()).select_from(words.of))
        searched = connection.scalar(text(f"SELECT count(*) FROM {words.name}"))
        if held != searched:
            yield f"{held} rows of {words.of.name} are held and {searched} can be searched by their words."
