"""How OpenDocument shows things: named styles on their parents; and its namespaces."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml.etree import _Element

from ingest.readers.looks import Look as LetterLook
from ingest.readers.looks import laid_over, parse

_ROOT = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_ROOT}office:1.0}}"
TEXT = f"{{{_ROOT}text:1.0}}"
TABLE = f"{{{_ROOT}table:1.0}}"
STYLE = f"{{{_ROOT}style:1.0}}"
DRAW = f"{{{_ROOT}drawing:1.0}}"
NUMBER = f"{{{_ROOT}datastyle:1.0}}"
FO = f"{{{_ROOT}xsl-fo-compatible:1.0}}"
MANIFEST = f"{{{_ROOT}manifest:1.0}}"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


_LONGEST_CHAIN = 12
_PROPERTIES = ("text", "paragraph", "table-cell", "table-row", "table-column", "table")


@dataclass(frozen=True, slots=True)
class Look(LetterLook):
    """What a style says in all; None where nothing on its way says anything. Size in points."""

    data: str | None = None
    """The name of the style that shapes numbers and dates."""
    outline: int | None = None
    displayed: bool | None = None
    """False where a table with this style is not displayed."""
    conditions: tuple[tuple[str, str, str], ...] | None = None
    """Conditions of the older kind, each with the style that it puts on and the cell that it was written for."""


NO_LOOK = Look()


@dataclass(slots=True)
class Styles:
    """The styles of a document by family and name. A style is known by its name as shown, too."""

    roots: tuple[_Element, ...]
    _elements: dict[tuple[str, str], _Element] = field(default_factory=dict)
    _done: dict[tuple[str, str], Look] = field(default_factory=dict)
    _daily: set[str] = field(default_factory=set)
    lists: dict[str, _Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for root in self.roots:
            for element in root.iter(f"{STYLE}style", f"{STYLE}default-style"):
                family = element.get(f"{STYLE}family", "")
                for name in (element.get(f"{STYLE}name", ""), element.get(f"{STYLE}display-name")):
                    if name is not None:
                        self._elements[family, name] = element
            for element in root.iter(f"{TEXT}list-style"):
                self.lists[element.get(f"{STYLE}name", "")] = element
            for element in root.iter(f"{NUMBER}date-style"):
                if element.find(f"{NUMBER}day") is not None or element.get(f"{NUMBER}format-source") == "language":
                    self._daily.add(element.get(f"{STYLE}name", ""))

    def look(self, family: str, name: str | None) -> Look:
        """The look of a style; nothing where there is none of that name."""
        key = (family, name or "")
        if name is None or key not in self._elements:
            return NO_LOOK
        if key not in self._done:
            self._done[key] = self._work_out(family, name)
        return self._done[key]

    def shows_day(self, look: Look) -> bool:
        """Whether dates in a cell of this look name the day of the month."""
        return look.data is None or look.data in self._daily

    def _work_out(self, family: str, name: str) -> Look:
        look = NO_LOOK
        for _ in range(_LONGEST_CHAIN):
            element = self._elements.get((family, name))
            if element is None:
                break
            look = laid_over(look, _own(element))
            name = element.get(f"{STYLE}parent-style-name", "\0")
        return look


def _own(style: _Element) -> Look:
    parts = {kind: style.find(f"{STYLE}{kind}-properties") for kind in _PROPERTIES}
    found = [part for part in parts.values() if part is not None]
    outline = style.get(f"{STYLE}default-outline-level", "")
    size = re.fullmatch(r"(\d{1,4}(?:\.\d{1,3})?)pt", _get(found, f"{FO}font-size") or "")
    weight, hidden = _get(found, f"{FO}font-weight"), _get(found, f"{TEXT}display")
    line = _get(found, f"{STYLE}text-line-through-style")
    maps = (
        tuple(part.get(f"{STYLE}{name}", "") for name in ("condition", "apply-style-name", "base-cell-address"))
        for part in style.iterfind(f"{STYLE}map")
    )
    return Look(
        bold=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        size=float(size[1]) if size else None,
        colour=parse(_get([part for part in (parts["text"],) if part is not None], f"{FO}color")),
        fill=parse(_get(found, f"{FO}background-color")),
        hidden=None if hidden is None else hidden == "none",
        struck=None if line is None else line != "none",
        data=style.get(f"{STYLE}data-style-name"),
        outline=int(outline) if outline.isdigit() and int(outline) else None,
        displayed=False if _get(found, f"{TABLE}display") == "false" else None,
        conditions=tuple((condition, name, base) for condition, name, base in maps) or None,
    )


def _get(parts: Iterable[_Element], name: str) -> str | None:
    return next((value for part in parts if (value := part.get(name)) is not None), None)
