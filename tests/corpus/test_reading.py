"""Every document of the corpus is read as a careful reader reads it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import ingest
from assistant.records import Reading
from tests.evaluation.gold import Gold
from tests.evaluation.matching import ReadRow
from tests.evaluation.scores import score_rows

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
GOLD = Gold.read(Path(__file__).resolve().parent)
EXACT = {"action", "owner", "due", "start", "ref", "rag", "status", "completed_on", "recommendation", "place"}


@cache
def reading(document: str) -> Reading:
    return ingest.read(CORPUS / document)


@pytest.mark.parametrize("document", sorted(GOLD.documents()))
def test_rows_are_read_exactly(document: str) -> None:
    score = score_rows([ReadRow.from_action(action) for action in reading(document).actions], GOLD, document)
    assert (score.missed, score.extra) == ((), ())
    assert [wrong for wrong in score.wrong if wrong[1] in EXACT] == []


def test_the_report_has_no_actions() -> None:
    read = reading("fenbridge-committee-report-september-2026.txt")
    assert read.actions == ()
    assert read.passages
