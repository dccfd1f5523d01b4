"""Running the web server."""

from __future__ import annotations

import ipaddress
import logging
import os
import secrets
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pydantic import SecretStr

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant import Assistant
    from assistant.settings import Settings


_SERVED: dict[str, Any] = {
    "http": "api.wire:BoundedProtocol",
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
        _log_requests()
        application = application_of(assistant, chosen)
        uvicorn.run(application, host=host, port=port, **_SERVED)
        return
    os.environ["PLAN_ASSISTANT_HOST"] = host
    os.environ["PLAN_ASSISTANT_TOKEN"] = token.get_secret_value()
    os.environ["PLAN_ASSISTANT_DATA_DIR"] = str(settings.data_dir.resolve())
    assistant.register.close()
    uvicorn.run(
        "api.serving:worker",
        factory=True,
        workers=settings.workers,
        host=host,
        port=port,
        **_SERVED,
    )


def worker() -> FastAPI:
    """The application of one of several processes, from the settings of the environment."""
    from assistant import Assistant
    from assistant.settings import read_settings

    _log_requests()
    settings = read_settings()
    return application_of(Assistant.open(settings.data_dir, settings), settings)


def application_of(assistant: Assistant, settings: Settings) -> FastAPI:
    """The application, with what takes time to load made ready."""
    from api.app import create_app
    from assistant.grammar import load_parser

    load_parser()

    return create_app(assistant, settings)


def link(host: str, port: int, token: str) -> str:
    """The address of the pages with the token, as it is opened on this machine."""
    try:
        address = ipaddress.ip_address(host)
        named = "127.0.0.1" if address.is_unspecified else f"[{host}]" if address.version == 6 else host
    except ValueError:
        named = host
    return f"http://{named}:{port}/?{urlencode({'token': token})}"


def _log_requests() -> None:
    """Write each request as one line of JSON to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("plan_assistant.requests")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False
