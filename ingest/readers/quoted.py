"""Rows of a copied spreadsheet: a cell that holds line breaks stands in quotation marks and goes on over lines."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from ingest.readers.textlines import TextRow

_MOST_LINES = 60


def quoted_row(lines: Sequence[str], at: int) -> TextRow | None:
    """The row that begins at line `at` (from 0) and goes on below it in a quoted cell; None where none does."""
    if not any(cell.startswith('"') for cell in lines[at].split("\t")) or _cells(lines[at : at + 1]):
        return None
    for end in range(at + 1, min(len(lines), at + _MOST_LINES)):
        cells = _cells(lines[at : end + 1])
        if cells:
            return (at + 1, end + 1, cells) if len(cells) > 1 else None
    return None


def _cells(lines: Sequence[str]) -> list[str]:
    """The cells of lines that are one whole row by the rules of quoting; empty where they are not."""
    text = "\n".join(line.rstrip("\r") for line in lines)
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter="\t", strict=True))
    except csv.Error:
        return []
    return rows[0] if len(rows) == 1 else []
