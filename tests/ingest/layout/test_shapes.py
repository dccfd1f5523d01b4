"""What a piece of text looks like."""

from __future__ import annotations

import pytest

from ingest.layout.shapes import (
    is_continuation,
    is_date,
    is_heading,
    leading_ref,
    owner_likeness,
    starts_with_verb,
    whole_ref,
)
from ingest.layout.words import plain, quotable


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("R1.1 Ring each family", ("R1.1", "Ring each family")),
        ("- R6b.1** Ring each family", ("R6b.1", "Ring each family")),
        ("2.00 That staff know", ("2.00", "That staff know")),
        ("2.4. That staff know", ("2.4", "That staff know")),
        ("54. – Ring each family", ("54", "Ring each family")),
        ("(3) Ring each family", ("3", "Ring each family")),
        ("Action 4: Ring each family", ("4", "Ring each family")),
        ("AP-12 Ring each family", ("AP-12", "Ring each family")),
        ("6 sessions were held", None),
        ("121s cover recording", None),
        ("ii) Ring each family", None),
        ("Ring each family", None),
    ],
)
def test_the_reference_that_begins_a_text(text: str, found: tuple[str, str] | None) -> None:
    assert leading_ref(text) == found


@pytest.mark.parametrize(
    ("text", "ref"), [("1.10", "1.10"), ("R2", "R2"), ("#7.", "7"), ("3/1", "3/1"), ("Ring", None)]
)
def test_a_cell_that_is_a_reference(text: str, ref: str | None) -> None:
    assert whole_ref(text) == ref


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Dec-20", True),
        ("END AUG 2020", True),
        ("Complete\nDecember 2019", True),
        ("ASAP", True),
        ("Ongoing", True),
        ("by the end of June 2025", True),
        ("Two rooms found above the hub in June 2025", False),
        ("Housing", False),
        ("", False),
    ],
)
def test_dates_and_open_words(text: str, date: bool) -> None:
    assert is_date(text) is date


@pytest.mark.parametrize("text", ["SM", "AB/CD", "Head of Service", "SWs & managers", "Police / YJS", "J Smith"])
def test_owners(text: str) -> None:
    assert owner_likeness(text) >= 0.4


@pytest.mark.parametrize("text", ["June 2025", "Review the rota for duty workers.", "", "Speech and language"])
def test_not_owners(text: str) -> None:
    assert owner_likeness(text) < 0.4


@pytest.mark.parametrize("text", ["Review the rota", "To agree a plan", "We will publish it", "Jointly review it"])
def test_instructions(text: str) -> None:
    assert starts_with_verb(text)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("OFSTED FINDINGS", True),
        ("Priority Two: Children in our care", True),
        ("Meeting of 4 March 2026", True),
        ("June 2025", False),
        ("We did this, and it worked.", False),
        ("- a list item", False),
    ],
)
def test_headings(text: str, heading: bool) -> None:
    assert is_heading(text) is heading


@pytest.mark.parametrize(
    ("text", "before", "goes_on"),
    [
        ("the hub in the north.", "Open a second room in", True),
        ("(v) Life story work", "List the checks: (u) Dental", True),
        ("Review the rota", "Publish the guide.", False),
    ],
)
def test_continuations(text: str, before: str, goes_on: bool) -> None:
    assert is_continuation(text, before) is goes_on


def test_plain_words_are_without_markup() -> None:
    assert (
        plain('<ul style="x"> <li>Ring <b>each</b> family</li></ul> **now** &amp; [here](x)')
        == "Ring each family\nnow & here"
    )
    assert plain("zero\u200bwidth") == "zerowidth"


def test_a_quote_is_the_longest_piece_without_markup() -> None:
    assert quotable("Use '<i>Think Family</i>' in each plan", "Use 'Think Family' in each plan") == "' in each plan"
    assert quotable("one\u200btwo three") == "two three"
