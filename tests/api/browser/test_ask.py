"""The ask page in a browser: each state with everything opened, changed by keyboard, zoomed, copied, printed."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest

from tests.api.browser.checks import OPEN_ALL, SPACING, WIDER, violations
from tests.api.browser.conftest import NewPage

pytestmark = pytest.mark.browser

ASKED = "/?q=" + quote("which actions are overdue?")
OPENED = {
    "answer": ASKED,
    "member": "/?reader=member&q=" + quote("which actions are owned by SM Adolescents?"),
    "settings": "/?as_of=2026-09-01&reader=inspection&plan=fenbridge-improvement-board-action-log.csv",
    "later": "/?q=" + quote("who owns them?") + "&earlier=" + quote("which actions are overdue?"),
    "nothing found": "/?q=" + quote("which red actions were due in 1999?"),
    "not clear": "/?q=" + quote("what about that one?"),
    "not about plans": "/?q=" + quote("what is the weather?"),
    "colours": "/?reader=member&q=" + quote("is green good?"),
    "groups": "/?q=" + quote("how many actions are complete in each plan?"),
    "error": "/?q=late&as_of=someday",
    "wrong query": "/?q=late&query=x",
    "report": "/report?question=late",
    "sent": "/report/sent",
    "help": "/help",
}
FOCUSED = "document.activeElement.textContent.trim()"


def whole(page: Any) -> None:
    """Nothing breaks a rule or is wider than the window, at a desk's width and at that of a small phone."""
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 by 1024 at 400 %
    assert page.evaluate(WIDER) <= 0
    assert violations(page) == []


@pytest.mark.parametrize("state", OPENED)
def test_a_state_breaks_no_rule_with_everything_open(address: str, new_page: NewPage, state: str) -> None:
    page = new_page(1280, bypass_csp=True)
    page.goto(address + OPENED[state])
    page.evaluate(OPEN_ALL)
    whole(page)


def test_a_table_of_240_rows_breaks_no_rule(long_address: str, new_page: NewPage) -> None:
    page = new_page(1280, bypass_csp=True)
    page.goto(long_address + "/?q=" + quote("list all actions"))
    assert page.locator("#newest .short tbody tr:visible").count() == 10
    page.click(".more > summary")
    assert page.locator("#newest .whole tbody tr:visible").count() == 240
    assert not page.locator("#newest .short").is_visible()
    whole(page)


def test_a_site_without_plans_breaks_no_rule(empty_address: str, new_page: NewPage) -> None:
    page = new_page(1280, bypass_csp=True)
    page.goto(empty_address)
    assert page.get_by_text("No plan to ask about yet").is_visible()
    whole(page)


def test_waiting_breaks_no_rule_and_can_be_stopped(address: str, new_page: NewPage) -> None:
    page = new_page(1280, bypass_csp=True)
    page.goto(address)
    page.route("**/?*", lambda _: None)
    assert not page.locator("#stop").is_visible()
    page.fill("#q", "which actions are overdue?")
    page.click("#send")
    page.wait_for_selector("#state:has-text('Working out your answer')")
    assert page.get_attribute("#send", "aria-disabled") == "true"
    assert violations(page) == []
    page.click("#stop")
    page.wait_for_selector("#state:has-text('Stopped')")
    assert page.input_value("#q") == "which actions are overdue?"
    page.unroute("**/?*")
    page.click("#send")
    page.wait_for_selector("#newest")


