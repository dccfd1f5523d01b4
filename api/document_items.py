"""A document in order: each line of text and each row of a table once, a row with the header that governs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.records import Locator, SourceCell, SourceRow


@dataclass(frozen=True, slots=True)
class Item:
    """A line of text, or row number `at` of table `table` with its own cells and those that reach down into it."""

    locator: Locator
    text: str = ""
    table: int | None = None
    at: int = 0
    header: tuple[SourceRow, ...] = ()
    cells: tuple[SourceCell, ...] = ()
    reaching: tuple[SourceCell, ...] = ()
    leads: tuple[Locator, ...] = ()
    """Where the header stands, for the first row below it."""

    def goes_on(self, before: Item) -> bool:
        """True where this stands in the same text, or under the same header of the same table, as the item before."""
        return (self.table, self.header) == (before.table, before.header)


def items_of(lines: Iterable[tuple[Locator, str]], rows: Sequence[SourceRow]) -> Iterator[Item]:
    """The places of a document that hold words, in order. A header is no item: it goes with its rows.

    Pages stand in their order, although a table that is broken over two is read as one.
    """
    found = _in_order(lines, rows)
    return iter(sorted(found, key=lambda item: item.locator.page or 0))


def _in_order(lines: Iterable[tuple[Locator, str]], rows: Sequence[SourceRow]) -> Iterator[Item]:
    known = {_key(item.locator): item for item in _row_items(rows)}
    covered = 0
    for place, text in lines:
        item = known.get(_key(place))
        if item is not None:
            covered = item.locator.line_end or 0
            if item.table is None or item.cells:
                yield item
        elif text.strip() and not 0 < (place.line_start or 0) <= covered:
            yield Item(place, text)


def filled(cells: Sequence[SourceCell]) -> list[SourceCell]:
    """The cells with words or a colour."""
    return [cell for cell in cells if cell.text.strip() or cell.colour]


def width_of(rows: Iterable[Sequence[SourceCell]]) -> int:
    """How many columns the cells of some rows take."""
    return max((cell.column + cell.column_span for cells in rows for cell in cells), default=0)


def _key(place: Locator) -> Locator | int:
    """Rows of a text are found by their first line."""
    return place.line_start if place.line_start is not None else place


def _row_items(rows: Sequence[SourceRow]) -> Iterator[Item]:
    """An item for each row; one of a header, a rule or a blank row has no cells, so that its line is not text."""
    last: tuple[SourceRow, ...] = ()
    for table, grouped in groupby(rows, lambda row: row.table):
        of_table = list(grouped)
        headed = any(row.header for row in of_table)
        header = last if not headed and _continues(of_table, last) else ()
        after_header = False
        reaching: list[tuple[int, SourceCell]] = []
        above: tuple[Locator, ...] = ()
        for at, row in enumerate(of_table):
            if row.header:
                header = (*header, row) if after_header else (row,)
                above = tuple(one.locator for one in header)
            after_header = row.header
            item = _item(row, table, at, header, reaching, titled=headed and not header)
            yield replace(item, leads=above) if item.cells else item
            above = () if item.cells else above
            reaching = [(end, cell) for end, cell in reaching if end > at + 1]
            reaching += [(at + cell.row_span, cell) for cell in row.cells if cell.row_span > 1]
        last = header or last


def _item(
    row: SourceRow, table: int, at: int, header: tuple[SourceRow, ...], reaching: list[tuple[int, SourceCell]],
    titled: bool,
) -> Item:  # fmt: skip
    words = filled(row.cells)
    if titled and len(words) == 1:
        return Item(row.locator, words[0].text)
    from_above = tuple(replace(cell, row_span=end - at) for end, cell in reaching)
    cells = row.cells if (words or from_above) and not row.header else ()
    return Item(row.locator, "", table, at, header, cells, from_above)


def _continues(rows: Sequence[SourceRow], header: Sequence[SourceRow]) -> bool:
    """True where a table without a header holds actions, and is as wide as the header before it."""
    says = any(cell.says for row in rows for cell in row.cells)
    return says and width_of(row.cells for row in rows) == width_of(row.cells for row in header)
