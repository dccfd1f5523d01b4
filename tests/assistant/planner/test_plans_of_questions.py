"""Questions with the plan that a careful reader would make of them: `tests/evaluation/plans.jsonl`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.retriever.asked import asked_for
from assistant.retriever.facing import faced
from tests.assistant.planner.facts import facts
from tests.assistant.planner.shelf import ask

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "evaluation" / "plans.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " // ".join([*row.get("conversation", []), row["question"]])[:90])
def test_question(row: dict[str, Any]) -> None:
    outcome = ask(row["question"], row.get("as_of"), *row.get("conversation", []))
    if outcome.plan and not outcome.decline and (plan := faced(outcome.plan, asked_for(row["question"]))):
        outcome = replace(outcome, plan=plan)  # what no field of a row holds
    assert facts(outcome) == row["expect"]
