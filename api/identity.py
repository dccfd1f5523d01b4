"""Who is asking: worked out once for each request, and the public unless something says otherwise.

An address, a host name or the absence of a header gives nobody anything.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_network
from pathlib import Path

from starlette.requests import HTTPConnection

from api.keys import person_of_key
from api.roles import NOBODY, How, Person, Role, access_or_none
from api.sessions import COOKIE, Sessions
from assistant.settings import Settings

SECRET_HEADER = "x-plan-assistant-secret"
OWNER_NAME = "the owner"


class NotKnown(Exception):
    """A request names somebody in a way that does not hold; it is refused, and not answered as the public's."""


@dataclass(frozen=True, slots=True)
class Identity:
    """How this server knows its readers."""

    settings: Settings
    sessions: Sessions

    @classmethod
    def of(cls, settings: Settings) -> Identity:
        idle, longest = settings.session_idle_minutes * 60.0, settings.session_hours * 3600.0
        return cls(settings, Sessions(settings.data_dir, idle, longest))

    @property
    def data_dir(self) -> Path:
        return self.settings.data_dir

    def person(self, request: HTTPConnection) -> Person:
        """Who sends a request. Raises: NotKnown for a key, a token or headers of a proxy that do not hold."""
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self._bearer(secret.strip())
        if self.settings.sign_in == "proxy":
            return self._proxied(request)
        return self._signed_in(request.cookies.get(COOKIE, ""))

    def begun(self, token: str) -> str | None:
        """The cookie of a new sign-in of the owner, who holds this token; None where the token is not the one."""
        if not self._is_token(token):
            return None
        return self.sessions.begin(OWNER_NAME, (), self._way())

    def _way(self) -> str:
        """What a session was begun by: a session ends with the token that began it, and with the way of signing in."""
        token = self.settings.token.get_secret_value() if self.settings.token else ""
        kind = self.settings.sign_in
        return f"{kind} {hashlib.sha256(token.encode()).hexdigest()[:16]}" if kind == "local" else kind

    def begun_by_provider(self, name: str, groups: tuple[str, ...], id_token: str) -> str:
        """The cookie of a new sign-in of somebody whom the identity provider named."""
        return self.sessions.begin(name, groups, self._way(), id_token)

    def _is_token(self, given: str) -> bool:
        token = self.settings.token
        if self.settings.sign_in != "local" or not token or not token.get_secret_value():
            return False
        return hmac.compare_digest(given.encode(), token.get_secret_value().encode())

    def _bearer(self, secret: str) -> Person:
        if self._is_token(secret):
            return Person(
                OWNER_NAME, Role.OWNER, How.TOKEN, why="the request carries the token that the server printed"
            )
        found = person_of_key(self.data_dir, secret)
        if found is None:
            raise NotKnown("The key or token is not one that holds. Ask the owner for another, or send none")
        return found

    def _proxied(self, request: HTTPConnection) -> Person:
        settings, headers = self.settings, request.headers
        secret = settings.proxy_secret.get_secret_value() if settings.proxy_secret else ""
        given = headers.getlist(SECRET_HEADER)
        if not secret or len(given) != 1 or not hmac.compare_digest(given[0].encode(), secret.encode()):
            return NOBODY
        if not request.client or not _among(request.client.host, settings.proxy_addresses):
            return NOBODY
        names, groups = headers.getlist(settings.proxy_user_header), headers.getlist(settings.proxy_groups_header)
        if len(names) > 1 or len(groups) > 1:
            raise NotKnown("The proxy named more than one reader. It must set its headers, and drop those it was sent")
        if not names or not names[0].strip():
            return NOBODY
        listed = [one.strip() for one in (groups[0] if groups else "").split(",") if one.strip()]
        return access_or_none(self.data_dir).person_of(names[0].strip(), listed, How.PROXY)

    def _signed_in(self, cookie: str) -> Person:
        session = self.sessions.find(cookie) if cookie else None
        if session is None or session.by != self._way():
            return NOBODY
        if session.name == OWNER_NAME and self.settings.sign_in == "local":
            return Person(
                OWNER_NAME, Role.OWNER, How.SESSION, why="the browser opened the link that the server printed"
            )
        found = access_or_none(self.data_dir).person_of(session.name, session.groups, How.SESSION)
        return replace(found, how=How.SESSION)


def _among(host: str, networks: str) -> bool:
    """Whether an address is one of these, or in one of these networks."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return any(address in ip_network(one.strip()) for one in networks.split(",") if one.strip())
