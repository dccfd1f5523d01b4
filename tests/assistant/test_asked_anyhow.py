"""The kind of thing asked for is one, whatever the words and the form it is asked in."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.conditions import Condition, Field, Operator
from assistant.embedding import open_embedder
from assistant.query_plan import Intent, QueryPlan, Theme, Wanted
from assistant.retriever.asked import Asked, asked_for, beside_asking, only_worded
from assistant.retriever.facing import faced
from assistant.retriever.kinds import Kind, Nouns

_NOUNS = Nouns(open_embedder())
_FORMS = (
    "Which {} is it for the choir?",
    "Please name the {} of the choir.",
    "I would like to know the {} for the choir",
    "Could somebody tell me the {} of the choir?",
    "Is there a {} for the choir?",
    "the choir, which {} is it with",
    "the choir in Marsham - {}?",
    "{} of the choir, please",
    "I'm looking for the {} of the choir",
)


@pytest.mark.parametrize("form", _FORMS)
@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("academy", Kind.BODY),
        ("institution", Kind.BODY),
        ("country", Kind.PLACE),
        ("whereabouts", Kind.PLACE),
        ("expense", Kind.MONEY),
        ("payment", Kind.MONEY),
        ("motive", Kind.REASON),
        ("fee", Kind.MONEY),
        ("location", Kind.PLACE),
    ],
)
def test_a_kind_is_known_by_a_noun_that_no_list_holds(form: str, noun: str, kind: Kind) -> None:
    asked = asked_for(form.format(noun), _NOUNS)
    assert asked.kind is kind
    assert asked.beyond_rows


@pytest.mark.parametrize("form", _FORMS)
@pytest.mark.parametrize("noun", ["action", "milestone", "framework", "toolkit", "pathway", "priority", "owner"])
def test_what_plans_hold_is_none_of_the_kinds(form: str, noun: str) -> None:
    assert not asked_for(form.format(noun), _NOUNS).beyond_rows


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Can you tell me what the singer of the choir was called?", Kind.NAME),
        ("who leads the choir, name please", Kind.NAME),
        ("How much louder is the choir now?", Kind.SHARE),
        ("I'd like to know how much better the choir sings.", Kind.SHARE),
        ("How much is the choir worth?", Kind.MONEY),
        ("how much is late", Kind.ANYTHING),
        ("How big a budget has the choir got?", Kind.MONEY),
        ("How large a group is going to sing?", Kind.NUMBER),
        ("Do we have a figure for the singers who came?", Kind.NUMBER),
        ("the choir in May - attendance so far?", Kind.NUMBER),
        ("What is the number of looked after children in the choir?", Kind.NUMBER),
        ("What is the size of the budget for the choir?", Kind.MONEY),
        ("Where has the choir got to with its songs?", Kind.ANYTHING),
        ("how come the choir was late", Kind.REASON),
        ("things sung last year", Kind.ANYTHING),
    ],
)
def test_the_grammar_says_what_is_asked_for(question: str, kind: Kind) -> None:
    assert asked_for(question, _NOUNS).kind is kind


_PLAN = QueryPlan(Intent.LIST, date(2026, 6, 1), themes=(Theme("choir"),), text="choir")


@pytest.mark.parametrize("form", _FORMS)
def test_a_date_or_a_person_asked_for_by_its_noun_is_that_field_of_the_rows(form: str) -> None:
    due = faced(_PLAN, asked_for(form.format("deadline"), _NOUNS))
    held = faced(_PLAN, asked_for(form.format("officer"), _NOUNS))
    assert due is not None
    assert (due.intent, due.asked_of, [one.specific for one in due.themes]) == (Intent.DATE, Field.DUE, [True])
    assert held is not None
    assert (held.intent, held.asked_of) == (Intent.OWNER, Field.OWNER)


def test_the_date_of_a_plan_and_of_nothing_else_is_known_of_the_plan() -> None:
    asked = Asked(Kind.TIME, "date", "Could you tell me the date the Marsham plan came out?")
    plan = QueryPlan(Intent.PROGRESS, date(2026, 6, 1), documents=("marsham.txt",), polar=True)
    turned = faced(plan, asked)
    assert turned is not None
    assert (turned.intent, turned.wanted, turned.polar) == (Intent.SOURCES, Wanted.DATE, False)
    dated = Condition(Field.DUE, Operator.BEFORE, (date(2026, 7, 1),))
    assert faced(QueryPlan(Intent.LIST, date(2026, 6, 1), where=dated), asked) is None


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What will tell Marsham whether singers are happy?", Kind.SIGN),
        ("what would show us if the choir sings better", Kind.SIGN),
        ("how is Marsham going to tell whether singers are happy?", Kind.SIGN),
        ("What says the plan on singers?", Kind.ANYTHING),
        ("what was sung if today is 3 May and nobody was there?", Kind.ANYTHING),
    ],
)
def test_what_shows_that_something_is_so_is_a_sign_of_it(question: str, kind: Kind) -> None:
    assert asked_for(question, _NOUNS).kind is kind


@pytest.mark.parametrize(
    "frame",
    ["I'd like to understand {}.", "Could you talk me through {}?", "Please describe {}.", "We want to know of {}."],
)
def test_the_words_of_a_request_stand_beside_what_it_is_for(frame: str) -> None:
    beside = beside_asking(frame.format("the Marsham choir"))
    assert {"marsham", "choir"}.isdisjoint(beside)
    assert beside & {"like", "understand", "talk", "describe", "want", "know"}


def test_a_reason_that_is_asked_for_alone_is_of_the_sentence_before() -> None:
    assert "choir" not in beside_asking("In May the choir was late. What reason was given?")
    assert "choir" in beside_asking("I sing in the choir. What reason was given for the delay of the audit?")


def test_a_part_of_things_is_no_thing_of_its_own() -> None:
    assert "bulk" in only_worded("Why are the bulk of the songs late?")
    assert "singer" not in only_worded("Why is the singer late?")


@pytest.mark.parametrize(
    "question",
    [
        "i meant missing school",
        "Which City of Marsham actions have no due date?",
        "did the money lessons happen? city of marsham",
        "same question for R4",
        "what has the choir got to do? anything where the tenor is named",
        "list songs about housing and school",
    ],
)
def test_a_subject_is_no_kind_that_is_asked_for(question: str) -> None:
    assert not asked_for(question, _NOUNS).beyond_rows


@pytest.mark.parametrize("told", ["", "The choir sings what the parish likes. "])
@pytest.mark.parametrize(
    ("asked", "kind", "noun"),
    [
        ("What is the name of the person?", Kind.NAME, "the person"),
        ("What's the person's name?", Kind.NAME, "the person"),
        ("Do we have that person's name?", Kind.NAME, "that person"),
        ("What's the name of the firm that sings there?", Kind.BODY, "firm"),
        ("Do we know the firm's name?", Kind.BODY, "firm"),
    ],
)
def test_a_name_is_asked_for_by_whose_it_is_however_that_is_put(told: str, asked: str, kind: Kind, noun: str) -> None:
    found = asked_for(f"{told}{asked}", _NOUNS)
    assert (found.kind, found.noun.removeprefix("the ").removeprefix("that ")) == (kind, noun.split()[-1])


@pytest.mark.parametrize("says", ["say on", "say about", "tell us of", "state about"])
@pytest.mark.parametrize(
    ("asked", "kind"), [("how often the choir sings", Kind.FREQUENCY), ("when the choir sings", Kind.TIME)]
)
def test_what_a_report_says_of_a_question_asks_that_question(says: str, asked: str, kind: Kind) -> None:
    assert asked_for(f"What does the report {says} {asked}?", _NOUNS).kind is kind
