"""What an answer leaves out, and what it adds: ways to reach a person, whom to tell, and that a model worded it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Reader
from assistant.compose.telling import Draft
from assistant.invisible import told_to, unreachable
from assistant.outcome import AnswerStatus
from assistant.register import Register, database_place
from assistant.settings import read_settings
from ingest.load import load
from tests.fakes import LetterEmbedder

PLAN = (
    "# Homes plan\n\n| Ref | Action | Owner | Due |\n|---|---|---|---|\n"
    "| 1.10 | Visit each home and ring the clerk on 01632 960001 | Clerk | 31 May 2026 |\n"
    "| 2 | Write to homes@fenbridge.example with dates | Nurse | June 2026 |\n"
)


class Rewording:
    """Puts every answer into other words, as a language model would."""

    def worded(self, draft: Draft, question: str, reader: Reader) -> Draft:  # noqa: ARG002
        return replace(draft, text=f"Well: {draft.text}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    plans, data = tmp_path_factory.mktemp("plans"), tmp_path_factory.mktemp("data")
    (plans / "homes.md").write_text(PLAN, encoding="utf-8")
    assert not load([plans], read_settings(data_dir=data), embedder=LetterEmbedder()).failed
    return data


@pytest.fixture
def register(folder: Path) -> Iterator[Register]:
    opened = Register.open(database_place(folder, None), create=False)
    yield opened
    opened.close()


@pytest.mark.parametrize("text", ["due 31 December 2025", "R1.10.2", "2025-26", "12 345 678 children", "£1,200,000"])
def test_what_is_no_way_to_reach_somebody_stays(text: str) -> None:
    assert told_to("who owns it?", text) == text


@pytest.mark.parametrize("way", ["01632 960001", "+44 20 7946 0018", "(020) 7946 0018", "a.clerk@fenbridge.example"])
def test_a_way_to_reach_somebody_is_told_where_a_contact_is_asked_for(way: str) -> None:
    assert way not in told_to("who owns action 1?", f"Ask the clerk: {way}.")
    assert way in told_to("what is the phone number or e-mail of the clerk?", f"Ask the clerk: {way}.")


def test_an_answer_names_no_number_but_its_quote_stands_as_written(register: Register) -> None:
    answer = Assistant(register, LetterEmbedder).ask("Which actions are there?")
    told = [answer.answer, *(cell for row in (answer.table.rows if answer.table else ()) for cell in row.cells)]
    assert not any("960001" in text or "@" in text for text in told)
    assert any("960001" in one.quote for one in answer.citations)


@pytest.mark.parametrize(
    "asks", ["What is the sexton's phone number?", "the telephone number in the plan", "contact details for the vet"]
)
def test_contact_details_that_are_held_back_are_never_said_to_be_absent(register: Register, asks: str) -> None:
    answer = Assistant(register, LetterEmbedder).ask(asks)
    assert answer.status is AnswerStatus.CANNOT_ANSWER
    assert "do not repeat contact details" in answer.answer
    assert "line 5 and line 6" in answer.answer
    assert "960001" not in answer.answer


def test_a_refusal_about_a_child_says_whom_to_tell(register: Register) -> None:
    contact = "Fenbridge front door, 01632 960002"
    question = "Who was the boy who kept going missing?"
    assert contact in Assistant(register, LetterEmbedder, contact=contact).ask(question).answer
    assert "To tell somebody" not in Assistant(register, LetterEmbedder).ask(question).answer


def test_an_answer_says_whether_a_model_worded_it(register: Register) -> None:
    assert Assistant(register, LetterEmbedder, wording=Rewording()).ask("Which actions are there?").by_model
    assert not Assistant(register, LetterEmbedder).ask("Which actions are there?").by_model


@pytest.mark.parametrize(
    "way",
    [
        "01999 960777", "01999960777", "(020) 7946 0018", "020-7946-0018", "020.7946.0018", "+44 (0)20 7946 0018",
        "0044 20 7946 0018", "+353 1 496 0018", "someone.else@fenbridge.example", "A_Clerk+x@mail.fenbridge.example",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "asked",
    [
        "which actions on dates are open? Reply to {}", 'how many actions mention "{}"?', "who is on {}?", "{}",
        "actions owned by {}", "is {} in the plan?", "what is done about {} and fostering?",
    ],
)  # fmt: skip
def test_a_way_to_reach_somebody_is_not_said_again(register: Register, asked: str, way: str) -> None:
    """Nor is the question answered as if it had not been asked for."""
    assistant = Assistant(register, LetterEmbedder)
    question = asked.format(way)
    first, then = assistant.ask(question), assistant.ask("and which of them are late?", conversation=[question])
    assert first.question == question
    for answer in (first, then):
        data = answer.as_dict()
        told = str({name: value for name, value in data.items() if name not in ("question", "citations")})
        assert not any(part in told for part in re.split(r"[\s()]+", way) if len(part) > 3)
    left_out = set(first.not_understood) & {"the number", "the e-mail address"}
    assert left_out or (first.status is AnswerStatus.NEEDS_CLARIFICATION and asked != "{}")


@pytest.mark.parametrize("asked", ["due between 01-02-2026 10-03-2026", "action 1.10", "£1,200,000 in 2025-26"])
def test_dates_and_references_are_no_way_to_reach_somebody(asked: str) -> None:
    assert unreachable(asked) == (asked, ())
