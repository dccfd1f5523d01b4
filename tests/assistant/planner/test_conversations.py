"""Laws of conversations, over turns that are made here: a follow-up is the full question, and touches no other slot."""

from __future__ import annotations

import itertools
import random
from datetime import date
from typing import Any

import pytest

from assistant.conditions import Condition, Field, Operator
from assistant.outcome import Outcome
from assistant.planner import plan_question
from assistant.query_plan import QueryPlan
from assistant.records import Action, Locator
from tests.assistant.planner.facts import plan_facts
from tests.assistant.planner.shelf import HOLDINGS, TODAY, OnTwoSubjects, ask, vocabulary

DAY = "2026-09-01"

SLOTS = {
    "subject": ("about {}", ["neglect", "housing", "private fostering"]),
    "plan": ("in {}", ["the tracker", "the log"]),
    "state": ("that are {}", ["complete", "in progress", "not started"]),
    "colour": ("rated {}", ["amber", "green", "red"]),
    "due": ("due in {}", ["July 2026", "September 2026", "October 2026"]),
}
FOLLOWED_BY = {
    "subject": ["only the ones about {}", "which of those are about {}"],
    "plan": ["and in {}?", "just {} please"],
    "state": ["which of those are {}", "only the {} ones", "just those that are {}"],
    "colour": ["only the {} ones", "which of them are {}"],
    "due": ["which of these are due in {}", "only those due in {}"],
}
CORRECTED_BY = ["no, {}", "sorry, {}", "sorry, I meant {}", "no i meant {}", "{} i should have said", "actually {}"]


def read(outcome: Outcome) -> QueryPlan:
    """The plan of a question that was read."""
    assert outcome.plan is not None, outcome.decline
    return outcome.plan


def core(question: str, *before: str) -> dict[str, Any]:
    """Which rows the plan asks for."""
    found = plan_facts(read(ask(question, DAY, *before)))
    return {name: value for name, value in found.items() if name not in ("asked", "intent")}


def full(chosen: dict[str, str]) -> str:
    """The whole question for some slots, in the order in which they stand in SLOTS."""
    return " ".join(
        ["which actions are there", *(SLOTS[slot][0].format(chosen[slot]) for slot in SLOTS if slot in chosen)]
    )


def conversations() -> list[tuple[list[str], str]]:
    """Turns that fill one slot each, and the question that asks it all; five turns where all slots are filled."""
    pick = random.Random(9)
    made = []
    for size in (2, 3, 5, 5, 5):
        for order in pick.sample(list(itertools.permutations(SLOTS, size)), 6):
            chosen = {slot: pick.choice(SLOTS[slot][1]) for slot in order}
            first = full({order[0]: chosen[order[0]]})
            made.append(
                ([first, *(pick.choice(FOLLOWED_BY[slot]).format(chosen[slot]) for slot in order[1:])], full(chosen))
            )
    return made


@pytest.mark.parametrize(("turns", "whole"), conversations(), ids=lambda value: str(value)[-80:])
def test_a_follow_up_is_the_full_question_over_five_turns(turns: list[str], whole: str) -> None:
    assert core(turns[-1], *turns[:-1]) == core(whole)


@pytest.mark.parametrize("form", CORRECTED_BY)
@pytest.mark.parametrize("slot", list(SLOTS))
def test_a_correction_replaces_the_slot_of_its_type_alone(slot: str, form: str) -> None:
    chosen = {other: values[0] for other, (_, values) in SLOTS.items() if other not in ({"colour", "state"} - {slot})}
    corrected = {**chosen, slot: SLOTS[slot][1][1]}
    said = {"due": "in {}", "state": "the {} ones", "colour": "the {} ones"}.get(slot, "{}").format(corrected[slot])
    assert core(form.format(said), full(chosen)) == core(full(corrected))


