"""How Word shows a run of text: styles on styles, then what stands on the run itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.readers.looks import Rgb, from_bytes, mixed, parse, tinted

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ON = (None, "1", "true", "on")
_THEME_NAMES = {
    "background1": "lt1", "text1": "dk1", "background2": "lt2", "text2": "dk2",
    "light1": "lt1", "dark1": "dk1", "light2": "lt2", "dark2": "dk2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
_LONGEST_CHAIN = 12


@dataclass(frozen=True, slots=True)
class Look:
    """What a run or a style says of itself; None where it says nothing. Size in points."""

    bold: bool | None = None
    size: float | None = None
    colour: Rgb | None = None
    fill: Rgb | None = None
    hidden: bool | None = None
    link: bool = False
    struck: bool | None = None
    font: str | None = None

    def over(self, below: Look) -> Look:
        """This look laid over another."""
        return Look(
            below.bold if self.bold is None else self.bold,
            below.size if self.size is None else self.size,
            self.colour or below.colour,
            self.fill or below.fill,
            below.hidden if self.hidden is None else self.hidden,
            self.link or below.link,
            below.struck if self.struck is None else self.struck,
            self.font or below.font,
        )


@dataclass(frozen=True, slots=True)
class Style:
    """A named style with what it is based on: `outline`, a heading's level from 1; `number`, a list and its level."""

    look: Look = Look()
    name: str = ""
    outline: int | None = None
    number: tuple[str | None, int | None] = (None, None)


@dataclass(slots=True)
class Styles:
    """The styles of a document, worked out as they are asked for."""

    root: _Element | None
    theme: dict[str, Rgb]
    _elements: dict[str, _Element] = field(default_factory=dict)
    _done: dict[str, Style] = field(default_factory=dict)
    _first: str | None = None

    def __post_init__(self) -> None:
        for element in self.root.iter(f"{W}style") if self.root is not None else ():
            name = element.get(f"{W}styleId", "")
            self._elements[name] = element
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true"):
                self._first = name

    def get(self, name: str | None) -> Style:
        """The style of that id; the document's default for a paragraph without one."""
        name = name if name in self._elements else self._first
        if name is None:
            return Style()
        if name not in self._done:
            self._done[name] = self._work_out(name)
        return self._done[name]

    def character(self, name: str | None) -> Look:
        """The look of a character style; nothing where there is none."""
        return self.get(name).look if name in self._elements else Look()

    def look(self, properties: _Element | None) -> Look:
        """What a `w:rPr` says."""
        if properties is None:
            return Look()
        style = value(properties, "rStyle")
        own = replace(
            self._stated(properties, style or ""),
            fill=self.fill_of(properties) or parse(value(properties, "highlight")),
        )
        return own.over(self.character(style))

    def _stated(self, properties: _Element, style: str) -> Look:
        """What a `w:rPr` says of letters, be it that of a run or that of a style of this name."""
        fonts = properties.find(f"{W}rFonts")
        struck = switch(properties, "strike"), switch(properties, "dstrike")
        return Look(
            switch(properties, "b"),
            _half_points(value(properties, "sz")),
            self.colour_of(properties.find(f"{W}color"), "val", "themeColor", "themeTint", "themeShade"),
            None,
            switch(properties, "vanish"),
            "link" in style.lower(),
            None if struck == (None, None) else any(struck),
            (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")) if fonts is not None else None,
        )

    def fill_of(self, properties: _Element | None) -> Rgb | None:
        """The shading that a `w:tcPr`, `w:pPr` or `w:rPr` says."""
        shade = properties.find(f"{W}shd") if properties is not None else None
        if shade is None or shade.get(f"{W}val") == "nil":
            return None
        back = self.colour_of(shade, "fill", "themeFill", "themeFillTint", "themeFillShade")
        pattern = shade.get(f"{W}val", "clear")
        front = self.colour_of(shade, "color", "themeColor", "themeTint", "themeShade")
        if pattern == "solid":
            return front
        if pattern.startswith("pct") and pattern[3:].isdigit() and front is not None:
            return mixed(front, back or (1.0, 1.0, 1.0), int(pattern[3:]) / 100)
        return back

    def colour_of(self, element: _Element | None, plain: str, theme: str, tint: str, shade: str) -> Rgb | None:
        if element is None:
            return None
        written = parse(element.get(f"{W}{plain}"))
        name = element.get(f"{W}{theme}")
        if written is not None or name is None:
            return written
        rgb = self.theme.get(_THEME_NAMES.get(name, name))
        for attribute, sign in ((tint, 1), (shade, -1)):
            part = element.get(f"{W}{attribute}")
            if rgb is not None and part is not None:
                rgb = tinted(rgb, sign * (1 - _byte(part)))
        return rgb

    def _work_out(self, name: str) -> Style:
        look, outline, first = Look(), None, self._elements[name]
        number: tuple[str | None, int | None] = (None, None)
        element: _Element | None = first
        for _ in range(_LONGEST_CHAIN):
            if element is None:
                break
            paragraph = element.find(f"{W}pPr")
            look = look.over(self._own_look(element))
            outline = outline or _outline(element, paragraph)
            number = number if number[0] else number_of(paragraph)
            element = self._elements.get(value(element, "basedOn") or "")
        return Style(look, value(first, "name") or name, outline, number)

    def _own_look(self, style: _Element) -> Look:
        properties = style.find(f"{W}rPr")
        return Look() if properties is None else self._stated(properties, value(style, "name") or "")


def value(element: _Element | None, name: str) -> str | None:
    """The `w:val` of a child; None without the child."""
    child = element.find(f"{W}{name}") if element is not None else None
    return child.get(f"{W}val") if child is not None else None


def switch(element: _Element | None, name: str) -> bool | None:
    """Whether a child switches something on or off; None without the child."""
    child = element.find(f"{W}{name}") if element is not None else None
    return child.get(f"{W}val") in _ON if child is not None else None


def number_of(properties: _Element | None) -> tuple[str | None, int | None]:
    """The list's id and level that a `w:pPr` names."""
    numbering = properties.find(f"{W}numPr") if properties is not None else None
    level = value(numbering, "ilvl") or ""
    return value(numbering, "numId"), int(level) if level.isdigit() else None


def _outline(style: _Element, paragraph: _Element | None) -> int | None:
    level = value(paragraph, "outlineLvl") or ""
    if level.isdigit() and int(level) < 9:
        return int(level) + 1
    name = (value(style, "name") or "").lower()
    if name.startswith("heading ") and name[8:].isdigit():
        return int(name[8:])
    return {"title": 1, "subtitle": 2}.get(name)


def _half_points(text: str | None) -> float | None:
    return int(text) / 2 if text and text.isdigit() else None


def _byte(text: str) -> float:
    try:
        return from_bytes([int(text, 16), 0, 0])[0]
    except ValueError:
        return 1.0
