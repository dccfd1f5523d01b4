"""The pages of progress, of what to check and of the plans held: every number is the number of rows it leads to."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import PLANS


def links(text: str) -> list[tuple[str, int]]:
    found = re.findall(r'class="govuk-link figure" href="([^"]+)">(\d+)<', text)
    return [(unescape(to), int(count)) for to, count in found]


@pytest.mark.parametrize("plan", PLANS)
def test_each_figure_is_the_number_of_rows_on_its_page(client: TestClient, plan: str) -> None:
    text = client.get("/progress", params={"plan": plan, "as_of": "2026-11-24"}).text
    figures = dict.fromkeys(links(text))
    assert len(figures) > 20
    for to, count in figures:
        page = client.get(f"{to}&rows=200").text
        assert page.count('data-label="Plan and place"') == count, to


def test_states_and_lateness_add_up_to_the_plan(client: TestClient) -> None:
    text = client.get("/progress", params={"plan": PLANS[0], "as_of": "2026-11-24"}).text
    total = client.get("/api/actions", params={"plan": PLANS[0]}).json()["total"]
    for name in ("state", "lateness"):
        table = text.split(f'id="{name}-table"')[1].split("</table>")[0]
        assert sum(count for _, count in links(table)) == total


def test_colours_stand_with_their_own_key_and_in_one_plan_only(client: TestClient) -> None:
    with_key = client.get("/progress", params={"plan": PLANS[3]}).text
    assert "Amber: May slip" in with_key
    assert "This plan does not define its colours" not in with_key
    without = client.get("/progress", params={"plan": PLANS[4]}).text
    assert "Green: this plan does not define it" in without
    every = with_key.split('id="all"')[1]
    assert not re.search(r"\b(green|amber|red)\b", every, re.IGNORECASE)


def test_each_line_of_a_chart_has_its_bar_and_its_number(client: TestClient) -> None:
    text = client.get("/progress").text
    charts = re.findall(r'<section class="chart" aria-labelledby="(\w+)">(.*?)</section>', text, re.DOTALL)
    assert len(charts) >= 4
    for name, inside in charts:
        lines = inside.split(f'id="{name}-table"')[1].split("<tbody>")[1].split("<tr>")[1:]
        widths = [float(found[1]) for line in lines if (found := re.search(r'width="([\d.]+)%"/>', line))]
        cells = [re.search(r"govuk-table__cell--numeric\">\s*(?:<a[^>]*>)?(\d+)", line) for line in lines]
        counts = [int(cell[1]) for cell in cells if cell]
        assert len(widths) == len(counts) == len(lines)
        assert widths == [round(100 * count / (max(counts) or 1), 1) for count in counts]


def test_progress_is_shown_where_the_plan_stands_with_today_beside_it(client: TestClient) -> None:
    text = client.get("/progress", params={"plan": PLANS[2]}).text
    held = next(one for one in client.get("/api/sources").json()["items"] if one["document"] == PLANS[2])
    assert f"as_of={held['plan_date']}" in unescape(text)
    counts = [
        client.get("/api/actions", params={"plan": PLANS[2], "overdue": True, "as_of": day}).json()["total"]
        for day in (held["plan_date"], None)
        if day
    ]
    assert f"{counts[0]}" in text.split("the plan’s own date")[1][:400]
    assert "Today, " in text


def test_what_looks_odd_comes_before_what_is_only_missing(client: TestClient) -> None:
    text = client.get("/quality").text
    for plan in text.split("<section ")[1:]:
        odd, missing = plan.find("Looks odd"), plan.find("Not recorded</h3>")
        assert odd < missing or missing == -1
        for words in ("No owner is recorded.", "No due date is recorded."):
            assert plan.count(f"actions</a>: {words}") + plan.count(f'summary-text">{words}') <= 1


def test_an_unknown_plan_is_not_quietly_another_one(client: TestClient) -> None:
    assert client.get("/progress", params={"plan": "none.txt"}).status_code == 404


def test_every_flag_is_told_by_plan_and_kind_with_its_place(client: TestClient) -> None:
    text = client.get("/quality").text
    rows = client.get("/api/actions", params={"flag": "any", "limit": 1000}).json()["items"]
    for row in rows:
        told = re.findall(
            rf'href="/row/{re.escape(row["id"])}">.*?</a>\s*\(<a class="govuk-link" href="(/source/[^"]+)"', text
        )
        assert len(told) == len(row["flags"]), "each flag of a row is told, with a link to its place"
    kinds = re.findall(r'summary-text">[^<]*?(\d+) actions?<.*?href="(/register[^"]+)"', text, re.DOTALL)
    assert kinds
    for count, to in kinds:
        assert re.search(rf"<strong>{count} actions?</strong>", client.get(unescape(to)).text), to


def test_the_plans_say_what_is_held_and_what_was_left_out(client: TestClient) -> None:
    text = client.get("/plans").text
    for one in client.get("/api/sources").json()["items"]:
        card = text.split(f'id="plan-{one["id"]}"')[1].split("</section>")[0]
        assert one["document"] in card
        assert one["label"].capitalize() in card
        assert f"{one['actions']} action" in card or not one["actions"]
        for reason in one["set_aside"]:
            assert reason["reason"] in unescape(card)
