"""A query plan to rows: filters, lateness, order, groups, and the sets kept apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.conditions import Condition, Every, Field, Operator
from assistant.query import Found, find, whatever_state, without
from assistant.query_plan import Intent, Lateness, Premise, QueryPlan, Theme
from assistant.view import View
from tests.assistant import fenbridge

DAY = fenbridge.DAY
NEGLECT, FOSTERING = Theme("neglect"), Theme("private fostering")


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    return fenbridge.view(tmp_path_factory.mktemp("query"))


def refs(found: Found) -> list[str | None]:
    return [row.ref for row in found.rows]


def ask(view: View, **values: object) -> Found:
    plan = QueryPlan(**{"intent": Intent.LIST, "as_of": DAY, **values})  # type: ignore[arg-type]
    return find(plan, view, fenbridge.by_words)


def test_due_today_is_not_overdue_and_done_is_never_late(view: View) -> None:
    assert refs(ask(view, themes=(NEGLECT,), lateness=Lateness.OVERDUE)) == ["R1.1"]
    assert refs(ask(view, themes=(NEGLECT,), lateness=Lateness.OVERDUE, as_of=date(2026, 6, 2))) == ["R1.1", "R1.2"]


def test_a_row_late_as_written_is_late_even_where_its_date_is_probably_a_slip(view: View) -> None:
    found = ask(view, themes=(FOSTERING,), lateness=Lateness.OVERDUE, as_of=date(2026, 5, 1))
    assert refs(found) == ["R2.1"]
    assert found.only_if == ()


def test_a_slip_that_is_late_either_way_is_late(view: View) -> None:
    found = ask(view, themes=(FOSTERING,), lateness=Lateness.OVERDUE)
    assert refs(found) == ["R2.1"]
    assert found.only_if == ()


def test_a_probable_date_in_the_period_is_told_beside_it(view: View) -> None:
    may = Condition(Field.DUE, Operator.BETWEEN, (date(2026, 5, 1), date(2026, 5, 31)))
    found = ask(view, where=may)
    assert refs(found) == []
    assert [row.ref for row in found.only_if] == ["R2.1"]


def test_rows_without_a_date_are_apart_when_dates_are_compared(view: View) -> None:
    found = ask(view, themes=(FOSTERING,), lateness=Lateness.OVERDUE)
    assert [row.ref for row in found.undated] == ["R2.2"]
    assert ask(view, themes=(FOSTERING,)).undated == ()


def test_themes_hold_together_and_can_be_left_out(view: View) -> None:
    assert refs(ask(view, themes=(NEGLECT, Theme("panel")))) == ["R1.3"]
    assert refs(ask(view, without_themes=(NEGLECT,))) == ["R2.1", "R2.2", "R2.10"]
    either = replace(NEGLECT, alternatives=(Theme("leaflet"),))
    assert refs(ask(view, themes=(either,))) == ["R1.1", "R1.2", "R1.3", "R2.2"]


def test_order_puts_rows_without_a_value_last_and_ties_stay(view: View) -> None:
    assert refs(ask(view, order=Field.DUE))[:2] == ["R2.1", "R1.1"]
    assert refs(ask(view, order=Field.DUE))[-2:] == ["R1.3", "R2.2"]
    assert refs(ask(view, order=Field.OWNER, first=1)) == ["R2.1", "R2.10"]
    assert refs(ask(view, order=Field.DUE, descending=True, first=1)) == ["R2.10"]
    assert ask(view, order=Field.DUE, first=1).left_out == 5


@pytest.mark.parametrize(("nth", "expected"), [(1, ["R1.1"]), (2, ["R1.2"]), (-1, ["R2.10"]), (7, []), (-7, [])])
def test_the_nth_row(view: View, nth: int, expected: list[str]) -> None:
    assert refs(ask(view, nth=nth)) == expected


def test_a_row_with_two_owners_counts_under_both(view: View) -> None:
    found = ask(view, intent=Intent.GROUP, group_by=Field.OWNER)
    assert {group.label: len(group.rows) for group in found.groups} == {
        "Virtual School Head": 2,
        "Team Manager": 3,
        "": 2,
    }
    assert refs(ask(view, shared_ownership=True)) == ["R1.2"]


def test_groups_count_matches_out_of_the_subject(view: View) -> None:
    complete = Condition(Field.STATUS, Operator.IS, ("complete",))
    found = ask(view, intent=Intent.GROUP, group_by=Field.RECOMMENDATION, where=complete)
    assert [(len(group.rows), len(group.of)) for group in found.groups] == [(1, 3), (0, 3)]


def test_the_group_with_most_rows_keeps_ties(view: View) -> None:
    found = ask(view, intent=Intent.EXTREME, group_by=Field.RECOMMENDATION, descending=True, first=1)
    assert [len(group.rows) for group in found.groups] == [3, 3]


def test_months_are_in_their_order(view: View) -> None:
    found = ask(view, intent=Intent.GROUP, group_by=Field.DUE)
    assert [group.label for group in found.groups] == ["2025-05", "2026-03", "2026-06", "2026-12", ""]


def test_a_premise_that_no_row_bears_out_is_untrue(view: View) -> None:
    def claim(ref: str) -> Premise:
        return Premise(
            ref,
            Every((Condition(Field.REF, Operator.IS, (ref,)), Condition(Field.STATUS, Operator.IS, ("complete",)))),
        )

    found = ask(view, premises=(claim("R1.1"), claim("R1.3")))
    assert [premise.words for premise in found.untrue] == ["R1.1"]


def test_sides_are_found_each(view: View) -> None:
    sides = tuple(QueryPlan(Intent.LIST, DAY, themes=(theme,)) for theme in (NEGLECT, FOSTERING))
    found = ask(view, intent=Intent.COMPARE, sides=sides)
    assert [len(side.rows) for side in found.sides] == [3, 3]


def test_what_a_filter_asks_beyond_another() -> None:
    green, open_ = Condition(Field.RAG, Operator.IS, ("green",)), Condition(Field.OWNER, Operator.MISSING)
    assert without(Every((open_, green)), open_) == green
    assert whatever_state(Every((open_, green))) == Every((open_,))
