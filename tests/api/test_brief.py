"""What a page shows at once of an answer: within the room of its reader, and nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.answer_view import ROOM, brief_of, clip, cut, first_sentence, opened
from assistant.answer import Answer, AnswerTable, Reader, TableRow
from assistant.outcome import AnswerStatus

LENGTHS = st.lists(st.integers(1, 25), min_size=1, max_size=10)
"""A text by the number of words of each of its sentences."""


def text_of(lengths: list[int]) -> str:
    return " ".join(f"Sentence {'word ' * (length - 1)}{number}." for number, length in enumerate(lengths))


def answer(reader: Reader, text: str, cells: list[tuple[str, str]], caveats: tuple[str, ...] = ()) -> Answer:
    rows = tuple(TableRow(pair) for pair in cells)
    table = AnswerTable("", ("Action", "Owner"), rows) if rows else None
    return Answer("q", AnswerStatus.ANSWERED, text, date(2026, 9, 1), reader=reader, table=table, caveats=caveats)


@settings(max_examples=60)
@given(st.sampled_from(list(Reader)), LENGTHS, st.lists(LENGTHS, max_size=14), LENGTHS)
def test_what_is_shown_fits_and_what_is_not_is_one_action_away(
    reader: Reader, lengths: list[int], actions: list[list[int]], notes: list[int]
) -> None:
    text, caveats = text_of(lengths), text_of(notes).split(". ")
    cells = [(text_of(action), f"owner{number}") for number, action in enumerate(actions)]
    made, room = brief_of(answer(reader, text, cells, tuple(caveats)), {}, ()), ROOM[reader]
    shown = [*made.lead.split(), *(w for line in made.lines for cell in line.cells for w in cell.striptags().split())]
    assert len(made.lines) <= room.rows
    assert len(shown) <= room.words + room.cell * len(made.columns)
    assert sorted([*made.notes, *made.left]) == sorted(set(caveats))
    assert made.more or (made.lead == text and len(made.lines) == len(cells))


@settings(max_examples=60)
@given(LENGTHS, st.integers(5, 60))
def test_a_text_is_cut_between_sentences_or_says_that_it_goes_on(lengths: list[int], words: int) -> None:
    text = text_of(lengths)
    made = cut(text, words)
    assert made == text or made.endswith("…") or text.startswith(made)
    assert len(made.removesuffix(" …").split()) <= words


@pytest.mark.parametrize(
    ("text", "words", "subject", "expected"),
    [
        ("one two three", 3, (), "one two three"),
        ("one two three four", 2, (), "one two\N{NO-BREAK SPACE}…"),
        (
            "a b c d e f private fostering now and then again",
            4,
            ("fostering",),
            "…\N{NO-BREAK SPACE}f private <mark>fostering</mark> now\N{NO-BREAK SPACE}…",
        ),
        ("<b>fostered</b> well", 5, (), "&lt;b&gt;fostered&lt;/b&gt; well"),
    ],
)
def test_a_cell_is_cut_around_the_words_that_matched(
    text: str, words: int, subject: tuple[str, ...], expected: str
) -> None:
    assert clip(text, words, subject) == expected


def test_a_column_with_one_value_is_a_sentence() -> None:
    made = brief_of(answer(Reader.STAFF, "Three.", [("a", "Clerk"), ("b", "Clerk"), ("c", "Clerk")]), {}, ())
    assert made.columns == ("Action",)
    assert made.same == ("Owner, for all of them: Clerk.",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two actions are late [1]. More follows.", "Two actions are late."),
        ("**No.** Four are open.\n\n- one [1]", "No."),
        ("It is led by V. Head of service. Then.", "It is led by V. Head of service."),
        ("- only a list [3]\n- of two", "- only a list"),
    ],
)
def test_how_an_answer_begins(text: str, expected: str) -> None:
    assert first_sentence(text) == expected


def test_what_no_row_records_is_one_sentence() -> None:
    found = answer(Reader.STAFF, "Three.", [(one, "no owner recorded") for one in "abc"])
    table = found.table
    assert table
    wide = AnswerTable(
        table.caption,
        (*table.columns, "The plan says"),
        tuple(replace(row, cells=(*row.cells, "no status recorded")) for row in table.rows),
    )
    made = brief_of(replace(found, table=wide), {}, ())
    assert made.same == ("No owner or status is recorded for any of them.",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two are late. One is not.", "Two are late. One is not."),
        (f"Two are late [1]. {'And more of it ' * 5}.", f"Two are late [1]. \n\n{'And more of it ' * 5}."),
    ],
)
def test_a_long_beginning_is_two_paragraphs(text: str, expected: str) -> None:
    assert opened(text) == expected


def test_a_heading_whose_list_was_cut_is_not_shown() -> None:
    assert cut("One.\n\n**A plan**\n\n- a b c\n\n**Another**\n\n- d e f", 8) == "One.\n\n**A plan**\n\n- a b c"
