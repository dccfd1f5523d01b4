"""CSV and TSV exports: any common separator, quoted cells over several lines, lines above the header."""

from __future__ import annotations

import csv
import re
from collections import Counter

from assistant.errors import DocumentReadError
from assistant.records import Document
from ingest.readers.decoding import decode
from ingest.readers.text import numbered
from ingest.readers.textlines import TextRow, table_of

SEPARATORS = ",;\t|"
_SHARE = 0.6
_NO_ROW = re.compile(r"\ufeff?(?:sep=.[ \r]*$|ListSchema=)", re.IGNORECASE)
"""Lines for the program that opens the file: which sign parts the cells, what SharePoint knows of a list."""
_HINT = re.compile(r"\ufeff?sep=(.)[ \r]*$", re.IGNORECASE | re.MULTILINE)


def read(data: bytes, name: str) -> Document:
    """The document in the bytes of a delimited file: one table, rows with the lines that they stand on.

    Raises: DocumentReadError where the bytes are not text or have no columns.
    """
    text = decode(data, name)
    separator = separator_of(text)
    if separator is None:
        raise DocumentReadError(
            f"{name}: no columns found. Save it with commas, semicolons or tabs between the columns."
        )
    return Document(
        name=name, format="csv", items=(table_of(_rows(text, separator)),), lines=numbered(text.split("\n"))
    )


def separator_of(text: str) -> str | None:
    """The sign that parts the columns, or None where the text is not a delimited file."""
    hint = _HINT.match(text)
    if hint:
        return hint[1]
    best = max(SEPARATORS, key=lambda sign: _regularity(text, sign))
    return best if _regularity(text, best) > 0 else None


def looks_delimited(text: str) -> bool:
    """True where the text, whatever its name, is a delimited file from its first line to its last."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or any(re.match(r"\s*(#{1,6}|[-*•])\s", line) for line in lines):
        return False
    separator = separator_of(text)
    if separator is None or separator in "\t|":
        return False
    widths = Counter(len(cells) for _, _, cells in _rows(text, separator) if any(cell.strip() for cell in cells))
    width, rows = widths.most_common(1)[0]
    return width >= 3 and rows >= 2 and rows >= 0.9 * sum(widths.values())


def _regularity(text: str, separator: str) -> float:
    """How well the sign parts the lines into rows of one width: 0 where it does not."""
    rows = [cells for _, _, cells in _rows(text[:200_000], separator) if any(cell.strip() for cell in cells)]
    widths = Counter(len(cells) for cells in rows if len(cells) > 1)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1] * min(item[0], 6), item[0]))
    share = count / len(rows)
    return share * min(width, 6) if share >= _SHARE or (width > 3 and count > 2) else 0.0


def _rows(text: str, separator: str) -> list[TextRow]:
    """The rows; quotation marks count as such only where that gives more rows of full width, so that a stray mark in a
    cell does not swallow the rows below it."""
    quoted = _parse(text, separator, csv.QUOTE_MINIMAL)
    if '"' not in text:
        return quoted
    plain = _parse(text, separator, csv.QUOTE_NONE)
    return plain if _full(plain) > _full(quoted) else quoted


def _full(rows: list[TextRow]) -> int:
    """How many rows have the greatest width that more than one row has."""
    widths = Counter(len(cells) for _, _, cells in rows)
    return max(((width, count) for width, count in widths.items() if count > 1), default=(0, 0))[1]


def _parse(text: str, separator: str, quoting: int) -> list[TextRow]:
    csv.field_size_limit(2**31 - 1)
    lines = (line.replace("\r", " ") + "\n" for line in text.removesuffix("\n").split("\n"))
    reader = csv.reader(lines, delimiter=separator, quoting=quoting)  # type: ignore[arg-type]
    rows: list[TextRow] = []
    before = 0
    for cells in reader:
        rows.append((before + 1, reader.line_num, cells if not _NO_ROW.match(separator.join(cells)) else [""]))
        before = reader.line_num
    return rows
