"""Laws of fields that are to be there, of who owns together or alone, and of counts that share what follows them."""

import pytest

from assistant.conditions import EVERYTHING, Condition, Field, Operator, Without
from assistant.planner import Held
from assistant.query_plan import QueryPlan
from tests.assistant.planner.shelf import IMPROVEMENT, LOG, TRACKER, ask

OWNED = Without(Condition(Field.OWNER, Operator.MISSING))
PLANS = (("the tracker", TRACKER), ("the improvement plan", IMPROVEMENT), ("the action log", LOG))


def plan_of(question: str) -> QueryPlan:
    plan = ask(question).plan
    assert plan
    return plan


@pytest.mark.parametrize("noun", ["owners", "sponsors"])
@pytest.mark.parametrize(("name", "held"), PLANS)
def test_a_field_that_a_plan_may_hold_is_a_condition(noun: str, name: str, held: Held) -> None:
    for asked in ("Does {} name any {}?", "Does {} list any {}?"):
        plan = plan_of(asked.format(name, noun))
        assert (plan.where, plan.documents) == (OWNED, (held.document,)), asked
    for asked in ("Are there any {} in {}?", "Are there {} in {}?"):
        plan = plan_of(asked.format(noun, name))
        assert (plan.where, plan.documents) == (OWNED, (held.document,)), asked
    every = plan_of(f"Do the actions in {name} all have {noun}?")
    assert [premise.claim for premise in every.premises] == [OWNED]
    assert plan_of(f"Which {noun} are there in {name}?").group_by is Field.OWNER


@pytest.mark.parametrize("first", ["person", "owner", "sponsor"])
@pytest.mark.parametrize("other", ["body", "team", "a service", "organisation"])
def test_what_completes_several_owners_is_nobody(first: str, other: str) -> None:
    for asked in (
        "Which actions are owned by more than one {} or {}?",
        "Which actions are jointly owned by more than one {} or {}?",
    ):
        plan = plan_of(asked.format(first, other))
        assert (plan.shared_ownership, plan.themes, plan.where) == (True, (), EVERYTHING), asked


@pytest.mark.parametrize("who", ["person", "owner", "officer", "person or team"])
def test_a_single_owner_owns_alone(who: str) -> None:
    for asked in (
        "Which actions does a single {} own in the tracker?",
        "Which tracker actions are owned by a single {}?",
    ):
        plan = plan_of(asked.format(who))
        assert (plan.shared_ownership, plan.themes, plan.where) == (False, (), EVERYTHING), asked


@pytest.mark.parametrize("states", [("complete", "not complete"), ("overdue", "complete"), ("amber", "green")])
@pytest.mark.parametrize(
    "tail", [" in the tracker", " in the tracker at 1 July 2025", " actions does HR have in the tracker"]
)
def test_counts_side_by_side_share_what_follows(states: tuple[str, str], tail: str) -> None:
    outcome = ask(f"How many {states[0]} and how many {states[1]}{tail}?")
    plan = outcome.plan
    assert plan
    beside = (*outcome.also, *plan.sides)
    assert len(beside) == 1
    for state, found in zip(states, (plan, beside[0]), strict=True):
        alone = plan_of(f"How many {state}{tail}?")
        for name in ("where", "lateness", "documents", "as_of"):
            assert getattr(found, name) == getattr(alone, name), (state, name)
