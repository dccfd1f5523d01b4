"""Workbooks as an officer sees them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, FormulaRule, Rule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.filters import FilterColumn, Filters

from assistant.records import BlockKind, Document, Rag
from ingest.readers import xlsx
from ingest.readers.job import Job
from tests.ingest.readers.looking import blocks, cell, colours, grid, rewritten, tables, told

HEADER = ["Ref", "Action", "Lead", "Due", "Status"]
ROWS = [
    ["1.1", "Hold the panel each month", "Head of Homes", "May 2026", ""],
    ["1.2", "Write the guide for carers", "Head of Homes", "June 2026", ""],
    ["1.3", "Ask young people what helps", "Participation Lead", "July 2026", ""],
]


def book(*rows: list[Any], title: str = "Plan") -> tuple[Any, Any]:
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    return made, made.active


def saved(made: Any) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def read(made: Any) -> Document:
    return xlsx.read(saved(made), Job("fenbridge.xlsx"))


def plan() -> tuple[Any, Any]:
    made, sheet = book(HEADER, *ROWS)
    for place in sheet[1]:
        place.font = Font(bold=True)
    return made, sheet


def solid(colour: str | Color) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


@pytest.mark.parametrize(
    ("colour", "seen"),
    [
        ("FF00B050", Rag.GREEN),
        ("FFFFC7CE", Rag.RED),
        ("FFBFBFBF", None),
        (Color(theme=6), Rag.GREEN),
        (Color(theme=6, tint=0.8), Rag.GREEN),
        (Color(theme=9, tint=0.6), Rag.AMBER),
        (Color(theme=5, tint=-0.25), Rag.RED),
        (Color(theme=2), None),
        (Color(indexed=10), Rag.RED),
        (Color(indexed=64), None),
    ],
)
def test_fills_by_value_theme_and_number(colour: str | Color, seen: Rag | None) -> None:
    made, sheet = plan()
    sheet["E2"].fill = solid(colour)
    assert colours(tables(read(made))[0], 4) == [None, seen, None, None]


def test_letters_give_the_colour_where_nothing_fills_the_cell() -> None:
    made, sheet = plan()
    sheet["E2"], sheet["E2"].font = "Late", Font(color="FFC00000")
    assert colours(tables(read(made))[0], 4)[1] is Rag.RED


def rule_cell_is(sheet: Any) -> None:
    sheet.conditional_formatting.add("E2:E4", CellIsRule(operator="equal", formula=['"Late"'], fill=solid("FFFF0000")))


def rule_text(sheet: Any) -> None:
    look = DifferentialStyle(fill=PatternFill(bgColor="FFFF0000"))
    rule = Rule(type="containsText", operator="containsText", text="ate", dxf=look)
    rule.formula = ['NOT(ISERROR(SEARCH("ate",E2)))']
    sheet.conditional_formatting.add("E2:E4", rule)


def rule_on_the_row(sheet: Any) -> None:
    sheet.conditional_formatting.add("A2:E4", FormulaRule(formula=['$E2="late"'], fill=solid("FFFF0000")))


@pytest.mark.parametrize("add", [rule_cell_is, rule_text, rule_on_the_row])
def test_simple_rules_colour_cells(add: Callable[[Any], None]) -> None:
    made, sheet = plan()
    sheet["E3"] = "Late"
    add(sheet)
    assert colours(tables(read(made))[0], 4) == [None, None, Rag.RED, None]


def test_the_first_rule_that_holds_wins_over_the_fill() -> None:
    made, sheet = plan()
    for row, text in ((2, "Done"), (3, "Late"), (4, "Begun")):
        sheet.cell(row, 5, text).fill = solid("FFFFC000")
    sheet.conditional_formatting.add("E2:E4", CellIsRule(operator="equal", formula=['"Done"'], fill=solid("FF00B050")))
    sheet.conditional_formatting.add("E2:E4", FormulaRule(formula=["LEN($E2)<5"], fill=solid("FFFF0000")))
    assert colours(tables(read(made))[0], 4) == [None, Rag.GREEN, Rag.RED, Rag.AMBER]


def rule_today(sheet: Any) -> None:
    sheet.conditional_formatting.add("E2:E4", FormulaRule(formula=["$D2<TODAY()"], fill=solid("FFFF0000")))


def rule_scale(sheet: Any) -> None:
    scale = ColorScaleRule(start_type="min", start_color="FF0000", end_type="max", end_color="00FF00")
    sheet.conditional_formatting.add("E2:E4", scale)


def rule_other_sheet(sheet: Any) -> None:
    sheet.conditional_formatting.add("E2:E4", FormulaRule(formula=["Lists!$A$1=$E2"], fill=solid("FFFF0000")))


@pytest.mark.parametrize("add", [rule_today, rule_scale, rule_other_sheet])
def test_other_rules_leave_the_colour_open_and_say_so(add: Callable[[Any], None]) -> None:
    made, sheet = plan()
    sheet["E2"].fill = solid("FF00B050")
    add(sheet)
    seen = cell(tables(read(made))[0], 1, 4)
    assert (seen.colour, seen.unread_rule) == (None, True)


def test_dates_are_shown_by_their_format_and_typed_where_a_day_shows() -> None:
    made, sheet = plan()
    for row, code in ((2, "dd-mmm-yy"), (3, "mmm-yy"), (4, "mm-dd-yy")):
        sheet.cell(row, 4, datetime(2026, 4, 3)).number_format = code
    sheet.append(["1.4", "Text date", "Lead", "END AUG 2026", ""])
    seen = tables(read(made))[0]
    found = [(cell(seen, row, 3).text, cell(seen, row, 3).value) for row in range(1, 5)]
    assert found == [
        ("03-Apr-26", date(2026, 4, 3)),
        ("Apr-26", None),
        ("03/04/2026", date(2026, 4, 3)),
        ("END AUG 2026", None),
    ]


def test_a_workbook_that_counts_from_1904() -> None:
    made, sheet = plan()
    made.epoch = CALENDAR_MAC_1904
    sheet["D2"] = date(2026, 4, 3)
    assert cell(tables(read(made))[0], 1, 3).value == date(2026, 4, 3)


def test_a_reference_kept_as_a_number_keeps_its_last_nought() -> None:
    made, sheet = plan()
    sheet["A2"], sheet["A2"].number_format = 1.1, "0.00"
    assert cell(tables(read(made))[0], 1, 0).text == "1.10"


def test_titles_notes_and_a_key_stand_apart_from_a_table_that_is_not_at_a1() -> None:
    made, sheet = book()
    sheet["C2"], sheet["C2"].font = "Fenbridge improvement plan", Font(bold=True, size=16)
    sheet["C3"] = "Updated 4 May 2026"
    for row, (colour, words) in enumerate((("FF00B050", "Done"), ("FFFF0000", "Stuck")), start=5):
        sheet.cell(row, 3).fill = solid(colour)
        sheet.cell(row, 4, words)
    for down, row in enumerate([HEADER, *ROWS]):
        for across, text in enumerate(row):
            place = sheet.cell(8 + down, 3 + across, text or None)
            place.font = Font(bold=down == 0)
    document = read(made)
    key, table = tables(document)
    assert blocks(document) == ["Fenbridge improvement plan", "Updated 4 May 2026"]
    assert blocks(document, BlockKind.HEADING) == ["Fenbridge improvement plan"]
    assert [(row.cells[0].colour, row.cells[1].text) for row in key.rows] == [(Rag.GREEN, "Done"), (Rag.RED, "Stuck")]
    assert grid(table)[0] == HEADER
    assert table.rows[1].locator.as_dict() == {"sheet": "Plan", "row": 9, "cells": "C9:G9"}


def test_a_title_row_right_above_the_header_is_no_header() -> None:
    made, sheet = book(["Action plan 2026"], HEADER, *ROWS)
    sheet.merge_cells("A1:E1")
    document = read(made)
    assert blocks(document) == ["Action plan 2026"]
    assert grid(tables(document)[0])[0] == HEADER


def test_several_tables_below_each_other() -> None:
    made, sheet = plan()
    sheet.append([])
    sheet.append(["Priority two"])
    sheet.append(["Risk", "Mitigation", "Owner"])
    sheet.append(["Too few homes", "Build with the region", "Head of Homes"])
    for place in sheet[7]:
        place.font = Font(bold=True)
    document = read(made)
    first, second = tables(document)
    assert (len(first.rows), grid(second)[0]) == (4, ["Risk", "Mitigation", "Owner"])
    assert "Priority two" in blocks(document)


def test_an_empty_row_inside_a_table_does_not_end_it() -> None:
    made, sheet = book(HEADER, ROWS[0], [], ROWS[1], [], ["Homes"], ROWS[2])
    sheet["A6"].font = Font(bold=True)
    seen = tables(read(made))
    assert [len(table.rows) for table in seen] == [5]
    assert [row.locator.row for row in seen[0].rows] == [1, 2, 4, 6, 7]


def test_a_key_beside_the_table_is_a_table_of_its_own() -> None:
    made, sheet = plan()
    for row, (colour, words) in enumerate((("FF00B050", "Done"), ("FFFF0000", "Stuck")), start=2):
        sheet.cell(row, 8).fill = solid(colour)
        sheet.cell(row, 9, words)
    table, key = tables(read(made))
    assert grid(table)[0] == HEADER
    assert grid(key) == [["", "Done"], ["", "Stuck"]]


def test_two_tables_with_the_same_header_beside_each_other() -> None:
    rows = [[*row, None, *row] for row in (HEADER, *ROWS)]
    first, second = tables(read(book(*rows)[0]))
    assert grid(first) == grid(second)
    assert second.rows[0].locator.cells == "G1:K1"


def test_merged_cells_cover_what_they_cover() -> None:
    made, sheet = book(
        ["Area", "Action", "When", None], [None, None, "Start", "End"], ["Homes", "Build", "May", "June"]
    )
    sheet.append([None, "Paint", "July", "August"])
    for area in ("A1:A2", "B1:B2", "C1:D1", "A3:A4"):
        sheet.merge_cells(area)
    table = tables(read(made))[0]
    assert cell(table, 0, 2).column_span == 2
    assert (cell(table, 1, 0).text, cell(table, 3, 0).text) == ("Area", "Homes")
    assert cell(table, 3, 0).locator.cells == "A3:A4"


def hide_row(_: Any, sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True


def hide_column(_: Any, sheet: Any) -> None:
    sheet.column_dimensions.group("B", "C", hidden=True)


def hide_sheet(made: Any, _: Any) -> None:
    made.create_sheet("Notes").append(["secret"])
    made["Notes"].sheet_state = "hidden"


def hide_sheet_well(made: Any, _: Any) -> None:
    made.create_sheet("Lists").append(["secret"])
    made["Lists"].sheet_state = "veryHidden"


def comment(_: Any, sheet: Any) -> None:
    sheet["B3"].comment = Comment("secret", "A Clerk")


def white_letters(_: Any, sheet: Any) -> None:
    sheet["B3"].font = Font(color="FFFFFFFF")


def no_format(_: Any, sheet: Any) -> None:
    sheet["B3"], sheet["B3"].number_format = 12345, ";;;"


@pytest.mark.parametrize(
    ("hide", "what"),
    [
        (hide_row, "hidden rows (sheet Plan, row 3)"),
        (hide_column, "hidden columns (sheet Plan, column B, sheet Plan, column C)"),
        (hide_sheet, "hidden sheets (Notes)"),
        (hide_sheet_well, "very hidden sheets (Lists)"),
        (comment, "comments (sheet Plan, B3)"),
        (white_letters, "text in the colour of its cell (sheet Plan, B3)"),
        (no_format, "values that their format hides (sheet Plan, B3)"),
    ],
)
def test_what_is_hidden_is_left_out_and_restricts(hide: Callable[[Any, Any], None], what: str) -> None:
    made, sheet = plan()
    sheet["B3"] = "secret"
    hide(made, sheet)
    document = read(made)
    assert document.restricted
    assert what in told(document)
    words = [text for table in tables(document) for row in grid(table) for text in row]
    assert ("secret" in words) == (what.startswith(("hidden sheets", "very hidden", "comments")))
    assert "12345" not in words


def test_rows_that_a_filter_leaves_out_are_read_and_reported() -> None:
    made, sheet = plan()
    for row, text in ((2, "Done"), (3, "Late"), (4, "Late")):
        sheet.cell(row, 5, text)
    sheet.auto_filter.ref = "A1:E4"
    sheet.auto_filter.filterColumn.append(FilterColumn(colId=4, filters=Filters(filter=["Done"])))
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
    document = read(made)
    assert len(tables(document)[0].rows) == 4
    assert not document.restricted
    assert "a filter leaves out rows 3, 4" in told(document)


def test_a_row_that_the_filter_would_show_is_hidden_by_hand() -> None:
    made, sheet = plan()
    sheet["E3"] = "Done"
    sheet.auto_filter.ref = "A1:E4"
    sheet.auto_filter.filterColumn.append(FilterColumn(colId=4, filters=Filters(filter=["Done"])))
    sheet.row_dimensions[3].hidden = True
    document = read(made)
    assert document.restricted
    assert len(tables(document)[0].rows) == 3


def test_formulas_are_not_worked_out() -> None:
    made, sheet = plan()
    sheet["D2"] = "=TODAY()"
    document = read(made)
    assert cell(tables(document)[0], 1, 3).text == ""
    assert "formulas without a stored result are read as empty: D2" in told(document)


def test_a_cell_at_the_far_corner_costs_nothing() -> None:
    made, sheet = plan()
    sheet["XFD1048576"] = "far"
    document = read(made)
    assert grid(tables(document)[0])[0] == HEADER


def test_newer_rules_that_the_library_leaves_out_are_seen() -> None:
    made, sheet = plan()
    sheet["E2"] = "Late"
    extension = (
        '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings>'
        '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:cfRule type="iconSet" priority="1"/><xm:sqref>E2:E4</xm:sqref></x14:conditionalFormatting>'
        "</x14:conditionalFormattings></ext></extLst></worksheet>"
    )
    changed = rewritten(saved(made), "xl/worksheets/sheet1.xml", lambda text: re.sub("</worksheet>", extension, text))
    assert cell(tables(xlsx.read(changed, Job("fenbridge.xlsx")))[0], 1, 4).unread_rule


def test_text_boxes_over_a_sheet_are_read_and_coloured_shapes_are_a_key() -> None:
    def shape(row: int, text: str, colour: str = "") -> str:
        fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>' if colour else ""
        return (
            f"<xdr:twoCellAnchor><xdr:from><xdr:col>6</xdr:col><xdr:row>{row}</xdr:row></xdr:from>"
            f"<xdr:sp><xdr:spPr>{fill}</xdr:spPr><xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
            "</xdr:twoCellAnchor>"
        )

    made, _sheet = plan()
    shapes = shape(0, "Board plan 2026") + shape(3, "Done", "00B050") + shape(4, "Stuck", "FF0000")
    parts = {
        "xl/drawings/drawing1.xml": '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
        f' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{shapes}</xdr:wsDr>',
        "xl/worksheets/_rels/sheet1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="rId1" Target="/xl/drawings/drawing1.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/drawing"/></Relationships>',
    }
    stream = io.BytesIO(saved(made))
    with zipfile.ZipFile(stream, "a") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    document = xlsx.read(stream.getvalue(), Job("fenbridge.xlsx"))
    table, key = tables(document)
    assert blocks(document) == ["Board plan 2026"]
    assert grid(table)[0] == HEADER
    assert [(row.cells[0].colour, row.cells[1].text) for row in key.rows] == [(Rag.GREEN, "Done"), (Rag.RED, "Stuck")]
