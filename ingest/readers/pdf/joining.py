"""Tables that run over pages: their parts are joined, repeated headers left out, rows broken by the page made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.records import Box
from ingest.readers.pdf.tables import PageCell, PageRow, PageTable

_SAME = 8.0
"""Points by which the columns of two parts of one table may differ."""
_USUAL = 0.7
"""A column that is filled in this share of the rows is expected to be filled in a new one."""
_MOST_HEADER = 4
_ENDS = re.compile(r"[.!?]\s*$")


def continues(before: PageTable, after: PageTable) -> bool:
    """Whether a table at the top of a page is the rest of one at the foot of the page before."""
    if after.page != before.last_page + 1 or len(before.xs) != len(after.xs):
        return False
    shift = after.xs[0] - before.xs[0]
    return all(abs(one + shift - other) <= _SAME for one, other in zip(before.xs, after.xs, strict=True))


def join(before: PageTable, after: PageTable) -> PageTable:
    """The two parts as one table."""
    repeated = _repeated(before, after)
    rows = after.rows[repeated:]
    kept = list(before.rows)
    if rows and kept and _is_rest(kept[-1], rows[0], [*kept[1:], *rows[1:]]):
        kept[-1] = _whole(kept[-1], rows[0])
        rows = rows[1:]
    return PageTable(before.page, before.box, before.xs, [*kept, *rows], before.ruled, after.page)


def _repeated(before: PageTable, after: PageTable) -> int:
    """How many rows at the top of the second part only repeat the header of the first."""
    count = 0
    while count < min(_MOST_HEADER, len(after.rows), len(before.rows)):
        one, other = before.rows[count], after.rows[count]
        if _words(one) != _words(other) or not any(_words(one).values()):
            break
        count += 1
    return count


def _words(row: PageRow) -> dict[int, str]:
    return {column: " ".join(text.lower().split()) for column, text in row.texts.items() if text.strip()}


def _is_rest(row: PageRow, first: PageRow, others: Sequence[PageRow]) -> bool:
    """Whether a page's first row is the rest of the row before: what rows usually state is blank in it, and its words
    run on."""
    said, said_before = _words(first), _words(row)
    if not said or any(cell.row_span > 1 and cell.text for cell in first.cells):
        return False
    rows = [other for other in others if len(_words(other)) > 1]
    counts = Counter(column for other in rows for column in _words(other))
    usual = {column for column, count in counts.items() if count >= _USUAL * len(rows)}
    missing = usual - set(said)
    if not missing or not missing & set(said_before):
        return False
    if any(column not in said_before for column in said):
        return False
    return any(_runs_on(row.texts[column], text) for column, text in first.texts.items() if text.strip())


def _runs_on(before: str, after: str) -> bool:
    return bool(re.match(r"[a-z(&]", after)) or (
        not _ENDS.search(before) and not re.match(r"[\d(]?\w{0,3}[.)]\s", after)
    )


def _whole(row: PageRow, rest: PageRow) -> PageRow:
    """The row with what the next page holds of it."""
    more = {cell.column: cell for cell in rest.cells if not cell.empty}
    cells = tuple(_joined(cell, more.pop(cell.column, None)) for cell in row.cells)
    segments: tuple[tuple[int, Box], ...] = (*(row.segments or ((row.page, row.box),)), (rest.page, rest.box))
    return replace(row, cells=cells, segments=segments, sure=min(row.sure, rest.sure))


def _joined(cell: PageCell, rest: PageCell | None) -> PageCell:
    if rest is None:
        return cell
    first_lines, last_lines = cell.text.split("\n"), rest.text.split("\n")
    runs_on = cell.text and rest.text and not re.match(r"(- |\(?[\da-z]{1,3}[.)]\s)", rest.text)
    text = "\n".join(
        [*first_lines[:-1], f"{first_lines[-1]} {last_lines[0]}", *last_lines[1:]]
        if runs_on
        else [part for part in (cell.text, rest.text) if part]
    )
    return replace(cell, text=text, colour=cell.colour or rest.colour)
