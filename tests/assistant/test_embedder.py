"""What every embedder must do, and what ours must agree on."""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from assistant.embedding import Embedder, find_model, open_embedder
from assistant.embedding.engines import TorchEmbedder
from assistant.embedding.export import export
from assistant.errors import SettingsError
from tests.fakes import LetterEmbedder

TEXTS = ["children who run away", "", "missing from home", "budget £1.5m – café", "word " * 2_000]


@cache
def onnx() -> Embedder:
    """The engine of the graph, which is made where set-up has not."""
    assert export(find_model()) is not None
    return open_embedder()


@cache
def sentence_transformers() -> Embedder:
    return TorchEmbedder(find_model(), threads=1)


class EmbedderContract:
    """Inherited by each engine, which gives the fixture `embedder`."""

    def test_a_unit_row_for_each_text_in_their_order(self, embedder: Embedder) -> None:
        vectors = embedder.embed(TEXTS)
        assert vectors.shape == (len(TEXTS), embedder.dimension)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
        for text, vector in zip(TEXTS, vectors, strict=True):
            assert np.allclose(embedder.embed([text])[0], vector, atol=1e-5)

    def test_no_text_gives_no_row(self, embedder: Embedder) -> None:
        assert embedder.embed([]).shape == (0, embedder.dimension)

    def test_the_model_names_its_weights(self, embedder: Embedder) -> None:
        name, _, weights = embedder.model.partition("@")
        assert name
        assert weights


class TestLetters(EmbedderContract):
    @pytest.fixture
    def embedder(self) -> Embedder:
        return LetterEmbedder()


@pytest.mark.slow
class TestOnnx(EmbedderContract):
    @pytest.fixture
    def embedder(self) -> Embedder:
        return onnx()

    def test_like_meanings_are_near(self, embedder: Embedder) -> None:
        runs, missing, budget = embedder.embed(
            ["children who run away", "young people missing from home", "the budget"]
        )
        assert runs @ missing > runs @ budget + 0.2


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # what the libraries below warn of is not ours to mend
class TestTorch(EmbedderContract):
    @pytest.fixture
    def embedder(self) -> Embedder:
        return sentence_transformers()

    def test_both_engines_agree_so_that_they_may_share_an_index(self, embedder: Embedder) -> None:
        other = onnx()
        assert other.model == embedder.model
        assert np.abs(embedder.embed(TEXTS) - other.embed(TEXTS)).max() < 1e-4
        (ours, own, _), (theirs, same, _) = embedder.states(TEXTS[0]), other.states(TEXTS[0])
        assert list(ours) == [tuple(span) for span in theirs]
        assert np.abs(own - same).max() < 1e-3


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="PLAN_ASSISTANT_EMBEDDING_MODEL"):
        find_model(tmp_path)


def test_without_a_graph_sentence_transformers_serves(tmp_path: Path) -> None:
    packaged = find_model()
    for file in packaged.folder.iterdir():
        (tmp_path / file.name).symlink_to(file)
    embedder = open_embedder(tmp_path)
    assert isinstance(embedder, TorchEmbedder)
    assert embedder.dimension == 384


def test_a_graph_of_other_weights_is_not_used(tmp_path: Path) -> None:
    files = dataclasses.replace(find_model(), weights=tmp_path / "model.safetensors")
    files.weights.write_bytes(b"other weights")
    assert files.graph() is None
