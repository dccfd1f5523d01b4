"""The weights by which words are held likely to answer: `python -m tests.evaluation.quotes PLANS=FOLDER...`.

Each FOLDER holds questions as README.md beside this file says. The first words found for a question of facts are right
where they stand in a passage or a row that the gold names; for a question that the plans cannot answer they are wrong.
Printed are how well each folder is told by weights fitted on the others, and the weights fitted on all.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

from assistant import Assistant
from assistant.desk import Desk
from assistant.embedding import open_embedder
from assistant.pipeline import decline, face, query, read
from assistant.records import OWNER
from assistant.retriever.facing import search_of
from assistant.retriever.pieces import Piece
from assistant.retriever.retriever import ProseSearch
from assistant.retriever.scoring import features
from assistant.settings import read_settings
from assistant.work import Request, Work
from ingest.load import load
from tests.evaluation.gold import Gold, GoldQuestion
from tests.evaluation.matching import ReadRow
from tests.evaluation.scores import matched_rows

OF_FACTS = frozenset({"narrative", "lookup", "unanswerable"})
EXPECTED = date(2026, 11, 30)


@dataclass(frozen=True, slots=True)
class Example:
    """What is known of the first words found for a question, and whether they answer it."""

    folder: str
    known: tuple[float, ...]
    right: bool


def examples(assistant: Assistant, folder: Path) -> Iterator[Example]:
    """Those of the questions of facts that are put to the words of the documents."""
    gold = Gold.read(folder)
    desk = assistant.desk(OWNER)
    matched = matched_rows([ReadRow.from_action(row) for row in assistant.register.select(OWNER)], gold)
    for question in gold.questions:
        if question.kind not in OF_FACTS or question.conversation:
            continue
        day = date.fromisoformat(question.as_of) if question.as_of else EXPECTED
        asked = _search(Request(question.question, EXPECTED, day), desk)
        ranked = desk.retriever.ranked(asked, question.question).scored if asked else ()
        if ranked:
            right = question.kind != "unanswerable" and _answers(ranked[0].piece, question, gold, matched)
            yield Example(folder.name, features(ranked), right)


def _search(request: Request, desk: Desk) -> ProseSearch | None:
    """What is looked for in the words; for a question that the rows alone answer, None."""
    work = Work(request, read(request, desk))
    if work.outcome.plan is None or (work := decline(work, desk)).draft:
        return None
    work = query(face(work, desk), desk)
    return search_of(work.plan, work.found, desk.view)


def _answers(piece: Piece, question: GoldQuestion, gold: Gold, matched: dict[str, str]) -> bool:
    if piece.row and matched.get(piece.row.id) in question.required | question.optional:
        return True
    first, last = piece.locator.line_start or 0, piece.locator.line_end or piece.locator.line_start or 0
    named = [passage for passage in gold.passages if passage.id in question.passages]
    return any(one.document == piece.document and first <= one.line_end and last >= one.line_start for one in named)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", metavar="PLANS=FOLDER", help="questions, and the plans that they ask of")
    found: list[Example] = []
    for pair in parser.parse_args().folders:
        plans, folder = pair.split("=")
        with tempfile.TemporaryDirectory() as place:
            settings = read_settings(data_dir=Path(place))
            load([Path(plans)], settings, embedder=open_embedder(settings.embedding_model))
            assistant = Assistant.open(settings.data_dir, settings)
            found += examples(assistant, Path(folder))
            assistant.register.close()
    known, right = np.array([one.known for one in found]), np.array([one.right for one in found])
    of = np.array([one.folder for one in found])
    for name in dict.fromkeys(of):
        model = LogisticRegression(C=10).fit(known[of != name], right[of != name])
        told = model.predict_proba(known[of == name])[:, 1]
        area = roc_auc_score(right[of == name], told) if 0 < right[of == name].sum() < (of == name).sum() else 1.0
        share = np.mean((told >= 0.5) == right[of == name])
        print(f"{name}: {(of == name).sum()}, told right {share:.2f}, AUC {area:.2f}")
    model = LogisticRegression(C=10).fit(known, right)
    print("weights", [round(float(one), 1) for one in (*model.intercept_, *model.coef_[0])])


if __name__ == "__main__":
    main()
