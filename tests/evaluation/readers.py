"""What reading costs, beside what the format's library alone needs: `python -m tests.evaluation.readers`."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ingest.readers import read_bytes
from ingest.readers.choose import parse
from ingest.readers.job import Job
from ingest.reading import reading_of
from tests.bench.figures import Figure, median_of

PAGES, ROWS = 200, 5_000
HEADER = ["Ref", "Action", "Lead", "Due date", "How we will know", "RAG"]
WORDS = (
    "Hold the homes panel each month and tell the board what it decides",
    "Write the guide for carers with the carers who will use it",
    "Ask young people what helps them most when they move home",
)
FILLS = ("00B050", "FFC000", "FF0000", "0070C0")
MONTHS = ("April", "May", "June", "July", "September", "October")


def row(number: int) -> list[str]:
    """One action of an invented plan."""
    return [
        f"{number // 20 + 1}.{number % 20 + 1}",
        f"{WORDS[number % 3]} ({number})",
        f"Head of Service {number % 7 + 1}",
        f"{number % 28 + 1} {MONTHS[number % 6]} 2026",
        "The panel's notes show it",
    ]


def workbook() -> bytes:
    """A workbook of 5,000 rows whose status is a fill."""
    import openpyxl
    from openpyxl.styles import PatternFill

    made, stream = openpyxl.Workbook(), io.BytesIO()
    made.active.append(HEADER)
    fills = [PatternFill("solid", fgColor=fill) for fill in FILLS]
    for number in range(ROWS):
        made.active.append(row(number))
        made.active.cell(number + 2, 6).fill = fills[number % 4]
    made.save(stream)
    return stream.getvalue()


def pack() -> bytes:
    """A committee pack of about 200 pages, a third of them tables with coloured cells."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

    def stamp(canvas: Any, page: Any) -> None:
        canvas.drawString(60, 815, "Fenbridge Council: Corporate Parenting Board")
        canvas.drawCentredString(300, 22, f"Page {page.page + 40}")

    normal, stream = getSampleStyleSheet()["Normal"], io.BytesIO()
    grid = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
    story: list[Any] = []
    for page in range(PAGES):
        if page % 3:
            story += [Paragraph(f"Paragraph {n} of page {page}. " + f"{WORDS[n % 3]}. " * 6, normal) for n in range(9)]
        else:
            fills = [("BACKGROUND", (5, n + 1), (5, n + 1), colors.HexColor(f"#{FILLS[n % 4]}")) for n in range(14)]
            rows = [HEADER, *([*(Paragraph(words, normal) for words in row(page * 14 + n)), ""] for n in range(14))]
            story.append(Table(rows, [35, 170, 85, 70, 70, 35], style=TableStyle([grid, *fills])))
        story.append(PageBreak())
    SimpleDocTemplate(stream, pagesize=A4).build(story, onFirstPage=stamp, onLaterPages=stamp)
    return stream.getvalue()


def openpyxl_alone(data: bytes) -> None:
    """Open a workbook and look at the value and the fill of every cell."""
    import openpyxl

    for line in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows():
        for place in line:
            _ = (place.value, place.fill.fgColor.rgb)


def pdfium_alone(data: bytes) -> None:
    """Open a PDF and take its text and the box of each of its letters."""
    import pypdfium2

    file = pypdfium2.PdfDocument(data)
    for page in file:
        text = page.get_textpage()
        text.get_text_range()
        for index in range(text.count_chars()):
            text.get_charbox(index)


def pdfplumber_alone(data: bytes) -> None:
    """Open a PDF and let pdfplumber find its tables."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as file:
        for page in file.pages:
            page.extract_tables()
            page.flush_cache()


def reader_figures() -> Iterator[Figure]:
    """The seconds of each step, and how many times those of the library it is."""
    for name, data, alone in (
        (f"{ROWS:,}-row workbook", workbook(), openpyxl_alone),
        (f"{PAGES}-page pack", pack(), pdfium_alone),
    ):
        file = f"fenbridge.{'xlsx' if 'workbook' in name else 'pdf'}"
        yield from _figures(name, file, data, alone)


def _figures(name: str, file: str, data: bytes, alone: Callable[[bytes], None]) -> Iterator[Figure]:
    library = median_of(lambda: alone(data), 1)
    document = parse(data, Job(file))
    read_bytes(data, file)
    for what, run in (
        ("parsed", lambda: parse(data, Job(file))),
        ("parsed in a process of its own", lambda: read_bytes(data, file)),
        ("laid out to actions", lambda: reading_of(document)),
    ):
        seconds = median_of(run, 1)
        beside = f"{seconds / library:.1f} times the {library:.2f} s of {alone.__name__.replace('_', ' ')}"
        yield Figure(f"{name}, {what}", f"{seconds:.2f} s", beside)


def main() -> None:
    """Print the figures, and what pdfplumber would need for the pack."""
    for figure in reader_figures():
        sys.stdout.write(f"{figure.name:55s} {figure.value:>10s}   {figure.beside}\n")
        sys.stdout.flush()
    if "--pdfplumber" in sys.argv:
        data = pack()
        sys.stdout.write(
            f"{'pdfplumber, tables of the pack':55s} {median_of(lambda: pdfplumber_alone(data), 1):8.2f} s\n"
        )
    if "--keep" in sys.argv:
        folder = Path(tempfile.mkdtemp())
        (folder / "fenbridge.pdf").write_bytes(pack())
        (folder / "fenbridge.xlsx").write_bytes(workbook())
        sys.stdout.write(f"kept in {folder}\n")


if __name__ == "__main__":
    main()
