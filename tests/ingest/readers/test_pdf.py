"""PDF files: words and colours by where they stand on the page."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from assistant.records import BlockKind, Document, Rag
from ingest.readers import pdf
from ingest.readers.job import Job
from tests.ingest.readers.looking import blocks, cell, colours, grid, tables, told

STYLES = getSampleStyleSheet()
WORDS = [
    "Hold the homes panel each month, and tell the board of parents what it decides about every child",
    "Write the guide for carers",
    "Ask young people what helps them most when they move to a new home, and publish what they say",
]
DUES = ["May 2026", "June 2026", "March 2027"]
LOOKS = [colors.HexColor("#00b050"), colors.HexColor("#ffc000"), colors.red]
SEEN = [Rag.GREEN, Rag.AMBER, Rag.RED]
HEADER = ["Ref", "Action", "Lead", "Due", "Status"]
WIDTHS = [30, 230, 90, 70, 50]
RULED: tuple[Any, ...] = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
BOLD: tuple[Any, ...] = ("FONT", (0, 0), (-1, 0), "Helvetica-Bold")
TOP: tuple[Any, ...] = ("VALIGN", (0, 0), (-1, -1), "TOP")
MIDDLE: tuple[Any, ...] = ("VALIGN", (0, 0), (-1, -1), "MIDDLE")


def prose(text: str, style: str = "Normal") -> Paragraph:
    return Paragraph(text, STYLES[style])


def plan(count: int = 9) -> list[list[Any]]:
    rows = [[f"1.{n + 1}", prose(WORDS[n % 3]), "Head of Homes", DUES[n % 3], ""] for n in range(count)]
    return [HEADER, *rows]


def as_read(count: int = 9) -> list[list[str]]:
    return [HEADER, *([f"1.{n + 1}", WORDS[n % 3], "Head of Homes", DUES[n % 3], ""] for n in range(count))]


def coloured(count: int = 9) -> list[tuple[Any, ...]]:
    return [("BACKGROUND", (4, n + 1), (4, n + 1), LOOKS[n % 3]) for n in range(count)]


def built(*story: Flowable, decorate: Callable[[Any, Any], None] = lambda _canvas, _page: None) -> bytes:
    stream = io.BytesIO()
    made = SimpleDocTemplate(stream, pagesize=A4, topMargin=60, bottomMargin=60)
    made.build(list(story), onFirstPage=decorate, onLaterPages=decorate)
    return stream.getvalue()


def a_table(rows: list[list[Any]], *look: tuple[Any, ...], widths: list[int] | None = None) -> Table:
    return Table(rows, widths or WIDTHS, repeatRows=1, style=TableStyle(list(look)))


def read(data: bytes) -> Document:
    return pdf.read(data, Job("fenbridge.pdf"))


def drawn(draw: Callable[[Canvas], None]) -> Document:
    """A file whose pages are drawn by hand."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    draw(canvas)
    canvas.save()
    return read(stream.getvalue())


LINES: tuple[Any, ...] = ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey)
BANDS: tuple[Any, ...] = ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.whitesmoke, colors.white])


@pytest.mark.parametrize(
    "look",
    [(RULED, TOP), (BOLD, TOP), (BOLD, MIDDLE), (LINES, BOLD, MIDDLE), (BANDS, BOLD, TOP)],
    ids=["ruled", "without rules", "without rules, centred", "flat rules", "bands"],
)
def test_tables_with_and_without_rules(look: tuple[tuple[Any, ...], ...]) -> None:
    document = read(
        built(prose("What we will do this year. " * 12), Spacer(1, 12), a_table(plan(), *look, *coloured()))
    )
    seen = tables(document)[0]
    assert grid(seen) == as_read()
    assert colours(seen, 4)[1:] == SEEN * 3


def test_a_place_is_a_page_and_a_box_from_the_top_left() -> None:
    place = tables(read(built(a_table(plan(1), RULED))))[0].rows[1].cells[1].locator
    assert place.page == 1
    assert place.box is not None
    left, top, right, bottom = place.box
    assert 60 < left < right < 340
    assert 70 < top < bottom < 130


