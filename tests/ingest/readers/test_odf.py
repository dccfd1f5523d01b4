"""OpenDocument texts and spreadsheets."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from odf import dc, office, style, table, text
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText

from assistant.records import BlockKind, Document, Rag
from ingest.readers import odf
from ingest.readers.job import Job
from ingest.readers.odf.text import CALC
from tests.ingest.readers.looking import blocks, cell, colours, grid, rewritten, tables, told


def read(made: Any) -> Document:
    stream = io.BytesIO()
    made.write(stream)
    return odf.read(stream.getvalue(), Job("fenbridge.odt"))


def filled(made: Any, name: str, colour: str) -> str:
    look = style.Style(name=name, family="table-cell")
    look.addElement(style.TableCellProperties(backgroundcolor=colour))
    made.automaticstyles.addElement(look)
    return name


def a_cell(*words: str, **attributes: Any) -> Any:
    made = table.TableCell(**attributes)
    for word in words:
        made.addElement(text.P(text=word))
    return made


def a_table(parent: Any, *rows: list[Any], name: str = "Plan") -> Any:
    made = table.Table(name=name)
    for row in rows:
        line = table.TableRow()
        for place in row:
            line.addElement(a_cell(place) if isinstance(place, str) else place)
        made.addElement(line)
    parent.addElement(made)
    return made


def test_a_text_with_heading_list_and_table() -> None:
    made = OpenDocumentText()
    made.text.addElement(text.H(outlinelevel=2, text="Homes"))
    points = text.List()
    for words in ("one", "two"):
        item = text.ListItem()
        item.addElement(text.P(text=words))
        points.addElement(item)
    made.text.addElement(points)
    green = filled(made, "Green", "#00b050")
    a_table(made.text, ["Action", "Status"], ["Hold the panel", a_cell("", stylename=green)])
    document = read(made)
    assert document.format == "odt"
    assert blocks(document, BlockKind.HEADING) == ["Homes"]
    assert blocks(document, BlockKind.LIST_ITEM) == ["- one", "- two"]
    assert colours(tables(document)[0], 1) == [None, Rag.GREEN]
    assert tables(document)[0].rows[1].locator.as_dict() == {"table": 0, "row": 1}


def test_merged_cells_of_a_text() -> None:
    made = OpenDocumentText()
    a_table(
        made.text,
        ["Area", "Action"],
        [a_cell("Homes", numberrowsspanned=2), "Build"],
        [table.CoveredTableCell(), "Paint"],
    )
    seen = tables(read(made))[0]
    assert (cell(seen, 2, 0).text, grid(seen)[2]) == ("Homes", ["Paint"])


def test_numbered_lists_show_their_numbers() -> None:
    made = OpenDocumentText()
    look = text.ListStyle(name="Numbers")
    look.addElement(text.ListLevelStyleNumber(level=1, numformat="1", numsuffix=".", startvalue=3))
    made.automaticstyles.addElement(look)
    points = text.List(stylename="Numbers")
    for words in ("one", "two"):
        item = text.ListItem()
        item.addElement(text.P(text=words))
        points.addElement(item)
    made.text.addElement(points)
    assert blocks(read(made)) == ["3. one", "4. two"]


def test_comments_deleted_and_hidden_text_are_left_out_and_restrict() -> None:
    made = OpenDocumentText()
    unseen = style.Style(name="Unseen", family="text")
    unseen.addElement(style.TextProperties(display="none"))
    made.automaticstyles.addElement(unseen)
    changes = text.TrackedChanges()
    region = text.ChangedRegion(id="c1", check_grammar=False)
    deletion = text.Deletion()
    deletion.addElement(text.P(text="old"))
    region.addElement(deletion)
    changes.addElement(region)
    made.text.addElement(changes)
    paragraph = text.P(text="Seen ")
    note = office.Annotation()
    note.addElement(dc.Creator(text="A Clerk"))
    note.addElement(text.P(text="remark"))
    paragraph.addElement(note)
    paragraph.addElement(text.Span(stylename="Unseen", text="unseen"))
    made.text.addElement(paragraph)
    document = read(made)
    assert blocks(document) == ["Seen"]
    assert document.restricted
    assert all(word in told(document) for word in ("comments", "hidden text", "deleted text"))


def sheet_of(made: Any, *rows: list[Any], name: str = "Plan") -> Any:
    return a_table(made.spreadsheet, *rows, name=name)


def test_a_sheet_with_dates_colours_and_places() -> None:
    made = OpenDocumentSpreadsheet()
    red = filled(made, "Red", "#ff0000")
    due = a_cell("3 Apr 2026", valuetype="date", datevalue="2026-04-03")
    sheet_of(made, ["Action", "Due", "Status"], ["Hold the panel", due, a_cell("", stylename=red)])
    document = read(made)
    seen = tables(document)[0]
    assert document.format == "ods"
    assert (cell(seen, 1, 1).text, cell(seen, 1, 1).value) == ("3 Apr 2026", date(2026, 4, 3))
    assert colours(seen, 2) == [None, Rag.RED]
    assert seen.rows[1].locator.as_dict() == {"sheet": "Plan", "row": 2, "cells": "A2:C2"}


def test_repeated_rows_and_cells_cost_nothing() -> None:
    made = OpenDocumentSpreadsheet()
    sheet = sheet_of(made, ["Action", "Due"], ["Hold", "May"])
    sheet.getElementsByType(table.TableRow)[1].addElement(table.TableCell(numbercolumnsrepeated=16382))
    blank = table.TableRow(numberrowsrepeated=1048570)
    blank.addElement(table.TableCell(numbercolumnsrepeated=16384, stylename=filled(made, "Ground", "#ffc000")))
    sheet.addElement(blank)
    assert grid(tables(read(made))[0])[:2] == [["Action", "Due"], ["Hold", "May"]]


@pytest.mark.parametrize(("visibility", "restricted", "rows"), [("collapse", True, 2), ("filter", False, 3)])
def test_hidden_rows_and_filtered_rows(visibility: str, restricted: bool, rows: int) -> None:
    made = OpenDocumentSpreadsheet()
    sheet = sheet_of(made, ["Action", "Due"], ["Hold", "May"], ["Write", "June"])
    sheet.getElementsByType(table.TableRow)[1].setAttribute("visibility", visibility)
    document = read(made)
    assert document.restricted is restricted
    assert len(tables(document)[0].rows) == rows
    assert ("hidden rows" if restricted else "a filter leaves out rows 2") in told(document)


def test_a_hidden_sheet_is_left_out_and_restricts() -> None:
    made = OpenDocumentSpreadsheet()
    look = style.Style(name="Hidden", family="table")
    look.addElement(style.TableProperties(display="false"))
    made.automaticstyles.addElement(look)
    sheet_of(made, ["Action", "Due"], ["Hold", "May"])
    sheet_of(made, ["secret", "x"], ["y", "z"], name="Notes").setAttribute("stylename", "Hidden")
    document = read(made)
    assert document.restricted
    assert "secret" not in str(document.items)
    assert "hidden sheets (Notes)" in told(document)


def late_style(made: Any) -> None:
    """A style that only conditions put on cells."""
    look = style.Style(name="Late", family="table-cell")
    look.addElement(style.TableCellProperties(backgroundcolor="#ff0000"))
    made.styles.addElement(look)


def test_conditions_of_the_older_kind_colour_cells() -> None:
    made = OpenDocumentSpreadsheet()
    late_style(made)
    look = style.Style(name="Watched", family="table-cell")
    look.addElement(style.Map(condition='cell-content()="Late"', applystylename="Late", basecelladdress="Plan.B2"))
    made.automaticstyles.addElement(look)
    rows = [[words, a_cell(words, valuetype="string", stylename="Watched")] for words in ("Late", "Done")]
    sheet_of(made, ["Action", "Status"], *rows)
    assert colours(tables(read(made))[0], 1) == [None, Rag.RED, None]


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("=&quot;Late&quot;", Rag.RED),
        ("contains-text(&quot;ate&quot;)", Rag.RED),
        ("formula-is([.$A2]=&quot;Hold&quot;)", Rag.RED),
        ("begins-with(&quot;x&quot;)", None),
    ],
)
def test_conditions_of_the_newer_kind_colour_cells(value: str, seen: Rag | None) -> None:
    made = OpenDocumentSpreadsheet()
    late_style(made)
    sheet_of(made, ["Action", "Status"], ["Hold", "Late"])
    stream = io.BytesIO()
    made.write(stream)
    formats = (
        f'<calcext:conditional-formats xmlns:calcext="{CALC.strip("{}")}">'
        '<calcext:conditional-format calcext:target-range-address="Plan.B2:Plan.B9">'
        f'<calcext:condition calcext:apply-style-name="Late" calcext:value="{value}"/>'
        "</calcext:conditional-format></calcext:conditional-formats></table:table>"
    )
    changed = rewritten(stream.getvalue(), "content.xml", lambda text: text.replace("</table:table>", formats))
    assert colours(tables(odf.read(changed, Job("fenbridge.ods")))[0], 1) == [None, seen]


def test_a_longer_table_inside_a_table_that_only_arranges_the_page_is_read_as_one() -> None:
    made = OpenDocumentText()
    place = a_cell()
    a_table(place, *([f"{row} {column}" for column in range(3)] for row in range(3)))
    a_table(made.text, ["Priority 1", place])
    document = read(made)
    assert blocks(document) == ["Priority 1"]
    assert [grid(found)[2] for found in tables(document)] == [["2 0", "2 1", "2 2"]]


def test_crossed_out_words_are_left_out_and_a_cell_of_nothing_else_is_marked() -> None:
    made = OpenDocumentText()
    gone = style.Style(name="Gone", family="text")
    gone.addElement(style.TextProperties(textlinethroughstyle="solid"))
    made.automaticstyles.addElement(gone)
    part, whole = table.TableCell(), table.TableCell()
    for place, words, after in ((part, "May ", "June 2026"), (whole, "Close the panel", "")):
        line = text.P()
        line.addElement(text.Span(stylename=gone, text=words))
        line.addText(after)
        place.addElement(line)
    a_table(made.text, ["Action", "Due"], [whole, part])
    document = read(made)
    seen = tables(document)[0]
    assert [(cell(seen, 1, column).text, cell(seen, 1, column).struck) for column in (0, 1)] == [
        ("Close the panel", True),
        ("June 2026", False),
    ]
    assert "Crossed out" in told(document)
