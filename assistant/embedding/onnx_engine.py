"""ONNX Runtime: the same weights as sentence-transformers, ready in a third of a second."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.embedding.model_files import ModelFiles
from assistant.embedding.protocol import Matrix

_BATCH = 32


class OnnxEmbedder:
    """An `Embedder` over the graph that `export` made; pooling and normalising are part of the graph.

    The session starts with the first text.
    """

    def __init__(self, files: ModelFiles, graph: Path, threads: int) -> None:
        self.model = files.model
        self.dimension = files.dimension
        self._files = files
        self._graph = graph
        self._threads = threads
        self._starting = threading.Lock()
        self._engine: tuple[Any, Any] | None = None

    def embed(self, texts: Sequence[str]) -> Matrix:
        """See `Embedder.embed`. Texts of like length go together, so that little is padded."""
        import numpy as np

        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            vectors[batch] = self._run([texts[at] for at in batch])
        return vectors

    def _run(self, texts: list[str]) -> Matrix:
        import numpy as np

        session, tokenizer = self._started()
        encoded = tokenizer.encode_batch(texts)
        ids = np.array([each.ids for each in encoded], dtype=np.int64)
        mask = np.array([each.attention_mask for each in encoded], dtype=np.int64)
        found: Matrix = session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return found

    def _started(self) -> tuple[Any, Any]:
        with self._starting:
            if self._engine is None:
                self._engine = self._start()
            return self._engine

    def _start(self) -> tuple[Any, Any]:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        session = onnxruntime.InferenceSession(str(self._graph), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(self._files.folder / "tokenizer.json"))
        tokenizer.enable_truncation(self._files.max_tokens)
        tokenizer.enable_padding()
        return session, tokenizer
