"""Columns of a PDF without rules keep their words, wherever cells stand in their row; remarks over a page are seen."""

from __future__ import annotations

import random

import pytest
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from assistant.errors import QuarantinedError
from assistant.records import Rag
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


@pytest.mark.parametrize("words", ["", "R"], ids=["bare", "with a letter"])
def test_coloured_cells_tell_the_rows_of_a_table_without_rules(words: str) -> None:
    actions = [("Hold the homes panel each month and tell the board", "Ann Bell"), ("Write the guide", "Cy Dow")] * 2

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for number, (action, lead) in enumerate(actions):
            low = 700 - 26 * number
            canvas.setFillColorRGB(*((1, 0, 0), (0, 0.69, 0.31))[number % 2])
            canvas.rect(330, low - 4, 40, 24, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
            for at, line in enumerate(simpleSplit(action, "Helvetica", 9, 150)):
                canvas.drawString(50, low + 10 - 10 * at, line)
            canvas.drawString(230, low + 10, lead)
            canvas.drawString(340, low + 10, words)

    (seen,) = tables(drawn(draw))
    assert [[" ".join(cell.split()) for cell in row[:2]] for row in grid(seen)] == [list(row) for row in actions]
    assert [row.cells[-1].colour for row in seen.rows] == [Rag.RED, Rag.GREEN] * 2
