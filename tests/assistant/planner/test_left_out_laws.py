"""Laws of what a question may leave unread: short forms, remarks, figures that no field holds, what names most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from assistant.conditions import EVERYTHING, Condition, Field, Operator
from assistant.lexicon import short_forms
from assistant.planner import Holdings, Tried, plan_question
from assistant.planner.text import search_words
from assistant.query_plan import Bound, Intent, QueryPlan, Relation, Wanted
from assistant.records import Action
from assistant.retriever.asked import asked_for
from assistant.retriever.facing import faced
from tests.assistant.planner.facts import facts
from tests.assistant.planner.shelf import HOLDINGS, TODAY, TRACKER, ask, encoder, vocabulary

FORMS = sorted((short, meant) for short, meant in short_forms().items() if short.isalpha())


@pytest.mark.parametrize(("short", "meant"), FORMS)
def test_a_short_form_reads_as_what_it_stands_for(short: str, meant: str) -> None:
    form = "which neglect actions {} late are in the tracker"
    assert _read(form.format(short)) == _read(form.format(meant))


def _read(question: str) -> dict[str, Any]:
    return facts(ask(question))


REMARKS = (
    "Good morning. I am new to the committee.",
    "Hello, sorry if this is a silly one, but",
    "Evening. I chair the panel.",
)
AFTER = ("I keep being asked about it on the doorstep.", "They are waiting for me.", "My group meets soon.")
ASKED = ("are any neglect actions late?", "which housing actions are overdue?", "is the supervision pilot finished?")


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("remark", REMARKS)
def test_what_is_said_before_the_question_changes_nothing(remark: str, asked: str) -> None:
    assert _read(f"{remark} {asked}") == _read(asked)


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("remark", AFTER)
def test_what_is_told_after_the_question_changes_nothing(remark: str, asked: str) -> None:
    assert _read(f"{asked} {remark}") == _read(asked)


@pytest.mark.parametrize("figure", ["vacancy rate", "percentage of agency staff", "level of missing", "staff turnover"])
@pytest.mark.parametrize("form", ["what is the {} at Thornmere", "whats the {} as of last month", "the {}, please"])
def test_a_figure_that_no_field_holds_is_asked_of_the_prose(figure: str, form: str) -> None:
    question = form.format(figure)
    read = ask(question).plan
    plan = read and faced(read, asked_for(question))
    assert plan is not None
    assert (plan.intent, plan.wanted) == (Intent.NARRATIVE, Wanted.NUMBER)


@pytest.mark.parametrize("rows", ["neglect actions", "Thornmere actions", "tasks in the tracker"])
def test_a_share_of_rows_is_counted(rows: str) -> None:
    plan = ask(f"what percentage of the {rows} are complete").plan
    assert plan is not None
    assert plan.intent is Intent.COUNT
    assert len(plan.sides) == 1


class _Holding:
    """Rows are on these subjects and on no others."""

    def __init__(self, *subjects: str) -> None:
        self.subjects = subjects

    def try_plan(self, plan: QueryPlan) -> Tried:
        held = bool(plan.themes) and all(theme.words in self.subjects for theme in plan.themes)
        return Tried(3 * held, 3 * held)

    def rows_of(self, plan: QueryPlan) -> Sequence[Action]:  # noqa: ARG002 -- the shape of a trial
        return ()


@pytest.mark.parametrize("unheld", ["airship mooring fees", "the colour of the harbour cranes"])
@pytest.mark.parametrize("form", ["is there anything on {} for neglect", "is anything being done on {} about neglect"])
def test_whether_something_is_so_is_never_answered_without_what_it_is_about(unheld: str, form: str) -> None:
    question = form.format(unheld)
    outcome = plan_question(question, HOLDINGS, vocabulary(), today=TODAY, trial=_Holding("neglect"), encoder=encoder)
    assert outcome.plan is not None
    assert [theme.words for theme in outcome.plan.themes] != ["neglect"]


@pytest.mark.parametrize("plan_named", ["the tracker", "the action log"])
def test_every_row_of_a_plan_does_not_answer_for_a_subject_that_no_row_is_on(plan_named: str) -> None:
    question = f"which actions in {plan_named} deal with airship mooring fees"
    plan = plan_question(question, HOLDINGS, vocabulary(), today=TODAY, trial=_Holding(), encoder=encoder).plan
    assert plan is not None
    assert plan.themes


@pytest.mark.parametrize("verb", ["lean on", "draw on", "hinge upon"])
def test_what_stands_after_a_preposition_is_the_subject_where_the_rest_is_in_no_plan(verb: str) -> None:
    question = f"which entries {verb} the housing audit"
    outcome = plan_question(
        question, HOLDINGS, vocabulary(), today=TODAY, trial=_Holding("housing audit"), encoder=encoder
    )
    assert outcome.plan is not None
    assert [theme.words for theme in outcome.plan.themes] == ["housing audit"]


DATED = Holdings((replace(TRACKER, due_words=("asap", "autumn 2025", "each term")),), HOLDINGS.words)


@pytest.mark.parametrize(
    ("form", "own"),
    [
        ("which actions just say {}", "asap"),
        ("the ones that only say {}", "each term"),
        ('actions timed "{}"', "autumn 2025"),
        ("the {} ones", "autumn"),
    ],
)
def test_a_due_date_in_words_is_found_as_written(form: str, own: str) -> None:
    plan = ask(form.format(own), holdings=DATED).plan
    assert plan is not None
    assert plan.where == Condition(Field.DUE_TEXT, Operator.CONTAINS, (own,))


KINDS = {"section": Field.SECTION, "status": Field.STATUS, "owner": Field.OWNER, "rating": Field.RAG}


@pytest.mark.parametrize(("side", "top"), list(permutations(KINDS, 2)))
def test_a_table_of_two_kinds(side: str, top: str) -> None:
    plan = ask(f"cross-tabulation for the tracker: {side} down the side, {top} across the top").plan
    assert plan is not None
    assert (plan.intent, plan.group_by, plan.then_by) == (Intent.GROUP, KINDS[side], KINDS[top])


@pytest.mark.parametrize("none", ["not a single action is complete", "no actions are complete", "nothing is complete"])
@pytest.mark.parametrize("groups", ["sections", "owners"])
def test_groups_of_which_no_row_is_so(groups: str, none: str) -> None:
    plan = ask(f"which {groups} are there in the tracker where {none}").plan
    assert plan is not None
    assert (plan.intent, plan.group_by, plan.bound) == (Intent.GROUP, KINDS[groups[:-1]], Bound(Relation.AT_MOST, 0))
    assert plan.where != EVERYTHING


@pytest.mark.parametrize("count", ["more than one", "two or more", "several"])
@pytest.mark.parametrize("what", ["owners", "names in the lead column", "leads"])
def test_rows_with_several_owners(count: str, what: str) -> None:
    plan = ask(f"how many actions in the tracker have {count} {what}").plan
    assert plan is not None
    assert (plan.intent, plan.shared_ownership) == (Intent.COUNT, True)


@pytest.mark.parametrize("form", ["leave {} out of it", "leave {} out", "take {} out of this"])
def test_a_heading_is_left_out_by_a_verb_in_two_parts(form: str) -> None:
    plain = _read("which Thornmere actions are due in July 2026, excluding recommendation 6")
    parted = _read(f"which Thornmere actions are due in July 2026? {form.format('Recommendation 6').capitalize()}")
    assert parted["where"] == plain["where"]


@pytest.mark.parametrize("denial", ["not", "hasn't", "hasnt", "hasn't been"])
def test_what_has_not_gone_well_is_a_challenge(denial: str) -> None:
    assert search_words("what has gone well in the housing audit").split()[-1] == "achievement"
    assert search_words(f"what {denial} gone well in the housing audit").split()[-1] == "challenge"
    assert search_words(f"what {denial} gone badly in the housing audit").split()[-1] == "achievement"


@pytest.mark.parametrize("head", ["carers", "boilers", "recruitment drives", "judgments"])
@pytest.mark.parametrize("about", ["young", "stolen", "housing", "neglect"])
@pytest.mark.parametrize("form", ["any actions on {}?", "are there any actions about {}?", "show me actions on {}"])
def test_no_word_of_a_compound_is_dropped_without_being_named(form: str, about: str, head: str) -> None:
    outcome = ask(form.format(f"{about} {head}"))
    assert outcome.plan is not None
    kept = " ".join(theme.words for theme in outcome.plan.themes)
    assert {about, *head.split()} <= set(f"{kept} {' '.join(outcome.not_understood)}".split())
    assert not outcome.plan.themes or head.split()[0] in kept
