"""How well the rows of any folder of documents are read, against gold in the same format; nothing is loaded.

    python -m tests.evaluation.rows FOLDER GOLD_FOLDER [--verbose]

Prints, a document a line and all together: rows expected and read, precision, recall, and the share of matched rows
that have each field right.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import ingest
from assistant.errors import AssistantError
from tests.evaluation.gold import JUDGED, Gold
from tests.evaluation.matching import ReadRow
from tests.evaluation.scores import RowScore, score_rows

SHOWN = (*JUDGED, "place")


def read_rows(folder: Path, gold: Gold) -> list[ReadRow]:
    """The rows of the documents of the folder that the gold speaks of."""
    found: list[ReadRow] = []
    for path in sorted(path for path in folder.iterdir() if path.name in gold.documents()):
        try:
            reading = ingest.read(path)
        except AssistantError as error:
            print(f"{path.name}: {error}")
            continue
        found += [ReadRow.from_action(action) for action in reading.actions]
        aside = f", {len(reading.set_aside)} set aside" if reading.set_aside else ""
        print(f"{path.name}: {reading.source.title} | {reading.source.authority} | {reading.source.plan_date}{aside}")
    return found


def scores_of(folder: Path, gold_folder: Path) -> list[RowScore]:
    """The score of each document of the gold, and of all together as the last."""
    gold = Gold.read(gold_folder)
    rows = read_rows(folder, gold)
    return [score_rows(rows, gold, document) for document in [*sorted(gold.documents()), None]]


def shown(score: RowScore, names: Sequence[str] = SHOWN) -> str:
    """One line for one document."""
    fields = " ".join(f"{score.fields[name]:7.3f}" if name in score.fields else "      -" for name in names)
    head = f"{score.document[:32]:32s} {score.expected:4d} {score.read:4d}"
    return f"{head} {score.precision:.3f} {score.recall:.3f} {fields}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    scores = scores_of(options.folder, options.gold)
    print(f"{'document':32s} gold read  prec  rec  " + " ".join(f"{name[:7]:>7s}" for name in SHOWN))
    for score in scores:
        print(shown(score))
    if options.verbose:
        for score in scores[:-1]:
            for words in (*(f"missed {row}" for row in score.missed), *(f"extra {row}" for row in score.extra)):
                print(f"  {score.document}: {words}")
            for row, name in score.wrong:
                print(f"  {score.document}: {row}: {name} is wrong")


if __name__ == "__main__":
    main()