@pytest.mark.parametrize("form", CORRECTED_BY)
@pytest.mark.parametrize(
    ("first", "day", "whole"),
    [
        (
            "what is overdue in the log as at 31 July 2026",
            "30 June 2026",
            "what is overdue in the log as at 30 June 2026",
        ),
        (
            "which actions in the log are overdue",
            "1 August 2026",
            "which actions in the log are overdue as at 1 August 2026",
        ),
        ("what started in July 2026 in the log", "June 2026", "what started in June 2026 in the log"),
        ("what in the log is due in July 2026", "June 2026", "what in the log is due in June 2026"),
    ],
)
def test_a_date_corrects_the_date_that_is_in_force(first: str, day: str, whole: str, form: str) -> None:
    assert core(form.format(day), first) == core(whole)


def test_what_a_correction_denies_is_left_out() -> None:
    found = core("no, i meant housing not private fostering", "actions about neglect in the log")
    assert found["themes"] == ["housing"]
    assert found["without"] == ["private fostering"]


ROWS = tuple(
    Action(
        id=f"log-{number}", document="log.csv", plan="log", authority=None, plan_date=None, action="A step",
        locator=Locator(number, number), quote="A step", ref=str(number), recommendation="Grip", owners=("JT",),
        due=date(2026, 7, number),
    )
    for number in range(1, 6)
)  # fmt: skip


def after(question: str, *before: str, shown: tuple[Action, ...] = ROWS) -> QueryPlan:
    """The plan of a question after others, the last of which was answered with some rows."""
    return read(
        plan_question(
            question,
            HOLDINGS,
            vocabulary(),
            today=TODAY,
            conversation=before,
            earlier=lambda number: shown if number == len(before) - 1 else (),
        )
    )


def named(*rows: Action) -> Condition:
    return Condition(Field.ID, Operator.IS, tuple(row.id for row in rows))


PICKED = [
    "which action in the log has the latest deadline",
    "the top two actions in the log by due date",
    "what does the plan say about the leadership programme",
]


@pytest.mark.parametrize("first", PICKED)
@pytest.mark.parametrize(
    "then", ["who owns those", "when are they due", "which of them are complete", "why are they late", "are those red?"]
)
def test_a_pronoun_stands_for_the_rows_that_were_shown(first: str, then: str) -> None:
    where = after(then, first, shown=ROWS[:2]).where
    assert named(*ROWS[:2]) in getattr(where, "parts", (where,))


@pytest.mark.parametrize(("words", "place"), [("first", 0), ("second", 1), ("third", 2), ("last", -1)])
def test_a_place_is_one_of_the_rows_that_were_shown(words: str, place: int) -> None:
    picked = after(f"when is the {words} one due", PICKED[0])
    assert picked.where == named(ROWS[place])


@pytest.mark.parametrize("question", ["who said that?", "how would they measure success on that", "and why is that?"])
def test_a_fact_about_a_row_shown_is_looked_for_in_that_row(question: str) -> None:
    assert after(question, "actions about housing in the log", shown=ROWS[:1]).where == named(ROWS[0])


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        (
            "widen that to the whole recommendation it belongs to",
            Condition(Field.RECOMMENDATION, Operator.IS, ("Grip",)),
        ),
        ("what else does that owner have", Condition(Field.OWNER, Operator.IS, ("JT",))),
        (
            "what else is due in that month",
            Condition(Field.DUE, Operator.BETWEEN, (date(2026, 7, 1), date(2026, 7, 31))),
        ),
    ],
)
def test_a_field_of_the_rows_shown_can_be_named(question: str, condition: Condition) -> None:
    found = after(question, "actions about housing in the log")
    assert found.where == condition
    assert not found.themes
    assert bool(found.less) == ("else" in question)


@pytest.mark.parametrize("field", ["rating", "colour", "status", "owner", "section"])
@pytest.mark.parametrize("form", ["What was its {}?", "what is its {}", "and its {}?"])
def test_a_field_of_the_row_shown_that_is_asked_for_is_no_filter(form: str, field: str) -> None:
    where = after(form.format(field), PICKED[0], shown=ROWS[:1]).where
    assert where == named(ROWS[0])


