"""Opening the database: its URL, its pragmas, its version; one state for many reads; its errors turned into ours."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pydantic_core import from_json
from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError, SQLAlchemyError

from assistant.errors import StoreBusy, StoreError
from assistant.locks import busy, is_full
from assistant.register.migrations import FORM, bring_up, form_of

FILE_NAME = "register.sqlite"
_BUSY_MILLISECONDS = 15_000
_LOADING, _LOOK_AGAIN_SECONDS = 7_214_902, 0.1


def database_url(place: str | Path) -> URL:
    """The URL of a register: of the SQLite file in a data folder, or the URL itself where `place` is one."""
    if "://" in str(place):
        try:
            return make_url(str(place))
        except ArgumentError as error:
            raise StoreError(f'The database URL "{place}" cannot be read: {error}. See assistant/README.md.') from error
    return URL.create("sqlite", database=str(Path(place) / FILE_NAME))


def database_place(data_dir: Path, url: str | None) -> str | Path:
    """Where the register of a data folder is: at its own URL when one is set."""
    return str(database_url(url)) if url else data_dir


def open_engine(place: str | Path, create: bool) -> Engine:
    """A connected engine whose tables are there and of this version.

    Raises: StoreError where there is no register and none may be made, or one of another version."""
    url = database_url(place)
    where, lite = url.render_as_string(), url.get_backend_name() == "sqlite"
    none = "Load plans first: plan-assistant ingest corpus"
    if lite:
        folder = Path(url.database or "").parent
        if not create and not Path(url.database or "").exists():
            raise StoreError(f'No register in "{folder}". {none}')
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            told = f'The data folder "{folder}" cannot be made: {error.strerror}. Choose another with --data-dir.'
            raise StoreError(told) from error
    try:
        engine = create_engine(_opened_as(url), json_deserializer=from_json)
    except (NoSuchModuleError, ModuleNotFoundError, ArgumentError) as error:
        raise StoreError(f"The database {where} cannot be used: {error}. Install its driver.") from error
    if lite:
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    try:
        with errors_in(url):
            with engine.connect() as connection:
                found = form_of(connection)
            if found is None and not create:
                raise StoreError(f"No register in {engine.url.render_as_string()}. {none}")
            if found != FORM:
                with engine.connect().execution_options(writes=True) as connection, connection.begin():
                    bring_up(connection, engine.url.render_as_string())
    except StoreError:
        engine.dispose()
        raise
    return engine


def _opened_as(url: URL) -> URL:
    """The URL; where the register stands in a folder that may only be read, so that no log can be, as a file that
    nobody changes."""
    file = Path(url.database or "")
    if url.get_backend_name() != "sqlite" or not file.is_file() or os.access(file.parent, os.W_OK):
        return url
    given = {"mode": "ro", "immutable": "1", "uri": "true"}
    return url.set(database=f"file:{quote(str(file.resolve()))}", query=given)


def _set_pragmas(connection: Any, _record: Any) -> None:
    """Transactions are ours to begin, so that several reads inside one see one state of the register. Changes go to a
    log beside the file, so that readers and the writer do not wait for each other; where there can be none, or it
    cannot be switched now, the register works as it is."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys = ON")
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA journal_mode = WAL")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def load_lock(engine: Engine, wait_seconds: float) -> Iterator[None]:
    """PostgreSQL's advisory lock of loads, let go with the connection however the process ends."""
    if engine.dialect.name != "postgresql":
        yield
        return
    until = time.monotonic() + wait_seconds
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.scalar(select(func.pg_try_advisory_lock(_LOADING))):
            if time.monotonic() >= until:
                raise busy(engine.url.render_as_string(), wait_seconds)
            time.sleep(_LOOK_AGAIN_SECONDS)
        try:
            yield
        finally:
            connection.execute(select(func.pg_advisory_unlock(_LOADING)))


@contextmanager
def errors_in(url: URL) -> Iterator[None]:
    """Turn SQLAlchemy's errors into StoreError, saying where and what to do."""
    lite = url.get_backend_name() == "sqlite"
    where = url.database if lite else url.render_as_string()
    mend = "Move the data folder away" if lite else "Look at the database's own log; restore it, or empty it"
    mend += " and load the plans again: plan-assistant ingest FOLDER"
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        told = f'The register "{where}"'
        if "database is locked" in reason:
            raise StoreBusy(f"{told} is being written. Try again when the load has ended.") from error
        kept = "Nothing of this step was kept."
        if is_full(error):
            said = f'The disk of the register "{where}" is full. Make room and try again. {kept}'
        elif "readonly" in reason or "unable to open" in reason:
            may = "Check that the data folder may be written, or choose another with --data-dir."
            said = f"{told} cannot be opened or written: {reason}. {may}"
        elif not lite and isinstance(error, OperationalError):
            start = "Start its database, or correct PLAN_ASSISTANT_DATABASE_URL, and try again."
            said = f"{told} cannot be reached: {reason}. {kept} {start}"
        else:
            said = f"{told} is damaged or is not a register: {reason}. {kept} {mend}"
        raise StoreError(said) from error
    except ValueError as error:
        raise StoreError(
            f'The register "{where}" is damaged: it holds a value that cannot be read ({error}). {mend}'
        ) from error


# ---------------------------------------------------------------- one committed state, whoever writes meanwhile

_HELD: ContextVar[tuple[OneState, ...]] = ContextVar("states", default=())


def reading(engine: Engine) -> Connection:
    """A new connection whose transaction only reads, and sees one state from its first read on."""
    if engine.dialect.name == "postgresql":
        return engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine.connect()


class OneState:
    """A transaction that is opened by the first read and closed by whoever holds the state."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.notes: dict[str, str] = {}
        """What the register says of this state, once it was asked."""
        self._connection: Connection | None = None
        self._using = threading.RLock()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """The connection, for one thread at a time."""
        with self._using:
            if self._connection is None:
                self._connection = reading(self.engine)
            yield self._connection

    def let_go(self) -> None:
        """End the transaction; the next read begins another, of the state of that moment."""
        with self._using:
            self.notes = {}
            if self._connection is not None:
                self._connection.close()
                self._connection = None


def held_of(engine: Engine) -> OneState | None:
    """The state that this thread, or the request that it works for, holds of a database."""
    return next((one for one in _HELD.get() if one.engine is engine), None)


@contextmanager
def one_state(engine: Engine) -> Iterator[OneState]:
    """Hold one state of a database: every read inside sees it. Inside another holding of it, the outer one counts."""
    if outer := held_of(engine):
        yield outer
        return
    own = OneState(engine)
    token = _HELD.set((*_HELD.get(), own))
    try:
        yield own
    finally:
        _HELD.reset(token)
        own.let_go()
