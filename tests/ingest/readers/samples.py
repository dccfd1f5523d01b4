"""One small plan of Fenbridge as bytes in each format, for tests that spoil it or look at what all formats share."""

from __future__ import annotations

import io

import docx
import openpyxl
from odf import table, text
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from reportlab.lib import colors
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

ROWS = [
    ["Ref", "Action", "Lead", "Due date", "Status"],
    ["1.1", "Hold the homes panel each month", "Head of Homes", "31 May 2026", "Green"],
    ["1.2", "Write the guide for carers", "Participation Lead", "30 June 2026", "Amber"],
    ["1.10", "Ask young people what helps them", "Head of Care", "31 July 2026", "Red"],
]


def samples() -> dict[str, bytes]:
    """File name to bytes."""
    return {
        "fenbridge.docx": as_docx(),
        "fenbridge.xlsx": as_xlsx(),
        "fenbridge.odt": as_odf("odt"),
        "fenbridge.ods": as_odf("ods"),
        "fenbridge.pdf": as_pdf(),
        "fenbridge.html": as_html().encode(),
        "fenbridge.csv": "\n".join(",".join(row) for row in ROWS).encode(),
        "fenbridge.txt": "\n".join("\t".join(row) for row in ROWS).encode(),
        "fenbridge.md": "\n".join(f"| {' | '.join(row)} |" for row in [ROWS[0], ["---"] * 5, *ROWS[1:]]).encode(),
    }


def as_docx() -> bytes:
    made, stream = docx.Document(), io.BytesIO()
    grid = made.add_table(len(ROWS), len(ROWS[0]))
    for line, row in zip(grid.rows, ROWS, strict=True):
        for place, words in zip(line.cells, row, strict=True):
            place.text = words
    made.save(stream)
    return stream.getvalue()


def as_xlsx() -> bytes:
    made, stream = openpyxl.Workbook(), io.BytesIO()
    for row in ROWS:
        made.active.append(row)
    made.save(stream)
    return stream.getvalue()


def as_odf(kind: str) -> bytes:
    made = OpenDocumentText() if kind == "odt" else OpenDocumentSpreadsheet()
    grid = table.Table(name="Plan")
    for row in ROWS:
        line = table.TableRow()
        for words in row:
            place = table.TableCell(valuetype="string")
            place.addElement(text.P(text=words))
            line.addElement(place)
        grid.addElement(line)
    (made.text if kind == "odt" else made.spreadsheet).addElement(grid)
    stream = io.BytesIO()
    made.write(stream)
    return stream.getvalue()


def as_pdf() -> bytes:
    stream = io.BytesIO()
    grid = Table(ROWS, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
    SimpleDocTemplate(stream, pageCompression=0).build([grid])
    return stream.getvalue()


def as_html() -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{words}</td>' for words in row)}</tr>" for row in ROWS)
    return f"<!doctype html><html><body><table>{rows}</table></body></html>"
