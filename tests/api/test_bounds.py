"""What clients can make the server do is bounded: turns, bodies and headers left unfinished, long questions."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn

from api import gate as gates
from api.app import BoundedProtocol
from api.gate import MUCH_SECONDS, Turns
from tests.api.conftest import Serve, Site

# ---------------------------------------------------------------- turns


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_who_took_least_of_the_servers_time_is_next() -> None:
    clock = Clock()
    turns = Turns(1, clock=clock)
    for who, seconds in (("heavy", 5.0), ("light", 0.1)):
        place = await turns.take(who)
        assert place
        clock.now += seconds
        turns.give_back(place)
    first = await turns.take("other")
    assert first
    waiting = {who: asyncio.create_task(turns.take(who)) for who in ("heavy", "light")}
    await asyncio.sleep(0)
    turns.give_back(first)
    light = await waiting["light"]
    assert light
    assert not waiting["heavy"].done()
    turns.give_back(light)
    assert await waiting["heavy"]


async def test_what_is_heavy_takes_half_of_the_places_at_most() -> None:
    clock = Clock()
    turns = Turns(4, patience_seconds=0.01, clock=clock)
    for who in "abcdef":
        place = await turns.take(who)
        assert place
        clock.now += MUCH_SECONDS + 1
        turns.give_back(place)
    taken = [await turns.take(who) for who in "cdef"]
    assert [place is not None for place in taken] == [True, True, False, False]
    assert await turns.take("somebody new", long=True) is None
    for _ in range(2):
        assert await turns.take("an ordinary reader")
    assert await turns.take("an ordinary reader") is None


async def test_what_is_heavy_makes_way_for_a_moment_while_something_short_is_worked_on() -> None:
    waited: list[float] = []
    turns = Turns(4, clock=lambda: float(len(waited)) / 100)
    long = await turns.take("many", long=True)
    turns.make_way()  # nothing else is worked on
    short = await turns.take("few")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("api.gate.time.sleep", waited.append)
        turns.make_way()
        assert 3 <= len(waited) <= 7
        assert short
        turns.give_back(short)
        turns.make_way()
        assert 3 <= len(waited) <= 7
    assert long


async def test_a_reader_of_many_short_requests_is_not_heavy() -> None:
    clock = Clock()
    turns = Turns(2, patience_seconds=0.01, clock=clock)
    for _ in range(100):
        place = await turns.take("busy")
        assert place
        clock.now += MUCH_SECONDS / 2
        turns.give_back(place)
    assert await turns.take("heavy", long=True)
    assert await turns.take("busy")


async def test_too_many_do_not_wait_and_nobody_waits_for_ever() -> None:
    turns = Turns(1, waiting_at_most=2, patience_seconds=0.5)
    assert await turns.take("a")
    waiting = [asyncio.create_task(turns.take(who)) for who in "bc"]
    await asyncio.sleep(0)
    assert await turns.take("d") is None
    assert not any(task.done() for task in waiting)
    assert await asyncio.gather(*waiting) == [None, None]


async def test_a_place_is_not_lost_with_a_client_that_goes_while_it_waits() -> None:
    turns = Turns(1)
    place = await turns.take("a")
    assert place
    gone = asyncio.create_task(turns.take("b"))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    turns.give_back(place)
    assert await turns.take("c")


def test_more_than_can_be_answered_is_told_to_come_again(serve: Serve) -> None:
    client = serve()
    client.get("/api/health")
    gate: Any = client.app.middleware_stack.app  # type: ignore[attr-defined]
    while not hasattr(gate, "turns"):
        gate = gate.app
    gate.turns = Turns(1, waiting_at_most=0)
    asyncio.run(gate.turns.take("somebody else"))
    busy = client.get("/api/actions")
    assert (busy.status_code, busy.json()["error"]) == (503, "busy")
    assert int(busy.headers["retry-after"]) > 0
    assert client.get("/api/health").status_code == 200


# ---------------------------------------------------------------- the wire


class Hasty(BoundedProtocol):
    header_seconds, connections_at_most = 0.4, 1_000


@pytest.fixture
def wire(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a server that waits for little."""
    monkeypatch.setattr(gates, "BODY_SECONDS", 0.4)
    app = site.app(requests_per_minute=1_000_000)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none", http=Hasty))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join()
    app.state.assistant.register.close()


