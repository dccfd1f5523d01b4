"""Tables drawn with spaces: lines whose columns begin at the same places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.textlines import Kind, TextRow, kind_of

_GAP = re.compile(r" {2,}")
_LEAST_COLUMNS = 3
_LEAST_ROWS = 3
_SHARE = 0.7
_REF = re.compile(r"[A-Za-z]{0,3}[-.]?\d[\w./-]{0,6}\)?")


def aligned_rows(lines: Sequence[str], at: int) -> list[TextRow]:
    """The rows of a table drawn with spaces that begins at line `at` (from 0); empty where there is none.

    The first line names the columns: at least three pieces of text with two spaces or more between them. Every later
    line must begin its pieces where these begin, within a letter. Blank lines part rows and do not end the table.
    Where rows begin with a reference, lines without one belong to the row above.
    """
    starts = _starts(lines[at])
    if len(starts) < _LEAST_COLUMNS:
        return []
    block = _block(lines, at)
    if len(block) < _LEAST_ROWS or sum(_fits(lines[line], starts) for line in block) < _SHARE * len(block):
        after = _further(lines, block[-1] + 1, starts) if len(starts) > _LEAST_COLUMNS else []
        if not after or not all(_fits(lines[line], starts) for line in block):
            return []
    while after := _further(lines, block[-1] + 1, starts):
        block += after
    return _records([(line + 1, line + 1, _cut(lines[line], starts)) for line in block])


def _block(lines: Sequence[str], at: int) -> list[int]:
    """The numbers of the lines up to the next blank one."""
    end = at
    while end < len(lines) and lines[end].strip() and kind_of(lines, end) is not Kind.TABS:
        end += 1
    return [*range(at, end)]


def _further(lines: Sequence[str], at: int, starts: Sequence[int]) -> list[int]:
    """The lines of the block after blank ones that goes on with the table; empty where something else begins."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    block = _block(lines, at)
    fit = bool(block) and len(_starts(lines[at])) > 1 and "\f" not in lines[at]
    return block if fit and all(_fits(lines[line], starts) for line in block) else []


def _records(rows: list[TextRow]) -> list[TextRow]:
    begins = [cells[0] for _, _, cells in rows[1:] if cells[0]]
    if len(begins) < 1 or not all(_REF.fullmatch(begin) for begin in begins):
        return rows
    found = [rows[0]]
    for start, end, cells in rows[1:]:
        first, last, above = found[-1]
        if cells[0] or len(found) == 1 or start > last + 1:
            found.append((start, end, cells))
            continue
        joined = [f"{old}\n{new}" if old and new else old or new for old, new in zip(above, cells, strict=True)]
        found[-1] = (first, end, joined)
    return found


def _starts(line: str) -> list[int]:
    """Where the pieces of a line begin."""
    line = line.rstrip()
    found = [len(line) - len(line.lstrip())]
    return found + [gap.end() for gap in _GAP.finditer(line) if gap.start() > found[0]]


def _fits(line: str, starts: Sequence[int]) -> bool:
    begins = _starts(line)
    if len(begins) == 1 and begins[0] < starts[1] - 1:
        return False
    return all(min(abs(begin - start) for start in starts) <= 1 for begin in begins)


def _cut(line: str, starts: Sequence[int]) -> list[str]:
    """The cells of a line; a piece belongs to the column that it begins nearest to."""
    cells = [""] * len(starts)
    begins = _starts(line)
    for number, begin in enumerate(begins):
        end = begins[number + 1] if number + 1 < len(begins) else len(line)
        column = min(range(len(starts)), key=lambda place: abs(starts[place] - begin))
        cells[column] = f"{cells[column]} {line[begin:end].strip()}".strip()
    return cells
