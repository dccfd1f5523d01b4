"""The dates of the real plans and the public expressions, where they are at hand."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.dates import read_due
from tests.evaluation.dates import score
from tests.gold import GOLD, SHARED, needs_real_plans, read_jsonl

EXPRESSIONS = SHARED / "dates" / "expressions.jsonl"


@pytest.mark.real_plans
@needs_real_plans
def test_every_date_cell_of_the_real_plans_is_read() -> None:
    wrong = []
    for row in read_jsonl(GOLD / "rows.jsonl"):
        due, start = read_due(row["due_text"] or ""), read_due(row["start_text"] or "")
        milestones = [day.isoformat() for day in due.milestones] or None
        read = (_iso(due.due), _iso(due.completed_on), milestones, _iso(start.first))
        if read != (row["due"], row["completed_on"], row["milestones"], row["start"]) and row["due_text"]:
            wrong.append((row["id"], row["due_text"], read))
    assert wrong == []


@pytest.mark.real_plans
@pytest.mark.skipif(not EXPRESSIONS.is_file(), reason="the public expressions (REAL_PLANS) are not on this machine")
@pytest.mark.parametrize(("source", "floor"), [("recognizers-text", 0.64), ("duckling", 0.54)])
def test_public_expressions_are_read_better_than_by_six_libraries(source: str, floor: float) -> None:
    counts = score(EXPRESSIONS)[source]
    assert counts.right / counts.total > floor
    assert counts.wrong / counts.total < 0.10


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
