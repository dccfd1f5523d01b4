"""What an answer says of rows whose date or whose state cannot be told."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Reader
from assistant.embedding import open_embedder
from assistant.records import OWNER
from assistant.service import Assistant
from assistant.settings import read_settings
from ingest.load import load

HEAD = "Ref\tAction\tOwner\tBy when\tHow we will know\tStatus\n"
DATED = "".join(f"H{n}\tPaint shed {n}\tLead\tMay 2031\tThe share of dry sheds is 90%\tBegun\n" for n in (1, 2))
DONE = "".join(f"H{n}\tPaint barn {n}\tLead\tComplete March 2031\tDry barns by {n}\tComplete\n" for n in (3, 4, 5))
OPEN = "H6\tRepair the old mill\tLead\tOngoing\tA dry mill\tBegun\n"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("plans")
    text = f"Ottermere Painting Plan\n\n{HEAD}{OPEN}{DATED}{DONE}"
    (folder / "ottermere-painting-plan.txt").write_text(text, encoding="utf-8")
    settings = read_settings(data_dir=Path(tmp_path_factory.mktemp("data")))
    load([folder], settings, embedder=open_embedder(settings.embedding_model))
    return Assistant.open(settings.data_dir, settings)


def told(assistant: Assistant, question: str, reader: Reader) -> Answer:
    return assistant.ask(question, date(2031, 4, 1), reader=reader, audience=OWNER)


@pytest.mark.parametrize("reader", list(Reader))
@pytest.mark.parametrize("when", ["May 2031", "the first half of 2031"])
def test_what_is_complete_is_not_among_the_rows_that_may_fall_in_a_period(
    assistant: Assistant, when: str, reader: Reader
) -> None:
    answer = told(assistant, f"Which actions are due in {when}?", reader)
    assert any(one.startswith("One more action has no due date") for one in answer.caveats)
    apart = [one.ref for one in answer.related]
    assert apart == (["H6"] if reader is Reader.INSPECTION else [])


def test_a_measure_that_the_prose_of_a_row_repeats_is_told_to_be_a_target(assistant: Assistant) -> None:
    answer = told(assistant, "What share of sheds is dry?", Reader.STAFF).answer
    quoted = [line for line in answer.split("\n") if "share of dry sheds" in line]
    assert quoted
    assert all("success measure" in line or "a target" in line for line in quoted)
