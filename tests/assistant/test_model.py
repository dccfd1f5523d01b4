"""The door to language models, through LangChain's own client and a real server on the loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from assistant.errors import ModelError, ModelTimeout, SettingsError
from assistant.model import ChatModel, open_model
from assistant.model_planner import SCHEMA
from assistant.settings import read_settings
from tests.openai_server import Served, serving


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with serving() as served:
        yield served


@pytest.fixture
def served(server: Served) -> Served:
    server.say, server.status, server.wait_seconds = str.upper, 200, 0.0
    server.bodies.clear()
    return server


def model_at(served: Served, timeout_seconds: float = 20.0) -> ChatModel:
    settings = read_settings(
        model="openai:local",
        model_base_url=served.address,
        model_api_key="none",
        model_timeout_seconds=timeout_seconds,
    )
    model = open_model(settings)
    assert model is not None
    return model


def test_plain_words(served: Served) -> None:
    assert model_at(served).complete("hello") == "HELLO"
    [body] = served.bodies
    assert (body["model"], body["temperature"]) == ("local", 0)


def test_a_form_is_asked_for_by_its_schema(served: Served) -> None:
    given = {"themes": ["neglect"], "without_themes": [], "where": []}
    served.say = lambda _: json.dumps(given)
    assert model_at(served).fill("which?", SCHEMA) == given
    [body] = served.bodies
    assert body["response_format"]["type"] == "json_schema"
    assert set(body["response_format"]["json_schema"]["schema"]["properties"]) == set(given)


@pytest.mark.parametrize("said", ["", "I would rather not", "[1, 2]"])
def test_a_form_that_is_not_filled_in_is_an_error(served: Served, said: str) -> None:
    served.say = lambda _: said
    with pytest.raises(ModelError, match="openai:local"):
        model_at(served).fill("which?", SCHEMA)


def test_empty_words_are_an_error(served: Served) -> None:
    served.say = lambda _: "  "
    with pytest.raises(ModelError, match="empty"):
        model_at(served).complete("hello")


@pytest.mark.parametrize("status", [400, 429, 500])
def test_a_server_that_refuses_is_an_error(served: Served, status: int) -> None:
    served.status = status
    with pytest.raises(ModelError, match="Answers go on without it"):
        model_at(served).complete("hello")


def test_a_server_that_is_too_slow_is_a_time_out(served: Served) -> None:
    served.wait_seconds = 0.5
    with pytest.raises(ModelTimeout):
        model_at(served, 0.1).complete("hello")


def test_a_server_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ModelError):
        model_at(Served(address="http://127.0.0.1:9/v1")).complete("hello")


@pytest.mark.parametrize("name", ["local", "llama3:8b", "openai:local"])
def test_a_server_at_an_address_needs_neither_provider_nor_key(served: Served, name: str) -> None:
    model = open_model(read_settings(model=name, model_base_url=served.address))
    assert model is not None
    assert model.complete("hello") == "HELLO"
    assert served.bodies[0]["model"] == name.removeprefix("openai:")


@pytest.mark.parametrize("name", ["nobody:nothing", "openai:gpt-4o-mini", "ollama:llama3"])
def test_a_model_without_provider_key_or_package_is_refused_by_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingsError, match=f'PLAN_ASSISTANT_MODEL is "{name}"'):
        open_model(read_settings(model=name))


def test_without_a_model_nothing_of_langchain_is_imported() -> None:
    script = (
        "import sys, assistant.service as s; from assistant.settings import read_settings\n"
        "assert s.open_model(read_settings()) is None\n"
        "assert not [n for n in sys.modules if n.startswith(('langchain', 'openai'))]"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
