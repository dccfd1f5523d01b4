"""Names of fields before or above their values: "Lead: ...", "Lead - ...", "Lead" alone over the line that says who."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self

from assistant.records import Locator
from ingest.layout.drafts import Piece, Role
from ingest.layout.headings import EXACT, LIKELY, OF_EACH, SURE, best_role, names_state, names_theme
from ingest.layout.statuswords import short_status
from ingest.layout.units import Unit
from ingest.layout.words import normal, plain, without_bullet

NAMED = 0.8
_OFTEN = 3
"""So many names in one block need no colon; a name that stands so often alone may be doubtful."""
_LONGEST_LABEL = 8
_BELOW = 0.8
"""The share of labels alone in a line whose value stands directly below."""
BESIDE = frozenset({Role.OWNER, Role.DUE, Role.STATUS})
"""What stands beside an action: who, when and how far."""
_DASHED = re.compile(r"(?P<label>[A-Z][\w' /?]{1,40}?)\s+[-–—]\s+(?P<value>\S.*)")
_LABEL = re.compile(
    r"(?:^|(?<=\n)|(?<=[|;,.)]\s)|(?<=\s\s)|(?<=[–—-]\s))(?P<label>[A-Z][A-Za-z0-9\s/&()'’?.#-]{0,40}?)\s*[:=](?!//)\s*"
)
_STATE_LAST = re.compile(r"\s+[\[(](?P<state>[^\[\]()]{2,40})[\])]\s*$")
"""A state in brackets behind the last value."""
_WIDE = re.compile(r"(?<=\S)(?:\t| {3,})(?=[A-Z][A-Za-z /]{1,30}:\s)")
"""White space that parts one labelled value from the next label in a line."""
_LEADER = re.compile(r"^(?P<label>\s*[A-Z][A-Za-z /]{1,30}?)\s*(?:\.{3,}|…+)\s+(?=\S)")
"""A label with dots up to its value."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label at the beginning of some words, and these words. `number` is the number in the label: "Action 3"."""

    role: Role
    value: str
    number: str | None = None
    label: str = ""


def labels_of(line: str, least: float = NAMED) -> list[Labelled]:
    """The labelled parts of a line, in order; empty unless the line begins with a label that names a role surely."""
    text = without_bullet(plain(_WIDE.sub(" | ", _LEADER.sub(r"\g<label>: ", line))))
    first = _LABEL.match(text)
    if first is None or numbered_role(first["label"], least)[0] is None:
        return []
    named = ((match, *numbered_role(match["label"], least)) for match in _LABEL.finditer(text))
    found = [(match, role, number) for match, role, number in named if role is not None]
    state = None if any(role is Role.STATUS for _, role, _ in found) else _STATE_LAST.search(text)
    said = state["state"] if state and short_status(state["state"].partition(" - ")[0]) else ""
    text = text[: state.start()] if state and said else text
    ends = [match.start() for match, _, _ in found[1:]] + [len(text)]
    parts = [
        Labelled(
            role,
            text[match.end() : end].replace("\n", " ").strip(" |;,–—-"),
            number,
            normal(match["label"].removesuffix(number or "")),
        )
        for (match, role, number), end in zip(found, ends, strict=True)
    ]
    return [*parts, Labelled(Role.STATUS, said, label="status")] if said else parts


def role_of(label: str, least: float = LIKELY) -> Role | None:
    """The role that a label names."""
    role, score = best_role(label)
    return role if score >= least else None


def numbered_role(label: str, least: float = NAMED) -> tuple[Role | None, str | None]:
    """The role of a label at the beginning of a line, and the number in it."""
    number = re.search(r"\b([A-Z]{0,3}\d+(?:\.\d+)*[a-z]?)\s*$", label)
    words = label[: number.start()].strip() if number else label
    sentence = re.search(r"\w{3}\. +[A-Z]", words)  # "Publish the pledge. Lead" is no name
    short = 0 < len(OF_EACH.sub("", words).split()) < _LONGEST_LABEL - 1
    role = role_of(words, least) if short and not sentence else None
    return role, number[1] if number and role else None


KEY_FIELDS = frozenset({*BESIDE, Role.COMPLETED, Role.START})
"""The fields that make labels those of an action: who, when, how far."""


