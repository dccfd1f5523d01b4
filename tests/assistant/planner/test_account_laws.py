"""Laws of what a reading keeps of its question: a sure word is in the plan or is named, and none vanishes."""

import re
from dataclasses import replace

import pytest

from assistant.conditions import EVERYTHING, Condition, Field, Operator, conditions_of
from assistant.planner.judge import lost
from assistant.planner.told import points_out
from assistant.query_plan import Intent
from tests.assistant.planner.facts import facts
from tests.assistant.planner.shelf import HOLDINGS, ask

BEYOND = ("that start and end in the same month", "that appear in both plans", "older than the chair")
STATES = ("completed", "overdue", "amber", "withdrawn", "not started", "blocked")


@pytest.mark.parametrize("beyond", BEYOND)
def test_what_no_filter_says_is_named_and_never_answered_with_all_rows(beyond: str) -> None:
    outcome = ask(f"which actions {beyond}")
    assert outcome.plan is not None
    named = " ".join(outcome.not_understood)
    assert named or outcome.plan.themes
    assert not outcome.plan.themes or set(re.findall(r"\w+", beyond)) & set(outcome.plan.themes[0].words.split())


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("question", ["which {} actions are on neglect?", "how many actions on neglect are {}?"])
def test_a_state_is_said_by_the_plan_or_named(question: str, state: str) -> None:
    outcome = ask(question.format(state))
    assert outcome.plan is not None
    assert not lost(question.format(state), outcome.plan, HOLDINGS)
    bare = replace(outcome.plan, where=EVERYTHING, lateness=None, sides=(), premises=(), asked_of=None, also_asked=())
    assert state in " ".join(lost(question.format(state), bare, HOLDINGS))


@pytest.mark.parametrize(
    "question", ["what is in the tracker?", "how many actions are there?", "list all actions please"]
)
def test_a_question_for_all_rows_loses_nothing(question: str) -> None:
    assert ask(question).not_understood == ()


@pytest.mark.parametrize("words", ["should have been finished by now", "should have been done"])
def test_what_should_be_done_is_late_and_loses_nothing(words: str) -> None:
    outcome = ask(f"what {words} on neglect?")
    assert facts(outcome)["lateness"] == "overdue"
    assert outcome.not_understood == ()


@pytest.mark.parametrize("tail", ["that kind of thing", "and so on", "etc"])
def test_examples_of_a_subject_are_no_subjects(tail: str) -> None:
    bare = facts(ask("what actions are there on neglect?"))
    assert facts(ask(f"what actions are there on neglect - audits, training, {tail}?")) == bare


def test_a_pronoun_within_the_clause_of_a_noun_points_elsewhere() -> None:
    assert points_out("list the actions that are on them")
    assert facts(ask("Chronologies keep coming up. List the actions that are on them."))["themes"] == ["Chronologies"]


@pytest.mark.parametrize("order", ["oldest due date first", "earliest first", "soonest ones first"])
def test_an_order_of_all_rows_keeps_all_rows(order: str) -> None:
    plan = ask(f"list the overdue actions in the tracker, {order}").plan
    assert plan is not None
    assert (plan.intent, plan.order, plan.first) == (Intent.LIST, Field.DUE, None)


@pytest.mark.parametrize("words", ["with a completion date before May 2026", "with a completion date in May 2026"])
@pytest.mark.parametrize("completed", [True, False])
def test_a_completion_date_is_what_the_plans_call_so(words: str, completed: bool) -> None:
    held = replace(HOLDINGS, sources=tuple(replace(one, completed=completed) for one in HOLDINGS.sources))
    plan = ask(f"which actions are there {words}?", holdings=held).plan
    assert plan is not None
    tested = {one.field for one in conditions_of(plan.where)} - {Field.STATUS}
    assert tested == {Field.COMPLETED_ON if completed else Field.DUE}


def test_one_plan_of_several_is_the_one_that_runs_then() -> None:
    question = "what was late in the Fenbridge plan at {}?"
    then, several = (
        ask(question.format("1 October 2026")).plan,
        ask("what was late in the Fenbridge plans at 1 October 2026?").plan,
    )
    assert then is not None
    assert several is not None
    assert (then.documents, any("runs at" in said for said in then.readings)) == (("log.csv",), True)
    assert len(several.documents) == 3


def test_early_years_are_no_dates() -> None:
    plan = ask("which actions are on early years?").plan
    assert plan is not None
    assert [theme.words for theme in plan.themes] == ["early years"]
    assert Condition(Field.DUE, Operator.MISSING) not in conditions_of(plan.where)
