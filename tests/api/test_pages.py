"""The pages as they leave the server: what they say, where their links lead, and what stays hidden."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize(
    "path", ["/", "/register", "/progress", "/quality", "/plans", "/help", "/accessibility", "/privacy"]
)
def test_a_page_is_whole(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.text.count("<h1") == 1
    assert not re.search(r"<script>|style=|onclick=", response.text)


def test_every_chip_opens_its_row(client: TestClient) -> None:
    chips = set(re.findall(r'class="chip" href="([^"]+)"', client.get("/?q=which actions are overdue?").text))
    assert chips
    for chip in list(chips)[:12]:
        assert 'class="lit"' in client.get(unescape(chip)).text


def test_taking_a_part_of_the_query_away_gives_more_rows(client: TestClient) -> None:
    page = client.get("/", params={"q": "which actions are overdue?"}).text
    [part] = re.findall(r'class="part-remove" href="([^"]+)"', page)
    total = client.get("/api/actions").json()["total"]
    assert f"{total} actions" in client.get(unescape(part)).text


def test_scope_narrows_the_rows_to_the_chosen_plan(client: TestClient) -> None:
    document = "fenbridge-improvement-board-action-log.csv"
    page = client.get("/", params={"q": "which actions are overdue?", "plan": document}).text
    count = client.get("/api/actions", params={"plan": document, "overdue": True, "as_of": "2026-11-24"}).json()
    assert f"{count['total']} actions" in page


def test_words_of_a_plan_or_a_question_are_never_markup(client: TestClient) -> None:
    assert "HYPERLINK(&#34;" in client.get("/register", params={"plan": "formulas.csv"}).text
    page = client.get("/", params={"q": "<script>alert(1)</script> late?", "earlier": "<b>x</b>"}).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<b>x" not in page


def test_errors_are_pages_for_readers_and_keep_the_question(client: TestClient) -> None:
    response = client.get("/", params={"q": "late?", "as_of": "soon"})
    assert response.status_code == 422
    assert ">late?</textarea>" in response.text
    absent = client.get("/row/none", headers={"accept": "text/html"})
    assert absent.status_code == 404
    assert "<h1" in absent.text


def test_the_public_sees_no_hidden_plan_on_any_page(serve: Callable[..., TestClient]) -> None:
    public = serve(owner=False)
    for path in ("/", "/register", "/progress", "/quality", "/plans"):
        assert "Improvement Board action log" not in public.get(path).text
