"""Laws of reading: what stands side by side is each looked for, and what only looks like a filter is none."""

from __future__ import annotations

import itertools

import pytest

from assistant.conditions import EVERYTHING, Condition, Field
from assistant.flags import FlagCode
from assistant.query_plan import QueryPlan
from tests.assistant.planner.facts import facts, plan_facts
from tests.assistant.planner.shelf import ask

SUBJECTS = ["the placement strategy", "a housing workshop", "the advocacy leaflet"]


def plan(question: str) -> QueryPlan:
    outcome = ask(question, "2026-09-01")
    assert outcome.plan is not None, outcome.decline
    return outcome.plan


def named(question: str) -> list[str]:
    """The subjects that a question is read to be about, alternatives too."""
    return [one.words for theme in plan(question).themes for one in (theme, *theme.alternatives)]


@pytest.mark.parametrize(("one", "other"), list(itertools.permutations(SUBJECTS, 2)))
@pytest.mark.parametrize(
    "form",
    [
        "when are {} and {} due",
        "who leads {} and {}?",
        "what is the colour of the work on {} in the tracker, and on {}?",
        "how is work on {} going, and on {}?",
    ],
)
def test_each_of_two_subjects_is_looked_for(form: str, one: str, other: str) -> None:
    found = plan(form.format(one, other))
    words = " ".join(named(form.format(one, other)))
    assert all(word in words for subject in (one, other) for word in subject.split()[1:])
    assert len(found.themes) == 1  # alternatives of one, so that neither narrows the other
    assert len(found.themes[0].alternatives) == 1


@pytest.mark.parametrize("word", ["parking", "bins", "drop-in sessions", "excluded pupils", "missed bins", "reading"])
@pytest.mark.parametrize(
    "form", ["which actions are about {}?", "does anything mention {}?", "any actions regarding {}?"]
)
def test_a_word_in_the_place_of_a_subject_is_no_filter(form: str, word: str) -> None:
    found = plan(form.format(word))
    assert word.split()[-1] in " ".join(named(form.format(word)))
    assert found.where == EVERYTHING
    assert not found.without_themes


@pytest.mark.parametrize("said", ["have been parked", "are dropped", "are on hold", "have been binned"])
def test_the_same_word_said_of_rows_is_a_filter(said: str) -> None:
    assert plan(f"which actions {said}?").where != EVERYTHING


@pytest.mark.parametrize("form", ["which of them is numbered {}", "action {}", "number {}", "no. {}"])
def test_a_number_names_a_row(form: str) -> None:
    assert plan(form.format(24)).where == Condition(Field.REF, "is", ("24",))


@pytest.mark.parametrize("nobody", ["owned by nobody", "led by no one", "with no owner", "unowned"])
def test_nobody_is_a_gap(nobody: str) -> None:
    assert plan_facts(plan(f"which actions are {nobody}?"))["where"] == "with no owner recorded"


@pytest.mark.parametrize("most", ["more than one owner", "several owners", "joint owners"])
def test_to_have_not_several_owners_is_to_have_one(most: str) -> None:
    assert plan(f"which actions have {most}?").shared_ownership is True
    denied = plan(f"which actions do not have {most}?")
    assert (denied.shared_ownership, denied.where) == (False, EVERYTHING)


@pytest.mark.parametrize("name", ["Petra Longfellow", "Amir Haddad", "Jo Whitcombe"])
@pytest.mark.parametrize(
    "form", ["what does {} own?", "did {} complete the audit?", "{}'s overdue actions in the tracker", "is {} late?"]
)
def test_a_person_that_no_plan_names_is_an_owner_never_heard_of(form: str, name: str) -> None:
    found = plan_facts(plan(form.format(name)))
    assert f"owned by {name}" in found["where"]


@pytest.mark.parametrize("place", ["Tower Hamlets", "West Ham", "Forest Hill Borough"])
def test_a_place_is_no_person(place: str) -> None:
    found = facts(ask(f"is {place} late?"))
    assert "owned by" not in str(found)
    assert found.get("declined") in ("out_of_scope: not_about_plans", "no_match: unknown_plan")


