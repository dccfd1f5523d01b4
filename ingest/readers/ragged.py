"""Rows of a text with a cell more or less than their header: set where their neighbours say that their cells belong."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.readers.textlines import TextRow

_LEAST_COLUMNS = 3
_NUMBER = re.compile(r"[A-Za-z]{0,3}[\d.]+[a-z]?")
_LONGEST_FIGURE = 20


def fitted(rows: Sequence[TextRow], sign: str) -> tuple[list[TextRow], frozenset[int]]:
    """The rows, and the numbers of those whose cells were set anew: a cell too many is joined to the one before it by
    the sign that parted them, a cell too few is left empty. A row stays as it is unless another way fits better.
    """
    full = (at for at, row in enumerate(rows) if len(row[2]) >= _LEAST_COLUMNS and all(map(str.strip, row[2])))
    head = next(full, None)
    if head is None:
        return list(rows), frozenset()
    width = len(rows[head][2])
    below = [row for row in rows[head + 1 :] if len([cell for cell in row[2] if cell.strip()]) > 1]
    usual = [cells for _, _, cells in below if len(cells) == width]
    other = Counter(len(cells) for _, _, cells in below if len(cells) != width)
    if not usual or (other and max(other.values()) > len(below) / 2):
        return list(rows), frozenset()
    columns = [[cells[at].strip() for cells in usual] for at in range(width)]
    longest = max(range(width), key=lambda at: sum(len(cell) for cell in columns[at] if _shape(cell) == "words"))
    found, anew = list(rows), set()
    for at, (start, end, cells) in enumerate(rows):
        if at > head and len(cells) != width and len([cell for cell in cells if cell.strip()]) > 1:
            ways = [cells, *_ways(cells, width, sign, longest)]
            best = max(ways, key=lambda way: _fit(way, columns))
            found[at] = (start, end, best)
            if best is not cells:
                anew.add(at)
    return found, frozenset(anew)


def _ways(cells: list[str], width: int, sign: str, longest: int) -> list[list[str]]:
    """The cells in as many columns as there are, in each way; first the one that is made in the longest column."""
    order = sorted(range(width), key=lambda at: at != longest)
    over = len(cells) - width
    if over > 0:
        return [[*cells[:at], sign.join(cells[at : at + over + 1]), *cells[at + over + 1 :]] for at in order]
    return [[*cells[:at], *[""] * -over, *cells[at:]] for at in order if at < len(cells)]


def _fit(cells: Sequence[str], columns: Sequence[Sequence[str]]) -> int:
    """How many cells are of a kind with those of their column; what stands there word for word counts twice."""
    pairs = [(cell.strip(), column) for cell, column in zip(cells, columns, strict=False) if cell.strip()]
    alike = sum(_shape(cell) in set(map(_shape, column)) for cell, column in pairs)
    return alike + sum(cell in column for cell, column in pairs)


def _shape(text: str) -> str:
    if _NUMBER.fullmatch(text):
        return "number"
    return "figure" if any(map(str.isdigit, text)) and len(text) <= _LONGEST_FIGURE else "words" if text else ""
