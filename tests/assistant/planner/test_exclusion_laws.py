"""A law of leaving out: with X and without X, the rows are those of the question without X named."""

from itertools import product

import pytest

from assistant.conditions import Filter, Without, parts_of
from assistant.query_plan import Bound, QueryPlan, Relation
from tests.assistant.planner.shelf import HOLDINGS, ask

WAYS = (
    "except", "except for", "all but", "everything but", "bar", "besides", "apart from", "aside from", "not counting",
    "not including", "anywhere but", "excluding", "other than", "minus", "leaving out", "leaving aside", "ignoring",
    "outside", "without", "save for", "but not",
)  # fmt: skip
EVERY = frozenset(source.document for source in HOLDINGS.sources)
PLANS = ("Fenbridge", "the tracker", "the action log")
ROWS = {
    "Fenbridge's": "Fenbridge",
    "those in Thornmere": "Thornmere",
    "those of Fenbridge": "Fenbridge",
    "Thornmere's actions": "Thornmere",
}
FILTERS = ("overdue actions", "complete actions", "actions due in June 2026", "actions with no owner")
FORMS = (
    "{filter} {way} {plan}",
    "{filter}, {way} {plan}",
    "which are the {filter} {way} {plan}?",
    "{way} {plan}, list the {filter}",
)


def _plan(question: str) -> QueryPlan:
    plan = ask(question).plan
    assert plan is not None, question
    return plan


def _held(plan: QueryPlan) -> frozenset[str]:
    return frozenset(plan.documents) or EVERY


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("way", WAYS)
def test_a_plan_that_is_left_out_leaves_the_other_plans(way: str, form: str) -> None:
    for filter_, (said, name) in product(FILTERS, [*((plan, plan) for plan in PLANS), *ROWS.items()]):
        question = form.format(filter=filter_, way=way, plan=said)
        without, within, whole = _plan(question), _plan(f"{filter_} in {name}"), _plan(filter_)
        assert _held(without) == EVERY - _held(within), question
        assert (without.where, without.lateness) == (whole.where, whole.lateness), question
        assert not without.themes, question
        assert not without.without_themes, question


@pytest.mark.parametrize(
    "said", ["neither in {} nor in {}", "neither in {} nor {}", "not in {} or {}", "not in {} and not in {}"]
)
@pytest.mark.parametrize("form", ["which actions are {}?", "overdue actions {}", "which complete actions are {}?"])
def test_two_plans_that_are_denied_both_go_out(form: str, said: str) -> None:
    without = _plan(form.format(said.format("Fenbridge", "Thornmere")))
    assert not _held(without) & (_held(_plan("actions in Fenbridge")) | _held(_plan("actions in Thornmere"))) or (
        _held(without) == EVERY
    )


@pytest.mark.parametrize("plan", ["Fenbridge", "Thornmere"])
@pytest.mark.parametrize(
    "form",
    [
        "what has not been done in {}?",
        "why has {} not finished?",
        "no actions in {} are late, are they?",
        "which are not complete in {}?",
        "what hasn't {} completed?",
        "all actions that are complete but late in {}",
    ],
)
def test_a_denial_of_something_else_leaves_the_plan_in(form: str, plan: str) -> None:
    assert _held(_plan(form.format(plan))) == _held(_plan(f"actions in {plan}"))


OTHERS = {
    "complete": ("the complete ones", "those that are complete"),
    "overdue": ("the overdue ones", "those that are overdue"),
    "red": ("the red ones", "those rated red"),
    "led by the Team Manager": ("those led by the Team Manager", "the Team Manager's"),
    "due in March 2026": ("those due in March 2026", "the March 2026 ones"),
}
LISTED = tuple(way for way in WAYS if way not in ("anywhere but", "outside", "without", "minus", "but not"))


@pytest.mark.parametrize("way", [*LISTED, "but"])
@pytest.mark.parametrize("whole", ["all actions", "every action in Fenbridge"])
def test_a_filter_that_is_left_out_is_its_complement(whole: str, way: str) -> None:
    for named, ways_said in OTHERS.items():
        within, all_rows = _plan(f"{whole} {named}"), _plan(whole)
        for said in ways_said:
            without = _plan(f"{whole} {way} {said}")
            assert without.documents == all_rows.documents, (way, said)
            assert _opposite(without, within), (way, said)


def _opposite(without: QueryPlan, within: QueryPlan) -> bool:
    if within.lateness:
        return without.lateness is not None and without.lateness is not within.lateness
    denied: list[Filter] = [part.part for part in parts_of(without.where) if isinstance(part, Without)]
    return denied == list(parts_of(within.where)) and len(denied) == len(parts_of(without.where))


@pytest.mark.parametrize("thing", ["tracker roll out", "panel opt out", "leaflet hand out", "unit fit out"])
@pytest.mark.parametrize("form", ["target date for the {}?", "who owns the {}", "when is the {} due"])
def test_an_out_that_ends_what_a_thing_is_called_leaves_nothing_out(form: str, thing: str) -> None:
    plan = _plan(form.format(thing))
    assert not plan.without_themes
    assert plan.themes


@pytest.mark.parametrize("none", ["nothing in {}", "no action in {}", "none of the actions in {}"])
@pytest.mark.parametrize(
    "form", ["{} is complete. Is that right?", "{} is complete, is it?", "The chair says {} is late. True?"]
)
def test_what_is_said_of_nothing_in_a_plan_is_asked_of_that_plan(form: str, none: str) -> None:
    plan, other = ask(form.format(none.format("the tracker"))).plan, ask("what is in the tracker").plan
    assert plan is not None
    assert other is not None
    assert plan.documents == other.documents
    assert (plan.bound, plan.themes) == (Bound(Relation.AT_MOST, 0), ())
