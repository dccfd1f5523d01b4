"""The application: routes, errors and pages over one assistant; running it, and the wire under it."""

import asyncio
import ipaddress
import logging
import os
import resource
import secrets
import sys
from collections import OrderedDict
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import uvicorn
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from pydantic import SecretStr
from starlette.middleware.sessions import SessionMiddleware
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api import asking, look, problems, uploads
from api.audit import Audit
from api.gate import Gate, Metrics, RateLimit
from api.identity import Identity
from api.roles import hash_of
from api.routes import chat, data, sign_in
from api.routes.pages import register, source
from assistant import Assistant
from assistant.embedding import Embedder
from assistant.settings import Settings, read_settings

_STATIC = Path(__file__).with_name("static")
HEADER_SECONDS, HEADER_BYTES = 10.0, 80_000
_KEPT_FOR_FILES = 256
"""File handles that connections may not take, so that the register can always be opened."""
_SWITCH_SECONDS = 0.0005
"""How long a thread at a long answer keeps others waiting, each time that they come back from the register."""
_SERVED: dict[str, Any] = {
    "http": "api.app:BoundedProtocol",
    "log_level": "info",
    "access_log": False,
    "proxy_headers": False,
    "server_header": False,
}


def create_app(assistant: Assistant, settings: Settings | None = None, embedder: Embedder | None = None) -> FastAPI:
    """The HTTP API and the pages over an assistant that is already open.

    Args: settings, whose token makes its holder the owner; embedder, of plans that are sent, by default the one that
    the settings name."""
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
    app.state.identity = Identity(settings)
    app.state.audit = Audit(settings)
    app.state.reports_limit = RateLimit(register.REPORTS_AN_HOUR, seconds=3600.0)
    app.state.embedder = embedder
    app.state.metrics = Metrics()
    app.state.first_words = OrderedDict()
    problems.install(app)
    for module in (data, uploads, look, sign_in, asking, register, source):
        app.include_router(module.router)
    if settings.chat_api:
        app.include_router(chat.router)
    if settings.mcp:
        from api.mcp_server import open_in

        open_in(app)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    if settings.sign_in == "oidc":
        app.state.provider = sign_in.provider_of(settings)
        key = hash_of(f"begun {settings.token.get_secret_value() if settings.token else secrets.token_urlsafe()}")
        secure = sign_in.is_secure(settings)
        app.add_middleware(
            SessionMiddleware, secret_key=key, session_cookie="plan_assistant_begun", max_age=600, https_only=secure
        )
    known = {"identity": app.state.identity, "metrics": app.state.metrics, "audit": app.state.audit}
    app.add_middleware(Gate, register=assistant.register, **known)
    return app


# ---------------------------------------------------------------- running it


def room_for_connections() -> int:
    """How many connections one process may hold, after as many file handles were asked for as the system lets."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, 65_536) if hard != resource.RLIM_INFINITY else 65_536
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(64, max(soft, wanted) - _KEPT_FOR_FILES)


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol, with an end to headers that are sent for too long or at too great a length."""

    header_seconds, header_bytes, connections_at_most = HEADER_SECONDS, HEADER_BYTES, room_for_connections()
    _late: asyncio.TimerHandle | None = None
    """Runs while headers are waited for."""
    _size = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.connections_at_most:
            self._end(b"503 Service Unavailable")
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_longer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._size += len(data)
        super().data_received(data)
        if self._late and self._size > self.header_bytes:
            self._end(b"431 Request Header Fields Too Large")

    def on_message_begin(self) -> None:
        self._wait()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._wait_no_longer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._size = 0
        super().on_message_complete()

    def _wait(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(self.header_seconds, self._end, b"408 Request Timeout")

    def _wait_no_longer(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _end(self, status: bytes) -> None:
        """Say why, and close."""
        if not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 " + status + b"\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
            self.transport.close()


def run(assistant: Assistant, settings: Settings, host: str, port: int) -> None:
    """Serve until stopped; with `local` sign-in the link that makes a browser the owner's is printed first."""
    from assistant.vectors import mend_if_free

    mend_if_free(settings, assistant.register)
    token = settings.token or SecretStr(secrets.token_urlsafe(32))
    chosen = settings.model_copy(update={"host": host, "token": token})
    if settings.sign_in == "local":
        sys.stderr.write(f"To see and do everything, open this link: {link(host, port, token.get_secret_value())}\n")
        sys.stderr.write("Whoever opens the pages without it is the public.\n")
    if settings.workers == 1:
        uvicorn.run(application_of(assistant, chosen), host=host, port=port, **_SERVED)
        return
    os.environ["PLAN_ASSISTANT_HOST"] = host
    os.environ["PLAN_ASSISTANT_TOKEN"] = token.get_secret_value()
    os.environ["PLAN_ASSISTANT_DATA_DIR"] = str(settings.data_dir.resolve())
    assistant.register.close()
    uvicorn.run("api.app:worker", factory=True, workers=settings.workers, host=host, port=port, **_SERVED)


def worker() -> FastAPI:
    """The application of one of several processes, from the settings of the environment."""
    settings = read_settings()
    return application_of(Assistant.open(settings.data_dir, settings), settings)


def application_of(assistant: Assistant, settings: Settings) -> FastAPI:
    """The application, with what takes time to load made ready; each request is a line of JSON on standard error."""
    from assistant.grammar import load_parser

    load_parser()
    sys.setswitchinterval(_SWITCH_SECONDS)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("plan_assistant.requests")
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.INFO)
    return create_app(assistant, settings)


def link(host: str, port: int, token: str) -> str:
    """The address of the pages with the token, as it is opened on this machine."""
    try:
        address = ipaddress.ip_address(host)
        named = "127.0.0.1" if address.is_unspecified else f"[{host}]" if address.version == 6 else host
    except ValueError:
        named = host
    return f"http://{named}:{port}/?{urlencode({'token': token})}"
