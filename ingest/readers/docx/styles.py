"""How Word shows a run of text: styles on styles; and the numbers and bullets that it never writes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml.etree import _Element

from ingest.readers.looks import NO_LOOK, Look, Rgb, laid_over, mixed, parse, tinted, whole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ON = (None, "1", "true", "on")
_THEME_NAMES = {
    "background1": "lt1", "text1": "dk1", "background2": "lt2", "text2": "dk2",
    "light1": "lt1", "dark1": "dk1", "light2": "lt2", "dark2": "dk2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
_LONGEST_CHAIN = 12


Style = tuple[Look, tuple[str | None, int | None]]
"""A named style with what it is based on: its look, and a list with the level in it."""


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
        if name is not None and name not in self._done:
            look, element = NO_LOOK, self._elements.get(name)
            number: tuple[str | None, int | None] = (None, None)
            for _ in range(_LONGEST_CHAIN):
                if element is None:
                    break
                paragraph = element.find(f"{W}pPr")
                if (properties := element.find(f"{W}rPr")) is not None:
                    look = laid_over(look, self._stated(properties, value(element, "name") or ""))
                look = laid_over(look, Look(outline=_outline(element, paragraph)))
                number = number if number[0] else number_of(paragraph)
                element = self._elements.get(value(element, "basedOn") or "")
            self._done[name] = look, number
        return self._done.get(name or "", (NO_LOOK, (None, None)))

    def look(self, properties: _Element | None) -> Look:
        """What a `w:rPr` says."""
        if properties is None:
            return NO_LOOK
        style = value(properties, "rStyle")
        own = replace(
            self._stated(properties, style or ""),
            fill=self.fill_of(properties) or parse(value(properties, "highlight")),
        )
        return laid_over(own, self.get(style)[0]) if style in self._elements else own

    def _stated(self, properties: _Element, style: str) -> Look:
        """What a `w:rPr` says of letters, be it that of a run or that of a style of this name."""
        fonts, size = properties.find(f"{W}rFonts"), whole(value(properties, "sz"), -1)
        struck = switch(properties, "strike"), switch(properties, "dstrike")
        return Look(
            switch(properties, "b"),
            size / 2 if size >= 0 else None,
            self.colour_of(properties.find(f"{W}color"), "val", "themeColor", "themeTint", "themeShade"),
            None,
            switch(properties, "vanish"),
            "link" in style.lower() or None,
            None if struck == (None, None) else any(struck),
            (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or None) if fonts is not None else None,
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
            if rgb is not None and part is not None and re.fullmatch("[0-9A-Fa-f]{1,2}", part):
                rgb = tinted(rgb, sign * (1 - int(part, 16) / 255))
        return rgb


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
    level = whole(value(numbering, "ilvl"), -1)
    return value(numbering, "numId"), level if level >= 0 else None


def _outline(style: _Element, paragraph: _Element | None) -> int | None:
    if (level := whole(value(paragraph, "outlineLvl"), 9)) < 9:
        return level + 1
    name = (value(style, "name") or "").lower()
    return whole(name[8:]) if name.startswith("heading ") else {"title": 1, "subtitle": 2}.get(name)


_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LEVELS = 9
BULLET = "-"


@dataclass(slots=True)
class Numbering:
    """The lists of a document, counting as the paragraphs come."""

    root: _Element | None
    styles: Styles
    _uses: dict[str, tuple[str, dict[int, _Element], dict[int, int]]] = field(default_factory=dict)
    """By the id of a list: that of what it is a use of, its levels, and the numbers at which it starts them."""
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _restarted: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        lists: dict[str, tuple[dict[int, _Element], str | None]] = {}  # the style where its levels stand elsewhere
        for element in self.root.iter(f"{W}abstractNum", f"{W}num") if self.root is not None else ():
            levels = {
                number: level
                for level in element.iter(f"{W}lvl")
                if (number := whole(level.get(f"{W}ilvl"), 9)) < _LEVELS
            }
            if element.tag == f"{W}num":
                begun = (
                    (each.get(f"{W}ilvl"), value(each, "startOverride")) for each in element.iter(f"{W}lvlOverride")
                )
                starts = {whole(depth): whole(start) for depth, start in begun if start and start.isdigit()}
                self._uses[element.get(f"{W}numId", "")] = value(element, "abstractNumId") or "", levels, starts
            else:
                lists[element.get(f"{W}abstractNumId", "")] = levels, value(element, "numStyleLink")
        used = {use: of for use, (of, *_) in self._uses.items()}
        for use, (of, own, starts) in self._uses.items():
            _, link = lists.get(of, ({}, None))
            key = used.get((self.styles.get(link)[1][0] or "") if link else "", of)
            self._uses[use] = key, lists.get(key, ({}, None))[0] | own, starts

    def level_of_style(self, number: str, style: str | None) -> int:
        """The depth at which a list shows paragraphs of a style."""
        _, levels, _ = self._uses.get(number, ("", {}, {}))
        return next((depth for depth, level in levels.items() if style and value(level, "pStyle") == style), 0)

    def label(self, number: str, depth: int) -> str:
        """The bullet or number of the next item of a list; "" where the list shows none."""
        key, levels, starts = self._uses.get(number, ("", {}, {}))
        level = levels.get(depth)
        if number == "0" or level is None:
            return ""
        counts = self._counts.setdefault(key, {})
        fresh = depth in starts and (number, depth) not in self._restarted
        self._restarted.add((number, depth))
        counts[depth] = (
            starts.get(depth, whole(value(level, "start"), 1)) if fresh or depth not in counts else counts[depth] + 1
        )
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        form = value(level, "numFmt") or "decimal"
        if form in ("none", "bullet"):
            return BULLET if form == "bullet" else ""
        legal = level.find(f"{W}isLgl") is not None

        def one(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            form = "decimal" if legal else value(levels.get(at), "numFmt") or "decimal"
            return written(counts.get(at, whole(value(levels.get(at), "start"), 1)), form)

        return re.sub(r"%([1-9])", one, value(level, "lvlText") or "")


def written(number: int, form: str) -> str:
    """A number as a list shows it: written(4, "lowerRoman") is "iv"."""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return text.upper() if form == "upperLetter" else text
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        text = ""
        for size, letters in _ROMAN:
            text += letters * (number // size)
            number %= size
        return text.upper() if form == "upperRoman" else text
    return f"{number:02d}" if form == "decimalZero" else str(number)
