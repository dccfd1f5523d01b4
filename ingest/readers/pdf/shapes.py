"""What stands on a page, in points from the top left of the page as it is shown: words, fills, rules and pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.records import Box
from ingest.readers.looks import Rgb


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters without white space. `index` is its place in the page's own order of text."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    ink: Rgb | None
    upright: bool
    unseen: bool
    """Drawn without ink, as the text layer of a scan is."""
    index: int
    middle: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "middle", (self.top + self.bottom) / 2)

    @property
    def box(self) -> Box:
        return (self.x0, self.top, self.x1, self.bottom)


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled shape; a later one in `order` covers an earlier one."""

    box: Box
    rgb: Rgb
    order: int

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class Edge:
    """A rule: one that lies flat is at height `at`, one that stands at that distance from the left."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a file, numbered from 1."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    fills: tuple[Fill, ...] = ()
    flat: tuple[Edge, ...] = ()
    standing: tuple[Edge, ...] = ()
    pictures: tuple[Box, ...] = ()
    label: str | None = None
    """The number that the file itself gives the page, where it gives one."""
    crowded: bool = False
    """True where the page holds so many drawn lines that they were left out."""


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of them; there must be one."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return (min(x0s), min(tops), max(x1s), max(bottoms))


def rounded(box: Box) -> Box:
    """The box to a tenth of a point, as locators give it."""
    x0, top, x1, bottom = (round(value, 1) for value in box)
    return (x0, top, x1, bottom)


def holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def overlap(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0


def area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
