"""With the network cut off, a load and a question on a theme work: nothing is fetched at run time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CUT_OFF = """
import socket, sys

def refused(*_arguments, **_values):
    raise AssertionError("the network was asked for")

socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refused
socket.getaddrinfo = socket.create_connection = socket.gethostbyname = refused
from api.cli import main
main(sys.argv[1:])
"""


def _run(*arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "TRANSFORMERS_"))}
    command = [sys.executable, "-c", CUT_OFF, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_load_and_a_question_need_no_network(tmp_path: Path) -> None:
    data = ("--data-dir", str(tmp_path))
    report = json.loads(_run("ingest", "corpus", "--json", *data))
    assert sum(each["embedded"] for each in report["documents"]) > 100
    answer = json.loads(_run("ask", "what actions on neglect are overdue?", "--as-of", "2026-09-01", "--json", *data))
    assert answer["status"] == "answered"
    assert answer["total"] == len({citation["id"] for citation in answer["citations"]}) > 0
