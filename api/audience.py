"""Who is reading over HTTP, as the gate has worked it out for this request."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from api.roles import NOBODY, Person
from assistant.labels import Audience, Care


def person_of(request: HTTPConnection) -> Person:
    """Who sends the request; the public where nothing is known of it."""
    found = getattr(request.state, "person", NOBODY)
    return found if isinstance(found, Person) else NOBODY


def audience_of(request: HTTPConnection) -> Audience:
    """What the reader behind a request may see."""
    return person_of(request).audience


def audience_for(request: HTTPConnection, reader: str) -> Audience:
    """What the reader may see, told as this kind of reader is told it: to a member no small number of children."""
    audience = audience_of(request)
    return audience | {Care.FEW_ROUNDED} if reader == "member" else audience


def may_upload(request: HTTPConnection) -> bool:
    """True for a reader who may send plans: an owner, unless the settings say that nobody may."""
    return request.app.state.settings.uploads == "owner" and person_of(request).is_owner
