"""Laws of reading, over questions that are made here: what changes nothing, what parts the rows, what follows on."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from assistant.conditions import Without
from assistant.lexicon import phrases
from assistant.planner.candidates.states import STATES
from assistant.planner.judge import empty_by_nature
from assistant.planner.plan import plan_question
from assistant.planner.text import Text
from assistant.query_plan import Intent, QueryPlan
from tests.assistant.planner.facts import plan_facts
from tests.assistant.planner.shelf import HOLDINGS, TODAY, OnTwoSubjects, ask, encoder, vocabulary

CORES = (
    "which neglect actions are overdue in the tracker",
    "amber actions for the principal social worker",
    "what is due in September 2026 in the action log",
    "how many actions on supervision are complete",
    "which actions have no owner",
)


def plan(question: str, *before: str) -> QueryPlan:
    """The plan that the question is read as."""
    outcome = ask(question, "2026-09-01", *before)
    assert outcome.plan is not None, outcome.decline
    return outcome.plan


def core(question: str, *before: str) -> dict[str, Any]:
    """What the plan asks, whatever the letter case and the form in which it is to be told."""
    found = plan_facts(plan(question, *before))
    found["themes"] = [theme.lower().rstrip("!") for theme in found.get("themes", [])]
    return {name: value for name, value in found.items() if name not in ("asked", "intent")}


@pytest.mark.parametrize("question", CORES)
@pytest.mark.parametrize(
    "form",
    [
        "please, {}?",
        "hi there - {} thanks",
        "{}, many thanks",
        "could you tell me {}",
        "we have an inspection on Monday, please tell me {}",
        "I'm briefing the chief executive at 2, so {}",
    ],
)
def test_courtesy_and_preambles_change_nothing(question: str, form: str) -> None:
    assert core(form.format(question)) == core(question)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("in the tracker, which neglect actions are overdue", "which neglect actions are overdue in the tracker"),
        ("overdue neglect actions in the tracker", "in the tracker, neglect actions that are overdue"),
        ("due in September 2026, what is in the action log", "what in the action log is due in September 2026"),
    ],
)
def test_the_order_of_clauses_changes_nothing(one: str, other: str) -> None:
    assert core(one) == core(other)


DONE = ["finished", "completed", "delivered", "closed", "signed off", "wrapped up", "done"]


@pytest.mark.parametrize("word", DONE)
def test_words_for_one_state_are_one_filter(word: str) -> None:
    assert core(f"which actions in the log have been {word}") == core("which actions in the log have been completed")


EXCLUDING = [
    "everything but the {}",
    "all actions apart from the {}",
    "actions minus the {}",
    "actions, leaving out the {}",
    "ignore the {} and list the actions",
    "actions, set aside the {}",
    "knock out the {} and show the actions",
    "actions without the {}",
    "all the actions bar the {}",
    "every action except the {}",
    "actions other than the {}",
    "actions excluding the {}",
    "drop the {} and list the rest of the actions",
]


@pytest.mark.parametrize("form", EXCLUDING)
@pytest.mark.parametrize("what", ["completed ones", "blocked ones", "amber ones", "red ones"])
def test_every_way_to_leave_out_gives_the_complement(form: str, what: str) -> None:
    inside = plan(f"the {what} in the tracker").where
    outside = plan(f"{form.format(what)} in the tracker").where
    assert outside == Without(inside)


@pytest.mark.parametrize("state", [name for name in STATES if name not in ("off_track", "carried", "open")])
def test_a_state_and_its_denial_part_the_rows(state: str) -> None:
    said = next(phrase for phrase in phrases("state", state) if "/" not in phrase)
    inside = plan(f"actions in the tracker that are {said}").where
    outside = plan(f"actions in the tracker other than those that are {said}").where
    assert outside == Without(inside) or inside == Without(outside)


def test_what_stands_side_by_side_narrows() -> None:
    assert core("red actions that are overdue")["where"] == "rated red"
    assert core("red actions that are overdue")["lateness"] == "overdue"
    assert "either" in core("actions that are red or overdue")["where"]


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        (
            "which neglect actions are in the tracker",
            "only the overdue ones",
            "which neglect actions in the tracker are overdue",
        ),
        ("actions in the log", "which of those are complete", "which actions in the log are complete"),
        ("amber actions in the tracker", "not the ones for HR", "amber actions in the tracker not for HR"),
    ],
)
def test_a_follow_up_is_the_whole_question(before: str, after: str, whole: str) -> None:
    assert core(after, before) == core(whole)


@pytest.mark.parametrize("word", ["neglect", "chronology", "sufficiency", "advocacy", "mosaic", "overcrowding"])
def test_a_word_that_stands_in_a_plan_is_never_corrected(word: str) -> None:
    assert not any("I read" in reading for reading in plan(f"actions about {word}").readings)


@pytest.mark.parametrize(
    ("question", "declined"),
    [
        ("?", "unclear"),
        ("🤷 🤷", "unclear"),
        ("neglect", ""),
        ("<b></b>**", "unclear"),
        ("quels sont les retards", "not_about_plans"),
        ("complete actions that are not complete", "unclear"),
        ("a " * 1500, "unclear"),
    ],
)
def test_bad_input_gets_a_plan_or_a_clear_decline(question: str, declined: str) -> None:
    outcome = ask(question)
    assert (outcome.decline.reason.value if outcome.decline else "", outcome.plan is None) == (declined, bool(declined))


@pytest.mark.parametrize(
    "question",
    [
        "is my daughter on a plan",
        "my neighbour's kid is not safe, which action is that",
        "what is being done about the family next door",
        "has my son got an owner",
    ],
)
def test_a_child_of_the_asker_is_refused_however_it_is_put(question: str) -> None:
    outcome = ask(question)
    assert outcome.decline is not None
    assert outcome.decline.reason.value == "a_child"


def test_children_as_a_theme_are_not_refused() -> None:
    assert ask("what is done for daughters and sons of prisoners").decline is None


def test_my_actions_need_somebody() -> None:
    outcome = ask("what are my actions")
    assert outcome.decline is not None
    assert outcome.decline.reason.value == "whose"
    assert (
        core("I'm the service manager, what are my actions")["where"] == core("the service manager's actions")["where"]
    )


def test_no_recogniser_takes_words_from_another() -> None:
    text = Text("which overdue actions are complete")
    before = text.words
    assert text.of("state")
    assert text.of("time")
    assert text.words == before


@pytest.mark.parametrize(
    "form",
    [
        "overdue actions, {} anything marked done",
        "what is overdue - {} those that are complete",
        "list the overdue actions and {} the finished ones",
    ],
)
@pytest.mark.parametrize("leave", ["leave off", "knock off", "strike off", "cross off", "take off", "leave out"])
def test_complete_and_overdue_never_both(form: str, leave: str) -> None:
    assert not empty_by_nature(plan(form.format(leave)))


@pytest.mark.parametrize("last", ["past due", "overdue"])
def test_a_list_of_measures_is_no_contradiction(last: str) -> None:
    assert "either" in core(f"actions, complete and {last}")["where"]


@pytest.mark.parametrize("question", ["complete and overdue actions in the tracker", "which are overdue and complete?"])
def test_two_states_joined_by_and_are_both(question: str) -> None:
    assert empty_by_nature(plan(question))


COUNTED = ["have no owner", "have no date", "are complete", "are overdue", "are red", "are about neglect"]


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(COUNTED, 2)))
def test_two_counts_in_one_breath_are_two_counts(one: str, other: str) -> None:
    outcome = ask(f"how many actions {one} and how many {other}", "2026-09-01")
    assert outcome.plan is not None
    assert len(outcome.also) + len(outcome.plan.sides) == 1
    assert outcome.plan.intent is Intent.COUNT


@pytest.mark.parametrize(
    "worry", ["I am worried about gangs.", "My casework is full of damp flats.", "We have a case."]
)
@pytest.mark.parametrize("asked", ["What is promised about neglect?", "Which actions are on supervision?"])
def test_what_is_told_first_is_neither_refused_nor_what_is_asked(worry: str, asked: str) -> None:
    told = plan(f"{worry} {asked}")
    assert told.wanted is plan(asked).wanted


@pytest.mark.parametrize("question", ["My son is five. Which action helps him?", "I have a case. Should I remove her?"])
def test_a_clause_that_points_back_to_a_child_is_refused(question: str) -> None:
    assert ask(question).decline is not None


@pytest.mark.parametrize("subject", ["neglect", "supervision"])
@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("anything about {} and zeppelins", "zeppelins"),
        ("quick one before zeppelins - anything about {}", "zeppelins"),
        ("which actions are about zeppelins or {}", "zeppelins"),
    ],
)
def test_what_no_row_holds_is_left_out_and_named(subject: str, form: str, word: str) -> None:
    outcome = plan_question(
        form.format(subject), HOLDINGS, vocabulary(), today=TODAY, trial=OnTwoSubjects(), encoder=encoder
    )
    assert outcome.plan is not None
    assert [theme.words for theme in outcome.plan.themes] == [subject]
    assert word in " ".join(outcome.not_understood)


@pytest.mark.parametrize("question", ["anything about zeppelins", "are there actions for zeppelins"])
def test_a_subject_that_no_row_holds_is_kept_as_asked(question: str) -> None:
    outcome = plan_question(question, HOLDINGS, vocabulary(), today=TODAY, trial=OnTwoSubjects(), encoder=encoder)
    assert outcome.plan is not None
    assert [theme.words for theme in outcome.plan.themes] == ["zeppelins"]
