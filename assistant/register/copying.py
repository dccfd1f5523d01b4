"""A whole register copied into another, of either kind of database; and what is wrong inside one."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select, text

from assistant.register.tables import metadata
from assistant.register.words import ACTION_WORDS, PASSAGE_WORDS

_AT_ONCE = 1_000
_WORDS = (ACTION_WORDS, PASSAGE_WORDS)


def copy_all(source: Connection, target: Connection) -> None:
    """Make the target's tables hold what the source's hold, inside the transactions of the caller."""
    for words in _WORDS:
        target.execute(text(f"DELETE FROM {words.name}"))
    for table in reversed(metadata.sorted_tables):
        target.execute(table.delete())
    for table in metadata.sorted_tables:
        rows = source.execution_options(yield_per=_AT_ONCE).execute(select(table)).mappings()
        for part in rows.partitions():
            target.execute(table.insert(), [dict(row) for row in part])
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
