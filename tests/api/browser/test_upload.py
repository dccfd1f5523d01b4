"""Sending a plan in a browser: the form and its report break no rule, and both work without script."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from tests.api.browser.checks import WIDER, violations
from tests.api.browser.conftest import NewPage
from tests.api.conftest import Site

pytestmark = pytest.mark.browser
COUNTED = """() => {
  window.sent = 0;
  document.getElementById("upload").addEventListener("submit", (event) => {
    window.sent += event.defaultPrevented ? 0 : 1;
    event.preventDefault();
  });
}"""
"""Counts what would be sent, and sends nothing."""
PLAN = b"Ref,Action,Owner,Due\n,,,see below\n1,Audit case files,Service Manager,June 2026\n"


@pytest.fixture
def own_address(site: Site, tmp_path: Path) -> Iterator[str]:
    """Where a copy of the site is served, which the test may change."""
    shutil.copytree(site.settings.data_dir, tmp_path / "data")
    app = Site(site.settings.model_copy(update={"data_dir": tmp_path / "data"})).app()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()
    app.state.assistant.register.close()


def assert_sound(page: Any) -> None:
    assert violations(page) == []
    assert page.evaluate(WIDER) <= 0


def send(page: Any, data: bytes) -> None:
    page.set_input_files("#file", {"name": "plan.csv", "mimeType": "text/csv", "buffer": data})
    page.click("#send-plan")


@pytest.mark.parametrize("width", [1200, 320])
def test_a_plan_is_sent_and_its_report_has_the_focus(own_address: str, new_page: NewPage, width: int) -> None:
    page = new_page(width, bypass_csp=True)
    page.goto(f"{own_address}/upload")
    assert_sound(page)
    send(page, PLAN)
    page.wait_for_selector("#report")
    assert page.evaluate("document.activeElement.id") == "report-head"
    assert "line 2: words outside any row" in page.inner_text("#report")
    assert_sound(page)
    send(page, b"")
    page.wait_for_selector("#report:has-text('Not read')")
    assert_sound(page)


def test_while_a_plan_is_read_the_page_says_so_and_sends_it_once(own_address: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{own_address}/upload")
    page.evaluate(COUNTED)
    send(page, PLAN)
    page.click("#send-plan", force=True)
    assert "reading the plan" in page.inner_text("#upload-state")
    assert page.get_attribute("#send-plan", "aria-disabled") == "true"
    assert page.evaluate("window.sent") == 1


def test_a_plan_is_sent_without_script(own_address: str, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{own_address}/plans")
    page.click("text=Upload a plan")
    send(page, PLAN)
    assert "Read, but some of it was set aside" in page.inner_text("#report")
