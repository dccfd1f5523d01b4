"""One answer, one state: beside a load, on both databases; and registers of an older form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from assistant.errors import StoreBusy, StoreError
from assistant.records import OWNER
from assistant.register import Register
from assistant.register.engine import database_url
from assistant.register.migrations import FORM, OLDEST
from assistant.register.tables import metadata
from tests.assistant import fenbridge
from tests.battery.readers import QUESTIONS, run
from tests.readings import a_reading

READERS, LOADS = 3, 6


@pytest.fixture
def place(register_place: Callable[[], str]) -> str:
    return register_place()


@pytest.fixture
def another(place: str) -> Iterator[Callable[[], Register]]:
    """Opens the register once more, as another process does."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(closing(Register.open(place)))


@pytest.fixture
def register(another: Callable[[], Register]) -> Register:
    return another()


def test_no_answer_beside_loads_mixes_two_states_and_every_load_is_done(place: str) -> None:
    told = run(place, READERS, 0, LOADS)
    assert (told.mixed, told.faults) == (0, [])
    assert told.loads > LOADS
    assert told.answers >= READERS * len(QUESTIONS)


def test_what_is_read_in_one_state_is_of_that_state_whatever_is_written(
    register: Register, another: Callable[[], Register]
) -> None:
    other = another()
    register.replace(a_reading("One"))
    with register.one_state():
        before = register.corpus_version(OWNER), register.stamp
        other.replace(a_reading("One", "Two"))
        assert [row.action for row in register.select(OWNER)] == ["One"]
        assert (register.corpus_version(OWNER), register.stamp) == before
        register.replace(a_reading("One", "Two", "Three"))
        assert register.count(OWNER) == 3
    assert register.stamp not in before


def test_a_view_that_outlives_its_state_is_not_read_on(register: Register) -> None:
    register.replace(fenbridge.plan_reading())
    desk = fenbridge.assistant(register).desk(OWNER)
    assert desk.view.rows
    register.replace(a_reading("One", document="other.txt"))
    with pytest.raises(StoreBusy, match="Ask again"):
        assert desk.view.passages


def test_one_load_at_a_time_writes_to_a_database_that_machines_share(
    register: Register, place: str, another: Callable[[], Register]
) -> None:
    if "://" not in place:
        pytest.skip("a SQLite file is of one machine, whose loads the data folder's lock keeps apart")
    other = another()
    with (
        register.loading(1),
        pytest.raises(StoreBusy, match=r"waited 0\.1 seconds"),
        other.loading(0.1),
    ):
        pass
    with other.loading(0.1):
        pass


def test_an_id_is_not_given_again_when_a_document_comes_back(register: Register) -> None:
    register.replace(a_reading("One", "Two", passages=("Words.",)))
    first = {row.id for row in register.select(OWNER)} | {one.id for one in register.passages(OWNER)}
    for _ in range(2):
        register.remove("fenbridge.txt")
        register.replace(a_reading("One", passages=("Words.",)))
        again = {row.id for row in register.select(OWNER)} | {one.id for one in register.passages(OWNER)}
        assert not first & again
        first |= again


# ---------------------------------------------------------------- forms


FORM_2 = {
    "state": "name value",
    "sources": (
        "number id document document_folded document_words title authority authority_folded authority_words "
        "plan_date period_start period_end label sha256 path loaded_at load_digest content_digest next_action "
        "next_passage set_aside warnings flags continued counts"
    ),
    "actions": (
        "number source position id digest section recommendation ref action action_parent owner owners start "
        "start_text due due_text due_precision due_probable status status_text rag rag_meaning completed_on "
        "success_measure outcome locator quote field_locators flags length"
    ),
    "action_terms": "action field folded words",
    "passages": "number source position id digest heading_path text locator length",
    "plan_keys": "position source kind term meaning locator quote status",
    "source_lines": "position source locator text",
    "source_rows": "position source table_number locator header cells",
}
"""The columns of each table as version 0.2.0 made them; its tables of words had the same names as today's."""


def _aged(place: str, form: int) -> None:
    """Turn a register of today into one of form 2, and say that it is of this form."""
    engine = create_engine(database_url(place))
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX actions_in_brief"))
        for name in ("terms_by_words", "actions_by_success_measure", "actions_by_outcome"):
            connection.execute(text(f"DROP INDEX IF EXISTS {name}"))
        for table in reversed(metadata.sorted_tables):
            if table.name not in FORM_2:
                connection.execute(text(f"DROP TABLE {table.name}"))
                continue
            for column in {each.name for each in table.columns} - set(FORM_2[table.name].split()):
                connection.execute(text(f"ALTER TABLE {table.name} DROP COLUMN {column}"))
        connection.execute(text("DELETE FROM state WHERE name NOT IN ('schema_version', 'indexed')"))
        connection.execute(text("INSERT INTO state (name, value) VALUES ('generation', '7')"))  # of each real one
        connection.execute(text(f"UPDATE state SET value = '{form}' WHERE name = 'schema_version'"))
    engine.dispose()


def test_a_register_of_an_older_form_is_brought_up_and_keeps_everything(
    register: Register, place: str, another: Callable[[], Register]
) -> None:
    register.replace(fenbridge.plan_reading())
    to_be_read_again = [replace(one, digest="") for one in register.held(OWNER)]
    before = (register.select(OWNER), to_be_read_again, register.corpus_version(OWNER))
    register.close()
    _aged(place, OLDEST)
    for _ in range(2):
        opened = another()
        assert (opened.select(OWNER), opened.held(OWNER), opened.corpus_version(OWNER)) == before
    assert opened.stamp
    opened.remove(fenbridge.PLAN)


@pytest.mark.parametrize("form", [1, FORM + 1])
def test_a_form_that_this_program_does_not_know_is_named(register: Register, place: str, form: int) -> None:
    register.close()
    _aged(place, form)
    with pytest.raises(StoreError, match=rf"its form is {form}.*reads {OLDEST} to {FORM}"):
        Register.open(place)


def test_a_file_keeps_a_log_so_that_nobody_waits(tmp_path: Path) -> None:
    opened = Register.open(tmp_path)
    opened.replace(a_reading("One"))
    assert (tmp_path / "register.sqlite-wal").exists()
    opened.close()
    assert not (tmp_path / "register.sqlite-wal").exists()


def test_a_folder_that_may_only_be_read_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Register.open(tmp_path / "held here")) as opened:
        opened.replace(a_reading("One"))
    monkeypatch.setattr("assistant.register.engine.os.access", lambda *_: False)
    with closing(Register.open(tmp_path / "held here", create=False)) as shut:
        assert [row.action for row in shut.select(OWNER)] == ["One"]
        assert not (tmp_path / "held here" / "register.sqlite-shm").exists()
        with pytest.raises(StoreError, match="cannot be opened or written"):
            shut.remove("fenbridge.txt")
