"""The index on a real Chroma folder, with vectors that can be worked out in the head."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.embedded_text import text_digest
from assistant.errors import IndexMismatch, StoreBusy, StoreError
from assistant.index import FOLDER, Index
from assistant.locks import hold, write_lock
from assistant.records import OWNER
from assistant.register import Register
from assistant.settings import Settings
from assistant.vectors import IndexedEmbedder, embed_into, is_current, mend, mend_if_free
from tests.fakes import LetterEmbedder
from tests.readings import a_reading

WORDS = {text_digest(text): text for text in ("aa", "ab", "bb")}
AA, AB, BB = WORDS


class Clock:
    """A state of the register that a test moves by hand."""

    def __init__(self) -> None:
        self.now = 1

    def __call__(self) -> str:
        return str(self.now)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def index(tmp_path: Path, embedder: LetterEmbedder, clock: Clock) -> Index:
    index = Index(tmp_path, embedder.model, embedder.dimension, clock)
    embed_into(index, embedder, WORDS)
    return index


def test_vectors_come_back_by_digest_and_an_absent_one_is_zero(index: Index, embedder: LetterEmbedder) -> None:
    vectors = index.vectors([BB, "absent", AA])
    assert np.allclose(vectors[[0, 2]], embedder.embed(["bb", "aa"]))
    assert not vectors[1].any()
    assert index.missing([AA, "absent", "absent"]) == ["absent"]


def test_search_ranks_only_what_may_be_seen_and_every_one_of_it(index: Index, embedder: LetterEmbedder) -> None:
    [near_a] = embedder.embed(["a"])
    assert [hit.id for hit in index.search(near_a, 5, [AA, AB, BB, "absent"])] == [AA, AB, BB]
    assert [hit.id for hit in index.search(near_a, 1, [AB, BB])] == [AB]
    assert index.search(near_a, 5, [AA])[0].score == pytest.approx(1)
    assert index.search(near_a, 5, []) == []


def test_a_vector_of_another_length_is_refused(index: Index) -> None:
    with pytest.raises(IndexMismatch, match="3 numbers"):
        index.search(np.ones(3, dtype=np.float32), 1, [AA])


def test_an_index_that_is_not_there_is_empty(tmp_path: Path, clock: Clock) -> None:
    index = Index(tmp_path, "m@1", 26, clock)
    assert not index.exists
    assert not index.vectors([AA]).any()
    assert not (tmp_path / FOLDER).exists()


def test_a_reader_sees_a_write_when_the_generation_moves(
    tmp_path: Path, index: Index, clock: Clock, embedder: LetterEmbedder
) -> None:
    reader = Index(tmp_path, embedder.model, embedder.dimension, clock)
    assert reader.missing([AA, "new"]) == ["new"]
    index.add({"new": embedder.embed(["c"])[0]})
    index.keep_only({"new", BB})
    clock.now += 1
    assert reader.missing([AA, BB, "new"]) == [AA]


def test_another_model_has_vectors_of_its_own(tmp_path: Path, index: Index, clock: Clock) -> None:
    assert index.digests() == set(WORDS)
    assert Index(tmp_path, "other@2", 26, clock).digests() == set()


def test_an_opening_waits_for_another(tmp_path: Path) -> None:
    with (
        hold(tmp_path / "x.lock", 1),
        pytest.raises(StoreBusy, match=r"waited 0\.05 seconds"),
        hold(tmp_path / "x.lock", 0.05),
    ):
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(StoreError, match=r"data folder .* cannot be written.*--data-dir"),
        write_lock(tmp_path / "file" / "data", 1),
    ):
        pass


# ---------------------------------------------------------------- the index and the register together


@pytest.fixture
def register(tmp_path: Path) -> Register:
    register = Register.open(tmp_path)
    register.replace(a_reading("Audit", "Train", passages=("Foreword words.",)))
    return register


def _index(register: Register, tmp_path: Path, embedder: LetterEmbedder) -> Index:
    return Index(tmp_path, embedder.model, embedder.dimension, lambda: register.stamp)


def test_mending_adds_what_is_missing_and_drops_what_nothing_points_to(
    register: Register, tmp_path: Path, embedder: LetterEmbedder
) -> None:
    index = _index(register, tmp_path, embedder)
    index.add({"orphan": embedder.embed(["z"])[0]})
    assert not is_current(register, index, embedder)
    assert mend(register, index, embedder) == 3
    assert index.digests() == {text_digest(text) for text in ("Audit", "Train", "Foreword\nForeword words.")}
    assert is_current(register, index, embedder)
    assert mend(register, index, embedder) == 0


def test_a_damaged_index_is_made_anew(register: Register, tmp_path: Path, embedder: LetterEmbedder) -> None:
    index = _index(register, tmp_path, embedder)
    mend(register, index, embedder)
    (tmp_path / FOLDER / "chroma.sqlite3").write_bytes(b"rubbish" * 1_000)
    register.mark_indexed("")
    with pytest.raises(StoreError, match=r"index .* is damaged"):
        _index(register, tmp_path, embedder).vectors([AA])
    assert mend(register, index, embedder) == 3
    assert register.count(OWNER) == 2


def test_texts_of_the_register_are_looked_up_and_only_others_embedded(
    register: Register, tmp_path: Path, embedder: LetterEmbedder
) -> None:
    index = _index(register, tmp_path, embedder)
    mend(register, index, embedder)
    asked = LetterEmbedder()
    vectors = IndexedEmbedder(index, asked).embed(["Audit", "a question", "Train"])
    assert asked.asked == ["a question"]
    assert np.allclose(vectors, LetterEmbedder().embed(["Audit", "a question", "Train"]))


def test_a_text_is_embedded_once_however_often_it_is_asked(
    register: Register, tmp_path: Path, embedder: LetterEmbedder
) -> None:
    both = IndexedEmbedder(_index(register, tmp_path, embedder), embedder)
    assert np.allclose(both.embed(["one"]), both.embed(["two", "one"])[1])
    assert embedder.asked == ["one", "two"]


def test_an_index_that_cannot_be_used_changes_no_vector_and_is_said(
    register: Register, tmp_path: Path, embedder: LetterEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "chroma.sqlite3").write_bytes(b"rubbish" * 1_000)
    vectors = IndexedEmbedder(_index(register, tmp_path, embedder), embedder).embed(["Audit"])
    assert np.allclose(vectors, LetterEmbedder().embed(["Audit"]))
    assert "A load mends it" in caplog.text


@pytest.mark.slow
def test_a_server_mends_the_index_unless_a_load_is_under_way(
    register: Register, settings: Settings, tmp_path: Path
) -> None:
    here = settings.model_copy(update={"data_dir": tmp_path})
    with write_lock(tmp_path, 1):
        assert mend_if_free(here, register) == 0
    assert mend_if_free(here, register) == 3


def test_an_index_that_is_gone_changes_no_vector(register: Register, tmp_path: Path, embedder: LetterEmbedder) -> None:
    index = _index(register, tmp_path, embedder)
    assert np.allclose(IndexedEmbedder(index, embedder).embed(["Audit"]), LetterEmbedder().embed(["Audit"]))
