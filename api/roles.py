"""Who may see what: roles, `access.toml` in the data folder, and keys and addresses of calendars that can be ended.

The file says which people and groups have which role, over which plans; README.md of this folder shows its form.
Of what is given out under a name (a key for a program, the private address of a calendar) the secret is told once, and
only its hash is kept, in a file of the data folder that nobody but the account of the service may read."""

import hashlib
import hmac
import logging
import os
import secrets
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.errors import SettingsError, StoreError
from assistant.labels import Audience, Care, Label, Only
from assistant.locks import hold

FILE_NAME = "access.toml"
Model = TypeVar("Model", bound=BaseModel)
_WAIT_SECONDS = 10.0


class Role(StrEnum):
    """What a reader is to the service, from the least to the most."""

    PUBLIC = "public"
    MEMBER = "member"
    OFFICER = "officer"
    INSPECTION = "inspection"
    OWNER = "owner"

    @property
    def labels(self) -> frozenset[Label]:
        narrow = {"public": {Label.PUBLIC}, "inspection": set(Label), "owner": set(Label)}
        return frozenset(narrow.get(self.value, {Label.PUBLIC, Label.INTERNAL}))

    @property
    def rank(self) -> int:
        return list(Role).index(self)


class How(StrEnum):
    """How it is known who asks."""

    NOT_KNOWN = "not known"
    TOKEN = "token"
    SESSION = "session"
    PROXY = "proxy"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asking, and as what. `plans` narrows what the role sees, where it is not empty."""

    name: str
    role: Role
    how: How = How.NOT_KNOWN
    plans: tuple[str, ...] = ()
    why: str = ""
    """Where the role comes from, in words."""

    @property
    def audience(self) -> Audience:
        """The labels of the role, and what narrows them."""
        narrowed: set[Label | Only | Care] = {Only(self.plans)} if self.plans else set()
        rounded = {Care.FEW_ROUNDED} if self.role is Role.MEMBER else set()
        return frozenset(self.role.labels | narrowed | rounded)

    @property
    def is_owner(self) -> bool:
        return self.role is Role.OWNER


NOBODY = Person("the public", Role.PUBLIC, why="nobody is signed in, so the reader is the public")


class Entry(BaseModel):
    """One person or one group."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1)
    role: Role
    plans: tuple[str, ...] = ()


class Access(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")

    person: tuple[Entry, ...] = ()
    group: tuple[Entry, ...] = ()

    def person_of(self, name: str, groups: Iterable[str], how: How) -> Person:
        """Who somebody of this name and these groups is: by an entry of their own, else by the widest of a group."""
        own = [one for one in self.person if one.name.casefold() == name.casefold()]
        wanted = {group.casefold() for group in groups}
        by_group = [one for one in self.group if one.name.casefold() in wanted]
        entries = own or by_group
        if not entries:
            return Person(name, Role.PUBLIC, how, why=f"{FILE_NAME} names neither {name} nor a group of theirs")
        role = (min if own else max)((one.role for one in entries), key=lambda one: one.rank)
        of_role = [one for one in entries if one.role is role]
        plans = () if any(not one.plans for one in of_role) and not own else sum((one.plans for one in of_role), ())
        named = "the person" if own else "the group"
        why = f'{FILE_NAME} gives {named} "{of_role[0].name}" the role {role.value}'
        return Person(name, role, how, tuple(dict.fromkeys(plans)), why)


def read_toml(path: Path, kind: type[Model], until: str) -> Model:
    """What a person wrote into a file; an empty one where there is none.

    Raises: SettingsError, which says what to mend and what holds until then."""
    try:
        return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return kind()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}. Mend it; {until}.") from error
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise SettingsError(f"{path}: {faults}. Mend it; {until}.") from error


def write_private(path: Path, data: bytes) -> None:
    """Write a file at once, readable by its owner alone. Raises: StoreError."""
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise StoreError(f'"{path}" cannot be written: {error.strerror}. Nothing was changed.') from error


def read_access(data_dir: Path) -> Access:
    """The file of a data folder; an empty one where there is none. Raises: SettingsError, which says what to mend."""
    return read_toml(data_dir / FILE_NAME, Access, "until then everybody is the public")


def access_or_none(data_dir: Path) -> Access:
    """The file of a data folder; nobody has a role where it cannot be read, and the log says why."""
    try:
        return read_access(data_dir)
    except SettingsError as error:
        logging.getLogger("plan_assistant").error("%s", error)
        return Access()


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


_GRANTS = TypeAdapter(list[Grant])


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
            return _GRANTS.validate_json(path.read_bytes())
        except FileNotFoundError:
            return []
        except (OSError, ValueError) as error:
            raise StoreError(f"{path} cannot be read: {error}. No {self.noun} holds until it is mended.") from error

    def make(self, data_dir: Path, name: str, role: Role, plans: tuple[str, ...] = (), **narrowed: str | None) -> str:
        """Make one and give its secret, which is told this once. Raises: SettingsError where the name is in use."""
        secret, now = f"{self.prefix}{secrets.token_urlsafe(32)}", datetime.now(UTC).isoformat(timespec="seconds")
        with hold(data_dir / f"{self.noun}s.lock", _WAIT_SECONDS):
            held = self.of(data_dir)
            if any(one.name == name and not one.ended for one in held):
                raise SettingsError(f'There is a {self.noun} "{name}" already. {self.how_to_end.format(name)}')
            self._write(data_dir, [*held, Grant(name, role, hash_of(secret), now, "", plans, **narrowed)])
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
        given = hash_of(secret)
        found = (one for one in self.of(data_dir) if hmac.compare_digest(one.hash, given) and not one.ended)
        return next(found, None)

    def _write(self, data_dir: Path, grants: list[Grant]) -> None:
        write_private(data_dir / f"{self.noun}s.json", _GRANTS.dump_json(grants, indent=1))


KEYS = Grants("key", "pa_", 'End it first: plan-assistant keys end "{}"', "plan-assistant keys list")
CALENDARS = Grants("calendar", "", "Withdraw it first, or choose another name.", "plan-assistant calendar")


def hash_of(secret: str) -> str:
    """A secret holds 256 random bits, so a plain hash cannot be turned back."""
    return hashlib.sha256(secret.encode()).hexdigest()
