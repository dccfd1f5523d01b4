"""What stands beside an answer: text to paste, words explained, how it was worked out, small numbers, reports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api.answer_view import answer_text, without_markup, words_explained
from api.asking import examples
from api.routes.pages.register import Problem, Report, keep
from assistant import Assistant
from assistant.answer import Answer, Reader
from assistant.errors import StoreError
from assistant.outcome import AnswerStatus
from assistant.records import OWNER, Label
from assistant.register import rounded
from tests.api.conftest import Site

PUBLIC = frozenset({Label.PUBLIC})


@pytest.fixture
def assistant(site: Site) -> Iterator[Assistant]:
    opened = site.assistant()
    yield opened
    opened.register.close()


def test_the_text_to_paste_holds_the_answer_and_every_citation(assistant: Assistant) -> None:
    answer = assistant.ask("which actions are overdue?")
    text = answer_text(answer, assistant.desk(OWNER).view.sources)
    assert "**" not in text
    assert "As at: 24 November 2026" in text
    for citation in answer.citations:
        [line] = [line for line in text.splitlines() if line.startswith(f"[{citation.marker}] ")]
        assert " ".join(citation.quote.split()) in line


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**Two** actions. [1]", "Two actions. [1]"),
        ("One\n\nTwo\nlines", "One\n\nTwo lines"),
        ("Lead:\n\n- **R1** a\n- b\n  - c\n- d\n\nEnd", "Lead:\n\n- R1 a\n- b\n  - c\n- d\n\nEnd"),
        ("Ask:\n\n1. **a**\n2. b\n\nEnd", "Ask:\n\n1. a\n2. b\n\nEnd"),
        (r"\*not bold\* \[x\]", "*not bold* [x]"),
    ],
)
def test_markup_becomes_plain_text(markdown: str, text: str) -> None:
    assert without_markup(markdown) == text


def answer_of(text: str) -> Answer:
    return Answer("q", AnswerStatus.ANSWERED, text, date(2026, 1, 1))


def test_an_abbreviation_is_explained_with_its_source_or_not_at_all(assistant: Assistant) -> None:
    found = {
        one.term: one for one in words_explained(answer_of("EHE is due; QZQX is not; RHIs too"), assistant.desk(OWNER))
    }
    assert "QZQX" not in found
    assert found["EHE"].meaning == "elective home education"
    assert "glossary" in found["EHE"].by
    assert found["EHE"].address == ""


def test_the_plans_own_list_explains_before_the_glossary(assistant: Assistant) -> None:
    desk = assistant.desk(OWNER)
    key = next(key for key in desk.view.keys if key.kind.value == "abbreviation" and key.term.isupper())
    [first, *_] = words_explained(answer_of(f"The {key.term} meets."), desk)
    assert (first.term, first.meaning) == (key.term, key.meaning)
    assert first.address.startswith("/source/")


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("audience", [OWNER, PUBLIC])
def test_every_example_has_an_answer_for_its_reader(
    assistant: Assistant, reader: Reader, audience: frozenset[Label]
) -> None:
    shown = examples(assistant.desk(audience), reader, date.today())
    assert 3 <= len(shown) <= 4
    for words in shown:
        answer = assistant.ask(words, reader=reader, audience=audience)
        assert answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTLY_ANSWERED), words
        assert answer.total != 0, words


def test_readers_have_examples_of_their_own(assistant: Assistant) -> None:
    assert len({examples(assistant.desk(OWNER), reader, date.today()) for reader in Reader}) == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("three families were helped", "a small number of families were helped"),
        ("Two children went missing", "A small number of children went missing"),
        ("4 looked after children", "a small number of looked after children"),
        ("one child moved", "a small number of children moved"),
        ("children: 3 moved", "children: a small number moved"),
        *((same, same) for same in (
            "12 children", "2024 children", "1.4 children", "three audits of children's cases", "one of the panels",
            "two family hubs", "one child protection plan", "children: 30%", "4 children's homes",
        )),
    ],
)  # fmt: skip
def test_small_numbers_of_children_and_families_are_told_as_such(text: str, told: str) -> None:
    assert rounded(text) == told


def test_a_report_is_a_line_of_the_file(tmp_path: Path) -> None:
    keep(Report(problem=Problem.OWNER, words="It is\nthe head “now”", row="row-1"), tmp_path)
    keep(Report(problem=Problem.OTHER, words="x"), tmp_path)
    first, second = [json.loads(line) for line in (tmp_path / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (first["problem"], first["words"], first["row"]) == ("Wrong owner", "It is\nthe head “now”", "row-1")
    assert set(second) == {"at", "problem", "words", "row", "question"}


def test_a_full_file_takes_no_report(tmp_path: Path) -> None:
    (tmp_path / "reports.jsonl").write_bytes(b"x" * 5_000_001)
    with pytest.raises(StoreError):
        keep(Report(problem=Problem.OTHER, words="x"), tmp_path)
