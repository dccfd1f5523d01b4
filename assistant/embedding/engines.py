"""What turns a text into a vector, and its two engines: ONNX Runtime, the same weights ready in a third of a second;
and sentence-transformers, for any model of its kind and where no graph was made, which needs seconds to start."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from assistant.embedding.model_files import ModelFiles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix: TypeAlias = NDArray[np.float32]
else:
    Matrix = object

States: TypeAlias = tuple[Sequence[tuple[int, int]], Matrix, Matrix]


class Embedder(Protocol):
    """One model of embeddings. Vectors of two embedders compare only where `model` is equal."""

    def __hash__(self) -> int:
        """What is worked out with an embedder may be kept by it."""

    @property
    def model(self) -> str:
        """The model's name and the hash of its weights; kept beside its vectors."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Return a vector for each text: shape (n, d), float32, rows of unit length, in the order of the texts.

        A text beyond the model's limit (256 tokens for the packaged one) counts by its beginning.
        """

    def states(self, text: str) -> States:
        """Return the characters of each token of a text, as (start, end), its state half way up the model, which knows
        of the words beside it: shape (t, d), float32; and the vector of the text, which comes with them."""


STATES_OF = 3
"""The layer whose states tell best what a word does in its sentence (0.80 of the subject's words; the last 0.78)."""
_BATCH_TOKENS = 384
"""Tokens of one run, padding included: on two cores small runs of texts of like length are quickest, because of what
is not padded (a third of the time of runs of 32 texts, over 415 texts of twelve plans)."""


class _Engine(ABC):
    """What starts with the first text, once for all threads."""

    def __init__(self, files: ModelFiles, threads: int) -> None:
        self.model = files.model
        self.dimension = files.dimension
        self._files = files
        self._threads = threads
        self._starting = threading.Lock()
        self._engine: Any = None

    def _started(self) -> Any:
        with self._starting:
            if self._engine is None:
                self._engine = self._start()
            return self._engine

    @abstractmethod
    def _start(self) -> Any: ...


class OnnxEmbedder(_Engine):
    """An `Embedder` over the graph that `export` made; pooling and normalising are part of the graph."""

    def embed(self, texts: Sequence[str]) -> Matrix:
        """See `Embedder.embed`."""
        import numpy as np

        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        if not texts:
            return vectors
        session, tokenizer = self._started()
        tokens = [encoded.ids for encoded in tokenizer.encode_batch(list(texts))]
        for batch in _batches(tokens):
            ids = np.zeros((len(batch), len(tokens[batch[-1]])), dtype=np.int64)
            mask = np.zeros_like(ids)
            for row, at in enumerate(batch):
                ids[row, : len(tokens[at])] = tokens[at]
                mask[row, : len(tokens[at])] = 1
            vectors[batch] = session.run(["embedding"], {"input_ids": ids, "attention_mask": mask})[0]
        return vectors

    def states(self, text: str) -> States:
        """See `Embedder.states`."""
        import numpy as np

        session, tokenizer = self._started()
        encoded = tokenizer.encode(text)
        ids = np.array([encoded.ids], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        states, vectors = session.run(["states", "embedding"], given)
        return encoded.offsets, states[0], vectors[0]

    def _start(self) -> tuple[Any, Any]:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        graph = str(self._files.graph_path())
        session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(self._files.folder / "tokenizer.json"))
        tokenizer.enable_truncation(self._files.max_tokens)
        tokenizer.no_padding()
        return session, tokenizer


def _batches(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The places of the texts, those of like length together, the longest of a batch last."""
    batch: list[int] = []
    for at in sorted(range(len(tokens)), key=lambda at: len(tokens[at])):
        if batch and (len(batch) + 1) * len(tokens[at]) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


class TorchEmbedder(_Engine):
    """An `Embedder` over sentence-transformers, on the processor."""

    def embed(self, texts: Sequence[str]) -> Matrix:
        """See `Embedder.embed`."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        found: Matrix = self._started().encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return found.astype(np.float32, copy=False)

    def states(self, text: str) -> States:
        """See `Embedder.states`."""
        import torch

        transformer = self._started()[0]
        given = transformer.tokenizer(text, return_offsets_mapping=True, truncation=True, return_tensors="pt")
        offsets = [(int(start), int(end)) for start, end in given.pop("offset_mapping")[0]]
        with torch.no_grad():
            layers = transformer.auto_model(**given, output_hidden_states=True).hidden_states
        return offsets, layers[STATES_OF][0].numpy(), self.embed([text])[0]

    def _start(self) -> Any:
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]  # the library's own gap
        torch.set_num_threads(self._threads)
        return SentenceTransformer(str(self._files.folder), device="cpu", local_files_only=True)
