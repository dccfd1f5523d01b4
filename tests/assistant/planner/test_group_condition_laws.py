"""Laws of what a whole group is to fulfil, of what all rows are asked to have, and of names that are no owners here."""

from itertools import product
from typing import Any

import pytest

from assistant.conditions import Field
from assistant.query_plan import Bound, Intent, QueryPlan, Relation
from tests.assistant.planner.facts import plan_facts
from tests.assistant.planner.shelf import ask

GROUPS = {
    "which owners": Field.OWNER,
    "which priorities": Field.SECTION,
    "list the sections that": Field.SECTION,
    "which plans": Field.DOCUMENT,
    "which of the managers": Field.OWNER,
}
NONE, ALL = Bound(Relation.AT_MOST, 0), Bound(Relation.ALL_BUT, 0)
AMOUNTS = {
    "have more than three {} actions": Bound(Relation.MORE, 3),
    "have at least two {} actions": Bound(Relation.AT_LEAST, 2),
    "have fewer than 5 {} actions": Bound(Relation.FEWER, 5),
    "have only one {} action": Bound(Relation.EXACTLY, 1),
    "have more than half of their actions {}": Bound(Relation.MORE, 1, 2),
    "have nothing {}": NONE,
    "have no {} actions": NONE,
    "don't have a single {} action": NONE,
    "are entirely {}": ALL,
    "have all their actions {}": ALL,
    "have nothing but {} actions": ALL,
}
STATES = {"green": "rated green", "overdue": None, "complete": "complete"}


def plan(question: str, *before: str) -> QueryPlan:
    found = ask(question, None, *before).plan
    assert found
    return found


def read(question: str, *before: str) -> dict[str, Any]:
    return plan_facts(plan(question, *before))


@pytest.mark.parametrize(("group", "amount", "state"), list(product(GROUPS, AMOUNTS, STATES)))
def test_groups_are_chosen_by_how_many_of_their_rows_are_so(group: str, amount: str, state: str) -> None:
    found = plan(f"{group} {amount.format(state)}?")
    if (amount, state) == ("have no {} actions", "complete"):
        assert (found.group_by, found.bound, plan_facts(found)["where"]) == (GROUPS[group], ALL, "not complete")
        return
    assert (found.intent, found.group_by, found.bound) == (Intent.GROUP, GROUPS[group], AMOUNTS[amount])
    facts = plan_facts(found)
    assert facts.get("where") == STATES[state]
    assert ("lateness" in facts) == (STATES[state] is None)
    assert "themes" not in facts


@pytest.mark.parametrize("amount", ["more than ten actions", "at least 4 actions", "fewer than three of the actions"])
def test_who_has_so_many_is_the_owners_that_do(amount: str) -> None:
    found = plan(f"who leads {amount}?")
    assert (found.intent, found.group_by) == (Intent.GROUP, Field.OWNER)
    assert found.bound
    assert found.bound.number


@pytest.mark.parametrize(
    "question", ["which owners have actions overdue by more than 30 days", "who leads on all of the neglect work"]
)
def test_a_number_of_something_else_is_no_condition_of_a_group(question: str) -> None:
    assert plan(question).bound is None


@pytest.mark.parametrize("rows", ["the actions on neglect", "neglect actions", "actions in the tracker"])
@pytest.mark.parametrize(
    ("field", "words"), [("an owner", "owner"), ("a due date", "due date"), ("a success measure", "success measure")]
)
def test_whether_all_rows_have_something_is_asked_of_all_of_them(rows: str, field: str, words: str) -> None:
    for verb in ("do all {} have {}?", "have all {} got {}?"):
        found = read(verb.format(rows, field))
        assert found["claims"] == [f"with a recorded {words}"]
        assert "where" not in found


@pytest.mark.parametrize("state", ["complete", "done", "green", "finished"])
@pytest.mark.parametrize("but", ["but", "except", "apart from"])
def test_what_is_asked_of_all_but_one_row_is_not_left_out_with_it(state: str, but: str) -> None:
    found = read(f"is everything {but} R1.2 {state} in the Thornmere plan?")
    assert found["where"] == "not numbered R1.2"
    assert found["claims"] == ["rated green" if state == "green" else "complete"]


@pytest.mark.parametrize(("one", "other"), [("the Team Manager", "the LADO"), ("the AD Children", "the Team Manager")])
def test_a_second_count_of_another_owner_is_of_its_own_rows(one: str, other: str) -> None:
    apart = plan(f"how many actions are led by {other}?")
    beside = plan(f"how many actions are led by {one} and how many by {other}?").sides
    assert [side.where for side in beside] == [apart.where]


@pytest.mark.parametrize("what", ["done", "complete", "overdue"])
def test_a_reference_that_no_row_has_is_said_to_be_none_whatever_is_asked_of_it(what: str) -> None:
    outcome = ask(f"R9.9 {what}?")
    assert outcome.decline
    assert outcome.decline.words == "R9.9"


@pytest.mark.parametrize("verb", ["get done", "got done", "got completed"])
def test_to_get_a_thing_done_is_to_complete_it(verb: str) -> None:
    asked = f"did the chronology audits {verb}?" if verb.startswith("get") else f"which neglect actions {verb}?"
    found = read(asked)
    assert "complete" in (found.get("where"), *found.get("claims", ()))


@pytest.mark.parametrize("to_come", ["be signed off", "be back in place", "have it up and running", "get it finished"])
def test_what_is_to_come_is_no_state(to_come: str) -> None:
    found = read(f"when does the council want to {to_come}, the advocacy pilot?")
    assert "where" not in found
