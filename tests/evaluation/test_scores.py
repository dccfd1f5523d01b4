"""The scorer must be able to find fault: a perfect reading scores 1, and each kind of error lowers its own figure."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.records import Locator
from tests.evaluation.gold import Gold
from tests.evaluation.matching import ReadRow, alike
from tests.evaluation.scores import AnswerScore, matched_rows, quote_stands, score_answer, score_rows

LINES = ["Ref\tAction\tLead\tDue", "1.1\tVisit every child weekly\tTM\tMay 2026", "1.2\tPublish the local offer\t\tTBC"]


def gold_row(row_id: str, line: int, action: str, **values: Any) -> dict[str, Any]:
    return {"id": row_id, "file": "plan.tsv", "action": action, "status": "unknown", "action_lines": [line], **values}


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    rows = [
        gold_row("a", 2, "Visit every child weekly", ref="1.1", due="2026-05-31", owner="TM"),
        gold_row("b", 3, "Publish the local offer", ref="1.2", due=None, owner=None),
    ]
    question = {
        "qid": "q1",
        "kind": "list",
        "user": "staff",
        "question": "visits?",
        "answer_ids": ["a"],
        "must_include": ["1.1"],
    }
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "questions.jsonl").write_text(json.dumps(question))
    return Gold.read(tmp_path)


@pytest.fixture
def system() -> list[ReadRow]:
    def read(line: int, action: str, **values: str | None) -> ReadRow:
        return ReadRow(f"s{line}", "plan.tsv", action, "not_recorded", values, Locator(line_start=line, line_end=line))

    return [
        read(2, "Visit every child weekly", ref="1.1", due="2026-05-31", owner="TM"),
        read(3, "Publish the local offer", ref="1.2", due=None, owner=None),
    ]


def test_a_perfect_reading_scores_one(gold: Gold, system: list[ReadRow]) -> None:
    score = score_rows(system, gold)
    assert (score.precision, score.recall, score.f1, score.wrong) == (1.0, 1.0, 1.0, ())
    assert set(score.fields.values()) == {1.0}


def test_a_field_that_the_gold_does_not_state_is_not_judged(gold: Gold, system: list[ReadRow]) -> None:
    assert "rag" not in score_rows(system, gold).fields


def test_each_wrong_field_is_named(gold: Gold, system: list[ReadRow]) -> None:
    late = replace(system[0], values={**system[0].values, "due": "2026-06-30"}, locator=Locator(line_start=9))
    score = score_rows([late, system[1]], gold)
    assert score.wrong == (("a", "due"), ("a", "place"))
    assert score.fields["due"] == 0.5


def test_a_missed_and_an_invented_row_are_told(gold: Gold, system: list[ReadRow]) -> None:
    invented = replace(system[1], id="s9", action="Something that stands nowhere")
    score = score_rows([system[0], invented], gold)
    assert (score.missed, score.extra, score.precision, score.recall) == (("b",), ("s9",), 0.5, 0.5)


def judged(gold: Gold, system: list[ReadRow], **answer: Any) -> AnswerScore:
    given = {"status": "answered", "answer": "Row 1.1.", "citations": [], **answer}
    return score_answer(gold.questions[0], given, matched_rows(system, gold), {})


def cite(row_id: str) -> dict[str, Any]:
    return {"kind": "action", "id": row_id, "document": "plan.tsv", "locator": {"line_start": 2}, "quote": "weekly"}


def test_an_answer_needs_its_rows_and_only_its_rows(gold: Gold, system: list[ReadRow]) -> None:
    assert judged(gold, system, citations=[cite("s2")]).right
    assert judged(gold, system).missing == ("a",)
    padded = judged(gold, system, citations=[cite("s2"), cite("s3")])
    assert not padded.right
    assert padded.extra == ("b",)


def test_an_answer_must_say_what_it_must(gold: Gold, system: list[ReadRow]) -> None:
    assert not judged(gold, system, citations=[cite("s2")], answer="One row.").right


def test_a_declined_answer_is_not_right_where_rows_are_wanted(gold: Gold, system: list[ReadRow]) -> None:
    assert not judged(gold, system, citations=[cite("s2")], status="no_match").right


@pytest.mark.parametrize(("status", "right"), [("no_match", True), ("refused", True), ("answered", False)])
def test_a_question_without_an_answer_must_be_declined(gold: Gold, status: str, right: bool) -> None:
    question = replace(gold.questions[0], kind="unanswerable", required=frozenset(), include=())
    assert score_answer(question, {"status": status, "answer": "", "citations": []}, {}, {}).right is right


def test_a_quote_must_stand_at_its_lines() -> None:
    assert quote_stands(cite("s2"), LINES)
    assert not quote_stands({**cite("s2"), "locator": {"line_start": 3}}, LINES)


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("Visit every child", "• Visit every child.", 1.0, 1.0),
        ("1.10", "1.1", 0.0, 0.9),
        ("Visit every child", "Publish the offer", 0.0, 0.2),
    ],
)
def test_words_alone_are_compared(one: str, other: str, least: float, most: float) -> None:
    assert least <= alike(one, other) <= most
