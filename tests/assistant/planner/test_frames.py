"""Laws of the frame of a question: what is asked with it, told around it or compared, the rows are of one subject."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.planner import plan_question
from assistant.query_plan import Intent, QueryPlan
from tests.assistant.planner.facts import plan_facts
from tests.assistant.planner.shelf import HOLDINGS, TODAY, OnTwoSubjects, ask, encoder, vocabulary


def plans(question: str, *before: str, tried: bool = False) -> list[QueryPlan]:
    """The plan of a question, and those of what it asks besides."""
    if tried:
        outcome = plan_question(
            question, HOLDINGS, vocabulary(), today=TODAY, conversation=before, trial=OnTwoSubjects(), encoder=encoder
        )
    else:
        outcome = ask(question, None, *before)
    assert outcome.plan is not None, outcome.decline
    return [outcome.plan, *outcome.plan.also, *outcome.also]


def themes(plan: QueryPlan) -> list[str]:
    return [theme.words.lower() for theme in plan.themes]


FRAMES = (
    "which actions are about {} in the tracker?",
    "how many actions on {} are there in the tracker?",
    "is anything being done about {} in the tracker?",
    "who owns the {} actions in the tracker?",
    "when are the {} actions in the tracker due?",
    "are the {} actions in the tracker complete?",
    "{} in the tracker – status?",
    "the tracker: {}",
    "list everything to do with {} in the tracker, with owner and date",
    "a colleague wants to see everything in the tracker to do with {}",
    "which actions in the tracker are about {}? I need to brief the board",
    "what is on {} in the tracker? The lead member is asking and we meet in March",
)


@pytest.mark.parametrize("subject", ["neglect", "private fostering", "supervision", "school support"])
@pytest.mark.parametrize("frame", FRAMES)
def test_one_subject_and_plan_are_one_set_of_rows_in_every_frame(frame: str, subject: str) -> None:
    found, *others = plans(frame.format(subject))
    assert not others
    assert themes(found) == [subject]
    assert found.documents == ("tracker.tsv",)
    assert not any(theme.specific for theme in found.themes)


FIRSTS = ["how many actions in the tracker are complete", "which neglect actions in the tracker are amber"]
SECONDS = ["which are late", "which ones have no owner", "what is due next month"]


@pytest.mark.parametrize("first", FIRSTS)
@pytest.mark.parametrize("second", SECONDS)
@pytest.mark.parametrize("cut", [", and ", "? and ", "; "])
def test_a_further_question_keeps_plan_and_subject_and_not_the_state(first: str, second: str, cut: str) -> None:
    one, other = plans(f"{first}{cut}{second}?")
    alone, extra = plans(f"{first}?")[0], plans(f"{second} in the tracker?")[0]
    assert plan_facts(one) == plan_facts(alone)
    assert (other.where, other.lateness) == (extra.where, extra.lateness)
    assert (other.documents, themes(other)) == (alone.documents, themes(alone))


@pytest.mark.parametrize(
    "question",
    [
        "who owns the neglect actions in the tracker and when are they due?",
        "which actions in the tracker are amber and have no owner?",
        "of the neglect actions, which are late?",
        "who leads on neglect and is it amber?",
        "we had a bad week on neglect. What is late in the tracker?",
    ],
)
def test_what_asks_a_further_field_or_narrows_is_one_question(question: str) -> None:
    assert len(plans(question)) == 1


@pytest.mark.parametrize("told", ["I've just taken over finance. ", "We changed the board in March. "])
def test_what_is_told_first_does_not_say_what_is_asked(told: str) -> None:
    question = "Which neglect actions in the tracker are late?"
    assert plan_facts(plans(f"{told}{question}")[0]) == plan_facts(plans(question)[0])


COMPARING = ["compare {} and {}", "which is further on, {} or {}?", "{} against {}: which has got further?"]


@pytest.mark.parametrize("frame", COMPARING)
@pytest.mark.parametrize("pair", [("neglect", "supervision"), ("neglect", "airships"), ("airships", "neglect")])
def test_both_sides_of_a_comparison_stand_though_no_row_is_on_one(frame: str, pair: Sequence[str]) -> None:
    found = plans(frame.format(*pair), tried=True)[0]
    assert found.intent is Intent.COMPARE
    assert [themes(side) for side in found.sides] == [[pair[0]], [pair[1]]]


def test_a_heading_and_a_subject_are_sides_as_well() -> None:
    found = plans("which is further on in the improvement plan, priority one or the supervision work?")[0]
    assert [bool(side.themes) for side in found.sides] == [False, True]


@pytest.mark.parametrize("frame", ["and {}?", "{} then?"])
def test_a_subject_that_no_row_has_is_not_read_as_the_one_before(frame: str) -> None:
    before = "which actions are about neglect in the tracker?"
    assert themes(plans(frame.format("airships"), before, tried=True)[0]) == ["airships"]


@pytest.mark.parametrize(
    "question",
    [
        "what is past its date where the Principal Social Worker is a sponsor?",
        "actions in the improvement plan that have the Principal Social Worker down",
    ],
)
def test_a_name_of_an_owner_in_a_phrase_is_an_owner_where_no_row_is_on_it(question: str) -> None:
    found = plans(question, tried=True)[0]
    assert "Principal Social Worker" in plan_facts(found)["where"]
    assert not found.themes


@pytest.mark.parametrize("verb", ["owned", "led", "managed"])
@pytest.mark.parametrize("frame", ["which actions in the tracker are {} by Managers?", "actions not {} by Managers"])
def test_who_owns_is_no_group(frame: str, verb: str) -> None:
    found = plans(frame.format(verb))[0]
    assert found.group_by is None
    assert "Managers" in plan_facts(found)["where"]


@pytest.mark.parametrize("where", ["box", "column", "cell"])
def test_the_place_of_progress_is_no_state(where: str) -> None:
    asked = plans(f"which actions in the tracker have nothing written in the progress {where}?")[0]
    assert "in progress" not in plan_facts(asked)["where"]


ASKERS = [
    "might someone let us know {}",
    "would anybody explain to me {}",
    "I would love to hear {}",
    "we'd want to see {}",
    "will you find out for me {}",
]
ASKED = [
    "which neglect actions in the tracker are late",
    "who owns the amber actions",
    "what the tracker has on neglect",
]


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("asker", ASKERS)
def test_who_is_to_tell_whom_is_no_part_of_what_is_asked(asker: str, asked: str) -> None:
    assert plan_facts(plans(asker.format(asked))[0]) == plan_facts(plans(asked)[0])


@pytest.mark.parametrize("asker", ASKERS)
@pytest.mark.parametrize("mark", ["whether", "if"])
def test_whether_is_asked_as_the_question_itself(asker: str, mark: str) -> None:
    said = plans(asker.format(f"{mark} all the neglect actions are complete"))[0]
    assert plan_facts(said) == plan_facts(plans("are all the neglect actions complete?")[0])


@pytest.mark.parametrize("case", ["saying in turn whether it has been completed", "noting whether each is complete"])
def test_whether_within_a_request_for_rows_asks_for_their_state(case: str) -> None:
    plan = plans(f"list the neglect actions in the tracker, {case}")[0]
    assert (plan.intent, plan.polar) == (Intent.LIST, False)


IDLE = [
    "whether alone or with partners",
    "either singly or jointly",
    "whatever their colour",
    "including those shared with others",
]


@pytest.mark.parametrize("idle", IDLE)
def test_what_makes_no_difference_filters_nothing(idle: str) -> None:
    asked = "which actions in the tracker does the Team Manager own"
    assert plan_facts(plans(f"{asked}, {idle}?")[0]) == plan_facts(plans(f"{asked}?")[0])
