"""Questions as readers type them, over the small plan: figures, and rows named in passing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.compose.pieces import says
from assistant.outcome import AnswerStatus
from assistant.records import Locator
from assistant.retriever.asked import Asked
from assistant.retriever.kinds import Kind
from assistant.retriever.pieces import Piece
from assistant.retriever.scoring import Sought, counts
from assistant.service import Assistant
from tests.assistant import fenbridge


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return fenbridge.assistant(fenbridge.register(tmp_path_factory.mktemp("readers")))


def test_a_target_is_given_for_what_should_be(assistant: Assistant) -> None:
    answer = assistant.ask("what percentage of cases of neglect should be found good by audit?")
    assert answer.status is AnswerStatus.ANSWERED
    assert "Nine in ten cases" in answer.answer
    assert "This is a target" in answer.answer


def test_a_target_is_no_figure_of_what_is(assistant: Assistant) -> None:
    answer = assistant.ask("how many cases of neglect were found good by audit last month?")
    assert answer.status is AnswerStatus.CANNOT_ANSWER
    assert "Nine in ten cases" in answer.answer
    assert "no figure of what has been reached" in answer.answer


def test_a_reported_figure_is_given(assistant: Assistant) -> None:
    answer = assistant.ask("how many foster carers have been trained?")
    assert answer.status is AnswerStatus.ANSWERED
    assert "40 foster carers" in answer.answer


@pytest.mark.parametrize(
    ("text", "above", "stands"),
    [
        ("7. The children of the borough.", "", False),
        ("7 children came.", "", True),
        ("(7) Children of the borough.", "", False),
        ("Only one was seen.", "Visits to children", True),
        ("At least 90% are seen.", "Visits to children", False),
        ("Only one was seen.", "Visits", False),
    ],
)
def test_a_number_counts_the_noun_behind_it_or_what_it_stands_under(text: str, above: str, stands: bool) -> None:
    piece = Piece("", Locator(), text, above, "")
    assert counts(piece, Sought("children", {}, {}, None, Asked(Kind.NUMBER, "children"), {})) is stands


def test_a_row_named_in_a_request_to_delete_it_is_shown_alone(assistant: Assistant) -> None:
    answer = assistant.ask("delete action R2.2")
    assert answer.answer.startswith("I cannot change records")
    assert "leaflet" in answer.answer
    assert answer.total == len(answer.citations) == 1


def test_a_stem_does_not_repeat_the_reference() -> None:
    row = replace(fenbridge.plan_reading().actions[0], action_parent="R1.1 Train everybody:")
    assert says(row).startswith("Train everybody: Train every social worker")


def test_a_reading_that_adds_nothing_is_not_said(assistant: Assistant) -> None:
    assert "I read" not in assistant.ask("private fostering leaflet").answer
