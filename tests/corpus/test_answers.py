"""The questions of the corpus, asked of the whole: loaded once, with the real model of embeddings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.embedding import open_embedder
from assistant.records import OWNER, Audience, Label
from assistant.register import Register, database_place
from assistant.settings import read_settings
from ingest.load import load
from tests.evaluation.gold import Gold, GoldQuestion
from tests.evaluation.matching import ReadRow
from tests.evaluation.scores import AnswerScore, matched_rows, quote_stands, score_answer

pytestmark = pytest.mark.slow

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
GOLD = Gold.read(Path(__file__).resolve().parent)
QUESTIONS = {question.id: question for question in GOLD.questions}
TODAY = date(2026, 11, 24)
PUBLIC: Audience = frozenset({Label.PUBLIC})
LEAST_RIGHT = 0.80
"""Share of the questions; it is raised as answers get better, and never lowered."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The assistant over the loaded corpus, and which of its rows is which of the gold."""

    assistant: Assistant
    matched: Mapping[str, str]

    def ask(self, question: GoldQuestion, audience: Audience = OWNER, reader: str = "staff") -> dict[str, Any]:
        as_of = date.fromisoformat(question.as_of) if question.as_of else None
        return self.assistant.ask(question.question, as_of, question.conversation, reader, audience).as_dict()

    def cited(self, answer: Mapping[str, Any]) -> set[str]:
        """The gold's ids of the rows that an answer cites."""
        return {self.matched.get(c["id"], c["id"]) for c in answer["citations"] if c["kind"] == "action"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    settings = read_settings(data_dir=tmp_path_factory.mktemp("corpus"))
    embedder = open_embedder()
    load([CORPUS], settings, embedder=embedder)
    register = Register.open(database_place(settings.data_dir, settings.database_url), create=False)
    rows = [ReadRow.from_action(action) for action in register.select(OWNER)]
    return Desk(Assistant(register, lambda: embedder, lambda: TODAY), matched_rows(rows, GOLD))


@pytest.fixture(scope="module")
def answers(desk: Desk) -> dict[str, dict[str, Any]]:
    return {question.id: desk.ask(question) for question in GOLD.questions}


def judged(desk: Desk, answers: Mapping[str, Mapping[str, Any]]) -> list[AnswerScore]:
    passages = {passage.id: passage for passage in GOLD.passages}
    return [score_answer(question, answers[question.id], desk.matched, passages) for question in GOLD.questions]


def test_what_is_overdue_on_neglect(desk: Desk, answers: Mapping[str, dict[str, Any]]) -> None:
    question = next(question for question in GOLD.questions if question.question.startswith("what actions on neglect"))
    assert desk.cited(answers[question.id]) == question.required
    assert answers[question.id]["total"] == len(question.required) == 11


def test_most_answers_are_right(desk: Desk, answers: Mapping[str, dict[str, Any]]) -> None:
    scores = judged(desk, answers)
    wrong = [f"{score.question.id} {score.question.question}" for score in scores if not score.right]
    assert 1 - len(wrong) / len(scores) >= LEAST_RIGHT, wrong


def test_what_is_not_for_this_assistant_is_declined(desk: Desk, answers: Mapping[str, dict[str, Any]]) -> None:
    scores = [score for score in judged(desk, answers) if score.question.kind == "out_of_scope"]
    assert scores
    assert all(score.declined for score in scores)


def test_every_quote_stands_in_its_document(answers: Mapping[str, dict[str, Any]]) -> None:
    in_text = [c for answer in answers.values() for c in answer["citations"] if "line_start" in c["locator"]]
    assert in_text
    for citation in in_text:
        lines = (CORPUS / citation["document"]).read_text(encoding="utf-8").split("\n")
        assert quote_stands(citation, lines), citation


def test_a_public_reader_gets_a_whole_answer_without_the_internal_log(desk: Desk) -> None:
    question = next(question for question in GOLD.questions if question.question.startswith("what actions on neglect"))
    answer = desk.ask(question, PUBLIC)
    public = {row_id for row_id in question.required if not row_id.startswith("fil-")}
    assert desk.cited(answer) == public
    assert answer["total"] == len(public) == 9
    assert "log" not in str(answer).lower().replace("chronolog", "")


@pytest.mark.parametrize("kind", ["list", "owner", "date", "status"])
def test_each_kind_of_reader_gets_the_same_rows(desk: Desk, answers: Mapping[str, dict[str, Any]], kind: str) -> None:
    for question in [question for question in GOLD.questions if question.kind == kind][:4]:
        for reader in ("inspection", "member"):
            assert desk.cited(desk.ask(question, reader=reader)) == desk.cited(answers[question.id]), question.question
