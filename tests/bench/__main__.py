"""Run the bench over the sample corpus, or over a folder: `python -m tests.bench [FOLDER]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench.asking import cold_figures, question_figures
from tests.bench.kinds import kind_figures
from tests.bench.loading import load_figures
from tests.bench.serving import serving_figures
from tests.evaluation.readers import reader_figures

CORPUS = Path(__file__).parents[2] / "corpus"


def main() -> None:
    """Print every figure with what it is to be read beside."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    kinds = kind_figures if folder == CORPUS else lambda _: []
    with tempfile.TemporaryDirectory() as temporary:
        data_dir = Path(temporary)
        for measure in (
            lambda: load_figures(folder, data_dir),
            lambda: question_figures(data_dir),
            lambda: kinds(data_dir),
            lambda: cold_figures(data_dir),
            lambda: serving_figures(data_dir),
            reader_figures,
        ):
            for figure in measure():
                sys.stdout.write(f"{figure.name:38s} {figure.value:>14s}   {figure.beside}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
