"""One load in a process of its own, for tests that end it: `python -m tests.ingest.killed_load FOLDER DATA_DIR`."""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.settings import read_settings
from ingest.load import Step, load
from tests.fakes import LetterEmbedder
from tests.readings import read_lines


def main(folder: str, data_dir: str) -> None:
    """Load the folder and say each step, so that a test knows how far it is."""

    def tell(step: Step) -> None:
        print(step.number, step.doing, flush=True)

    load([Path(folder)], read_settings(data_dir=Path(data_dir)), tell, read_lines, LetterEmbedder())


if __name__ == "__main__":
    main(*sys.argv[1:])
