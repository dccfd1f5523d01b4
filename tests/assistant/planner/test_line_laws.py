"""Laws of whole lines: nothing of them is read as what it only looks like."""

import itertools

import pytest

from assistant.conditions import Field, conditions_of
from assistant.query_plan import Intent, Lateness
from tests.assistant.planner.facts import facts
from tests.assistant.planner.shelf import ask

ABOUT = ("neglect", "supervision")


@pytest.mark.parametrize("about", ABOUT)
@pytest.mark.parametrize("missed", ["have been missed", "were missed", "have passed", "has been missed"])
def test_a_missed_deadline_is_late_and_not_missing(missed: str, about: str) -> None:
    plan = ask(f"the {about} actions whose deadlines {missed}").plan
    assert plan is not None
    late = plan.lateness is Lateness.OVERDUE
    assert late or any(test.field is Field.DUE and test.values for test in conditions_of(plan.where))
    assert [theme.words for theme in plan.themes] == [about]


@pytest.mark.parametrize("about", ABOUT)
@pytest.mark.parametrize("way", ["whether {0}, {1} or {2}", "be it {0}, {1} or {2}", "whether {0} or {1}"])
def test_what_makes_no_difference_filters_nothing(way: str, about: str) -> None:
    said = way.format("systems", "people", "money")
    assert facts(ask(f"list every action on {about}, {said}.")) == facts(ask(f"list every action on {about}."))


@pytest.mark.parametrize("about", ABOUT)
@pytest.mark.parametrize("going_on", ["what's going on with {}", "what is going on with {}", "what's going on on {}"])
def test_what_goes_on_asks_how_it_stands(going_on: str, about: str) -> None:
    plan = ask(going_on.format(about)).plan
    assert plan is not None
    assert plan.intent is Intent.PROGRESS
    assert not [*conditions_of(plan.where)]


@pytest.mark.parametrize(
    ("request_", "thing"),
    [*itertools.product(["take me through", "walk us through", "talk me through", "remind me of"], ["R2.4", "R1.2"])],
)
def test_a_request_of_the_reader_is_nothing_told(request_: str, thing: str) -> None:
    plan = ask(f"{request_} {thing}: who has it and when is it due?").plan
    assert plan is not None
    assert [test.values for test in conditions_of(plan.where) if test.field is Field.REF] == [(thing,)]


@pytest.mark.parametrize("about", ABOUT)
@pytest.mark.parametrize("may", ["and may I tell members", "may we say so", "and may you show me"])
def test_leave_asked_for_is_no_month(may: str, about: str) -> None:
    outcome = ask(f"which actions on {about} are late, {may}?")
    assert outcome.plan is not None
    assert not [test for test in conditions_of(outcome.plan.where) if test.field is Field.DUE]
