"""What a reader left out and why: the hidden things that make a document restricted, and all else worth a line."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.records import Locator, ReadWarning

_PLACES_SHOWN = 6
_ABOUT = frozenset({"comments", "notes below the slides"})
"""Hidden words about the text: they are none of its rows."""
CROSSED_OUT = "Crossed out in the document, so no longer meant: left out, or withdrawn where it is a whole row"


@dataclass(slots=True)
class Findings:
    """Collects while a document is read. Equal hidden things become one warning with their places."""

    _hidden: dict[str, list[tuple[str, Locator | None]]] = field(default_factory=dict)
    _gathered: dict[str, list[tuple[str, Locator | None]]] = field(default_factory=dict)
    _notes: list[ReadWarning] = field(default_factory=list)

    def hide(self, what: str, place: str = "", locator: Locator | None = None) -> None:
        """Record something that an officer does not see and that was not read: `what` in the plural, "hidden rows"."""
        self._hidden.setdefault(what, []).append((place, locator))

    def gather(self, what: str, place: str = "", locator: Locator | None = None) -> None:
        """Record something visible that is read in its own way: `what` is a sentence without its stop."""
        self._gathered.setdefault(what, []).append((place, locator))

    def unread(self, words: str, locator: Locator | None = None) -> None:
        """Record something that an officer sees and that was not read, once."""
        self.note(words, locator, unread=True)

    def note(self, words: str, locator: Locator | None = None, unread: bool = False) -> None:
        """Record something else that is odd or uncertain, once."""
        warning = ReadWarning(words, locator, unread)
        if warning not in self._notes:
            self._notes.append(warning)

    @property
    def restricted(self) -> bool:
        return bool(self._hidden)

    @property
    def warnings(self) -> tuple[ReadWarning, ...]:
        hidden = (
            ReadWarning(_sentence(what, found), found[0][1], what not in _ABOUT) for what, found in self._hidden.items()
        )
        gathered = (ReadWarning(f"{what}{_where(found)}.", found[0][1]) for what, found in self._gathered.items())
        return (*hidden, *gathered, *self._notes)


def _where(found: list[tuple[str, Locator | None]]) -> str:
    places = list(dict.fromkeys(place for place, _ in found if place))
    shown = ", ".join(places[:_PLACES_SHOWN]) + (
        f" and {len(places) - _PLACES_SHOWN} more" if places[_PLACES_SHOWN:] else ""
    )
    return f" ({shown})" if shown else ""


def _sentence(what: str, found: list[tuple[str, Locator | None]]) -> str:
    where = _where(found)
    return f"Not read, as an officer does not see it: {what}{where}. The document is restricted until it is checked."
