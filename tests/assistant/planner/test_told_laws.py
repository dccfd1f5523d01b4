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


COURTESIES = ("Thanks", "Many thanks", "Kind regards", "Best wishes", "Cheers")
SIGNED = ("Ben", "Ben Okoro, Scrutiny", "Mrs J. Adeyemi", "Councillor Priya Shah")


@pytest.mark.parametrize("line", [f"{{}}{mark} {who}{{}}" for who in COURTESIES for mark in (",", ".", "")][::2])
@pytest.mark.parametrize("name", SIGNED)
def test_a_name_after_a_courtesy_is_a_signature(line: str, name: str) -> None:
    for asked in ("which neglect actions are overdue?", "list everything for Jo Marsh,"):
        assert facts(ask(line.format(f"{asked} ", f" {name}"))) == facts(ask(asked)), asked


def test_a_plan_or_a_child_after_a_courtesy_is_asked_about() -> None:
    assert facts(ask("which actions are overdue? Thanks. Fenbridge")) == facts(
        ask("which actions are overdue in Fenbridge?")
    )
    assert facts(ask("what happened to Amelia Okafor? Thanks, Ben")) == {"declined": "refused: a_child"}


@pytest.mark.parametrize("kin", ["daughter", "wife", "son", "brother", "mum"])
@pytest.mark.parametrize(
    "job", ["is a social worker in town", "used to work in finance", "is a student nurse", "teaches in a school"]
)
def test_a_relative_with_a_job_is_no_child(kin: str, job: str) -> None:
    for asked in ("which neglect actions are overdue?", "how many actions in the tracker are complete?"):
        for line in ("My {} {}. {}", "My {} {}, so I take an interest. {}", "My {} {}, and I take an interest. {}"):
            assert facts(ask(line.format(kin, job, asked))) == facts(ask(asked)), line
    for asked in ("Which social worker has {}?", "Who is the social worker of my {}?"):
        assert facts(ask(f"My {kin} {job}. {asked.format('her' if 'has' in asked else kin)}")) == {
            "declined": "refused: a_child"
        }


@pytest.mark.parametrize("reason", [
    "We had an awful row about this at committee. {}",
    "{} It's for a slide.",
    "{} The auditors are asking, and so is my chief exec.",
    "I'm in a hurry and so is my chief exec. {}",
])  # fmt: skip
def test_a_reason_adds_no_filter(reason: str) -> None:
    for asked in ("Were there any red actions in the tracker?", "How many actions does each plan have?"):
        assert facts(ask(reason.format(asked))) == facts(ask(asked)), asked


@pytest.mark.parametrize(
    "past", ["I used to be a teacher in {}.", "I worked in {} for years.", "My wife used to work in {}."]
)
def test_where_the_teller_once_was_is_no_plan_asked_of_unless_pointed_at(past: str) -> None:
    asked, place = "which neglect actions are overdue", "Fenbridge"
    assert facts(ask(f"{past.format(place)} {asked}?")) == facts(ask(f"{asked}?"))
    assert facts(ask(f"{past.format(place)} {asked} there?")) == facts(ask(f"In {place}, {asked}?"))


@pytest.mark.parametrize(
    "lead",
    [
        "hi, need to chase the {} work - {}",
        "They say they are sorting out {}. {}",
        "trying to pin down the {} bits - {}",
    ],
)
@pytest.mark.parametrize("subject", ["neglect", "private fostering"])
@pytest.mark.parametrize("asked", ["which actions have missed their deadline?", "is anything late?"])
def test_the_subject_beside_a_question_is_asked_about(lead: str, subject: str, asked: str) -> None:
    found = ask(lead.format(subject, asked)).plan
    assert found
    assert [theme.words for theme in found.themes] == [subject]
    assert found.lateness
