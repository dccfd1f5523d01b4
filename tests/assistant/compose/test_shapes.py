"""Answers composed by the shape of the result: rows, groups, extremes, fields, sides, two questions at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.answer import Answer, CitationKind
from assistant.conditions import EVERYTHING, Condition, Every, Field, Operator
from assistant.outcome import AnswerStatus
from assistant.query_plan import Bound, Intent, Lateness, Measure, Premise, QueryPlan, Relation
from assistant.query_plan_json import plan_to_data
from tests.assistant import fenbridge

Ask = Callable[..., Answer]
COMPLETE = Condition(Field.STATUS, Operator.IS, ("complete",))
NEGLECT = Condition(Field.RECOMMENDATION, Operator.CONTAINS, ("neglect",))


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    assistant = fenbridge.assistant(fenbridge.register(tmp_path_factory.mktemp("shapes")))

    def asked(plan: QueryPlan, question: str = "?") -> Answer:
        return assistant.ask(question, query=plan_to_data(plan))

    return asked


def plan(intent: Intent, **values: object) -> QueryPlan:
    return QueryPlan(intent, fenbridge.DAY, **values)  # type: ignore[arg-type]


def first(answer: Answer) -> str:
    return answer.answer.split("\n")[0]


def refs(answer: Answer) -> list[str]:
    return sorted({c.quote for c in answer.citations if c.kind is CitationKind.ACTION})


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (plan(Intent.COUNT, where=COMPLETE), "One of the 6 actions is complete."),
        (
            plan(Intent.LIST, where=Every((NEGLECT, COMPLETE))),
            "One of the 3 actions under the recommendation “neglect” is complete.",
        ),
        (plan(Intent.LIST, where=Condition(Field.OWNER, Operator.MISSING)), "2 actions have no owner recorded."),
        (plan(Intent.LIST, where=Condition(Field.REF, Operator.CONTAINS, ("R2",))), "R2 has 3 actions."),
        (plan(Intent.LIST), "There are 6 actions."),
    ],
)
def test_the_number_comes_first(ask: Ask, asked: QueryPlan, sentence: str) -> None:
    assert first(ask(asked)) == sentence


@pytest.mark.parametrize(
    ("where", "word"),
    [
        (Every((Condition(Field.REF, Operator.IS, ("R1.3",)), COMPLETE)), "Yes."),
        (Every((Condition(Field.REF, Operator.IS, ("R1.1",)), COMPLETE)), "No."),
        (Every((Condition(Field.REF, Operator.IS, ("R2.2",)), COMPLETE)), "The plans do not say."),
        (Condition(Field.OWNER, Operator.CONTAINS, ("VSH",)), "Yes."),
    ],
)
def test_whether_something_is_so_begins_with_the_verdict(ask: Ask, where: Every, word: str) -> None:
    assert ask(plan(Intent.LIST, where=where, polar=True)).answer.startswith(word)


def test_some_is_yes_where_any_was_asked_and_no_where_all_were(ask: Ask) -> None:
    asked = plan(Intent.LIST, where=Every((NEGLECT, COMPLETE)), polar=True)
    assert ask(asked, "are any of the neglect actions complete?").answer.startswith("Yes. One of the 3")
    assert ask(asked, "are the neglect actions complete?").answer.startswith("No. One of the 3")


def test_groups_by_two_keys_with_several_measures_add_up(ask: Ask) -> None:
    measures = (Measure.TOTAL, Measure.COMPLETE, Measure.OVERDUE, Measure.UNOWNED)
    answer = ask(plan(Intent.GROUP, group_by=Field.RECOMMENDATION, then_by=Field.STATUS, measures=measures))
    assert answer.table
    assert answer.table.columns == ("Heading", "State", "Actions", "Complete", "Overdue", "No owner")
    sums = [sum(int(row.cells[column]) for row in answer.table.rows) for column in range(2, 6)]
    assert sums == [6, 1, 2, 2]
    assert answer.total == 6


def test_most_and_fewest_are_both_answered_with_citations_numbered_through(ask: Ask) -> None:
    most = plan(Intent.EXTREME, group_by=Field.OWNER, descending=True, first=1)
    answer = ask(replace(most, also=(plan(Intent.EXTREME, group_by=Field.OWNER, first=1),)))
    assert "the most actions" in answer.answer
    assert "the fewest actions" in answer.answer
    markers = [int(mark) for mark in re.findall(r"\[(\d+)\]", answer.answer)]
    assert list(dict.fromkeys(markers)) == sorted(set(markers))
    assert {citation.marker for citation in answer.citations} >= set(markers)


def test_the_fewest_may_be_none_and_the_whole_is_said(ask: Ask) -> None:
    answer = ask(plan(Intent.EXTREME, group_by=Field.RECOMMENDATION, where=COMPLETE))
    assert first(answer) == "R2 (0 of 3) has no actions complete. In all, one of the 6 is."


@pytest.mark.parametrize(
    ("field", "ref", "words"),
    [
        (Field.OWNER, "R2.2", "The plan names no owner for R2.2."),
        (Field.OWNER, "R1.1", "R1.1 is owned by VSH."),
        (Field.DUE, "R1.1", "R1.1 was due in March 2026."),
        (Field.DUE, "R1.2", "R1.2 is due on 1 June 2026."),
        (Field.DUE, "R1.3", "R1.3 was completed in February 2026."),
        (Field.DUE, "R2.2", "R2.2 has no date that can be worked with: the plan writes “ASAP”."),
        (Field.STATUS, "R2.10", "R2.10 is not marked complete. The plan says: “Draft written.”."),
        (Field.STATUS, "R2.2", "The plan does not say how R2.2 stands: no status is recorded."),
        (Field.MEASURE, "R1.1", "Nine in ten cases of neglect are found good by audit"),
        (Field.MEASURE, "R1.2", "The plan gives no success measure for R1.2."),
        (Field.DAYS_LATE, "R1.1", "R1.1 is 62 days late at 1 June 2026."),
        (Field.PLACE, "R1.1", "R1.1 stands at line 11"),
    ],
)
def test_a_field_of_one_row_is_told_in_a_sentence(ask: Ask, field: Field, ref: str, words: str) -> None:
    where = Condition(Field.REF, Operator.IS, (ref,))
    assert words in first(ask(plan(Intent.DATE, where=where, asked_of=field)))


def test_rows_less_rows_part_the_rows(ask: Ask) -> None:
    done, whole = plan(Intent.LIST, where=COMPLETE), plan(Intent.LIST)
    rest = replace(whole, less=done)
    assert sorted(refs(ask(done)) + refs(ask(rest))) == refs(ask(whole))


def test_sides_of_several_plans_never_add_up_colours(tmp_path: Path) -> None:
    both = fenbridge.register(tmp_path, fenbridge.plan_reading(), fenbridge.secret_reading())
    assistant = fenbridge.assistant(both)
    sides = tuple(plan(Intent.LIST, documents=(name,)) for name in (fenbridge.PLAN, fenbridge.SECRET))
    answer = assistant.ask("?", query=plan_to_data(plan(Intent.COMPARE, sides=sides)))
    assert "6 actions" in answer.answer
    assert "2 amber" not in answer.answer


def test_an_order_by_days_late_leaves_out_what_is_not_late(ask: Ask) -> None:
    asked = plan(Intent.LIST, order=Field.DAYS_LATE, descending=True, first=5, where=EVERYTHING)
    assert ask(asked).total == 2


def test_a_column_with_one_value_is_said_once(ask: Ask) -> None:
    answer = ask(plan(Intent.LIST, where=Condition(Field.OWNER, Operator.MISSING)))
    assert answer.answer.count("no owner") == 2
    assert "no owner is recorded for any of them" in answer.answer


def test_no_date_is_said_twice_in_a_line(ask: Ask) -> None:
    for line in ask(plan(Intent.LIST, lateness=Lateness.OVERDUE)).answer.split("\n"):
        dates = re.findall(r"(?:January|February|March|April|May|June|July|December) \d{4}", line)
        assert len(dates) == len(set(dates))


def test_a_plan_of_two_questions_is_partly_answered_where_one_is(ask: Ask) -> None:
    nothing = plan(Intent.DEFINITION, terms=("XQZ",))
    assert ask(replace(plan(Intent.LIST), also=(nothing,))).status is AnswerStatus.PARTLY_ANSWERED


def test_a_claim_of_several_rows_is_judged_and_the_others_are_told(ask: Ask) -> None:
    amber = Premise("they are amber", Condition(Field.RAG, Operator.IS, ("amber",)))
    answer = ask(plan(Intent.PROGRESS, where=NEGLECT, premises=(amber,), polar=True))
    assert first(answer).startswith(
        "No. One of the 3 actions under the recommendation “neglect” is amber. The other 2:"
    )


def test_nobody_is_denied_by_the_rows_that_show_somebody(ask: Ask) -> None:
    asked = plan(Intent.PROGRESS, where=NEGLECT, polar=True, bound=Bound(Relation.AT_MOST, 0))
    assert ask(asked, "is it true that nobody looks at neglect?").answer.startswith("No.")
    assert not ask(replace(asked, bound=None), "how is neglect going?").answer.startswith(("Yes", "No"))


@pytest.mark.parametrize("operator", [Operator.BEFORE, Operator.BETWEEN])
def test_a_month_that_the_end_of_a_period_cuts_is_not_left_out_in_silence(ask: Ask, operator: Operator) -> None:
    def caveats(last: date) -> str:
        values = (last,) if operator is Operator.BEFORE else (date(2000, 1, 1), last)
        return " ".join(ask(plan(Intent.LIST, where=Condition(Field.DUE, operator, values))).caveats)

    months = [row["due"] for row in fenbridge.ROWS if row.get("due_precision") is fenbridge.MONTH]
    for last in months:
        assert f"due in {last:%B %Y}, with no day" in caveats(last.replace(day=15))
        assert "with no day" not in caveats(last + timedelta(days=1) if operator is Operator.BEFORE else last)
