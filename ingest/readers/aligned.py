"""Tables drawn with spaces: lines whose columns begin at the same places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.textlines import Kind, TextRow, kind_of

_GAP = re.compile(r" {2,}")
_LEAST_COLUMNS = 3
_LEAST_ROWS = 3
_SHARE = 0.7


def aligned_rows(lines: Sequence[str], at: int) -> list[TextRow]:
    """The rows of a table drawn with spaces that begins at line `at` (from 0); empty where there is none.

    The first line names the columns: at least three pieces of text with two spaces or more between them. Every later
    line must begin its pieces where these begin, within a letter.
    """
    starts = _starts(lines[at])
    if len(starts) < _LEAST_COLUMNS:
        return []
    end = at
    while end < len(lines) and lines[end].strip() and kind_of(lines, end) is not Kind.TABS:
        end += 1
    block = lines[at:end]
    if len(block) < _LEAST_ROWS or sum(_fits(line, starts) for line in block) < _SHARE * len(block):
        return []
    return [(at + number + 1, at + number + 1, _cut(line, starts)) for number, line in enumerate(block)]


def _starts(line: str) -> list[int]:
    """Where the pieces of a line begin."""
    line = line.rstrip()
    found = [len(line) - len(line.lstrip())]
    return found + [gap.end() for gap in _GAP.finditer(line) if gap.start() > found[0]]


def _fits(line: str, starts: Sequence[int]) -> bool:
    begins = _starts(line)
    return len(begins) > 1 and all(min(abs(begin - start) for start in starts) <= 1 for begin in begins)


def _cut(line: str, starts: Sequence[int]) -> list[str]:
    """The cells of a line; a piece belongs to the column that it begins nearest to."""
    cells = [""] * len(starts)
    begins = _starts(line)
    for number, begin in enumerate(begins):
        end = begins[number + 1] if number + 1 < len(begins) else len(line)
        column = min(range(len(starts)), key=lambda place: abs(starts[place] - begin))
        cells[column] = f"{cells[column]} {line[begin:end].strip()}".strip()
    return cells