@pytest.mark.parametrize("slot", ["state", "colour", "due"])
@pytest.mark.parametrize("form", ["and the rest?", "what about the others", "who owns the rest"])
def test_the_rest_are_the_rows_that_the_last_turn_left_out(slot: str, form: str) -> None:
    value = SLOTS[slot][1][0]
    rest = core(form, "actions about neglect in the log", FOLLOWED_BY[slot][0].format(value))
    kept = core(FOLLOWED_BY[slot][0].format(value), "actions about neglect in the log")
    assert rest == {**kept, "where": f"not {kept['where']}"}


def test_the_rest_of_a_plain_list_are_the_other_rows_of_the_plan() -> None:
    rest = read(ask("and the rest?", DAY, "actions about neglect in the log"))
    assert rest.documents == ("log.csv",)
    assert rest.less is not None
    assert [theme.words for theme in rest.less.themes] == ["neglect"]


@pytest.mark.parametrize("form", ["what else is due in July 2026", "apart from those, what is due in July 2026"])
def test_else_frees_what_singled_out_and_leaves_out_what_was_shown(form: str) -> None:
    found = read(ask(form, DAY, "actions about neglect in the log"))
    assert not found.themes
    assert found.documents == ("log.csv",)
    assert found.less is not None


@pytest.mark.parametrize("turns", [turns for turns, _ in conversations()[:12]], ids=lambda turns: str(turns)[-80:])
def test_what_was_kept_is_said(turns: list[str]) -> None:
    found = read(ask(turns[-1], DAY, *turns[:-1]))
    assert found.kept
    assert not set(found.kept) & set(found.dropped)


def test_what_was_dropped_is_said() -> None:
    found = read(ask("what about housing?", DAY, "actions about neglect in the log"))
    assert found.dropped == ('the subject "neglect"',)


def test_a_doubt_is_said_again_while_the_reading_holds() -> None:
    def doubted(*turns: str) -> tuple[str, ...]:
        read = plan_question(
            turns[-1], HOLDINGS, vocabulary(), today=TODAY, trial=OnTwoSubjects(), conversation=turns[:-1]
        )
        return read.not_understood

    first = "anything about neglect and zeppelins"
    assert doubted(first)
    assert doubted(first, "which of those are complete") == doubted(first)
    assert not doubted(first, "what is overdue in Thornmere?")


@pytest.mark.parametrize("slot", ["state", "colour"])
def test_all_of_them_frees_the_state_alone(slot: str) -> None:
    first = full({"subject": "neglect", "plan": "the log", "due": "July 2026"})
    narrowed = FOLLOWED_BY[slot][1].format(SLOTS[slot][1][0])
    assert core("all of them please", first, narrowed) == core(first)


@pytest.mark.parametrize(("word", "down"), [("earliest", ""), ("oldest", ""), ("latest", " down")])
@pytest.mark.parametrize("form", ["which is the {}?", "of those the {}", "and the {} one?"])
def test_an_order_alone_is_of_the_rows_in_force(word: str, down: str, form: str) -> None:
    first = full({"subject": "neglect", "plan": "the log", "state": "complete"})
    assert core(form.format(word), first) == {**core(first), "order": f"due{down}", "first": 1}


@pytest.mark.parametrize(
    ("first", "then", "whole"),
    [
        (
            "what in the log was completed in July 2026",
            "and in August 2026?",
            "what in the log was completed in August 2026",
        ),
        ("what started in July 2026 in the log", "and June 2026?", "what started in June 2026 in the log"),
        ("actions due in 2025 in the tracker", "I should have said 2026", "actions due in 2026 in the tracker"),
    ],
)
def test_a_bare_date_is_of_the_kind_of_the_one_in_force(first: str, then: str, whole: str) -> None:
    assert core(then, first) == core(whole)


@pytest.mark.parametrize("form", ["what else is {} on", "what else does {} lead", "which other actions has {} got"])
@pytest.mark.parametrize("person", ["he", "she"])
def test_a_person_is_the_owner_of_the_rows_shown(form: str, person: str) -> None:
    found = after(form.format(person), "who leads on housing in the log", shown=ROWS[:1])
    assert found.where == Condition(Field.OWNER, Operator.IS, ("JT",))
