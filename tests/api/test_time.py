"""Versions, changes and what falls due, by command and over HTTP, over two loaded logs of one panel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.app import create_app
from assistant import Assistant
from assistant.settings import read_settings
from tests.api.conftest import AS_OWNER, TOKEN
from tests.api.test_cli import Command

HEAD = "Ref,Action,Owner,Deadline,Status\n"
MARCH = (
    "1,Ask the dentists for dates,EP,30 April 2031,New\n"
    "2,Draw up the visits to homes,DL,31 May 2031,Carried forward\n"
    "3,Draft the reply to the consultation,HS,21 March 2031,Completed\n"
    "4,Cost the swimming offer,Service Manager,June 2031,New\n"
    "5,Thank the choir,HS,,New\n"
)
APRIL = (
    "1,Ask the dentists for dates,EP,31 May 2031,Carried forward\n"
    "2,Draw up the visits to homes,DL,31 May 2031,Completed\n"
    "4,Cost the swimming offer,Service Manager,June 2031,New\n"
    "5,Thank the choir,HS,,New\n"
    "6,Bring a paper on tax,MB,31 July 2031,New\n"
)
OLD, NEW = "log-march.csv", "log-april.csv"
MANIFEST = """
[[source]]
file = "log-march.csv"
title = "Panel log, 12 March 2031"
authority = "Fenbridge Council"
date = 2031-03-12
label = "public"

[[source]]
file = "log-april.csv"
title = "Panel log, 9 April 2031"
authority = "Fenbridge Council"
date = 2031-04-09
label = "public"
"""


@pytest.fixture
def command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Commands over a data folder into which both logs are loaded."""
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / OLD).write_text(HEAD + MARCH, encoding="utf-8")
    (folder / NEW).write_text(HEAD + APRIL, encoding="utf-8")
    (folder / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    made = Command(capsys, tmp_path / "data")
    report = made("ingest", folder)
    assert report.code == 0
    assert f"{NEW} answers" in report.out
    return made


@pytest.fixture
def client(command: Command) -> Iterator[TestClient]:
    assistant = Assistant.open(command.data_dir)
    app = create_app(assistant, read_settings(data_dir=command.data_dir, token=SecretStr(TOKEN)))
    yield TestClient(app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50_000), headers=AS_OWNER)
    assistant.register.close()


KINDS = [
    ("due_slipped", "1"), ("status_changed", "1"), ("status_changed", "2"), ("added", "6"), ("removed", "3"),
]  # fmt: skip


def test_changes_are_told_by_command_and_over_http_alike(command: Command, client: TestClient) -> None:
    lines = command("changes", "--json").lines
    assert [line["kind"] for line in lines] == [kind for kind, _ in KINDS]
    slipped = lines[0]
    assert (slipped["old"]["document"], slipped["new"]["document"]) == (OLD, NEW)
    assert (slipped["old_text"], slipped["new_value"], slipped["days"]) == ("30 April 2031", "2031-05-31", 31)
    assert set(slipped) >= {
        "kind",
        "field",
        "old",
        "new",
        "old_text",
        "new_text",
        "old_value",
        "new_value",
        "days",
        "sure",
    }
    assert client.get("/api/changes").json() == {"total": 5, "items": lines}
    only = client.get("/api/changes", params={"kind": "added", "from": OLD, "to": NEW}).json()
    assert [one["new_text"] for one in only["items"]] == ["Bring a paper on tax"]
    assert client.get("/api/changes", params={"from": "no such"}).status_code == 404
    assert "due slipped" in command("changes").out


def test_a_series_is_parted_and_joined_again(command: Command) -> None:
    assert command("series", "--json").lines[0]["settled"] is True
    assert command("series", "--part", NEW).out == ""
    assert command("changes", "--json").lines == []
    assert command("ask", "How many actions are there?", "--json").lines[0]["total"] == 10
    joined = command("series", "--join", NEW, "--join", OLD, "--json").lines
    assert joined[0]["reason"] == "said in the manifest"
    assert len(command("changes", "--json").lines) == 5
    assert command("ask", "How many actions are there?", "--json").lines[0]["total"] == 5
    assert command("series", "--join", "nothing.csv").code == 1
