"""Roles, and `access.toml` in the data folder: which people and groups have which role, over which plans.

```toml
[[group]]
name = "Children's services"
role = "officer"            # public, member, officer, inspection or owner

[[person]]
name = "a.clerk@fenbridge.example"
role = "member"
plans = ["send-*"]          # only plans whose file name is like one of these; all where nothing is said
```
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from api.private import read_toml
from assistant.errors import SettingsError
from assistant.labels import Audience, Care, Label, Only

FILE_NAME = "access.toml"
_SEEN = {
    "public": {Label.PUBLIC},
    "member": {Label.PUBLIC, Label.INTERNAL},
    "officer": {Label.PUBLIC, Label.INTERNAL},
    "inspection": set(Label),
    "owner": set(Label),
}


class Role(StrEnum):
    """What a reader is to the service, from the least to the most."""

    PUBLIC = "public"
    MEMBER = "member"
    OFFICER = "officer"
    INSPECTION = "inspection"
    OWNER = "owner"

    @property
    def labels(self) -> frozenset[Label]:
        return frozenset(_SEEN[self.value])

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
