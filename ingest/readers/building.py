"""What a reader saw to blocks and tables: grids closed up, headings by their looks, keys in running text."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field, replace
from typing import TypeVar

from assistant.records import Block, BlockKind, Cell, Locator, Rag, Row, Table
from ingest.readers.looks import Look, named
from ingest.runs import runs

_FRAME = 6
"""The most cells of a table that only arranges what stands in it."""


@dataclass(slots=True)
class Places:
    """Where the next cell of a row goes when cells above reach down into it, as HTML and OpenDocument count."""

    _taken: dict[int, int] = field(default_factory=dict)
    """Column to the number of further rows that a cell from above covers it in."""

    def next_row(self) -> None:
        self._taken = {column: left - 1 for column, left in self._taken.items() if left > 1}

    def place(self, column: int, row_span: int, column_span: int) -> int:
        """The first free column from `column`, now taken for the cell's span."""
        while column in self._taken:
            column += 1
        if row_span > 1:
            for taken in range(column, column + column_span):
                self._taken[taken] = row_span
        return column


def build(
    cells: Iterable[Cell], row_locators: Sequence[Locator], locator: Locator, sure: Mapping[int, float] | None = None
) -> Table:
    """The table of the cells, a row for each locator, empty columns closed up, spans cut at the last row."""
    cells = list(cells)
    starts = sorted({cell.column for cell in cells})
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        rows[cell.row].append(_placed(cell, starts, len(row_locators) - cell.row))
    lines = (
        Row(tuple(sorted(rows[number], key=lambda cell: cell.column)), place, (sure or {}).get(number, 1.0))
        for number, place in enumerate(row_locators)
    )
    return Table(tuple(lines), len(starts), locator)


def _placed(cell: Cell, starts: Sequence[int], rows_left: int) -> Cell:
    """The cell with its column counted among those that start something, and its span cut at the last row."""
    column = bisect_left(starts, cell.column)
    across = bisect_left(starts, cell.column + cell.column_span) - column
    down = min(cell.row_span, rows_left)
    if (column, across, down) == (cell.column, cell.column_span, cell.row_span):
        return cell
    return replace(cell, column=column, column_span=across, row_span=down)


Start = TypeVar("Start")


def table_of(
    locator: Locator, rows: Iterable[tuple[Locator, Iterable[Start]]], cell: Callable[[Start, int, Locator], Cell]
) -> list[Table]:
    """The table of rows, each with its place and what `cell` makes its cells of; none where there are no cells."""
    cells: list[Cell] = []
    places: list[Locator] = []
    for place, starts in rows:
        cells += [cell(start, len(places), place) for start in starts]
        places.append(place)
    return [build(cells, places, locator)] if cells else []


def frames(rows: Sequence[Sized], inner: Sequence[Sequence[Sized]]) -> bool:
    """Whether a table, as its rows of cells, only frames the tables inside it: it is one cell, or few around one
    that is longer than it."""
    cells = sum(map(len, rows))
    longer = any(len(each) > len(rows) and max(map(len, each), default=0) > 2 for each in inner)
    return bool(inner) and (cells == 1 or (cells <= _FRAME and longer))


def as_text(rows: Iterable[Sequence[str]]) -> str:
    """A small table inside a cell, as lines: its cells parted by bars."""
    cells = ([" ".join(text.split()) for text in row] for row in rows)
    lines = (" | ".join(row if sum(map(bool, row)) > 1 else filter(None, row)) for row in cells)
    return "\n".join(line for line in lines if line)


_LONGEST = 160
_LARGER = 1.5
"""Points above the size of the text that make a line a heading without bold letters."""
_SENTENCE = re.compile(r"[.;,]\s*$|\.\s+[A-Z]")
_LETTERS = re.compile(r"[A-Za-z]{2}")
_DEEPEST = 6


_SIGN = re.compile(r"\W*(?:(?:dark |light |bright )?(?:red|amber|green|blue|yellow|orange)|[RAGBY])?\W*", re.IGNORECASE)
_MEANING = re.compile(r"[^\W\d_]{2}")

Entry = tuple[Rag, str, str]
"""The colour, the sign that shows it, and the words beside it."""


