"""What was given out under a name and can be ended: keys for programs, and private addresses of calendars.

Each is a secret that is told once; only its hash is kept, in a file of the data folder.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from api.private import write_private
from api.roles import Role
from assistant.errors import SettingsError, StoreError
from assistant.locks import hold

_WAIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Grant:
    """One of them: what its holder is, and what narrows what is seen. Moments are ISO, in UTC."""

    name: str
    role: Role
    hash: str
    made: str
    ended: str = ""
    """Empty for one that holds."""
    plans: tuple[str, ...] = ()
    owner: str | None = None
    section: str | None = None
    plan: str | None = None


@dataclass(frozen=True, slots=True)
class Grants:
    """All of one kind."""

    noun: str
    prefix: str
    how_to_end: str
    how_to_list: str

    def of(self, data_dir: Path) -> list[Grant]:
        """Every one that was made, ended ones too. Raises: StoreError where the file cannot be read."""
        path = data_dir / f"{self.noun}s.json"
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            return [Grant(**{**one, "role": Role(one["role"]), "plans": tuple(one.get("plans", ()))}) for one in held]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise StoreError(f"{path} cannot be read: {error}. No {self.noun} holds until it is mended.") from error

    def make(self, data_dir: Path, name: str, role: Role, plans: tuple[str, ...] = (), **narrowed: str | None) -> str:
        """Make one and give its secret, which is told this once. Raises: SettingsError where the name is in use."""
        secret, now = f"{self.prefix}{secrets.token_urlsafe(32)}", datetime.now(UTC).isoformat(timespec="seconds")
        with hold(data_dir / f"{self.noun}s.lock", _WAIT_SECONDS):
            held = self.of(data_dir)
            if any(one.name == name and not one.ended for one in held):
                raise SettingsError(f'There is a {self.noun} "{name}" already. {self.how_to_end.format(name)}')
            self._write(data_dir, [*held, Grant(name, role, _hash(secret), now, "", plans, **narrowed)])
        return secret

    def end(self, data_dir: Path, name: str) -> None:
        """Make it hold no longer, at once. Raises: SettingsError where none of this name holds."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with hold(data_dir / f"{self.noun}s.lock", _WAIT_SECONDS):
            held = self.of(data_dir)
            left = [replace(one, ended=now) if one.name == name and not one.ended else one for one in held]
            if left == held:
                raise SettingsError(f'No {self.noun} "{name}" holds. List them: {self.how_to_list}')
            self._write(data_dir, left)

    def held_by(self, data_dir: Path, secret: str) -> Grant | None:
        """The one with this secret, while it holds. Raises: StoreError."""
        given = _hash(secret)
        found = (one for one in self.of(data_dir) if hmac.compare_digest(one.hash, given) and not one.ended)
        return next(found, None)

    def _write(self, data_dir: Path, grants: list[Grant]) -> None:
        write_private(data_dir / f"{self.noun}s.json", json.dumps([asdict(one) for one in grants], indent=1).encode())


KEYS = Grants("key", "pa_", 'End it first: plan-assistant keys end "{}"', "plan-assistant keys list")
CALENDARS = Grants("calendar", "", "Withdraw it first, or choose another name.", "plan-assistant calendar")


def _hash(secret: str) -> str:
    """A secret holds 256 random bits, so a plain hash cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()