@contextmanager
def connected(port: int, sent: bytes) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as one:
        one.sendall(sent)
        yield one


def said(one: socket.socket) -> bytes:
    """Everything until the server closes."""
    parts = []
    try:
        while part := one.recv(65_536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


HALF_BODY = b"POST /api/ask HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", b"408"),
        (b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: ", b"408"),
        (HALF_BODY, b"408"),
        (b"POST /api/ask HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{", b"408"),
        (b"GET / HTTP/1.1\r\nhost: x\r\nx-long: " + b"a" * 300_000, b"431"),
    ],
)
def test_what_is_left_unfinished_is_closed_in_time(wire: int, sent: bytes, status: bytes) -> None:
    started = time.monotonic()
    with connected(wire, sent) as one:
        assert said(one).startswith(b"HTTP/1.1 " + status)
    assert time.monotonic() - started < 5


def test_a_second_request_on_a_connection_is_bounded_as_the_first(wire: int) -> None:
    whole = b"GET /api/health HTTP/1.1\r\nhost: x\r\n\r\n"
    with connected(wire, whole + whole + b"GET /slow HTTP/1.1\r\nhost: ") as one:
        answers = said(one)
    assert answers.count(b"HTTP/1.1 200") == 2
    assert b"HTTP/1.1 408" in answers


def test_readers_are_served_beside_many_that_finish_nothing(wire: int) -> None:
    held = [socket.create_connection(("127.0.0.1", wire), timeout=10) for _ in range(400)]
    for number, one in enumerate(held):
        one.sendall(HALF_BODY if number % 2 else b"GET / HTTP/1.1\r\nx: ")
    body = json.dumps({"question": "which actions are overdue?"}).encode()
    head = f"POST /api/ask HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n"
    with connected(wire, f"{head}connection: close\r\n\r\n".encode() + body) as one:
        assert said(one).startswith(b"HTTP/1.1 200")
    for one in held:
        assert b" 408 " in said(one)
        one.close()


# ---------------------------------------------------------------- long questions


@pytest.mark.slow
@pytest.mark.parametrize("question", ["neglect\n" * 245, "What about neglect? " * 80, "neglect and training or " * 60])
def test_a_long_question_costs_no_more_than_ten_ordinary_ones(site: Site, question: str) -> None:
    """An ordinary one is the first on its subject, which is embedded and looked for in every row."""
    assistant = site.assistant()

    def cost(words: str) -> float:
        started = time.process_time()
        assistant.ask(words)
        return time.process_time() - started

    cost("what is overdue?"), cost(question)
    ordinary = sorted(cost(f"what actions on {subject} are overdue?") for subject in ("fostering", "health", "schools"))
    assert min(cost(question) for _ in range(2)) <= 10 * max(ordinary[1], 0.02)
    assistant.register.close()


@pytest.mark.slow
@pytest.mark.parametrize("turn", ["neglect and training or " * 60, "neglect and housing " * 20_000, "x" * 300_000])
def test_a_long_conversation_costs_no_more_than_a_long_question(site: Site, turn: str) -> None:
    assistant = site.assistant()
    question, conversation = "and which of them are late?", [f"{turn} {number}" for number in range(50)]

    def cost(*turns: str) -> float:
        started = time.process_time()
        assistant.ask(question, conversation=turns)
        return time.process_time() - started

    cost(), cost(*conversation[:1])
    alone = cost("neglect and training or " * 60)
    assert cost(*conversation) <= 4 * max(alone, 0.1)
    assistant.register.close()


def test_what_was_asked_lately_is_kept_where_much_was_asked_before(site: Site) -> None:
    assistant = site.assistant()
    long = ["neglect and training or " * 60] * 9
    asked = "which actions have no owner?"
    some, all_ = (
        assistant.ask("and which of them are late?", conversation=[*turns, asked]) for turns in (long[:2], long)
    )
    assert some.as_dict() == all_.as_dict()
    assistant.register.close()


def test_a_question_of_more_words_than_one_asks_at_once_is_told_so(serve: Serve) -> None:
    answer = serve().post("/api/ask", json={"question": "who " * 251})
    assert (answer.status_code, answer.json()["error"]) == (422, "question")
    assert "251 words; at most 250" in answer.json()["message"]
