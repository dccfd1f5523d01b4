"""One writer, any reader, and what a load leaves for the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assistant.errors import StoreBusy, StoreError
from assistant.locks import write_lock
from assistant.records import OWNER, Reading, SourceDetails
from assistant.register import FILE_NAME
from assistant.vectors import is_current, wanted_texts
from ingest.load import Step, load
from ingest.report import LoadStatus
from tests.fakes import LetterEmbedder
from tests.ingest.folders import Folder
from tests.readings import read_lines


def test_a_second_load_waits_and_is_then_refused(folder: Folder) -> None:
    folder.write("a.txt", "Audit")
    folder.settings = folder.settings.model_copy(update={"lock_wait_seconds": 0.05})
    with (
        write_lock(folder.settings.data_dir, 1),
        pytest.raises(StoreBusy, match=r"Another load .* waited 0\.05 seconds"),
    ):
        folder.load()
    assert folder.load().documents[0].status is LoadStatus.COMPLETE


def test_an_open_reader_sees_rows_and_vectors_of_a_load_beside_it(folder: Folder) -> None:
    folder.write("a.txt", "Audit")
    folder.load()
    reader = folder.register
    index = folder.index()
    assert index.missing(folder.wanted()) == []
    folder.write("b.txt", "Train")
    folder.load()
    assert reader.count(OWNER) == 2
    assert index.missing(folder.wanted()) == []


def test_vectors_stand_before_the_rows_that_need_them(folder: Folder) -> None:
    folder.write("a.txt", "Audit")
    folder.load()
    reader = folder.register
    index = folder.index()
    gaps: list[Sequence[str]] = []

    def look(_step: Step) -> None:
        gaps.append(index.missing(list(wanted_texts(reader.select(OWNER), reader.passages(OWNER)))))

    folder.write("b.txt", "Train")
    folder.write("c.txt", "Review")
    load([folder.root], folder.settings, look, read_lines, LetterEmbedder())
    assert len(gaps) > 3
    assert not any(gaps)


def test_progress_is_told_by_document_and_page(folder: Folder) -> None:
    folder.write("a.txt", "Audit")
    folder.write("b.txt", "Train")
    steps: list[Step] = []

    def read(path: Path, details: SourceDetails, progress: Callable[[int, int], None]) -> Reading:
        progress(2, 7)
        return read_lines(path, details)

    load([folder.root], folder.settings, steps.append, read, LetterEmbedder())
    assert [(step.document, step.number, step.of) for step in steps if step.doing == "write"] == [
        ("a.txt", 1, 2),
        ("b.txt", 2, 2),
    ]
    assert Step("a.txt", 1, 2, "read", 2, 7) in steps


def test_a_load_that_stopped_before_its_vectors_were_tidied_is_mended(folder: Folder) -> None:
    folder.write("a.txt", "Audit")
    folder.load()
    register = folder.register
    index = folder.index()
    register.mark_indexed("")
    index.keep_only(set())
    index.add({"orphan": folder.embedder.embed(["z"])[0]})
    index.keep_only({"orphan"})
    report = folder.load()
    assert report.mended == 1
    assert folder.index().digests() == set(folder.wanted())
    assert is_current(register, index, folder.embedder)


def test_a_data_folder_that_cannot_be_written_is_named_and_nothing_is_lost(folder: Folder, tmp_path: Path) -> None:
    folder.write("a.txt", "Audit")
    (tmp_path / "file").write_text("in the way")
    folder.settings = folder.settings.model_copy(update={"data_dir": tmp_path / "file"})
    with pytest.raises(StoreError, match=r"cannot be written.*--data-dir"):
        folder.load()


def test_a_register_that_fails_while_writing_keeps_what_it_held(folder: Folder) -> None:
    folder.write("a.txt", "Audit")
    folder.load()
    with sqlite3.connect(folder.settings.data_dir / FILE_NAME) as connection:
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON passages BEGIN SELECT RAISE(ABORT, 'disk full'); END")
        connection.execute(
            "CREATE TRIGGER full2 BEFORE INSERT ON plan_keys BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
        connection.execute(
            "CREATE TRIGGER full3 BEFORE INSERT ON source_lines BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    connection.close()
    folder.write("a.txt", "Audit", "Train")
    with pytest.raises(StoreError, match="disk full"):
        folder.load()
    assert folder.rows() == [("a.txt", "Audit")]
