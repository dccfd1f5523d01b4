"""A subject that no plan holds gets no row passed off as a mention of it: by its words one by one, or by its like."""

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.embedding import open_embedder
from assistant.outcome import AnswerStatus
from assistant.records import OWNER
from assistant.service import Assistant
from assistant.settings import read_settings
from ingest.load import load

PLAN = """Ottermere Families Plan

Foreword

The lantern walk for grandparents was held in the spring and was a success.

Ref\tAction\tOwner\tBy when\tHow we will know\tStatus
H1\tAsk harbour pilots, and in the winter the keepers of lighthouses, for help\tLead\tMay 2031\tAdvice\tBegun
H2\tPublish a leaflet on damp cellars for every one of the parents who cook herbs\tLead\tJune 2031\tOut\tBegun
H3\tHold a lantern market\tLead\tJuly 2031\tStalls are let, and many of the visitors liked pottery\tBegun
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("plans")
    (folder / "ottermere-families-plan.txt").write_text(PLAN, encoding="utf-8")
    settings = read_settings(data_dir=Path(tmp_path_factory.mktemp("data")))
    load([folder], settings, embedder=open_embedder(settings.embedding_model))
    return Assistant.open(settings.data_dir, settings)


def told(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(question, date(2031, 4, 1), audience=OWNER)


APART = [f"{one} {other}" for one, other in permutations(["harbour", "cellars", "pottery"], 2)]
FRAMES = ["What are we doing for {}?", "Which actions are about {}?", "Is anything being done about {}?"]


@pytest.mark.parametrize("subject", APART)
@pytest.mark.parametrize("frame", FRAMES)
def test_words_that_stand_in_different_places_mention_nothing(assistant: Assistant, frame: str, subject: str) -> None:
    answer = told(assistant, frame.format(subject))
    assert " mention" not in answer.answer
    assert "speaks of it:" not in answer.answer
    assert not answer.total


@pytest.mark.parametrize("subject", ["road safety", "pest control", "school meals", "street lighting", "bus routes"])
@pytest.mark.parametrize("frame", FRAMES)
def test_a_name_that_no_row_bears_is_not_told_of_by_its_like(assistant: Assistant, frame: str, subject: str) -> None:
    answer = told(assistant, frame.format(subject))
    assert answer.status is AnswerStatus.NO_MATCH
    assert not answer.total
    assert not answer.citations


@pytest.mark.parametrize("subject", ["grandparents", "lantern walk", "lantern walk for grandparents"])
def test_words_that_stand_together_in_the_prose_are_quoted(assistant: Assistant, subject: str) -> None:
    assert "lantern walk for grandparents was held" in told(assistant, f"What is being done about {subject}?").answer


@pytest.mark.parametrize("subject", ["road safety", "the Smith family", "Amelia Price", "street lighting"])
@pytest.mark.parametrize("frame", ["What does {} cost?", "Who is the manager of {}?", "What is happening with {}?"])
def test_no_words_come_near_to_a_subject_with_which_they_share_no_telling_word(
    assistant: Assistant, frame: str, subject: str
) -> None:
    assert "come nearest" not in told(assistant, frame.format(subject)).answer


@pytest.mark.parametrize("what", ["telephone number", "e-mail address", "phone number"])
def test_no_words_come_near_to_contact_details(assistant: Assistant, what: str) -> None:
    assert "come nearest" not in told(assistant, f"What is the {what} for the lantern market?").answer
