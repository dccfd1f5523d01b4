"""Columns of a PDF without rules keep their words, wherever cells stand in their row; remarks over a page are seen."""

from __future__ import annotations

import random

import pytest
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from assistant.errors import QuarantinedError
from ingest.readers.children import refuse_children
from tests.ingest.readers.looking import grid, tables
from tests.ingest.readers.test_pdf import DUES, WORDS, drawn


@pytest.mark.parametrize("rise", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("gap", [0, 5, 12])
@pytest.mark.parametrize("seed", range(4))
def test_no_word_crosses_a_column_wherever_cells_stand_in_their_row(rise: float, gap: int, seed: int) -> None:
    chance = random.Random(seed)
    words = [
        f"{chance.choice(['Train', 'Audit', 'Write'])} {' '.join(WORDS[n % 3].split()[: 9 + n])}" for n in range(5)
    ]
    chance.shuffle(words)
    leads = [chance.choice(["Head of Homes", "Principal Social Worker and Panel Chair", "Mate"]) for _ in words]
    rows = [
        ["Action", "Lead", "Due"],
        *([w, who, DUES[n % 3]] for n, (w, who) in enumerate(zip(words, leads, strict=True))),
    ]

    def draw(canvas: Canvas) -> None:
        top = 780.0
        for number, row in enumerate(rows):
            font = "Helvetica" if number else "Helvetica-Bold"
            canvas.setFont(font, 9)
            cells = [simpleSplit(text, font, 9, width) for text, width in zip(row, (160, 95, 80), strict=True)]
            high = max(map(len, cells))
            for lines, left in zip(cells, (50, 220, 325), strict=True):
                for at, line in enumerate(lines):
                    canvas.drawString(left, top - 11 * (rise * (high - len(lines)) + at), line)
            top -= 11 * high + gap

    seen = tables(drawn(draw))
    read = [[" ".join(cell.split()) for cell in row] for table in seen for row in grid(table)]
    by_column, wanted = ([" ".join(cells).split() for cells in zip(*each, strict=True)] for each in (read, rows))
    assert by_column == wanted
    assert read == rows or min(row.sure for table in seen for row in table.rows) < 0.8


def test_remarks_over_a_page_are_looked_through_for_children() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Fenbridge plan")
        canvas.textAnnotation("Alex Example, born 3 May 2016", Rect=[60, 600, 80, 620])

    with pytest.raises(QuarantinedError):
        refuse_children(drawn(draw))
