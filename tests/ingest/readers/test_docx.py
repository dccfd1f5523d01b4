"""Word documents as their final version shows them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx as library
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

from assistant.records import BlockKind, Document, Rag
from ingest.readers import docx
from ingest.readers.job import Job
from tests.ingest.readers.looking import blocks, cell, colours, grid, tables, told


def read(made: Any) -> Document:
    stream = io.BytesIO()
    made.save(stream)
    return docx.read(stream.getvalue(), Job("fenbridge.docx"))


def shade(target: Any, **attributes: str) -> None:
    written = " ".join(f'w:{name}="{value}"' for name, value in attributes.items())
    target._tc.get_or_add_tcPr().append(parse_xml(f"<w:shd {nsdecls('w')} {written}/>"))


def a_table(made: Any, *rows: list[str]) -> Any:
    table = made.add_table(len(rows), len(rows[0]))
    for line, texts in zip(table.rows, rows, strict=True):
        for place, text in zip(line.cells, texts, strict=True):
            place.text = text
    return table


@pytest.mark.parametrize(
    ("attributes", "seen"),
    [
        ({"val": "clear", "fill": "00B050"}, Rag.GREEN),
        ({"val": "clear", "fill": "FFC000"}, Rag.AMBER),
        ({"val": "clear", "fill": "auto"}, None),
        ({"val": "clear", "fill": "D9D9D9"}, None),
        ({"val": "solid", "color": "FF0000", "fill": "auto"}, Rag.RED),
        ({"val": "clear", "fill": "auto", "themeFill": "accent6"}, Rag.AMBER),
        ({"val": "clear", "fill": "auto", "themeFill": "accent3", "themeFillTint": "66"}, Rag.GREEN),
        ({"val": "clear", "fill": "auto", "themeFill": "accent2", "themeFillShade": "BF"}, Rag.RED),
        ({"val": "nil", "fill": "FF0000"}, None),
    ],
)
def test_shading_is_judged_by_hue(attributes: dict[str, str], seen: Rag | None) -> None:
    made = library.Document()
    table = a_table(made, ["Action", "Status"], ["Hold the panel", ""])
    shade(table.cell(1, 1), **attributes)
    assert colours(tables(read(made))[0], 1) == [None, seen]


def test_a_cell_takes_the_colour_of_all_its_letters() -> None:
    made = library.Document()
    table = a_table(made, ["Action", "Status"], ["Hold the panel", "Red"], ["Write the guide", ""])
    table.cell(1, 1).paragraphs[0].runs[0].font.color.rgb = RGBColor(0xC0, 0, 0)
    mixed = table.cell(2, 1).paragraphs[0]
    mixed.add_run("late").font.color.rgb = RGBColor(0xC0, 0, 0)
    mixed.add_run(" since May")
    assert colours(tables(read(made))[0], 1) == [None, Rag.RED, None]


def test_highlighted_words_count_as_colour() -> None:
    made = library.Document()
    table = a_table(made, ["Action", "Status"], ["Hold the panel", ""])
    table.cell(1, 1).paragraphs[0].add_run("Done").font.highlight_color = 4
    assert colours(tables(read(made))[0], 1) == [None, Rag.GREEN]


def test_merged_cells_keep_their_spans_and_their_text_once() -> None:
    made = library.Document()
    table = a_table(made, ["Area", "When", ""], ["", "Start", "End"], ["Homes", "May", "June"], ["", "July", "August"])
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(2, 0).merge(table.cell(3, 0))
    seen = tables(read(made))[0]
    assert (cell(seen, 0, 1).column_span, cell(seen, 1, 0).text, cell(seen, 3, 0).text) == (2, "Area", "Homes")
    assert grid(seen) == [["Area", "When"], ["Start", "End"], ["Homes", "May", "June"], ["July", "August"]]


def test_places_count_tables_rows_and_paragraphs_from_nought() -> None:
    made = library.Document()
    made.add_paragraph("First")
    made.add_paragraph("")
    a_table(made, ["A", "B"], ["1", "2"])
    made.add_paragraph("Second")
    a_table(made, ["C", "D"], ["3", "4"])
    document = read(made)
    assert [item.locator.as_dict() for item in document.items] == [
        {"paragraph": 0},
        {"table": 0},
        {"paragraph": 2},
        {"table": 1},
    ]
    assert tables(document)[1].rows[1].cells[0].locator.as_dict() == {"table": 1, "row": 1}


def test_list_items_carry_the_number_that_word_shows() -> None:
    made = library.Document()
    for text in ("One", "Two"):
        made.add_paragraph(text, style="List Number")
    made.add_paragraph("Point", style="List Bullet")
    made.add_paragraph("Three", style="List Number")
    assert blocks(read(made)) == ["1. One", "2. Two", "- Point", "3. Three"]


def numbered_table(made: Any, pattern: str, form: str = "decimal") -> Any:
    """A table whose references are only automatic numbers."""
    numbering = made.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="9"/>'
            f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    table = a_table(made, ["Ref", "Action"], ["", "Hold the panel"], ["", "Write the guide"])
    for line in table.rows[1:]:
        line.cells[0].paragraphs[0]._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr>')
        )
    return table


def test_automatic_numbers_become_references() -> None:
    made = library.Document()
    numbered_table(made, "1.%1")
    assert [row[0] for row in grid(tables(read(made))[0])] == ["Ref", "1.9", "1.10"]


def test_lists_inside_cells_stand_on_lines_of_their_own() -> None:
    made = library.Document()
    place = a_table(made, ["Action", "Due"], ["Agree the offer:", "May 2026"]).cell(1, 0)
    place.add_paragraph("homes", style="List Bullet")
    place.add_paragraph("schools", style="List Bullet")
    assert grid(tables(read(made))[0])[1][0] == "Agree the offer:\n- homes\n- schools"


def test_a_longer_table_inside_a_table_that_only_arranges_the_page_is_read_as_one() -> None:
    made = library.Document()
    around = made.add_table(1, 2)
    around.cell(0, 0).text = "Priority 1"
    for name in ("first", "second"):
        inner = around.cell(0, 1).add_table(3, 3)
        for number in range(9):
            inner.cell(number // 3, number % 3).text = f"{name} {number}"
    document = read(made)
    assert "Priority 1" in blocks(document)
    assert [grid(table)[2] for table in tables(document)] == [
        [f"{name} {n}" for n in (6, 7, 8)] for name in ("first", "second")
    ]
    assert len({row.locator for table in tables(document) for row in table.rows}) == 6


def test_a_table_inside_a_cell_becomes_lines_and_a_frame_is_looked_through() -> None:
    made = library.Document()
    place = a_table(made, ["Action", "Due"], ["Milestones", "May 2026"]).cell(1, 0)
    inner = place.add_table(2, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Draft", "March"
    inner.cell(1, 0).text, inner.cell(1, 1).text = "Sign", "April"
    frame = made.add_table(1, 1).cell(0, 0).add_table(2, 2)
    frame.cell(0, 0).text, frame.cell(1, 1).text = "Framed", "true"
    first, second = tables(read(made))
    assert grid(first)[1][0] == "Milestones\nDraft | March\nSign | April"
    assert grid(second) == [["Framed", ""], ["", "true"]]
    assert second.rows[1].locator.as_dict() == {"table": 1, "row": 1}


def tracked(kind: str, text: str, tag: str = "t") -> Any:
    run = f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'
    return parse_xml(f'<w:{kind} {nsdecls("w")} w:id="7" w:author="A Clerk">{run}</w:{kind}>')


def test_tracked_changes_give_the_final_text_and_are_reported() -> None:
    made = library.Document()
    paragraph = made.add_paragraph("Due ")
    paragraph._p.append(tracked("del", "May", "delText"))
    paragraph._p.append(tracked("ins", "June"))
    document = read(made)
    assert blocks(document) == ["Due June"]
    assert document.restricted
    assert "deleted text of tracked changes" in told(document)


def test_a_deleted_row_is_not_read() -> None:
    made = library.Document()
    table = a_table(made, ["Action", "Due"], ["Old", "May"], ["New", "June"])
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="8" w:author="A Clerk"/>'))
    document = read(made)
    assert grid(tables(document)[0]) == [["Action", "Due"], ["New", "June"]]
    assert tables(document)[0].rows[1].locator.row == 2
    assert document.restricted


def hide_run(made: Any) -> None:
    made.add_paragraph("Seen ").add_run("unseen").font.hidden = True


def comment(made: Any) -> None:
    paragraph = made.add_paragraph("Seen")
    made.add_comment(paragraph.runs, text="Say more here", author="A Clerk", initials="AC")


def hide_row(made: Any) -> None:
    made.add_paragraph("Seen")
    table = a_table(made, ["A", "B"], ["1", "2"])
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {nsdecls('w')}/>"))


@pytest.mark.parametrize(
    ("hide", "what"), [(hide_run, "hidden text"), (comment, "comments"), (hide_row, "hidden rows")]
)
def test_what_is_hidden_is_left_out_and_restricts(hide: Callable[[Any], None], what: str) -> None:
    made = library.Document()
    hide(made)
    document = read(made)
    assert blocks(document) == ["Seen"]
    assert document.restricted
    assert what in told(document)


def test_headings_come_from_styles_and_from_short_bold_lines() -> None:
    made = library.Document()
    made.add_heading("Plan", 1)
    bold = made.add_paragraph().add_run("Priority one: homes near home")
    bold.bold, bold.font.size = True, Pt(13)
    made.add_paragraph("Every child lives in a home that is right for them, and near the people they love.")
    made.add_paragraph().add_run("This whole sentence is bold because it matters, and it is no heading.").bold = True
    document = read(made)
    assert blocks(document, BlockKind.HEADING) == ["Plan", "Priority one: homes near home"]


def test_page_headers_are_furniture_and_notes_at_the_foot_are_text() -> None:
    made = library.Document()
    made.sections[0].footer.paragraphs[0].text = "Fenbridge Council"
    made.add_paragraph("Body")
    document = read(made)
    assert blocks(document, BlockKind.FURNITURE) == ["Fenbridge Council"]


def test_fields_show_their_result_and_content_controls_their_content() -> None:
    made = library.Document()
    paragraph = made.add_paragraph("Updated ")
    for part in (
        '<w:r {n}><w:fldChar w:fldCharType="begin"/></w:r>',
        '<w:r {n}><w:instrText> DATE \\@ "d MMMM yyyy" </w:instrText></w:r>',
        '<w:r {n}><w:fldChar w:fldCharType="separate"/></w:r>',
        "<w:r {n}><w:t>4 May 2026</w:t></w:r>",
        '<w:r {n}><w:fldChar w:fldCharType="end"/></w:r>',
        "<w:sdt {n}><w:sdtContent><w:r><w:t>, agreed</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        paragraph._p.append(parse_xml(part.format(n=nsdecls("w"))))
    assert blocks(read(made)) == ["Updated 4 May 2026, agreed"]


def test_columns_that_only_a_ragged_grid_has_are_closed_up() -> None:
    made = library.Document()
    table = a_table(made, ["Action", "", "Due"], ["Hold the panel", "", "May"])
    for line in table.rows:
        line.cells[0].merge(line.cells[1])
        for paragraph in list(line.cells[0].paragraphs)[1:]:
            line.cells[0]._tc.remove(paragraph._p)
    seen = tables(read(made))[0]
    assert (seen.width, grid(seen)) == (2, [["Action", "Due"], ["Hold the panel", "May"]])


def test_a_key_of_coloured_signs_in_paragraphs_keeps_its_colours() -> None:
    made = library.Document()
    made.add_paragraph("Key")
    for number, (colour, words) in enumerate(((RGBColor(0, 0xB0, 0x50), " Done"), (RGBColor(0xFF, 0, 0), ": late"))):
        line = made.add_paragraph()
        line.add_run("■" if number else "Green").font.color.rgb = colour
        line.add_run(words)
    made.add_paragraph().add_run("Important:").font.color.rgb = RGBColor(0xFF, 0, 0)
    document = read(made)
    (key,) = tables(document)
    assert [(row.cells[0].colour, row.cells[1].text) for row in key.rows] == [(Rag.GREEN, "Done"), (Rag.RED, "late")]
    assert key.rows[1].locator.as_dict() == {"paragraph": 2}
    assert blocks(document) == ["Key", "Important:"]
