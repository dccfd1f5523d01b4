"""A key of colours written one cell a line: "Purple", "Closed by the board", "Green", "On schedule"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.records import Block, Table
from ingest.layout.statuswords import meaning_of
from ingest.layout.units import Unit, blocks_of, row_of, stretches

_COLOUR = re.compile(
    r"(?:dark |light )?(?:blue|green|amber|red|yellow|orange|gr[ea]y|white|purple|black|pink|brown|no colour)\W*",
    re.IGNORECASE,
)
_LEAST = 3
_MOST_LINES = 3
"""More lines than these are no meaning of a colour."""


def keyed(items: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """The items, with keys whose colours and meanings stand on lines of their own made tables of two columns."""
    found: list[Block | Table] = []
    after = 0
    for units in stretches(items):
        runs = list(_keys(units))
        if not runs:
            continue
        found += items[after : units[0].item]
        at = 0
        for start, entries in runs:
            found += blocks_of(units[at:start], items)
            rows = tuple(row_of([entry[:1], entry[1:]], number) for number, entry in enumerate(entries))
            found.append(Table(rows, 2, rows[0].locator))
            at = start + sum(map(len, entries))
        found += blocks_of(units[at:], items)
        after = units[-1].item + 1
    return (*found, *items[after:])


def _keys(units: Sequence[Unit]) -> Iterator[tuple[int, list[list[Unit]]]]:
    """Where a key begins, and its entries: the colour and the lines of its meaning."""
    at = 0
    while at < len(units):
        start, entries = at, []
        while at < len(units) and _COLOUR.fullmatch(units[at].text):
            end = at + 1
            while end < len(units) and not units[end].apart and not _COLOUR.fullmatch(units[end].text):
                end += 1
            if not 1 < end - at <= _MOST_LINES + 1:
                break
            entries.append(list(units[at:end]))
            at = end
        states = sum(meaning_of(" ".join(unit.text for unit in entry[1:])) is not None for entry in entries)
        if len(entries) >= _LEAST and states * 2 >= len(entries):
            yield start, entries
        at = max(at, start + 1)
