"""Whether something is so: a Yes or a No only where a field of the rows tells it."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from assistant.outcome import AnswerStatus
from assistant.service import Assistant
from tests.assistant import fenbridge


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("whether")
    return fenbridge.assistant(fenbridge.register(folder))


WHO = ["any child", "a family", "anyone", "the children"]
EVENTS = ["been hurt", "run away", "complained", "been sacked", "moved abroad"]


@pytest.mark.parametrize(("who", "event"), list(itertools.product(WHO, EVENTS)))
def test_an_event_in_the_world_is_never_affirmed_or_denied(assistant: Assistant, who: str, event: str) -> None:
    has = "Have" if who.endswith("children") else "Has"
    answer = assistant.ask(f"{has} {who} {event}?")
    assert not answer.answer.startswith(("Yes", "No."))


@pytest.mark.parametrize("asked", ["Are children safe?", "Is neglect rare?", "Are families happy?"])
def test_how_the_world_is_is_never_affirmed_or_denied(assistant: Assistant, asked: str) -> None:
    assert not assistant.ask(asked).answer.startswith(("Yes", "No."))


def test_what_no_word_chose_rows_by_is_declined(assistant: Assistant) -> None:
    declined = {
        AnswerStatus.CANNOT_ANSWER,
        AnswerStatus.NEEDS_CLARIFICATION,
        AnswerStatus.NO_MATCH,
        AnswerStatus.REFUSED,
    }
    for asked in ("Has anyone been sacked?", "Did any family leave the country?", "Should the director resign?"):
        assert assistant.ask(asked).status in declined


@pytest.mark.parametrize(
    "asked",
    ["Are there any actions on neglect?", "Is anything being done about neglect?", "Do the plans mention neglect?"],
)
def test_what_the_plans_hold_is_affirmed(assistant: Assistant, asked: str) -> None:
    assert assistant.ask(asked).answer.startswith("Yes.")


def test_whether_something_is_odd_begins_with_the_verdict(assistant: Assistant) -> None:
    for kind in ("dates that look wrong", "duplicate actions", "actions with a corrupted owner"):
        answer = assistant.ask(f"Are there any {kind}?")
        found = "something to check" in answer.answer.partition("\n")[0]
        assert answer.answer.startswith("Yes." if found else "No."), answer.answer
