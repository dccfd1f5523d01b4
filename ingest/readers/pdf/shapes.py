"""What stands on a page, in points from the top left of the page as it is shown: words, fills, rules, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.records import Box, Rag
from ingest.readers.looks import Rgb, named

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page in its own coordinates, and by how many degrees it is turned clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turned in (90, 270) else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The point as shown, from the top left."""
        if self.turned == 90:
            return y - self.bottom, x - self.left
        if self.turned == 180:
            return self.right - x, y - self.bottom
        if self.turned == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box of two corners, as shown."""
        if not self.turned and x0 <= x1 and y0 <= y1:
            return (x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def multiply(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does the inner and then the outer one."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


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


_COVERS = 0.5
"""Share of a place that a fill must cover to be its ground."""
_SIGN = 4.0
"""The least width and height of a coloured sign, in points."""


def ground(box: Box, fills: Sequence[Fill]) -> Fill | None:
    """The fill that shows behind most of the box: the last drawn that covers it."""
    size = max(area(box), 1.0)
    return next((fill for fill in reversed(fills) if overlap(fill.box, box) >= _COVERS * size), None)


def colour_of(box: Box, fills: Sequence[Fill], words: Sequence[Word]) -> Rag | None:
    """The colour that an officer sees in the box."""
    near = [fill for fill in fills if overlap(fill.box, box) > 0]
    behind = ground(box, near)
    colour = named(behind.rgb) if behind is not None else None
    if colour is not None:
        return colour
    signs = {named(fill.rgb) for fill in near if _is_sign(fill, box)} - {None}
    if len(signs) == 1:
        return signs.pop()
    inks = {named(word.ink) for word in words}
    return inks.pop() if len(inks) == 1 else None


def _is_sign(fill: Fill, box: Box) -> bool:
    """A shape of some size that stands inside the box, a highlight behind its words, or a strip that runs past it."""
    inside = overlap(fill.box, box) >= 0.8 * area(fill.box)
    across = min(fill.box[2], box[2]) - max(fill.box[0], box[0]) >= 0.8 * fill.width
    strip = across and fill.box[1] <= (box[1] + box[3]) / 2 <= fill.box[3]
    return (inside or strip) and fill.width >= _SIGN and fill.height >= _SIGN
