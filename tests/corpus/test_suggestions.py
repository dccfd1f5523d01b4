"""What an answer offers to ask next is asked: each has an answer, and "them" are rows of this one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.answer import Reader
from assistant.embedding import open_embedder
from assistant.outcome import AnswerStatus
from assistant.register import Register, database_place
from assistant.settings import read_settings
from ingest.load import load
from tests.evaluation.gold import Gold
from tests.gold import SHARED

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
SETS = {"corpus": (ROOT / "corpus", ROOT / "tests" / "corpus"), "seeds": (SHARED / "seeds", SHARED / "asked")}
HAS_ONE = (AnswerStatus.ANSWERED, AnswerStatus.PARTLY_ANSWERED)
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("name", SETS)
def test_what_is_suggested_is_answered_and_about_the_answer(name: str, tmp_path: Path) -> None:
    documents, gold = SETS[name]
    if not documents.is_dir():
        pytest.skip(f"{documents} is not on this machine")
    settings, embedder = read_settings(data_dir=tmp_path), open_embedder()
    load([documents], settings, embedder=embedder)
    register = Register.open(database_place(settings.data_dir, settings.database_url), create=False)
    assistant, faults, asked = Assistant(register, lambda: embedder, lambda: TODAY), [], 0
    for question in Gold.read(gold).questions:
        day = date.fromisoformat(question.as_of) if question.as_of else None
        reader = next((one for one in Reader if one == question.user), Reader.INSPECTION)
        first = assistant.ask(question.question, day, question.conversation, reader)
        if day not in (None, first.as_of):
            continue  # its own words name a day, and the day of the settings is what the next question is asked at
        for words in first.suggestions:
            asked += 1
            next_one = assistant.ask(words, day, (*question.conversation, question.question), reader)
            if fault := _fault(words, first, next_one):
                faults.append(f"{question.question} > {words}: {fault}")
    register.close()
    assert asked >= 90
    assert not faults


def _fault(words: str, first: Any, second: Any) -> str:
    rows, others = ({one.id for one in answer.citations} for answer in (first, second))
    if second.status not in HAS_ONE or second.not_understood:
        return f"{second.status.value}, not understood: {second.not_understood}"
    of_them = {"them", "it", "they"} & {*words.lower().rstrip("?").split()}
    more = (second.total or 0) > (first.total or 0)
    return "about other rows" if of_them and (more or (rows and others and not rows & others)) else ""
