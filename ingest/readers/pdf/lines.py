"""What stands on a page, in points from its top left as it is shown: words, fills and rules; words to lines to text."""

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from assistant.records import Box, Rag
from ingest.readers.building import only
from ingest.readers.looks import Rgb, named
from ingest.runs import runs


@dataclass(frozen=True, slots=True)
class _Measure:
    """What a box says of where a thing stands."""

    of: Callable[[Box], float]

    def __get__(self, thing: "Placed", _: type | None = None) -> float:
        return self.of(thing.box)


class Placed:
    """What stands somewhere on a page: its box and the measures of it, from the left and the top."""

    __slots__ = ()
    box: Box
    x0, top, x1, bottom = map(_Measure, map(itemgetter, range(4)))
    width, height = _Measure(lambda box: box[2] - box[0]), _Measure(lambda box: box[3] - box[1])
    centre, middle = _Measure(lambda box: (box[0] + box[2]) / 2), _Measure(lambda box: (box[1] + box[3]) / 2)

    def stands_in(self, box: Box) -> bool:
        """Whether its middle is in the box."""
        return box[0] <= self.centre <= box[2] and box[1] <= self.middle <= box[3]


@dataclass(frozen=True, slots=True)
class Word(Placed):
    """A run of letters without white space. `index` is its place in the page's own order of text."""

    text: str
    box: Box
    index: int
    size: float
    bold: bool = False
    ink: Rgb | None = None
    unseen: bool = False
    """Drawn without ink, as the text layer of a scan is."""
    upright: bool = True


@dataclass(frozen=True, slots=True)
class Fill(Placed):
    """A filled shape; one that comes later on its page covers an earlier one."""

    box: Box
    rgb: Rgb


@dataclass(frozen=True, slots=True)
class Edge:
    """A rule: one that lies flat is at height `at`, one that stands at that distance from the left."""

    at: float
    start: float
    end: float


_COVERS = 0.5
"""Share of a place that a fill must cover to be its ground."""
_SIGN = 4.0
"""The least width and height of a coloured sign, in points."""


@dataclass(slots=True)
class Page:
    """One page of a file, numbered from 1. `label` is the number that the file itself gives it, where it gives one."""

    number: int
    width: float
    height: float
    label: str | None
    words: list[Word] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    flat: list[Edge] = field(default_factory=list)
    standing: list[Edge] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    crowded: bool = False
    """True where the page holds so many drawn lines that they were left out."""

    def ground(self, box: Box) -> Fill | None:
        """The fill that shows behind most of the box: the last drawn that covers it."""
        size = max(area(box), 1.0)
        return next((fill for fill in reversed(self.fills) if overlap(fill.box, box) >= _COVERS * size), None)

    def colour(self, box: Box, words: Iterable[Word]) -> Rag | None:
        """The colour that an officer sees in the box with these words."""
        behind = self.ground(box)
        signs = {named(fill.rgb) for fill in self.fills if _is_sign(fill, box)} - {None}
        return (named(behind.rgb) if behind else None) or only(signs) or only(named(word.ink) for word in words)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of them; there must be one."""
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return (min(x0s), min(tops), max(x1s), max(bottoms))


def rounded(box: Box) -> Box:
    """The box to a tenth of a point, as locators give it."""
    x0, top, x1, bottom = (round(value, 1) for value in box)
    return (x0, top, x1, bottom)


def overlap(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0


def area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _is_sign(fill: Fill, box: Box) -> bool:
    """A shape of some size that stands inside the box, a highlight behind its words, or a strip that runs past it."""
    inside = overlap(fill.box, box) >= 0.8 * area(fill.box)
    across = min(fill.x1, box[2]) - max(fill.x0, box[0]) >= 0.8 * fill.width
    strip = across and fill.top <= (box[1] + box[3]) / 2 <= fill.bottom
    return (inside or strip) and fill.width >= _SIGN and fill.height >= _SIGN


_BULLETS = "•●▪■◦‣○–—►▶➢➤✓✔-*·❖\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0be\uf02d"
_BULLET = re.compile(f"[{re.escape(_BULLETS)}]$|[oO§]$")
_NUMBER = re.compile(r"\(?(\d{1,3}|[a-z]|[ivx]{1,5}|[A-Z]{1,3}\d[\d.]*|\d+(\.\d+)+)[.):]?$")
_ITEM_END = re.compile(r"[.):]$|\d\.\d")
_LABEL = re.compile(r"[A-Z][A-Za-z /]{1,24}:(?= )")
_SAME_LINE = 0.5
"""Two words are on one line when their middles are closer than this share of the smaller height."""
_PARAGRAPH = 1.3
"""A step to a line, in usual steps, that begins a paragraph."""
_LOOSEST = 1.7
"""The widest step between lines of one paragraph, in letter sizes."""
_FULL, _MOST_FULL, _WORDS = 0.7, 0.6, 4.5
"""Running text fills this share of its width, on this share of its lines, with so many words on a line."""


@dataclass(frozen=True, slots=True)
class Line(Placed):
    """Words that stand beside each other, from left to right."""

    words: tuple[Word, ...]
    box: Box = field(init=False)
    size: float = field(init=False)
    bold: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "box", around(word.box for word in self.words))
        object.__setattr__(self, "size", max(word.size for word in self.words))
        lettered = [word.bold for word in self.words if any(letter.isalnum() for letter in word.text)]
        object.__setattr__(self, "bold", bool(lettered) and all(lettered))

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def is_item(self) -> bool:
        """Whether the line begins with a bullet, or with a number set apart from its words."""
        first = self.words[0].text
        numbered = _NUMBER.match(first) and _ITEM_END.search(first)
        return len(self.words) > 1 and bool(_BULLET.match(first) or numbered)

    def segments(self, gap: float) -> list["Line"]:
        """The parts of the line between gaps of at least `gap` points."""
        parts = runs(self.words, lambda run, word: word.x0 - max(other.x1 for other in run) >= gap)
        return [Line(tuple(part)) for part in parts]

    @property
    def parts(self) -> list["Line"]:
        """The parts between gaps that can part two columns."""
        return self.segments(max(7.0, 1.1 * self.size))


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The lines that the words form, from the top down."""
    rows: list[list[Word]] = []
    sums: list[float] = []
    for word in sorted(words, key=lambda word: (word.middle, word.x0)):
        height = word.bottom - word.top
        for number in range(len(rows) - 1, max(len(rows) - 4, -1), -1):
            row = rows[number]
            least = max(min(height, row[-1].bottom - row[-1].top), 1.0)
            if abs(word.middle - sums[number] / len(row)) <= _SAME_LINE * least:
                row.append(word)
                sums[number] += word.middle
                break
        else:
            rows.append([word])
            sums.append(word.middle)
    return [Line(tuple(sorted(row, key=lambda word: word.x0))) for row in rows]