def test_merged_cells_and_a_header_of_two_rows() -> None:
    rows = [["Area", "When", ""], ["", "Start", "End"], ["Homes", "May", "June"], ["", "July", "August"]]
    spans = [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 2), (0, 3))]
    seen = tables(read(built(a_table(rows, RULED, *spans, widths=[100, 80, 80]))))[0]
    assert grid(seen) == [["Area", "When"], ["Start", "End"], ["Homes", "May", "June"], ["July", "August"]]
    assert (cell(seen, 0, 2).text, cell(seen, 3, 0).text) == ("When", "Homes")


def stamp(canvas: Any, page: Any) -> None:
    """A running header, the document's own page number, and the stamp of the pack that it is part of."""
    canvas.drawString(60, 815, "Fenbridge Council: Corporate Parenting Board")
    canvas.drawString(60, 40, str(page.page))
    canvas.drawCentredString(300, 22, f"Page {page.page + 30}")


@pytest.mark.parametrize("look", [(RULED, TOP), (BOLD, TOP)], ids=["ruled", "without rules"])
def test_a_table_runs_over_pages_and_repeats_its_header(look: tuple[tuple[Any, ...], ...]) -> None:
    document = read(built(a_table(plan(40), *look), decorate=stamp))
    (seen,) = tables(document)
    assert grid(seen) == as_read(40)
    assert {row.locator.page for row in seen.rows} == {1, 2, 3}
    assert blocks(document) == []


def test_headers_and_footers_are_furniture_and_both_page_numbers_are_given() -> None:
    document = read(
        built(*[prose(f"Paragraph {n}. " + "Every child in a good home. " * 20) for n in range(40)], decorate=stamp)
    )
    furniture = blocks(document, BlockKind.FURNITURE)
    assert furniture[:3] == ["Fenbridge Council: Corporate Parenting Board", "1", "Page 31"]
    assert {(item.locator.page, item.locator.printed_page) for item in document.items} >= {
        (1, "31"),
        (2, "32"),
        (3, "33"),
    }
    assert all("Fenbridge Council:" not in text for text in blocks(document))


def test_a_row_broken_over_pages_is_one_row_with_two_parts() -> None:
    def draw(canvas: Canvas) -> None:
        for page, rows in enumerate(
            (
                [("Action", "Due"), ("Hold the panel", "May 2026"), ("Write the guide for carers and", "June 2026")],
                [("Action", "Due"), ("send it to every home", ""), ("Ask young people", "July 2026")],
            )
        ):
            for number, (action, due) in enumerate(rows):
                top = 780 - number * 20
                canvas.rect(60, top - 6, 300, 20)
                canvas.rect(360, top - 6, 100, 20)
                canvas.drawString(65, top, action)
                canvas.drawString(365, top, due)
            if page == 0:
                canvas.showPage()

    (seen,) = tables(drawn(draw))
    assert grid(seen)[2:] == [
        ["Write the guide for carers and send it to every home", "June 2026"],
        ["Ask young people", "July 2026"],
    ]
    assert [page for page, _ in seen.rows[2].locator.segments] == [1, 2]
    assert seen.rows[1].locator.segments == ()


def test_dates_in_one_tall_row_go_to_the_actions_that_they_stand_level_with() -> None:
    gap = Spacer(1, 10)
    left = [prose(f"R1.{n + 1} {words}") for n, words in enumerate(WORDS)]
    right = [prose("June 2026"), Spacer(1, 22), prose("Complete May 2026"), gap, prose("September 2026")]
    rows = [["What do we need to do?", "Timescale"], [[left[0], gap, left[1], gap, left[2]], right]]
    (seen,) = tables(read(built(a_table(rows, RULED, TOP, widths=[350, 110]))))
    assert [row[1] for row in grid(seen)[1:]] == ["June 2026", "Complete May 2026", "September 2026"]
    assert [row[0][:4] for row in grid(seen)[1:]] == ["R1.1", "R1.2", "R1.3"]
    assert all(row.sure < 1 for row in seen.rows[1:])


