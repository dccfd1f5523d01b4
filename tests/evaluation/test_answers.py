"""The evaluation must be able to find fault, with a council's own ids and beside chunks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import SourceError
from assistant.records import OWNER
from assistant.service import Assistant
from tests.assistant import fenbridge
from tests.evaluation.answers import BEST, checked, evaluate, report, wrong
from tests.evaluation.chunks import ChunkPipeline, LinesOf


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return fenbridge.assistant(fenbridge.register(tmp_path_factory.mktemp("evaluate")))


def folder(path: Path, *questions: dict[str, Any]) -> Path:
    (path / "questions.jsonl").write_text("\n".join(map(json.dumps, questions)))
    return path


def ids(assistant: Assistant, *refs: str) -> list[str]:
    return [row.id for row in assistant.register.select(OWNER) if row.ref in refs]


def test_questions_with_the_ids_of_the_register_need_no_rows_of_their_own(tmp_path: Path, assistant: Assistant) -> None:
    right = {"qid": "a", "question": "what is overdue on neglect?", "answer_ids": ids(assistant, "R1.1")}
    missed = {"qid": "b", "question": "what is overdue on neglect?", "answer_ids": ids(assistant, "R1.1", "R2.1")}
    found = evaluate(assistant, checked(folder(tmp_path, right, missed)), fenbridge.WordEmbedder())
    assert [score.right for score in found.scores] == [True, False]
    [fault] = wrong(found.scores)
    assert fault.startswith("b [list]")
    assert ids(assistant, "R2.1")[0] in fault
    assert any(line.split()[:3] == ["list", "2", "0.50"] for line in report(found))


def test_chunks_that_hold_the_whole_plan_hold_every_row(tmp_path: Path, assistant: Assistant) -> None:
    every = [row.id for row in assistant.register.select(OWNER)]
    found = evaluate(
        assistant,
        checked(folder(tmp_path, {"qid": "a", "question": "every action", "answer_ids": every})),
        fenbridge.WordEmbedder(),
    )
    assert found.chunks <= min(BEST)
    assert found.in_chunks[min(BEST)] == {"a"}


def test_a_row_is_held_only_by_the_chunk_that_it_stands_in() -> None:
    lines = [f"{word} " * 150 for word in ("neglect", "adoption", "housing")]
    pipeline = ChunkPipeline({"plan.txt": lines}, fenbridge.WordEmbedder())
    [best] = pipeline.best("housing", 1)
    assert pipeline.hold([best], LinesOf("plan.txt", (2,)))
    assert not pipeline.hold([best], LinesOf("plan.txt", (0,)))
    assert not pipeline.hold([best], LinesOf("plan.txt", ()))


def test_a_folder_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"questions\.jsonl"):
        checked(tmp_path)


def test_a_question_that_names_no_row_of_its_gold_is_refused(tmp_path: Path) -> None:
    row = {"id": "r1", "file": "plan.txt", "action": "Visit", "status": "unknown"}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row))
    with pytest.raises(SourceError, match="r2"):
        checked(folder(tmp_path, {"qid": "a", "question": "visits?", "answer_ids": ["r2"]}))
