"""Colours of a file in any spelling, those of Office themes, and signs of symbol fonts, as an officer sees them."""

import colorsys
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from lxml.etree import _Element
from tinycss2.color4 import parse_color

from assistant.records import Rag

Rgb = tuple[float, float, float]
"""Red, green and blue in [0, 1]."""
WHITE: Rgb = (1.0, 1.0, 1.0)


def whole(text: str | None, default: int = 0, most: int = 1_000_000_000) -> int:
    """The number that a file writes in digits, no more than the most; the default where it writes something else."""
    text = (text or "").strip()
    return min(most, int(text)) if text.isdecimal() and len(text) < 10 else default


_HUES = (
    (16, Rag.RED), (50, Rag.AMBER), (68, Rag.YELLOW), (178, Rag.GREEN), (258, Rag.BLUE), (338, None), (361, Rag.RED),
)  # fmt: skip
"""Hue in degrees below which a colour has that name. Office's "Gold" FFC000 stands at 45, its pure yellow at 60."""

_LEAST_CHROMA = 0.06
_LEAST_SATURATION = 0.25
"""Below these a fill is grey, or one of the grey blues that Office's themes use for text and bands."""

_NAMES = {"amber": "#ffbf00", "darkyellow": "#808000", "gold": "#ffc800"}
"""Names that CSS does not have or that Office shows otherwise."""
_BARE = re.compile(r"[0-9a-f]{6}(?:[0-9a-f]{2})?")


@dataclass(frozen=True, slots=True)
class Look:
    """How letters are shown; None where nothing says it. Size in points."""

    bold: bool | None = None
    size: float | None = None
    colour: Rgb | None = None
    fill: Rgb | None = None
    hidden: bool | None = None
    link: bool | None = None
    struck: bool | None = None
    font: str | None = None
    code: str | None = None
    """The format of numbers and dates, or the name of the style that shapes them."""
    outline: int | None = None
    """The level of a heading, from 1."""
    displayed: bool | None = None
    """False where a table of this look is not displayed."""
    conditions: tuple[tuple[str, str, str], ...] | None = None
    """Conditions of a cell, each with the style that it puts on and the cell that it was written for."""

    @property
    def shown(self) -> Rag | None:
        """The colour that an officer sees: of the fill, else of the letters, but for those of a link."""
        return named(self.fill) or (None if self.link else named(self.colour))


NO_LOOK = Look()
_FIELDS = tuple(each.name for each in fields(Look))


def laid_over(top: Look, below: Look) -> Look:
    """A look laid over another: what the upper one leaves open (None) is as the lower one says."""
    if top is NO_LOOK or below is NO_LOOK:
        return below if top is NO_LOOK else top
    return Look(*(getattr(below if getattr(top, name) is None else top, name) for name in _FIELDS))


def named(rgb: Rgb | None) -> Rag | None:
    """The name of the colour by its hue; None where it is white, black, grey, purple, or nearly so."""
    if rgb is None or max(rgb) - min(rgb) < _LEAST_CHROMA:
        return None
    hue, _, saturation = colorsys.rgb_to_hls(*rgb)
    return next(name for limit, name in _HUES if hue * 360 < limit) if saturation >= _LEAST_SATURATION else None


@lru_cache(maxsize=4096)
def parse(text: str | None) -> Rgb | None:
    """The colour written as "FFC000", "#fc0", "rgb(255, 192, 0)", "hsl(45 100% 50%)" or by name; None where it is
    written otherwise, or is wholly transparent."""
    word = (text or "").strip().lower()
    colour = parse_color(f"#{word}" if _BARE.fullmatch(word) else _NAMES.get(word, word))
    if getattr(colour, "space", None) not in ("srgb", "hsl", "hwb") or not colour.alpha:
        return None
    red, green, blue = (min(1.0, max(0.0, value)) for value in colour.to("srgb").coordinates)
    return red, green, blue


