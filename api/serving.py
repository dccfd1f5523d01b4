"""Running the web server."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.settings import Settings


def run(assistant: Assistant, settings: Settings, host: str, port: int) -> None:
    """Serve until stopped. Only a server on the loopback address takes its readers for the owner."""
    import uvicorn

    from api.app import create_app
    from assistant.vectors import mend_if_free

    mend_if_free(settings, assistant.register)
    application = create_app(assistant)
    application.state.loopback_only = is_loopback(host)
    uvicorn.run(application, host=host, port=port, log_level="info", access_log=False)


def is_loopback(host: str) -> bool:
    """True where only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
