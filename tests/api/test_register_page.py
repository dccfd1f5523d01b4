"""The page of the register as it leaves the server: filters, order, pages, and counts that agree."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

FILTERS = [
    {"overdue": "true", "as_of": "2026-11-24"},
    {"status": "not_recorded"},
    {"rag": "green"},
    {"missing": "due"},
    {"flag": "any"},
    {"q": "neglect"},
    {"due_from": "2026-06-01", "due_to": "2026-06-30"},
    {"owner": "MASH Manager"},
]


def chosen(text: str) -> list[str]:
    return [unescape(to) for to in re.findall(r'class="part" href="([^"]+)"', text)]


@pytest.mark.parametrize("filters", FILTERS)
def test_a_count_is_the_number_of_rows_and_each_filter_can_be_taken_away(
    client: TestClient, filters: dict[str, str]
) -> None:
    text = client.get("/register", params={**filters, "rows": 200}).text
    total = client.get("/api/actions", params=filters).json()["total"]
    assert 0 < total < 200
    assert re.search(rf"<strong>{total} actions?</strong>", text)
    assert text.count('data-label="Plan and place"') == total
    left = chosen(text)
    assert len(left) == len(filters)
    for name in filters:
        [without] = [to for to in left if f"{name}=" not in to]
        assert client.get(without).status_code == 200


def test_a_form_with_empty_fields_is_sent_on_to_the_short_address(client: TestClient) -> None:
    sent = {"q": "neglect", "status": "", "rag": "", "due_from": "", "rows": "", "overdue": ""}
    response = client.get("/register", params=sent, follow_redirects=False)
    assert response.status_code == 303
    assert response.headers["location"] == "/register?q=neglect"


def test_a_heading_sorts_and_says_so(client: TestClient) -> None:
    text = client.get("/register", params={"q": "neglect"}).text
    assert 'aria-sort="ascending"' in text
    [by_due] = re.findall(r'<a class="govuk-link sort" href="([^"]+)">Due<', text)
    first = client.get(unescape(by_due)).text
    days = client.get("/api/actions", params={"q": "neglect", "order": "due"}).json()["items"]
    assert [row["id"] for row in days] == re.findall(r'href="/row/([^?"]+)', first)
    [back] = re.findall(r'aria-sort="ascending">\s*<a class="govuk-link sort" href="([^"]+)">Due<', first)
    assert "descending=true" in back
    assert 'aria-sort="descending"' in client.get(unescape(back)).text


def test_the_pages_hold_every_row_once_and_there_is_no_page_past_the_last(client: TestClient) -> None:
    total = client.get("/api/actions").json()["total"]
    seen: list[str] = []
    for number in range(1, -(-total // 50) + 1):
        seen += re.findall(r'href="/row/([^?"]+)', client.get("/register", params={"page": number}).text)
    assert len(seen) == len(set(seen)) == total
    past = client.get("/register", params={"page": 999, "q": "neglect"}, follow_redirects=False)
    assert past.status_code == 303
    assert "page=1" in past.headers["location"]


def test_a_row_leads_back_to_the_list_that_it_was_opened_from(client: TestClient) -> None:
    text = client.get("/register", params={"q": "neglect", "overdue": "true", "as_of": "2026-11-24"}).text
    to = unescape(re.findall(r'href="(/row/[^"]+)"', text)[0])
    row = client.get(to).text
    assert 'href="/register?q=neglect&amp;overdue=true&amp;as_of=2026-11-24">Back to the list' in row
    assert "at 24 November 2026" in row


def test_the_lists_of_the_form_offer_only_what_the_reader_may_see(client: TestClient) -> None:
    text = client.get("/register").text
    sections = {row["section"] for row in client.get("/api/actions", params={"limit": 1000}).json()["items"]} - {None}
    offered = re.search(r'<select class="govuk-select" id="f-section".*?</select>', text, re.DOTALL)
    assert offered
    assert {unescape(one) for one in re.findall(r'value="([^"]+)"', offered[0])} == sections


def test_flags_are_said_in_words(client: TestClient) -> None:
    text = client.get("/register", params={"flag": "no_status"}).text
    assert "To check: No status is recorded" in text
    assert ">no_status<" not in text
