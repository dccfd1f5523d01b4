"""The second version of the corporate parenting plan, in a committee pack: agenda, covering report, landscape appendix.

The pack's own page numbers begin at 41; the plan's status is a filled cell without a word; one row breaks over a page.
"""

from __future__ import annotations

import io
from typing import Any

from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from tests.corpus.native.parenting import KEY_OF_THE_SECOND_VERSION, PARENTING_SECOND

FIRST_PRINTED_PAGE = 41
HEADINGS = ("Our promise", "No.", "What we will do", "Who", "By when", "RAG", "Position at 30 June 2026")
WIDTHS_CM = (3.2, 1.2, 7.0, 3.6, 2.9, 1.2, 6.6)
BROKEN_AT = "what a day there is like,"
"""Words of the longest note at which its row goes over the page."""
RUNNING_HEAD = "Corporate Parenting Board – 14 July 2026"
BASE = getSampleStyleSheet()
BODY = ParagraphStyle("body", BASE["BodyText"], fontName="Helvetica", fontSize=10, leading=14)
SMALL = ParagraphStyle("small", BODY, fontSize=8.5, leading=11)
STRONG = ParagraphStyle("strong", SMALL, fontName="Helvetica-Bold")
HEADING = ParagraphStyle("heading", BODY, fontName="Helvetica-Bold", fontSize=13, leading=18, spaceBefore=8)
AGENDA = (
    "1. Apologies",
    "2. Declarations of interest",
    "3. Minutes of 12 May 2026",
    "4. Question time with the Children in Care Council",
    "5. Independent visitors: yearly report (to be tabled)",
    "6. Corporate Parenting and Care Leavers Plan, version 2",
)
REPORT = (
    (
        "Purpose",
        "To show the Board what has become of the four promises that Members made in July 2025, and to agree "
        "the second version of the plan.",
    ),
    (
        "What has been kept",
        "1. Young people now have their setting-up-home grant within four days. 2. Every lodging has "
        "been seen by an officer and a care leaver together, and one of the nine was closed as a result.",
    ),
    (
        "What has not",
        "3. The housing protocol is stuck. 4. Two of the five neighbouring districts still charge our care "
        "leavers council tax. 5. Dental checks have risen to 91 per cent, but the promise was for every child.",
    ),
    (
        "A change of colours",
        "6. At the Board's request, green now means that the work will be done by its date. In the "
        "first version green meant done; done is now blue. Ratings of the two versions cannot be compared.",
    ),
    ("Recommendation", "That the Board agrees version 2 and asks the Head of Housing to attend in September."),
)


NOTE = (
    "Promises that were kept in the first year stay in the plan until the Children in Care Council says that they can "
    "come off. It took off P4.1 in April, because the Chief Executive now comes without being asked. Three pieces of "
    "work are new: P1.5, P2.4 and P4.3."
)


class _Pack(BaseDocTemplate):
    """Portrait pages for the report and landscape ones for the appendix, each with running lines."""

    def __init__(self, out: io.BytesIO) -> None:
        super().__init__(out, pagesize=A4, title="Corporate Parenting Board, 14 July 2026", author="Fenbridge Council")
        templates = []
        for name, size in (("portrait", A4), ("landscape", landscape(A4))):
            frame = Frame(2 * cm, 1.8 * cm, size[0] - 4 * cm, size[1] - 4 * cm, 0, 0, 0, 0)
            templates.append(PageTemplate(name, [frame], onPage=_running_lines, pagesize=size))
        self.addPageTemplates(templates)


def _running_lines(canvas: Any, template: Any) -> None:
    width, height = canvas._pagesize
    canvas.setFont("Helvetica", 8)
    canvas.drawString(2 * cm, height - 1.2 * cm, RUNNING_HEAD)
    canvas.drawRightString(width - 2 * cm, 1 * cm, f"Page {FIRST_PRINTED_PAGE - 1 + template.page}")


def committee_pack() -> bytes:
    """The bytes of the PDF."""
    rl_config.pageCompression = 0  # the same bytes whatever the machine's compression library
    out = io.BytesIO()
    pack = _Pack(out)
    pack.build(
        [*_agenda(), PageBreak(), *_report(), NextPageTemplate("landscape"), PageBreak(), *_appendix()],
        canvasmaker=_canvas,
    )
    return out.getvalue()


def _canvas(*args: Any, **options: Any) -> Any:
    from reportlab.pdfgen.canvas import Canvas

    return Canvas(*args, **{**options, "invariant": 1})


def _agenda() -> list[Flowable]:
    return [
        Paragraph("Fenbridge Council", BASE["Title"]),
        Paragraph("Corporate Parenting Board", HEADING),
        Paragraph("Tuesday 14 July 2026, 5.30 pm, Corn Hall", BODY),
        Spacer(0, 1 * cm),
        Paragraph("Agenda", HEADING),
        *(Paragraph(item, BODY) for item in AGENDA),
    ]


def _report() -> list[Flowable]:
    parts: list[Flowable] = [
        Paragraph("Agenda item 6", STRONG),
        Paragraph("Corporate Parenting and Care Leavers Plan, version 2", HEADING),
        Paragraph("Report of the Assistant Director, Children and Families", BODY),
    ]
    for title, text in REPORT:
        parts += [Paragraph(title, HEADING), Paragraph(text, BODY)]
    return parts


def _appendix() -> list[Flowable]:
    key = Table([["", meaning] for _, meaning in KEY_OF_THE_SECOND_VERSION], [1.2 * cm, 5 * cm], hAlign="LEFT")
    key.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("FONTSIZE", (0, 0), (-1, -1), 8.5)])
    key.setStyle([("BACKGROUND", (0, n), (0, n), f"#{fill}") for n, (fill, _) in enumerate(KEY_OF_THE_SECOND_VERSION)])
    return [
        Paragraph("Appendix A: Corporate Parenting and Care Leavers Plan, version 2, 30 June 2026", HEADING),
        Paragraph(NOTE, BODY),
        Spacer(0, 0.6 * cm),
        Paragraph("Key to the RAG column", STRONG),
        key,
        Spacer(0, 0.6 * cm),
        *_plan(),
        Paragraph("RAG ratings were agreed with two care leavers on 29 June 2026.", SMALL),
    ]


def _plan() -> list[Flowable]:
    """The plan as two tables, one a page: the row that does not fit goes on under the repeated heading."""
    pages: list[list[list[str]]] = [[], []]
    page = 0
    for group in PARENTING_SECOND:
        for number, line in enumerate(group.lines):
            area = "" if number else group.title
            note, broken, rest = line.note.partition(BROKEN_AT)
            pages[page].append([area, line.ref, line.action, line.owner, str(line.due), line.fill.value, note + broken])
            if broken:
                page = 1
                pages[page].append(["", "", "", "", "", line.fill.value, rest.strip()])
    return [_table(pages[0]), PageBreak(), _table(pages[1])]


def _table(rows: list[list[str]]) -> Table:
    cells: list[list[Any]] = [[Paragraph(heading, STRONG) for heading in HEADINGS]]
    style: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
        ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    for number, (area, *texts, fill, note) in enumerate(rows, 1):
        style.append(("BACKGROUND", (5, number), (5, number), f"#{fill}"))
        cells.append([Paragraph(area, STRONG), *(Paragraph(text, SMALL) for text in texts), "", Paragraph(note, SMALL)])
    return Table(cells, [width * cm for width in WIDTHS_CM], style=style)