def test_a_key_of_coloured_boxes_beside_words() -> None:
    def draw(canvas: Canvas) -> None:
        for number, (look, words) in enumerate(zip(LOOKS, ("On track", "At risk", "Late"), strict=True)):
            canvas.setFillColor(look)
            canvas.rect(60, 750 - number * 20, 14, 12, fill=1, stroke=0)
            canvas.setFillColor(colors.black)
            canvas.drawString(80, 752 - number * 20, words)
        canvas.drawString(60, 640, "A sentence that follows the key.")

    document = drawn(draw)
    (key,) = tables(document)
    assert [(row.cells[0].colour, row.cells[1].text) for row in key.rows] == list(
        zip(SEEN, ("On track", "At risk", "Late"), strict=True)
    )
    assert blocks(document) == ["A sentence that follows the key."]


def test_a_page_that_is_turned_is_read_as_it_is_shown() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(595, 0)
        canvas.rotate(90)
        table = a_table(plan(), RULED, *coloured())
        table.wrapOn(canvas, 700, 500)
        table.drawOn(canvas, 60, 80)

    (seen,) = tables(drawn(draw))
    assert grid(seen) == as_read()
    assert colours(seen, 4)[1:] == SEEN * 3


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "white")), 0, 0, 595, 842)


def test_pages_without_text_are_reported() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "A page with words on it")
        canvas.showPage()
        picture(canvas)

    document = drawn(draw)
    assert blocks(document) == ["A page with words on it"]
    assert "Page 2: scanned, not read" in told(document)


def test_the_text_layer_of_a_scan_is_read_and_marked() -> None:
    def draw(canvas: Canvas) -> None:
        picture(canvas)
        words = canvas.beginText(60, 700)
        words.setTextRenderMode(3)
        words.textLine("words that a machine recognised")
        canvas.drawText(words)

    document = drawn(draw)
    assert blocks(document) == ["words that a machine recognised"]
    assert not document.restricted
    assert "may be wrong" in told(document)


def white(canvas: Canvas) -> None:
    canvas.setFillColor(colors.white)
    canvas.drawString(60, 700, "secret words here")


def without_ink(canvas: Canvas) -> None:
    words = canvas.beginText(60, 700)
    words.setTextRenderMode(3)
    words.textLine("secret words here")
    canvas.drawText(words)


@pytest.mark.parametrize("hide", [white, without_ink])
def test_words_that_nobody_sees_are_left_out_and_restrict(hide: Callable[[Canvas], None]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "Seen")
        hide(canvas)

    document = drawn(draw)
    assert blocks(document) == ["Seen"]
    assert document.restricted
    assert "hidden text (page 1)" in told(document)


def test_prose_headings_and_lists() -> None:
    story = [
        prose("Foreword", "Heading1"),
        prose("Every child should live in a home that is right for them. " * 6),
        prose("What we found", "Heading2"),
        prose("• homes are far away"),
        prose("• plans are late, and when they come at last they do not say who will do what, nor when, nor how well"),
        prose("So we will act."),
    ]
    document = read(built(*story))
    assert blocks(document, BlockKind.HEADING) == ["Foreword", "What we found"]
    assert [text[:9] for text in blocks(document, BlockKind.LIST_ITEM)] == ["- homes a", "- plans a"]
    assert blocks(document)[-1] == "So we will act."


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(20):
            canvas.drawString(60, 760 - number * 14, f"left line {number} of the story goes on here")
            canvas.drawString(320, 760 - number * 14, f"right line {number} of the story goes on here")

    text = " ".join(blocks(drawn(draw)))
    assert text.index("left line 19") < text.index("right line 0")
    assert tables(drawn(draw)) == []


