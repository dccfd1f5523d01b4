"""What prose says is quoted from its own place, in documents of every kind."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from odf.opendocument import OpenDocumentText
from odf.text import H, P

from assistant import Assistant
from assistant.answer import Answer, Reader
from assistant.outcome import AnswerStatus
from assistant.register import Register, database_place
from assistant.settings import read_settings
from ingest.load import load
from tests.fakes import LetterEmbedder

TITLE = "Fenbridge harbour children's plan 2031"
PROSE = [
    ("How the plan is led", "The Harbour Board meets each month and is chaired by Ottilie Marsh, Director of Piers."),
    ("What the scrutiny found", "The scrutiny of February 2031 found that ferry visits were held without a nurse."),
]
ROWS = [["Action", "Lead", "Due"], ["Paint the pier for the young sailors", "Pier Manager", "30 June 2031"]]


def _word() -> bytes:
    made, stream = docx.Document(), io.BytesIO()
    made.add_heading(TITLE, 0)
    for heading, words in PROSE:
        made.add_heading(heading, 1)
        made.add_paragraph(words)
    grid = made.add_table(len(ROWS), len(ROWS[0]))
    for line, row in zip(grid.rows, ROWS, strict=True):
        for place, words in zip(line.cells, row, strict=True):
            place.text = words
    made.save(stream)
    return stream.getvalue()


def _workbook() -> bytes:
    made, stream = openpyxl.Workbook(), io.BytesIO()
    sheet, notes = made.active, made.create_sheet("Notes")
    for row in ROWS:
        sheet.append(row)
    for words in (TITLE, *(words for part in PROSE for words in part)):
        notes.append([words])
    made.save(stream)
    return stream.getvalue()


def _open_document() -> bytes:
    made, stream = OpenDocumentText(), io.BytesIO()
    made.text.addElement(H(outlinelevel=1, text=TITLE))
    for heading, words in PROSE:
        made.text.addElement(H(outlinelevel=2, text=heading))
        made.text.addElement(P(text=words))
    made.save(stream)
    return stream.getvalue()


def _web() -> bytes:
    prose = "".join(f"<h2>{heading}</h2><p>{words}</p>" for heading, words in PROSE)
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    return f"<html><body><h1>{TITLE}</h1>{prose}<table>{rows}</table></body></html>".encode()


def _text() -> bytes:
    return "\n\n".join(["# " + TITLE, *(f"## {heading}\n\n{words}" for heading, words in PROSE)]).encode()


@pytest.mark.parametrize(
    ("kind", "made"), [("docx", _word), ("xlsx", _workbook), ("odt", _open_document), ("html", _web), ("md", _text)]
)
def test_a_quote_stands_at_its_own_place_in_each_format(kind: str, made: Callable[[], bytes], tmp_path: Path) -> None:
    (tmp_path / f"plan.{kind}").write_bytes(made())
    settings = read_settings(data_dir=tmp_path / "data")
    assert not load([tmp_path / f"plan.{kind}"], settings, embedder=LetterEmbedder()).failed
    register = Register.open(database_place(settings.data_dir, None), create=False)
    assistant = Assistant(register, LetterEmbedder, lambda: date(2031, 4, 9))
    found: list[Answer] = [
        assistant.ask("who chairs the Harbour Board?", reader=Reader.STAFF),
        assistant.ask("what did the scrutiny find about ferry visits?", reader=Reader.STAFF),
    ]
    for answer, (_, words) in zip(found, PROSE, strict=True):
        assert answer.status is AnswerStatus.ANSWERED
        assert words in [citation.quote for citation in answer.citations]
