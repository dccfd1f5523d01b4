"""The application: routes, errors and pages over one assistant."""

from __future__ import annotations

from collections import OrderedDict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.sessions import SessionMiddleware

from api import look, problems, uploads
from api.audit import Audit
from api.gate import Gate, Metrics, OneState
from api.identity import Identity
from api.limits import RateLimit
from api.private import kept_secret
from api.routes import chat, data, pages, sign_in
from api.routes.pages.other import REPORTS_AN_HOUR
from assistant.settings import Settings, read_settings

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.embedding import Embedder

_STATIC = Path(__file__).with_name("static")


def create_app(assistant: Assistant, settings: Settings | None = None, embedder: Embedder | None = None) -> FastAPI:
    """The HTTP API and the pages over an assistant that is already open.

    Args: settings, whose token makes its holder the owner; embedder, of plans that are sent, by default the one that
    the settings name.
    """
    settings = settings or read_settings()
    app = FastAPI(
        title="Plan assistant",
        version=version("plan-assistant"),
        description="Ask a council's plans: complete, exact, cited answers. Every error has one body.",
        docs_url=None,
        redoc_url=None,
    )
    app.state.assistant = assistant
    app.state.settings = settings
    app.state.identity = Identity.of(settings)
    app.state.audit = Audit(settings)
    app.state.reports_limit = RateLimit(REPORTS_AN_HOUR, seconds=3600.0)
    app.state.embedder = embedder
    app.state.metrics = Metrics()
    app.state.first_words = OrderedDict()
    problems.install(app)
    for module in (data, uploads, look, sign_in, pages):
        app.include_router(module.router)
    if settings.chat_api:
        app.include_router(chat.router)
    if settings.mcp:
        from api.mcp_server import open_in

        open_in(app)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    if settings.sign_in == "oidc":
        app.state.provider = sign_in.provider_of(settings)
        key = kept_secret(settings.data_dir / "session.key").hex()
        secure = sign_in.is_secure(settings)
        app.add_middleware(
            SessionMiddleware, secret_key=key, session_cookie="plan_assistant_begun", max_age=600, https_only=secure
        )
    app.add_middleware(OneState, register=assistant.register)
    app.add_middleware(Gate, identity=app.state.identity, metrics=app.state.metrics, audit=app.state.audit)
    return app
