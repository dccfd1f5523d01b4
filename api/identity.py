"""Who is asking: worked out once for each request, and the public unless something says otherwise.

An address, a host name or the absence of a header gives nobody anything. A sign-in is named by a cookie of 256 random
bits; a file of the data folder each holds who it is. So it is known to every worker, outlives none of its two ends
(unused for too long, and too long in all), and ends at once when its file is taken away."""

import hmac
import os
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from pathlib import Path

from pydantic import TypeAdapter
from starlette.requests import HTTPConnection

from api.here import document_of
from api.roles import KEYS, NOBODY, How, Person, Role, access_or_none, hash_of, read_access, write_private
from assistant.errors import SettingsError, StoreError
from assistant.labels import OWNER, Label
from assistant.locks import write_lock
from assistant.register import Register, database_place
from assistant.settings import Settings

COOKIE, SECRET_HEADER, OWNER_NAME = "plan_assistant", "x-plan-assistant-secret", "the owner"
_TOUCH_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in: the name and groups that the way of signing in gave, `by` which way, and when, in seconds."""

    name: str
    groups: tuple[str, ...]
    by: str
    began: float
    id_token: str = ""


_SESSION = TypeAdapter(Session)


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sign-ins of one data folder."""

    data_dir: Path
    idle_seconds: float
    longest_seconds: float
    clock: Callable[[], float] = time.time

    def begin(self, name: str, groups: tuple[str, ...], by: str, id_token: str = "") -> str:
        """Keep a sign-in, and give the cookie that names it. Raises: StoreError."""
        holding = self.every()
        for place in set(self._folder.glob("*.json")) - holding.keys():
            place.unlink(missing_ok=True)
        cookie = secrets.token_urlsafe(32)
        write_private(self._place(cookie), _SESSION.dump_json(Session(name, groups, by, self.clock(), id_token)))
        return cookie

    def find(self, cookie: str) -> Session | None:
        """The sign-in that a cookie names, while it holds; its use keeps it."""
        session = self._held(place := self._place(cookie))
        with suppress(FileNotFoundError):
            if session and self.clock() - place.stat().st_mtime > _TOUCH_SECONDS:
                os.utime(place, (self.clock(), self.clock()))
        return session

    def end(self, cookie: str) -> None:
        """End the sign-in that a cookie names."""
        self._place(cookie).unlink(missing_ok=True)

    def every(self) -> dict[Path, Session]:
        """The sign-ins that hold by the files that hold them, the oldest first."""
        held = {place: session for place in self._folder.glob("*.json") if (session := self._held(place))}
        return dict(sorted(held.items(), key=lambda pair: pair[1].began))

    def end_of(self, name: str) -> int:
        """End every sign-in of a name; how many there were."""
        ended = [place for place, held in self.every().items() if held.name == name]
        for place in ended:
            place.unlink(missing_ok=True)
        return len(ended)

    @property
    def _folder(self) -> Path:
        return self.data_dir / "sessions"

    def _held(self, place: Path) -> Session | None:
        try:
            used, session = place.stat().st_mtime, _SESSION.validate_json(place.read_bytes())
        except (OSError, ValueError):
            return None
        now = self.clock()
        return session if now - used < self.idle_seconds and now - session.began < self.longest_seconds else None

    def _place(self, cookie: str) -> Path:
        """The file has the hash of the cookie for its name: whoever reads the folder cannot sign in by it."""
        return self._folder / f"{hash_of(cookie)}.json"


class NotKnown(Exception):
    """A request names somebody in a way that does not hold; it is refused, and not answered as the public's."""


