"""Who is reading over HTTP. Until there is sign-in everybody on the network is the public, save on this machine."""

from __future__ import annotations

from fastapi import Request

from assistant.records import OWNER, Audience, Label

PUBLIC: Audience = frozenset({Label.PUBLIC})
_THIS_MACHINE = frozenset({"127.0.0.1", "::1"})


def audience_of(request: Request) -> Audience:
    """The labels that the reader behind a request may see: all on the loopback address, else what is public."""
    served_on_loopback = request.app.state.loopback_only
    return OWNER if served_on_loopback and request.client and request.client.host in _THIS_MACHINE else PUBLIC