def from_bytes(values: Sequence[int]) -> Rgb:
    """The colour of three values in 0..255."""
    red, green, blue = values[:3]
    return red / 255, green / 255, blue / 255


def tinted(rgb: Rgb, tint: float) -> Rgb:
    """The colour made lighter (tint above 0) or darker (below), as Office does with a theme's colours."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*rgb)
    tint = max(-1.0, min(1.0, tint))
    lightness = lightness * (1 + tint) if tint < 0 else lightness * (1 - tint) + tint
    return colorsys.hls_to_rgb(hue, lightness, saturation)


def mixed(front: Rgb, back: Rgb, share: float) -> Rgb:
    """A pattern of two colours as the eye sees it: `share` of the front, the rest of the back."""
    red, green, blue = (f * share + b * (1 - share) for f, b in zip(front, back, strict=True))
    return red, green, blue


_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFFICE = {
    "lt1": "FFFFFF", "dk1": "000000", "lt2": "E7E6E6", "dk2": "44546A", "accent1": "4472C4", "accent2": "ED7D31",
    "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47", "hlink": "0563C1",
    "folHlink": "954F72",
}  # fmt: skip
"""What Office takes where a file has no theme, in the order in which a workbook numbers the names, from 0."""
ORDER = tuple(_OFFICE)


def theme_colours(root: _Element | None) -> dict[str, Rgb]:
    """Name to colour; Office's own where the theme does not say."""
    written = dict(_OFFICE)
    scheme = root.find(f".//{_DRAWING}clrScheme") if root is not None else None
    for entry in scheme if scheme is not None else ():
        for colour in entry:
            value = colour.get("lastClr") or colour.get("val")
            if isinstance(entry.tag, str) and parse(value):
                written[entry.tag.rpartition("}")[2]] = value or ""
    return {name: rgb for name, value in written.items() if (rgb := parse(value))}


def drawn_colour(fill: _Element | None, theme: dict[str, Rgb]) -> Rgb | None:
    """The colour of a shape's solid fill, by value or by its name in the theme."""
    value = next((colour.get("val") or "" for colour in fill), "") if fill is not None else ""
    return parse(value) or theme.get({"bg1": "lt1", "tx1": "dk1"}.get(value, value))


_BOXES = "✓✗☑☒☐■●"
_FONTS = {
    "wingdings": dict(zip(b"\xfc\xfb\xfe\xfd\xa8nl", _BOXES, strict=True))
    | dict(zip(b"xoq\xa7\xe0\xe8\xabJKL\xb7\xa1", "☒☐☐▪→→★☺😐☹•○", strict=True)),
    "wingdings 2": dict(zip(b"POR\x51\xa3\xa2\x97", _BOXES, strict=True)) | dict(zip(b"ST\x98", "☒☒●", strict=True)),
    "webdings": dict(zip(b"arXYcgn", _BOXES, strict=True)),
    "symbol": dict(zip(b"\xb7\xae\xd6", "•→✓", strict=True)),
    "wingdings 3": dict(zip(b"pq", "▲▼", strict=True)),
}


def sign_of(code: int, font: str | None) -> str | None:
    """The sign that a letter shows in a symbol font; "" for one that is not known, None in any other font."""
    signs = _FONTS.get((font or "").strip("'\" ").lower())
    return None if signs is None else signs.get(code & 0xFF, "")


def raised(text: str) -> str:
    """The mark of a note in raised figures; any other text, such as the end of "30th", as it is."""
    mark = text.strip("[]() ")
    figures = mark.isascii() and mark.replace(",", "").replace(" ", "").isdecimal()
    return mark.translate(_RAISED) if figures else text


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def as_shown(text: str, font: str | None) -> str:
    """The text as it looks in a font; as it is in all but the symbol fonts, and where none of its letters is a sign."""
    if (font or "").strip("'\" ").lower() not in _FONTS or font is None or font.lower() == "symbol":
        return text
    return "".join(letter if letter.isspace() else sign_of(ord(letter), font) or "" for letter in text)