@dataclass(slots=True)
class Record:
    """One action with the pieces of each of its labels. `first` and `taken` are numbers of items."""

    first: int = -1
    title: Piece | None = None
    """The line over the labels."""
    inside: bool = False
    """True where the title is a line of the table that holds the labels."""
    listed: bool = False
    """True where the title begins as an item of a list does, or a line with a number stands over it."""
    number: Piece | None = None
    values: dict[str, list[Piece]] = field(default_factory=dict)
    over: dict[Role, Piece] = field(default_factory=dict)
    """What a line above says for all records below it: "Lead for all actions: ..."."""
    places: list[Locator] = field(default_factory=list)
    """The places of all its lines; empty where it stands in a table."""
    taken: set[int] = field(default_factory=set)

    @property
    def roles(self) -> set[Role | None]:
        return {role_of(label) for label in self.values}

    @property
    def strength(self) -> int:
        """How many of owner, dates and status it names."""
        return len(KEY_FIELDS & self.roles)

    def of(self, pairs: Iterable[tuple[str, Iterable[Piece]]]) -> Self:
        """The record with these labels and the cells beside each."""
        for label, pieces in pairs:
            self.values.setdefault(normal(label), []).extend(piece for piece in pieces if not piece.blank)
        return self

    def pieces(self, role: Role) -> list[Piece]:
        return [piece for label in self.values if role_of(label) is role for piece in self.values[label]]


_Found = list[tuple[Unit, list[Labelled]]]


def labelled(units: Sequence[Unit], names: Sequence[str]) -> _Found:
    """The lines of one block, each with its labels.

    Args: names, the labels that stand alone in lines of the document.
    """
    found: _Found = []
    for unit in units:
        alone = unit.text.rstrip(" :").strip().lower()
        role = role_of(alone) if alone in names else None
        labels = [Labelled(role, "", label=alone)] if role else labels_of(unit.piece.text.lstrip("# "))
        found.append((unit, [] if names_theme(unit.text) else labels))
    if (
        len({part.role for _, parts in found for part in parts} & {*KEY_FIELDS, Role.PROGRESS}) >= 2
    ):  # then doubtful names count, too
        found = [(unit, parts or labels_of(unit.piece.text, LIKELY)) for unit, parts in found]
    return _with_dashes(_with_bare(found))


def names_of(units: Sequence[Unit]) -> tuple[str, ...]:
    """The labels that stand alone in lines of the document, their values below; empty where these are no records."""
    alone = [(at, name) for at, unit in enumerate(units) if (name := _alone(unit))]
    below = [  # no blank line stands between; formats without lines have none
        at + 1 < len(units) and (not units[at + 1].apart or units[at + 1].piece.locator.line_start is None)
        for at, _ in alone
    ]
    if not below or sum(below) < _BELOW * len(below):
        return ()
    often = Counter(name for _, name in alone)
    names = tuple(name for name, times in often.items() if times >= _OFTEN or best_role(name)[1] >= EXACT)
    counts = Counter({role_of(name): often[name] for name in sorted(names, key=often.__getitem__)})
    for unit in units:
        counts.update(part.role for part in labels_of(unit.text) if not _alone(unit))
    beside = max((counts[role] for role in BESIDE), default=0)
    stated = 0 < beside * _BELOW <= counts[Role.ACTION]  # fewer head lists of actions: "What we will do"
    return names if stated and len(names) > 1 else ()


def _alone(unit: Unit) -> str:
    """The label that the whole line is, empty where it is none."""
    name = unit.text.rstrip(" :").strip().lower()
    least = LIKELY if unit.text.rstrip().endswith(":") else SURE
    named = bool(name) and ":" not in name and len(name.split()) <= _LONGEST_LABEL and best_role(name)[1] >= least
    return name if named and not names_state(name) else ""


def _with_bare(found: _Found) -> _Found:
    """The lines with those that are nothing but the name of a field as labels, where the value stands below each.

    Beside labels with a colon one is enough, else three make a record; names one below the other head columns.
    """
    names = ["" if labels else _alone(unit) for unit, labels in found]
    bare = [at for at, name in enumerate(names) if name and best_role(name)[1] >= EXACT]
    apart = all(at + 1 < len(found) and not found[at + 1][1] and at + 1 not in bare for at in bare)
    if not bare or not apart or (len(bare) < _OFTEN and not any(labels for _, labels in found)):
        return found
    return [
        (unit, [Labelled(best_role(names[at])[0] or Role.OTHER, "", label=names[at])] if at in bare else labels)
        for at, (unit, labels) in enumerate(found)
    ]


def _with_dashes(found: _Found) -> _Found:
    """The lines with those parted by a dash after the name of a field as labels, where there are two or more."""
    parts = [(unit, _DASHED.fullmatch(unit.text)) for unit, _ in found]
    dashed = [(unit, labels_of(f"{part['label']}: {part['value']}", EXACT) if part else []) for unit, part in parts]
    few = sum(bool(labels) for _, labels in dashed) < 2
    return found if few or any(labels for _, labels in found) else dashed
