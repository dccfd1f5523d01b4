"""Writing one document: its rows keep their ids, and only what differs is touched. One transaction is the caller's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as with_values
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Table, bindparam, select

from assistant.embedded_text import passage_text, text_digest
from assistant.errors import RecordNotFound
from assistant.records import Action, Flag, Locator, Reading, ReadWarning, Source
from assistant.register import codec
from assistant.register.identity import same_rows
from assistant.register.migrations import new_stamp
from assistant.register.tables import (
    OF_SOURCE,
    actions,
    kept_tables,
    keys,
    lines,
    passages,
    retired,
    sources,
    state,
    table_rows,
    terms,
)
from assistant.register.words import ACTION_WORDS, PASSAGE_WORDS, WordIndex


@dataclass(frozen=True, slots=True)
class LoadChange:
    """What one load changed in a document's actions: `new + changed + same` are all that it now has."""

    new: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0
    passages: int = 0
    rewritten: int = 0
    """Actions and passages that were written or deleted for any reason: where a row stands may move too."""

    @property
    def actions(self) -> int:
        return self.new + self.changed + self.same


@dataclass(frozen=True, slots=True)
class Held:
    """A source as the register holds it, with what its last load said."""

    source: Source
    actions: int
    passages: int
    digest: str
    set_aside: tuple[tuple[Locator, str], ...] = ()
    warnings: tuple[ReadWarning, ...] = ()
    flags: tuple[Flag, ...] = ()
    continued: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    said: str = ""
    hidden: str = ""
    """Why nobody may see it whom its label would let; empty where its label alone decides."""


def replace(connection: Connection, reading: Reading, told: Mapping[str, str]) -> LoadChange:
    """Make the tables hold this reading of its document; see `Register.replace`."""
    before = connection.execute(select(sources).where(sources.c.document == reading.source.document)).mappings().first()
    first_action, first_passage = _first_free(connection, reading.source.document, before)
    number = _write_source(connection, reading, told, before)
    old_actions = _old(connection, actions, number, *OF_SOURCE)
    old_passages = _old(connection, passages, number)
    new_actions, next_action = _with_ids(old_actions, reading, first_action)
    new_passages, next_passage = _passages_with_ids(old_passages, reading, first_passage)
    written = _write(connection, ACTION_WORDS, number, old_actions, new_actions)
    written_passages = _write(connection, PASSAGE_WORDS, number, old_passages, new_passages)
    _rewrite(connection, keys, number, [codec.values_of(key, keys) for key in reading.keys])
    _rewrite(connection, lines, number, [{"locator": place.as_dict(), "text": text} for place, text in reading.lines])
    _rewrite(connection, kept_tables, number, [codec.table_values(read) for read in reading.tables])
    _rewrite(connection, table_rows, number, [codec.values_of(row, table_rows) for row in reading.rows])
    content = codec.digest_of(_content(reading, new_actions, new_passages))
    own = {"next_action": next_action, "next_passage": next_passage, "content_digest": content}
    connection.execute(sources.update().where(sources.c.number == number).values(**own))
    changed(connection, number)
    digests = {row["id"]: row["digest"] for row in old_actions}
    ids = {row["id"] for row in new_actions}
    same = sum(digests.get(row["id"]) == row["digest"] for row in new_actions)
    new = len(ids - digests.keys())
    return LoadChange(
        new=new,
        changed=len(new_actions) - new - same,
        same=same,
        removed=len(digests.keys() - ids),
        passages=len(new_passages),
        rewritten=written + written_passages,
    )


def remove(connection: Connection, document: str) -> int:
    """Delete a document with all that hangs on it; how many actions it had."""
    source = connection.execute(select(sources).where(sources.c.document == document)).mappings().first()
    if source is None:
        raise RecordNotFound(f'No document is called "{document}". List them: plan-assistant sources')
    number = int(source["number"])
    counters = {name: source[name] for name in ("next_action", "next_passage")}
    connection.execute(retired.insert().values(document=document, **counters))
    held = [row["number"] for row in _old(connection, actions, number)]
    ACTION_WORDS.drop(connection, held)
    PASSAGE_WORDS.drop(connection, [row["number"] for row in _old(connection, passages, number)])
    connection.execute(sources.delete().where(sources.c.number == number))
    changed(connection)
    return len(held)


def changed(connection: Connection, number: int | None = None) -> None:
    """Note that the register, and this source of it, is not what it was: whatever was read before is out of date."""
    stamp = new_stamp()
    connection.execute(state.update().where(state.c.name == "stamp").values(value=stamp))
    if number is not None:
        connection.execute(sources.update().where(sources.c.number == number).values(stamp=stamp))


_BESIDE = ("words", "terms")
"""Values of a record that are written to other tables."""


def _first_free(connection: Connection, document: str, before: RowMapping | None) -> tuple[int, int]:
    """The next numbers that ids of a document can have, also of one that was removed once."""
    if before is not None:
        return before["next_action"], before["next_passage"]
    left = connection.execute(select(retired).where(retired.c.document == document)).mappings().first()
    connection.execute(retired.delete().where(retired.c.document == document))
    return (left["next_action"], left["next_passage"]) if left else (1, 1)


