"""Laws of gaps, complements, stated numbers, corrections and second counts."""

import pytest

from assistant.conditions import Condition, Field, Operator, parts_of
from assistant.planner.bounds import bounded
from assistant.query_plan import Bound, Lateness, QueryPlan, Relation
from tests.assistant.planner.shelf import ask

FORMS = ("actions with no {}", "how many have no {}?", "which actions lack {}?", "actions without {}", "{} missing")
FIELDS = {
    "completion date": Field.COMPLETED_ON,
    "owner": Field.OWNER,
    "due date": Field.DUE,
}


def _plan(question: str, *before: str) -> QueryPlan:
    plan = ask(question, None, *before).plan
    assert plan is not None, question
    return plan


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("field", FIELDS)
def test_a_field_that_is_not_recorded_is_one_reading_in_all_words(field: str, form: str) -> None:
    where = _plan(form.format(field)).where
    assert Condition(FIELDS[field], Operator.MISSING) in parts_of(where), where


@pytest.mark.parametrize("number", [1, 7, 30])
@pytest.mark.parametrize("tag", ["correct?", "right?", "is that right?"])
def test_a_stated_number_is_the_number_that_is_checked(number: int, tag: str) -> None:
    _, bound = bounded(f"there are {number} overdue actions in Thornmere, {tag}")
    assert bound == Bound(Relation.EXACTLY, number)


@pytest.mark.parametrize("first", ["complete actions in Thornmere", "red actions in Thornmere"])
@pytest.mark.parametrize("then", ["no, overdue", "I mean the late ones", "instead show the overdue"])
def test_a_correction_stands_in_place_of_what_it_corrects(first: str, then: str) -> None:
    plan = _plan(then, first)
    assert plan.lateness is Lateness.OVERDUE
    assert plan.where == _plan("overdue actions in Thornmere").where
    assert plan.documents == _plan("actions in Thornmere").documents


@pytest.mark.parametrize("state", ["overdue", "complete", "red"])
def test_a_second_count_of_one_plan_takes_nothing_from_the_first(state: str) -> None:
    outcome = ask(f"how many are {state}, and how many of those are in Thornmere?")
    assert outcome.plan is not None
    assert not outcome.plan.documents
    assert [plan.documents for plan in outcome.also] == [_plan("actions in Thornmere").documents]


@pytest.mark.parametrize("form", ["how many days late is {}?", "how late is {}?", "how many days overdue is {}?"])
@pytest.mark.parametrize("ref", ["R1.1", "R2.4", "2.10"])
def test_how_late_one_row_is_is_worked_out_from_the_row(ref: str, form: str) -> None:
    assert _plan(form.format(ref)).asked_of is Field.DAYS_LATE
