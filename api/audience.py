"""Who is reading over HTTP. Until there is sign-in everybody on the network is the public, save on this machine."""

from __future__ import annotations

from fastapi import Request

from assistant.records import OWNER, Audience, Label

PUBLIC: Audience = frozenset({Label.PUBLIC})
_THIS_MACHINE = frozenset({"127.0.0.1", "::1"})
_NAMES_OF_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
_PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def audience_of(request: Request) -> Audience:
    """The labels that the reader behind a request may see: all on the loopback address, else what is public."""
    return OWNER if is_owner(request) else PUBLIC


def is_owner(request: Request) -> bool:
    """True for a browser on this machine that asked this machine by its own name, with no proxy between them."""
    if not request.app.state.loopback_only or not request.client or request.client.host not in _THIS_MACHINE:
        return False
    passed_on = any(name in request.headers for name in _PASSED_ON)
    return not passed_on and request.url.hostname in _NAMES_OF_THIS_MACHINE


def may_upload(request: Request) -> bool:
    """True for a reader who may send plans: the owner, unless the settings say that nobody may."""
    return request.app.state.settings.uploads == "owner" and is_owner(request)