def tab_to(page: Any, wanted: str) -> None:
    """Press Tab until what has the focus matches."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({wanted!r})"):
            return
    pytest.fail(f"Tab never came to {wanted}")


def test_by_keyboard_alone_a_reader_asks_changes_a_part_reads_sources_and_goes_on(
    address: str, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(address)
    tab_to(page, "#q")
    page.keyboard.type("which actions are on neglect?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#newest")
    assert "neglect" in page.evaluate(FOCUSED)
    tab_to(page, "#change > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#change .opened > details:has(form) > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#change-theme")
    page.keyboard.press("Control+A")
    page.keyboard.type("fostering")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("query="))
    assert "neglect" in page.evaluate(FOCUSED)  # the heading is still the question
    assert "fostering" in page.inner_text("#newest .lead")
    tab_to(page, "#newest td .chip")
    shown = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel .lit")
    assert page.evaluate("document.getElementById('panel').contains(document.activeElement)")
    assert "fostering" in page.inner_text("#newest .lead")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".panel-where:has-text('Source 2 of')")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector(".panel-where:has-text('Source 1 of')")
    assert page.get_attribute("#panel-whole", "href") == shown
    page.keyboard.press("Escape")
    assert page.locator("#panel").count() == 0
    assert page.evaluate("document.activeElement.href") == shown


@pytest.mark.parametrize("width", [1280, 375])
def test_a_source_beside_the_answer_breaks_no_rule(address: str, new_page: NewPage, width: int) -> None:
    page = new_page(width, bypass_csp=True)
    page.goto(address + ASKED + "&as_of=2026-09-01")
    late = page.inner_text("#newest td .govuk-tag >> nth=0")
    page.click("#newest .chip >> nth=0")
    page.wait_for_selector("#panel .lit")
    assert late in page.inner_text("#panel")  # at the day of the answer
    assert violations(page) == []
    assert page.evaluate(WIDER) <= 0
    assert page.evaluate("(one => one.scrollWidth - one.clientWidth)(document.getElementById('panel'))") <= 0
    page.click("#panel-whole")
    page.wait_for_selector("h1:has-text('Action')")
    assert late in page.inner_text("main")
    assert "as_of=2026-09-01" in page.get_attribute("nav a:has-text('Register') >> nth=0", "href")


def test_the_question_stands_in_the_thread_while_it_is_answered(address: str, new_page: NewPage) -> None:
    page = new_page(bypass_csp=True)
    page.goto(address + ASKED)
    waiting: list[Any] = []

    def hold(route: Any) -> None:
        waiting.append(route)

    page.route("**/?*", hold)
    page.fill("#q", "how many are complete?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pending:has-text('how many are complete?')")
    assert page.inner_text("#pending .working") == "Working out your answer"
    assert page.input_value("#q") == ""
    assert violations(page) == []
    waiting[0].continue_()
    page.wait_for_selector("#newest h2:has-text('how many are complete?')")
    assert page.locator("#pending").count() == 0


@pytest.mark.parametrize("width", [1280, 375])
def test_the_question_box_is_always_in_view_and_hides_nothing_that_has_the_focus(
    address: str, new_page: NewPage, width: int
) -> None:
    page = new_page(width)
    page.goto(address + "/?q=" + quote("list all actions"))
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate(HIDDEN) == ""
        box = page.locator("#ask").bounding_box()
        assert box["y"] + box["height"] <= 901
        if page.evaluate("document.activeElement.id") == "q":
            break


def test_conversations_are_listed_renamed_and_deleted_in_this_browser(address: str, new_page: NewPage) -> None:
    page = new_page(bypass_csp=True)
    page.goto(address + ASKED)
    page.fill("#q", "who owns them?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#newest:nth-child(2)")
    page.keyboard.press("Alt+n")
    page.wait_for_selector("#turns:not(:has(.turn))", state="attached")
    page.fill("#q", "which plans do you hold?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#newest")
    page.click("#conversations summary")
    held = page.locator("#conversations li > a")
    assert held.all_inner_texts() == ["which plans do you hold?", "which actions are overdue?"]
    assert violations(page) == []
    page.click("#conversations li:nth-child(2) button:has-text('Rename')")
    page.keyboard.type("Late ones")
    page.keyboard.press("Enter")
    page.click("#conversations a:has-text('Late ones')")
    page.wait_for_selector("#newest:nth-child(2) h2:has-text('who owns them?')")
    page.click("#conversations summary")
    page.click("#conversations li:has-text('Late ones') button:has-text('Delete')")
    page.keyboard.press("Enter")
    assert held.all_inner_texts() == ["which plans do you hold?"]


def test_the_new_answer_is_described_by_its_direct_answer(address: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(address + ASKED)
    told = page.evaluate("document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent")
    assert "overdue at" in told
    assert page.locator("#state").inner_text() == ""


def test_an_earlier_turn_opens_again(address: str, new_page: NewPage) -> None:
    page = new_page(bypass_csp=True)
    page.goto(address + ASKED + "&earlier=" + quote("which plans do you hold?"))
    names = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(names) == len(set(names))
    assert violations(page) == []
    page.click(".earlier a")
    page.wait_for_selector("#newest h2:has-text('which plans do you hold?')")
    assert "earlier=" not in page.url


def test_an_answer_is_copied_with_its_citations(address: str, new_page: NewPage) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(address + ASKED)
    page.click(".copy")
    page.wait_for_selector("#state:has-text('copied with its citations')")
    words = page.evaluate("navigator.clipboard.readText()")
    assert "Sources:\n[1] " in words
    assert f"{address}/?q=which" in words


def test_where_copying_is_not_allowed_the_text_is_selected(address: str, new_page: NewPage) -> None:
    page = new_page()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    page.goto(address + ASKED)
    page.click(".copy")
    page.wait_for_selector("#state:has-text('press Control and C')")
    assert "Sources:" in page.evaluate("getSelection().toString()")


def test_print_opens_everything_and_shows_where_links_lead(address: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(address + ASKED)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#newest details:not([open])").count() == 0
    assert page.locator("#newest blockquote").first.is_visible()
    shown = page.evaluate("getComputedStyle(document.querySelector('#newest td .chip'), '::after').content")
    assert "/row/" in shown
    assert not page.locator("#ask").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#newest details[open]").count() == 0


CUT = """[...document.querySelectorAll('main .chip, main .part a, main button, main label, summary, main td > div')]
  .filter(one => one.offsetParent && getComputedStyle(one).display !== 'inline')
  .filter(one => one.scrollWidth > one.clientWidth + 4 || getComputedStyle(one).overflow === 'hidden')
  .map(one => one.outerHTML.slice(0, 120))"""
"""What is wider than its own box, or would cut what is; a button's shadow stands out by four pixels."""