def _write_source(connection: Connection, reading: Reading, told: Mapping[str, str], before: RowMapping | None) -> int:
    values = {**codec.source_values(reading.source), **codec.values_of(reading, sources), **told}
    if before is not None:
        connection.execute(sources.update().where(sources.c.number == before["number"]).values(**values))
        return int(before["number"])
    started = {**values, "content_digest": "", "next_action": 1, "next_passage": 1}
    return _inserted(connection, sources, [started])[0]


def _old(connection: Connection, table: Table, number: int, *of_source: Column[Any]) -> Sequence[RowMapping]:
    statement = select(table, *of_source).select_from(table.join(sources)).where(table.c.source == number)
    return connection.execute(statement.order_by(table.c.position)).mappings().all()


def _with_ids(old: Sequence[RowMapping], reading: Reading, counter: int) -> tuple[list[dict[str, Any]], int]:
    """The new actions as values with their ids, and the next number that an id can have."""
    before: list[Action] = [codec.action_of(row, row) for row in old]
    after = [with_values(row, digest=codec.action_digest(row)) for row in reading.actions]
    same = same_rows(before, after)
    values = []
    for position, action in enumerate(after):
        if position in same:
            kept = before[same[position]].id
        else:
            kept, counter = f"{reading.source.id}-{counter}", counter + 1
        values.append(codec.action_values(with_values(action, id=kept)))
    return values, counter


def _passages_with_ids(old: Sequence[RowMapping], reading: Reading, counter: int) -> tuple[list[dict[str, Any]], int]:
    """As `_with_ids`, for passages: one with the same words keeps its id."""
    waiting: dict[str, list[str]] = {}
    for row in old:
        waiting.setdefault(row["digest"], []).append(row["id"])
    values = []
    for passage in reading.passages:
        digest = text_digest(passage_text(passage))
        if ids := waiting.get(digest):
            kept = ids.pop(0)
        else:
            kept, counter = f"{reading.source.id}-p{counter}", counter + 1
        values.append(codec.passage_values(with_values(passage, id=kept, digest=digest)))
    return values, counter


def _write(
    connection: Connection, index: WordIndex, number: int, old: Sequence[RowMapping], new: Sequence[dict[str, Any]]
) -> int:
    """Insert, update and delete until the table holds `new` in its order; how many rows that touched."""
    before = {row["id"]: row for row in old}
    kept = {values["id"] for values in new}
    gone = [row["number"] for row in old if row["id"] not in kept]
    index.drop(connection, gone)
    _delete(connection, index.of.c.number, gone)
    touched: list[tuple[int, dict[str, Any]]] = []
    added: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for position, values in enumerate(new):
        own = {name: value for name, value in values.items() if name not in _BESIDE} | {"position": position}
        row = before.get(values["id"])
        if row is None:
            added.append(({"source": number, **own}, values))
        elif any(row[name] != value for name, value in own.items()):
            record = int(row["number"])
            connection.execute(index.of.update().where(index.of.c.number == record).values(**own))
            touched.append((record, values))
    numbers = _inserted(connection, index.of, [own for own, _ in added])
    touched += zip(numbers, (values for _, values in added), strict=True)
    index.put(connection, [(record, values["words"]) for record, values in touched])
    if index is ACTION_WORDS:
        _delete(connection, terms.c.action, [record for record, _ in touched])
        _insert(connection, terms, [{"action": at, **term} for at, values in touched for term in values["terms"]])
    return len(gone) + len(touched)


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def _inserted(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> Sequence[int]:
    """The numbers of new rows, in their order."""
    if not rows:
        return ()
    statement = table.insert().returning(table.c.number, sort_by_parameter_order=True)
    return connection.execute(statement, rows).scalars().all()


def _delete(connection: Connection, column: Column[int], numbers: Sequence[int]) -> None:
    if numbers:
        statement = column.table.delete().where(column == bindparam("gone"))
        connection.execute(statement, [{"gone": number} for number in numbers])


def _rewrite(connection: Connection, table: Table, number: int, values: Sequence[dict[str, Any]]) -> None:
    """Replace the rows of a source in a table without ids, unless they are the same."""
    old = _old(connection, table, number)
    said = [{name: row[table.c[name]] for name in one} for row, one in zip(old, values, strict=False)]
    if len(old) == len(values) and said == list(values):
        return
    connection.execute(table.delete().where(table.c.source == number))
    _insert(connection, table, [{"source": number, "position": at, **value} for at, value in enumerate(values)])


def _content(reading: Reading, new_actions: Sequence[dict[str, Any]], new_passages: Sequence[dict[str, Any]]) -> Any:
    source = reading.source
    return [
        [source.document, source.title, source.authority, source.plan_date, source.period_start, source.period_end],
        [{name: value for name, value in row.items() if name not in _BESIDE} for row in (*new_actions, *new_passages)],
        [codec.values_of(key, keys) for key in reading.keys],
        codec.plain(reading.flags),
        [codec.table_values(read) for read in reading.tables],
    ]
