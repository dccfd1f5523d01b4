"""Opening the database: its URL, its pragmas, its version; and SQLAlchemy's errors turned into ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from assistant.errors import StoreBusy, StoreError
from assistant.register.tables import SCHEMA_VERSION, metadata, state
from assistant.register.words import ACTION_WORDS, PASSAGE_WORDS

FILE_NAME = "register.sqlite"
_BUSY_MILLISECONDS = 15_000


def database_url(place: str | Path) -> URL:
    """The URL of a register: of the SQLite file in a data folder, or the URL itself where `place` is one."""
    if "://" in str(place):
        try:
            return make_url(str(place))
        except ArgumentError as error:
            raise StoreError(f'The database URL "{place}" cannot be read: {error}. See assistant/README.md.') from error
    return URL.create("sqlite", database=str(Path(place) / FILE_NAME))


def open_engine(place: str | Path, create: bool) -> Engine:
    """A connected engine whose tables are there and of this version.

    Raises: StoreError where there is no register and none may be made, or one of another version.
    """
    url = database_url(place)
    if url.get_backend_name() == "sqlite":
        _prepare_folder(Path(url.database or ""), create)
    try:
        engine = create_engine(url)
    except (NoSuchModuleError, ModuleNotFoundError, ArgumentError) as error:
        raise StoreError(
            f"The database {url.render_as_string()} cannot be used: {error}. Install its driver."
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    with errors_in(url), engine.begin() as connection:
        _check_tables(connection, url, create)
    return engine


def _prepare_folder(file: Path, create: bool) -> None:
    if not create and not file.exists():
        raise StoreError(f'No register in "{file.parent}". Load plans first: plan-assistant ingest corpus')
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f'The data folder "{file.parent}" cannot be made: {error.strerror}. Choose another with --data-dir.'
        ) from error


def _set_pragmas(connection: Any, _record: Any) -> None:
    """Transactions are ours to begin, so that several reads inside one see one state of the register."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _check_tables(connection: Connection, url: URL, create: bool) -> None:
    where = url.render_as_string()
    if inspect(connection).has_table(state.name):
        found = connection.scalar(select(state.c.value).where(state.c.name == "schema_version"))
        if found != str(SCHEMA_VERSION):
            raise StoreError(
                f"The register {where} was written by another version of this program (its form is {found}, this "
                f"program reads {SCHEMA_VERSION}). Move the data folder away and load the plans again: "
                "plan-assistant ingest FOLDER"
            )
        return
    if not create:
        raise StoreError(f"No register in {where}. Load plans first: plan-assistant ingest corpus")
    metadata.create_all(connection)
    ACTION_WORDS.create(connection)
    PASSAGE_WORDS.create(connection)
    connection.execute(
        state.insert(),
        [
            {"name": "schema_version", "value": str(SCHEMA_VERSION)},
            {"name": "generation", "value": "0"},
            {"name": "indexed", "value": ""},
        ],
    )


@contextmanager
def errors_in(url: URL) -> Iterator[None]:
    """Turn SQLAlchemy's errors into StoreError, saying where and what to do."""
    where = url.database if url.get_backend_name() == "sqlite" else url.render_as_string()
    try:
        yield
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        if "database is locked" in reason:
            raise StoreBusy(f'The register "{where}" is being written. Try again when the load has ended.') from error
        if "readonly" in reason or "unable to open" in reason:
            raise StoreError(
                f'The register "{where}" cannot be opened or written: {reason}. Check that the data folder may be '
                "written, or choose another with --data-dir."
            ) from error
        if "not a database" in reason or "malformed" in reason:
            raise StoreError(
                f'The register "{where}" is damaged or is not a register: {reason}. Move the data folder away and load '
                "the plans again: plan-assistant ingest FOLDER"
            ) from error
        raise StoreError(f'The register "{where}" failed: {reason}. Nothing of this step was kept.') from error