@pytest.mark.parametrize(
    ("question", "wrong", "right"),
    [
        *(
            (question, *numbers)
            for question in ("what is due in quarter {}?", "which actions fall in quarter {} of 2026")
            for numbers in (("7", "3"), ("0", "2"))
        ),
        ("anything in the last {} days?", "0", "2"),
    ],
)
def test_a_time_that_there_is_not_is_asked_back(question: str, wrong: str, right: str) -> None:
    assert "no_date" in facts(ask(question.format(wrong))).get("declined", "")
    assert "declined" not in facts(ask(question.format(right)))


@pytest.mark.parametrize("again", ["(March to May)", "so March to May", "i.e. March to May"])
def test_a_time_said_again_is_one_time(again: str) -> None:
    once, twice = plan("what is due in spring 2026?"), plan(f"what is due in spring 2026, {again}?")
    assert twice.where == once.where
    assert not twice.themes


@pytest.mark.parametrize("when", ["in January 2026", "before March 2026", "in spring 2026"])
def test_both_started_and_due_is_two_filters(when: str) -> None:
    both = plan_facts(plan(f"which tracker rows both started and were due to finish {when}"))["where"]
    for one in (f"which tracker rows started {when}", f"which tracker rows are due {when}"):
        assert plan_facts(plan(one))["where"] in both


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("The tracker runs April 2025 to March 2026. Is any due date earlier than that?", FlagCode.DUE_BEFORE_PLAN),
        ("which due dates fall before the plan even started (April 2025)?", FlagCode.DUE_BEFORE_PLAN),
        ("is a completion date after the plan came out?", FlagCode.COMPLETION_AFTER_PLAN),
        (
            "The log was published in May. Is anything complete at a later date than that?",
            FlagCode.COMPLETION_AFTER_PLAN,
        ),
    ],
)
def test_dates_against_the_time_of_a_plan_are_errors_to_be_seen(question: str, code: FlagCode) -> None:
    found = plan(question)
    assert found.terms == (code.value,)
    assert "20" not in str(plan_facts(found).get("where", ""))  # the day of the plan is no filter


@pytest.mark.parametrize("word", ["zorped", "blimped", "quaffed", "snarkled"])
@pytest.mark.parametrize(
    "form", ["which actions are {}?", "list the actions that have been {}", "how many actions are {}"]
)
def test_every_row_is_never_the_answer_to_a_word_that_nothing_knows(form: str, word: str) -> None:
    outcome = ask(form.format(word), "2026-09-01")
    assert outcome.plan is not None
    narrowed = outcome.plan.where != EVERYTHING or outcome.plan.themes
    assert narrowed or word in outcome.not_understood


@pytest.mark.parametrize("left", ["in section 12", "that have two due dates", "without evidence", "about nothing"])
def test_what_does_not_narrow_is_named(left: str) -> None:
    outcome = ask(f"which actions {left}", "2026-09-01")
    assert outcome.plan is not None
    assert outcome.plan.where != EVERYTHING or outcome.plan.themes or outcome.not_understood


@pytest.mark.parametrize(
    "question",
    ["show me all the actions", "list everything", "what is in the tracker?", "how many actions are there in all"],
)
def test_every_row_is_given_where_every_row_is_asked_for(question: str) -> None:
    assert ask(question, "2026-09-01").not_understood == ()


@pytest.mark.parametrize("joint", [", and ", "? And ", "; "])
@pytest.mark.parametrize(
    "other", ["which actions have no owner", "how many actions are complete", "is anything on hold"]
)
def test_a_further_question_about_rows_of_its_own_is_not_about_the_first_subject(joint: str, other: str) -> None:
    outcome = ask(f"who leads on supervision{joint}{other}?", "2026-09-01")
    assert len(outcome.also) == 1
    assert outcome.also[0].themes == ()
    assert outcome.also[0].where == plan(f"{other}?").where
