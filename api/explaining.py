"""Why somebody may see a document, or may not, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

from api.identity import OWNER_NAME
from api.keys import keys_of
from api.roles import NOBODY, How, Person, Role, read_access
from assistant.errors import RecordNotFound, SettingsError
from assistant.labels import OWNER, Label
from assistant.locks import write_lock
from assistant.register import Held, Register, database_place
from assistant.settings import Settings


def explained(who: str, groups: Sequence[str], document: str, settings: Settings) -> list[str]:
    """Who `who` is to the service, how the document is labelled, and what follows, a sentence each.

    Args: who, a role, the name of a key, or a person as the way of signing in names them; groups, of a person.
    Raises: RecordNotFound for a document that is not held; SettingsError where access.toml cannot be read.
    """
    person = _person(who, groups, settings)
    with closing(Register.open(database_place(settings.data_dir, settings.database_url), create=False)) as register:
        held = _held(register, document)
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
        held = _held(register, document)
        register.relabel(held.source.document, label, label.value, held.hidden)
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
    key = next((one for one in keys_of(settings.data_dir) if who in (one.name, f"key {one.name}")), None)
    if key:
        if key.ended:
            raise SettingsError(f'The key "{key.name}" ended on {key.ended[:10]}: whoever sends it is refused.')
        return Person(f"key {key.name}", key.role, How.KEY, key.plans, f"the key was made with it on {key.made[:10]}")
    return read_access(settings.data_dir).person_of(who, groups, How.SESSION)


def _held(register: Register, document: str) -> Held:
    for one in register.held(OWNER):
        if document in (one.source.document, one.source.id):
            return one
    raise RecordNotFound(f'No document is called "{document}". List them: plan-assistant sources')
