"""The register: sources, actions, passages and plan keys in SQL. The truth of the project.

Every read takes the audience of the reader and leaves out, before any count, rank or limit, what it may not see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar, cast

from sqlalchemy import ColumnElement, Connection, Engine, Select, Table, bindparam, func, select

from assistant.conditions import EVERYTHING, Condition, Field, Filter, Operator
from assistant.errors import PlaceLost, RecordNotFound
from assistant.labels import Care
from assistant.records import Action, Audience, Label, Locator, Passage, PlanKey, Reading, Source, SourceRow, TableRead
from assistant.register import codec, writing
from assistant.register.engine import OneState, errors_in, held_of, load_lock, one_state, open_engine, reading
from assistant.register.filters import beyond, clause, in_order
from assistant.register.migrations import copy_all, faults_in
from assistant.register.tables import (
    FEW,
    OF_SOURCE,
    actions,
    kept_tables,
    keys,
    lines,
    may_see,
    passages,
    sources,
    state,
    table_rows,
    told,
)
from assistant.register.words import ACTION_WORDS, folded, looked_for, scores_of, sizes_of, word_run
from assistant.register.writing import Held, LoadChange

T = TypeVar("T")
Made = Callable[[Mapping[Any, Any]], T]
_NOTED = select(state.c.value).where(state.c.name == bindparam("noted"))
_KNOWN_AT_MOST = 256


class Register:
    """One register. Safe to share between threads; open one a process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rows: dict[tuple[int, frozenset[Care]], tuple[list[Any], list[Action]]] = {}
        """The rows of each source as they were read last and told, with all that a change of the source changes."""
        self._known: tuple[str, dict[tuple[str, Audience], Any]] = ("", {})
        """What was worked out for an audience, and in which state."""

    @classmethod
    def open(cls, place: str | Path, create: bool = True) -> Self:
        """The register in a data folder, or at a database URL; made where there is none, if `create`.

        Raises: StoreError where there is none, it cannot be read, or another version wrote it."""
        return cls(open_engine(place, create))

    def close(self) -> None:
        """Let go of the database's connections."""
        self._engine.dispose()

    # ------------------------------------------------------------ reads

    def select(
        self,
        audience: Audience,
        where: Filter = EVERYTHING,
        order: Field | None = None,
        descending: bool = False,
        limit: int | None = None,
        offset: int = 0,
        after: str | None = None,
    ) -> list[Action]:
        """The actions that the filter names, by document and place, or by `order` first, rows without a value last.

        Args: after, the id of a row: only those that follow it in this order, whether or not it matches the filter.
        Raises: QueryPlanError for a filter or an order that the fields cannot take; PlaceLost where there is no row
        `after`, or the audience may not see it."""
        by_words = order if Care.FEW_ROUNDED in audience and order in (Field.SECTION, Field.OWNER) else None
        if by_words and any(FEW in str(getattr(row, by_words)).lower() for row in self.rows(audience)):
            order = None  # the place of a row would tell the number
        every = _visible(select(actions, *OF_SOURCE), actions, audience)
        statement = every.where(self._clause(audience, where))
        with self._read() as connection:
            if after is not None:
                last = connection.execute(every.where(actions.c.id == after)).mappings().one_or_none()
                if last is None:
                    raise PlaceLost(f'The row "{after}" is not in the register. Begin again at the first page.')
                statement = statement.where(beyond(last, order, descending))
            rows = connection.execute(in_order(statement, order, descending).limit(limit).offset(offset or None))
            return [codec.action_of(row, told(audience, row)) for row in rows.mappings()]

    def rows(self, audience: Audience) -> list[Action]:
        """Every action by document and place. Only documents that changed since the last call are read again."""
        statement = _visible(select(actions, *OF_SOURCE), actions, audience).order_by(actions.c.position)
        named = select(sources.c.number, sources.c.stamp, *OF_SOURCE).where(may_see(audience))
        care = frozenset(each for each in audience if isinstance(each, Care))
        rows: list[Action] = []
        with self._read() as connection:
            for number, *said in connection.execute(named.order_by(sources.c.document)).all():
                held = self._rows.get((number, care))
                if held is None or held[0] != said:
                    found = connection.execute(statement.where(actions.c.source == number)).mappings().all()
                    held = said, [codec.action_of(row, told(audience, row)) for row in found]
                    self._rows[number, care] = held
                rows += held[1]
        return rows

    def ids(self, audience: Audience, where: Filter = EVERYTHING) -> frozenset[str]:
        """The ids of the actions that the filter names."""
        statement = _visible(select(actions.c.id), actions, audience).where(self._clause(audience, where))
        with self._read() as connection:
            return frozenset(connection.scalars(statement).all())

    def count(self, audience: Audience, where: Filter = EVERYTHING) -> int:
        """How many actions the filter names."""
        statement = _visible(select(func.count()), actions, audience).where(self._clause(audience, where))
        with self._read() as connection:
            return connection.scalar(statement) or 0

    def action(self, audience: Audience, action_id: str) -> Action:
        """The action with this id. Raises: RecordNotFound, whether there is none or this audience may not see it."""
        found = self.select(audience, Condition(Field.ID, Operator.IS, (action_id,)))
        if not found:
            raise RecordNotFound(f'No action has the id "{action_id}". List them: plan-assistant actions')
        return found[0]

    def held(self, audience: Audience) -> list[Held]:
        """The sources, by document, each with what its load said: rows, passages, what was set aside, warnings."""
        counted = (_number_of(actions).label("actions"), _number_of(passages).label("passages"))
        statement = select(sources, *counted).where(may_see(audience))
        with self._read() as connection:
            rows = connection.execute(statement.order_by(sources.c.document)).mappings()
            return [_held(told(audience, row)) for row in rows]

    def sources(self, audience: Audience) -> list[Source]:
        """The sources, by document."""
        named = (sources.c[one.name] for one in fields(Source) if one.name in sources.c)
        statement = select(*named).where(may_see(audience)).order_by(sources.c.document)
        with self._read() as connection:
            rows = connection.execute(statement).mappings()
            return [codec.record_of(Source, told(audience, row), sources) for row in rows]

    def passages(self, audience: Audience) -> list[Passage]:
        """The passages, by document and place."""
        return self._labelled(Passage, passages, audience)

    def passage(self, audience: Audience, passage_id: str) -> Passage:
        """The passage with this id. Raises: RecordNotFound, whether there is none or this audience may not see it."""
        found = self._labelled(Passage, passages, audience, passages.c.id == passage_id)
        if not found:
            raise RecordNotFound(f'No passage has the id "{passage_id}". The citations of an answer give ids.')
        return found[0]

    def keys(self, audience: Audience) -> list[PlanKey]:
        """The entries of the plans' own legends, by document and place."""
        return self._labelled(PlanKey, keys, audience)

    def lines(self, audience: Audience, document: str) -> list[tuple[Locator, str]]:
        """Every place of a document with its words as they stand, in order.

        Raises: RecordNotFound, whether there is no such document or this audience may not see it."""
        return self._of_document(
            lambda row: (Locator.from_dict(row["locator"]), row["text"]), audience, document, lines, *lines.c
        )

    def table_rows(self, audience: Audience, document: str) -> list[SourceRow]:
        """The lines of a document's tables with their cells, in order; nothing where it has no table.

        Raises: RecordNotFound, whether there is no such document or this audience may not see it."""
        made = partial(codec.record_of, SourceRow, table=table_rows)
        named = (one.label(one.key) for one in table_rows.c)
        return self._of_document(made, audience, document, table_rows, *named)

    def tables(self, audience: Audience) -> list[tuple[str, TableRead]]:
        """What became of each table and list, by document and place, each with its document's name."""

        def made(row: Mapping[Any, Any]) -> tuple[str, TableRead]:
            return row["document"], codec.record_of(TableRead, row, kept_tables, title=row["heading"])

        return self._records(made, kept_tables, audience)

    def search(self, audience: Audience, words: str) -> dict[str, float]:
        """Every action and passage that holds at least one of the words anywhere, by id with its score, the actions
        first; scores of the two kinds do not compare."""
        sizes = self._once("sizes", audience, partial(sizes_of, audience=audience))
        with self._read() as connection:
            return scores_of(connection, audience, looked_for(audience, words), sizes)

    def one_state(self) -> AbstractContextManager[OneState]:
        """Every read inside, by whatever code that this thread or its request runs, is of one committed state."""
        return one_state(self._engine)

    @property
    def stamp(self) -> str:
        """The name of the state that is read: what was read under another name may be out of date."""
        return self._noted("stamp")

    def corpus_version(self, audience: Audience) -> str:
        """A digest of everything that this audience may see: equal for equal content, wherever it was loaded."""
        statement = select(sources.c.document, sources.c.content_digest).where(may_see(audience))

        def digest(connection: Connection) -> str:
            rows = connection.execute(statement.order_by(sources.c.document)).all()
            return codec.digest_of([list(row) for row in rows])[:16]

        return self._once("version", audience, digest)

    # ------------------------------------------------------------ writes

    def replace(self, reading: Reading, *, digest: str = "", loaded_at: str = "", said: str = "") -> LoadChange:
        """Make the register hold this reading of its document, in one transaction, and say what that changed.

        Rows that were held before keep their ids; only those that differ are written. Args: digest, of everything that
        the reading depended on: equal digest, nothing to load; said, the label that somebody gave."""
        told = {"load_digest": digest, "loaded_at": loaded_at or reading.source.loaded_at, "said": said}
        with self._write() as connection:
            return writing.replace(connection, reading, told)

    def remove(self, document: str) -> int:
        """Forget a document; how many actions it had. Raises: RecordNotFound."""
        with self._write() as connection:
            return writing.remove(connection, document)

    def describe(self, document: str, /, **values: str) -> None:
        """Say otherwise of a document, whose rows keep their ids: its `label`, with `said` where somebody gave it and
        `hidden` for why it is; the name of the `document`; the `path` of its file. Raises: RecordNotFound."""
        if name := values.get("document"):
            values |= {"document_folded": folded(name), "document_words": word_run(name)}
        with self._write() as connection:
            number = connection.scalar(select(sources.c.number).where(sources.c.document == document))
            if number is None:
                raise RecordNotFound(f'No document is called "{document}". List them: plan-assistant sources')
            connection.execute(sources.update().where(sources.c.number == number).values(**values))
            writing.changed(connection, number)

    @property
    def indexed(self) -> str:
        """What `mark_indexed` wrote last, with the stamp of that time."""
        return self._noted("indexed")

    def mark_indexed(self, mark: str) -> None:
        """Note that the index holds every vector of this state; its stamp does not change."""
        with self._write() as connection:
            connection.execute(state.update().where(state.c.name == "indexed").values(value=mark))

    @contextmanager
    def loading(self, wait_seconds: float) -> Iterator[None]:
        """Hold the one right to load into a database that several machines share; the data folder's own lock keeps
        those of one machine apart. Raises: StoreBusy when another holds it for longer than `wait_seconds`."""
        with errors_in(self._engine.url), load_lock(self._engine, wait_seconds):
            yield

    def copy_to(self, other: Register) -> None:
        """Make another register hold what this one holds at this moment, in one step that its readers see whole."""
        with self._read() as source, other._write() as target:
            copy_all(source, target)
            writing.changed(target)

    def faults(self) -> list[str]:
        """What is wrong inside the register, in sentences; nothing where it is sound."""
        with self._read() as connection:
            return list(faults_in(connection))

    # ------------------------------------------------------------ inside

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        held = held_of(self._engine)
        with errors_in(self._engine.url), held.connection() if held else reading(self._engine) as connection:
            try:
                yield connection
            except (LookupError, TypeError, AttributeError) as error:  # a row that nobody wrote
                raise ValueError(f"{type(error).__name__}: {error}") from error

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with errors_in(self._engine.url), self._engine.execution_options(writes=True).begin() as connection:
            yield connection
        if held := held_of(self._engine):
            held.let_go()

    def _once(self, name: str, audience: Audience, read: Callable[[Connection], T]) -> T:
        """What is read for an audience, once for each state."""
        stamp = self.stamp
        of, known = self._known
        if of != stamp or len(known) > _KNOWN_AT_MOST:
            known = {}
            self._known = stamp, known
        if (name, audience) not in known:
            with self._read() as connection:
                known[name, audience] = read(connection)
        return cast("T", known[name, audience])

    def _noted(self, name: str) -> str:
        held = held_of(self._engine)
        if held and name in held.notes:
            return held.notes[name]
        with self._read() as connection:
            found = connection.scalar(_NOTED, {"noted": name}) or ""
        if held:
            held.notes[name] = found
        return found

    def _clause(self, audience: Audience, where: Filter) -> ColumnElement[bool]:
        def reworded() -> list[Action]:
            with self.one_state():
                whole = {row.id: row for row in self.rows(audience - {Care.FEW_ROUNDED})}
                return [row for row in self.rows(audience) if row != whole[row.id]]

        told_otherwise = partial(self._once, "reworded", audience, lambda _: reworded())
        matching = partial(ACTION_WORDS.matching, self._engine.dialect.name)
        return clause(where, matching, told_otherwise if Care.FEW_ROUNDED in audience else None)

    def _records(self, made: Made[T], table: Table, audience: Audience, *where: ColumnElement[bool]) -> list[T]:
        statement = _visible(select(table, *OF_SOURCE), table, audience).where(*where)
        with self._read() as connection:
            found = connection.execute(statement.order_by(sources.c.document, table.c.position)).mappings()
            return [made(told(audience, row)) for row in found]

    def _labelled(
        self, kind: Callable[..., T], table: Table, audience: Audience, *where: ColumnElement[bool]
    ) -> list[T]:
        """The passages, or entries of keys, each with the document and the label of its source."""

        def made(row: Mapping[Any, Any]) -> T:
            return codec.record_of(kind, row, table, document=row["document"], label=Label(row["label"]))

        return self._records(made, table, audience, *where)

    def _of_document(
        self, made: Made[T], audience: Audience, document: str, table: Table, *columns: ColumnElement[Any]
    ) -> list[T]:
        found = select(sources.c.number).where(may_see(audience), sources.c.document == document)
        with self._read() as connection:
            number = connection.scalar(found)
            if number is None:
                raise RecordNotFound(f'No document is called "{document}". List them: plan-assistant sources')
            statement = select(*columns).where(table.c.source == number).order_by(table.c.position)
            return [made(told(audience, row)) for row in connection.execute(statement).mappings()]


def _visible(statement: Select[Any], table: Table, audience: Audience) -> Select[Any]:
    return statement.select_from(table.join(sources)).where(may_see(audience))


def _held(row: Mapping[Any, Any]) -> Held:
    counted = {name: row[name] for name in ("actions", "passages")}
    source = codec.record_of(Source, row, sources)
    return codec.record_of(Held, row, sources, source=source, digest=row["load_digest"], **counted)


def _number_of(table: Table) -> Any:
    return select(func.count()).where(table.c.source == sources.c.number).scalar_subquery()
