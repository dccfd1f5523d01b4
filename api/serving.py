"""Running the web server, and the wire under it."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import os
import resource
import secrets
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pydantic import SecretStr
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant import Assistant
    from assistant.settings import Settings


HEADER_SECONDS, HEADER_BYTES = 10.0, 80_000
_KEPT_FOR_FILES = 256
"""File handles that connections may not take, so that the register can always be opened."""


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
    _in_headers = True
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
        if self._in_headers and self._size > self.header_bytes:
            self._end(b"431 Request Header Fields Too Large")

    def on_message_begin(self) -> None:
        self._in_headers = True
        self._wait()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_headers, self._size = False, 0
        self._wait_no_longer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_headers, self._size = True, 0
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


_SWITCH_SECONDS = 0.0005
"""How long a thread at a long answer keeps others waiting, each time that they come back from the register."""
_SERVED: dict[str, Any] = {
    "http": "api.serving:BoundedProtocol",
    "log_level": "info",
    "access_log": False,
    "proxy_headers": False,
    "server_header": False,
}


def run(assistant: Assistant, settings: Settings, host: str, port: int) -> None:
    """Serve until stopped; with `local` sign-in the link that makes a browser the owner's is printed first."""
    import uvicorn

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
    uvicorn.run("api.serving:worker", factory=True, workers=settings.workers, host=host, port=port, **_SERVED)


def worker() -> FastAPI:
    """The application of one of several processes, from the settings of the environment."""
    from assistant import Assistant
    from assistant.settings import read_settings

    settings = read_settings()
    return application_of(Assistant.open(settings.data_dir, settings), settings)


def application_of(assistant: Assistant, settings: Settings) -> FastAPI:
    """The application, with what takes time to load made ready; each request is a line of JSON on standard error."""
    from api.app import create_app
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
