"""Tables whose columns are parted by upright strokes: rows, rows broken over lines, and grids drawn with frames."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.textlines import Kind, TextRow, kind_of, pipe_cells


def pipe_rows(lines: Sequence[str], at: int) -> tuple[list[TextRow], int]:
    """The rows of the table that begins at line `at` (from 0), and the line after it."""
    end = at
    found: list[TextRow] = []
    framed = at > 0 and is_frame(lines[at - 1])
    open_row = False
    outer = lines[at].lstrip().startswith("|") or framed
    while end < len(lines):
        line = lines[end]
        if is_frame(line):
            framed, open_row = True, False
        elif kind_of(lines, end) is Kind.PIPES and not _is_rest(line, found):
            cells = pipe_cells(line, outer)
            if framed and open_row and found and len(cells) == len(found[-1][2]):
                found[-1] = _joined(found[-1], end + 1, cells)
            else:
                found.append((end + 1, end + 1, cells))
            open_row = framed
        else:
            rest = _rest(lines, end, found)
            if rest is None:
                break
            found[-1] = rest
            end = rest[1] - 1
        end += 1
    return found, end


def _is_rest(line: str, rows: Sequence[TextRow]) -> bool:
    """True for a line without the stroke that every row begins with, below a row that lacks cells."""
    if line.lstrip().startswith("|") or len(rows) < 2:
        return False
    return len(rows[-1][2]) < max(len(cells) for _, _, cells in rows)


def is_frame(line: str) -> bool:
    """The edges of a grid drawn with signs."""
    return line.strip().startswith("+") and len(line.strip()) > 2 and set(line.strip()) <= set("+-=:")


def _joined(row: TextRow, line: int, cells: Sequence[str]) -> TextRow:
    """A row of a grid with the next line of its cells."""
    whole = [
        f"{above.rstrip()}\n{below.strip()}" if above.strip() and below.strip() else above if above.strip() else below
        for above, below in zip(row[2], cells, strict=True)
    ]
    return row[0], line, whole


def _rest(lines: Sequence[str], at: int, rows: Sequence[TextRow]) -> TextRow | None:
    """The row above, completed by the lines from `at` on, when a line break in a cell broke it."""
    if len(rows) < 2 or kind_of(lines, at) not in {Kind.PLAIN, Kind.ITEM, Kind.PIPES}:
        return None
    width = max(len(cells) for _, _, cells in rows)
    start, _, cells = rows[-1]
    words = [lines[at]]
    end = at
    while "|" not in lines[end] and end + 1 < len(lines) and lines[end + 1].strip() and end - at < 8:
        end += 1
        words.append(lines[end])
    broken = "\n".join(words)
    if "|" not in broken or len(cells) >= width:
        return None
    first, *others = re.split(r"(?<!\\)\|", broken.rstrip().removesuffix("|"))
    whole = [*cells[:-1], f"{cells[-1].rstrip()}\n{first.strip()}", *others]
    return (start, end + 1, whole) if len(whole) == width else None