class Identity:
    """How this server knows its readers."""

    def __init__(self, settings: Settings) -> None:
        idle, longest = settings.session_idle_minutes * 60.0, settings.session_hours * 3600.0
        self.settings, self.sessions = settings, Sessions(settings.data_dir, idle, longest)

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
        return self.sessions.begin(OWNER_NAME, (), self.way)

    @property
    def way(self) -> str:
        """What a session was begun by: a session ends with the token that began it, and with the way of signing in."""
        token = self.settings.token.get_secret_value() if self.settings.token else ""
        kind = self.settings.sign_in
        return f"{kind} {hash_of(token)[:16]}" if kind == "local" else kind

    def _is_token(self, given: str) -> bool:
        token = self.settings.token.get_secret_value() if self.settings.token else ""
        known = self.settings.sign_in == "local" and token
        return bool(known) and hmac.compare_digest(given.encode(), token.encode())

    def _bearer(self, secret: str) -> Person:
        if self._is_token(secret):
            why = "the request carries the token that the server printed"
            return Person(OWNER_NAME, Role.OWNER, How.TOKEN, why=why)
        with suppress(StoreError):
            if key := KEYS.held_by(self.settings.data_dir, secret):
                return Person(f"key {key.name}", key.role, How.KEY, key.plans, "a key")
        raise NotKnown("The key or token is not one that holds. Ask the owner for another, or send none")

    def _proxied(self, request: HTTPConnection) -> Person:
        settings, headers = self.settings, request.headers
        secret = settings.proxy_secret.get_secret_value() if settings.proxy_secret else ""
        given = headers.getlist(SECRET_HEADER)
        if not secret or len(given) != 1 or not hmac.compare_digest(given[0].encode(), secret.encode()):
            return NOBODY
        networks = [ip_network(one.strip()) for one in settings.proxy_addresses.split(",") if one.strip()]
        try:
            if not request.client or not any(ip_address(request.client.host) in one for one in networks):
                return NOBODY
        except ValueError:
            return NOBODY
        names, groups = headers.getlist(settings.proxy_user_header), headers.getlist(settings.proxy_groups_header)
        if len(names) > 1 or len(groups) > 1:
            raise NotKnown("The proxy named more than one reader. It must set its headers, and drop those it was sent")
        if not names or not names[0].strip():
            return NOBODY
        listed = [one.strip() for one in (groups[0] if groups else "").split(",") if one.strip()]
        return access_or_none(self.settings.data_dir).person_of(names[0].strip(), listed, How.PROXY)

    def _signed_in(self, cookie: str) -> Person:
        session = self.sessions.find(cookie) if cookie else None
        if session is None or session.by != self.way:
            return NOBODY
        if session.name == OWNER_NAME and self.settings.sign_in == "local":
            why = "the browser opened the link that the server printed"
            return Person(OWNER_NAME, Role.OWNER, How.SESSION, why=why)
        return access_or_none(self.settings.data_dir).person_of(session.name, session.groups, How.SESSION)


def explained(who: str, groups: Sequence[str], document: str, settings: Settings) -> list[str]:
    """Who `who` is to the service, how the document is labelled, and what follows, a sentence each.

    Args: who, a role, the name of a key, or a person as the way of signing in names them; groups, of a person.
    Raises: RecordNotFound for a document that is not held; SettingsError where access.toml cannot be read."""
    person = _person(who, groups, settings)
    with closing(Register.open(database_place(settings.data_dir, settings.database_url), create=False)) as register:
        held = document_of(register.held(OWNER), document)
        seen = any(one.document == held.source.document for one in register.sources(person.audience))
    said = "as somebody said" if held.said else "which is the default, since nobody said anything else"
    labels = ", ".join(label for label in Label if label in person.role.labels)
    lines = [
        f"{'Yes' if seen else 'No'}: {person.name} {'may' if seen else 'may not'} see {held.source.document}.",
        f"Who: {person.name} has the role {person.role.value}. {person.why[:1].upper()}{person.why[1:]}.",
        f"Label: {held.source.document} is {held.source.label.value}, {said}.",
        f"The role {person.role.value} sees what is {labels}.",
    ]
    if person.plans:
        lines.append(f"Of that, only plans whose file name is like {' or '.join(person.plans)}.")
    if held.hidden:
        lines.append(f"It is hidden from all who do not see what is restricted, because {held.hidden}.")
    return lines


def widen(document: str, label: Label, settings: Settings) -> str:
    """Give a document a label, wider ones too, and say what it was. Raises: RecordNotFound, StoreBusy."""
    with (
        write_lock(settings.data_dir, settings.lock_wait_seconds),
        closing(Register.open(database_place(settings.data_dir, settings.database_url), create=False)) as register,
    ):
        held = document_of(register.held(OWNER), document)
        register.describe(held.source.document, label=label.value, said=label.value, hidden=held.hidden)
    words = f"{held.source.document} was {held.source.label.value} and is {label.value} from now on."
    narrower = "A manifest that says something narrower wins at the next load."
    return f"{words} It stays hidden, because {held.hidden}." if held.hidden else f"{words} {narrower}"


def _person(who: str, groups: Sequence[str], settings: Settings) -> Person:
    if who in list(Role):
        return Person(f"a reader in the role {who}", Role(who), why="the role itself was asked about")
    if who == NOBODY.name:
        return NOBODY
    if who == OWNER_NAME and settings.sign_in == "local":
        return Person(who, Role.OWNER, why="whoever holds the token is the owner")
    key = next((one for one in KEYS.of(settings.data_dir) if who in (one.name, f"key {one.name}")), None)
    if key:
        if key.ended:
            raise SettingsError(f'The key "{key.name}" ended on {key.ended[:10]}: whoever sends it is refused.')
        return Person(f"key {key.name}", key.role, How.KEY, key.plans, f"the key was made with it on {key.made[:10]}")
    return read_access(settings.data_dir).person_of(who, groups, How.SESSION)
