"""The pages of rows, documents, register and figures in a browser, in every state that they have."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from tests.api.browser.checks import OPEN_ALL, SPACING, WIDER, violations
from tests.api.browser.conftest import NewPage
from tests.api.conftest import AS_OWNER, PLANS

pytestmark = pytest.mark.browser

STATES = {
    "register": "/register",
    "filtered": "/register?overdue=true&status=not_recorded&order=due&descending=true&as_of=2026-11-24",
    "second page": "/register?page=2",
    "no row": "/register?q=zzzz",
    "progress": "/progress?as_of=2026-11-24",
    "progress in colours": "/progress?plan=fenbridge-send-inclusion-tracker-2026.xlsx&as_of=2026-11-24",
    "to check": "/quality",
    "plans": "/plans",
    "help": "/help",
    "accessibility": "/accessibility",
    "privacy": "/privacy",
    "absent": "/row/none",
    "not valid": "/register?due_from=soon",
}
FORMATS = tuple(sorted({name.rsplit(".", 1)[1] for name in PLANS}))
EMPTY = ("/register", "/progress", "/quality", "/plans")


def items(address: str, path: str) -> list[dict[str, Any]]:
    with urllib.request.urlopen(urllib.request.Request(f"{address}{path}", headers=AS_OWNER)) as response:
        found: list[dict[str, Any]] = json.load(response)["items"]
    return found


def row_of(address: str, ending: str) -> str:
    """The page of a row of a document of this format."""
    rows = items(address, "/api/actions?limit=1000")
    return f"/row/{[row['id'] for row in rows if row['document'].endswith(ending)][1]}"


def source_of(address: str, ending: str) -> str:
    """The page of a document of this format."""
    held = items(address, "/api/sources")
    return f"/source/{next(one['id'] for one in held if one['document'].endswith(ending))}"


def holds(page: Any) -> None:
    """The page breaks no rule and fits its window, with everything on it opened."""
    page.evaluate(OPEN_ALL)
    assert violations(page) == []
    assert page.evaluate(WIDER) <= 0


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("width", [1200, 320])
def test_a_page_breaks_no_rule_and_fits(address: str, new_page: NewPage, state: str, width: int) -> None:
    page = new_page(width, bypass_csp=True)
    page.goto(address + STATES[state])
    holds(page)


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("width", [1200, 320])
def test_a_row_and_its_document_break_no_rule_and_fit(address: str, new_page: NewPage, ending: str, width: int) -> None:
    page = new_page(width, bypass_csp=True)
    page.goto(address + row_of(address, ending))
    holds(page)
    assert page.locator(".lit").first.is_visible()
    page.click("text=Open the whole document at this place")
    holds(page)
    assert page.locator("#place").is_visible()


def test_the_place_is_outlined_on_the_picture_of_a_pdf_page(address: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(address + row_of(address, ".pdf"))
    assert page.locator("svg .outline").count() >= 1
    assert (
        page.evaluate("fetch(document.querySelector('svg image').getAttribute('href')).then(one => one.status)") == 200
    )


@pytest.mark.parametrize("width", [1200, 320])
def test_two_hundred_rows_and_a_long_document(long_address: str, new_page: NewPage, width: int) -> None:
    page = new_page(width, bypass_csp=True)
    page.goto(f"{long_address}/register?rows=200")
    assert page.locator(".register tbody tr").count() == 200
    holds(page)
    page.goto(long_address + source_of(long_address, ".csv"))
    holds(page)


@pytest.mark.parametrize("path", EMPTY)
def test_an_empty_register(empty_address: str, new_page: NewPage, path: str) -> None:
    page = new_page(320, bypass_csp=True)
    page.goto(empty_address + path)
    assert "plan-assistant ingest" in page.inner_text("main")
    holds(page)


def fails(_: Request) -> Response:
    raise RuntimeError("nobody foresaw this")


@pytest.mark.parametrize("status", [429, 500])
def test_errors_before_a_route_are_pages(
    address: str, new_page: NewPage, serve: Callable[..., TestClient], status: int
) -> None:
    client = serve(requests_per_minute=1) if status == 429 else serve()
    client.app.add_route("/fails", fails)  # type: ignore[attr-defined]
    given = [client.get("/fails", headers={"accept": "text/html"}) for _ in range(2)][-1]
    assert given.status_code == status
    page = new_page(320, bypass_csp=True)
    page.route("**/told", lambda route: route.fulfill(status=status, body=given.text, content_type="text/html"))
    page.goto(f"{address}/told")
    assert page.inner_text("h1") == "There is a problem"
    holds(page)


def test_by_keyboard_from_a_filter_to_a_row_to_its_source_and_back(address: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{address}/register")
    tab_to(page, "document.activeElement.matches('.filters summary')")
    page.keyboard.press("Enter")
    tab_to(page, "document.activeElement.name === 'q'")
    page.keyboard.type("neglect")
    page.keyboard.press("Enter")
    page.wait_for_url("**/register?q=neglect")
    tab_to(page, "document.activeElement.matches('.register td a')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/row/**")
    tab_to(page, "document.activeElement.textContent === 'Open the whole document at this place'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/source/**")
    assert page.evaluate("document.querySelector('#place').getBoundingClientRect().top") < 900
    page.go_back()
    tab_to(page, "document.activeElement.textContent === 'Back to the list'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/register?q=neglect")
    assert "neglect" in page.inner_text(".chosen")


def tab_to(page: Any, there: str) -> None:
    """Press the tabulator until the focus is where it should be; it must be seen all the way."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(there):
            return
    pytest.fail(f"the focus never comes to: {there}")


