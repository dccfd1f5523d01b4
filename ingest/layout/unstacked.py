"""All that is written one cell a line, as the tables that it once was: rows, records, keys."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records import Block, BlockKind, Table
from ingest.layout.keylines import keyed
from ingest.layout.nameless import nameless
from ingest.layout.signs import sign_parted
from ingest.layout.stacked import stacked

_LEAST = 8


def unstacked(items: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """The items with such lines made tables; everything else stays as it is."""
    return keyed(nameless(stacked(sign_parted(_as_lines(items)))))


def _as_lines(items: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """The items with long tables of one column as the lines that they are: one cell a line with a bar behind it."""
    found: list[Block | Table] = []
    for item in items:
        if isinstance(item, Table) and item.width == 1 and len(item.rows) >= _LEAST:
            cells = [cell for row in item.rows for cell in row.cells if cell.text.strip()]
            found += [Block(BlockKind.PARAGRAPH, cell.text, cell.locator) for cell in cells]
        else:
            found.append(item)
    return tuple(found)
