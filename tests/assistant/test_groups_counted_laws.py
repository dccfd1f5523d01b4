"""Laws of counted groups: how many there are is said first where it is asked, and is the number of those listed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.compose.numbers import figure
from assistant.service import Assistant
from tests.assistant import fenbridge


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("groups")
    return fenbridge.assistant(fenbridge.register(folder))


@pytest.mark.parametrize("kind", ["owners", "leads"])
@pytest.mark.parametrize("question", ["How many {} are there?", "What is the number of {}?"])
def test_the_number_of_groups_is_that_of_the_groups_listed(assistant: Assistant, question: str, kind: str) -> None:
    answer = assistant.ask(question.format(kind), as_of=fenbridge.DAY).answer
    listed = [line for line in re.findall(r"^- (.+)", answer, re.MULTILINE) if "recorded:" not in line]
    assert answer.startswith(f"There are {figure(len(listed))} {kind}. ")


def test_a_count_of_rows_by_group_says_no_number_of_groups(assistant: Assistant) -> None:
    answer = assistant.ask("How many actions does each owner have?", as_of=fenbridge.DAY).answer
    assert not re.match(r"There are \w+ owners", answer)
