"""Make the corpus's Word, Excel, PDF, HTML and OpenDocument files again: `python -m tests.corpus.make_corpus`.

The bytes are the same each time, so git stays quiet unless a plan has changed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tests.corpus.native.opendocument import workforce, youth_justice
from tests.corpus.native.pack import committee_pack
from tests.corpus.native.page import fostering_plan
from tests.corpus.native.word import corporate_parenting
from tests.corpus.native.workbook import inclusion_tracker

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
MAKERS: dict[str, Callable[[], bytes]] = {
    "fenbridge-corporate-parenting-plan-october-2025.docx": corporate_parenting,
    "fenbridge-corporate-parenting-board-pack-july-2026.pdf": committee_pack,
    "fenbridge-send-inclusion-tracker-2026.xlsx": inclusion_tracker,
    "fenbridge-fostering-sufficiency-plan-2026.html": fostering_plan,
    "fenbridge-youth-justice-plan-2026.ods": youth_justice,
    "fenbridge-workforce-plan-2025-27.odt": workforce,
}


def make(folder: Path) -> list[Path]:
    """Write every file into `folder`; what was written."""
    paths = [folder / name for name in MAKERS]
    for path in paths:
        path.write_bytes(MAKERS[path.name]())
    return paths


if __name__ == "__main__":
    for written in make(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS):
        print(f"{written} {written.stat().st_size:,} bytes")