def test_each_place_of_the_focus_on_a_phone_can_be_seen(address: str, new_page: NewPage) -> None:
    page = new_page(320)
    page.goto(f"{address}/register?rows=50&overdue=true")
    hidden = page.evaluate("""[...document.querySelectorAll('main a, main summary')].filter(one =>
        one.checkVisibility() && (one.getBoundingClientRect().width < 24 || one.getBoundingClientRect().height < 16)
    ).map(one => one.textContent.trim())""")
    assert hidden == []


@pytest.mark.parametrize("state", ["filtered", "progress in colours", "to check", "plans"])
def test_wider_spacing_of_text_loses_nothing(address: str, new_page: NewPage, state: str) -> None:
    page = new_page(320, bypass_csp=True)
    page.goto(address + STATES[state])
    page.add_style_tag(content=SPACING)
    holds(page)


def test_four_hundred_per_cent_needs_no_scrolling_sideways(address: str, new_page: NewPage) -> None:
    page = new_page(320, device_scale_factor=4, bypass_csp=True)
    page.set_viewport_size({"width": 320, "height": 256})
    for path in (STATES["filtered"], STATES["progress"], row_of(address, ".xlsx")):
        page.goto(address + path)
        holds(page)


def test_forced_colours_keep_the_row_and_its_deciding_cells_apart(address: str, new_page: NewPage) -> None:
    page = new_page(bypass_csp=True, forced_colors="active")
    page.goto(address + row_of(address, ".xlsx"))
    holds(page)
    for part in (".lit", ".decides"):
        assert page.locator(part).first.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.goto(address + STATES["progress in colours"])
    holds(page)


def test_less_motion_moves_nothing(address: str, new_page: NewPage) -> None:
    page = new_page(bypass_csp=True, reduced_motion="reduce")
    page.goto(address + STATES["register"])
    moving = (
        "[...document.querySelectorAll('*')].filter(one => getComputedStyle(one).transitionDuration !== '0s').length"
    )
    assert page.evaluate(moving) == 0
    holds(page)


def test_without_script_a_filter_a_row_and_its_source_open(address: str, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{address}/register")
    page.click(".filters summary")
    page.fill("#f-q", "neglect")
    page.click("text=Apply")
    page.click(".register td a >> nth=0")
    page.click("text=Open the whole document at this place")
    assert page.locator("#place").is_visible()
    page.goto(f"{address}/progress?as_of=2026-11-24")
    page.click(".figure >> nth=0")
    assert page.locator(".register tbody tr").count() >= 1
