"""The numbers and bullets that Word shows before list items and never writes in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.readers.docx.styles import W, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LEVELS = 9
BULLET = "-"


@dataclass(frozen=True, slots=True)
class Level:
    """One depth of a list: how its number looks, where it starts, which paragraph style uses it."""

    form: str = "decimal"
    pattern: str = "%1."
    start: int = 1
    style: str | None = None
    legal: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a document, counting as the paragraphs come."""

    root: _Element | None
    style_numbers: dict[str, str] = field(default_factory=dict)
    """Numbering style to the list's id that it names."""
    _lists: dict[str, str] = field(default_factory=dict)
    _levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    _links: dict[str, str] = field(default_factory=dict)
    _own: dict[str, dict[int, Level]] = field(default_factory=dict)
    _starts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _restarted: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.root is None:
            return
        for abstract in self.root.iter(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId", "")
            self._levels[key] = _levels(abstract)
            if link := value(abstract, "numStyleLink"):
                self._links[key] = link
        for number in self.root.iter(f"{W}num"):
            key = number.get(f"{W}numId", "")
            self._lists[key] = value(number, "abstractNumId") or ""
            self._own[key] = _levels(number)
            self._starts[key] = _starts(number)

    def level_of_style(self, number: str, style: str | None) -> int:
        """The depth at which a list shows paragraphs of a style."""
        levels = self._levels.get(self._abstract(number), {})
        return next((depth for depth, level in levels.items() if style and level.style == style), 0)

    def label(self, number: str, depth: int) -> str:
        """The bullet or number of the next item of a list; "" where the list shows none."""
        abstract = self._abstract(number)
        levels = {**self._levels.get(abstract, {}), **self._own.get(number, {})}
        level = levels.get(depth)
        if number == "0" or level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        start = self._starts.get(number, {}).get(depth)
        fresh = start is not None and (number, depth) not in self._restarted
        self._restarted.add((number, depth))
        counts[depth] = (
            (start if start is not None else level.start) if fresh or depth not in counts else counts[depth] + 1
        )
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        return _shown(level, levels, counts)

    def _abstract(self, number: str) -> str:
        abstract = self._lists.get(number, "")
        linked = self.style_numbers.get(self._links.get(abstract, ""), "")
        return self._lists.get(linked, abstract) if linked else abstract


def _levels(parent: _Element) -> dict[int, Level]:
    levels = {}
    for element in parent.iter(f"{W}lvl"):
        depth, start = element.get(f"{W}ilvl", ""), value(element, "start") or "1"
        if depth.isdigit() and int(depth) < _LEVELS:
            levels[int(depth)] = Level(
                value(element, "numFmt") or "decimal",
                value(element, "lvlText") or "",
                int(start) if start.isdigit() else 1,
                value(element, "pStyle"),
                element.find(f"{W}isLgl") is not None,
            )
    return levels


def _starts(number: _Element) -> dict[int, int]:
    """The levels that one use of a list starts again, and at which number."""
    found = {}
    for override in number.iter(f"{W}lvlOverride"):
        depth, start = override.get(f"{W}ilvl", ""), value(override, "startOverride") or ""
        if depth.isdigit() and start.isdigit():
            found[int(depth)] = int(start)
    return found


def _shown(level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    if level.form == "none":
        return ""
    if level.form == "bullet":
        return BULLET

    def one(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        other = levels.get(depth, Level())
        return written(counts.get(depth, other.start), "decimal" if level.legal else other.form)

    return re.sub(r"%([1-9])", one, level.pattern)


def written(number: int, form: str) -> str:
    """A number as a list shows it: written(4, "lowerRoman") is "iv"."""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return text.upper() if form == "upperLetter" else text
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        text = _roman(number)
        return text.upper() if form == "upperRoman" else text
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        text += letters * (number // size)
        number %= size
    return text
