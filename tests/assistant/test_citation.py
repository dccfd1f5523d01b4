"""Citations: numbered in the order of their mention, and checked word for word before they leave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import AnswerTable, CitationKind, TableRow
from assistant.citation import cite, stands, tokens_lost
from assistant.compose.telling import Draft, Pen
from assistant.outcome import AnswerStatus
from assistant.records import Locator
from assistant.view import View
from tests.assistant import fenbridge


@pytest.fixture
def view(tmp_path: Path) -> View:
    return fenbridge.view(tmp_path)


def draft(text: str, pen: Pen) -> Draft:
    return Draft(AnswerStatus.ANSWERED, text, pen.places)


def test_markers_follow_the_text_and_the_same_place_keeps_its_number(view: View) -> None:
    pen = Pen()
    one, two = (pen.action(row) for row in view.rows[:2])
    cited, citations = cite(draft(f"B {two}, A {one}, B again {two}.", pen), view)
    assert cited.text == "B [1], A [2], B again [1]."
    assert [citation.id for citation in citations] == [view.rows[1].id, view.rows[0].id]
    assert all(citation.kind is CitationKind.ACTION for citation in citations)


def test_rows_of_the_table_and_counted_rows_are_cited_after_the_text(view: View) -> None:
    pen = Pen()
    tokens = tuple(pen.action(row)[1:-1] for row in view.rows[:3])
    table = AnswerTable("", ("Ref",), tuple(TableRow((row.ref or "",), (row.id,)) for row in view.rows[:2]))
    made = Draft(AnswerStatus.ANSWERED, "Two.", pen.places, table=table, table_tokens=tokens[:2], linked=tokens[2:])
    cited, citations = cite(made, view)
    assert [row.marker for row in cited.table.rows] == [1, 2]  # type: ignore[union-attr]
    assert [citation.marker for citation in citations] == [1, 2, 3]


def test_words_that_do_not_stand_are_left_out_with_their_line(view: View) -> None:
    pen = Pen()
    true = pen.passage("plan.txt", Locator(line_start=4, line_end=4), "opened a hub")
    false = pen.passage("plan.txt", Locator(line_start=4, line_end=4), "opened two hubs")
    elsewhere = pen.passage("plan.txt", Locator(line_start=5, line_end=5), "opened a hub")
    cited, citations = cite(draft(f"- a hub {true}\n- two hubs {false}\n- there {elsewhere}", pen), view)
    assert cited.text == "- a hub [1]"
    assert [citation.quote for citation in citations] == ["opened a hub"]


def test_a_head_with_nothing_left_under_it_goes_too(view: View) -> None:
    pen = Pen()
    true = pen.passage("plan.txt", Locator(line_start=4, line_end=4), "opened a hub")
    false = pen.passage("plan.txt", Locator(line_start=4, line_end=4), "opened two hubs")
    cited, _ = cite(draft(f"One plan says:\n\n- two hubs {false}\n\n**Another**\n\n- a hub {true}", pen), view)
    assert cited.text == "**Another**\n\n- a hub [1]"


def test_an_action_is_cited_by_the_words_at_its_place_when_its_quote_does_not_stand(view: View) -> None:
    pen = Pen()
    token = pen.action(replace(view.rows[0], quote="Words of nobody"))
    _, citations = cite(draft(f"A {token}", pen), view)
    assert citations[0].quote.startswith("R1.1\tTrain every social worker")


def test_an_action_that_stands_nowhere_is_counted_as_lost(view: View) -> None:
    pen = Pen()
    token = pen.action(replace(view.rows[0], locator=Locator(line_start=900, line_end=900)))
    made = draft(f"A {token}", pen)
    cited, citations = cite(made, view)
    assert (cited.text, citations, tokens_lost(made, citations)) == ("", (), 1)


def test_a_value_that_stands_apart_from_its_row_is_shown_at_its_place(view: View) -> None:
    row = replace(
        view.rows[0],
        field_locators=(("due", Locator(line_start=11, line_end=11)), ("owner", Locator(line_start=1, line_end=1))),
    )
    pen = Pen()
    _, citations = cite(draft(pen.action(row), pen), view)
    assert [(place.field, place.quote) for place in citations[0].fields] == [("due", "March 2026")]


def test_a_document_that_the_reader_may_not_see_cannot_be_cited(tmp_path: Path) -> None:
    register = fenbridge.register(tmp_path, fenbridge.plan_reading(), fenbridge.secret_reading())
    public = View(register, frozenset({fenbridge.Label.PUBLIC}))
    pen = Pen()
    token = pen.passage(fenbridge.SECRET, Locator(line_start=1, line_end=1), "Foreword")
    cited, citations = cite(draft(f"See {token}", pen), public)
    assert (cited.text, citations) == ("", ())


@pytest.mark.parametrize(
    ("quote", "words", "expected"),
    [("a  b", "x a\nb y", True), ("a b", "a c b", False), ("", "anything", False), ("A b", "a b", False)],
)
def test_a_quote_stands_whatever_the_white_space(quote: str, words: str, expected: bool) -> None:
    assert stands(quote, words) is expected
