"""Run the bench over the sample corpus, a folder, or rows made from a seed: `python -m tests.bench [FOLDER | ROWS]`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.asking import cold_figures, question_figures
from tests.bench.figures import Figure
from tests.bench.growth import growth_figures
from tests.bench.kinds import kind_figures
from tests.bench.loading import load_figures
from tests.bench.serving import serving_figures
from tests.evaluation.readers import reader_figures

CORPUS = Path(__file__).parents[2] / "corpus"


def main() -> None:
    """Print every figure with what it is to be read beside."""
    given = sys.argv[1] if len(sys.argv) > 1 else str(CORPUS)
    with tempfile.TemporaryDirectory() as temporary:
        for measure in _measures(given, Path(temporary)):
            for figure in measure():
                sys.stdout.write(f"{figure.name:42s} {figure.value:>14s}   {figure.beside}\n")
            sys.stdout.flush()


def _measures(given: str, data_dir: Path) -> tuple[Callable[[], list[Figure]], ...]:
    if given.isdecimal():
        return (lambda: growth_figures(int(given), data_dir),)
    folder = Path(given)
    return (
        lambda: load_figures(folder, data_dir),
        lambda: question_figures(data_dir),
        lambda: kind_figures(data_dir) if folder == CORPUS else [],
        lambda: cold_figures(data_dir),
        lambda: serving_figures(data_dir),
        reader_figures,
    )


if __name__ == "__main__":
    main()
