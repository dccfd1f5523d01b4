"""Versions, changes and what falls due, by command and over HTTP, over two loaded logs of one panel."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import vobject
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from docx import Document
from openpyxl import load_workbook
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


def test_what_falls_due_is_listed_late_first(command: Command, client: TestClient) -> None:
    done = command("due", "--as-of", "2031-06-15", "--within", "20", "--json")
    assert [(line["ref"], line["timing"], line["days"]) for line in done.lines] == [
        ("1", "late", -15),
        ("4", "due", 15),
    ]
    assert "1 open actions have no date" in done.err
    mine = command("due", "--as-of", "2031-06-15", "--owner", "service manager", "--json").lines
    assert [line["ref"] for line in mine] == ["4"]
    page = client.get("/api/due", params={"as_of": "2031-06-15", "within": 20}).json()
    assert (page["total"], page["late"], page["undated"]) == (2, 1, 1)
    assert page["items"] == done.lines
    assert "15 late" in command("due", "--as-of", "2031-06-15").out


def test_a_calendar_is_read_by_another_library_and_can_be_withdrawn(command: Command, client: TestClient) -> None:
    address = command("calendar", "--add", "panel").out.strip()
    path = address.removeprefix("http://127.0.0.1:8000")
    shown = client.get(path, headers={"Authorization": ""})
    assert shown.headers["content-type"].startswith("text/calendar")
    assert all(len(line.encode()) <= 75 for line in shown.text.split("\r\n"))
    held = vobject.readOne(shown.text)
    events = {str(event.summary.value): event for event in held.vevent_list}
    assert list(events) == [
        "1: Ask the dentists for dates",
        "4: Cost the swimming offer (by the end of June 2031)",
        "6: Bring a paper on tax",
    ]
    month = events["4: Cost the swimming offer (by the end of June 2031)"]
    assert (month.dtstart.value, month.dtend.value) == (date(2031, 6, 30), date(2031, 7, 1))
    assert month.url.value.startswith("http://127.0.0.1:8000/row/")
    assert held.x_wr_caldesc.value.startswith("1 open actions without a date")
    first = next(row for row in command("actions", "--json").lines if row["document"] == OLD and row["ref"] == "1")
    assert events["1: Ask the dentists for dates"].uid.value == f"{first['id']}@plan-assistant"
    assert "panel  of everybody  public" in command("calendar").out
    assert command("calendar", "--add", "panel").code == 1
    command("calendar", "--withdraw", "panel")
    gone = client.get(path)
    assert gone.status_code == 404
    assert "withdrawn" in gone.text
    assert "withdrawn 20" in command("calendar").out
    assert command("calendar", "--withdraw", "panel").code == 1


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


class Post(Message):
    """A mail server's memory of what it took."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[Any] = []

    def handle_message(self, message: Any) -> None:
        self.taken.append(message)


DIGEST = """
[[digest]]
to = ["clerk@fenbridge.example", "head@fenbridge.example"]
owner = "Service Manager"
within = 30
"""


def test_a_digest_is_sent_once_and_never_twice(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    day = ("--as-of", "2031-06-15")
    assert "nobody is named" in command("digest", "--dry-run", *day).err
    (command.data_dir / "digests.toml").write_text(DIGEST)
    shown = command("digest", "--dry-run", *day).out
    assert shown.count("4 Cost the swimming offer – due June 2031") == 2
    [first, _] = command("digest", "--out", tmp_path / "letters", *day).out.split()
    letter = message_from_bytes(Path(first).read_bytes(), policy=default)
    assert {part.get_content_type() for part in letter.walk()} >= {"text/plain", "text/html"}
    assert command("digest", *day).code == 1
    post = Post()
    server = Controller(post, hostname="127.0.0.1", port=(port := free_port()))
    monkeypatch.setenv("PLAN_ASSISTANT_SMTP_URL", "smtp://127.0.0.1:9")
    assert command("digest", *day).out.count("will be tried again") == 2
    server.start()
    try:
        monkeypatch.setenv("PLAN_ASSISTANT_SMTP_URL", f"smtp://127.0.0.1:{port}")
        assert command("digest", *day).out.count(": sent") == 2
        assert command("digest", *day).out.count("not sent again") == 2
        assert command("digest", "--as-of", "2031-06-22").out.count(": sent") == 2
    finally:
        server.stop()
    assert [str(one["To"]) for one in post.taken] == ["clerk@fenbridge.example", "head@fenbridge.example"] * 2
    (command.data_dir / "digests.toml").write_text("[[digest]]\nto = []\n")
    assert "Mend it" in command("digest", *day).err


def test_what_changed_is_shown_side_by_side_and_as_a_report(
    command: Command, client: TestClient, tmp_path: Path
) -> None:
    shown = client.get("/changes").text
    assert "5 changes" in shown
    assert "<mark>30 April</mark> 2031" in shown
    assert "31 days later: no reason given" in shown
    sheet = load_workbook(io.BytesIO(client.get("/changes", params={"format": "xlsx"}).content)).active
    assert [cell.value for cell in sheet[2]][:6] == [
        "Due slipped", "1", "Ask the dentists for dates", "30 April 2031", "31 May 2031", "+31",
    ]  # fmt: skip
    command("changes", "--report", tmp_path / "report.docx")
    table = Document(str(tmp_path / "report.docx")).tables[0]
    assert len(table.rows) == 6
    assert table.rows[1].cells[6].text == "no reason given"


def test_what_falls_due_has_a_page(client: TestClient) -> None:
    shown = client.get("/due", params={"as_of": "2031-06-15", "within": 20}).text
    assert "Late: 1 action" in shown
    assert "Due in the next 20 days: 1 action" in shown
    assert "1 open action without a date" in shown
