"""A fact that is asked for and not given is followed by the words that come nearest, told and cited as no more."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Reader
from assistant.citation import CitationKind
from assistant.embedding import open_embedder
from assistant.outcome import AnswerStatus
from assistant.records import OWNER
from assistant.service import Assistant
from assistant.settings import read_settings
from ingest.load import load

PLAN = """Ottermere Lodgings Plan

Foreword

The choir tour of lodgings was paid for by the Alder Trust, and lodgers said that it lifted them.
Our first survey of lodgers was sent out with the spring newsletter.

Ref\tAction\tOwner\tBy when\tHow we will know\tStatus
H1\tReview every choir in lodgings\tHousing Lead\tMay 2031\tA review is written\tBegun
H2\tPublish a leaflet on damp\tHousing Lead\tJune 2031\tEvery lodger holds the leaflet\tNot begun
"""

NEAR = "come nearest"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("plans")
    (folder / "ottermere-lodgings-plan.txt").write_text(PLAN, encoding="utf-8")
    settings = read_settings(data_dir=Path(tmp_path_factory.mktemp("data")))
    load([folder], settings, embedder=open_embedder(settings.embedding_model))
    return Assistant.open(settings.data_dir, settings)


def told(assistant: Assistant, question: str, reader: Reader = Reader.STAFF) -> Answer:
    return assistant.ask(question, date(2031, 4, 1), reader=reader, audience=OWNER)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How much did the choir tour of lodgings cost?", "paid for by the Alder Trust"),
        ("How many lodgers filled in the first survey of lodgers?", "spring newsletter"),
        ("What percentage of lodgers hold the leaflet on damp?", "Every lodger holds the leaflet"),
    ],
)
def test_a_fact_that_is_not_given_is_followed_by_the_words_nearest_to_it(
    assistant: Assistant, question: str, words: str
) -> None:
    answer = told(assistant, question)
    declined, near = answer.answer.split(NEAR)
    assert answer.status is AnswerStatus.CANNOT_ANSWER
    assert words in near
    assert "do not" in declined or "give no" in declined


def test_words_that_come_near_make_no_row_part_of_the_answer(assistant: Assistant) -> None:
    answer = told(assistant, "What percentage of lodgers hold the leaflet on damp?")
    assert {one.kind for one in answer.citations} == {CitationKind.PASSAGE}
    assert "H2" in [one.ref for one in answer.related]


@pytest.mark.parametrize("question", ["What does the ferry to Penwick cost?", "Who won the regatta?"])
def test_words_that_share_nothing_with_the_question_are_not_shown(assistant: Assistant, question: str) -> None:
    assert NEAR not in told(assistant, question).answer


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("List the actions on knitting", AnswerStatus.NO_MATCH),
        ("How many actions are overdue?", AnswerStatus.ANSWERED),
    ],
)
def test_rows_that_are_asked_for_are_not_followed_by_words(
    assistant: Assistant, question: str, status: AnswerStatus
) -> None:
    answer = told(assistant, question)
    assert (answer.status, NEAR in answer.answer) == (status, False)


def test_words_that_answer_are_not_told_to_come_near(assistant: Assistant) -> None:
    answer = told(assistant, "Who paid for the choir tour of lodgings?")
    assert "Alder Trust" in answer.answer
    assert NEAR not in answer.answer