@pytest.mark.parametrize("width", [1280, 320])
def test_wider_spacing_of_text_loses_nothing(address: str, new_page: NewPage, width: int) -> None:
    page = new_page(width, bypass_csp=True)
    page.goto(address + ASKED + "&as_of=2026-09-01")
    page.evaluate(OPEN_ALL)
    page.add_style_tag(content=SPACING)
    assert page.evaluate(WIDER) <= 0
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("settings", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_the_parts_stand_in_other_settings(address: str, new_page: NewPage, settings: dict[str, str]) -> None:
    page = new_page(bypass_csp=True, **settings)
    page.goto(address + ASKED)
    page.evaluate(OPEN_ALL)
    assert violations(page) == []
    assert page.evaluate("getComputedStyle(document.querySelector('#newest .part')).borderTopStyle") == "solid"
    page.focus("#newest .part a")
    assert page.evaluate("getComputedStyle(document.querySelector('#newest .part a')).outlineStyle") == "solid"


HIDDEN = """(() => {
  const one = document.activeElement, box = one.getClientRects()[0];
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 20) / 2);
  return one.contains(top) || top?.contains(one) ? "" : one.outerHTML.slice(0, 200);
})()"""
"""What has the focus, where something else covers it or it stands outside the window."""


def test_nothing_hides_what_has_the_focus_on_a_zoomed_page(address: str, new_page: NewPage) -> None:
    page = new_page(320)
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(address + "/?q=" + quote("which actions are on neglect?"))
    page.evaluate(OPEN_ALL)
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(HIDDEN) == ""


def test_the_form_changes_settings_and_reports_without_script(address: str, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(address)
    page.click("#settings summary")
    page.select_option("#reader", "member")
    page.fill("#q", "which actions are overdue?")
    page.click("text=Save these settings")
    assert page.input_value("#q") == "which actions are overdue?"
    assert "for members" in page.inner_text("#examples")
    page.click("#send")
    page.click("#change > summary")
    page.click("#change .opened > details:has(form) > summary")
    page.select_option("#change-owner", "none")
    page.click("text=Show these rows")
    page.click("#change > summary")
    assert "with no owner recorded" in page.inner_text("#change")
    page.click("#newest .part-remove:has-text('owner')")
    page.click("#change > summary")
    assert "with no owner recorded" not in page.inner_text("#change")
    assert not page.locator(".copy").is_visible()
    page.click("#newest .toolbar > a.tool")
    page.click("text=Wrong owner")
    page.click("text=Send the report")
    assert page.inner_text("h1") == "Your report was kept"