def paragraphs(lines: Sequence[Line], right: float | None = None) -> list[list[Line]]:
    """Lines grouped to paragraphs and list items. `right` is how far a line may reach; by default the longest one."""
    if not lines:
        return []
    edge = right if right is not None else max(line.x1 for line in lines)
    usual = usual_step(lines)
    return runs(lines, lambda run, line: _begins(run[-1], line, edge, usual))


def text_of(lines: Sequence[Line], right: float | None = None) -> str:
    """The text of a cell or a paragraph: paragraphs and list items on lines of their own."""
    return "\n".join(joined(group) for group in paragraphs(lines, right))


def joined(lines: Sequence[Line]) -> str:
    """Lines that run on, as one: a hyphen or a stroke at the end of a line keeps the words together."""
    text = ""
    for line in lines:
        words = list(line.words)
        begin = "- " if len(words) > 1 and _BULLET.match(words[0].text) else ""
        said = begin + " ".join(word.text for word in (words[1:] if begin else words))
        keeps = re.search(r"\w-$", text) and said[:1].islower()
        text = said if not text else f"{text}{said}" if keeps else f"{text} {said}"
    return text.strip()


def is_prose(columns: Sequence[Sequence[Line]]) -> bool:
    """Two columns of running text beside each other: both sides full of words on most of their lines, or both of lines
    that begin with the same labels, as cards do."""
    if len(columns) != 2:
        return False
    labels = [{match[0] for line in lines if (match := _LABEL.match(line.text))} for lines in columns]
    if len(labels[0] & labels[1]) > 1:
        return True
    for lines in columns:
        width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
        full = sum(line.x1 - line.x0 > _FULL * width for line in lines)
        if full < _MOST_FULL * len(lines) or sum(len(line.words) for line in lines) < _WORDS * len(lines):
            return False
    return True


def _begins(before: Line, line: Line, edge: float, usual: float) -> bool:
    """Whether a line begins something new: an item, a paragraph, other letters, or after a line that ended early."""
    if line.is_item or _LABEL.match(line.text):
        return True
    if step(before, line) > _PARAGRAPH * usual or line.top < before.top:
        return True
    if line.bold != before.bold or abs(line.size - before.size) > 1.5:
        return not (line.bold != before.bold and abs(line.x0 - before.x0) > 2 and not before.bold)
    first = line.words[0]
    space = 0.3 * line.size
    if before.text.endswith("-") or (line.text[:1].islower() and not re.search(r"[.:;!?]$", before.text)):
        return False  # a line that begins small after one that ends open runs on, however short that one is
    return before.x1 + space + (first.x1 - first.x0) < edge - 0.5 * line.size


def step(before: Line, line: Line) -> float:
    """How far a line stands below the one before, in letter sizes."""
    between = (line.top + line.bottom - before.top - before.bottom) / 2
    return between / max(line.size, before.size, 1.0)


def usual_step(lines: Sequence[Line]) -> float:
    """The usual step between the lines of a paragraph among these lines."""
    steps = sorted(step(before, line) for before, line in itertools.pairwise(lines))
    return min(steps[len(steps) // 3], _LOOSEST) if steps else _LOOSEST
