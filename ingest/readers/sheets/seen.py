"""What a cell of a spreadsheet shows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from assistant.records import Rag


@dataclass(frozen=True, slots=True)
class Seen:
    """What one cell shows, and the places that it covers when it is merged."""

    text: str
    row: int
    column: int
    low: int
    right: int
    colour: Rag | None = None
    value: date | None = None
    unread_rule: bool = False
    bold: bool = False
    filled: bool = False
    size: float | None = None
    struck: bool = False


def letters(column: int) -> str:
    """The name of a column: 28 is "AB"."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(top: int, left: int, low: int | None = None, right: int | None = None) -> str:
    """The name of a cell such as "A2", or of a range such as "A2:C2"."""
    first, last = f"{letters(left)}{top}", f"{letters(right or left)}{low or top}"
    return first if first == last else f"{first}:{last}"


def by_row(cells: dict[tuple[int, int], Seen]) -> dict[int, list[Seen]]:
    """The cells that start in each row, from left to right."""
    rows: dict[int, list[Seen]] = defaultdict(list)
    for (row, _), seen in sorted(cells.items()):
        rows[row].append(seen)
    return rows
