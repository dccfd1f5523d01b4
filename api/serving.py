"""Running the web server."""

from __future__ import annotations

import ipaddress
import logging
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant import Assistant
    from assistant.settings import Settings


def run(assistant: Assistant, settings: Settings, host: str, port: int) -> None:
    """Serve until stopped. Only a server on the loopback address takes its readers for the owner."""
    import uvicorn

    from assistant.vectors import mend_if_free

    mend_if_free(settings, assistant.register)
    chosen = settings.model_copy(update={"host": host})
    if settings.workers == 1:
        _log_requests()
        application = application_of(assistant, chosen)
        uvicorn.run(application, host=host, port=port, log_level="info", access_log=False, proxy_headers=False)
        return
    os.environ["PLAN_ASSISTANT_HOST"] = host
    os.environ["PLAN_ASSISTANT_DATA_DIR"] = str(settings.data_dir.resolve())
    assistant.register.close()
    uvicorn.run(
        "api.serving:worker",
        factory=True,
        workers=settings.workers,
        host=host,
        port=port,
        log_level="info",
        access_log=False,
        proxy_headers=False,
    )


def worker() -> FastAPI:
    """The application of one of several processes, from the settings of the environment."""
    from assistant import Assistant
    from assistant.settings import read_settings

    _log_requests()
    settings = read_settings()
    return application_of(Assistant.open(settings.data_dir, settings), settings)


def application_of(assistant: Assistant, settings: Settings) -> FastAPI:
    """The application for the address that the settings name."""
    from api.app import create_app
    from assistant.grammar import load_parser

    load_parser()

    return create_app(assistant, settings, loopback_only=is_loopback(settings.host))


def is_loopback(host: str) -> bool:
    """True where only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _log_requests() -> None:
    """Write each request as one line of JSON to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("plan_assistant.requests")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False
