"""Laws of the form and the readers of an answer: what it is to look like, and whom it is for, filters nothing."""

import itertools
from dataclasses import replace

import pytest

from assistant.outcome import Reason
from assistant.planner.frames import asides
from tests.assistant.planner.facts import facts
from tests.assistant.planner.shelf import ask

FORMS = ("in three bullet points", "in two sentences", "as bullets", "in a paragraph", "in plain english")
THINGS = ("a paragraph", "a slide", "two sentences", "a short note", "a briefing")
READERS = ("for the committee report", "for a councillor", "for tomorrow's board", "for the panel", "for my manager")
ABOUT = ("neglect", "supervision")


@pytest.mark.parametrize(("form", "about"), [*itertools.product(FORMS, ABOUT)])
def test_a_form_changes_nothing_of_the_plan(form: str, about: str) -> None:
    bare = facts(ask(f"give me the overdue actions on {about}"))
    assert facts(ask(f"give me the overdue actions on {about} {form}")) == bare
    assert facts(ask(f"give me the overdue actions on {about} {form} for the panel")) == bare


@pytest.mark.parametrize(("thing", "reader"), [*itertools.product(THINGS, READERS)])
def test_what_is_to_be_written_for_whom_is_no_subject(thing: str, reader: str) -> None:
    outcome = ask(f"write {thing} on neglect {reader}")
    assert outcome.plan is not None
    assert [theme.words for theme in outcome.plan.themes] == ["neglect"]
    assert outcome.not_understood == ()


@pytest.mark.parametrize("who", ["the director", "Dana", "all members", "my manager"])
def test_nothing_is_sent_and_whoever_it_is_for_filters_nothing(who: str) -> None:
    outcome = ask(f"email the overdue actions to {who}")
    assert facts(replace(outcome, notices=())) == facts(ask("list the overdue actions"))
    assert [notice.reason for notice in outcome.notices] == [Reason.NOT_SENT]


@pytest.mark.parametrize(
    "line",
    [
        "which actions mention a report to members?",
        "a list of actions for the board",
        "who has to send a letter to parents?",
        "what is in the report on neglect?",
        "which actions on training for councillors are late?",
    ],
)
def test_what_the_plan_itself_is_about_stays(line: str) -> None:
    assert asides(line) == ([], False)
