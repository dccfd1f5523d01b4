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
    assert page.locator("#newest tbody tr").count() == 240
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


def test_by_keyboard_alone_a_reader_asks_changes_a_part_opens_a_source_and_comes_back(
    address: str, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(address)
    tab_to(page, "#q")
    page.keyboard.type("which actions are on neglect?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#newest")
    assert "neglect" in page.evaluate(FOCUSED)
    tab_to(page, ".part-change")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "change-theme"
    page.keyboard.press("Control+A")
    page.keyboard.type("fostering")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("query="))
    assert "neglect" in page.evaluate(FOCUSED)  # the heading is still the question
    assert "fostering" in page.inner_text("#newest .lead")
    tab_to(page, ".part a + a")
    assert page.evaluate(FOCUSED).startswith("Remove: on “fostering”")
    tab_to(page, "#newest td .chip")
    page.keyboard.press("Enter")
    page.wait_for_selector(".lit")
    page.go_back()
    page.wait_for_selector("#newest")
    assert "fostering" in page.inner_text("#newest .lead")


def test_the_new_answer_is_described_by_its_direct_answer(address: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(address + ASKED)
    told = page.evaluate("document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent")
    assert "overdue at" in told
    assert page.locator("#state").inner_text() == ""


def test_a_later_answer_takes_over_and_the_earlier_stays_to_read(address: str, new_page: NewPage) -> None:
    page = new_page(bypass_csp=True)
    page.goto(address + ASKED)
    page.fill("#q", "who owns them?")
    page.click("#send")
    page.wait_for_selector(".turn:nth-child(2) .lead")
    assert page.locator(".change").count() == 1
    names = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(names) == len(set(names))
    assert violations(page) == []
    page.click("#history summary")
    page.click("#history a")
    page.wait_for_selector("#newest h2:has-text('overdue')")
    assert "earlier=" not in page.url
    page.click("#clear summary")
    page.click("#clear a")
    page.wait_for_selector("#examples")
    assert page.locator(".turn").count() == 0


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
    assert page.evaluate("getComputedStyle(document.querySelector('.part')).borderTopStyle") == "solid"
    page.focus(".part a")
    assert page.evaluate("getComputedStyle(document.querySelector('.part a')).outlineStyle") == "solid"


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
    page.click("summary:has-text('Plans, date and reader')")
    page.select_option("#reader", "member")
    page.fill("#q", "which actions are overdue?")
    page.click("text=Set without asking")
    assert page.input_value("#q") == "which actions are overdue?"
    assert "for members" in page.inner_text("#examples")
    page.click("#send")
    page.click("summary:has-text('Change how it was understood')")
    page.select_option("#change-owner", "none")
    page.click("text=Show these rows")
    assert "with no owner recorded" in page.inner_text("#newest .understood")
    page.click("#newest .part a + a >> nth=0")
    assert "with no owner recorded" not in page.inner_text("#newest .understood")
    assert not page.locator(".copy").is_visible()
    page.click("text=Report a problem with this answer")
    page.click("text=Wrong owner")
    page.click("text=Send the report")
    assert page.inner_text("h1") == "Your report was kept"
