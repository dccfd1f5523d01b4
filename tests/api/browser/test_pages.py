"""The ask page in a browser: axe on each state, by keyboard alone, narrow, in other colours, and without script."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.api.browser.checks import WIDER, violations
from tests.api.browser.conftest import NewPage

pytestmark = pytest.mark.browser

ASKED = "/?q=" + quote("which actions are overdue?")
STATES = {
    "empty": "/",
    "answer": ASKED,
    "long": "/?q=" + quote("list all actions"),
    "later turn": ASKED + "&earlier=" + quote("which plans do you hold?"),
    "error": "/?q=late&as_of=someday",
    "refusal": "/?q=" + quote("who was the boy who kept going missing"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("width", [1200, 320])
def test_a_page_breaks_no_rule_and_fits(address: str, new_page: NewPage, state: str, width: int) -> None:
    page = new_page(width, bypass_csp=True)
    page.goto(address + STATES[state])
    assert violations(page) == []
    assert page.evaluate(WIDER) <= 0


def test_asking_by_keyboard_moves_the_focus_to_the_answer_and_on_to_its_source(address: str, new_page: NewPage) -> None:
    page = new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: told.append(request.url) if not request.url.startswith(address) else None)
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    for _ in range(12):
        if page.evaluate("document.activeElement.id") == "q":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("which actions are overdue?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#newest h2")
    assert "which actions are overdue?" in page.evaluate("document.activeElement.textContent")
    assert page.input_value("#q") == ""
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "chip":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".lit")
    assert [one for one in told if not one.startswith("data:")] == []


def test_a_question_is_kept_when_the_server_does_not_answer(address: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(address)
    page.route("**/?*", lambda route: route.abort())
    page.fill("#q", "which actions are overdue?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#state:has-text('kept')")
    assert page.input_value("#q") == "which actions are overdue?"
    assert page.inner_text("#send") == "Try again"
    page.unroute("**/?*")
    page.click("#send")
    page.wait_for_selector("#newest")


def test_a_second_question_stands_below_the_first_which_folds(address: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(address + ASKED)
    begun = page.inner_text("#newest .lead p >> nth=0")
    page.fill("#q", "how many actions are complete?")
    page.click("#send")
    page.wait_for_selector("#newest:nth-child(2) .lead")
    for _ in range(2):
        assert page.locator(".turn").count() == 2
        assert page.inner_text(".earlier .answer").endswith(begun)
        assert page.locator(".earlier :is(button, summary)").count() == 0
        page.reload()
    page.go_back()
    page.wait_for_selector("#newest h2:has-text('overdue')")
    assert page.locator(".turn").count() == 1


def test_it_works_without_script(address: str, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(address)
    page.fill("#q", "which actions are overdue?")
    page.click("#send")
    assert "overdue" in page.inner_text("#newest .lead")
    page.click("#newest .chip >> nth=0")
    assert page.locator(".lit").count() >= 1
    page.goto(address + ASKED + "&earlier=" + quote("which plans do you hold?"))
    assert page.locator(".turn").count() == 2
    assert page.evaluate("getComputedStyle(document.getElementById('ask')).position") == "static"


@pytest.mark.parametrize("settings", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_it_stands_in_other_settings(address: str, new_page: NewPage, settings: dict[str, str]) -> None:
    page = new_page(bypass_csp=True, **settings)
    page.goto(address + ASKED)
    assert violations(page) == []
    assert page.locator("#newest .lead").is_visible()
