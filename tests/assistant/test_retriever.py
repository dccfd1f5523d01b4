"""Words that answer, found by line: lists by their lead, facts by their shape, nothing where nothing is good enough."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.query_plan import Intent, QueryPlan, Theme, Wanted
from assistant.records import Label, Locator, Passage, Reading
from assistant.retriever import Retriever
from assistant.retriever.holding import COUNTED, DATE, MONEY, NAMED
from assistant.retriever.pieces import pieces_of, sentences
from assistant.retriever.retriever import ProseSearch, core_title, narrowed
from assistant.themes import Members
from assistant.view import View
from tests.assistant import fenbridge


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    view = fenbridge.view(tmp_path_factory.mktemp("words"))
    return Retriever(view, fenbridge.WordEmbedder(), lambda _: ())


def found(retriever: Retriever, text: str, **values: object) -> list[str]:
    plan = QueryPlan(Intent.NARRATIVE, fenbridge.DAY, text=text, **values)  # type: ignore[arg-type]
    return [piece.quote for piece in retriever.evidence(ProseSearch(plan))]


def test_a_line_that_leads_in_brings_its_list(retriever: Retriever) -> None:
    assert found(retriever, "things done last year") == [
        "In the last year we have done these things:",
        "- opened a hub in Lode Street",
        "- trained 40 foster carers",
    ]


def test_an_item_asked_for_by_its_own_words_comes_alone(retriever: Retriever) -> None:
    assert found(retriever, "hub Lode Street") == ["- opened a hub in Lode Street"]


def test_who_watches_brings_the_names_under_the_text(retriever: Retriever) -> None:
    words = found(retriever, "oversees plan", wanted=Wanted.PERSON)
    assert words == [fenbridge.PROSE[1], fenbridge.PROSE[5]]


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("programme money given", Wanted.MONEY, [fenbridge.PROSE[6]]),
        ("money private fostering leaflet", Wanted.MONEY, []),
        ("foster carers trained", Wanted.NUMBER, [fenbridge.PROSE[4]]),
        ("children privately fostered", Wanted.NUMBER, []),
        ("hub opened", Wanted.DATE, []),
        ("badgers swimming", None, []),
    ],
)
def test_a_fact_has_the_shape_that_was_asked_for(
    retriever: Retriever, text: str, wanted: Wanted | None, expected: list[str]
) -> None:
    assert found(retriever, text, wanted=wanted) == expected


def test_a_measure_in_a_row_is_given_with_its_row_and_its_kind(retriever: Retriever) -> None:
    plan = QueryPlan(
        Intent.NARRATIVE,
        fenbridge.DAY,
        text="know cases neglect good",
        wanted=Wanted.MANNER,
        themes=(Theme("neglect"),),
    )
    best = retriever.evidence(ProseSearch(plan))[0]
    assert (best.quote, best.kind, best.row and best.row.ref) == (
        fenbridge.ROWS[0]["success_measure"],
        "success measure",
        "R1.1",
    )


def test_one_plan_is_searched_when_one_is_asked_and_a_report_on_it_too(tmp_path: Path) -> None:
    about = report("Progress of the Children's Action Plan: report", "report.txt", "The hub cost £5 a day.")
    other = report("Housing strategy", "other.txt", "The hub cost £9 a day.")
    view = fenbridge.view(tmp_path, fenbridge.plan_reading(), about, other)
    retriever = Retriever(view, fenbridge.WordEmbedder(), lambda _: ())
    assert found(retriever, "hub cost", wanted=Wanted.MONEY, documents=(fenbridge.PLAN,)) == ["The hub cost £5 a day."]


def report(title: str, document: str, words: str) -> Reading:
    base = fenbridge.plan_reading(document, rows=())
    place = Locator(line_start=1, line_end=1)
    source = base.source.__class__(
        id=document, document=document, title=title, authority="Fenbridge Council", plan_date=date(2026, 5, 1),
        label=Label.PUBLIC, sha256="1", path=document,
    )  # fmt: skip
    passage = Passage("", document, (), words, place, Label.PUBLIC, "p")
    return Reading(source, ((place, words),), (), (passage,))


def test_other_names_of_a_word_are_found(tmp_path: Path) -> None:
    retriever = Retriever(
        fenbridge.view(tmp_path), fenbridge.WordEmbedder(), lambda term: ("Lode Street",) if term == "LS" else ()
    )
    assert found(retriever, "LS hub opened") == ["- opened a hub in Lode Street"]


def test_headings_are_no_answers(tmp_path: Path) -> None:
    view = fenbridge.view(tmp_path)
    texts = [piece.text for piece in pieces_of(view.passages, (), view)]
    assert "Foreword" not in texts
    assert fenbridge.PROSE[1] in texts


def test_a_quote_is_narrowed_to_its_line(tmp_path: Path) -> None:
    view: View = fenbridge.view(tmp_path)
    place = narrowed("trained 40 foster carers", Locator(line_start=1, line_end=9), fenbridge.PLAN, view)
    assert (place.line_start, place.line_end) == (5, 5)


def test_a_long_text_is_cut_into_sentences() -> None:
    text = "First things first. " * 30
    assert len(sentences(text)) == 30
    assert sentences("Short. Text.") == ["Short. Text."]


@pytest.mark.parametrize(
    ("text", "money", "dated", "named"),
    [
        ("It cost £1.2 million.", True, False, False),
        ("On 12 May 2014 a workshop was held.", False, True, False),
        ("Ada Marsh, Service Manager", False, False, True),
        ("Councillor Ada Marsh", False, False, True),
        ("Team Manager and Virtual School Head", False, False, False),
        ("R3.1 Review all cases", False, False, False),
    ],
)
def test_shapes(text: str, money: bool, dated: bool, named: bool) -> None:
    assert tuple(bool(one.search(text)) for one in (MONEY, DATE, NAMED)) == (money, dated, named)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("R3.1 four of 58 visits, 91% in 2025", ["four", "58", "91%"]), ("£20 and v2.5", []), ("1,200 homes", ["1,200"])],
)
def test_numbers_that_count(text: str, numbers: list[str]) -> None:
    assert [match.group() for match in COUNTED.finditer(text)] == numbers


def test_versions_of_a_plan_share_the_core_of_their_title() -> None:
    assert core_title("Service Plan 2019–20") == core_title("Service Plan, version 2, July 2021") == "service plan"


def test_a_particular_thing_is_the_row_whose_own_words_name_it(retriever: Retriever, tmp_path: Path) -> None:
    rows = fenbridge.view(tmp_path).rows
    everyone = Members(frozenset(row.id for row in rows))
    named = retriever.particular("neglect panel", everyone, rows)
    assert [row.ref for row in rows if row.id in named.ids] == ["R1.3"]
    assert retriever.particular("badger panel house", Members(frozenset()), ()).ids == frozenset()
