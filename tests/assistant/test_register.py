"""The register on a real SQLite file: reads, audiences, versions, and what a second load keeps."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.conditions import Condition, Field, Operator
from assistant.errors import RecordNotFound, StoreError
from assistant.records import (
    OWNER,
    Flag,
    KeyKind,
    Label,
    Locator,
    PlanKey,
    Rag,
    ReadAs,
    SourceCell,
    SourceRow,
    TableRead,
)
from assistant.register import FILE_NAME, Register
from tests.readings import a_reading, an_action

PUBLIC = frozenset({Label.PUBLIC})
NOBODY: frozenset[Label] = frozenset()


@pytest.fixture
def register(register_place: Callable[[], str]) -> Iterator[Register]:
    register = Register.open(register_place())
    yield register
    register.close()


@pytest.fixture
def on_file(tmp_path: Path) -> Register:
    """A register in a SQLite file, for tests that look into the file."""
    return Register.open(tmp_path)


def test_a_row_comes_back_as_it_was_read(register: Register) -> None:
    row = an_action(
        "Audit case files",
        line=7,
        ref="1.10",
        owner="SM / VH",
        owners=("SM", "VH"),
        due=date(2026, 6, 30),
        due_text="June 26",
        field_locators=(("due", Locator(page=3, box=(1.0, 2.0, 3.0, 4.0))),),
        flags=(Flag("no_status", "No status.", Locator(line_start=7)),),
    )
    register.replace(a_reading(row, plan_date=date(2026, 4, 1), label=Label.PUBLIC))
    [held] = register.select(OWNER)
    assert (held.ref, held.owners, held.due, held.due_text) == ("1.10", ("SM", "VH"), date(2026, 6, 30), "June 26")
    assert (held.locator, held.field_locators, held.flags) == (row.locator, row.field_locators, row.flags)
    assert (held.plan, held.authority, held.plan_date, held.label) == (
        "Fenbridge plan",
        "Fenbridge",
        date(2026, 4, 1),
        Label.PUBLIC,
    )
    assert register.action(OWNER, held.id) == held


def test_passages_keys_flags_and_lines_come_back_in_order(register: Register) -> None:
    key = PlanKey("fenbridge.txt", KeyKind.COLOUR, "Green", "on course", Locator(line_start=2), "Green: on course")
    flag = Flag("no_plan_date", "The document carries no date.")
    register.replace(a_reading("One", "Two", passages=("First words.", "Then more."), keys=(key,), flags=(flag,)))
    assert [passage.text for passage in register.passages(OWNER)] == ["First words.", "Then more."]
    assert len({passage.id for passage in register.passages(OWNER)}) == 2
    assert register.keys(OWNER) == [PlanKey(**{**_values(key), "label": Label.INTERNAL})]
    assert [held.flags for held in register.held(OWNER)] == [(flag,)]
    assert [text for _, text in register.lines(OWNER, "fenbridge.txt")] == ["One", "Two"]


def test_the_lines_of_tables_come_back_with_their_cells(register: Register) -> None:
    header = SourceRow(0, Locator(line_start=1), (SourceCell("Due", 0), SourceCell("RAG", 1)), header=True)
    cells = (SourceCell("May 2026", 0, row_span=2, says="due"), SourceCell("", 1, column_span=2, colour=Rag.AMBER))
    rows = (header, SourceRow(1, Locator(line_start=2), cells))
    register.replace(replace(a_reading("One", document="x.txt", label=Label.RESTRICTED), rows=rows))
    assert register.table_rows(OWNER, "x.txt") == list(rows)
    with pytest.raises(RecordNotFound, match=r"x\.txt"):
        register.table_rows(PUBLIC, "x.txt")


def _values(key: PlanKey) -> dict[str, object]:
    return {name: getattr(key, name) for name in PlanKey.__slots__}


def test_rows_are_ordered_by_document_and_place_or_as_asked_with_absent_values_last(register: Register) -> None:
    register.replace(a_reading(an_action("Late", due=date(2026, 9, 1)), an_action("Undated"), document="b.txt"))
    register.replace(a_reading(an_action("Early", due=date(2026, 1, 1)), document="a.txt"))
    assert _words(register) == ["Early", "Late", "Undated"]
    assert [row.action for row in register.select(OWNER, order=Field.DUE)] == ["Early", "Late", "Undated"]
    assert [row.action for row in register.select(OWNER, order=Field.DUE, descending=True)] == [
        "Late",
        "Early",
        "Undated",
    ]
    assert [row.action for row in register.select(OWNER, limit=1, offset=1)] == ["Late"]


# ---------------------------------------------------------------- who may see what


def test_what_a_reader_may_not_see_changes_nothing_that_the_reader_sees(register: Register) -> None:
    register.replace(a_reading("Neglect audit", "Fostering review", passages=("On neglect.",), label=Label.PUBLIC))
    seen = _seen(register)
    secret = ("Neglect of neglect", "Neglect neglect audit review", "Something else")
    register.replace(
        a_reading(*secret, document="a-secret.txt", passages=("Neglect, neglect.",), label=Label.RESTRICTED)
    )
    assert _seen(register) == seen
    assert register.count(OWNER) == 5
    assert register.select(NOBODY) == []


def _seen(register: Register) -> list[object]:
    hidden_ids = Condition(Field.WORDS, Operator.CONTAINS, ("neglect",))
    return [
        register.select(PUBLIC),
        register.count(PUBLIC),
        register.count(PUBLIC, hidden_ids),
        register.select(PUBLIC, limit=1),
        register.held(PUBLIC),
        register.passages(PUBLIC),
        register.keys(PUBLIC),
        register.search(PUBLIC, "neglect audit"),
        register.corpus_version(PUBLIC),
    ]


def test_a_hidden_record_is_refused_in_the_same_words_as_one_that_is_not_there(register: Register) -> None:
    register.replace(a_reading("Secret", document="x.txt", label=Label.RESTRICTED))
    [row] = register.select(OWNER)
    with pytest.raises(RecordNotFound) as hidden:
        register.action(PUBLIC, row.id)
    with pytest.raises(RecordNotFound) as absent:
        register.action(OWNER, row.id + "0")
    assert str(hidden.value).replace(row.id, "ID") == str(absent.value).replace(row.id + "0", "ID")
    with pytest.raises(RecordNotFound, match=r"x\.txt"):
        register.lines(PUBLIC, "x.txt")


# ---------------------------------------------------------------- keyword search


def test_keyword_search_finds_word_endings_and_ranks_rare_words_first(register: Register) -> None:
    register.replace(a_reading("Audit plans", "Audit neglected cases", "Audit staff", "Review contracts"))
    found = register.search(OWNER, "audit of neglect")
    texts = [register.action(OWNER, id).action for id in found]
    assert texts[0] == "Audit neglected cases"
    assert set(texts) == {"Audit plans", "Audit neglected cases", "Audit staff"}


@pytest.mark.parametrize("words", ["", "  ", '"', "NEAR(a b)", "a* OR", "col:umn -x ^", "'; DROP TABLE actions; --"])
def test_keyword_search_takes_any_text(register: Register, words: str) -> None:
    register.replace(a_reading("Audit plans"))
    assert register.search(OWNER, words) == {}


def test_keyword_search_follows_a_changed_row(register: Register) -> None:
    register.replace(a_reading("Audit plans", "Train staff"))
    register.replace(a_reading("Audit plans", "Train all foster carers and staff"))
    assert len(register.search(OWNER, "carers")) == 1
    register.remove("fenbridge.txt")
    assert register.search(OWNER, "carers") == {}


# ---------------------------------------------------------------- loading again


def test_the_same_reading_writes_no_row_and_keeps_every_id(register: Register) -> None:
    reading = a_reading("One", "Two", passages=("Words.",))
    first = register.replace(reading)
    ids = [row.id for row in register.select(OWNER)]
    again = register.replace(reading)
    assert (first.new, first.rewritten) == (2, 3)
    assert (again.same, again.new, again.changed, again.removed, again.rewritten) == (2, 0, 0, 0, 0)
    assert [row.id for row in register.select(OWNER)] == ids


@pytest.mark.parametrize("table", ["plan_keys", "source_lines", "kept_tables", "source_rows"])
def test_the_same_reading_writes_no_table_again(on_file: Register, tmp_path: Path, table: str) -> None:
    at = Locator(line_start=1, line_end=1)
    key = PlanKey("fenbridge.txt", KeyKind.COLOUR, "Green", "done", at, "Green: done")
    kept = TableRead(at, ReadAs.BUDGET, "Costs", ("What", "Pounds"), 1)
    shown = SourceRow(0, at, (SourceCell("One", 0),))
    reading = replace(a_reading("One", keys=(key,), tables=(kept,)), rows=(shown,))
    on_file.replace(reading)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute(f"CREATE TRIGGER kept BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'again'); END")
    on_file.replace(reading)
    with pytest.raises(StoreError, match="again"):
        on_file.remove("fenbridge.txt")


def test_one_changed_row_is_one_row_rewritten(register: Register) -> None:
    register.replace(a_reading("One", an_action("Two", line=2, status_text="started"), "Three"))
    before = register.select(OWNER)
    change = register.replace(a_reading("One", an_action("Two", line=2, status_text="done"), "Three"))
    after = register.select(OWNER)
    assert (change.changed, change.same, change.rewritten) == (1, 2, 1)
    assert [row.id for row in after] == [row.id for row in before]
    assert [old.digest == new.digest for old, new in zip(before, after, strict=True)] == [True, False, True]


def test_an_inserted_row_gets_a_new_id_and_shifts_nobody(register: Register) -> None:
    register.replace(a_reading("One", "Two"))
    one, two = (row.id for row in register.select(OWNER))
    change = register.replace(a_reading("Zero", "One", "Two"))
    new, *kept = [row.id for row in register.select(OWNER)]
    assert kept == [one, two]
    assert new not in (one, two)
    assert (change.new, change.same) == (1, 2)


def test_an_id_is_never_given_twice(register: Register) -> None:
    register.replace(a_reading("One", "Two"))
    gone = register.select(OWNER)[1].id
    register.replace(a_reading("One"))
    register.replace(a_reading("One", "Quite another thing"))
    assert gone not in {row.id for row in register.select(OWNER)}


def test_a_removed_document_takes_everything_with_it(on_file: Register, tmp_path: Path) -> None:
    on_file.replace(a_reading("One", document="keep.txt"))
    on_file.replace(a_reading("Two", "Three", passages=("Words.",)))
    assert on_file.remove("fenbridge.txt") == 2
    assert _words(on_file) == ["One"]
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("actions", "passages", "source_lines", "action_words", "passage_words")
        ]
    connection.close()
    assert counts == [1, 0, 1, 1, 0]
    with pytest.raises(RecordNotFound):
        on_file.remove("fenbridge.txt")


def test_the_stamp_changes_with_every_change_and_the_version_depends_on_content_alone(tmp_path: Path) -> None:
    one, other = Register.open(tmp_path / "one"), Register.open(tmp_path / "other")
    stamps = {one.stamp}
    one.replace(a_reading("One", document="a.txt"))
    stamps.add(one.stamp)
    one.replace(a_reading("Two", document="b.txt"))
    other.replace(a_reading("Two", document="b.txt"), loaded_at="2026-01-01")
    other.replace(a_reading("One", document="a.txt"))
    assert len(stamps | {one.stamp}) == 3
    assert one.corpus_version(OWNER) == other.corpus_version(OWNER)
    other.replace(a_reading("One!", document="a.txt"))
    assert one.corpus_version(OWNER) != other.corpus_version(OWNER)


def test_a_second_connection_sees_what_was_written(on_file: Register, tmp_path: Path) -> None:
    reader = Register.open(tmp_path, create=False)
    on_file.replace(a_reading("One"))
    assert (reader.stamp, reader.count(OWNER)) == (on_file.stamp, 1)


# ---------------------------------------------------------------- opening


def test_without_a_register_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"No register in .*nothing.*plan-assistant ingest"):
        Register.open(tmp_path / "nothing", create=False)
    assert not (tmp_path / "nothing").exists()


def test_a_register_of_another_version_is_refused_and_not_touched(on_file: Register, tmp_path: Path) -> None:
    on_file.replace(a_reading("One"))
    on_file.close()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("UPDATE state SET value = '0' WHERE name = 'schema_version'")
    connection.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(StoreError, match=r"another version.*Move the data folder away"):
        Register.open(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_a_file_that_is_no_register_is_refused_and_not_touched(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"These are no tables. " * 100)
    with pytest.raises(StoreError, match="damaged or is not a register"):
        Register.open(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes().startswith(b"These")


@pytest.mark.parametrize("url", ["nonsense://", "mysql+nothing://here/db"])
def test_a_database_that_cannot_be_used_is_named(url: str) -> None:
    with pytest.raises(StoreError, match=r"nonsense|mysql"):
        Register.open(url)


def _words(register: Register) -> list[str]:
    return [row.action for row in register.select(OWNER)]
