"""Loading with a reader of lines and an embedder of letters: the register, the index and the locks are real."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.errors import ExtractionError, QuarantinedError, StoreBusy, StoreError
from assistant.index import Index
from assistant.locks import write_lock
from assistant.records import OWNER, Label, Reading, SourceDetails
from assistant.register import FILE_NAME, Register
from assistant.settings import Settings
from assistant.vectors import is_current, wanted_texts
from ingest.load import Read, Step, load
from ingest.report import DocumentReport, LoadReport, LoadStatus
from tests.fakes import LetterEmbedder
from tests.readings import read_lines


class Folder:
    """A folder of plans and the data folder beside it."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self.root, self.settings = root, settings
        self.embedder = LetterEmbedder()
        root.mkdir()

    def write(self, name: str, *lines: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    def load(self, *paths: Path, read: Read = read_lines) -> LoadReport:
        self.embedder = LetterEmbedder()
        return load(paths or [self.root], self.settings, read=read, embedder=self.embedder)

    @property
    def register(self) -> Register:
        return Register.open(self.settings.data_dir, create=False)

    def rows(self) -> list[tuple[str, str]]:
        return [(row.document, row.action) for row in self.register.select(OWNER)]

    def ids(self) -> dict[str, str]:
        return {row.action: row.id for row in self.register.select(OWNER)}


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Folder:
    return Folder(tmp_path / "plans", settings)


def _one(report: LoadReport) -> DocumentReport:
    [document] = report.documents
    return document


# ---------------------------------------------------------------- again and changed


def test_a_load_reports_every_document(folder: Folder) -> None:
    folder.write("a.txt", "Audit", "Train")
    folder.write("b.txt", "Review", "? scribble")
    report = folder.load()
    assert [(each.document, each.status, each.change.actions) for each in report.documents] == [
        ("a.txt", LoadStatus.COMPLETE, 2),
        ("b.txt", LoadStatus.PARTIAL, 1),
    ]
    assert report.as_dict()["documents"][1]["set_aside"] == [
        {"locator": {"line_start": 2, "line_end": 2}, "reason": "a line that nobody understands"}
    ]
    assert report.corpus_version == folder.register.corpus_version(OWNER)
    assert not report.failed


def test_the_same_files_again_write_and_embed_nothing(folder: Folder) -> None:
    folder.write("a.txt", "Audit", "Train")
    first = folder.load()
    generation = folder.register.generation
    before = (folder.settings.data_dir / FILE_NAME).read_bytes()
    again = folder.load()
    assert _one(again).status is LoadStatus.UNCHANGED
    assert _one(again).change.rewritten == 0
    assert folder.embedder.asked == []
    assert folder.register.generation == generation
    assert (folder.settings.data_dir / FILE_NAME).read_bytes() == before
    assert again.corpus_version == first.corpus_version


def test_one_changed_row_is_rewritten_and_embedded_alone(folder: Folder) -> None:
    folder.write("a.txt", "1|Audit every case", "2|Train carers", "3|Review contract")
    folder.load()
    ids = folder.ids()
    folder.write("a.txt", "1|Audit every case", "2|Train carers and staff", "3|Review contract")
    change = _one(folder.load()).change
    assert (change.changed, change.same, change.new, change.removed, change.rewritten) == (1, 2, 0, 0, 1)
    assert folder.embedder.asked == ["Train carers and staff"]
    assert folder.ids()["Train carers and staff"] == ids["Train carers"]


def test_a_row_keeps_its_id_when_lines_move(folder: Folder) -> None:
    folder.write("a.txt", "Audit", "Train")
    folder.load()
    ids = folder.ids()
    folder.write("a.txt", "", "Review", "Train", "Audit")
    folder.load()
    assert {words: folder.ids()[words] for words in ids} == ids


def test_a_file_loaded_by_name_and_by_folder_is_one_document(folder: Folder) -> None:
    path = folder.write("a.txt", "Audit")
    folder.load()
    assert _one(folder.load(path)).status is LoadStatus.UNCHANGED
    assert _one(folder.load(path, folder.root)).status is LoadStatus.UNCHANGED


def test_a_changed_manifest_is_a_change(folder: Folder) -> None:
    folder.write("a.txt", "Audit")
    folder.load()
    folder.write("manifest.toml", "[[source]]", 'file = "a.txt"', 'title = "Plan A"', 'label = "restricted"')
    assert _one(folder.load()).status is LoadStatus.COMPLETE
    [source] = folder.register.sources(OWNER)
    assert (source.title, source.label) == ("Plan A", Label.RESTRICTED)
    assert folder.register.count(frozenset({Label.PUBLIC, Label.INTERNAL})) == 0


# ---------------------------------------------------------------- gone, moved, and of one name


def test_a_file_gone_from_its_folder_is_removed_with_its_rows_and_vectors(folder: Folder) -> None:
    folder.write("keep.txt", "Audit")
    folder.write("gone.txt", "Train")
    folder.load()
    (folder.root / "gone.txt").unlink()
    report = folder.load()
    assert report.removed == (("gone.txt", 1),)
    assert folder.rows() == [("keep.txt", "Audit")]
    assert _held_vectors(folder) == set(_wanted(folder))


def test_a_load_of_one_file_removes_nothing(folder: Folder) -> None:
    path = folder.write("a.txt", "Audit")
    folder.write("b.txt", "Train")
    folder.load()
    (folder.root / "b.txt").unlink()
    folder.load(path)
    assert len(folder.rows()) == 2


def test_a_folder_that_was_moved_keeps_its_ids(folder: Folder, tmp_path: Path) -> None:
    folder.write("a.txt", "Audit")
    folder.load()
    ids = folder.ids()
    folder.root.rename(tmp_path / "moved")
    report = folder.load(tmp_path / "moved")
    assert _one(report).status is LoadStatus.UNCHANGED
    assert folder.ids() == ids
    (tmp_path / "moved" / "a.txt").unlink()
    assert folder.load(tmp_path / "moved").removed == (("a.txt", 1),)


def test_two_files_of_one_name_are_both_held(folder: Folder) -> None:
    folder.write("2025/plan.txt", "Audit")
    folder.write("2026/plan.txt", "Train")
    folder.load()
    assert folder.rows() == [("2026/plan.txt", "Train"), ("plan.txt", "Audit")]
    assert len({row.id for row in folder.register.select(OWNER)}) == 2
    assert {each.status for each in folder.load().documents} == {LoadStatus.UNCHANGED}
    folder.write("2025/plan.txt", "Audit", "Review")
    folder.load()
    assert dict(folder.rows())["2026/plan.txt"] == "Train"
    assert len(folder.rows()) == 3


def test_a_copy_in_another_folder_is_held_once_and_said(folder: Folder) -> None:
    folder.write("one/plan.txt", "Audit")
    folder.write("two/plan.txt", "Audit")
    first, second = folder.load().documents
    assert (first.status, second.status) == (LoadStatus.COMPLETE, LoadStatus.UNCHANGED)
    assert "is a copy of" in second.warnings[0].words
    assert folder.register.count(OWNER) == 1


def test_the_same_bytes_under_another_name_are_said_to_count_twice(folder: Folder) -> None:
    folder.write("plan.txt", "Audit")
    folder.write("plan (copy).txt", "Audit")
    warned = [warning.words for each in folder.load().documents for warning in each.warnings]
    assert warned == ['it holds the same bytes as "plan (copy).txt", so its rows count twice']


# ---------------------------------------------------------------- what cannot be taken in


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
    assert "the limit is 100" in (_one(report).reason or "")


def _must_not_read(path: Path, _details: SourceDetails) -> Reading:
    raise AssertionError(f"{path} was read")


def test_what_was_held_stays_when_its_file_becomes_unreadable(folder: Folder) -> None:
    path = folder.write("a.txt", "Audit")
    folder.load()
    path.write_bytes(b"\0")
    report = _one(folder.load())
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

    def read(path: Path, details: SourceDetails) -> Reading:
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
    assert _one(folder.load(folder.root / "README.md")).status is LoadStatus.COMPLETE


def test_an_empty_folder_is_said(folder: Folder) -> None:
    report = folder.load()
    assert report.documents == ()
    assert "no document" in report.warnings[0]


# ---------------------------------------------------------------- one writer, any reader


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
    index = Index(folder.settings.data_dir, folder.embedder.model, folder.embedder.dimension, lambda: reader.generation)
    assert index.missing(_wanted(folder)) == []
    folder.write("b.txt", "Train")
    folder.load()
    assert reader.count(OWNER) == 2
    assert index.missing(_wanted(folder)) == []


def test_vectors_stand_before_the_rows_that_need_them(folder: Folder) -> None:
    folder.write("a.txt", "Audit")
    folder.load()
    reader = folder.register
    index = Index(folder.settings.data_dir, folder.embedder.model, folder.embedder.dimension, lambda: reader.generation)
    gaps: list[Sequence[str]] = []

    def look(_step: Step) -> None:
        gaps.append(index.missing(list(wanted_texts(reader.select(OWNER), reader.passages(OWNER)))))

    folder.write("b.txt", "Train")
    folder.write("c.txt", "Review")
    load([folder.root], folder.settings, look, read_lines, LetterEmbedder())
    assert len(gaps) > 3
    assert not any(gaps)


def test_a_load_that_stopped_before_its_vectors_were_tidied_is_mended(folder: Folder) -> None:
    folder.write("a.txt", "Audit")
    folder.load()
    register = folder.register
    index = Index(
        folder.settings.data_dir, folder.embedder.model, folder.embedder.dimension, lambda: register.generation
    )
    register.mark_indexed("")
    index.keep_only(set())
    index.add({"orphan": folder.embedder.embed(["z"])[0]})
    report = folder.load()
    assert report.mended == 1
    assert _held_vectors(folder) == set(_wanted(folder))
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


def _wanted(folder: Folder) -> list[str]:
    register = folder.register
    return list(wanted_texts(register.select(OWNER), register.passages(OWNER)))


def _held_vectors(folder: Folder) -> set[str]:
    register = folder.register
    model = LetterEmbedder()
    return Index(folder.settings.data_dir, model.model, model.dimension, lambda: register.generation).digests()
