"""Questions in the words of a log of one's own: its short states, actions named by what they are to do."""

from __future__ import annotations

from datetime import date

import pytest

from assistant import Assistant
from assistant.answer import Reader
from assistant.outcome import AnswerStatus
from assistant.records import OWNER
from assistant.register import Register, database_place
from assistant.settings import read_settings
from ingest.load import load
from tests.fakes import LetterEmbedder

DAY = date(2031, 4, 9)
STATES = ("New", "Held", "Parked", "Initial stages")
ROWS = [
    ("1", "Confirm the budget for the boat house", "RT", "31 January 2031", "Held"),
    ("2", "Check the ferry timetable with the harbour", "OB", "30 June 2031", "New"),
    ("3", "Verify the register of pilots", "LN", "31 May 2031", "New"),
    ("4", "Paint the pier", "LN", "30 September 2031", "Parked"),
    ("5", "Write to the lighthouse keeper", "OB", "30 June 2031", "Initial stages"),
    ("6", "Renew the mooring licence", "RT", "1 May 2031", "Parked"),
]


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("log")
    lines = ["Ref,Action,Owner,Deadline,Status", *(",".join(row) for row in ROWS)]
    (folder / "harbour-log.csv").write_text("\n".join(lines), encoding="utf-8")
    settings = read_settings(data_dir=tmp_path_factory.mktemp("data"))
    assert not load([folder], settings, embedder=LetterEmbedder()).failed
    register = Register.open(database_place(settings.data_dir, None), create=False)
    return Assistant(register, LetterEmbedder, lambda: DAY)


def refs(log: Assistant, question: str) -> set[str]:
    held = {row.id: row.ref or "" for row in log.desk(OWNER).view.rows}
    return {held[one.id] for one in log.ask(question, reader=Reader.STAFF).citations}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("asked", ["Which actions are {}?", "List the actions marked {}", "which ones are {}"])
def test_a_state_is_found_by_the_word_of_the_log_however_short(log: Assistant, state: str, asked: str) -> None:
    assert refs(log, asked.format(state)) == {row[0] for row in ROWS if row[4] == state}


@pytest.mark.parametrize("row", ROWS[:3], ids=lambda row: row[1])
@pytest.mark.parametrize(
    "asked",
    [
        "Who has the action to {}, and what is its deadline?",
        "What is the deadline of the action to {}, and who has it?",
    ],
)
def test_an_action_named_by_what_it_is_to_do_is_no_claim(log: Assistant, row: tuple[str, ...], asked: str) -> None:
    answer = log.ask(asked.format(row[1][0].lower() + row[1][1:]))
    assert not answer.answer.startswith(("Yes", "No"))
    assert row[2] in answer.answer
    assert row[3] in answer.answer


@pytest.mark.parametrize(
    "asked", ["Is there any {} whose date cannot be right?", "Are there {}s with a date that can't be right?"]
)
@pytest.mark.parametrize("noun", ["action", "row", "item"])
def test_a_date_that_cannot_be_right_is_no_grade_of_an_inspection(log: Assistant, noun: str, asked: str) -> None:
    assert log.ask(asked.format(noun)).status is not AnswerStatus.REFUSED
