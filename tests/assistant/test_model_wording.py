"""A language model may word an answer; a text that says anything else than ours is not used."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.answer import Reader
from assistant.errors import ModelError, PromptError, SettingsError
from assistant.model import FOLDER, open_model, read_prompt
from assistant.model_wording import ModelWording, faults
from assistant.service import Assistant
from assistant.settings import read_settings
from tests.assistant import fenbridge

QUESTION = "what actions on neglect are overdue?"


class Scripted:
    """A model that answers from a script, remembers what it was sent, and fails when asked once too often."""

    name = "scripted"

    def __init__(self, *answers: str | Callable[[str], str]) -> None:
        self._answers = list(answers)
        self.prompts: list[str] = []

    def complete(self, prompt: str) -> str:
        self.prompts.append(prompt)
        if not self._answers:
            raise ModelError("asked once too often")
        answer = self._answers.pop(0)
        return answer(prompt) if callable(answer) else answer


def material(prompt: str) -> str:
    """The answer within a prompt."""
    return prompt.split("==========\n")[1].rstrip("\n")


def smoothed(prompt: str) -> str:
    """The answer with its first sentence turned round."""
    return material(prompt).replace(
        "One of the 3 actions on neglect is overdue", "Of the 3 actions on neglect, one is overdue"
    )


def assistant_with(folder: Path, model: Scripted) -> Assistant:
    opened = fenbridge.register(folder)
    return Assistant(opened, fenbridge.WordEmbedder, today=lambda: fenbridge.DAY, wording=ModelWording(model))


def test_sound_words_are_used_and_the_facts_stay(tmp_path: Path) -> None:
    model = Scripted(smoothed)
    plain = fenbridge.assistant(fenbridge.register(tmp_path / "plain")).ask(QUESTION)
    worded = assistant_with(tmp_path / "model", model).ask(QUESTION)
    assert worded.answer.startswith("Of the 3 actions on neglect, one is overdue at 1 June 2026.")
    assert (worded.citations, worded.table, worded.total, worded.caveats) == (
        plain.citations, plain.table, plain.total, plain.caveats,
    )  # fmt: skip


@pytest.mark.parametrize(
    "lie",
    [
        lambda text: text.replace("62 days late", "26 days late"),
        lambda text: text.replace("One of", "Two of"),
        lambda text: text.replace("[[1]]", "[[2]]"),
        lambda text: text.replace(" [[1]]", ""),
        lambda text: text.replace("R1.1", "R1.3"),
        lambda text: text.replace("March 2026", "May 2026"),
        lambda text: text.replace("and not complete", "and complete"),
        lambda text: text + "\n\nAll other actions are complete.",
        lambda text: text + "\n\nThe Director, Ann Example, is to blame.",
        lambda text: text + "\n\nSee https://example.org for more.",
        lambda text: text.replace("62 days late", "late"),
        lambda text: text + " word" * 400,
        lambda _: "I cannot help with that.",
    ],
)
def test_words_that_say_something_else_are_not_used(tmp_path: Path, lie: Callable[[str], str]) -> None:
    plain = fenbridge.assistant(fenbridge.register(tmp_path / "plain")).ask(QUESTION)
    model = Scripted(lambda prompt: lie(material(prompt)))
    worded = assistant_with(tmp_path / "model", model).ask(QUESTION)
    assert worded == plain
    assert len(model.prompts) == 1


def test_a_model_that_fails_leaves_our_own_words(tmp_path: Path) -> None:
    plain = fenbridge.assistant(fenbridge.register(tmp_path / "plain")).ask(QUESTION)
    assert assistant_with(tmp_path / "model", Scripted()).ask(QUESTION) == plain


def test_refusals_and_long_lists_are_never_sent(tmp_path: Path) -> None:
    model = Scripted()
    assistant = assistant_with(tmp_path, model)
    assistant.ask("rate the team manager out of ten")
    assert model.prompts == []


def test_the_prompt_holds_the_answer_and_the_reader_and_no_token(tmp_path: Path) -> None:
    model = Scripted("nothing")
    assistant_with(tmp_path, model).ask(QUESTION, reader=Reader.MEMBER)
    assert "an elected member" in model.prompts[0]
    assert "[[1]]" in model.prompts[0]
    assert "\ue000" not in model.prompts[0]


@pytest.mark.parametrize(
    ("text", "own", "sound"),
    [
        ("It is done [[1]]", "It is done [[1]]", True),
        ("R1 is due in May [[1]]\nR2 is due in June [[2]]", "R1 is due in June [[1]]\nR2 is due in May [[2]]", False),
        ("R1 and R2 are late [[1]] [[2]]", "R1 is late [[1]]\nR2 is late [[2]]", False),
        ("No owner is recorded [[1]]", "no owner recorded [[1]]", True),
        ("An owner is recorded [[1]]", "no owner recorded [[1]]", False),
        ("It says “work has begun” [[1]]", "Amber (work has begun) [[1]]", False),
        ("It says “work has begun” amber [[1]]", "It says amber: “work has begun” [[1]]", True),
    ],
)
def test_the_check(text: str, own: str, sound: bool) -> None:
    assert (faults(text, own) == []) is sound


# ---------------------------------------------------------------- prompts


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_each_prompt_names_its_variables(path: Path) -> None:
    if path.stem != "README":
        prompt = read_prompt(path.stem)
        assert prompt.purpose
        assert prompt.version >= 1
        assert prompt.filled(**dict.fromkeys(prompt.variables, "{{answer}} value")).count("value") >= len(
            prompt.variables
        )


def test_values_are_put_in_once_and_never_read_again() -> None:
    filled = read_prompt("word-answer").filled(reader="staff", question="{{answer}}", answer="A")
    assert "Question: {{answer}}" in filled


def test_a_prompt_and_its_caller_must_agree(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="answer, question, reader"):
        read_prompt("word-answer").filled(question="q")
    (tmp_path / "torn.md").write_text("name: torn\nvariables: a\n---\n{{b}}", encoding="utf-8")
    with pytest.raises(PromptError, match="the text uses b"):
        read_prompt("torn", tmp_path)
    (tmp_path / "old.md").write_text("name: old\npurpose: p\nvariables: a\n---\n{{a}}", encoding="utf-8")
    with pytest.raises(PromptError, match="version"):
        read_prompt("old", tmp_path)
    with pytest.raises(PromptError, match="cannot be read"):
        read_prompt("absent", tmp_path)


# ---------------------------------------------------------------- a real server that speaks the OpenAI protocol


class Speaker(BaseHTTPRequestHandler):
    """Answers every chat with what `say` makes of its last message; "busy" gives 429."""

    say: Callable[[str], str] = staticmethod(lambda text: text)
    status = 200

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = body["messages"][-1]["content"]
        message = {"role": "assistant", "content": type(self).say(text)}
        reply = {
            "id": "1", "object": "chat.completion", "created": 0, "model": body["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }  # fmt: skip
        data = json.dumps(reply if self.status == 200 else {"error": {"message": "busy"}}).encode()
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def served() -> Iterator[tuple[type[Speaker], str]]:
    handler = type("Handler", (Speaker,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield handler, f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


def model_at(address: str) -> ModelWording:
    model = open_model(read_settings(model="openai:local", model_base_url=address, model_api_key="none"))
    assert model is not None
    return ModelWording(model)


@pytest.mark.parametrize(
    ("say", "status", "begins"),
    [
        (smoothed, 200, "Of the 3"),
        (lambda prompt: material(prompt).replace("One", "Nine"), 200, "One of"),
        (lambda prompt: prompt, 429, "One of"),
    ],
    ids=["sound", "false", "busy"],
)
def test_a_served_model(
    tmp_path: Path, served: tuple[type[Speaker], str], say: Callable[[str], str], status: int, begins: str
) -> None:
    handler, address = served
    handler.say, handler.status = staticmethod(say), status
    opened = fenbridge.register(tmp_path)
    assistant = Assistant(opened, fenbridge.WordEmbedder, today=lambda: fenbridge.DAY, wording=model_at(address))
    answer = assistant.ask(QUESTION)
    assert answer.answer.startswith(begins)
    assert (answer.total, len(answer.citations)) == (1, 1)


def test_no_model_is_the_default() -> None:
    assert open_model(read_settings()) is None


def test_a_model_that_nobody_knows_is_named() -> None:
    with pytest.raises(SettingsError, match="PLAN_ASSISTANT_MODEL"):
        open_model(read_settings(model="nobody:nothing"))
