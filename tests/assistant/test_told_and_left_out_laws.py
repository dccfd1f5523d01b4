"""Laws of what is told before a question, of two subjects at once, of what is left out further, of what none is."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, CitationKind
from assistant.flags import FlagCode
from assistant.service import Assistant
from tests.assistant import fenbridge

Asked = Callable[..., Answer]
SUBJECTS = ["neglect", "health visitors", "private fostering", "social workers"]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    folder: Path = tmp_path_factory.mktemp("told")
    assistant = fenbridge.assistant(fenbridge.register(folder))

    def asked(question: str, *before: str) -> Answer:
        return assistant.ask(question, fenbridge.DAY, conversation=before)

    return asked


def rows(answer: Answer) -> set[str]:
    return {citation.id for citation in answer.citations if citation.kind is CitationKind.ACTION}


@pytest.mark.parametrize(("one", "other"), list(itertools.permutations(SUBJECTS, 2)))
@pytest.mark.parametrize(
    "frame", ["Which actions are about both {} and {}?", "Which actions cover {} and {} together?"]
)
def test_both_is_and(ask: Asked, frame: str, one: str, other: str) -> None:
    first, second = (rows(ask(f"Which actions are on {words}?")) for words in (one, other))
    assert first
    assert second
    answer = ask(frame.format(one, other))
    assert rows(answer) == first & second or (not first & second and answer.answer.startswith("No action"))


TOLD = [
    "Neighbours keep asking about {}.",
    "{} is a worry.",
    "We are uneasy about {}.",
    "The board promised {}.",
    "There is a lot of talk about {}.",
]


@pytest.mark.parametrize("subject", ["neglect", "private fostering"])
@pytest.mark.parametrize("told", TOLD)
@pytest.mark.parametrize("asks", ["What is overdue?", "Which actions are overdue?", "What is complete?"])
def test_a_question_without_a_subject_is_asked_of_what_is_told(ask: Asked, asks: str, told: str, subject: str) -> None:
    alone = ask(f"{asks[:-1]} on {subject}?")
    answer = ask(f"{told.format(subject.capitalize() if told.startswith('{') else subject)} {asks}")
    assert rows(answer) == rows(alone)
    assert answer.total == alone.total


@pytest.mark.parametrize("told", ["The Team Manager asked about neglect.", "Directors wrote to us about neglect."])
def test_who_tells_is_no_owner(ask: Asked, told: str) -> None:
    assert rows(ask(f"{told} What is overdue?")) == rows(ask("What is overdue on neglect?"))


@pytest.mark.parametrize("told", ["A neighbour is baking a cake for the fair.", "Our rooms are not shared."])
@pytest.mark.parametrize("asks", ["What is overdue?", "Which actions are complete?"])
def test_what_is_told_of_something_else_filters_nothing(ask: Asked, told: str, asks: str) -> None:
    assert rows(ask(f"{told} {asks}")) == rows(ask(asks))


LEFT = ["owned by the Team Manager", "on neglect", "that are overdue"]


@pytest.mark.parametrize("out", LEFT)
@pytest.mark.parametrize("how", ["excluding those {}", "leave out those {}", "without the ones {}"])
@pytest.mark.parametrize("first", ["Which actions are not complete?", "Which actions have an owner?"])
def test_a_further_exclusion_narrows_what_stands(ask: Asked, first: str, how: str, out: str) -> None:
    stood, left = rows(ask(first)), rows(ask(f"Which actions are {out.removeprefix('that are ')}?"))
    assert left
    assert rows(ask(how.format(out), first)) == stood - left


@pytest.mark.parametrize("subject", ["neglect", "private fostering"])
@pytest.mark.parametrize(
    "frame",
    [
        "Has the council no actions on {}?",
        "Does Fenbridge have no actions on {}?",
        "Does our council have no tasks on {}?",
    ],
)
def test_none_is_denied_where_there_are_some(ask: Asked, frame: str, subject: str) -> None:
    answer = ask(frame.format(subject))
    assert answer.answer.startswith("No.")
    assert answer.total == 3


@pytest.mark.parametrize(("gap", "share"), [("no owner", "33%"), ("no due date", "33%")])
@pytest.mark.parametrize("asks", ["What share of actions have {}?", "What percentage of the actions have {}?"])
def test_a_share_is_a_percentage(ask: Asked, asks: str, gap: str, share: str) -> None:
    assert f"That is {share}." in ask(asks.format(gap)).answer


@pytest.fixture(scope="module")
def faded(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The plan as one whose colours did not survive."""
    reading = fenbridge.plan_reading(rows=[{**row, "rag": None, "rag_meaning": None} for row in fenbridge.ROWS])
    reading = replace(reading, flags=(FlagCode.COLOUR_LOST.flag("The colours are lost."),))
    return fenbridge.assistant(fenbridge.register(tmp_path_factory.mktemp("faded"), reading))


@pytest.mark.parametrize("colour", ["red", "green", "amber"])
@pytest.mark.parametrize("asks", ["Are there any {} actions?", "Which actions are {}?", "How many actions are {}?"])
def test_none_of_a_colour_is_not_said_alone_where_colours_are_lost(faded: Assistant, asks: str, colour: str) -> None:
    answer = faded.ask(asks.format(colour), fenbridge.DAY)
    assert not answer.answer.startswith("No.")
    assert "could not all be read" in answer.answer


@pytest.mark.parametrize("asks", ["Is every action on private fostering overdue?", "Are all the actions overdue?"])
def test_whether_all_are_late_is_not_affirmed_flatly_where_colours_are_lost(faded: Assistant, asks: str) -> None:
    answer = faded.ask(asks, fenbridge.DAY)
    assert not answer.answer.startswith("Yes")
