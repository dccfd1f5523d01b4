"""No piece swallows what another says: a date beside a field, a period explained, a noun after an article."""

import pytest

from assistant.conditions import (
    OPEN,
    Field,
    conditions_of,
)
from assistant.query_plan import QueryPlan
from tests.assistant.planner.shelf import ask


def plan(question: str) -> QueryPlan:
    found = ask(question, None).plan
    assert found
    return found


def dated(found: QueryPlan) -> list[object]:
    return [(one.operator, one.values) for one in conditions_of(found.where) if one.field is Field.DUE]


@pytest.mark.parametrize("field", ["deadline", "due date", "target date"])
@pytest.mark.parametrize("month", ["May 2026", "September 2026", "January 2027"])
@pytest.mark.parametrize("state", ["amber", "complete", "red"])
def test_a_date_beside_its_field_is_kept(field: str, month: str, state: str) -> None:
    found = plan(f"which actions with a {month} {field} are {state}?")
    assert dated(found) == dated(plan(f"which {state} actions are due in {month}?"))


@pytest.mark.parametrize(
    ("said", "meant"), [("Q4", "January to March 2027"), ("spring", "April 2026"), ("the last quarter", "May 2026")]
)
@pytest.mark.parametrize("asked", ["what is due in {}?", "list the actions due in {}, please"])
def test_a_period_in_brackets_says_what_is_meant(asked: str, said: str, meant: str) -> None:
    assert dated(plan(asked.format(f"{said} ({meant})"))) == dated(plan(asked.format(meant)))


@pytest.mark.parametrize("reason", ["need it for a bar chart", "it goes into the bar chart", "I am making a bar chart"])
def test_a_noun_after_an_article_leaves_nothing_out(reason: str) -> None:
    found = plan(f"how many actions are overdue by section, {reason}")
    assert not found.without_themes
    assert "not" not in str(found.where).lower()


@pytest.mark.parametrize("word", ["open", "outstanding", "unfinished", "still to do"])
def test_open_leaves_out_what_was_withdrawn(word: str) -> None:
    assert plan(f"which actions are {word}?").where == OPEN


@pytest.mark.parametrize("reason", ["I need it for a slide.", "I am writing to my chair.", "We want it for our board."])
def test_who_tells_why_is_nobody_whose_actions_are_asked_for(reason: str) -> None:
    assert plan(f"How many actions does each plan have? {reason}").group_by is Field.DOCUMENT
