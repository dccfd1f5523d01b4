"""Laws of what is told around a question: who asks and why, before, beside or after it, changes nothing of the plan."""

import itertools

import pytest

from assistant.planner.told import parted
from tests.assistant.planner.facts import facts
from tests.assistant.planner.shelf import ask

TELLERS = (
    "Ms Green",
    "Mr. Osei in finance",
    "Cllr Begum",
    "Mrs Roe, the head teacher,",
    "A grandmother",
    "Our director",
)
SAYS = (
    "asked me this morning: {}",
    "asked {}",
    "rang about her bins. {}",
    "wants to know {}",
    "told us all is well; {}",
)
AROUND = (
    "I have been off for a month and nobody kept me posted. {}",
    "The service was judged good last time. {}",
    "For my supervision with Karen tomorrow: {}",
    "Not sure if this is the right place to ask but {}",
    "A mother told me her son was moved twice last year; {}",
    "{} Ms Green in Year 4 is asking.",
    "{} I need it for the board on Tuesday.",
    "{} Thanks, Priya",
)
ASKED = (
    "which neglect actions are overdue?",
    "who owns the supervision pilot?",
    "how many actions in the tracker are complete?",
    "any reds?",
)
LINES = [*(f"{who} {says}" for who, says in itertools.product(TELLERS, SAYS)), *AROUND]


@pytest.mark.parametrize("line", LINES)
def test_what_is_told_around_a_question_changes_nothing(line: str) -> None:
    for asked in ASKED:
        alone, told = facts(ask(asked)), facts(ask(line.format(asked)))
        assert told == alone, asked


@pytest.mark.parametrize(
    "line",
    [
        "which actions are late and who owns them?",
        "in the tracker, which are late?",
        "I need the overdue actions by Friday.",
        "of the things we said we would do, which are late?",
        "is it true that neglect is late?",
    ],
)
def test_a_line_that_tells_nothing_is_the_question(line: str) -> None:
    assert parted(line).asked == line
    assert not parted(line).told


@pytest.mark.parametrize(
    "asks",
    [
        "Is anything on that running late?",
        "What is overdue?",
        "How far have we got with it?",
        "Which actions do we have on it?",
    ],
)
@pytest.mark.parametrize(
    "who", ["A head teacher rang me about {}.", "Parents keep asking about {}.", "There is concern over {}."]
)
def test_the_subject_told_before_is_taken(who: str, asks: str) -> None:
    for subject in ("neglect", "private fostering"):
        found = ask(f"{who.format(subject)} {asks}").plan
        assert found
        assert [theme.words for theme in found.themes] == [subject]
