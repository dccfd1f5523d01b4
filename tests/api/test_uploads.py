"""Plans that a reader sends: who may, what becomes of good and broken ones, and names that mean harm."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.uploads import FOLDER, safe_name
from assistant.records import OWNER
from ingest.manifest import read_manifest
from tests.api.conftest import AS_OWNER, CORPUS, PLANS, Site

PLAN = b"Ref,Action,Owner,Due\n1,Audit case files,Service Manager,June 2026\n"
LONGER = PLAN + b"2,Publish the guide,Clerk,July 2026\n"
BROKEN = b"PK\x03\x04 this is no workbook"
CHILDREN = (
    b"UPN,Child name,Date of birth\nA123456789012,Anna Example,01/02/2015\nB123456789012,Ben Example,03/04/2014\n"
)
TO = ["/api/sources", "/upload"]


@pytest.fixture
def app(site: Site, tmp_path: Path) -> Iterator[FastAPI]:
    """A server over a copy of the register, which the test may change."""
    data_dir = tmp_path / "data"
    shutil.copytree(site.settings.data_dir, data_dir)
    made = Site(site.settings.model_copy(update={"data_dir": data_dir})).app()
    yield made
    made.state.assistant.register.close()


@pytest.fixture
def sender(app: FastAPI) -> TestClient:
    return TestClient(
        app,
        base_url="http://127.0.0.1:8000",
        client=("127.0.0.1", 50_000),
        headers=AS_OWNER,
        raise_server_exceptions=False,
    )


def kept(app: FastAPI) -> dict[str, bytes]:
    """The files of the folder of uploads that are not hidden, without its manifest."""
    folder = app.state.settings.data_dir / FOLDER
    files = folder.glob("*") if folder.is_dir() else ()
    return {each.name: each.read_bytes() for each in files if each.name[0] != "." and each.name != "manifest.toml"}


def state(client: TestClient) -> Any:
    """All that is held, and all that it says."""
    return client.get("/api/sources").json(), client.get("/api/actions?limit=1000").json()


def send(client: TestClient, data: bytes, name: str = "plan.csv", to: str = "/api/sources", **said: str) -> Any:
    return client.post(to, files={"file": (name, data)}, data=said)


# ---------------------------------------------------------------- a good file


def test_a_plan_is_read_kept_and_labelled(app: FastAPI, sender: TestClient) -> None:
    said = {"label": "public", "title": 'The "new" plan', "authority": "Fenbridge Council", "date": "2026-02-27"}
    response = send(sender, PLAN, **said)
    assert response.status_code == 201
    [report] = response.json()["documents"]
    assert (report["document"], report["status"], report["actions"], report["new"]) == ("plan.csv", "complete", 1, 1)
    source = next(one for one in sender.get("/api/sources").json()["items"] if one["document"] == "plan.csv")
    assert {name: source[name] for name in ("label", "title", "authority")} | {"date": source["plan_date"]} == said
    assert kept(app) == {"plan.csv": PLAN}
    assert sender.get(f"/api/sources/{source['id']}/file").content == PLAN


def test_a_plan_without_a_label_is_internal(sender: TestClient) -> None:
    send(sender, PLAN)
    assert sender.get("/api/actions?plan=plan.csv").json()["items"][0]["label"] == "internal"


def test_the_same_plan_again_changes_nothing(sender: TestClient) -> None:
    send(sender, PLAN)
    before = state(sender)
    response = send(sender, PLAN)
    assert (response.status_code, response.json()["documents"][0]["status"]) == (200, "unchanged")
    assert state(sender) == before


def test_a_file_of_the_same_name_is_its_new_version(app: FastAPI, sender: TestClient) -> None:
    send(sender, PLAN, label="public")
    row = sender.get("/api/actions?plan=plan.csv").json()["items"][0]["id"]
    [report] = send(sender, LONGER, label="public").json()["documents"]
    assert (report["same"], report["new"]) == (1, 1)
    assert sender.get("/api/actions?plan=plan.csv").json()["items"][0]["id"] == row
    assert kept(app) == {"plan.csv": LONGER}


def test_a_plan_that_is_held_from_public_is_held_once(app: FastAPI, sender: TestClient) -> None:
    register = app.state.assistant.register
    path = next(Path(one.path) for one in register.sources(OWNER) if one.document == PLANS[1])
    before = state(sender)
    response = send(sender, path.read_bytes(), PLANS[1], label="public")
    assert response.json()["documents"][0]["status"] == "unchanged"
    assert state(sender) == before
    assert kept(app) == {}


# ---------------------------------------------------------------- a broken file


@pytest.mark.parametrize(("data", "code"), [(BROKEN, "rejected"), (b"", "rejected"), (CHILDREN, "quarantined")])
def test_a_file_that_is_not_taken_in_leaves_everything_as_it_was(
    app: FastAPI, sender: TestClient, data: bytes, code: str
) -> None:
    send(sender, PLAN, label="public", title="First")
    before, manifest = state(sender), read_manifest(app.state.settings.data_dir / FOLDER)
    for name in ("plan.csv", "other.csv"):
        response = send(sender, data, name, title="Second")
        assert (response.status_code, response.json()["error"]) == (422, code)
        assert name in response.json()["message"]
        assert str(app.state.settings.data_dir) not in response.json()["message"]
    assert state(sender) == before
    assert kept(app) == {"plan.csv": PLAN}
    assert read_manifest(app.state.settings.data_dir / FOLDER) == manifest


def test_a_load_under_way_is_503_and_changes_nothing(app: FastAPI, sender: TestClient) -> None:
    from assistant.locks import write_lock

    send(sender, PLAN)
    app.state.settings = app.state.settings.model_copy(update={"lock_wait_seconds": 0})
    before = state(sender)
    with write_lock(app.state.settings.data_dir, 0):
        response = send(sender, LONGER)
    assert (response.status_code, response.json()["error"]) == (503, "busy")
    assert int(response.headers["retry-after"]) >= 1
    assert state(sender) == before
    assert kept(app) == {"plan.csv": PLAN}


# ---------------------------------------------------------------- the page


def test_the_page_shows_the_load_report(sender: TestClient) -> None:
    form = sender.get("/upload").text
    assert 'enctype="multipart/form-data"' in form
    assert '<label class="govuk-label" for="file">' in form
    page = send(sender, PLAN, to="/upload", label="public", title="", authority="", date="")
    assert page.status_code == 200
    assert "plan.csv: Read in full" in page.text
    assert "/register?plan=plan.csv" in page.text


def test_the_page_says_what_was_set_aside_and_where(sender: TestClient) -> None:
    head, row = PLAN.splitlines(keepends=True)
    page = send(sender, head + b",,,see below\n" + row, to="/upload").text
    assert "plan.csv: Read, but some of it was set aside" in page
    assert "<li>line 2: words outside any row</li>" in page


def test_the_page_says_why_a_file_was_not_taken_in(sender: TestClient) -> None:
    page = send(sender, BROKEN, to="/upload")
    assert page.status_code == 422
    assert "plan.csv: Not read" in page.text
    assert "Nothing that is held was changed" in page.text
    quarantined = send(sender, CHILDREN, to="/upload").text
    assert "nobody may see it" in quarantined
    assert "Anna" not in quarantined


@pytest.mark.parametrize(
    ("files", "said", "words"),
    [({}, {}, "Choose the file"), ({"file": ("", b"")}, {}, "Choose the file"),
     ({"file": ("a.csv", PLAN)}, {"date": "soon"}, "not a date")],
)  # fmt: skip
def test_a_form_that_is_not_whole_says_so_and_keeps_what_was_said(
    sender: TestClient, files: dict[str, Any], said: dict[str, str], words: str
) -> None:
    page = sender.post("/upload", files=files, data={"title": "My plan", **said})
    assert page.status_code == 422
    assert words in page.text
    assert 'value="My plan"' in page.text


# ---------------------------------------------------------------- who may


@pytest.mark.parametrize("to", TO)
@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://public.test"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
     {"sec-fetch-site": "same-site"}, {"origin": "http://127.0.0.1:9000"}],
)  # fmt: skip
def test_a_form_of_another_site_sends_nothing(
    app: FastAPI, sender: TestClient, to: str, headers: dict[str, str]
) -> None:
    response = sender.post(to, files={"file": ("plan.csv", PLAN)}, headers=headers)
    assert (response.status_code, response.json()["error"]) == (403, "other_site")
    assert kept(app) == {}


@pytest.mark.parametrize("to", TO)
def test_only_the_owner_may_send_and_only_where_the_settings_let(app: FastAPI, sender: TestClient, to: str) -> None:
    own = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
    public = sender.post(to, files={"file": ("plan.csv", PLAN)}, headers={"authorization": ""})
    assert public.status_code == 403
    assert sender.post(to, files={"file": ("plan.csv", PLAN)}, headers=own).status_code in (200, 201)
    assert "/upload" in sender.get("/plans").text
    app.state.settings = app.state.settings.model_copy(update={"uploads": "nobody"})
    assert sender.post(to, files={"file": ("plan.csv", LONGER)}).status_code == 403
    assert sender.get("/upload").status_code == 403
    assert "/upload" not in sender.get("/plans").text
    assert kept(app) == {"plan.csv": PLAN}


def test_a_file_may_be_as_long_as_the_command_line_takes_but_no_longer(site: Site) -> None:
    app = site.app(file_bytes=1_000, request_bytes=500)
    client = TestClient(app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50_000), headers=AS_OWNER)
    response = send(client, PLAN + b"x" * 1_000)
    assert (response.status_code, response.json()["error"]) == (422, "rejected")
    assert "limit is 1,000" in response.json()["message"]
    assert send(client, b"x" * 200_000).status_code == 413
    public = client.post("/api/sources", files={"file": ("p.csv", b"x" * 600)}, headers={"authorization": ""})
    assert public.status_code == 413
    app.state.assistant.register.close()


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"x", "multipart/form-data", 400),
        (b"", "multipart/form-data; boundary=x", 422),
    ],
)
def test_a_body_that_is_no_form_is_refused(sender: TestClient, content: bytes, kind: str, status: int) -> None:
    response = sender.post("/api/sources", content=content, headers={"content-type": kind})
    assert response.status_code == status
    assert set(response.json()) == {"error", "message", "status"}


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Plan 2026 (final).docx", "Plan-2026-(final).docx"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system32\\plan.xlsx", "plan.xlsx"),
        ("/absolute/plan.pdf", "plan.pdf"),
        ("C:\\plans\\plan.pdf", "plan.pdf"),
        ("..", "plan"),
        ("", "plan"),
        (".hidden.csv", "hidden.csv"),
        ("plan.csv\x00.exe", "plan.csv.exe"),
        ("a\r\nb\u202efdp.csv", "abfdp.csv"),
        ('a<b>:"c"|d?*%#.csv', "a-b-c-d-.csv"),
        ("CON", "plan-CON"),
        ("nul.csv", "plan-nul.csv"),
        ("com1.xlsx", "plan-com1.xlsx"),
        ("manifest.toml", "plan-manifest.toml"),
        ("README.md", "plan-README.md"),
        ("~$plan.docx", "plan-~$plan.docx"),
        ("plan.", "plan"),
        ("e\u0301t\u00e9.csv", "\u00e9t\u00e9.csv"),
    ],
)
def test_a_name_is_made_safe(given: str, expected: str) -> None:
    assert safe_name(given) == expected


@pytest.mark.parametrize("given", ["x" * 5_000 + ".docx", "\u00e9" * 400 + ".docx", "." * 300, "x." + "y" * 500])
def test_a_long_name_is_cut_to_what_a_folder_can_hold(given: str) -> None:
    name = safe_name(given)
    assert 0 < len(name.encode()) <= 150
    if set(given) != {"."}:
        assert name != safe_name(f"z{given}")  # two long names stay two


@pytest.mark.parametrize(
    "name", ["../../outside.csv", "/tmp/outside.csv", "manifest.toml", "x" * 300 + ".csv", ".lock"]
)
def test_no_name_leaves_the_folder_or_takes_the_place_of_its_own_files(
    app: FastAPI, sender: TestClient, name: str
) -> None:
    assert send(sender, PLAN, name).status_code == 201
    folder = app.state.settings.data_dir / FOLDER
    assert len(kept(app)) == 1
    inside = [folder / "outside.csv"] if name.endswith("outside.csv") else []
    assert list(app.state.settings.data_dir.parent.rglob("outside.csv")) == inside
    assert read_manifest(folder).source[0].file == next(iter(kept(app)))


# ---------------------------------------------------------------- the same plan, held twice

ROWS = "".join(f"{number},Visit home number {number},Clerk,{number} May 2026\n" for number in range(1, 8)).encode()
TITLED = {"title": "Homes plan", "authority": "Fenbridge Council", "label": "public"}


def held_twice(sender: TestClient) -> str:
    """The page after a plan was sent again under another name."""
    head = b"Ref,Action,Owner,Due\n"
    assert send(sender, head + ROWS, "homes-march.csv", date="2026-03-01", **TITLED).status_code == 201
    return str(send(sender, head + ROWS, "homes-april.csv", to="/upload", date="2026-04-01", **TITLED).text)


def series_of(sender: TestClient, **said: Any) -> set[str]:
    """The documents of the plan that are held after something was said of them, with how many rows they have in all."""
    response = sender.post("/series", data=said)
    assert response.status_code == 200, response.text
    held = {one["document"] for one in sender.get("/api/sources").json()["items"] if one["title"] == "Homes plan"}
    asked = {"question": "How many actions are in the Homes plan?"}
    return {*held, str(sender.post("/api/ask", json=asked).json()["total"])}


def test_a_plan_held_already_is_asked_about_and_can_be_replaced(app: FastAPI, sender: TestClient) -> None:
    shown = held_twice(sender)
    assert "Replace, or keep both?" in shown
    assert "homes-march.csv" in shown
    assert series_of(sender, do="replace", document="homes-march.csv") == {"homes-april.csv", "7"}
    assert set(kept(app)) == {"homes-april.csv"}


def test_a_plan_from_elsewhere_is_not_offered_for_replacement(sender: TestClient) -> None:
    said = next(one for one in sender.get("/api/sources").json()["items"] if one["document"] == PLANS[1])
    about = {"title": said["title"], "authority": said["authority"], "date": said["plan_date"], "label": "public"}
    shown = send(sender, (CORPUS / PLANS[1]).read_bytes(), "sent-again.csv", to="/upload", **about).text
    assert "Versions of one plan, or two plans?" in shown
    assert "take the other out" not in shown


def test_both_can_be_kept_as_versions_or_as_two_plans(sender: TestClient) -> None:
    held_twice(sender)
    both = {"homes-march.csv", "homes-april.csv"}
    assert "Yes, they are" in sender.get("/plans").text
    assert series_of(sender, do="join", document=sorted(both)) == {*both, "7"}
    assert "Yes, they are" not in sender.get("/plans").text
    series_of(sender, do="part", document=["homes-april.csv"])
    shown = sender.get("/plans").text.split("Say which documents")[0].lower()
    assert "versions of one plan" not in shown
    assert "held twice" not in shown


def test_a_plan_from_elsewhere_is_not_taken_out_by_a_page(sender: TestClient) -> None:
    response = sender.post("/series", data={"do": "replace", "document": PLANS[0]})
    assert response.status_code == 422
    assert PLANS[0] in {one["document"] for one in sender.get("/api/sources").json()["items"]}


def test_nobody_but_an_owner_says_what_is_one_plan(app: FastAPI) -> None:
    public = TestClient(app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50_000))
    assert public.post("/series", data={"do": "part", "document": PLANS[0]}).status_code == 403
    assert "versions of one plan" not in public.get("/plans").text.lower()
