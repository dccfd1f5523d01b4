"""An answer that a language model put into words, on a running page: the same facts, and the page says so."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr

from api.app import create_app
from assistant import Assistant
from assistant.model import open_model
from assistant.model_wording import ModelWording
from tests.api.browser.checks import violations
from tests.api.browser.conftest import NewPage, served
from tests.api.conftest import TODAY, TOKEN, Site
from tests.fakes import LetterEmbedder

pytestmark = pytest.mark.browser
ASKED = "/?q=" + quote("which actions are owned by SM Adolescents?")
FACTS = """() => ["#newest .chip", "#newest .whole tr"].map(
  (one) => [...document.querySelectorAll(one)].map((found) => found.textContent))"""


def speaker(lie: bool) -> FastAPI:
    """A server of the OpenAI protocol that words an answer anew: in truth, or with another number in it."""
    app = FastAPI()

    @app.post("/v1/chat/completions")
    def chat(body: dict[str, Any]) -> dict[str, Any]:
        answer = body["messages"][-1]["content"].split("==========\n")[1].rstrip("\n")
        words = f"{'1,234 actions, in' if lie else 'In'} short: {answer}"
        choice = {"index": 0, "message": {"role": "assistant", "content": words}, "finish_reason": "stop"}
        used = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        known = {"id": "1", "object": "chat.completion", "created": 0, "model": body["model"]}
        return {**known, "choices": [choice], "usage": used}

    return app


@contextmanager
def speaking(lie: bool) -> Iterator[str]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(speaker(lie), log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize("lie", [False, True])
def test_a_model_words_an_answer_and_changes_no_fact(site: Site, address: str, new_page: NewPage, lie: bool) -> None:
    plain = new_page(1280)
    plain.goto(address + ASKED)
    with speaking(lie) as where:
        model = {"model": "openai:local", "model_base_url": where, "token": SecretStr(TOKEN)}
        settings = site.settings.model_copy(update=model)
        opened = open_model(settings)
        assert opened is not None
        assistant = Assistant(site.assistant().register, LetterEmbedder, lambda: TODAY, wording=ModelWording(opened))
        with served(create_app(assistant, settings, embedder=LetterEmbedder())) as running:
            page = new_page(1280, bypass_csp=True)
            page.goto(running + ASKED)
            assert page.locator("#direct").inner_text().startswith("In short") is not lie
            assert page.locator("#newest .by-model").count() == (0 if lie else 1)
            working = page.locator("#change").text_content()
            assert ("A language model put this answer into words" in working) is not lie
            assert page.evaluate(FACTS) == plain.evaluate(FACTS)
            assert violations(page) == []
