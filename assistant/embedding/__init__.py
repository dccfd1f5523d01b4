"""Texts to vectors: the protocol, and the engine that this machine has for it."""

import os
from pathlib import Path

from assistant.embedding.engines import Embedder, Matrix, OnnxEmbedder, States, TorchEmbedder
from assistant.embedding.model_files import ModelFiles, find_model

__all__ = ["Embedder", "Matrix", "ModelFiles", "States", "find_model", "open_embedder"]


def open_embedder(model_folder: Path | None = None, threads: int = 1) -> Embedder:
    """The embedder of a model: by ONNX Runtime where its graph was made at set-up, else by sentence-transformers.

    Args: model_folder, of a sentence-transformers model, the packaged one when None; threads, 0 for all processors.
    Raises: SettingsError when the folder holds no model.
    """
    files = find_model(model_folder)
    wanted = threads or os.cpu_count() or 1
    return OnnxEmbedder(files, wanted) if files.graph() else TorchEmbedder(files, wanted)
