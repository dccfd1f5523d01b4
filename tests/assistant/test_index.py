"""The index on a real Chroma folder, with vectors that can be worked out in the head."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.embedded_text import text_digest
from assistant.embedding import States
from assistant.errors import StoreBusy, StoreError
from assistant.index import FOLDER, Index
from assistant.locks import hold, write_lock
from assistant.records import OWNER
from assistant.register import Register
from assistant.settings import Settings
from assistant.vectors import IndexedEmbedder, embed_into, is_current, mend, mend_if_free
from tests.battery.damage import WAYS
from tests.fakes import LetterEmbedder
from tests.readings import a_reading

WORDS = {text_digest(text): text for text in ("aa", "ab", "bb")}
AA, AB, BB = WORDS


@pytest.fixture
def index(tmp_path: Path, embedder: LetterEmbedder) -> Index:
    index = Index(tmp_path, embedder.model, embedder.dimension)
    embed_into(index, embedder, WORDS)
    index.keep_only(set(WORDS))
    return index


def test_vectors_come_back_by_digest_and_an_absent_one_is_zero(index: Index, embedder: LetterEmbedder) -> None:
    vectors = index.vectors([BB, "absent", AA])
    assert np.allclose(vectors[[0, 2]], embedder.embed(["bb", "aa"]))
    assert not vectors[1].any()
    assert index.missing([AA, "absent", "absent"]) == ["absent"]


def test_an_index_that_is_not_there_is_empty(tmp_path: Path) -> None:
    index = Index(tmp_path, "m@1", 26)
    assert not index.exists
    assert not index.vectors([AA]).any()
    assert not (tmp_path / FOLDER).exists()


def test_a_reader_sees_a_write_at_once(tmp_path: Path, index: Index, embedder: LetterEmbedder) -> None:
    reader = Index(tmp_path, embedder.model, embedder.dimension)
    assert reader.missing([AA, "new"]) == ["new"]
    index.add({"new": embedder.embed(["c"])[0]})
    index.keep_only({"new", BB})
    assert reader.missing([AA, BB, "new"]) == [AA]


def test_another_model_has_vectors_of_its_own(tmp_path: Path, index: Index) -> None:
    assert index.digests() == set(WORDS)
    assert Index(tmp_path, "other@2", 26).digests() == set()


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


def _index(tmp_path: Path, embedder: LetterEmbedder) -> Index:
    return Index(tmp_path, embedder.model, embedder.dimension)


def test_mending_adds_what_is_missing_and_drops_what_nothing_points_to(
    register: Register, tmp_path: Path, embedder: LetterEmbedder
) -> None:
    index = _index(tmp_path, embedder)
    index.add({"orphan": embedder.embed(["z"])[0]})
    index.keep_only({"orphan"})
    assert not is_current(register, index, embedder)
    assert mend(register, index, embedder) == 3
    assert index.digests() == {text_digest(text) for text in ("Audit", "Train", "Foreword\nForeword words.")}
    assert is_current(register, index, embedder)
    assert mend(register, index, embedder) == 0


def test_a_damaged_index_is_made_anew(register: Register, tmp_path: Path, embedder: LetterEmbedder) -> None:
    index = _index(tmp_path, embedder)
    mend(register, index, embedder)
    (tmp_path / FOLDER / "chroma.sqlite3").write_bytes(b"rubbish" * 1_000)
    register.mark_indexed("")
    with pytest.raises(StoreError, match=r"index .* is damaged"):
        _index(tmp_path, embedder).digests()
    assert mend(register, index, embedder) == 3
    assert register.count(OWNER) == 2


@pytest.mark.parametrize("way", WAYS)
def test_a_damaged_file_of_vectors_changes_no_vector_and_is_made_again_of_what_chroma_keeps(
    register: Register, tmp_path: Path, embedder: LetterEmbedder, way: str
) -> None:
    mend(register, _index(tmp_path, embedder), embedder)
    [file] = (tmp_path / FOLDER).glob("*.f32")
    file.write_bytes(WAYS[way](file.read_bytes()))
    index = _index(tmp_path, embedder)
    found = IndexedEmbedder(index, embedder).embed(["Audit", "Train"])
    assert np.allclose(found, LetterEmbedder().embed(["Audit", "Train"]), atol=1e-3)
    register.mark_indexed("")
    assert mend(register, index, embedder) == 0
    assert index.size == 3
    assert not index.missing([text_digest("Audit"), text_digest("Train")])


def test_what_a_killed_load_left_of_a_record_shifts_nothing(
    tmp_path: Path, index: Index, embedder: LetterEmbedder
) -> None:
    [file] = (tmp_path / FOLDER).glob("*.f32")
    with file.open("ab") as end:
        end.write(b"half a record")
    index.add({"new": embedder.embed(["c"])[0]})
    assert np.allclose(index.vectors(["new", AA]), embedder.embed(["c", "aa"]))


def test_texts_of_the_register_are_looked_up_and_only_others_embedded(
    register: Register, tmp_path: Path, embedder: LetterEmbedder
) -> None:
    index = _index(tmp_path, embedder)
    mend(register, index, embedder)
    asked = LetterEmbedder()
    vectors = IndexedEmbedder(index, asked).embed(["Audit", "a question", "Train"])
    assert asked.asked == ["a question"]
    assert np.allclose(vectors, LetterEmbedder().embed(["Audit", "a question", "Train"]))


def test_a_text_is_embedded_once_however_often_it_is_asked(tmp_path: Path, embedder: LetterEmbedder) -> None:
    both = IndexedEmbedder(_index(tmp_path, embedder), embedder)
    assert np.allclose(both.embed(["one"]), both.embed(["two", "one"])[1])
    assert embedder.asked == ["one", "two"]


@pytest.mark.slow
def test_a_server_mends_the_index_unless_a_load_is_under_way(
    register: Register, settings: Settings, tmp_path: Path
) -> None:
    here = settings.model_copy(update={"data_dir": tmp_path})
    with write_lock(tmp_path, 1):
        assert mend_if_free(here, register) == 0
    assert mend_if_free(here, register) == 3


def test_an_index_that_is_gone_changes_no_vector(tmp_path: Path, embedder: LetterEmbedder) -> None:
    index = _index(tmp_path, embedder)
    assert np.allclose(IndexedEmbedder(index, embedder).embed(["Audit"]), LetterEmbedder().embed(["Audit"]))


class WithStates(LetterEmbedder):
    """Its vector comes with the states of a text's words."""

    def states(self, text: str) -> States:
        return [(0, len(text))], np.zeros((1, self.dimension), dtype=np.float32), super().embed([text])[0]


def test_a_text_whose_words_were_read_is_not_embedded_again(index: Index) -> None:
    model = WithStates()
    held = IndexedEmbedder(index, model)
    held.states("which are late?")
    assert np.array_equal(held.embed(["which are late?"]), LetterEmbedder().embed(["which are late?"]))
    assert model.asked == ["which are late?"]
