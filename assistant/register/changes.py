"""What the register tells of a load, and of what it holds."""

from dataclasses import dataclass, field

from assistant.records import Flag, Locator, ReadWarning, Source


@dataclass(frozen=True, slots=True)
class LoadChange:
    """What one load changed in a document's actions: `new + changed + same` are all that it now has."""

    new: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0
    passages: int = 0
    rewritten: int = 0
    """Actions and passages that were written or deleted for any reason: where a row stands may move too."""

    @property
    def actions(self) -> int:
        return self.new + self.changed + self.same


@dataclass(frozen=True, slots=True)
class Held:
    """A source as the register holds it, with what its last load said."""

    source: Source
    actions: int
    passages: int
    digest: str
    set_aside: tuple[tuple[Locator, str], ...] = ()
    warnings: tuple[ReadWarning, ...] = ()
    flags: tuple[Flag, ...] = ()
    continued: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    said: str = ""
    hidden: str = ""
    """Why nobody may see it whom its label would let; empty where its label alone decides."""
