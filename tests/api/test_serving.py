"""The server as a process of its own, with a load made beside it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from api.app import link
from assistant.settings import read_settings
from ingest.load import load
from tests.api.conftest import AS_OWNER, TOKEN
from tests.fakes import LetterEmbedder

pytestmark = pytest.mark.slow
SENT = "Ref,Action,Owner,Due\n1,Train foster carers in recording,Service Manager,June 2026\n"
PLAN = "Ref,Action,Owner,Due\n1,{},Service Manager,June 2026\n"


@pytest.mark.parametrize(
    ("host", "named"),
    [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("localhost", "localhost"), ("0.0.0.0", "127.0.0.1")],
)
def test_the_link_is_one_that_opens_on_this_machine(host: str, named: str) -> None:
    assert link(host, 8000, "a b") == f"http://{named}:8000/?token=a+b"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "one.csv").write_text(PLAN.format("Audit case files"))
    return tmp_path / "plans"


@pytest.fixture(params=[1, 2], ids=["one worker", "two workers"])
def address(plans: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A server over the register of `plans`, which was loaded with vectors of another model."""
    data_dir = tmp_path / "data"
    load([plans], read_settings(data_dir=data_dir), embedder=LetterEmbedder())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port), "--data-dir", str(data_dir)]
    workers = {"PLAN_ASSISTANT_WORKERS": str(request.param), "PLAN_ASSISTANT_TOKEN": TOKEN}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **workers}) as process:
        try:
            yield _when_ready(f"http://127.0.0.1:{port}", process)
        finally:
            process.terminate()


def _when_ready(address: str, process: subprocess.Popen[str]) -> str:
    while process.poll() is None:
        try:
            _get(f"{address}/api/health")
            return address
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(process.stderr.read() if process.stderr else "")


def _get(url: str, body: dict[str, Any] | None = None) -> Any:
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **AS_OWNER})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


@pytest.mark.parametrize("address", [2], indirect=True)
def test_many_readers_at_once_all_get_the_right_answer(address: str) -> None:
    """Each connection may reach another worker."""
    question = {"question": "who has to audit case files?", "as_of": "2026-03-01"}
    first = _get(f"{address}/api/ask", question)
    assert first["total"] == 1
    with ThreadPoolExecutor(16) as readers:
        answers = list(
            readers.map(lambda number: _get(f"{address}/api/ask", {**question, "qid": str(number)}), range(64))
        )
    assert [answer.pop("qid") for answer in answers] == [str(number) for number in range(64)]
    first.pop("qid")
    assert all(answer == first for answer in answers)


@pytest.mark.parametrize("address", [2], indirect=True)
def test_a_plan_that_is_sent_is_seen_by_every_worker(address: str) -> None:
    form = b"\r\n".join(
        [b"--x", b'Content-Disposition: form-data; name="file"; filename="sent.csv"', b"", SENT.encode(), b"--x--", b""]
    )
    request = urllib.request.Request(
        f"{address}/api/sources", form, {"Content-Type": "multipart/form-data; boundary=x", **AS_OWNER}
    )
    with urllib.request.urlopen(request) as response:
        assert response.status == 201
    question = {"question": "what actions are there on foster carers?", "as_of": "2026-03-01"}
    for _ in range(12):
        answer = _get(f"{address}/api/ask", question)
        assert [citation["document"] for citation in answer["citations"]] == ["sent.csv"]


def test_a_load_beside_the_server_is_seen_without_a_restart(address: str, plans: Path, tmp_path: Path) -> None:
    question = {"question": "what actions are there on foster carers?", "as_of": "2026-03-01"}
    assert _get(f"{address}/api/health")["actions"] == 1
    assert _get(f"{address}/api/ask", question)["status"] == "no_match"
    (plans / "two.csv").write_text(PLAN.format("Train foster carers in recording"))
    beside = [sys.executable, "-m", "api.cli", "ingest", str(plans), "--data-dir", str(tmp_path / "data")]
    subprocess.run(beside, check=True, capture_output=True)
    assert _get(f"{address}/api/health")["actions"] == 2
    answer = _get(f"{address}/api/ask", question)
    assert answer["status"] == "answered"
    assert [citation["document"] for citation in answer["citations"]] == ["two.csv"]
