"""Damaged stores are noticed in our own words, and the load that the message names mends the index: a quarter of the
ways of `tests.battery.damage`."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.conditions import Condition, Field, Operator
from assistant.errors import StoreError
from assistant.labels import OWNER, Audience, Care
from assistant.locks import is_full
from assistant.register import FILE_NAME, Register
from assistant.settings import Settings, read_settings
from tests.battery.damage import WAYS, made, of_index, of_register, of_vectors

Met = Callable[[Path, Settings, str], Iterator[str]]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made(folder := tmp_path_factory.mktemp("stores") / "sound")
    return folder


@pytest.fixture
def store(sound: Path, tmp_path: Path) -> tuple[Path, Settings]:
    """A folder of plans, and the settings of a data folder that may be damaged."""
    shutil.copytree(sound, tmp_path, dirs_exist_ok=True)
    return tmp_path / "plans", read_settings(data_dir=tmp_path / "data")


@pytest.mark.parametrize("met", [of_register, of_index, of_vectors])
@pytest.mark.parametrize("way", list(WAYS)[::4])
def test_damage_is_noticed_and_said_with_its_remedy(
    store: tuple[Path, Settings], met: Met, way: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert not list(met(*store, way))
    assert "panicked" not in capfd.readouterr().err


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE sources DROP COLUMN warnings",
        "DROP TABLE action_terms",
        "UPDATE actions SET action = replace(action, 'files', 'tiles') WHERE position = 7",
        "UPDATE actions SET due = '2027-06-30' WHERE position = 7",
        "UPDATE actions SET locator = '{\"code\": 1}'",
        "UPDATE actions SET flags = '[{\"co]e\": 1}]'",
        "UPDATE actions SET status = 'begun'",
        "UPDATE source_lines SET locator = '[3]'",
        "UPDATE source_rows SET cells = '[[1, 2], 3]'",
    ],
)
def test_a_register_that_holds_what_was_never_written_says_so(store: tuple[Path, Settings], change: str) -> None:
    file = store[1].data_dir / FILE_NAME
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(change)
        connection.commit()
    for audience in (OWNER, OWNER | {Care.FEW_ROUNDED}):
        with pytest.raises(StoreError, match=r"register\.sqlite.* damaged.*plan-assistant ingest FOLDER"):
            read_through(store[1].data_dir, audience)


def read_through(data_dir: Path, audience: Audience) -> None:
    with closing(Register.open(data_dir, create=False)) as register:
        register.rows(audience)
        register.ids(audience, Condition(Field.OWNER, Operator.IS, ("Manager 7",)))
        for source in register.held(audience):
            register.lines(audience, source.source.document)
            register.table_rows(audience, source.source.document)


@pytest.mark.parametrize("words", ["database or disk is full", "No space left on device"])
def test_a_full_disk_is_called_that(words: str) -> None:
    inner = RuntimeError(words)
    outer = StoreError("The index failed")
    outer.__cause__ = inner
    assert is_full(outer)
    assert is_full(OSError(errno.ENOSPC, "x"))
    assert not is_full(OSError(errno.EACCES, "x"))
