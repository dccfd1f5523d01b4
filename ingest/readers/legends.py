"""A key written as running text: coloured signs, or colour words on a ground of their colour, each with its meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.records import Block, Cell, Locator, Rag, Row, Table

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


@dataclass(slots=True)
class Legends:
    """Gathers lines that may belong to a key, and makes tables of those that do."""

    _found: dict[int, tuple[Entry, ...]] = field(default_factory=dict)

    def note(self, index: int, found: tuple[Entry, ...]) -> None:
        """Note the entries in the item at `index`, if there are any."""
        if found:
            self._found[index] = found

    def settle(self, items: Sequence[Block | Table]) -> list[Block | Table]:
        """The items, with each run of lines that together explain two colours or more made one table."""
        settled: list[Block | Table] = []
        at = 0
        while at < len(items):
            end = at
            while end in self._found:
                end += 1
            if len({colour for line in range(at, end) for colour, *_ in self._found[line]}) > 1:
                settled.append(self._table(items[at:end], range(at, end)))
                at = end
            else:
                settled.append(items[at])
                at += 1
        return settled

    def _table(self, items: Sequence[Block | Table], lines: range) -> Table:
        rows: list[Row] = []
        for item, line in zip(items, lines, strict=True):
            for colour, sign, words in self._found[line]:
                place: Locator = item.locator
                number = len(rows)
                cells = (Cell(sign, number, 0, place, colour=colour), Cell(words, number, 1, place))
                rows.append(Row(cells, place))
        return Table(tuple(rows), 2, items[0].locator)
