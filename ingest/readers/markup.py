"""Tables written as HTML inside a text or Markdown file, as converters leave them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.records import Cell, Locator, Row, Table

_OPEN = re.compile(r"<table\b[^>]*>", re.IGNORECASE)
_CLOSE = re.compile(r"</table\s*>", re.IGNORECASE)
_ROW = re.compile(r"<tr\b[^>]*>(?P<inside>.*?)(?=<tr\b|</tr\s*>|</table\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(
    r"<t[dh]\b(?P<with>[^>]*)>(?P<inside>.*?)(?=<t[dh]\b|</t[dh]\s*>|</tr\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_SPAN = re.compile(r"(?P<name>rowspan|colspan)\s*=\s*['\"]?(?P<number>\d{1,3})", re.IGNORECASE)
_LONGEST = 5_000


def begins_table(line: str) -> bool:
    """True where the line opens an HTML table."""
    return bool(_OPEN.search(line))


def markup_table(lines: Sequence[str], at: int) -> tuple[Table | None, int]:
    """The HTML table that opens in line `at` (from 0), and the line after it; None where it never closes."""
    end = at
    while end < len(lines) and end - at < _LONGEST and not _CLOSE.search(lines[end]):
        end += 1
    if end >= len(lines) or not _CLOSE.search(lines[end]):
        return None, at + 1
    text = "\n".join(lines[at : end + 1])
    rows = []
    taken: set[tuple[int, int]] = set()
    for number, match in enumerate(_ROW.finditer(text)):
        start = at + 1 + text.count("\n", 0, match.start())
        last = at + 1 + text.count("\n", 0, match.end() - 1 if match["inside"].strip() else match.start())
        rows.append(_row(match["inside"], number, Locator(line_start=start, line_end=max(start, last)), taken))
    rows = [row for row in rows if row.cells]
    if not rows:
        return None, at + 1
    width = max(cell.column + cell.column_span for row in rows for cell in row.cells)
    return Table(tuple(rows), width, Locator(line_start=at + 1, line_end=end + 1)), end + 1


def _row(inside: str, number: int, place: Locator, taken: set[tuple[int, int]]) -> Row:
    cells = []
    column = 0
    for match in _CELL.finditer(inside):
        spans = {span["name"].lower(): max(1, int(span["number"])) for span in _SPAN.finditer(match["with"])}
        down, across = spans.get("rowspan", 1), spans.get("colspan", 1)
        while (number, column) in taken:
            column += 1
        taken.update((number + below, column + beside) for below in range(down) for beside in range(across))
        cells.append(Cell(match["inside"].strip(), number, column, place, down, across))
        column += across
    return Row(tuple(cells), place)
