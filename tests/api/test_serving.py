"""The server as a process of its own, with a load made beside it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.serving import is_loopback
from assistant.settings import read_settings
from ingest.load import load
from tests.fakes import LetterEmbedder

pytestmark = pytest.mark.slow
PLAN = "Ref,Action,Owner,Due\n1,{},Service Manager,June 2026\n"


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("192.168.1.5", False)],
)
def test_only_the_loopback_address_is_the_owners(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "one.csv").write_text(PLAN.format("Audit case files"))
    return tmp_path / "plans"


@pytest.fixture
def address(plans: Path, tmp_path: Path) -> Iterator[str]:
    """A server over the register of `plans`, which was loaded with vectors of another model."""
    data_dir = tmp_path / "data"
    load([plans], read_settings(data_dir=data_dir), embedder=LetterEmbedder())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port), "--data-dir", str(data_dir)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
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
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


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
