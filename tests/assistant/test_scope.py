"""Plans that a reader chose, put into a query."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.query_plan import Intent, QueryPlan

PLAN = QueryPlan(Intent.LIST, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("named", "chosen", "asked", "told"),
    [
        ((), ("a", "b"), ("a", "b"), False),
        (("a", "c"), ("a", "b"), ("a",), False),
        (("c",), ("a", "b"), ("c",), True),
    ],
)
def test_the_chosen_plans_are_asked_unless_the_question_names_others(
    named: tuple[str, ...], chosen: tuple[str, ...], asked: tuple[str, ...], told: bool
) -> None:
    made = replace(PLAN, documents=named).within(chosen)
    assert made.documents == asked
    assert bool(made.readings) is told


def test_each_side_is_narrowed() -> None:
    made = replace(PLAN, sides=(PLAN, replace(PLAN, documents=("a", "b")))).within(("b",))
    assert [side.documents for side in made.sides] == [("b",), ("b",)]
