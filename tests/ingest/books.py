"""Workbooks and Word files made of a few lines, for tests of layouts that text cannot show."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import openpyxl
from openpyxl.styles import PatternFill

from assistant.records import Reading
from ingest.readers import read_bytes
from ingest.reading import reading_of

FILLS = {"red": "FF0000", "amber": "FFC000", "green": "00B050", "blue": "0070C0"}
Sheet = Sequence[Sequence[str]]


def workbook(**sheets: Sheet) -> Reading:
    """The reading of a workbook; a cell that begins with <amber> is filled with that colour."""
    made, stream = openpyxl.Workbook(), io.BytesIO()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.replace("_", " "))
        for y, row in enumerate(rows, start=1):
            for x, words in enumerate(row, start=1):
                _fill(sheet.cell(y, x), words)
    made.save(stream)
    return reading_of(read_bytes(stream.getvalue(), "fenbridge.xlsx"))


def _fill(cell: openpyxl.cell.Cell, words: str) -> None:
    colour = words[1:].partition(">")[0] if words.startswith("<") else ""
    if colour in FILLS:
        cell.fill = PatternFill("solid", fgColor=FILLS[colour])
        words = words.partition(">")[2]
    cell.value = words or None


def word(*parts: str | Sheet) -> Reading:
    """The reading of a Word file: a text is a heading, anything else a table."""
    made, stream = docx.Document(), io.BytesIO()
    for part in parts:
        if isinstance(part, str):
            made.add_heading(part, 1)
            continue
        grid = made.add_table(len(part), max(map(len, part)))
        for line, row in zip(grid.rows, part, strict=True):
            for place, words in zip(line.cells, row, strict=False):
                place.text = words
        made.add_paragraph("")
    made.save(stream)
    return reading_of(read_bytes(stream.getvalue(), "fenbridge.docx"))
