"""The drill: a backup under way beside a load, put back over other plans, on either database, and what verify finds."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.backup import back_up, restore, verify
from assistant.errors import StoreError
from assistant.index import Index
from assistant.records import OWNER
from assistant.register import Register, database_place
from assistant.settings import Settings
from ingest.load import load
from tests.assistant import fenbridge
from tests.fakes import LetterEmbedder
from tests.readings import read_lines


@pytest.fixture
def stored(register_place: Callable[[], str], settings: Settings) -> Settings:
    """Settings of an empty register on each database."""
    place = register_place()
    return settings.model_copy(update={"database_url": place if "://" in place else None})


def _load(settings: Settings, folder: Path, **files: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, words in files.items():
        (folder / f"{name}.txt").write_text(words, encoding="utf-8")
    load([folder], settings, read=read_lines, embedder=LetterEmbedder())


def _said(settings: Settings) -> list[tuple[str, str, str]]:
    with closing(Register.open(database_place(settings.data_dir, settings.database_url))) as register:
        return [(row.id, row.document, row.action) for row in register.select(OWNER)]


def test_what_was_backed_up_comes_back_as_it_was_and_is_noticed(stored: Settings, tmp_path: Path) -> None:
    _load(stored, tmp_path / "plans", a="Audit\nTrain", b="Recruit")
    (stored.data_dir / "uploads").mkdir()
    (stored.data_dir / "uploads" / "plan.csv").write_text("Action\nAudit\n")
    before = _said(stored)
    made = back_up(stored, tmp_path / "kept.zip")
    assert (made.documents, made.actions, made.files) == (2, 3, 1)
    with closing(Register.open(database_place(stored.data_dir, stored.database_url))) as served:
        assistant = fenbridge.assistant(served)
        assert assistant.ask("How many actions are there?").total == 3
        _load(stored, tmp_path / "plans", a="Quite another thing", b="Recruit\nKeep", c="Hear the children")
        (stored.data_dir / "uploads" / "plan.csv").unlink()
        assert assistant.ask("How many actions are there?").total == 4
        assert restore(stored, tmp_path / "kept.zip", LetterEmbedder()) == made
        again = assistant.ask("How many actions are there?")
    assert (again.total, again.corpus_version) == (3, made.corpus_version)
    assert _said(stored) == before
    assert (stored.data_dir / "uploads" / "plan.csv").read_text() == "Action\nAudit\n"
    found = verify(stored, LetterEmbedder())
    assert len(found) == 2
    assert all("is not the one that was read" in words for words in found)
    (tmp_path / "plans" / "c.txt").unlink()
    _load(stored, tmp_path / "plans", a="Audit\nTrain", b="Recruit")
    assert verify(stored, LetterEmbedder()) == []


def test_the_rows_of_tables_come_back_too(stored: Settings, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text("Ref,Action,Owner,Due\n1,Audit files,Clerk,1 May 2026\n2,Train carers,Nurse,2 May 2026\n")
    assert not load([plan], stored, embedder=LetterEmbedder()).failed

    def rows() -> list[object]:
        with closing(Register.open(database_place(stored.data_dir, stored.database_url))) as register:
            return list(register.table_rows(OWNER, "plan.csv"))

    before = rows()
    back_up(stored, tmp_path / "kept.zip")
    restore(stored, tmp_path / "kept.zip", LetterEmbedder())
    assert rows() == before
    assert len(before) == 3


def test_a_backup_beside_a_load_is_of_one_state(stored: Settings, tmp_path: Path) -> None:
    _load(stored, tmp_path / "plans", a="Audit 0", b="Train 0")
    ended = threading.Event()

    def write() -> None:
        for number in range(1, 6):
            _load(stored, tmp_path / "plans", a=f"Audit {number}\nMore", b=f"Train {number}")
        ended.set()

    writer = threading.Thread(target=write)
    writer.start()
    made = []
    while not ended.is_set() or not made:
        made.append(back_up(stored, tmp_path / f"{len(made)}.zip"))
    writer.join()
    for number, one in enumerate(made):
        other = stored.model_copy(update={"data_dir": tmp_path / f"other-{number}", "database_url": None})
        assert restore(other, tmp_path / f"{number}.zip", LetterEmbedder()) == one
        assert len(_said(other)) == one.actions


def test_a_file_that_is_no_whole_backup_changes_nothing(stored: Settings, tmp_path: Path) -> None:
    _load(stored, tmp_path / "plans", a="Audit")
    back_up(stored, tmp_path / "kept.zip")
    whole = (tmp_path / "kept.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "words.zip").write_text("not a backup")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("../outside", "x")
    for name in ("cut.zip", "words.zip", "other.zip", "absent.zip"):
        with pytest.raises(StoreError, match=r"no whole backup.*Nothing was changed"):
            restore(stored, tmp_path / name, LetterEmbedder())
    assert [words for _, _, words in _said(stored)] == ["Audit"]
    assert not (tmp_path.parent / "outside").exists()


def test_verify_tells_what_is_missing(stored: Settings, tmp_path: Path) -> None:
    _load(stored, tmp_path / "plans", a="Audit", b="Train")
    assert verify(stored, LetterEmbedder()) == []
    model = LetterEmbedder()
    index = Index(stored.data_dir, model.model, model.dimension)
    index.keep_only(set())
    index.add({"orphan": model.embed(["z"])[0]})
    index.keep_only({"orphan"})
    (tmp_path / "plans" / "a.txt").unlink()
    found = verify(stored, LetterEmbedder())
    assert [words.split(".")[0][:12] for words in found] == ["The file of ", "2 texts of t", "1 vectors be"]
