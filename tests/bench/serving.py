"""What the server adds to the query itself, both measured in one run; and many readers at once."""

from __future__ import annotations

import http.client
import itertools
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from assistant import Assistant
from assistant.conditions import Field, overdue
from assistant.records import OWNER
from tests.bench.figures import Figure, median_of, milliseconds, timed

TIMES, READERS, ROUNDS, WORKERS = 15, 16, 2, 2
AS_OF = date(2026, 9, 1)
TOKEN = "the token of the bench"
_AS_OWNER = {"Authorization": f"Bearer {TOKEN}"}
QUESTION = "which actions are overdue?"
ASKED = (
    QUESTION,
    "how many actions are there?",
    "what actions on neglect are overdue?",
    "what does amber mean?",
    "which actions have no owner?",
    "how many actions are complete in each plan?",
    "are we doing anything about kids who run away?",
    "what actions on fostering are there?",
)


def serving_figures(data_dir: Path) -> list[Figure]:
    """Server times of pages and answers beside their queries, then the figures of many readers."""
    assistant = Assistant.open(data_dir)
    with serving(data_dir, 1) as port:
        figures = [*_pages(port, assistant), *_answers(port, assistant)]
    with serving(data_dir, WORKERS) as port:
        return [*figures, *_readers(port, assistant, own_day=False), *_readers(port, assistant, own_day=True)]


def _pages(port: int, assistant: Assistant) -> list[Figure]:
    register, late = assistant.register, overdue(date.today())
    first_page = median_of(lambda: (register.select(OWNER, limit=50), register.count(OWNER)), TIMES)
    narrowed = median_of(
        lambda: (register.select(OWNER, late, Field.DUE, limit=50), register.count(OWNER, late)), TIMES
    )
    plans = median_of(lambda: register.sources(OWNER), TIMES)
    return [
        _beside("first byte, ask page", port, "/", plans, "reading the plans held"),
        _beside("first byte, register page", port, "/register", first_page, "select and count"),
        _beside(
            "first byte, register page, overdue", port, "/register?overdue=true&order=due", narrowed, "select and count"
        ),
        _beside("first byte, register data", port, "/api/actions?limit=50", first_page, "select and count"),
    ]


def _answers(port: int, assistant: Assistant) -> list[Figure]:
    query = median_of(lambda: assistant.ask(QUESTION, AS_OF), TIMES)
    page = f"/?{urlencode({'q': QUESTION, 'as_of': AS_OF})}"
    pack = f"/api/answer?{urlencode({'q': QUESTION, 'as_of': AS_OF, 'format': 'docx'})}"
    return [
        _beside(
            "answer by the API", port, f"/api/answer?{urlencode({'q': QUESTION, 'as_of': AS_OF})}", query, "asking"
        ),
        _beside("answer as a page, first byte", port, page, query, "asking"),
        _beside("answer as an evidence pack", port, pack, query, "asking"),
    ]


def _beside(name: str, port: int, path: str, query: float, words: str) -> Figure:
    first_byte(port, path)
    seconds = median_of(lambda: first_byte(port, path), TIMES)
    return Figure(name, milliseconds(seconds), f"{seconds / query:.1f} times {words}, {milliseconds(query)}")


def _readers(port: int, assistant: Assistant, own_day: bool) -> list[Figure]:
    """Sixteen readers who ask one question after the other, each answer compared with the one that is right: all of one
    day, whose answers are kept, or each of a day of its own, so that every answer is worked out."""
    days = [AS_OF + timedelta(days=30 * own_day * number) for number in range(READERS)]
    right = {(asked, day): _facts(assistant.ask(asked, day).as_dict()) for asked in ASKED for day in set(days)}
    before = [AS_OF - timedelta(days=1 + own_day), AS_OF - timedelta(days=3 + own_day)]  # days that nobody asked of
    alone = [timed(lambda asked=asked, day=day: ask(port, asked, day)) for asked in ASKED for day in before]

    def read(number: int) -> list[tuple[float, bool]]:
        told, day = [], days[number]
        for question in itertools.islice(itertools.cycle(ASKED), number, number + ROUNDS * len(ASKED)):
            started = time.perf_counter()
            answer = ask(port, question, day)
            told.append((time.perf_counter() - started, _facts(answer) == right[question, day]))
        return told

    started = time.perf_counter()
    with ThreadPoolExecutor(READERS) as pool:
        told = [one for each in pool.map(read, range(READERS)) for one in each]
    whole = time.perf_counter() - started
    times = [seconds for seconds, _ in told]
    middle, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    name = f"{READERS} readers at once, {WORKERS} workers, {'a day each' if own_day else 'one day'}"
    wrong = sum(not same for _, same in told)
    return [
        Figure(f"{name}, right answers", f"{len(told) - wrong} of {len(told)}", f"{len(told) / whole:,.0f} a second"),
        Figure(f"{name}, p50", milliseconds(middle), f"{middle / statistics.median(alone):.1f} times one reader's"),
        Figure(f"{name}, p95", milliseconds(slow), f"{slow / statistics.median(alone):.1f} times one reader's p50"),
    ]


def _facts(answer: dict[str, Any]) -> tuple[Any, ...]:
    """What makes an answer right: its status, its number and what it cites."""
    return answer["status"], answer["total"], [one["id"] for one in answer["citations"]], answer["answer"]


def ask(port: int, question: str, as_of: date = AS_OF) -> dict[str, Any]:
    """An answer over HTTP."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    body = json.dumps({"question": question, "as_of": as_of.isoformat()})
    connection.request("POST", "/api/ask", body, {"Content-Type": "application/json", **_AS_OWNER})
    answer: dict[str, Any] = json.load(connection.getresponse())
    connection.close()
    return answer


def first_byte(port: int, path: str) -> None:
    """Ask for a path, and come back when the first byte of its answer is there; the rest is read afterwards."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers=_AS_OWNER)
    response = connection.getresponse()
    if response.status != http.client.OK:
        raise RuntimeError(f"{path}: {response.status}")
    connection.close()


@contextmanager
def serving(data_dir: Path, workers: int) -> Iterator[int]:
    """The port of a server in processes of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port), "--data-dir", str(data_dir)]
    limits = {
        "PLAN_ASSISTANT_TOKEN": TOKEN,
        "PLAN_ASSISTANT_WORKERS": str(workers),
        "PLAN_ASSISTANT_REQUESTS_PER_MINUTE": "1000000",
    }
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, **limits}) as process:
        try:
            _wait_until(lambda: process.poll() is None, port)
            for question in ASKED * 2 * workers:
                ask(port, question)
            yield port
        finally:
            process.terminate()


def _wait_until(alive: Callable[[], bool], port: int) -> None:
    while alive():
        try:
            first_byte(port, "/api/health")
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server ended before it was ready")
