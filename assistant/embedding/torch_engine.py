"""sentence-transformers: any model of its kind, and the fallback where no graph was made. It needs seconds to start."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from assistant.embedding.model_files import ModelFiles
from assistant.embedding.protocol import Matrix


class TorchEmbedder:
    """An `Embedder` over sentence-transformers, on the processor. It starts with the first text."""

    def __init__(self, files: ModelFiles, threads: int) -> None:
        self.model = files.model
        self.dimension = files.dimension
        self._files = files
        self._threads = threads
        self._starting = threading.Lock()
        self._engine: Any = None

    def embed(self, texts: Sequence[str]) -> Matrix:
        """See `Embedder.embed`."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        found: Matrix = self._started().encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return found.astype(np.float32, copy=False)

    def _started(self) -> Any:
        with self._starting:
            if self._engine is None:
                import torch
                from sentence_transformers import SentenceTransformer
                from transformers.utils.logging import disable_progress_bar

                disable_progress_bar()  # type: ignore[no-untyped-call]  # the library's own gap
                torch.set_num_threads(self._threads)
                self._engine = SentenceTransformer(str(self._files.folder), device="cpu", local_files_only=True)
            return self._engine
