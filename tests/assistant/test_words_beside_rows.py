"""Words of a document that say what was asked answer before a row that only shares some of them."""

from datetime import date
from pathlib import Path

import pytest

from assistant.embedding import open_embedder
from assistant.outcome import AnswerStatus
from assistant.records import OWNER
from assistant.service import Assistant
from assistant.settings import read_settings
from ingest.load import load

PLAN = """Marsham Homes Plan

Foreword

The choir tour of lodgings was paid for by the Alder Trust and is to be repeated in Autumn 2031.
The lantern walk was put off because of the flood at Lode Bridge.
Night wardens gave the fire talks that lodgers asked for.

Ref\tAction\tOwner\tBy when\tStatus
H1\tReview every choir in lodgings\tHousing Lead\tMay 2031\tBegun
H2\tPublish a leaflet on damp\tHousing Lead\tJune 2031\tTiming to be agreed
H3\tHold a lantern workshop\tArts Lead\tJuly 2031\tNot begun
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("plans")
    (folder / "marsham-homes-plan.txt").write_text(PLAN, encoding="utf-8")
    settings = read_settings(data_dir=Path(tmp_path_factory.mktemp("data")))
    load([folder], settings, embedder=open_embedder(settings.embedding_model))
    return Assistant.open(settings.data_dir, settings)


def told(assistant: Assistant, question: str) -> tuple[AnswerStatus, str]:
    answer = assistant.ask(question, date(2031, 6, 1), audience=OWNER)
    return answer.status, answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "When is the choir tour of lodgings to be repeated?",
        "Who paid for the choir tour of lodgings, and when is it again?",
    ],
)
def test_a_fact_of_the_prose_comes_before_the_row_that_shares_some_words(assistant: Assistant, question: str) -> None:
    assert "Autumn 2031" in told(assistant, question)[1]


def test_a_row_that_says_as_much_answers_alone(assistant: Assistant) -> None:
    assert "Alder Trust" not in told(assistant, "When is the review of every choir in lodgings due?")[1]


def test_a_word_that_no_plan_has_is_named_beside_the_words_that_answer(assistant: Assistant) -> None:
    status, text = told(assistant, "Who gave the fire talks at the brigade that lodgers asked for?")
    assert "Night wardens" in text
    assert status is not AnswerStatus.ANSWERED or "brigade" in text


@pytest.mark.parametrize(
    ("question", "reason"),
    [("Why was the lantern walk put off?", "flood"), ("Why was damp chosen for the leaflet?", "")],
)
def test_a_note_that_gives_no_reason_tells_none(assistant: Assistant, question: str, reason: str) -> None:
    status, text = told(assistant, question)
    assert (reason in text) if reason else status is AnswerStatus.CANNOT_ANSWER
