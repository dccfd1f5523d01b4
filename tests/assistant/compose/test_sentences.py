"""Sentences as a good public writer writes them: the number first, one verb, nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.compose.fields import most_owners
from assistant.compose.numbers import agreed, counted, denied, part_of, verb_of
from assistant.compose.phrases import about, in_our_terms
from assistant.compose.pieces import due_phrase, says_no_words
from assistant.compose.telling import short_names
from assistant.query import Found
from assistant.query_plan import Intent, QueryPlan, Theme
from assistant.records import Label, Rag, Source
from assistant.themes import Members
from tests.readings import an_action


@pytest.mark.parametrize(
    ("number", "whole", "sentence"),
    [
        (4, 7, "4 of the 7 housing actions are complete."),
        (1, 7, "One of the 7 housing actions is complete."),
        (7, 7, "All 7 housing actions are complete."),
        (2, 2, "Both housing actions are complete."),
        (0, 7, "None of the 7 housing actions is complete."),
        (0, 2, "Neither of the 2 housing actions is complete."),
        (1, 1, "The one housing action is complete."),
        (0, 1, "The one housing action is not complete."),
    ],
)
def test_a_part_of_a_known_whole(number: int, whole: int, sentence: str) -> None:
    assert part_of(number, whole, ("housing action", "housing actions"), "are complete") == sentence


@pytest.mark.parametrize(
    ("number", "noun", "words", "sentence"),
    [
        (13, "unfinished actions", "due in other months", "13 unfinished actions are due in other months."),
        (1, "action", "with no owner recorded", "One action has no owner recorded."),
        (0, "actions", "owned by the Clerk", "No actions are owned by the Clerk."),
        (3, "actions", "completed after their due date", "3 actions were completed after their due date."),
        (2, "actions", "whose status says “parked”", "2 actions say “parked”."),
        (1, "action", "not rated amber", "One action is not amber."),
    ],
)
def test_a_number_and_what_it_is_of(number: int, noun: str, words: str, sentence: str) -> None:
    assert counted(number, noun, verb_of(words)) == sentence


@pytest.mark.parametrize(
    ("verb", "contrary"),
    [
        ("is late", "is not late"),
        ("is not late", "is late"),
        ("has no owner recorded", "has an owner recorded"),
        ("has a recorded owner", "has no recorded owner"),
    ],
)
def test_the_contrary_of_a_verb(verb: str, contrary: str) -> None:
    assert denied(verb) == contrary


@pytest.mark.parametrize("verb", ["are late", "have no owner", "were moved", "say “parked”", "mention damp"])
def test_a_verb_agrees_with_one_and_with_several(verb: str) -> None:
    assert agreed(verb, 2) == verb != agreed(verb, 1)
    assert agreed(f"are not late and {verb} and “have it”", 1) == f"is not late and {agreed(verb, 1)} and “have it”"


def source(document: str, title: str, authority: str | None = "Fenbridge Council", **values: Any) -> Source:
    known: dict[str, Any] = {"plan_date": None, **values}
    return Source(document, document, title, authority, label=Label.PUBLIC, sha256="0", path=document, **known)


def test_a_plan_is_called_by_its_council_and_year() -> None:
    names = short_names(
        (
            source("a", "Housing Plan", plan_date=date(2026, 4, 1)),
            source("b", "Service Plan 2024-25", "London Borough of Alder"),
            source("c", "Care Plan", "Birch City Council", period_start=date(2014, 4, 1), period_end=date(2015, 3, 31)),
            source("d", "Care Plan", "Cedar"),
            source("e", "Nobody's Plan (draft)", None),
        )
    )
    assert names == {
        "a": "Fenbridge 2026",
        "b": "Alder 2024-25",
        "c": "Birch 2014-15",
        "d": "Cedar",
        "e": "the Nobody's Plan",
    }


def test_plans_of_one_council_and_year_are_called_by_their_titles_and_no_two_alike() -> None:
    day = date(2026, 4, 1)
    sources = (
        source("a", "Housing Plan", plan_date=day),
        source("b", "Play Plan, version 2", plan_date=day),
        source("c", "Play Plan, version 3", plan_date=day),
    )
    names = short_names(sources)
    assert names["a"] == "the Housing Plan"
    assert len(set(names.values())) == len(sources)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("ASAP", "due ASAP"),
        ("Quarterly reviews from the autumn on", "date given as “Quarterly reviews from the autumn on”"),
        ("", "no date recorded"),
    ],
)
def test_a_date_that_is_none_is_told_as_it_is_written(written: str, told: str) -> None:
    assert due_phrase(replace(an_action("Open a hub."), due=None, due_text=written)) == told


def test_a_long_date_cell_is_cut() -> None:
    row = replace(an_action("Open a hub."), due=None, due_text="Reviewed at each meeting of the board. " * 20)
    assert len(due_phrase(row)) < 130


@pytest.mark.parametrize(
    ("colour", "words", "silent"),
    [
        (Rag.AMBER, None, True),
        (Rag.AMBER, "Amber", True),
        (Rag.AMBER, "Amber, two left", False),
        (None, "Begun", False),
        (None, None, True),
    ],
)
def test_a_colour_alone_says_no_words(colour: Rag | None, words: str | None, silent: bool) -> None:
    row = replace(an_action("Open a hub."), rag=colour, status_text=words)
    assert says_no_words(row) is silent


@pytest.mark.parametrize(
    ("owners", "sentence"),
    [
        ("A A B", "The owners are A (2) and B (1)."),
        ("A A B - -", "The owners are A (2) and B (1). 2 have no owner recorded."),
        (
            "A A B B C C D D E E F -",
            "The owners are A (2), B (2), C (2), D (2), E (2) and one other. One has no owner recorded.",
        ),
        ("- -", "The plans name no owner for either of them."),
    ],
)
def test_the_owners_of_many_rows_come_first_by_number(owners: str, sentence: str) -> None:
    rows = [replace(an_action("Open a hub."), owner=None if name == "-" else name) for name in owners.split()]
    assert most_owners(rows) == sentence


@pytest.mark.parametrize(
    ("words", "read_as", "term", "subject"),
    [
        ("kids who run away", "missing from home or care", True, " on missing from home or care"),
        ("private fostering", "private fostering", True, " on private fostering"),
        ("lessons on money", "confidence with money and lessons", False, " on “lessons on money”"),
        ("the summer club", "summer club", False, " on the summer club"),
    ],
)
def test_a_subject_is_called_by_the_term_that_it_was_read_as(
    words: str, read_as: str, term: bool, subject: str
) -> None:
    plan = QueryPlan(Intent.LIST, date(2026, 11, 24), themes=(Theme(words),))
    assert about(in_our_terms(plan, Found(read=(Members(frozenset(), read_as=read_as, term=term),)))) == subject


def test_who_owns_several_rows_is_said_of_them_in_one_sentence() -> None:
    rows = [replace(an_action("Open a hub."), owner=name) for name in ("A", "A", "B")]
    assert most_owners(rows, "actions on neglect") == "The owners of the 3 actions on neglect are A (2) and B (1)."
    assert most_owners(rows[:2], "actions on neglect") == "Both actions on neglect are owned by A."
