"""The application: routes, errors and pages over one assistant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api import look, problems
from api.examples import Examples
from api.gate import Gate
from api.metrics import Metrics
from api.routes import actions, ask, health, pages, sources
from assistant.settings import Settings, read_settings

if TYPE_CHECKING:
    from assistant import Assistant

_STATIC = Path(__file__).with_name("static")


def create_app(assistant: Assistant, settings: Settings | None = None, loopback_only: bool = False) -> FastAPI:
    """The HTTP API and the pages over an assistant that is already open.

    Args: loopback_only, True where only this machine can reach the server: its reader is then the owner.
    """
    app = FastAPI(
        title="Plan assistant",
        version="0.1.0",
        description="Ask a council's plans: complete, exact, cited answers. Every error has one body.",
        docs_url=None,
        redoc_url=None,
    )
    app.state.assistant = assistant
    app.state.settings = settings or read_settings()
    app.state.loopback_only = loopback_only
    app.state.metrics = Metrics.new()
    app.state.examples = Examples(assistant)
    problems.install(app)
    for module in (ask, actions, sources, health, look, pages):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.add_middleware(Gate, settings=app.state.settings, metrics=app.state.metrics)
    return app
