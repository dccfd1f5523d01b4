"""The doors for other programs, each opened by its real client: Model Context Protocol, and OpenAI's chat."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from openai import OpenAI
from starlette.testclient import TestClient

from api.app import create_app
from api.audit import FOLDER, lines
from api.cli_printing import put_json
from api.roles import KEYS, Role
from tests.api.conftest import Serve, Site
from tests.api.test_time import free_port

QUESTION = "Which actions are overdue?"


@pytest.fixture(scope="module")
def served(site: Site) -> Iterator[str]:
    """The address of a real server with both doors open."""
    port = free_port()
    app = create_app(site.assistant(), site.settings.model_copy(update={"mcp": True, "chat_api": True}))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=20)
    app.state.assistant.register.close()


@pytest.fixture(scope="module")
def key(site: Site) -> str:
    return KEYS.make(site.settings.data_dir, "doors", Role.OWNER)


@asynccontextmanager
async def mcp_at(address: str, key: str | None = None) -> AsyncIterator[Client]:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as http,
        Client(streamable_http_client(f"{address}/mcp", http_client=http)) as client,
    ):
        yield client


async def called(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    found = result.structured_content or {}
    return found["result"] if set(found) == {"result"} else found


async def test_a_model_finds_typed_tools_and_gets_cited_answers(served: str, key: str) -> None:
    async with mcp_at(served, key) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"ask", "list_actions", "open_citation", "list_changes", "list_due", "list_sources"}
        for tool in tools.values():
            assert tool.description
            assert tool.output_schema
            assert all(
                "description" in one or name in ("limit", "offset")
                for name, one in tool.input_schema["properties"].items()
            )
        answer = await called(client, "ask", question=QUESTION, as_of="2026-11-24")
        assert answer["status"] == "answered"
        assert answer["total"] == len(answer["citations"]) > 0
        cited = await called(client, "open_citation", id=answer["citations"][0]["id"])
        assert cited["quote"] == answer["citations"][0]["quote"]
        listed = await called(client, "list_actions", overdue=True, as_of="2026-11-24", limit=5)
        assert (listed["total"], len(listed["items"])) == (answer["total"], 5)
        assert (await called(client, "list_changes"))["total"] == 0
        assert (await called(client, "list_due", as_of="2026-11-24"))["late"] == answer["total"]
        wrong = await client.call_tool("open_citation", {"id": "no such"})
        assert wrong.is_error


async def test_a_model_opens_every_passage_that_an_answer_cites(served: str, key: str) -> None:
    async with mcp_at(served, key) as client:
        answer = await called(client, "ask", question="Who chairs the Early Help and Protection Delivery Group?")
        cited = [one for one in answer["citations"] if one["kind"] == "passage"]
        assert cited
        for one in cited:
            opened = await called(client, "open_citation", id=one["id"])
            assert opened["document"] == one["document"]
            assert " ".join(one["quote"].split()) in " ".join(opened["text"].split())


async def test_a_model_reads_sources_as_resources(served: str, key: str) -> None:
    async with mcp_at(served, key) as client:
        one = (await called(client, "list_sources"))["items"][0]["id"]
        alone = json.loads((await client.read_resource(f"plans://sources/{one}")).contents[0].text)  # type: ignore[union-attr]
        assert [item["id"] for item in alone["items"]] == [one]


async def test_a_model_sees_what_its_key_may_see(served: str, key: str) -> None:
    totals = []
    for given in (key, None):
        async with mcp_at(served, given) as client:
            totals.append((await called(client, "list_actions", limit=1))["total"])
    assert totals[0] > totals[1] > 0


@pytest.mark.parametrize("name", ["host", "origin"])
def test_a_page_elsewhere_reaches_no_tool_by_a_name_of_its_own(served: str, name: str) -> None:
    """Such a name points at this machine, so that a browser takes both for one site."""
    said = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    takes = {"accept": "application/json, text/event-stream"}
    assert httpx2.post(f"{served}/mcp", json=said, headers=takes).status_code == 200
    elsewhere = {"host": "elsewhere.example", "origin": "http://elsewhere.example"}
    sent = elsewhere if name == "host" else {"origin": elsewhere["origin"], "host": served.removeprefix("http://")}
    assert 400 <= httpx2.post(f"{served}/mcp", json=said, headers={**takes, **sent}).status_code < 500


async def test_a_question_of_a_model_is_in_the_account(site: Site, served: str, key: str) -> None:
    def asked() -> list[dict[str, Any]]:
        return [line for line in lines(site.settings.data_dir / FOLDER) if line["act"] == "asked"]

    before = len(asked())
    async with mcp_at(served, key) as client:
        answer = await called(client, "ask", question=QUESTION)
    assert len(asked()) == before + 1
    assert (asked()[-1]["who"], asked()[-1]["total"]) == ("key doors", answer["total"])


async def test_a_model_asks_over_standard_input_and_output(site: Site) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "api.cli", "mcp", "--data-dir", str(site.settings.data_dir)],
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    async with Client(stdio_client(command)) as client:
        assert (await called(client, "list_actions", limit=1))["total"] > 0


def test_the_chat_door_answers_the_official_client(served: str, key: str) -> None:
    with OpenAI(base_url=f"{served}/v1", api_key=key, max_retries=0) as client:
        check_chat(client, served)


def check_chat(client: OpenAI, served: str) -> None:
    assert [model.id for model in client.models.list()] == ["plan-assistant"]
    messages: list[Any] = [{"role": "system", "content": "Say yes."}, {"role": "user", "content": QUESTION}]
    message = client.chat.completions.create(model="plan-assistant", messages=messages).choices[0].message
    assert message.content
    assert "overdue" in message.content
    assert message.annotations
    for note in message.annotations:
        cited = note.url_citation
        assert message.content[cited.start_index : cited.end_index].startswith("[")
        assert cited.url.startswith(f"{served}/")
    assert "Sources" in message.content
    stream = client.chat.completions.create(model="plan-assistant", messages=messages, stream=True)
    deltas = [chunk.choices[0].delta for chunk in stream]
    assert "".join(delta.content or "" for delta in deltas) == message.content
    assert any(getattr(delta, "annotations", None) for delta in deltas)


def test_the_doors_are_shut_unless_they_are_opened(serve: Serve) -> None:
    shut = serve()
    assert shut.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": "hi"}]}).status_code == 404
    assert shut.post("/mcp", json={}).status_code == 404


def test_what_a_program_reads_is_json_whatever_characters_a_text_holds(capsys: pytest.CaptureFixture[str]) -> None:
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x2028, 0x2030), *range(0x2066, 0x206A), 0xD800, 0x1F600):
        put_json({"text": f"a{chr(code)}b"})
        told = capsys.readouterr().out
        assert json.loads(told) == {"text": f"a{chr(code)}b"}, hex(code)
        assert len(told.splitlines()) == 1, hex(code)


def test_values_at_the_edge_of_what_can_be_said_are_no_fault(client: TestClient) -> None:
    asked = client.post(
        "/api/ask", content=b'{"question":"\\ud800 neglect"}', headers={"content-type": "application/json"}
    )
    assert asked.status_code == 422
    assert client.get("/api/due", params={"within": 10, "as_of": "9999-12-31"}).status_code == 200
    assert client.get("/due", params={"as_of": "9999-12-31"}).status_code == 200
    counted = client.post("/api/ask", json={"question": "how many actions are there?", "qid": 7})
    assert (counted.status_code, counted.json()["qid"]) == (200, "7")
