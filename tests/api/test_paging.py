"""Pages of the register while plans are loaded, and answers that a client need not be sent again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.records import OWNER
from assistant.settings import Settings
from ingest.load import load
from tests.api.conftest import AS_OWNER, Serve, Site
from tests.fakes import LetterEmbedder

ORDERS = ["document", "due", "start", "completed_on", "status", "owner", "section", "rag"]
PLAN = "Ref,Action,Owner,Due,Status,RAG\n{}"
LINE = "{0},Inserted {0},Clerk {0},{0} May 2026,Complete,Green\n"


@pytest.fixture
def own(site: Site, tmp_path: Path) -> Iterator[tuple[TestClient, Settings]]:
    """A client of a server over a copy of the register, which the test may change."""
    data_dir = tmp_path / "data"
    shutil.copytree(site.settings.data_dir, data_dir)
    settings = site.settings.model_copy(update={"data_dir": data_dir})
    app = Site(settings).app()
    yield TestClient(app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50_000), headers=AS_OWNER), settings
    app.state.assistant.register.close()


def insert(settings: Settings, folder: Path, name: str, lines: int) -> None:
    """Load a plan of so many lines; the same name again is its new version."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(PLAN.format("".join(LINE.format(number) for number in range(1, lines + 1))))
    report = load([folder / name], settings, embedder=LetterEmbedder())
    assert not report.failed, report.as_text()


def walk(client: TestClient, between: Any = id, **params: Any) -> list[str]:
    """The ids of all pages, each going on after the last row of the one before."""
    ids: list[str] = []
    after: dict[str, str] = {}
    for number in range(1_000):
        page = client.get("/api/actions", params={"limit": 7, **params, **after}).json()
        ids += [row["id"] for row in page["items"]]
        if page["next"] is None:
            return ids
        after = {"after": ids[-1]}
        between(number)
    raise AssertionError("the pages do not end")


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("descending", [False, True])
def test_pages_that_go_on_after_a_row_are_the_whole_register_in_order(
    client: TestClient, order: str, descending: bool
) -> None:
    params = {"order": order, "descending": descending}
    every = client.get("/api/actions", params={"limit": 1_000, **params}).json()
    assert walk(client, **params) == [row["id"] for row in every["items"]]
    assert every["next"] is None


@pytest.mark.parametrize("order", ["document", "due"])
def test_rows_inserted_between_pages_hide_and_repeat_no_other(
    own: tuple[TestClient, Settings], tmp_path: Path, order: str
) -> None:
    client, settings = own
    before = walk(client, order=order)

    def between(number: int) -> None:
        if number < 4:
            insert(settings, tmp_path / "new", "aaa.csv", 3 * number + 3)
            insert(settings, tmp_path / "new", f"zzz-{number}.csv", 2)

    ids = walk(client, between, order=order)
    assert len(ids) == len(set(ids))
    assert [one for one in ids if one in set(before)] == before


def test_a_page_cannot_go_on_after_a_row_that_is_gone_or_hidden(client: TestClient, serve: Serve) -> None:
    hidden = next(row for row in client.get("/api/actions?limit=1000").json()["items"] if row["label"] != "public")
    for reader, row in ((client, "none"), (serve(owner=False), hidden["id"])):
        response = reader.get("/api/actions", params={"after": row})
        assert (response.status_code, response.json()["error"]) == (409, "place_lost")
        assert "Begin again" in response.json()["message"]


# ---------------------------------------------------------------- not sent again


def addresses(client: TestClient) -> list[str]:
    source = client.get("/api/sources").json()["items"][0]["id"]
    action = client.get("/api/actions").json()["items"][0]["id"]
    passage = client.app.state.assistant.register.passages(OWNER)[0].id  # type: ignore[attr-defined]
    return ["/api/sources", f"/api/sources/{source}", f"/api/sources/{source}/file", "/api/actions?limit=5",
            f"/api/actions/{action}", f"/api/passages/{passage}"]  # fmt: skip


def test_what_a_client_has_is_not_sent_again(client: TestClient) -> None:
    for address in addresses(client):
        first = client.get(address)
        tag = first.headers["etag"]
        assert "no-store" not in first.headers["cache-control"]
        assert "private" in first.headers["cache-control"]
        for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = client.get(address, headers={"if-none-match": given})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), address
        assert client.get(address, headers={"if-none-match": '"other"'}).content == first.content


def test_a_load_changes_the_tags_of_what_it_changes(own: tuple[TestClient, Settings], tmp_path: Path) -> None:
    client, settings = own
    insert(settings, tmp_path / "new", "aaa.csv", 1)
    source = next(one for one in client.get("/api/sources").json()["items"] if one["document"] == "aaa.csv")
    changing = [
        "/api/sources",
        "/api/actions?limit=5",
        f"/api/sources/{source['id']}",
        f"/api/sources/{source['id']}/file",
    ]
    before = {address: client.get(address).headers["etag"] for address in changing}
    insert(settings, tmp_path / "new", "aaa.csv", 2)
    for address, tag in before.items():
        assert client.get(address, headers={"if-none-match": tag}).status_code == 200, address


def test_readers_who_see_different_plans_have_different_tags(serve: Serve) -> None:
    tags = {serve(owner=owner).get("/api/sources").headers["etag"] for owner in (True, False)}
    assert len(tags) == 2


# ---------------------------------------------------------------- passages


def test_a_passage_is_given(client: TestClient) -> None:
    for held in client.app.state.assistant.register.passages(OWNER):  # type: ignore[attr-defined]
        passage = client.get(f"/api/passages/{held.id}").json()
        assert (passage["text"], passage["document"]) == (held.text, held.document)


def test_the_public_cannot_tell_that_a_hidden_passage_exists(client: TestClient, serve: Serve) -> None:
    register, public = client.app.state.assistant.register, serve(owner=False)  # type: ignore[attr-defined]
    hidden = next(one for one in register.passages(OWNER) if one.label.value != "public")
    there, absent = public.get(f"/api/passages/{hidden.id}"), public.get("/api/passages/none")
    assert (there.status_code, absent.status_code) == (404, 404)
    assert there.text.replace(hidden.id, "none") == absent.text
