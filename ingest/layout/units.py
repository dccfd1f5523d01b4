"""The lines of a document outside its tables, one by one: what they once were as tables, by a choice between
proposals, and which of dates that stand apart belongs to which action, by their order within one block."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.records import Block, BlockKind, Cell, Locator, Row, Table
from ingest.layout.drafts import Piece, covering, joined
from ingest.layout.shapes import is_fixed_date
from ingest.runs import runs


@dataclass(frozen=True, slots=True)
class Unit:
    """One line, or one whole block. `item` is the number of its block; `apart` where a blank line, or in formats
    without lines another block, stands between it and the unit above; `paged` where a page ended between them."""

    piece: Piece
    item: int
    apart: bool = False
    paged: bool = False

    @property
    def text(self) -> str:
        return self.piece.line


def stretches(items: Sequence[Block | Table], whole: bool = False) -> Iterator[list[Unit]]:
    """The units between tables, in order; page furniture is left out. `whole` takes each block as one unit."""
    found: list[Unit] = []
    paged = False
    for number, item in enumerate(items):
        if isinstance(item, Table):
            if found:
                yield found
            found, paged = [], False
        elif item.kind is BlockKind.FURNITURE:
            paged = True
        else:
            block = Piece(item.text, item.locator)
            for piece in [block] if whole else [each for each in lines_of(block) if each.line]:
                end, start = found[-1].piece.locator.line_end if found else None, piece.locator.line_start
                apart = not found or (found[-1].item != number if start is None or end is None else start > end + 1)
                found.append(Unit(piece, number, apart, paged))
                paged = False
    if found:
        yield found


def place_of(units: Sequence[Unit]) -> Locator:
    """The place of all units."""
    return covering(unit.piece.locator for unit in units)


def blocks_of(units: Sequence[Unit], items: Sequence[Block | Table]) -> Iterator[Block]:
    """The units as blocks, those together that stand together in one block; a whole block stays as it is."""
    for run in runs(units, lambda run, unit: unit.item != run[-1].item or unit.apart):
        block, text = items[run[0].item], "\n".join(unit.piece.text for unit in run)
        if isinstance(block, Block):
            yield block if text == block.text else Block(block.kind, text, place_of(run), block.level)


def row_of(cells: Sequence[Sequence[Unit]], number: int) -> Row:
    """The row of these cells, each of the units that make it."""
    place = place_of([unit for cell in cells for unit in cell])
    made = (
        Cell("\n".join(unit.piece.text.strip() for unit in cell), number, column, place_of(cell) if cell else place)
        for column, cell in enumerate(cells)
    )
    return Row(tuple(made), place)


Maker = Callable[[Sequence[Unit], Sequence[Block | Table], bool], list[Block | Table]]
"""What makes blocks and tables of the units between two tables, each a line or, where told so, a whole block."""


def made_by(makers: Sequence[Maker], items: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """The items with what the makers propose for the lines between two tables, or where they propose nothing for the
    blocks: of several proposals the one whose tables hold the most cells."""

    def filled(offer: Sequence[Block | Table]) -> int:
        tables = (made for made in offer if isinstance(made, Table))
        return sum(bool(cell.text) for made in tables for row in made.rows for cell in row.cells)

    for whole in (False, True):
        found: list[Block | Table] = []
        after = 0
        for units in stretches(items, whole):
            offers = [made for make in makers if (made := make(units, items, whole))]
            if offers:
                found += [*items[after : units[0].item], *max(offers, key=filled)]
                after = units[-1].item + 1
        if found:
            return (*found, *items[after:])
    return tuple(items)


# ---------------------------------------------------------------- actions and dates that stand apart


_COMPLETE = re.compile(r"(complete|completed|done|closed|achieved)\W*", re.IGNORECASE)
_OPEN_END = re.compile(r"(to|until|from|by|end of|and|-|–|:)$", re.IGNORECASE)


@dataclass(slots=True)
class Item:
    """An action of a list: its first words, what belongs to it below, and the parts of a list inside it."""

    first: Piece
    rest: list[Piece] = field(default_factory=list)
    parts: list[Piece] = field(default_factory=list)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return (self.first, *sorted((*self.rest, *self.parts), key=lambda piece: piece.locator.line_start or 0))


@dataclass(frozen=True, slots=True)
class Matched:
    """One action with its date; `stem` where it is a part of an item that has several dates."""

    pieces: tuple[Piece, ...]
    due: tuple[Piece, ...] = ()
    stem: Piece | None = None
    sure: bool = True


def match(items: Sequence[Item], dates: Sequence[Piece]) -> list[Matched]:
    """Each action with its date: one for one by order; where there are more dates, items with parts open up."""
    for offer in (list(dates), whole_dates(dates)):
        opened = _opened(items, len(offer))
        if opened is not None:
            return [replace(action, due=(date,)) for action, date in zip(opened, offer, strict=True)]
    one = tuple(dates) if len(dates) == 1 < len(items) else ()
    return [Matched(item.pieces, one, sure=not dates) for item in items]


def whole_dates(dates: Sequence[Piece]) -> list[Piece]:
    """The dates line by line; the word complete, or an open range, takes the line after it."""
    found: list[Piece] = []
    pending: Piece | None = None
    for piece in (line for date in dates for line in lines_of(date)):
        if pending is not None:
            place = joined(pending.locator, piece.locator)
            found.append(replace(pending, text=f"{pending.text}\n{piece.text}", locator=place))
            pending = None
        elif _COMPLETE.fullmatch(piece.line) or _OPEN_END.search(piece.line):
            pending = piece
        else:
            found.append(piece)
    return [*found, pending] if pending else found


def lines_of(piece: Piece) -> list[Piece]:
    """The piece line by line, each with its own place where the format has lines."""
    lines = piece.text.split("\n")
    start = piece.locator.line_start
    if len(lines) < 2 or start is None:
        return [piece]
    return [
        replace(piece, text=line, locator=replace(piece.locator, line_start=start + at, line_end=start + at))
        for at, line in enumerate(lines)
        if line.strip()
    ]


def is_date_item(piece: Piece) -> bool:
    """True where a block is nothing but dates or the word complete, such as stand in a column of their own."""
    lines = [line for line in piece.words.split("\n") if line]
    if not lines or len(lines) > 8:
        return False
    others = [line for line in lines if not is_fixed_date(line)]  # a label over dates: "Quarterly reviews:"
    listed = len(lines) - len(others) >= 2 and len(others) <= 1 and all(len(line.split()) <= 4 for line in others)
    return is_fixed_date(piece.text) or bool(_COMPLETE.fullmatch(piece.line)) or listed


def _opened(items: Sequence[Item], wanted: int) -> list[Matched] | None:
    """The items as exactly `wanted` actions, the last ones with parts opened first; None where that cannot be."""
    lacking = wanted - len(items)
    found = [[Matched(item.pieces)] for item in items]
    for at in sorted(range(len(items)), key=lambda at: (abs(len(items[at].parts) - 1 - lacking), -at)):
        gain = len(items[at].parts) - 1
        if 0 < gain <= lacking:
            found[at] = [Matched((part,), stem=items[at].first) for part in items[at].parts]
            lacking -= gain
    return [action for actions in found for action in actions] if lacking == 0 else None