def entries(runs: Iterable[tuple[str, Rag | None]]) -> tuple[Entry, ...]:
    """The entries of a key in a line of text whose pieces have these colours."""
    found: list[Entry] = []
    for text, colour in runs:
        if colour is not None and _SIGN.fullmatch(text):
            if found and found[-1][0] is colour and not found[-1][2]:
                found[-1] = (colour, found[-1][1] + text, "")
            else:
                found.append((colour, text, ""))
        elif found and colour is None:
            found[-1] = (found[-1][0], found[-1][1], found[-1][2] + text)
        elif found and text.strip():
            return ()
    said = ((colour, sign.strip(), " ".join(words.split()).strip(" :=–-;,|")) for colour, sign, words in found)
    return tuple(entry for entry in said if _MEANING.search(entry[2]))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph read. `depth` is that of a list item from 1; `colour` the one colour of all its words."""

    text: str
    label: str = ""
    depth: int = 0
    outline: int | None = None
    """The level of a heading, from 1."""
    bold: bool = False
    size: float | None = None
    colour: Rag | None = None
    struck: bool = False
    """True where all its words are struck through."""
    legend: tuple[Entry, ...] = ()
    """What the paragraph explains as part of a key of colours."""

    @property
    def shown(self) -> str:
        """The text with the number or bullet that its list shows before it."""
        return f"{self.label} {self.text}".strip() if self.label else self.text


def paragraph_of(
    runs: Sequence[tuple[str, Look]],
    label: str = "",
    depth: int = 0,
    outline: int | None = None,
    behind: Rag | None = None,
) -> Paragraph:
    """The paragraph of these runs, crossed-out ones left out where others stand beside them; `behind` is the colour
    behind them all."""
    struck = [bool(look.struck) for words, look in runs if words.strip()]
    kept = [(words, look) for words, look in runs if not look.struck or all(struck)]
    inked = [look for words, look in kept if words.strip()]
    return Paragraph(
        "".join(words for words, _ in kept).strip(" \n\t"),
        label,
        depth,
        outline,
        bool(inked) and all(look.bold for look in inked),
        max((look.size for look in inked if look.size), default=None),
        only(named(look.fill) for look in inked) or behind or only(look.shown for look in inked),
        bool(struck) and all(struck),
        entries((words, look.shown) for words, look in kept),
    )


def cell_of(
    found: Sequence[Paragraph],
    row: int,
    column: int,
    place: Locator,
    spans: tuple[int, int],
    fill: Rag | None,
    behind: Rag | None = None,
) -> Cell:
    """The cell of these paragraphs, crossed-out ones left out where others stand beside them; `fill` is its own colour,
    `behind` that of its row."""
    shown = [paragraph for paragraph in found if paragraph.shown]
    struck = bool(shown) and all(paragraph.struck for paragraph in shown)
    text = "\n".join(paragraph.shown for paragraph in shown if struck or not paragraph.struck)
    colour = fill or only(paragraph.colour for paragraph in shown if paragraph.text) or behind
    return Cell(text, row, column, place, *spans, colour, struck=struck)


@dataclass(slots=True)
class Flow:
    """The blocks and tables of a text in their order. Tables and paragraphs are numbered from 0. Likely headings and
    lines that may belong to a key are gathered, and settled at the end."""

    items: list[Block | Table] = field(default_factory=list)
    tables: int = 0
    paragraphs: int = 0
    _sizes: Counter[float] = field(default_factory=Counter)
    _likely: dict[int, tuple[bool, float]] = field(default_factory=dict)
    _keys: dict[int, tuple[Entry, ...]] = field(default_factory=dict)

    def table_number(self) -> int:
        self.tables += 1
        return self.tables - 1

    def place(self) -> Locator:
        """The place of the next paragraph."""
        self.paragraphs += 1
        return Locator(paragraph=self.paragraphs - 1)

    def body(self, size: float | None, letters: int) -> None:
        """Count letters in a size, to know the size of the text."""
        if size:
            self._sizes[size] += letters

    def add(self, paragraph: Paragraph, place: Locator) -> None:
        """Add a paragraph of which something is shown."""
        text, kind, level = paragraph.text, BlockKind.PARAGRAPH, 0
        if not text or (paragraph.struck and paragraph.outline):
            return
        if paragraph.struck:
            paragraph = replace(paragraph, text=crossed(text), bold=False, size=None, legend=())
        self.body(paragraph.size, len(text))
        if paragraph.outline:
            kind, level = BlockKind.HEADING, paragraph.outline
        elif paragraph.depth and not paragraph.bold:
            kind, level = BlockKind.LIST_ITEM, paragraph.depth
        elif (
            not paragraph.struck
            and len(text) <= _LONGEST
            and "\n" not in text
            and not _SENTENCE.search(text)
            and _LETTERS.search(text)
        ):
            self._likely[len(self.items)] = (paragraph.bold, paragraph.size or 0.0)
        self.add_block(Block(kind, paragraph.shown, place, level), paragraph.legend)

    def add_block(self, block: Block, legend: tuple[Entry, ...] = ()) -> None:
        """Add a block as it is, with the entries of a key that it holds."""
        if legend:
            self._keys[len(self.items)] = legend
        self.items.append(block)

    def settled(self, around: Iterable[str] = ()) -> tuple[Block | Table, ...]:
        """All items, after the texts `around` them on every page: likely headings made headings, the largest letters
        first, and each run of lines that together explain two colours or more made one table."""
        usual = self._sizes.most_common(1)[0][0] if self._sizes else 0.0
        large = usual + _LARGER if usual else float("inf")
        heads = {index: size for index, (bold, size) in self._likely.items() if bold or size >= large}
        blocks = (item for item in self.items if isinstance(item, Block))
        above = max((block.level for block in blocks if block.kind is BlockKind.HEADING), default=0)
        ranks = {size: rank for rank, size in enumerate(sorted(set(heads.values()), reverse=True), start=1)}
        texts = filter(None, dict.fromkeys(around))
        items: list[Block | Table] = [Block(BlockKind.FURNITURE, text, Locator(paragraph=0)) for text in texts]
        for run in runs(
            enumerate(self.items), lambda run, numbered: not {run[-1][0], numbered[0]} <= self._keys.keys()
        ):
            if len({colour for index, _ in run for colour, *_ in self._keys.get(index, ())}) > 1:
                found = [(item.locator, *entry) for index, item in run for entry in self._keys[index]]
                rows = (
                    Row((Cell(sign, number, 0, place, colour=colour), Cell(words, number, 1, place)), place)
                    for number, (place, colour, sign, words) in enumerate(found)
                )
                items.append(Table(tuple(rows), 2, found[0][0]))
                continue
            for index, item in run:
                if isinstance(item, Block) and index in heads:
                    level = min(_DEEPEST, above + ranks[heads[index]])
                    items.append(replace(item, kind=BlockKind.HEADING, level=level))
                else:
                    items.append(item)
        return tuple(items)


def crossed(text: str) -> str:
    """The words of a block that are all struck through, marked as a text marks them."""
    return f"~~{' '.join(text.split())}~~"


def only(values: Iterable[Rag | None]) -> Rag | None:
    """The one colour of all; None where they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else None
