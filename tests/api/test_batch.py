"""A batch answers each of its lines, whatever stands in the others; and every citation of an answer opens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.cli_printing import answers
from assistant import Assistant
from tests.api.conftest import TODAY, Site
from tests.fakes import LetterEmbedder


def asked(site: Site, tmp_path: Path, *lines: str) -> list[dict[str, Any]]:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return list(answers(site.assistant(), file))


def line(question: str, **more: Any) -> str:
    return json.dumps({"question": question, **more}, ensure_ascii=False)


def test_keys_that_a_sender_keeps_for_itself_are_ignored(site: Site, tmp_path: Path) -> None:
    (answer,) = asked(site, tmp_path, line("which actions are overdue?", qid="a", expected=["x"], note={"deep": 1}))
    assert (answer["qid"], answer["status"]) == ("a", "answered")


@pytest.mark.parametrize("mark", ["\u2028", "\x85", "\x0c", "\ufeff"])
def test_marks_that_some_call_a_line_end_stay_in_their_line(site: Site, tmp_path: Path, mark: str) -> None:
    told = asked(site, tmp_path, line(f"which actions{mark}are overdue?", qid="a"), line("what is held?", qid="b"))
    assert [answer["qid"] for answer in told] == ["a", "b"]


@pytest.mark.parametrize("question", ["**", "<b>", "_ _", "<i></i>", "🎉🎉", "?", "[](x", "x" * 10_000, " "])
def test_a_question_of_no_words_or_too_many_gets_a_sentence_and_the_next_its_answer(
    site: Site, tmp_path: Path, question: str
) -> None:
    odd, plain = asked(site, tmp_path, line(question), line("which actions are overdue?"))
    assert odd["status"] != "error"
    assert len(odd["answer"].split()) > 5
    assert plain["status"] == "answered"


def test_a_fault_in_one_question_leaves_as_an_answer(site: Site) -> None:
    class Faulty(Assistant):
        def _answer(self, request: Any, audience: Any) -> Any:
            return super()._answer(request, audience) if "badger" not in request.question else 7 / 0

    assistant = Faulty(site.assistant().register, LetterEmbedder, lambda: TODAY)
    assert assistant.ask("badgers?").status == "error"
    assert assistant.ask("which actions are overdue?").status == "answered"


def test_every_id_of_a_citation_opens(serve: Any) -> None:
    client: TestClient = serve()
    kinds = set()
    for question in ("which actions are overdue?", "what do the colours mean?", "what does MASH mean?"):
        for citation in client.post("/api/ask", json={"question": question}).json()["citations"]:
            kinds.add(citation["kind"])
            found = client.get(f"/api/{citation['kind']}s/{citation['id']}")
            assert found.status_code == 200, citation
            if citation["kind"] == "passage":
                assert " ".join(citation["quote"].split()) in " ".join(found.json()["text"].split())
    assert kinds == {"action", "passage"}
