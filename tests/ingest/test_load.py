"""Loading again, changed, gone and moved, with a reader of lines and an embedder of letters; the stores are real."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.records import OWNER, Label
from assistant.register import FILE_NAME
from ingest.report import LoadStatus
from tests.ingest.folders import Folder, only

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
    stamp = folder.register.stamp
    before = (folder.settings.data_dir / FILE_NAME).read_bytes()
    again = folder.load()
    assert only(again).status is LoadStatus.UNCHANGED
    assert only(again).change.rewritten == 0
    assert folder.embedder.asked == []
    assert folder.register.stamp == stamp
    assert (folder.settings.data_dir / FILE_NAME).read_bytes() == before
    assert again.corpus_version == first.corpus_version


def test_one_changed_row_is_rewritten_and_embedded_alone(folder: Folder) -> None:
    folder.write("a.txt", "1|Audit every case", "2|Train carers", "3|Review contract")
    folder.load()
    ids = folder.ids()
    folder.write("a.txt", "1|Audit every case", "2|Train carers and staff", "3|Review contract")
    change = only(folder.load()).change
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
    assert only(folder.load(path)).status is LoadStatus.UNCHANGED
    assert only(folder.load(path, folder.root)).status is LoadStatus.UNCHANGED


def test_a_changed_manifest_is_a_change(folder: Folder) -> None:
    folder.write("a.txt", "Audit")
    folder.load()
    folder.write("manifest.toml", "[[source]]", 'file = "a.txt"', 'title = "Plan A"', 'label = "restricted"')
    assert only(folder.load()).status is LoadStatus.COMPLETE
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
    assert folder.index().digests() == set(folder.wanted())


@pytest.mark.parametrize("beside", [False, True])
def test_the_plans_of_a_folder_that_lost_all_of_them_are_kept_until_somebody_says_so(
    folder: Folder, beside: bool
) -> None:
    """Also where a file is left that cannot be read."""
    for name in ("a", "b"):
        folder.write(f"{name}.txt", "Audit")
    folder.load()
    if beside:
        (folder.root / "c.docx").write_bytes(b"PK\x03\x04" + bytes(300))
    for name in ("a", "b"):
        (folder.root / f"{name}.txt").unlink()
    report = folder.load()
    assert report.removed == ()
    assert len(folder.rows()) == 2
    assert "all 2 plans that were loaded from it are gone" in " ".join(report.warnings)
    assert len(folder.load(remove_all=True).removed) == 2
    assert folder.rows() == []


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
    assert only(report).status is LoadStatus.UNCHANGED
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
