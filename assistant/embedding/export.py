"""Makes the graph for ONNX Runtime at set-up: `python -m assistant.embedding.export`. Nothing is downloaded."""

import os
import sys
import warnings
from pathlib import Path
from typing import Any

from assistant.embedding.engines import STATES_OF
from assistant.embedding.model_files import ModelFiles, find_model
from assistant.settings import read_settings

_OPSET = 17


def export(files: ModelFiles) -> Path | None:
    """Write the model's graph, unless it is there; None for a model that only sentence-transformers can run."""
    if files.graph() is not None:
        return files.graph()
    if not files.is_mean_pooled:
        return None
    path = files.graph_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    _write(files, part)
    _apart(part, path)
    files.write_note()
    return path


def _apart(part: Path, path: Path) -> None:
    """Keep the weights in a file of their own, which every process maps: half the memory and time of reading them."""
    import onnx

    weights = path.with_suffix(".weights")
    weights.unlink(missing_ok=True)
    onnx.save_model(onnx.load(str(part)), str(path), save_as_external_data=True, location=weights.name)
    weights.chmod(path.stat().st_mode)
    part.unlink()


def _write(files: ModelFiles, path: Path) -> None:
    import torch
    from transformers import AutoModel
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]  # the library's own gap

    class Pooled(torch.nn.Module):
        """The transformer with the mean over its tokens and the unit length, as sentence-transformers adds them; beside
        it the states of the tokens half way up."""

        def __init__(self) -> None:
            super().__init__()
            self.transformer = AutoModel.from_pretrained(
                files.folder, attn_implementation="eager", local_files_only=True
            ).eval()

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            layers = self.transformer(
                input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True
            ).hidden_states
            states = layers[-1]
            weight = attention_mask.unsqueeze(-1).to(states.dtype)
            mean = (states * weight).sum(1) / weight.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, p=2, dim=1), layers[STATES_OF]

    ids = torch.ones((2, 8), dtype=torch.int64)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the tracer remarks on shapes that are fixed on purpose
        torch.onnx.export(
            Pooled().eval(),
            (ids, ids),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["embedding", "states"],
            dynamic_axes={name: {0: "texts", 1: "tokens"} for name in ("input_ids", "attention_mask", "states")},
            opset_version=_OPSET,
            dynamo=False,
        )


def main() -> None:
    """Make the graph of the model in force and say where it is."""
    path = export(find_model(read_settings().embedding_model))
    told = f"Graph of the model of embeddings: {path}" if path else "This model runs by sentence-transformers alone."
    sys.stderr.write(f"{told}\n")


if __name__ == "__main__":
    main()
