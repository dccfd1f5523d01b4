"""Rewritten questions give the same plan: other words, order, case, number, typing errors; another day or council."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.planner import Holdings
from assistant.query_plan import Lateness
from tests.assistant.planner.facts import facts
from tests.assistant.planner.shelf import HOLDINGS, RECOVERY, ask

ALIKE: tuple[tuple[str, ...], ...] = (
    (
        "What actions on neglect are overdue?",
        "what actions on neglect are overdue",
        "WHAT ACTIONS ON NEGLECT ARE OVERDUE?",
        "Which neglect actions are overdue?",
        "which neglect actions are late",
        "Are any neglect actions overdue?",
        "Is anything overdue on neglect?",
        "List the overdue neglect actions.",
        "show me overdue actions on neglect please",
        "neglect actions that are past their due date",
        "neglect: which ones have missed the deadline?",
        "anything running late to do with neglect?",
        "which actions on neglect should have been finished by now?",
        "what is behind schedule on neglect",
        "overdue neglect actions",
        "waht actions on neglect are ovredue?",
        "Could you tell me which actions about neglect are overdue, please?",
    ),
    (
        "Which actions for the service manager are not complete?",
        "which of the service manager's actions are not complete",
        "which of the service managers actions arent complete",
        "What has the SM not finished?",
        "actions assigned to the SM that have not been completed",
    ),
    (
        "open actions owned by the Service Manager",
        "What does the service manager still have to do?",
        "List the SM's unfinished actions",
        "outstanding actions for the SM",
    ),
    (
        "How many actions in the Thornmere plan are complete?",
        "how many of Thornmere's actions are complete",
        "How many Thornmere actions have been completed?",
        "how many actions are done in Thornmere's plan",
        "number of completed actions in the Thornmere plan",
    ),
    (
        "What is due in September 2026 in the action log?",
        "what falls due in september 2026 in the action log",
        "which actions in the action log are due in Sept 2026?",
        "list the action log's actions due in Sep 2026",
        "In the action log, what is due in September 2026?",
    ),
    (
        "Which amber actions does the Principal Social Worker own in the improvement plan?",
        "which PSW actions are amber in the improvement plan",
        "amber actions for the PSW in the improvement plan",
        "In the improvement plan, which of the principal social worker's actions are amber?",
        "improvement plan: ambers owned by the PSW",
        "show me the ambers for the principal social worker in the 2025-26 improvement plan",
    ),
    (
        "Which actions have no owner?",
        "which actions don't have an owner",
        "actions without an owner",
        "which actions are unowned?",
        "what actions have nobody assigned",
        "list actions with no named lead",
        "Which actions are missing an owner?",
    ),
    (
        "What is the status of R2.4?",
        "status of R2.4",
        "whats the status of r2.4",
        "R2.4 status?",
    ),
    (
        "For each recommendation in the Thornmere plan, how many actions are there?",
        "how many actions per recommendation in the Thornmere plan",
        "number of actions by recommendation in Thornmere's plan",
        "How many actions does each recommendation have in the Thornmere plan?",
    ),
)


def core(question: str, as_of: str | None = None) -> dict[str, Any]:
    """The facts of a plan without the letter case of its subject."""
    found = facts(ask(question, as_of))
    found["themes"] = [theme.lower() for theme in found.get("themes", [])]
    found.pop("asked", None)
    return found


@pytest.mark.parametrize(
    ("question", "first"), [(other, group[0]) for group in ALIKE for other in group[1:]], ids=lambda text: text[:60]
)
def test_other_words(question: str, first: str) -> None:
    assert core(question, "2026-09-01") == core(first, "2026-09-01")


@pytest.mark.parametrize("group", ALIKE, ids=lambda group: group[0][:60])
def test_another_day_moves_only_the_day(group: tuple[str, ...]) -> None:
    early, late = ask(group[0], "2026-05-01").plan, ask(group[0], "2026-10-01").plan
    assert early is not None
    assert late is not None
    assert (early.as_of, late.as_of) == (date(2026, 5, 1), date(2026, 10, 1))
    assert replace(early, as_of=late.as_of, readings=late.readings) == late


@pytest.mark.parametrize(
    ("question", "in_words"),
    [
        ("what is overdue at 1 August 2026?", date(2026, 8, 1)),
        ("as at 1 August 2026, what is overdue?", date(2026, 8, 1)),
        ("what was overdue on 1 Aug 2026", date(2026, 8, 1)),
        ("if today were 1 August 2026, what would be overdue?", date(2026, 8, 1)),
        ("what will be overdue by the end of August 2026?", date(2026, 8, 31)),
    ],
)
def test_the_day_to_judge_by_may_stand_in_the_question(question: str, in_words: date) -> None:
    plan = ask(question, "2026-06-01").plan
    assert plan is not None
    assert (plan.as_of, plan.as_of_given, plan.lateness) == (in_words, True, Lateness.OVERDUE)


def test_a_renamed_council_is_found_by_its_new_name() -> None:
    renamed = replace(RECOVERY, authority="Royal Borough of Eastmere")
    shelf = Holdings((renamed, *(s for s in HOLDINGS.sources if s is not RECOVERY)), HOLDINGS.words)
    before = facts(ask("what is Thornmere doing about neglect?"))
    assert facts(ask("what is Eastmere doing about neglect?", holdings=shelf)) == before
    assert facts(ask("what is Thornmere doing about neglect?", holdings=shelf)) == {
        "declined": "no_match: unknown_plan"
    }


def test_dates_of_plans_moved_by_a_year_move_what_their_years_name() -> None:
    moved = tuple(
        replace(s, title=s.title.replace("2025-26", "2026-27"), period=_later(s.period)) for s in HOLDINGS.sources
    )
    shelf = Holdings(moved, HOLDINGS.words)
    assert facts(ask("what is red in the 2026-27 improvement plan?", holdings=shelf)) == facts(
        ask("what is red in the 2025-26 improvement plan?")
    )


def _later(period: tuple[date, date] | None) -> tuple[date, date] | None:
    return (period[0].replace(year=period[0].year + 1), period[1].replace(year=period[1].year + 1)) if period else None
