"""A real Chromium before a real server over the small register."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

from tests.api.conftest import AS_OWNER, Site

NewPage = Callable[..., Any]


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Where the application is served, for as long as the block lasts."""
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


@pytest.fixture(scope="session")
def address(site: Site) -> Iterator[str]:
    """Where the site is served."""
    with served(site.app(requests_per_minute=100_000)) as where:
        yield where


@pytest.fixture(scope="session")
def long_address(long_site: Site) -> Iterator[str]:
    """Where a site of one long plan is served."""
    with served(long_site.app(requests_per_minute=100_000)) as where:
        yield where


@pytest.fixture(scope="session")
def empty_address(empty_site: Site) -> Iterator[str]:
    """Where a site that holds no plan is served."""
    with served(empty_site.app()) as where:
        yield where


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    where = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if where is None:
        words = "there is no Chromium on this machine: apt-get install chromium"
        pytest.fail(words) if os.environ.get("CI") == "true" else pytest.skip(words)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=where, args=["--no-sandbox"])
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)  # Playwright leaves its loop running, and other tests begin one of their own
        yield opened, loop
        asyncio._set_running_loop(loop)
        opened.close()


@pytest.fixture
def new_page(browser: Any) -> Iterator[NewPage]:
    """Makes a page of a size, with the settings of its reader."""
    contexts = []
    opened, loop = browser

    def make(width: int = 1200, **settings: Any) -> Any:
        known = {"viewport": {"width": width, "height": 900}, "extra_http_headers": AS_OWNER}
        context = opened.new_context(**{**known, **settings})
        contexts.append(context)
        return context.new_page()

    asyncio._set_running_loop(loop)
    yield make
    for context in contexts:
        context.close()
    asyncio._set_running_loop(None)
