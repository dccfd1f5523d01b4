"""The application: routes, errors and pages over one assistant."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api import look, problems, query_schema
from api.examples import Examples
from api.gate import Gate
from api.metrics import Metrics
from api.routes import actions, ask, health, pages, passages, sources, upload
from api.routes.pages.thread import FirstWords
from assistant.settings import Settings, read_settings

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.embedding import Embedder

_STATIC = Path(__file__).with_name("static")


def create_app(
    assistant: Assistant,
    settings: Settings | None = None,
    loopback_only: bool = False,
    embedder: Embedder | None = None,
) -> FastAPI:
    """The HTTP API and the pages over an assistant that is already open.

    Args: loopback_only, True where only this machine can reach the server: its reader is then the owner;
    embedder, of plans that are sent, by default the one that the settings name.
    """
    app = FastAPI(
        title="Plan assistant",
        version=version("plan-assistant"),
        description="Ask a council's plans: complete, exact, cited answers. Every error has one body.",
        docs_url=None,
        redoc_url=None,
    )
    app.state.assistant = assistant
    app.state.settings = settings or read_settings()
    app.state.loopback_only = loopback_only
    app.state.embedder = embedder
    app.state.metrics = Metrics.new()
    app.state.examples = Examples(assistant)
    app.state.first_words = FirstWords()
    problems.install(app)
    for module in (ask, actions, sources, passages, upload, health, look, pages):
        app.include_router(module.router)
    query_schema.describe(app)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.add_middleware(Gate, settings=app.state.settings, metrics=app.state.metrics)
    return app