def test_cards_in_two_columns_are_read_one_column_after_the_other() -> None:
    cards = [[f"Hold panel {n}", "Lead: Head of Homes", f"Due: {n} May 2026", "Status: begun"] for n in range(1, 5)]

    def draw(canvas: Canvas) -> None:
        for number in range(8):
            canvas.drawString(60, 760 - number * 14, cards[number // 4][number % 4])
            canvas.drawString(320, 760 - number * 14, cards[2 + number // 4][number % 4])

    assert "\n".join(blocks(drawn(draw))).split("\n") == [line for card in cards for line in card]


def test_columns_that_nearly_touch_are_told_by_the_order_of_the_file() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        top = 780.0
        for number, due in enumerate(DUES):
            lines = [
                "We will hold the homes panel each month and tell the board of par",
                f"ents what it decides {number}",
                "and why",
            ]
            for line in lines:
                canvas.drawString(60, top, line)
                top -= 14
            canvas.drawString(60 + canvas.stringWidth(lines[0], "Helvetica", 9) + 3, top + 28, due)
            top -= 10

    (seen,) = tables(drawn(draw))
    assert [row[1] for row in grid(seen)] == DUES
    assert all(text[0].startswith("We will hold") and text[0].endswith("why") for text in grid(seen))


def test_narrow_strips_of_colour_are_a_column_and_part_the_rows() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(60, 790, "Action")
        canvas.drawString(292, 790, "Progress")
        top = 770.0
        for number, look in enumerate(LOOKS):
            canvas.setFillColor(look)
            canvas.rect(280, top - 30, 7, 42, fill=1, stroke=0)
            canvas.setFillColor(colors.black)
            for line in ("Hold the homes panel each month,", "and tell the board of parents", "what it decides")[
                : 3 - number % 2
            ]:
                canvas.drawString(60, top, line)
                canvas.drawString(292, top, "is going well")
                top -= 14
            top = 770.0 - 42 * (number + 1)

    (seen,) = tables(drawn(draw))
    assert colours(seen, 1)[1:] == SEEN
    assert [row[0].startswith("Hold") for row in grid(seen)[1:]] == [True, True, True]


def test_a_header_that_is_only_a_band_of_colour_belongs_to_the_ruled_rows_below() -> None:
    rows = [("GRID", (0, 1), (-1, -1), 0.5, colors.black), ("BACKGROUND", (0, 0), (-1, 0), colors.navy)]
    (seen,) = tables(read(built(a_table(plan(3), *rows))))
    assert grid(seen) == as_read(3)


def test_a_theme_that_runs_down_beside_several_rows_covers_them() -> None:
    theme = prose(
        "One theme that is long and runs on past the first of its actions, for it says a great deal about them"
    )
    rows = [["Theme", "Action", "Due"], *([theme if n == 0 else "", prose(WORDS[n]), DUES[n]] for n in range(3))]
    spans = [("SPAN", (0, 1), (0, 3))]
    (seen,) = tables(read(built(a_table(rows, BOLD, TOP, *spans, widths=[110, 280, 80]))))
    assert [row[-1] for row in grid(seen)] == ["Due", *DUES]
    assert cell(seen, 1, 0).text.endswith("about them")
    assert cell(seen, 1, 0).row_span > 1


def test_a_wide_cell_on_a_later_page_and_the_rest_of_a_cell_stay_in_their_columns() -> None:
    left = [60, 120, 150, 330, 420]
    first = [
        ["Theme", "No.", "What we will do", "Responsible", "When"],
        ["Warmth", "1.1", "Paint the hall and all the rooms", "Site Lead", "May 2026"],
        ["", "1.2", "Fit heaters in every room that is cold", "Site Lead", "June 2026"],
        ["", "1.3", "Find a cook for the school kitchen", "Voluntary Sector", "July 2026"],
    ]
    second = [
        first[0],
        ["", "", "", "Alliance", ""],
        ["Getting there", "2.1", "Train four drivers for the bus to the", "Transport Lead (Bus)", "May 2026"],
        ["", "2.2", "Print the timetable in large letters", "Bus Lead", "June 2026"],
        ["", "2.3", "Ask parents which evening suits them", "Bus Lead", "July 2026"],
    ]

    def page(canvas: Canvas, rows: list[list[str]]) -> None:
        for number, row in enumerate(rows):
            canvas.setFont("Helvetica-Bold" if number == 0 else "Helvetica", 9)
            top = 780 - 27 * number
            for x, words in zip(left, row, strict=True):
                canvas.drawString(x, top, words)
            if number and row[2]:
                canvas.drawString(left[2], top - 11, "and say so at the next meeting")
        canvas.showPage()

    def draw(canvas: Canvas) -> None:
        page(canvas, first)
        page(canvas, second)

    (seen,) = tables(drawn(draw))
    texts = grid(seen)
    assert [row[1] for row in texts] == ["No.", "1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]
    assert texts[3][3] == "Voluntary Sector Alliance"
    assert (texts[4][0], texts[4][3], texts[4][4]) == ("Getting there", "Transport Lead (Bus)", "May 2026")
