"""What a load does not take in: the rest is loaded, and what was held stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.errors import ExtractionError, QuarantinedError
from assistant.records import Reading, SourceDetails
from assistant.settings import Settings
from ingest.load import load
from ingest.manifest import release
from ingest.report import LoadReport, LoadStatus
from tests.fakes import LetterEmbedder
from tests.ingest.folders import Folder, only
from tests.readings import read_lines


def test_a_bad_file_is_rejected_and_the_rest_is_loaded(folder: Folder) -> None:
    folder.write("a.txt", "Audit")
    (folder.root / "binary.txt").write_bytes(b"\0\1\2")
    (folder.root / "empty.txt").write_bytes(b"")
    report = folder.load(folder.root, folder.root / "unknown.txt")
    told = {each.document: (each.status, each.reason or "") for each in report.documents}
    assert report.failed
    assert told["a.txt"][0] is LoadStatus.COMPLETE
    assert told["binary.txt"] == (LoadStatus.REJECTED, "binary.txt: this is not text.")
    assert "it is empty" in told["empty.txt"][1]
    assert "no such file or folder" in told[str(folder.root / "unknown.txt")][1]
    assert folder.rows() == [("a.txt", "Audit")]


def test_a_file_beyond_the_limit_is_rejected_unread(folder: Folder) -> None:
    path = folder.write("a.txt", "Audit " * 100)
    small = folder.settings.model_copy(update={"file_bytes": 100})
    report = load([path], small, read=_must_not_read, embedder=LetterEmbedder())
    assert "the limit is 100" in (only(report).reason or "")


def _must_not_read(path: Path, *_others: object) -> Reading:
    raise AssertionError(f"{path} was read")


def test_what_was_held_stays_when_its_file_becomes_unreadable(folder: Folder) -> None:
    path = folder.write("a.txt", "Audit")
    folder.load()
    path.write_bytes(b"\0")
    report = only(folder.load())
    assert (report.status, report.change.actions) == (LoadStatus.REJECTED, 1)
    assert "is kept" in (report.reason or "")
    assert folder.rows() == [("a.txt", "Audit")]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (QuarantinedError("a child's name"), LoadStatus.QUARANTINED),
        (ExtractionError("no table"), LoadStatus.REJECTED),
        (ZeroDivisionError("division"), LoadStatus.REJECTED),
    ],
)
def test_a_reader_that_fails_ends_one_document_only(folder: Folder, error: Exception, status: LoadStatus) -> None:
    folder.write("a.txt", "Audit")
    folder.write("bad.txt", "Train")

    def read(path: Path, details: SourceDetails, _progress: object) -> Reading:
        if path.name == "bad.txt":
            raise error
        return read_lines(path, details)

    good, bad = folder.load(read=read).documents
    assert (good.status, bad.status) == (LoadStatus.COMPLETE, status)
    assert str(error) in (bad.reason or "")


def test_a_manifest_that_cannot_be_read_keeps_its_folder_out(folder: Folder) -> None:
    """Its labels are not known, and a guess could show what must not be seen."""
    folder.write("open/a.txt", "Audit")
    folder.write("shut/b.txt", "Train")
    folder.write("shut/manifest.toml", "[[source]]", 'file = "b.txt"', 'lable = "restricted"')
    assert [each.status for each in folder.load().documents] == [LoadStatus.COMPLETE, LoadStatus.REJECTED]
    assert folder.rows() == [("a.txt", "Audit")]


def test_a_manifest_entry_without_its_file_is_said(folder: Folder) -> None:
    folder.write("a.txt", "Audit")
    folder.write("manifest.toml", "[[source]]", 'file = "b.txt"')
    assert "b.txt, which is not there" in folder.load().warnings[0]


def test_a_readme_hidden_files_and_the_data_folder_are_not_plans(tmp_path: Path, settings: Settings) -> None:
    folder = Folder(tmp_path / "plans", settings.model_copy(update={"data_dir": tmp_path / "plans" / "data"}))
    folder.write("a.txt", "Audit")
    for name in ("README.md", ".hidden/x.txt", ".x.txt", "~$a.docx", "Thumbs.db"):
        folder.write(name, "Train")
    assert [each.document for each in folder.load().documents] == ["a.txt"]
    second = folder.load()
    assert [each.document for each in second.documents] == ["a.txt"]
    assert "README.md: not read" in second.warnings[0]
    assert only(folder.load(folder.root / "README.md")).status is LoadStatus.COMPLETE


def test_an_empty_folder_is_said(folder: Folder) -> None:
    report = folder.load()
    assert report.documents == ()
    assert "no document" in report.warnings[0]


def test_a_file_set_aside_for_children_is_taken_out_and_read_once_it_is_released(folder: Folder) -> None:
    plain = "# Plan\n\n| Action | Lead | Due |\n|---|---|---|\n| Train staff | JB | May 2026 |\n"
    path = folder.root / "plan.md"

    def loaded() -> LoadReport:
        return load([folder.root], folder.settings, embedder=LetterEmbedder())

    path.write_text("Visit Alex Example, DOB 03/04/2015", encoding="utf-8")
    folder.load()
    assert "Alex" in str(folder.rows())
    path.write_text(plain + "| Visit Alex Example, DOB 03/04/2015 | JB | May 2026 |\n", encoding="utf-8")
    aside = only(loaded())
    assert (aside.status, aside.change.actions) == (LoadStatus.QUARANTINED, 0)
    assert "is taken out" in (aside.reason or "")
    assert folder.rows() == []
    release(path)
    released = only(loaded())
    assert released.change.actions == 2
    assert "A person released it" in str(released.as_dict()["warnings"])


def test_a_name_that_is_not_utf8_is_told_and_the_rest_is_loaded(folder: Folder) -> None:
    folder.write("a.txt", "Audit")
    Path(os.fsdecode(os.fsencode(folder.root) + b"/pl\xe9n.txt")).write_text("Audit", encoding="utf-8")
    told = {each.document: each.reason for each in folder.load(folder.root).documents}
    assert "its name is not written in UTF-8" in (told["pl\\udce9n.txt"] or "")
    assert told["a.txt"] is None
