"""The lines of a document outside its tables, one by one, and the choice between proposals of what they once were."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.records import Block, BlockKind, Cell, Locator, Row, Table
from ingest.layout.drafts import Piece, covering
from ingest.layout.matching import lines_of
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
