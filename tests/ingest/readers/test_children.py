"""Details of children set a document aside, wherever they stand in it."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable

import docx
import openpyxl
import pptx
import pytest
from docx.oxml import OxmlElement
from odf import table, text
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from openpyxl.comments import Comment

from assistant.errors import QuarantinedError
from assistant.records import Table
from ingest.readers import read_bytes
from ingest.readers.children import refuse_children
from ingest.reading import reading_of
from tests.ingest.readers.test_safety import read


def a_list(*rows: list[str]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


@pytest.mark.parametrize(
    "rows",
    [
        (["UPN", "School"], ["A123456789012", "North Street"], ["B123456789012", "South Street"]),
        (["Child's name", "DOB", "Worker"], ["Alex Example", "03/04/2015", "JB"], ["Sam Sample", "1/12/2016", "JB"]),
        (["Forename", "Surname", "NHS No."], ["Alex", "Example", "943 476 5919"], ["Sam", "Sample", "9434765870"]),
        (["Name", "D. of B."], ["Alex Example", "03/05/2016"]),
        (["Initials", "DoB (dd/mm)"], ["AE", "03/05"]),
        (["Child", "Date born"], ["Alex", "3 May 2016"]),
        (["YP", "Year born"], ["AE", "2016"]),
        (["Name", "Age", "Address"], ["Alex Example", "9", "3 Mill Lane"]),
        (["YP", "Age", "Social worker"], ["AE", "15", "Jo Smith"]),
        (["Title", "", ""], ["Pupil name", "Year", "Case ID"], ["Alex Example", "5", "LCS-20412"]),
    ],
)
def test_lists_of_children_are_set_aside(rows: tuple[list[str], ...]) -> None:
    with pytest.raises(QuarantinedError, match="details of children"):
        refuse_children(read(a_list(*rows), "fenbridge.csv"))


def test_a_form_about_a_child_is_set_aside() -> None:
    made, stream = docx.Document(), io.BytesIO()
    for words in ("Child's name: Alex Example", "Date of birth: 3 April 2015", "Visit went well."):
        made.add_paragraph(words)
    made.save(stream)
    with pytest.raises(QuarantinedError, match="shown to nobody"):
        refuse_children(read_bytes(stream.getvalue(), "fenbridge.docx"))


@pytest.mark.parametrize(
    "words",
    [
        "Visit Alex Example, DOB 03/04/2015, by May",
        "Alex Example (born 3 April 2014) needs a place",
        "Alex's date of birth is 3 May 2013",
        "Ask the school about UPN A123456789012",
        "See K823420409123 for Alex Example",
        "Alex Example 943 476 5919",
        "NHS no. 9434765919",
        "Visit 9434765919 by May",
        "Visit A.E. (b. 03.05.2016) by May",
        "Visit AE (b. 03.05.2016) by May",
    ],
)
@pytest.mark.parametrize("place", ["a cell", "a line", "over cells"])
def test_one_child_in_any_cell_or_line_sets_a_plan_aside(words: str, place: str) -> None:
    text = f"Improvement plan\n\n{words}\n"
    if place != "a line":
        cell = words if place == "a cell" else words.replace(" ", " | ", 1)
        text = f"| Action | Lead | Due |\n|---|---|---|\n| Train staff | JB | May 2026 |\n| {cell} | JB | June 2026 |\n"
    with pytest.raises(QuarantinedError) as aside:
        refuse_children(read(text.encode(), "fenbridge.md"))
    assert "Example" not in str(aside.value)


@pytest.mark.parametrize(
    "words",
    [
        "Check the date of birth of every child by 1 May 2026",
        "Record the NHS number of 95 of 1,200 children; ring Jo Smith on tel 020 794 6000",
        "Case 801200001001 is closed",
        "The fund of 943 476 5918 was set up by Head Office",
        "Pay for it on order 9434765919",
    ],
)
def test_words_about_such_details_are_no_details(words: str) -> None:
    refuse_children(read(f"Improvement plan\n\n{words}\n".encode(), "fenbridge.md"))


@pytest.mark.parametrize(
    "rows",
    [
        (["Action", "Lead", "Due"], ["Record the NHS number on every file", "JB", "May 2026"], ["x", "y", "z"]),
        (["Abbreviation", "Meaning", "Note"], ["UPN", "Unique pupil number", ""], ["DOB", "Date of birth", ""]),
        (["Name", "Age", "Action"], ["Alex", "9", "Ring the school"]),
        (["Child", "Year", "School"], ["Voice", "2026", "North Street"]),
        (["First name", "Surname", "Role"], ["Jo", "Baker", "Head of Homes"], ["Al", "Cook", "Service Manager"]),
        (["UPN", "Child's name", "DOB"], ["", "", ""], ["", "", ""]),
    ],
)
def test_plans_that_only_speak_of_such_details_are_read(rows: tuple[list[str], ...]) -> None:
    assert any(isinstance(item, Table) for item in read(a_list(*rows), "fenbridge.csv").items)


@pytest.mark.parametrize("where", ["hidden sheet", "very hidden sheet", "comment", "comment in words"])
def test_what_a_file_hides_is_looked_through(where: str) -> None:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Action", "Lead"])
    book.active.append(["Train staff", "JB"])
    if "sheet" in where:
        sheet = book.create_sheet("Cases")
        sheet.sheet_state = "hidden" if where == "hidden sheet" else "veryHidden"
        for row in (["Name", "DOB"], ["Alex Example", datetime.date(2016, 5, 3)]):
            sheet.append(row)
    elif where == "comment":
        book.active["A2"].comment = Comment("Alex Example, DOB 03/05/2016, UPN A123456789012", "JB")
    else:
        made = docx.Document()
        paragraph = made.add_paragraph("Train staff")
        made.add_comment(paragraph.runs, text="Alex Example, DOB 03/05/2016", author="JB")
        made.save(stream)
    name = "fenbridge.docx" if stream.getvalue() else "fenbridge.xlsx"
    if name.endswith("xlsx"):
        book.save(stream)
    with pytest.raises(QuarantinedError):
        refuse_children(read_bytes(stream.getvalue(), name))


_CHILD = "Alex Example, DOB 03/05/2016"


def _word(hidden: bool, row: bool) -> bytes:
    made, stream = docx.Document(), io.BytesIO()
    grid = made.add_table(2, 2)
    grid.cell(0, 0).text = "Action"
    run = grid.cell(1, 1).paragraphs[0].add_run(_CHILD)
    run.font.hidden = hidden and not row
    if row:
        grid.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:hidden" if hidden else "w:del"))
    made.save(stream)
    return stream.getvalue()


def _odf(sheet: bool) -> bytes:
    made, stream = (OpenDocumentSpreadsheet() if sheet else OpenDocumentText()), io.BytesIO()
    grid = table.Table(name="Plan")
    for words in ("Action", _CHILD):
        line = table.TableRow(**({"visibility": "collapse"} if words == _CHILD else {}))
        cell = table.TableCell()
        cell.addElement(text.P(text=words))
        line.addElement(cell)
        grid.addElement(line)
    (made.spreadsheet if sheet else made.text).addElement(grid)
    made.save(stream)
    return stream.getvalue()


def _slides() -> bytes:
    made, stream = pptx.Presentation(), io.BytesIO()
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes[1].text_frame.text = _CHILD
    slide._element.set("show", "0")
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("text.docx", lambda: _word(True, False)),
        ("row.docx", lambda: _word(True, True)),
        ("deleted.docx", lambda: _word(False, True)),
        ("row.odt", lambda: _odf(False)),
        ("row.ods", lambda: _odf(True)),
        ("page.html", f"<p>Actions</p><div style='display:none'><b>{_CHILD}</b></div>".encode),
        ("slides.pptx", _slides),
    ],
)
def test_what_any_format_hides_is_looked_through(name: str, made: Callable[[], bytes]) -> None:
    document = read_bytes(made(), name)
    assert not any(_CHILD in str(item) for item in document.items)
    with pytest.raises(QuarantinedError):
        refuse_children(document)


ACTIONS = ["Ring the school", "Visit at home", "Ask the panel"]


@pytest.mark.parametrize("deed", ["Action", "Agreed actions", "What will we do?", "Next steps"])
@pytest.mark.parametrize("place", [0, 1, 3])
@pytest.mark.parametrize(
    ("head", "values"),
    [
        ("Child ref", ["12", "13", "14"]),
        ("Child's initials", ["AE", "S.S.", "JB"]),
        ("Child", ["AE", "SS", "TBC"]),
        ("Child", ["Alex Example", "Sam Sample", ""]),
        ("Child/YP", ["Child A", "Child B", "Child C"]),
        ("Young person", ["Alex", "Sam", "Jo"]),
        ("YP", ["YP1", "YP2", "YP3"]),
        ("Pupil", ["Alex E", "Sam S", "Jo B"]),
        ("Mosaic ID", ["338822", "338823", "338824"]),
        ("LCS no.", ["20412", "20413", "20414"]),
        ("Case number", ["AB-1234", "AB-1235", ""]),
    ],
)
def test_a_column_about_a_child_beside_actions_sets_a_plan_aside(
    head: str, values: list[str], deed: str, place: int
) -> None:
    rows = [[deed, "Lead", "Due"], *([action, "JB", "May 2026"] for action in ACTIONS)]
    for row, value in zip(rows, (head, *values), strict=True):
        row.insert(place, value)
    with pytest.raises(QuarantinedError):
        refuse_children(read(a_list(*rows), "fenbridge.csv"))


@pytest.mark.parametrize(
    ("head", "values"),
    [
        ("Child", ["Voice of the child", "Safe at home", "Learning well"]),
        ("Young people", ["Voice", "Housing", "Health"]),
        ("Young person", ["Yes", "No", "Yes"]),
        ("Children", ["12", "13", "14"]),
        ("Pupil", ["98%", "12", "3"]),
        ("Pupils", ["All", "Primary", "Secondary"]),
        ("Child outcome", ["AE", "SS", "JB"]),
        ("Ref", ["12", "13", "14"]),
        ("Case audits", ["10", "20", "30"]),
    ],
)
def test_a_column_about_children_in_general_is_read(head: str, values: list[str]) -> None:
    rows = [["Action", "Lead"], *([action, "JB"] for action in ACTIONS)]
    refuse_children(read(a_list(*([*row, value] for row, value in zip(rows, (head, *values), strict=True)))))


@pytest.mark.parametrize("frame", ["{}", "Visit {} by May", "Case file: {}. Training was given."])
@pytest.mark.parametrize(
    "words",
    [
        "Amelia aged 6",
        "Amelia, aged 14,",
        "Amelia (age 6)",
        "AE, aged 9",
        "LP (15, F, pregnant)",
        "L.P. (M, 15)",
        "LP (15 yrs)",
        "Mosaic ID 338822",
        "LCS no. 20412",
        "case no: AB/123456",
        "the family at 14 Mill Lane, Fenbridge FB1 2AA",
        "the Example family, who live at 3a Old Mill Road, FB12 2AA",
        "Child Z's mother, Karen Example",
        "Child Z (Karen Example)",
        "the father of Child B, Alex Example",
    ],
)
def test_one_child_or_family_in_any_words_sets_a_plan_aside(words: str, frame: str) -> None:
    with pytest.raises(QuarantinedError):
        refuse_children(read(f"Improvement plan\n\n{frame.format(words)}\n".encode(), "fenbridge.md"))


@pytest.mark.parametrize("frame", ["{}", "Support {} by May", "Review: {}. Training was given (3)."])
@pytest.mark.parametrize(
    "words",
    [
        "young people aged 16",
        "Young people aged 16 and 17",
        "Children aged 5",
        "Children aged 5 to 11",
        "Care leavers (18-25)",
        "CLA (15)",
        "EHCP (15 Males, 4 females)",
        "CP (3 female, 4 male)",
        "AP (12 young people)",
        "EY (2 year olds)",
        "PA (15 years)",
        "Looked-after aged 16",
        "CYP aged 16",
        "UASC aged 17",
        "Pupils aged 14",
        "Grant aged 5 to 11",
        "Boys (15, mostly)",
        "the families centre at 14 Mill Lane, Fenbridge FB1 2AA",
        "Contact us at 14 Mill Lane, Fenbridge FB1 2AA",
        "a family at risk",
        "the review of Child Z (SCR)",
        "case numbers",
        "case number 12",
        "Mosaic ID of every child",
    ],
)
def test_words_about_children_in_general_are_read(words: str, frame: str) -> None:
    refuse_children(read(f"Improvement plan\n\n{frame.format(words)}\n".encode(), "fenbridge.md"))


@pytest.mark.parametrize("head", ["Young person", "Child/Young Person", "Child", "YP", "Young Person (name)", "Pupil"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_column_of_children_that_a_person_released_is_never_the_owner(head: str, place: int) -> None:
    names = ("Alex Example", "Sam Sample", "Jo Specimen")
    rows = [["Action", "Due"], *([action, "May 2026"] for action in ACTIONS)]
    for row, value in zip(rows, (head, *names), strict=True):
        row.insert(place, value)
    found = reading_of(read(a_list(*rows), "fenbridge.csv")).actions
    assert [action.owners for action in found] == [()] * 3
