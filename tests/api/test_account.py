"""The account of who asked for what, what members are told of small numbers, and reports of problems."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.audit import FOLDER, Act, Audit, lines, verified
from api.identity import explained, widen
from api.roles import KEYS, NOBODY, Role
from assistant.errors import RecordNotFound, SettingsError, StoreError
from assistant.labels import Label
from assistant.settings import Settings, read_settings
from ingest.load import load
from tests.api.conftest import AS_OWNER, TOKEN, Serve, Site
from tests.fakes import LetterEmbedder

PLAN = (
    "Ref,Action,Owner,Due,Status\n1,Review the support that three families were given,Clerk,June 2026,On track\n"
    "2,Train carers,Clerk,July 2026,On track\n"
)


@pytest.fixture
def place(tmp_path: Path) -> Site:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "families.csv").write_text(PLAN, encoding="utf-8")
    settings = read_settings(data_dir=tmp_path / "data")
    load([tmp_path / "plans"], settings, embedder=LetterEmbedder())
    return Site(settings)


def serving(place: Site, **settings: Any) -> FastAPI:
    return place.app(**settings)


def account(place: Site) -> list[dict[str, Any]]:
    return list(lines(place.settings.data_dir / FOLDER))


# ---------------------------------------------------------------- what is in it


@pytest.mark.parametrize(("kept", "words"), [("off", None), ("counts", None), ("full", "which actions are overdue?")])
def test_a_question_is_accounted_for_as_far_as_the_settings_say(place: Site, kept: str, words: str | None) -> None:
    app = serving(place, audit_questions=kept)
    answer = TestClient(app, headers=AS_OWNER).post("/api/ask", json={"question": "which actions are overdue?"}).json()
    said = account(place)
    if kept == "off":
        assert said == []
    else:
        [line] = said
        assert (line["who"], line["role"], line["act"]) == ("the owner", "owner", "asked")
        assert line["rows"] == [one["id"] for one in answer["citations"]]
        assert line["rows"]
        assert line.get("question") == words
    app.state.assistant.register.close()


def test_what_was_refused_is_accounted_for_without_its_words(place: Site) -> None:
    app = serving(place, audit_questions="full")
    client = TestClient(app)
    refused = client.post("/api/ask", json={"question": "tell me the name and address of the child in family 7"})
    assert refused.json()["status"] == "refused"
    assert client.get("/metrics").status_code == 403
    assert client.get("/api/sources", headers={"authorization": "Bearer x"}).status_code == 401
    asked, forbidden, unknown = account(place)
    assert (asked["status"], "question" in asked) == ("refused", False)
    assert (forbidden["act"], forbidden["route"], forbidden["who"]) == ("refused", "/metrics", "the public")
    assert unknown["status"] == 401
    app.state.assistant.register.close()


def test_exports_uploads_and_sign_ins_are_accounted_for(place: Site) -> None:
    app = serving(place)
    client = TestClient(app)
    client.get("/", params={"token": TOKEN})
    client.get("/api/actions", params={"format": "csv"})
    client.post("/api/sources", files={"file": ("new.csv", PLAN)}, data={"label": "restricted"})
    client.post("/sign-out")
    said = account(place)
    assert [line["act"] for line in said] == ["signed in", "exported", "uploaded", "signed out"]
    assert len(said[1]["rows"]) == 2
    assert (said[2]["document"], said[2]["label"]) == ("new.csv", "restricted")
    assert verified(place.settings.data_dir / FOLDER)[0] == 4
    app.state.assistant.register.close()


# ---------------------------------------------------------------- that it holds


@pytest.fixture
def written(settings: Settings) -> Path:
    audit = Audit(settings)
    for number in range(6):
        audit.note(Act.EXPORTED, NOBODY, file=f"{number}.csv")
    return settings.data_dir / FOLDER


def test_an_account_that_nobody_touched_holds_and_has_only_grown(written: Path, settings: Settings) -> None:
    count, last = verified(written)
    assert count == 6
    Audit(settings).note(Act.SIGNED_OUT, NOBODY)
    assert verified(written, known=last)[0] == 7


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda held: [held[0], held[1].replace("1.csv", "9.csv"), *held[2:]], "line 2: the line was changed"),
        (lambda held: [*held[:2], *held[3:]], "line 3: the line before it"),
        (lambda held: [held[1], held[0], *held[2:]], "line 2: the line before it"),
        (lambda held: [*held[:3], held[2], *held[3:]], "line 4: the line before it"),
        (lambda held: held[1:], "beginning of the account is missing"),
        (lambda held: ["nonsense\n", *held], "line 1: this is no line"),
        (lambda held: held[:-1], "lines at the end were taken away"),
    ],
)
def test_a_change_of_the_account_is_noticed_and_its_place_named(written: Path, change: Any, words: str) -> None:
    _, last = verified(written)
    [file] = written.glob("*.jsonl")
    file.write_text("".join(change(file.read_text("utf-8").splitlines(keepends=True))), encoding="utf-8")
    with pytest.raises(StoreError, match=words):
        verified(written, known=last)


def test_a_line_that_was_cut_off_is_taken_away_by_the_next(written: Path, settings: Settings) -> None:
    [file] = written.glob("*.jsonl")
    with file.open("a", encoding="utf-8") as opened:
        opened.write('{"at": "2026-')
    Audit(settings).note(Act.SIGNED_OUT, NOBODY)
    assert verified(written)[0] == 7


@pytest.mark.parametrize("held", [False, True])
def test_old_months_are_erased_unless_they_are_held_and_the_chain_says_so(settings: Settings, held: bool) -> None:
    now = [datetime(2024, 1, 31, tzinfo=UTC)]
    kept = settings.model_copy(update={"audit_days": 365, "audit_hold": held})
    for month in (
        datetime(2024, 1, 31, tzinfo=UTC),
        datetime(2024, 6, 1, tzinfo=UTC),
        datetime(2025, 5, 1, tzinfo=UTC),
    ):
        now[0] = month
        Audit(kept, now=lambda: now[0]).note(Act.SIGNED_OUT, NOBODY)
    months = [line["at"][:7] for line in lines(kept.data_dir / FOLDER)]
    assert months == (["2024-01", "2024-06", "2025-05"] if held else ["2024-06", "2025-05", "2025-05"])
    assert verified(kept.data_dir / FOLDER)[0] == 3


# ---------------------------------------------------------------- small numbers


def test_a_member_is_told_no_small_number_anywhere_and_an_officer_is(place: Site) -> None:
    data_dir = place.settings.data_dir
    app = serving(place)
    keys = {role: KEYS.make(data_dir, role.value, role) for role in (Role.MEMBER, Role.OFFICER)}
    member, officer = (TestClient(app, headers={"Authorization": f"Bearer {key}"}) for key in keys.values())
    question = {"question": "what is being done on the review of support?"}
    row = officer.get("/api/actions").json()["items"][0]
    source = officer.get("/api/sources").json()["items"][0]["id"]
    places = [
        "/register", f"/row/{row['id']}", f"/source/{source}", "/api/actions", f"/api/actions/{row['id']}",
        "/api/actions?format=csv", "/api/actions?format=jsonl",
    ]  # fmt: skip
    for where in places:
        assert "three families" in officer.get(where).text, where
        assert "three families" not in member.get(where).text, where
        assert "a small number of families" in member.get(where).text, where
    told = member.post("/api/ask", json=question).json()
    assert "three families" not in json.dumps(told)
    assert "three families" in json.dumps(officer.post("/api/ask", json=question).json())
    if "a small number of families" in json.dumps(told):
        assert any("nobody can be recognised" in one for one in told["caveats"])
    assert officer.get(f"/api/sources/{source}/file").status_code == 200
    assert member.get(f"/api/sources/{source}/file").status_code == 404
    app.state.assistant.register.close()


# ---------------------------------------------------------------- reports, and why somebody sees a document


def test_reports_are_read_by_the_owner_and_no_reader_fills_them(serve: Serve, site: Site) -> None:
    owner, public = serve(), serve(owner=False)
    sent = [public.post("/report", data={"problem": "Wrong date", "words": f"no {n}"}).status_code for n in range(12)]
    assert sent == [200] * 10 + [429] * 2
    assert public.get("/reports").status_code == 403
    assert "no 9" in owner.get("/reports").text
    (site.settings.data_dir / "reports.jsonl").unlink()


def test_explain_says_who_sees_a_document_and_why(place: Site) -> None:
    settings = place.settings
    (settings.data_dir / "access.toml").write_text(
        '[[group]]\nname = "Staff"\nrole = "officer"\nplans = ["send-*"]\n', encoding="utf-8"
    )
    yes = explained("officer", (), "families.csv", settings)
    assert yes[0].startswith("Yes")
    assert "the default" in yes[2]
    no = "\n".join(explained("a@fenbridge.test", ["staff"], "families.csv", settings))
    assert no.startswith("No")
    assert 'the group "Staff" the role officer' in no
    assert "like send-*" in no
    assert explained("the public", (), "families.csv", settings)[0].startswith("No")
    assert "from now on" in widen("families.csv", Label.PUBLIC, settings)
    assert explained("the public", (), "families.csv", settings)[0].startswith("Yes")
    KEYS.make(settings.data_dir, "reports", Role.INSPECTION)
    assert explained("reports", (), "families.csv", settings)[0].startswith("Yes")
    KEYS.end(settings.data_dir, "reports")
    with pytest.raises(SettingsError, match="ended"):
        explained("reports", (), "families.csv", settings)
    with pytest.raises(RecordNotFound):
        explained("officer", (), "no.csv", settings)
