"""Tables that run over pages: their parts are joined, repeated headers left out, rows broken by the page made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.pdf.tables import PageCell, PageRow, PageTable

_SAME = 8.0
"""Points by which the columns of two parts of one table may differ."""
_USUAL, _ALWAYS = 0.8, 0.95
"""Shares of rows in which a column is filled that make it expected in a new row, and certain to be."""
_FEWER = 0.7
"""The rest of a row has words in no more than this share of the row's cells."""
_MOST_HEADER = 4


def continues(before: PageTable, after: PageTable) -> bool:
    """Whether a table at the top of a page is the rest of one at the foot of the page before."""
    if after.page != before.last_page + 1 or len(before.xs) != len(after.xs):
        return False
    shift = after.xs[0] - before.xs[0] if before.ruled and after.ruled else 0.0
    return all(abs(one + shift - other) <= _SAME for one, other in zip(before.xs, after.xs, strict=True))


def join(before: PageTable, after: PageTable) -> PageTable:
    """The two parts as one table."""
    rows = after.rows[_repeated(before, after) :]
    kept = list(before.rows)
    if rows and kept and _is_rest(kept, rows[0], rows[1:]):
        kept = _whole(kept, rows[0])
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


def _is_rest(kept: Sequence[PageRow], first: PageRow, after: Sequence[PageRow]) -> bool:
    """Whether a page's first row is the rest of the row before: cells that rows always fill are blank in it, or one
    that they usually fill is blank and its words begin in the middle of a sentence."""
    said = {cell.column: cell for cell in first.cells if cell.text.strip()}
    above = {column: cell for column, (_, cell) in _reaching(kept).items()}
    if not said or any(column not in above or not above[column].text.strip() for column in said):
        return False
    least = min(cell.row_span for cell in said.values())
    own = {column for column, cell in said.items() if cell.row_span == least and above[column].row_span == 1}
    if not own or any(said[column].column_span > above[column].column_span for column in own):
        return False
    rows = [row for row in (*kept[1:], *after) if len(_words(row)) > 1]
    counts = Counter(column for row in rows for column in _words(row))
    stated = set(_words(kept[-1])) - set(said)
    always = {column for column in stated if counts[column] >= _ALWAYS * len(rows)}
    usual = {column for column in stated if counts[column] >= _USUAL * len(rows)}
    if len(said) > _FEWER * len(_words(kept[-1])):
        return False
    if len(always) > 1 and len(rows) > 2:
        return True
    return bool(usual) and any(re.match(r"[a-z(&]", said[column].text) for column in own)


def _reaching(rows: Sequence[PageRow]) -> dict[int, tuple[int, PageCell]]:
    """For each column the cell that reaches the last row, with the number of its row."""
    found: dict[int, tuple[int, PageCell]] = {}
    for number, row in enumerate(rows):
        for cell in row.cells:
            if number + cell.row_span >= len(rows):
                found[cell.column] = (number, cell)
    return found


def _whole(kept: Sequence[PageRow], rest: PageRow) -> list[PageRow]:
    """The rows with the last of them made whole by what the next page holds of it."""
    rows = list(kept)
    for column, (number, cell) in _reaching(kept).items():
        more = next((other for other in rest.cells if other.column == column), None)
        if more is not None and (not more.empty or more.row_span > 1):
            cells = tuple(_joined(cell, more) if old is cell else old for old in rows[number].cells)
            rows[number] = replace(rows[number], cells=cells)
    last = rows[-1]
    parts = (*(last.segments or ((last.page, last.box),)), (rest.page, rest.box))
    rows[-1] = replace(last, segments=parts, sure=min(last.sure, rest.sure))
    return rows


def _joined(cell: PageCell, rest: PageCell) -> PageCell:
    if not cell.text or not rest.text:
        text = cell.text or rest.text
    elif re.match(r"(- |\(?[\da-z]{1,3}[.)]\s)", rest.text) or (rest.text[:1].isupper() and cell.text[-1:] in ".!?:;"):
        text = f"{cell.text}\n{rest.text}"
    else:
        text = f"{cell.text} {rest.text}"
    return replace(cell, text=text, colour=cell.colour or rest.colour, row_span=cell.row_span + rest.row_span - 1)
