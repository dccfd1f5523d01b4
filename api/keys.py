"""Keys for programs: made, listed and ended by command, each with a role. Only a hash of each is kept."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from api.private import write_private
from api.roles import How, Person, Role
from assistant.errors import SettingsError, StoreError
from assistant.locks import hold

FILE_NAME = "keys.json"
_LOCK = "keys.lock"
_WAIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Key:
    """One key. Moments are ISO, in UTC; `ended` is empty for one that holds."""

    name: str
    role: Role
    hash: str
    plans: tuple[str, ...]
    made: str
    ended: str = ""


def keys_of(data_dir: Path) -> list[Key]:
    """Every key that was made, ended ones too. Raises: StoreError where the file cannot be read."""
    try:
        held = json.loads((data_dir / FILE_NAME).read_text(encoding="utf-8"))
        return [Key(**{**one, "role": Role(one["role"]), "plans": tuple(one["plans"])}) for one in held]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(f"{data_dir / FILE_NAME} cannot be read: {error}. No key holds until it is mended.") from error


def make_key(data_dir: Path, name: str, role: Role, plans: tuple[str, ...] = ()) -> str:
    """Make a key and give its secret, which is told this once. Raises: SettingsError where the name is in use."""
    secret = f"pa_{secrets.token_urlsafe(32)}"
    with hold(data_dir / _LOCK, _WAIT_SECONDS):
        held = keys_of(data_dir)
        if any(one.name == name and not one.ended for one in held):
            raise SettingsError(f'There is a key "{name}" already. End it first: plan-assistant keys end "{name}"')
        _write(data_dir, [*held, Key(name, role, _hash(secret), plans, _now())])
    return secret


def end_key(data_dir: Path, name: str) -> None:
    """Make a key hold no longer, at once. Raises: SettingsError where no key of this name holds."""
    with hold(data_dir / _LOCK, _WAIT_SECONDS):
        held = keys_of(data_dir)
        if not any(one.name == name and not one.ended for one in held):
            raise SettingsError(f'No key "{name}" holds. List them: plan-assistant keys list')
        _write(data_dir, [replace(one, ended=_now()) if one.name == name and not one.ended else one for one in held])


def person_of_key(data_dir: Path, secret: str) -> Person | None:
    """Who sends this key; None where it is none that holds."""
    given = _hash(secret)
    try:
        held = keys_of(data_dir)
    except StoreError:
        return None
    found = [one for one in held if hmac.compare_digest(one.hash, given) and not one.ended]
    return Person(f"key {found[0].name}", found[0].role, How.KEY, found[0].plans, "a key") if found else None


def _write(data_dir: Path, keys: list[Key]) -> None:
    write_private(data_dir / FILE_NAME, json.dumps([asdict(one) for one in keys], indent=1).encode())


def _hash(secret: str) -> str:
    """A key is 256 random bits, so a plain hash cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
