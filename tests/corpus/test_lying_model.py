"""With a language model that lies, every question of the corpus has the answer that it has without one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.embedding import open_embedder
from assistant.model_planner import ModelPlanner
from assistant.model_wording import ModelWording
from assistant.register import Register, database_place
from assistant.settings import read_settings
from ingest.load import load
from tests.evaluation.gold import Gold

pytestmark = pytest.mark.slow

HERE = Path(__file__).resolve().parent
TODAY = date(2026, 11, 24)


class Liar:
    """Answers with what `lie` makes of our text, and fills in forms with somebody whom no plan knows."""

    name = "liar"

    def __init__(self, lie: Callable[[str], str]) -> None:
        self._lie = lie
        self.asked = 0

    def complete(self, prompt: str) -> str:
        self.asked += 1
        return self._lie(prompt.split("==========\n")[-2].rstrip("\n"))

    def fill(self, prompt: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:  # noqa: ARG002 -- the protocol's
        self.asked += 1
        stranger = {"field": "owner", "operator": "is", "values": ["Ann Example"]}
        return {"themes": ["neglect"], "without_themes": [], "where": [stranger]}


LIES: dict[str, Callable[[str], str]] = {
    "figures": lambda text: re.sub(r"(?<!\[)\d(?!\d*\]\])", lambda match: str((int(match.group()) + 1) % 10), text),
    "more": lambda text: f"{text}\n\nThe inspectors judged 17 of these to be complete.",
    "fewer sources": lambda text: re.sub(r"\[\[\d+\]\]", "", text, count=1),
}


@pytest.fixture(scope="module")
def ask_both(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Liar | None], Assistant]:
    settings = read_settings(data_dir=tmp_path_factory.mktemp("corpus"))
    embedder = open_embedder()
    load([HERE.parents[1] / "corpus"], settings, embedder=embedder)
    register = Register.open(database_place(settings.data_dir, settings.database_url), create=False)

    def made(liar: Liar | None) -> Assistant:
        both = {"wording": ModelWording(liar), "planning": ModelPlanner(liar)} if liar else {}
        return Assistant(register, lambda: embedder, lambda: TODAY, **both)

    return made


def test_nothing_false_gets_through(ask_both: Callable[[Liar | None], Assistant]) -> None:
    questions = Gold.read(HERE).questions
    liars = {name: Liar(lie) for name, lie in LIES.items()}
    plain, lied_to = ask_both(None), {name: ask_both(liar) for name, liar in liars.items()}
    for question, name in zip(questions, cycle(liars), strict=False):
        as_of = date.fromisoformat(question.as_of) if question.as_of else None
        ours = plain.ask(question.question, as_of, question.conversation)
        theirs = lied_to[name].ask(question.question, as_of, question.conversation)
        assert theirs == ours, f"{question.id}, {name}"
    assert all(liar.asked > len(questions) / len(liars) / 4 for liar in liars.values())
