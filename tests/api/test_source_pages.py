"""The pages of rows, passages and documents as they leave the server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from api.here import place_address
from api.routes.pages.source import place_of
from assistant.records import OWNER, Locator
from tests.api.conftest import AS_OWNER, PLANS, Site

TABLES = [name for name in PLANS if not name.endswith((".txt", ".pdf"))]


def rows_of(client: TestClient, document: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/actions", params={"plan": document, "limit": 1000}).json()["items"]
    return found


def lit_row(text: str) -> str:
    """The row that is lit, as HTML."""
    found = re.search(r'<tr role="row" class="lit" id="place">.*?</tr>', text, re.DOTALL)
    assert found, "no row is lit"
    return found[0]


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize("document", TABLES)
def test_a_row_stands_in_its_table_with_the_deciding_cells_marked(client: TestClient, document: str) -> None:
    row = next(
        one
        for one in rows_of(client, document)
        if one["due_text"] and one["owner"] and not {"due", "owner"} & set(one["field_locators"])
    )
    page = client.get(f"/row/{row['id']}").text
    lit = lit_row(page)
    assert "This row" in lit
    for mark, words in (("Due date", row["due_text"]), ("Owner", row["owner"])):
        [cell] = [cell for cell in lit.split("<td")[1:] if f'<strong class="mark">{mark}</strong>' in cell]
        assert " ".join(words.split()) in plain(f"<td{cell}")
        heading = re.search(r'data-label="([^"]+)"', cell)
        assert heading
        assert re.search(rf'<th scope="col"[^>]*>{re.escape(heading[1])}</th>', page)


def test_every_row_has_a_page_and_a_place_that_is_lit(client: TestClient) -> None:
    for document in PLANS:
        for row in rows_of(client, document)[:4]:
            page = client.get(f"/row/{row['id']}").text
            assert "not recorded" in page
            [to] = set(re.findall(r'href="([^"]+)">Open the whole document at this place', page))
            assert 'class="lit"' in client.get(unescape(to)).text, row["id"]


def test_what_a_row_does_not_say_is_said_to_be_missing(client: TestClient) -> None:
    row = next(one for one in rows_of(client, PLANS[1]) if not one["rag"])
    page = plain(client.get(f"/row/{row['id']}", params={"as_of": "2026-11-24"}).text)
    assert "Colour not recorded" in page
    assert "24 November 2026" in page
    assert "Overdue means due before that day and not marked complete" in page


def test_a_colour_stands_with_its_plans_meaning_or_with_none(client: TestClient) -> None:
    said = {plan: [row for row in rows_of(client, plan) if row["rag"]] for plan in PLANS}
    rows = [rows[0] for rows in said.values() if rows]
    assert {bool(row["rag_meaning"]) for row in rows} == {True, False}
    for row in rows:
        meaning = row["rag_meaning"] or "this plan does not define it"
        assert f"Colour {row['rag'].capitalize()}: {meaning}" in plain(client.get(f"/row/{row['id']}").text)


def test_what_is_to_check_stands_beside_the_value(client: TestClient) -> None:
    [row] = [
        row for row in rows_of(client, PLANS[0]) if any(flag["code"] == "due_before_start" for flag in row["flags"])
    ]
    page = client.get(f"/row/{row['id']}").text
    field = page.split("Due, as read")[1].split("</div>")[0]
    assert "To check:" in field


def test_a_pdf_page_says_its_own_and_its_printed_number_and_leads_to_the_rest(client: TestClient) -> None:
    source = next(one for one in client.get("/api/sources").json()["items"] if one["document"].endswith(".pdf"))
    page = client.get(f"/source/{source['id']}", params={"at": '{"page": 3}'}).text
    assert "Page 3 of the file, printed page 43" in plain(page)
    assert "Page 3 of 4 is shown" in plain(page)
    for number in (1, 2, 4):
        assert f"/source/{source['id']}?part={number}" in page
        other = client.get(f"/source/{source['id']}", params={"part": number})
        assert f"/source/{source['id']}/page/{number}.png" in other.text


def test_a_document_without_its_file_still_shows_its_words(client: TestClient) -> None:
    register = client.app.state.assistant.register  # type: ignore[attr-defined]
    [held] = [one for one in register.sources(OWNER) if one.document == PLANS[5]]
    register.describe(held.document, path="gone.pdf")
    try:
        page = client.get(f"/source/{held.id}", params={"at": '{"page": 3}'}).text
    finally:
        register.describe(held.document, path=held.path)
    assert "no longer where it was loaded from" in page
    assert "<svg" not in page
    assert "Council tax relief for care leavers" in page


@pytest.fixture
def long_client(long_site: Site) -> Iterator[TestClient]:
    app = long_site.app()
    yield TestClient(app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50_000), headers=AS_OWNER)
    app.state.assistant.register.close()


def test_a_long_document_opens_at_its_place_and_leads_to_every_part(long_client: TestClient) -> None:
    row = rows_of(long_client, "long.csv")[-1]
    source = long_client.get("/api/sources").json()["items"][0]["id"]
    page = long_client.get(place_address(source, Locator(line_start=row["locator"]["line_start"]))).text
    assert row["action"] in lit_row(page)
    assert "Part 2 of 2" in plain(page)
    seen = "".join(long_client.get(f"/source/{source}", params={"part": part}).text for part in (1, 2))
    assert all(f"Visit home number {number}<" in seen for number in range(1, 241))
    assert re.search(r"<th scope=\"col\"[^>]*>Owner</th>", page), "the header goes with every part"


def test_a_hidden_document_has_no_page_of_any_kind(client: TestClient, serve: Callable[..., TestClient]) -> None:
    public = serve(owner=False)
    [hidden] = [one for one in client.get("/api/sources").json()["items"] if one["document"] == PLANS[1]]
    row = rows_of(client, PLANS[1])[0]
    for path in (f"/row/{row['id']}", f"/source/{hidden['id']}"):
        assert client.get(path).status_code == 200
        assert public.get(path).status_code == 404


def test_what_is_not_held_is_said_to_readers_in_their_words(client: TestClient) -> None:
    page = client.get("/row/none", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert "Nothing is held at this address, or you may not see it" in page.text
    assert "plan-assistant actions" not in page.text


def test_a_place_in_an_address_keeps_every_part_of_a_broken_row() -> None:
    place = Locator(page=3, box=(1.0, 2.0, 3.0, 4.0), segments=((3, (1.0, 2.0, 3.0, 4.0)), (4, (1.0, 5.0, 3.0, 6.0))))
    address = urlsplit(place_address("pack", place))
    assert place_of(parse_qs(address.query)["at"][0]) == place
    assert address.fragment == "place"


@pytest.mark.parametrize("at", ["3", "[]", '{"line_start": "x"}', "{"])
def test_what_names_no_place_is_not_found(client: TestClient, at: str) -> None:
    source = client.get("/api/sources").json()["items"][0]["id"]
    assert client.get(f"/source/{source}", params={"at": at}).status_code == 404


@pytest.mark.parametrize(
    "at",
    [
        '{"box":[NaN,1,2,3],"page":1}',
        '{"box":[1e999,0,0,0],"page":1}',
        '{"line_start":99999999999999999999}',
        '{"page":-99999999999}',
        '{"nothing":1}',
        "x",
        "[]",
    ],
)
def test_an_address_that_names_no_place_never_breaks_the_page(client: TestClient, at: str) -> None:
    for document in PLANS:
        assert client.get(f"/source/{document}", params={"at": at}, headers=AS_OWNER).status_code in (200, 404)
