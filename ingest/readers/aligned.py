"""Tables drawn with spaces: columns begin at the places where their names begin, cells go on over lines and pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set

from ingest.readers.textlines import TextRow

_GAP = re.compile(r" {2,}")
_CODE = re.compile(r"\S{1,8}")
_LEAST_COLUMNS = 3
_LEAST_LINES = 3
_SHARE = 0.7
_SHARE_KEYED = 0.5
"""Where so many lines fill the first column, a line with one cell further right goes on in the row above."""
_BLANK_LINES = 3
"""More blank lines than these end a table."""


def aligned_rows(
    lines: Sequence[str], at: int, of_page: Set[int] = frozenset(), names: Sequence[str] = ()
) -> list[TextRow]:
    """The rows of a table drawn with spaces that begins at line `at` (from 0); empty where there is none.

    The first line names the columns: at least three pieces of text with two spaces or more between them. Later lines
    begin their pieces where these begin, within a letter; blank lines and lines of the page may stand between.

    Args: of_page, the lines of the page; names, the line that named the columns of the table above, which may go on.
    """
    if len(_starts(lines[at])) < _LEAST_COLUMNS:
        return []
    for head in (lines[at], *names):
        starts = _starts(head)
        taken = _taken(lines, at, starts, of_page)
        if len(taken) >= (_LEAST_LINES if head == lines[at] else 1):
            cuts = {number: _cut(lines[number], starts) for number in taken}
            return _rows(taken, cuts, lines[at] if head == lines[at] else "", lines)
    return []


def _taken(lines: Sequence[str], at: int, starts: Sequence[int], of_page: Set[int]) -> list[int]:
    """The lines of the table that has columns at `starts`."""
    taken: list[int] = []
    blank = 0
    for number in range(at, len(lines)):
        line = lines[number]
        if number in of_page:
            continue
        blank = 0 if line.strip() else blank + 1
        if blank > _BLANK_LINES or "\t" in line:
            break
        if not line.strip():
            continue
        if not _fits(line, starts, alone=bool(taken)):
            break
        taken.append(number)
    full = sum(len(_starts(lines[number])) > 1 for number in taken)
    while taken and _is_loose(lines, taken[-1], starts):
        taken.pop()
    return taken if full >= (1 - _SHARE) * len(taken) else []


def _is_loose(lines: Sequence[str], number: int, starts: Sequence[int]) -> bool:
    """True for words that stand alone after a blank line at the end of a table: a title, not the rest of a cell."""
    alone = len(_starts(lines[number])) == 1 and _starts(lines[number])[0] <= starts[0] + 1
    return alone and number > 0 and not lines[number - 1].strip()


def _starts(line: str) -> list[int]:
    """Where the pieces of a line begin."""
    line = line.replace("\f", " ").rstrip()
    found = [len(line) - len(line.lstrip())]
    return found + [gap.end() for gap in _GAP.finditer(line) if gap.start() > found[0]]


def _fits(line: str, starts: Sequence[int], alone: bool) -> bool:
    """True where every piece of the line begins where a column begins and ends before the next one."""
    begins = _starts(line)
    if len(begins) == 1 and not alone:
        return False
    near = all(min(abs(begin - start) for start in starts) <= 1 for begin in begins)
    return near and not any(_straddles(line, start) for start in starts[1:])


def _straddles(line: str, start: int) -> bool:
    """True where a word, or words with one space between, run over the beginning of a column."""
    return (
        bool(line[max(0, start - 2) : start + 1].strip())
        and "  " not in line[max(0, start - 2) : start + 2]
        and (len(line) > start + 1 and bool(line[start - 2 : start].strip()))
    )


def _cut(line: str, starts: Sequence[int]) -> list[str]:
    """The cells of a line; a piece belongs to the column that it begins nearest to."""
    line = line.replace("\f", " ")
    cells = [""] * len(starts)
    begins = _starts(line)
    for number, begin in enumerate(begins):
        end = begins[number + 1] if number + 1 < len(begins) else len(line)
        column = min(range(len(starts)), key=lambda place: abs(starts[place] - begin))
        cells[column] = f"{cells[column]} {line[begin:end].strip()}".strip()
    return cells


def _rows(taken: Sequence[int], cuts: dict[int, list[str]], head: str, lines: Sequence[str]) -> list[TextRow]:
    """The lines as rows: the names of the columns, each time that they stand, and each row with all its lines."""
    rows: list[TextRow] = []
    begins = _begins([number for number in taken if lines[number].split() != head.split()], cuts, lines)
    open_row = False
    for number in taken:
        cells = cuts[number]
        if head and lines[number].split() == head.split():
            if not rows:
                rows.append((number + 1, number + 1, cells))
            continue
        if open_row and not begins(number):
            start, _, above = rows[-1]
            rows[-1] = (start, number + 1, [_joined(*pair) for pair in zip(above, cells, strict=True)])
        else:
            rows.append((number + 1, number + 1, cells))
        open_row = True
    return rows


def _joined(above: str, below: str) -> str:
    return "\n".join(part for part in (above, below) if part)


def _filled(cells: Sequence[str]) -> int:
    return sum(map(bool, cells))


def _begins(taken: Sequence[int], cuts: dict[int, list[str]], lines: Sequence[str]) -> Callable[[int], bool]:
    """What tells that a line begins a row: a short code in the first column, else a blank line above where rows are
    set apart, else its first column or more than one cell."""
    first = [cuts[number][0] for number in taken if cuts[number][0]]
    if first and len(first) < len(taken) and all(_CODE.fullmatch(cell) for cell in first):
        return lambda number: bool(cuts[number][0])
    after = [number for at, number in enumerate(taken) if at == 0 or not lines[number - 1].strip()]
    below = [number for number in taken if number not in after]
    part = all(_filled(cuts[number]) < len(cuts[number]) for number in below)
    if len(after) > 1 and below and part and all(_filled(cuts[number]) > 1 for number in after):
        return lambda number: number in after
    if sum(bool(cuts[number][0]) for number in taken) >= _SHARE_KEYED * len(taken):
        return lambda number: bool(cuts[number][0]) or _filled(cuts[number]) > 1
    return cuts.__contains__
