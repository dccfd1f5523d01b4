"""Laws of dates and states that verbs tell: what is late or to come, whose date a month is, and what is absent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from assistant.conditions import (
    COMPLETE,
    LAST_DAY,
    Condition,
    Either,
    Every,
    Field,
    Filter,
    Operator,
    Without,
    conditions_of,
)
from assistant.dates import find_dates
from assistant.planner import Holdings
from assistant.query_plan import Intent, Lateness, QueryPlan
from tests.assistant.planner.shelf import HOLDINGS, LOG, ask

SUBJECTS = ("neglect", "care leavers", "early help")


def _plan(question: str, *before: str, holdings: Holdings = HOLDINGS) -> QueryPlan:
    plan = ask(question, None, *before, holdings=holdings).plan
    assert plan, question
    return plan


LATE = (
    "run past its deadline",
    "run over its due date",
    "gone over",
    "gone beyond its target date",
    "missed its deadline",
)


@pytest.mark.parametrize(("said", "subject"), [*product(LATE, SUBJECTS)])
def test_a_verb_of_lateness_leaves_the_subject_whole(said: str, subject: str) -> None:
    for question in (f"anything to do with {subject} that has {said}", f"the {subject} action that has {said}"):
        plan = _plan(question)
        assert plan.lateness is Lateness.OVERDUE, question
        assert [theme.words.removeprefix("the ") for theme in plan.themes] == [subject], question


@pytest.mark.parametrize("over", ["is over", "has gone", "has passed", "is finished"])
@pytest.mark.parametrize("rows", ["still to come", "due", "left"])
def test_once_a_month_is_over_its_days_are_past(rows: str, over: str) -> None:
    where = conditions_of(_plan(f"which actions in the Thornmere plan are {rows} once May 2026 {over}?").where)
    assert Condition(Field.DUE, Operator.BETWEEN, (date(2026, 6, 1), LAST_DAY)) in where


@pytest.mark.parametrize("said", ["has passed", "is over", "has gone"])
def test_a_date_that_has_passed_alone_stays_as_it_is(said: str) -> None:
    (found,) = find_dates(f"those whose deadline of May 2026 {said}", date(2026, 11, 24))
    assert (found.start, found.end) == (date(2026, 5, 1), date(2026, 6, 1))


DUTIES = ("has got to be", "has to be", "must be", "needs to be", "is meant to be", "is supposed to be", "is to be")
DONE = ("done", "finished", "completed", "in place", "up and running", "delivered")


@pytest.mark.parametrize(("duty", "done"), [*product(DUTIES, DONE)])
def test_what_is_to_be_done_by_a_day_is_due_by_it(duty: str, done: str) -> None:
    plan = _plan(f"what {duty} {done} by the end of May 2026 in the Thornmere plan?")
    fields = {one.field for one in conditions_of(plan.where)}
    assert Field.DUE in fields
    assert Field.COMPLETED_ON not in fields
    assert plan.where != COMPLETE
    assert not plan.themes


HAVE = ("meant to have", "supposed to have", "due to have", "expected to get")


@pytest.mark.parametrize(
    ("duty", "done"), [*product(HAVE, ("up and running again", "in place", "finished", "completed"))]
)
def test_what_somebody_is_to_bring_about_is_not_done(duty: str, done: str) -> None:
    plan = _plan(f"by what date is Thornmere {duty} its participation pilot {done}?")
    assert (plan.intent, plan.asked_of) == (Intent.DATE, Field.DUE)
    assert COMPLETE not in conditions_of(plan.where)


REPORT = replace(LOG, document="report.txt", title="Children's Report", plan_date=date(2025, 10, 3), rows=False)
SHELF = replace(HOLDINGS, sources=(*HOLDINGS.sources, REPORT))
OF_A_REPORT = (
    "In October 2025, what did the report say had been achieved?",
    "when members got the report in oct 2025, which key achievements did it list",
    "what key achievements did the October 2025 report list?",
    "back in October 2025 the report listed achievements - what were they?",
)


@pytest.mark.parametrize("question", OF_A_REPORT)
def test_a_month_names_the_document_that_spoke_then(question: str) -> None:
    plan = _plan(question, holdings=SHELF)
    assert plan.documents == (REPORT.document,)
    assert plan.intent is Intent.NARRATIVE
    assert not [*conditions_of(plan.where)]


def test_a_month_of_rows_names_no_document() -> None:
    plan = _plan("In October 2025, which actions were due?", holdings=SHELF)
    assert not plan.documents
    assert {one.field for one in conditions_of(plan.where)} == {Field.DUE}


LACKS = (
    "can't I get",
    "can I not get",
    "can we not find",
    "isn't there",
    "is there not",
    "did nobody write",
    "has nobody put",
)
FIELDS = {
    "a proper due date": Field.DUE,
    "a usable date": Field.DUE,
    "a named lead": Field.OWNER,
    "an owner": Field.OWNER,
    "a measure of success": Field.MEASURE,
    "anything for progress": Field.STATUS_TEXT,
}


def _missing(where: Filter) -> set[Field]:
    if isinstance(where, Condition):
        return {where.field} if where.operator is Operator.MISSING else set()
    parts = where.parts if isinstance(where, Every | Either) else ()
    return set() if isinstance(where, Without) else {field for part in parts for field in _missing(part)}


@pytest.mark.parametrize(("lacks", "named"), [*product(LACKS, FIELDS)])
def test_what_nobody_can_find_is_absent(lacks: str, named: str) -> None:
    for question, before in (
        (f"for which actions in the Thornmere plan {lacks} {named}?", ()),
        (f"out of that list, for which {lacks} {named}?", ("list the actions on neglect in the Thornmere plan",)),
    ):
        assert FIELDS[named] in _missing(_plan(question, *before).where), question


@pytest.mark.parametrize("tag", [". Correct?", ". Is that right?", ", correct?", ". True?"])
@pytest.mark.parametrize("none", ["No action in Thornmere is", "None of the Thornmere actions is"])
def test_a_statement_to_be_confirmed_keeps_its_day(none: str, tag: str) -> None:
    plan = _plan(f"{none} overdue as at 30 June 2026{tag}")
    assert plan.as_of == date(2026, 6, 30)
    assert plan.lateness is Lateness.OVERDUE
    assert plan.bound
