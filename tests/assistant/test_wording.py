"""Small words of an answer: dates in both forms, numbers, and words of a document made harmless."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.compose.numbers import count, share
from assistant.compose.pieces import due_of, due_phrase, late_words, says, state_of
from assistant.compose.wording import joined, safe, short, whole_month, without_bullet
from assistant.records import DuePrecision, Rag, Status
from tests.readings import an_action

ROW = an_action("Open the hub")


DAY, MONTH, RANGE = DuePrecision.DAY, DuePrecision.MONTH, DuePrecision.RANGE


@pytest.mark.parametrize(
    ("due", "written", "precision", "expected"),
    [
        (date(2026, 3, 31), "March 2026", MONTH, "March 2026"),
        (date(2020, 12, 31), "Dec-20", MONTH, "December 2020"),
        (date(2020, 5, 11), "11-May-20", DAY, "11 May 2020"),
        (date(2020, 5, 11), "11 May 2020", DAY, "11 May 2020"),
        (date(2021, 2, 28), "June 2020 to Feb 2021", RANGE, "June 2020 to Feb 2021"),
        (None, "ASAP", DuePrecision.NONE, "ASAP"),
        (None, None, DuePrecision.NONE, "no date recorded"),
    ],
)
def test_a_due_date_is_given_as_written_and_in_plain_words(
    due: date | None, written: str | None, precision: DuePrecision, expected: str
) -> None:
    assert due_of(replace(ROW, due=due, due_text=written, due_precision=precision)) == expected


def test_a_completed_row_has_no_due_date_but_a_completion() -> None:
    done = replace(ROW, status=Status.COMPLETE, due_text="Complete Jan 2020", completed_on=date(2020, 1, 31))
    assert due_phrase(done) == "completed in January 2020"


def test_a_probable_slip_is_said_beside_the_date() -> None:
    row = replace(ROW, due=date(2020, 2, 29), due_text="Feb-20", due_probable=date(2021, 2, 28))
    assert due_phrase(row).endswith("perhaps a slip for February 2021")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"rag": Rag.AMBER, "rag_meaning": "work has begun"}, "Amber (work has begun)"),
        ({"rag": Rag.GREEN}, "Green"),
        ({"rag": Rag.GREEN, "status_text": "green"}, "Green"),
        ({"status": Status.COMPLETE}, "complete"),
        ({"status": Status.IN_PROGRESS, "status_text": "Draft written."}, "“Draft written.”"),
        ({}, "no status recorded"),
    ],
)
def test_a_state_is_what_the_plan_says(values: dict[str, Any], expected: str) -> None:
    assert state_of(replace(ROW, **values)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see [1] | here", "see \\[1\\] \\| here"),
        ("**bold** and <b>tag</b>", "bold and tag"),
        ("a\n  b", "a b"),
        ("\ue000a:1\ue001 token", "a:1 token"),
        ("![x](http://y)", "!\\[x\\](http://y)"),
        ("5 < 6", "5 ‹ 6"),
    ],
)
def test_words_of_a_document_are_shown_and_do_nothing(text: str, expected: str) -> None:
    assert safe(text) == expected


def test_a_sub_item_carries_its_stem_and_a_short_row_what_it_stands_under() -> None:
    assert says(replace(ROW, action_parent="To include:")) == "To include: Open the hub"
    assert says(replace(ROW, recommendation="Homes are safe")) == "Open the hub (under: Homes are safe)"


def test_late_words() -> None:
    row = replace(ROW, due=date(2026, 5, 31))
    assert late_words(row, date(2026, 6, 1)) == "1 day late"
    assert late_words(row, date(2026, 5, 31)) == ""
    assert late_words(replace(row, status=Status.COMPLETE), date(2026, 6, 1)) == ""


def test_numbers_and_lists() -> None:
    assert [count(number, "action") for number in (0, 1, 2, 10, 1200)] == [
        "no actions",
        "one action",
        "2 actions",
        "10 actions",
        "1,200 actions",
    ]
    assert (joined(["a"]), joined(["a", "b", "c"]), joined([])) == ("a", "a, b and c", "")
    assert (share(1, 3), share(0, 0)) == ("33%", "0%")


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2020, 6, 1), "June 2020"), (date(2020, 6, 30), "June 2020"), (date(2019, 10, 3), "3 October 2019")],
)
def test_a_month_is_not_made_a_day(day: date, expected: str) -> None:
    assert whole_month(day) == expected


def test_cuts() -> None:
    assert short("one two three", 9) == "one two…"
    assert without_bullet("- (a) x") == "(a) x"
