"""The first version of the corporate parenting plan, as a Word file: a key, and a table with merged cells a promise."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from tests.corpus.native.content import Fill, Group
from tests.corpus.native.parenting import KEY_OF_THE_FIRST_VERSION, PARENTING_FIRST
from tests.corpus.native.settle import settled

HEADINGS = ("Our promise", "No.", "What we will do", "Who", "By when", "RAG", "Where we are")
WIDTHS_CM = (3.4, 1.3, 7.4, 3.4, 2.6, 1.4, 6.2)
KEY_WIDTHS_CM = (1.4, 6)
INTRODUCTION = (
    "The council is parent to 214 children in care and goes on being one to 187 young people who have left. This plan "
    "holds the four promises that Members made to them in July 2025. It was drawn up with the Children in Care Council "
    "and is looked at by the Corporate Parenting Board at each of its meetings.",
    "Ratings are given by the officer named and checked by the Participation Officer with two care leavers.",
)


def corporate_parenting() -> bytes:
    """The bytes of the Word file."""
    document = Document()
    _lay_out(document)
    document.add_heading("Corporate Parenting and Care Leavers Plan", 0)
    document.add_paragraph("Fenbridge Council  |  Version 1, 20 October 2025")
    for text in INTRODUCTION:
        document.add_paragraph(text)
    document.add_heading("Key to the RAG column", 2)
    _key(document)
    document.add_heading("What we have promised", 1)
    for group in PARENTING_FIRST:
        document.add_heading(group.title, 2)
        _promise(document, group)
    document.add_heading("How we will know", 1)
    for text in (
        "Care leavers tell us, in the yearly survey, that they feel safe where they live.",
        "No young person waits more than a week for the money that is due to them.",
    ):
        document.add_paragraph(text, style="List Bullet")
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue())


def _lay_out(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.header.paragraphs[0].text = "Corporate Parenting Board"
    section.footer.paragraphs[0].text = "Fenbridge Council – Corporate Parenting and Care Leavers Plan v1"
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(10)
    document.core_properties.title = "Corporate Parenting and Care Leavers Plan"
    document.core_properties.author = "Fenbridge Council"


def _key(document: Any) -> None:
    table = document.add_table(len(KEY_OF_THE_FIRST_VERSION), 2, style="Table Grid")
    table.autofit = False
    for row, (fill, meaning) in zip(table.rows, KEY_OF_THE_FIRST_VERSION, strict=True):
        _shade(row.cells[0], fill)
        row.cells[1].text = meaning
        _set_widths(row, KEY_WIDTHS_CM)
    _set_widths(table, KEY_WIDTHS_CM)


def _promise(document: Any, group: Group) -> None:
    table = document.add_table(1, len(HEADINGS), style="Table Grid")
    table.autofit = False
    for cell, heading in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = heading
        cell.paragraphs[0].runs[0].bold = True
        _shade(cell, "D9D9D9")
    for line in group.lines:
        cells = table.add_row().cells
        for cell, text in zip(cells[1:], (line.ref, line.action, line.owner, line.due, "", line.note), strict=True):
            cell.text = str(text)
        _shade(cells[5], line.fill)
    for row in table.rows:
        _set_widths(row, WIDTHS_CM)
    _set_widths(table, WIDTHS_CM)
    table.cell(1, 0).merge(table.cell(len(group.lines), 0)).text = group.title


def _set_widths(part: Any, widths_cm: Sequence[float]) -> None:
    """The widths of a row's cells, or of a table's columns: programs differ in which they heed."""
    for piece, width in zip(part.cells if hasattr(part, "cells") else part.columns, widths_cm, strict=True):
        piece.width = Cm(width)


def _shade(cell: Any, fill: Fill | str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), str(fill))
    cell._tc.get_or_add_tcPr().append(shading)
