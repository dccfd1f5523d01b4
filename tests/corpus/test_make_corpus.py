"""The corpus's native files are what their makers make, and hold what the gold says."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from docx import Document
from openpyxl import load_workbook

from tests.corpus.make_corpus import CORPUS, MAKERS
from tests.corpus.native.content import Fill

GOLD = Path(__file__).resolve().parent
LARGEST_CORPUS = 1_500_000
"""Bytes of all documents together."""
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (GOLD / "rows.jsonl").read_text(encoding="utf-8").split("\n") if line
]


def parts(path: Path) -> dict[str, bytes]:
    """What a file holds. Compressed bytes differ from machine to machine, so an archive is compared opened."""
    if not zipfile.is_zipfile(path):
        return {path.name: path.read_bytes()}
    with zipfile.ZipFile(path) as archive:
        return {item.filename: archive.read(item) for item in archive.infolist()}


@pytest.mark.parametrize("name", MAKERS)
def test_a_document_is_what_its_maker_makes(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(MAKERS[name]())
    assert parts(tmp_path / name) == parts(CORPUS / name), "make it again: python -m tests.corpus.make_corpus"


def test_the_corpus_stays_small() -> None:
    assert sum(path.stat().st_size for path in CORPUS.iterdir()) < LARGEST_CORPUS


def rows_of(suffix: str) -> list[dict[str, Any]]:
    return [row for row in ROWS if row["file"].endswith(suffix)]


def colour_name(fill: str | None) -> str | None:
    return next((each.name.lower() for each in Fill if each.value and fill and fill.endswith(each.value)), None)


def test_the_gold_of_the_word_file_stands_in_its_cells() -> None:
    tables = Document(str(CORPUS / rows_of(".docx")[0]["file"])).tables
    for row in rows_of(".docx"):
        cells = tables[row["native"]["table"]].rows[row["native"]["row"]].cells
        _, ref, action, owner, due, _, note = (cell.text for cell in cells)
        assert (ref, action, owner, due, note or None) == (
            row["ref"], row["action"], row["owner"], row["due_text"], row["status_text"]
        )  # fmt: skip
        assert colour_name(_shade(cells[5])) == row["rag"]


def _shade(cell: Any) -> str:
    return str(cell._tc.xpath("./w:tcPr/w:shd/@w:fill")[0])


def test_the_gold_of_the_workbook_stands_in_its_cells() -> None:
    book = load_workbook(CORPUS / rows_of(".xlsx")[0]["file"])
    for row in rows_of(".xlsx"):
        sheet = book[row["native"]["sheet"]]
        _, ref, action, owner, start, due, rag, note = (cell for cell in sheet[row["native"]["row"]])
        assert (ref.value, action.value, owner.value) == (row["ref"], row["action"], row["owner"])
        assert note.value == row["status_text"]
        if due.is_date:
            assert due.value.date().isoformat()[:7] == row["due"][:7]
        else:
            assert due.value == row["due_text"]
        assert (start.value is None) == (row["start"] is None)
        assert colour_name(rag.fill.fgColor.rgb if rag.fill.fill_type else None) == row["rag"]


def test_the_gold_of_the_pdf_stands_in_its_boxes() -> None:
    with pdfplumber.open(CORPUS / rows_of(".pdf")[0]["file"]) as pdf:
        for row in rows_of(".pdf"):
            place = row["native"]
            page = pdf.pages[place["page"] - 1]
            words = " ".join(page.crop(place["bbox"]).extract_text().split())
            assert row["ref"] in words
            assert all(word in words for word in row["action"].split())
            assert f"Page {40 + place['page']}" in page.extract_text()
