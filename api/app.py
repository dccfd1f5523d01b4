"""The application: routes, errors and pages over one assistant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api import problems
from api.routes import actions, ask, health, pages, sources

if TYPE_CHECKING:
    from assistant import Assistant

_STATIC = Path(__file__).with_name("static")
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def create_app(assistant: Assistant) -> FastAPI:
    """The HTTP API and the chat page over an assistant that is already open."""
    app = FastAPI(
        title="Plan assistant",
        description="Ask a council's plans: complete, exact, cited answers.",
        docs_url=None,
        redoc_url=None,
    )
    app.state.assistant = assistant
    problems.install(app)

    @app.middleware("http")
    async def security_headers(request, call_next):  # type: ignore[no-untyped-def]
        response = await call_next(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    for module in (ask, actions, sources, health, pages):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    return app
