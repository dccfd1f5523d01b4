"""Sign-ins that hold: a signed cookie names one, a file of the data folder each holds who it is.

So a sign-in is known to every worker, outlives none of its two ends (unused for too long, and too long in all), and
ends at once when its file is taken away.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from itsdangerous import BadSignature, Signer

from api.private import kept_secret, write_private
from assistant.errors import StoreError

COOKIE = "plan_assistant"
_FOLDER, _SECRET = "sessions", "session.key"
_TOUCH_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in: the name and groups that the way of signing in gave, `by` which way, and when, in seconds."""

    name: str
    groups: tuple[str, ...]
    by: str
    began: float
    id_token: str = ""


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sign-ins of one data folder."""

    data_dir: Path
    idle_seconds: float
    longest_seconds: float
    clock: Callable[[], float] = time.time

    def begin(self, name: str, groups: tuple[str, ...], by: str, id_token: str = "") -> str:
        """Keep a sign-in, and give the cookie that names it. Raises: StoreError."""
        self._sweep()
        identity = secrets.token_urlsafe(32)
        session = Session(name, groups, by, self.clock(), id_token)
        write_private(self._place(identity), json.dumps(asdict(session)).encode())
        return self._signer().sign(identity).decode()

    def find(self, cookie: str) -> Session | None:
        """The sign-in that a cookie names, while it holds."""
        place = self._signed(cookie)
        session = self._held(place) if place else None
        with suppress(FileNotFoundError):
            if session and place and self.clock() - place.stat().st_mtime > _TOUCH_SECONDS:
                os.utime(place, (self.clock(), self.clock()))
        return session

    def end(self, cookie: str) -> None:
        """End the sign-in that a cookie names."""
        if place := self._signed(cookie):
            place.unlink(missing_ok=True)

    def every(self) -> list[Session]:
        """The sign-ins that hold, the oldest first."""
        held = [session for place in self._places() if (session := self._held(place))]
        return sorted(held, key=lambda one: one.began)

    def end_of(self, name: str) -> int:
        """End every sign-in of a name; how many there were."""
        ended = [place for place in self._places() if (held := self._held(place)) and held.name == name]
        for place in ended:
            place.unlink(missing_ok=True)
        return len(ended)

    def _held(self, place: Path) -> Session | None:
        try:
            used = place.stat().st_mtime
            said = json.loads(place.read_bytes())
            session = Session(**{**said, "groups": tuple(said["groups"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None
        now = self.clock()
        return session if now - used < self.idle_seconds and now - session.began < self.longest_seconds else None

    def _sweep(self) -> None:
        for place in self._places():
            if self._held(place) is None:
                place.unlink(missing_ok=True)

    def _places(self) -> list[Path]:
        return sorted((self.data_dir / _FOLDER).glob("*.json"))

    def _place(self, identity: str) -> Path:
        return self.data_dir / _FOLDER / f"{hashlib.sha256(identity.encode()).hexdigest()}.json"

    def _signed(self, cookie: str) -> Path | None:
        try:
            return self._place(self._signer().unsign(cookie).decode())
        except (BadSignature, UnicodeError, StoreError):
            return None

    def _signer(self) -> Signer:
        return Signer(kept_secret(self.data_dir / _SECRET), salt=COOKIE, digest_method=hashlib.sha256)
