"""Laws of when: what a date is a date of, whichever side its word stands, and the days that a period has."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from assistant.conditions import (
    COMPLETE,
    Condition,
    Every,
    Field,
    Filter,
    Operator,
    Without,
    conditions_of,
)
from assistant.query_plan import Intent, Lateness, QueryPlan
from tests.assistant.planner.facts import facts
from tests.assistant.planner.shelf import TODAY, ask

_DAY = timedelta(days=1)
_LATEST = date(2200, 12, 31)
PLAN = "in the Thornmere plan"
UNITS = {
    "4 May 2026": (date(2026, 5, 4), date(2026, 5, 4)),
    "the last day of August 2026": (date(2026, 8, 31), date(2026, 8, 31)),
    "the week commencing 4 May 2026": (date(2026, 5, 4), date(2026, 5, 10)),
    "the first week of June 2026": (date(2026, 6, 1), date(2026, 6, 7)),
    "the first fortnight of May 2026": (date(2026, 5, 1), date(2026, 5, 14)),
    "the last fortnight of June 2026": (date(2026, 6, 17), date(2026, 6, 30)),
    "the fortnight beginning 4 May 2026": (date(2026, 5, 4), date(2026, 5, 17)),
    "May 2026": (date(2026, 5, 1), date(2026, 5, 31)),
    "Feb 26": (date(2026, 2, 1), date(2026, 2, 28)),
    "the second quarter of 2026": (date(2026, 4, 1), date(2026, 6, 30)),
    "Q3 2026": (date(2026, 7, 1), date(2026, 9, 30)),
    "the first half of 2026": (date(2026, 1, 1), date(2026, 6, 30)),
    "autumn 2026": (date(2026, 9, 1), date(2026, 11, 30)),
    "summer 2026": (date(2026, 6, 1), date(2026, 8, 31)),
    "2026": (date(2026, 1, 1), date(2026, 12, 31)),
    "the 2026-27 financial year": (date(2026, 4, 1), date(2027, 3, 31)),
    "Easter 2026": (date(2026, 4, 5), date(2026, 4, 5)),
    "next month": (date(2026, 12, 1), date(2026, 12, 31)),
    "this quarter": (date(2026, 10, 1), date(2026, 12, 31)),
    "last week": (date(2026, 11, 16), date(2026, 11, 22)),
}
BEFORE, BY, IN, FROM, AFTER = "before", "by", "in", "from", "after"
RELATIONS = {
    "before {}": BEFORE,
    "earlier than {}": BEFORE,
    "prior to {}": BEFORE,
    "ahead of {}": BEFORE,
    "in the run-up to {}": BEFORE,
    "by {}": BY,
    "on or before {}": BY,
    "no later than {}": BY,
    "up to and including {}": BY,
    "until {}": BY,
    "{} or sooner": BY,
    "{} at the latest": BY,
    "during {}": IN,
    "within {}": IN,
    "since {}": FROM,
    "on or after {}": FROM,
    "not before {}": FROM,
    "{} or later": FROM,
    "{} or even later": FROM,
    "until {} or even later": FROM,
    "{} onwards": FROM,
    "after {}": AFTER,
    "later than {}": AFTER,
    "beyond {}": AFTER,
    "past {}": AFTER,
}
VERBS = {
    "are due": Field.DUE,
    "fall due": Field.DUE,
    "have a deadline": Field.DUE,
    "are to be finished": Field.DUE,
    "should have been wrapped up": Field.DUE,
    "are scheduled for completion": Field.DUE,
    "were finished": Field.COMPLETED_ON,
    "were signed off": Field.COMPLETED_ON,
    "have been closed": Field.COMPLETED_ON,
    "started": Field.START,
    "kicked off": Field.START,
    "are due to begin": Field.START,
    "have a start date": Field.START,
}


def plan_of(question: str, *before: str) -> QueryPlan:
    found = ask(question, None, *before)
    assert found.plan is not None, question
    return found.plan


def dated(where: Filter) -> Condition:
    """The one condition on a date."""
    parts = where.parts if isinstance(where, Every) else (where,)
    found = [part for part in parts if isinstance(part, Condition) and part != COMPLETE]
    assert len(found) == 1, where
    return found[0]


def days(condition: Condition) -> tuple[date | None, date | None]:
    """The first and the last day that pass."""
    first, *last = condition.values
    assert isinstance(first, date)
    if condition.operator is Operator.BEFORE:
        return None, first - _DAY
    assert isinstance(last[0], date)
    return first, None if last[0] == _LATEST else last[0]


def expected(relation: str, first: date, last: date) -> tuple[date | None, date | None]:
    return {
        BEFORE: (None, first - _DAY),
        BY: (None, last),
        IN: (first, last),
        FROM: (first, None),
        AFTER: (last + _DAY, None),
    }[relation]


@pytest.mark.parametrize("unit", UNITS)
def test_every_relation_to_a_period_has_the_days_of_the_calendar(unit: str) -> None:
    wrong = []
    for said, relation in RELATIONS.items():
        found = days(dated(plan_of(f"what is due {said.format(unit)} {PLAN}").where))
        if found != expected(relation, *UNITS[unit]):
            wrong.append((said.format(unit), found))
    assert wrong == []


@pytest.mark.parametrize("verb", VERBS)
def test_the_word_beside_a_date_says_what_it_is_a_date_of(verb: str) -> None:
    for said, relation in (("in May 2026", IN), ("before 4 May 2026", BEFORE), ("since May 2026", FROM)):
        found = dated(plan_of(f"which actions {PLAN} {verb} {said}").where)
        own = UNITS["4 May 2026" if relation is BEFORE else "May 2026"]
        assert (found.field, days(found)) == (VERBS[verb], expected(relation, *own)), said


@pytest.mark.parametrize("verb", ["were finished", "started", "are due", "were signed off", "kicked off"])
def test_a_date_that_stands_first_is_a_date_of_the_same(verb: str) -> None:
    assert (
        plan_of(f"in May 2026, which actions {PLAN} {verb}").where
        == plan_of(f"which actions {PLAN} {verb} in May 2026").where
    )


@pytest.mark.parametrize(
    ("verb", "day"), list(product(["are due", "were finished", "started"], ["4 May 2026", "June 2026"]))
)
def test_before_and_from_a_day_part_the_dated_rows(verb: str, day: str) -> None:
    early, late = (
        dated(plan_of(f"which actions {PLAN} {verb} {how} {day}").where) for how in ("before", "on or after")
    )
    assert early.field == late.field
    assert days(early)[1] == (days(late)[0] or _LATEST) - _DAY


@pytest.mark.parametrize("leave", ["not due", "skip anything due", "leave out whatever is due", "but not those due"])
def test_what_is_left_out_by_date_is_the_rest(leave: str) -> None:
    kept = plan_of(f"actions {PLAN}, {leave} in June 2026").where
    assert kept == Without(plan_of(f"actions {PLAN} due in June 2026").where)


LATE = ["overdue", "late", "past their deadline", "behind schedule"]


@pytest.mark.parametrize(
    "form",
    [
        "what was {} on 15 July 2026 {plan}",
        "15 July 2026 - what was {} {plan}",
        "on 15 July 2026 what {plan} was {}",
        "{} actions {plan} at 15 July 2026",
        "which actions {plan} had gone past their date on 15 July 2026",
        "what have they missed {plan}, 15 July 2026",
    ],
)
@pytest.mark.parametrize("late", LATE)
def test_a_day_beside_a_word_for_late_is_the_day_to_judge_by(form: str, late: str) -> None:
    plan = plan_of(form.format(late, plan=PLAN))
    assert (plan.as_of, plan.lateness, plan.where) == (date(2026, 7, 15), Lateness.OVERDUE, Every())


def test_a_day_that_rows_are_due_on_stays_a_filter_beside_late() -> None:
    plan = plan_of(f"which of the actions due on 15 July 2026 are late {PLAN}")
    assert plan.as_of == TODAY
    assert days(dated(plan.where)) == (date(2026, 7, 15), date(2026, 7, 15))


@pytest.mark.parametrize(
    "aside",
    [
        "They came to see me last week and I'd like to know before I reply.",
        "I am meeting them on 4 June 2026.",
        "We spoke on Tuesday.",
        "Our committee is next month.",
    ],
)
def test_the_date_of_a_meeting_filters_nothing(aside: str) -> None:
    question = f"What has the Team Manager been asked to do? {aside}"
    assert plan_of(question).where == plan_of("What has the Team Manager been asked to do?").where


@pytest.mark.parametrize("when", ["the away day", "Michaelmas", "the AGM", "our next stocktake", "Diwali"])
@pytest.mark.parametrize("how", ["due before", "due by", "with a deadline after", "due around"])
def test_a_when_that_cannot_be_read_is_named(when: str, how: str) -> None:
    found = ask(f"which actions {PLAN} are {how} {when}")
    assert any(when.split()[-1] in words for words in found.not_understood), found.not_understood


@pytest.mark.parametrize(
    ("words", "field", "down"),
    [
        ("the earliest deadline", Field.DUE, False),
        ("the furthest out target date", Field.DUE, True),
        ("the very last thing they expect to finish", Field.DUE, True),
        ("the last action to be completed", Field.DUE, True),
        ("the latest start date", Field.START, True),
        ("the first action to start", Field.START, False),
        ("the most recently completed action", Field.COMPLETED_ON, True),
    ],
)
def test_the_first_and_the_last_are_by_the_date_that_is_said(words: str, field: Field, down: bool) -> None:
    plan = plan_of(f"what is {words} {PLAN}")
    assert (plan.intent, plan.order, plan.descending) == (Intent.EXTREME, field, down)


@pytest.mark.parametrize("words", ["the next deadline", "due next", "the soonest deadline", "coming up next"])
def test_what_is_next_is_looked_for_from_the_day_on(words: str) -> None:
    plan = plan_of(f"which action {PLAN} is {words}")
    assert plan.intent is Intent.EXTREME
    assert any(test.field is Field.DUE for test in conditions_of(plan.where)), plan.where


ENDS = ["due date", "deadline", "target date"]
THE_PLAN = ["the plan was published", "it was written", "the plan was issued"]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("a start date later than their own {}", "due_before_start"),
        ("a start date after the {}", "due_before_start"),
        ("a {} earlier than their start date", "due_before_start"),
        ("a {} that precedes its own start date", "due_before_start"),
        ("a {} before the plan begins", "due_before_plan"),
        ("a {} that falls before that period starts", "due_before_plan"),
        ("a {} after the end of the plan", "due_after_plan"),
        ("a {} that comes after the plan ends", "due_after_plan"),
    ],
)
def test_dates_the_wrong_way_round_are_what_looks_wrong(form: str, end: str, code: str) -> None:
    assert facts(ask(f"which actions {PLAN} have {form.format(end)}"))["terms"] == [code]


@pytest.mark.parametrize("then", THE_PLAN)
@pytest.mark.parametrize(
    "done", ["completed after", "recorded as complete at a date that had not yet arrived when", "finished after"]
)
def test_what_was_done_after_the_plan_looks_wrong(done: str, then: str) -> None:
    assert facts(ask(f"which actions {PLAN} were {done} {then}"))["terms"] == ["completion_after_plan"]


LONG_AFTER = "2031-06-10"


@pytest.mark.parametrize("month", ["May", "July", "December"])
@pytest.mark.parametrize("as_of", [None, LONG_AFTER])
def test_a_month_without_a_year_lies_within_the_dates_of_the_plan(month: str, as_of: str | None) -> None:
    asked = "which actions in the Thornmere plan are due in {}?"
    told, bare = (ask(asked.format(said), as_of).plan for said in (f"{month} 2026", month))
    after = ask(f"just the ones due in {month}", as_of, "which actions are in the Thornmere plan?").plan
    plans = [plan for plan in (told, bare, after) if plan]
    assert len(plans) == 3
    assert len({plan.where for plan in plans}) == 1


def test_a_month_that_the_plans_dates_hold_twice_is_each_of_them() -> None:
    plan = ask("which actions in the Thornmere plan are due in March?", LONG_AFTER).plan
    assert plan
    assert {days(one) for one in getattr(plan.where, "parts", ())} == {
        (date(year, 3, 1), date(year, 3, 31)) for year in (2026, 2027)
    }


@pytest.mark.parametrize("as_of", [None, LONG_AFTER])
@pytest.mark.parametrize("after", ["How many?", "leave out the neglect ones", "and in the Fenbridge tracker?"])
def test_a_day_to_judge_by_holds_until_another_is_told(after: str, as_of: str | None) -> None:
    first = "As at 1 July 2026, what is overdue in the Thornmere plan?"
    plan = ask(after, as_of, first).plan
    assert plan
    assert plan.as_of == date(2026, 7, 1)
    other = ask("and as at 1 August 2026?", as_of, first, after).plan
    assert other
    assert other.as_of == date(2026, 8, 1)
