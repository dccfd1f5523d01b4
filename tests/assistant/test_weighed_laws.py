"""Laws of questions that weigh two things: the verdict follows from both figures, and both are told."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from assistant.outcome import AnswerStatus
from assistant.service import Assistant
from tests.assistant import fenbridge

STATES = ["overdue", "complete", "in progress"]
SUBJECTS = ["on neglect", "on private fostering", "on social workers"]
OWNERS = ["owned by the Team Manager", "owned by the Virtual School Head"]
PAIRS = [pair for kind in (STATES, SUBJECTS, OWNERS) for pair in itertools.permutations(kind, 2)]
DUE = {str(row["ref"]): row["due"] for row in fenbridge.ROWS if "due" in row}
DATED = list(DUE)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("weighed")
    return fenbridge.assistant(fenbridge.register(folder))


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize("more", [True, False])
@pytest.mark.parametrize(
    "frame", ["Are there {} actions {} than {}?", "Is it true that there are {} tasks {} than {}?"]
)
def test_whether_there_are_more_follows_from_both_numbers(
    assistant: Assistant, frame: str, more: bool, one: str, other: str
) -> None:
    first, second = (
        assistant.ask(f"How many actions are {words}?", as_of=fenbridge.DAY).total for words in (one, other)
    )
    assert first is not None
    assert second is not None
    answer = assistant.ask(frame.format("more" if more else "fewer", one, other), as_of=fenbridge.DAY)
    assert answer.answer.startswith("Yes." if (first > second if more else first < second) else "No.")
    assert not answer.not_understood


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize("frame", ["How many more actions are {} than {}?", "Are more actions {} or {}?"])
def test_which_are_more_is_told_with_the_difference(assistant: Assistant, frame: str, one: str, other: str) -> None:
    first, second = (
        assistant.ask(f"How many actions are {words}?", as_of=fenbridge.DAY).total for words in (one, other)
    )
    assert first is not None
    assert second is not None
    answer = assistant.ask(frame.format(one, other), as_of=fenbridge.DAY).answer
    winner = (one if first > second else other).replace(" the ", " ")
    told = f"More are {winner}, by {abs(first - second)}." if first != second else "Both are the same."
    assert answer.startswith(told)


@pytest.mark.parametrize(("one", "other"), list(itertools.permutations(STATES, 2)))
@pytest.mark.parametrize("beside", [*OWNERS, *SUBJECTS[:2]])
def test_what_stands_behind_both_is_of_both(assistant: Assistant, one: str, other: str, beside: str) -> None:
    first, second = (
        assistant.ask(f"How many actions {beside} are {words}?", as_of=fenbridge.DAY).total for words in (one, other)
    )
    assert first is not None
    assert second is not None
    answer = assistant.ask(f"Are there more actions {one} than {other} {beside}?", as_of=fenbridge.DAY).answer
    assert answer.startswith("Yes." if first > second else "No.")


@pytest.mark.parametrize(("one", "other"), list(itertools.permutations(DATED, 2)))
@pytest.mark.parametrize(("frame", "earlier"), [("Is {} due before {}?", True), ("Is {} due later than {}?", False)])
def test_whether_one_is_due_before_another(
    assistant: Assistant, frame: str, earlier: bool, one: str, other: str
) -> None:
    answer = assistant.ask(frame.format(one, other), as_of=fenbridge.DAY).answer
    assert answer.startswith("Yes." if (DUE[one] < DUE[other]) is earlier else "No.")


@pytest.mark.parametrize(("one", "other"), list(itertools.permutations(DATED, 2)))
@pytest.mark.parametrize(
    "frame", ["Which is due first, {} or {}?", "Is {} or {} due first?", "Which of {} and {} is due first?"]
)
def test_which_is_due_first(assistant: Assistant, frame: str, one: str, other: str) -> None:
    first = one if DUE[one] < DUE[other] else other
    assert assistant.ask(frame.format(one, other), as_of=fenbridge.DAY).answer.startswith(f"{first} comes first.")


@pytest.mark.parametrize("undated", ["R1.3", "R2.2"])
@pytest.mark.parametrize("frame", ["Is {} due before {}?", "Which is due first, {} or {}?"])
def test_what_has_no_date_is_not_weighed(assistant: Assistant, frame: str, undated: str) -> None:
    answer = assistant.ask(frame.format("R1.1", undated), as_of=fenbridge.DAY)
    assert answer.status is AnswerStatus.CANNOT_ANSWER
    assert all(ref in answer.answer for ref in ("R1.1", undated))


@pytest.mark.parametrize(
    "asked", ["Are there more than 3 actions on neglect?", "Which actions are more than a month late?"]
)
def test_an_amount_is_no_second_thing(assistant: Assistant, asked: str) -> None:
    query = assistant.ask(asked, as_of=fenbridge.DAY).query
    assert query is not None
    assert query["intent"] != "compare"


@pytest.mark.parametrize("group", ["owner", "recommendation"])
@pytest.mark.parametrize("rows", ["overdue actions", "actions", "actions on neglect"])
@pytest.mark.parametrize(("said", "meant"), [("more", "the most"), ("fewer", "the fewest")])
def test_more_than_none_other_is_the_most_of_all(
    assistant: Assistant, group: str, rows: str, said: str, meant: str
) -> None:
    told = [assistant.ask(f"Which {group} has {words} {rows}?", fenbridge.DAY).answer for words in (said, meant)]
    assert told[0] == told[1]
