"""One plan, written in nine formats, gives the same rows field by field."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from odf import style, table, text
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from openpyxl.styles import Font, PatternFill
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

import ingest
from assistant.flags import FlagCode
from assistant.records import Action, DuePrecision, Rag, Status

TITLE = "Fenbridge Children's Improvement Plan 2026"
DATED = "Position at 4 May 2026"
KEY = [
    ("Blue", "0070C0", "Complete"),
    ("Green", "00B050", "On track"),
    ("Amber", "FFC000", "At risk of delay"),
    ("Red", "FF0000", "Not started"),
]
FILLS = {name: fill for name, fill, _ in KEY}
HEADER = ["Ref", "Priority", "Action", "Lead", "Due date", "How we will know", "RAG"]
SECTIONS = [
    (
        "Homes for children in care",
        [
            [
                "1.1",
                "More homes nearby",
                "Open two homes in the borough by agreement with the region",
                "Head of Homes",
                "30 June 2026",
                "Two homes open",
                "Green",
            ],
            [
                "1.2",
                "",
                "Review every placement that is more than twenty miles away",
                "Service Manager, Care",
                "September 2026",
                "Reviews on file",
                "Amber",
            ],
            [
                "1.10",
                "Better matching",
                "Write a profile of each foster home with the carers",
                "Fostering Manager",
                "15/05/2026",
                "All profiles written",
                "Blue",
            ],
        ],
    ),
    (
        "Help that comes early",
        [
            [
                "2.1",
                "One front door",
                "Put health visitors in the front door team",
                "Head of Early Help",
                "ASAP",
                "Visitors in the team",
                "Red",
            ],
            [
                "2.2",
                "",
                "Publish what help there is on one page for families",
                "Communications Lead",
                "Autumn 2026",
                "Page is read",
                "Green",
            ],
        ],
    ),
]


def lines() -> list[list[str]]:
    return [line for section, rows in SECTIONS for line in ([section, *[""] * 6], *rows)]


def as_tsv() -> bytes:
    key = "\n".join(f"{name}: {meaning}" for name, _, meaning in KEY)
    body = "\n".join("\t".join(row) for row in [HEADER, *lines()])
    return f"{TITLE}\n\n{DATED}\n\nKey\n\n{key}\n\n{body}\n".encode()


def as_markdown() -> bytes:
    rows = [HEADER, ["---"] * 7, *lines()]
    key = "\n".join(f"- {name}: {meaning}" for name, _, meaning in KEY)
    return (
        f"# {TITLE}\n\n{DATED}\n\n## Key\n\n{key}\n\n".encode()
        + "\n".join(f"| {' | '.join(row)} |" for row in rows).encode()
    )


def as_csv() -> bytes:
    rows = [[TITLE], [DATED], [], *([name, meaning] for name, _, meaning in KEY), [], HEADER, *lines()]
    return "\n".join(",".join(f'"{words}"' for words in row) for row in rows).encode("cp1252")


def as_docx() -> bytes:
    made, stream = docx.Document(), io.BytesIO()
    made.add_heading(TITLE, 0)
    made.add_paragraph(DATED)
    legend = made.add_table(len(KEY), 2)
    for line, (_, fill, meaning) in zip(legend.rows, KEY, strict=True):
        shaded(line.cells[0], fill)
        line.cells[1].text = meaning
    grid = made.add_table(0, 7)
    for row in [HEADER, *lines()]:
        places = grid.add_row().cells
        if not any(row[1:]):
            places[0].merge(places[-1]).text = row[0]
            continue
        for place, words in zip(places, row, strict=True):
            if words in FILLS:
                shaded(place, FILLS[words])
            else:
                place.text = words
    made.save(stream)
    return stream.getvalue()


def shaded(place: Any, fill: str) -> None:
    place._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill}"/>'))


def as_xlsx() -> bytes:
    made, stream = openpyxl.Workbook(), io.BytesIO()
    sheet = made.active
    sheet.title = "Plan"
    sheet["B2"], sheet["B2"].font, sheet["B3"] = TITLE, Font(bold=True, size=16), DATED
    for number, (_, fill, meaning) in enumerate(KEY, start=5):
        sheet.cell(number, 2).fill = PatternFill("solid", fgColor=fill)
        sheet.cell(number, 3, meaning)
    for number, row in enumerate([HEADER, *lines()], start=10):
        for column, words in enumerate(row, start=2):
            place = sheet.cell(number, column)
            place.font = Font(bold=number == 10)
            if words in FILLS:
                place.fill = PatternFill("solid", fgColor=FILLS[words])
            elif words:
                place.value = words
        if not any(row[1:]):
            sheet.merge_cells(start_row=number, end_row=number, start_column=2, end_column=8)
    made.save(stream)
    return stream.getvalue()


def as_html() -> bytes:
    def tag(words: str) -> str:
        return f'<td style="background:#{FILLS[words]}"></td>' if words in FILLS else f"<td>{words}</td>"

    rows = "".join(
        f"<tr>{''.join(map(tag, row))}</tr>" if any(row[1:]) else f'<tr><td colspan="7"><b>{row[0]}</b></td></tr>'
        for row in lines()
    )
    head = "".join(f"<th>{words}</th>" for words in HEADER)
    key = "".join(f'<tr><td style="background-color:#{fill}"></td><td>{meaning}</td></tr>' for _, fill, meaning in KEY)
    return (
        f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>{DATED}</p><table>{key}</table>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></body></html>"
    ).encode()


def as_pdf() -> bytes:
    sheet, stream = getSampleStyleSheet(), io.BytesIO()
    look: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    rows: list[list[Any]] = []
    for number, row in enumerate([HEADER, *lines()]):
        rows.append([Paragraph("" if words in FILLS else words, sheet["Normal"]) for words in row])
        if not any(row[1:]):
            look.append(("SPAN", (0, number), (-1, number)))
        elif row[-1] in FILLS:
            look.append(("BACKGROUND", (-1, number), (-1, number), colors.HexColor(f"#{FILLS[row[-1]]}")))
    key = [("BACKGROUND", (0, n), (0, n), colors.HexColor(f"#{fill}")) for n, (_, fill, _) in enumerate(KEY)]
    story = [
        Paragraph(TITLE, sheet["Title"]),
        Paragraph(DATED, sheet["Normal"]),
        Table([["", meaning] for _, _, meaning in KEY], [40, 200], style=TableStyle([look[0], *key])),
        Spacer(1, 12),
        Table(rows, [35, 95, 230, 95, 80, 110, 40], repeatRows=1, style=TableStyle(look)),
    ]
    SimpleDocTemplate(stream, pagesize=landscape(A4)).build(story)
    return stream.getvalue()


def as_odf(book: bool) -> bytes:
    made = OpenDocumentSpreadsheet() if book else OpenDocumentText()
    for name, fill in FILLS.items():
        look = style.Style(name=name, family="table-cell")
        look.addElement(style.TableCellProperties(backgroundcolor=f"#{fill.lower()}"))
        made.automaticstyles.addElement(look)
    key = [[(name, ""), ("", meaning)] for name, _, meaning in KEY]
    body = [[(words, "") if words in FILLS else ("", words) for words in row] for row in [HEADER, *lines()]]
    if book:
        grid([[("", TITLE)], [("", DATED)], [], *key, [], *body], made.spreadsheet)
    else:
        made.text.addElement(text.H(outlinelevel=1, text=TITLE))
        made.text.addElement(text.P(text=DATED))
        grid(key, made.text)
        made.text.addElement(text.P())
        grid(body, made.text)
    stream = io.BytesIO()
    made.write(stream)
    return stream.getvalue()


def grid(rows: list[list[tuple[str, str]]], parent: Any) -> None:
    made = table.Table(name="Plan")
    for row in rows:
        line = table.TableRow()
        wide = len(row) > 2 and not any(words or look for look, words in row[1:])
        for number, (look, words) in enumerate(row):
            if wide and number:
                line.addElement(table.CoveredTableCell())
                continue
            place = table.TableCell(
                **({"stylename": look} if look else {}), **({"numbercolumnsspanned": 7} if wide else {})
            )
            if words:
                place.addElement(text.P(text=words))
            line.addElement(place)
        made.addElement(line)
    parent.addElement(made)


WRITERS: dict[str, Callable[[], bytes]] = {
    "plan.txt": as_tsv,
    "plan.md": as_markdown,
    "plan.csv": as_csv,
    "plan.docx": as_docx,
    "plan.xlsx": as_xlsx,
    "plan.html": as_html,
    "plan.pdf": as_pdf,
    "plan.odt": lambda: as_odf(book=False),
    "plan.ods": lambda: as_odf(book=True),
}
FIELDS = (
    "ref", "section", "recommendation", "action", "owner", "owners", "start", "due", "due_text", "due_precision",
    "status", "rag", "rag_meaning", "completed_on", "success_measure", "outcome",
)  # fmt: skip


@cache
def actions(name: str, folder: Path) -> tuple[Action, ...]:
    path = folder / name
    path.write_bytes(WRITERS[name]())
    return ingest.read(path).actions


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("formats")


@pytest.mark.parametrize("name", [name for name in WRITERS if name != "plan.txt"])
def test_the_rows_are_those_of_the_text(name: str, folder: Path) -> None:
    def fields(found: tuple[Action, ...]) -> list[dict[str, object]]:
        return [{field: getattr(action, field) for field in FIELDS} for action in found]

    assert fields(actions(name, folder)) == fields(actions("plan.txt", folder))


def test_the_rows_of_the_text_are_what_the_plan_says(folder: Path) -> None:
    found = actions("plan.txt", folder)
    assert [action.ref for action in found] == ["1.1", "1.2", "1.10", "2.1", "2.2"]
    assert [action.recommendation for action in found[:2]] == ["More homes nearby", "More homes nearby"]
    assert [action.rag for action in found] == [Rag.GREEN, Rag.AMBER, Rag.BLUE, Rag.RED, Rag.GREEN]
    assert [action.status for action in found] == [
        Status.ON_TRACK,
        Status.AT_RISK,
        Status.COMPLETE,
        Status.NOT_STARTED,
        Status.ON_TRACK,
    ]
    assert [str(action.due) for action in found] == ["2026-06-30", "2026-09-30", "2026-05-15", "None", "2026-11-30"]
    assert found[4].due_precision is DuePrecision.SEASON


def test_a_colour_against_its_word_is_flagged(tmp_path: Path) -> None:
    made = docx.Document()
    grid_of = made.add_table(3, 4)
    rows = (
        ["Action", "Lead", "Due date", "RAG"],
        ["Hold the panel", "JB", "May 2026", "Green"],
        ["Write", "JB", "May 2026", "Red"],
    )
    for line, row in zip(grid_of.rows, rows, strict=True):
        for place, words in zip(line.cells, row, strict=True):
            place.text = words
    shaded(grid_of.cell(1, 3), FILLS["Red"])
    shaded(grid_of.cell(2, 3), FILLS["Red"])
    made.save(str(tmp_path / "plan.docx"))
    first, second = ingest.read(tmp_path / "plan.docx").actions
    assert [flag.words for flag in first.flags if flag.code == FlagCode.COLOUR_CONTRADICTS_WORDS] == [
        'The cell says "Green" and is coloured red.'
    ]
    assert FlagCode.COLOUR_CONTRADICTS_WORDS not in {flag.code for flag in second.flags}
