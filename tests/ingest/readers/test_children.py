"""Details of children set a document aside, wherever they stand in it."""

from __future__ import annotations

import datetime
import io

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment

from assistant.errors import QuarantinedError
from assistant.records import Table
from ingest.readers import read_bytes
from ingest.readers.children import refuse_children
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
