"""Evidence as a Word document and as a workbook, and what changed as a report: text without links or macros."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any, Literal

from api.answer_view import blocks_of, without_markup
from api.exports.evidence import Evidence, plain
from api.here import as_text
from api.words import NOT_DEFINED, RULE, moment
from assistant.changes import Change
from assistant.compose.pieces import due_of, late_words, state_of
from assistant.compose.wording import plan_date
from assistant.places import place_words
from assistant.records import Action

_LISTS = {"-": "List Bullet", ".": "List Number"}
_STYLES = {"p": None, "dt": None, "li": "List Bullet", "blockquote": "Quote"}
_LONGEST = 32_767
"""The most letters that a cell of a workbook can hold."""
_GOES_ON = " … (goes on in the document)"
_COLUMNS = (
    "Plan", "Authority", "Plan date", "Section", "Recommendation", "Ref", "Action", "Owner", "Start", "Due",
    "Due as written", "Due precision", "Status", "Status as written", "Colour", "Colour means", "Completed on",
    "Days late", "Success measure", "Outcome", "To check", "Document", "Place", "Row id", "Cited as",
)  # fmt: skip
_WIDE = {
    "Action": 60, "Plan": 34, "Recommendation": 34, "Success measure": 40, "To check": 40, "Row id": 40, "Quote": 70,
    "Cited as": 9, "Means, in the plan's words": 60, "Document": 40,
}  # fmt: skip
ReportFormat = Literal["docx", "xlsx"]
_CHANGES = (
    "What changed", "Ref", "Action", "Before", "Now", "Days", "Reason given", "Place before", "Place now", "Sure",
)  # fmt: skip


def _put_markdown(document: Any, text: str) -> None:
    """Add the text of an answer to a document: its paragraphs and lists, with what is bold."""
    for _, mark, parts in blocks_of(text):
        paragraph, bold = document.add_paragraph(style=_LISTS.get(mark[-1:])), False
        for part in parts:
            bold = part.type == "strong_open" or (bold and part.type != "strong_close")
            paragraph.add_run("\n" if part.type in ("softbreak", "hardbreak") else part.content).bold = bold or None


class _Writer(HTMLParser):
    """Writes headings, paragraphs, lists, quotes and tables of a template into a document; `<answer>` stands for the
    text of an answer, and a `<dt>` is kept on the page of what it names."""

    def __init__(self, document: Any, answer: str) -> None:
        super().__init__()
        self.document, self.answer, self.text, self.rows = document, answer, "", list[list[str]]()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 (as the base class calls it)
        self.text = ""
        if tag == "tr":
            self.rows.append([])
        elif tag == "answer":
            _put_markdown(self.document, self.answer)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        text, self.text = plain(self.text), ""
        if tag == "td":
            self.rows[-1].append(text)
        elif tag == "table":
            _table(self.document, self.rows)
            self.rows = []
        elif tag in ("h1", "h2"):
            self.document.add_heading(text, int(tag[1]) - 1)
        elif tag in _STYLES:
            paragraph = self.document.add_paragraph(text, style=_STYLES[tag])
            if tag == "dt":
                paragraph.paragraph_format.keep_with_next = True


def evidence_pack(evidence: Evidence) -> bytes:
    """The rows or the answer as a document, with quotes, places and the hashes of the files behind it."""
    titles, answer = {source.document: source.title for source in evidence.sources}, evidence.answer
    said = {"due": due_of, "late": late_words, "state": lambda row: state_of(replace(row, rag=None))}
    return _document(
        evidence.asked, "evidence.html", plain(answer.answer) if answer else "", evidence=evidence, titles=titles,
        measures=_measures(evidence), **said,
    )  # fmt: skip


def _measures(evidence: Evidence) -> Iterator[str]:
    """Each success measure once, with the rows that share it."""
    shared: dict[str, list[Action]] = {}
    for row in evidence.rows:
        if row.success_measure:
            shared.setdefault(" ".join(row.success_measure.split()), []).append(row)
    for measure, rows in shared.items():
        named = (
            "".join(f"[{marker}]" for marker in evidence.markers(row)) or row.ref or place_words(row.locator)
            for row in rows
        )
        yield f"{', '.join(named)}: {measure}"


def _saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _document(title: str, template: str, answer: str = "", **said: Any) -> bytes:
    """A document in A4 across, in British English, with the properties of this program and not of its template, and
    what the template of ours says."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document: Any = Document()
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.left_margin = page.right_margin = Mm(15)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Arial", Pt(10)
    for language in document.styles.element.xpath("//w:lang"):
        language.set(qn("w:val"), "en-GB")
    about = document.core_properties
    about.title, about.author, about.comments = plain(title)[:200], "Plan assistant", ""
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
    about.last_modified_by = "Plan assistant"
    writer = _Writer(document, answer)
    writer.feed(as_text(template, **said))
    writer.close()
    return _saved(document)


def _table(document: Any, lines: Sequence[Sequence[str]]) -> None:
    """A table whose header, the first line, is repeated on each page; a sentence where no other line is."""
    from docx.oxml import OxmlElement

    if len(lines) == 1:
        document.add_paragraph("None.")
        return
    table = document.add_table(rows=0, cols=len(lines[0]), style="Table Grid")
    for line in lines:
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = plain(text)
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in head.cells:
        cell.paragraphs[0].runs[0].bold = True


def workbook(evidence: Evidence) -> bytes:
    """The workbook: cover, actions, the plans' own keys; of an answer also its counts and its quotes."""
    from openpyxl import Workbook

    book, table = Workbook(), evidence.answer.table if evidence.answer else None
    _cover(book.active, evidence)
    _sheet(book, "Actions", _COLUMNS, (_cells(row, evidence) for row in evidence.rows))
    if table and any(line.marker is None for line in table.rows):  # else each line is a row of the sheet of actions
        _sheet(
            book,
            "Counts",
            table.columns,
            ([int(one) if one.isdecimal() else one for one in line.cells] for line in table.rows),
        )
    if evidence.citations:
        quotes = (
            (one.marker, one.kind.value, one.quote, one.document, place_words(one.locator), one.id)
            for one in evidence.citations
        )
        _sheet(book, "Quotes", ("Cited as", "Kind", "Quote", "Document", "Place", "Row id"), quotes)
    keys = (
        (key.document, key.kind.value.replace("_", " "), key.term, key.meaning, place_words(key.locator))
        for key in evidence.keys
    )
    _sheet(book, "Plan keys", ("Document", "Kind", "Term", "Means, in the plan's words", "Place"), keys)
    return _saved(book)


def _cover(sheet: Any, evidence: Evidence) -> None:
    from openpyxl.styles import Alignment

    sheet.title = "About"
    for column, width in zip("ABCDEFGH", (26, 60, 24, 14, 26, 60, 14, 66), strict=True):
        sheet.column_dimensions[column].width = width
    answer = evidence.answer
    lines: list[Sequence[Any]] = [("What was asked", evidence.asked)]
    if answer:
        lines += [("Understood as", answer.understood_as or "not a query"), ("Answer", without_markup(answer.answer))]
    places = 'where each row stands in its document: sheet Actions, columns "Document" and "Place"'
    lines += [("Actions", len(evidence.rows)), ("Lateness as at", evidence.as_of), ("Rule", RULE), ("Places", places)]
    lines += [("To know", caveat) for caveat in (answer.caveats if answer else ())]
    lines += [("Register", evidence.corpus_version), ()]
    heads = ("Document", "Title", "Authority", "Plan date", "Loaded", "Colours in this plan", "Actions here")
    lines.append((*heads, "SHA-256 of the file"))
    for one in evidence.sources:
        here = sum(row.document == one.document for row in evidence.rows)
        known = (one.document, one.title, one.authority, plan_date(one), moment(one.loaded_at))
        lines.append((*known, evidence.colours(one), here, one.sha256))
    for line in lines:
        _put(sheet, line)
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")


def _sheet(book: Any, name: str, columns: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    """A sheet with a header that stays in sight and filters."""
    sheet: Any = book.create_sheet(name)
    _put(sheet, columns)
    for line in lines:
        _put(sheet, line)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = _WIDE.get(column, 16)


def _cells(row: Action, evidence: Evidence) -> tuple[Any, ...]:
    return (
        row.plan, row.authority, row.plan_date,
        row.section, row.recommendation, row.ref, row.action, row.owner or "not recorded", row.start, row.due,
        row.due_text or "not recorded", row.due_precision.value, row.status.value.replace("_", " "), row.status_text,
        row.rag and row.rag.value, row.rag and (row.rag_meaning or NOT_DEFINED), row.completed_on,
        row.days_late(evidence.as_of) or None, row.success_measure, row.outcome,
        "; ".join(flag.words for flag in row.flags), row.document,
        place_words(row.locator), row.id, ", ".join(f"[{marker}]" for marker in evidence.markers(row)) or None,
    )  # fmt: skip


def _put(sheet: Any, values: Sequence[Any]) -> None:
    """Write one line; text is written as text, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell

    cells = []
    for value in values:
        text = plain(value) if isinstance(value, str) else ""
        shown = text if len(text) <= _LONGEST else text[: _LONGEST - len(_GOES_ON)] + _GOES_ON
        cell = WriteOnlyCell(sheet, shown if isinstance(value, str) else value)
        if isinstance(value, str):
            cell.data_type, cell.quotePrefix = "s", True
        elif isinstance(value, date):
            cell.number_format = "d mmm yyyy"
        cells.append(cell)
    sheet.append(cells)


# ---------------------------------------------------------------- what changed, for a committee


def change_report(found: Sequence[Change], kind: ReportFormat) -> bytes:
    """Every change, a row each, with both places, as a file."""
    if kind == "xlsx":
        from openpyxl import Workbook

        book = Workbook()
        book.remove(book.active)
        _sheet(book, "Changes", _CHANGES, map(_change_cells, found))
        return _saved(book)
    plans = sorted({row.plan for one in found for row in (one.old, one.new) if row})
    cells = map(_change_cells, found)
    return _document(
        "What changed between versions of plans", "change_report.html", heads=_CHANGES, cells=cells, plans=plans
    )


def _change_cells(one: Change) -> tuple[str, ...]:
    moved = one.kind.value in ("due_slipped", "due_brought_forward")
    texts = (one.row.ref or "", one.row.action, one.old_text or "", one.new_text or "")
    days, reason = f"{one.days:+d}" if one.days else "", one.reason or ("no reason given" if moved else "")
    places = (f"{row.document}, {place_words(row.locator)}" if row else "" for row in (one.old, one.new))
    return (kind_words(one), *texts, days, reason, *places, f"{one.sure:.2f}")


def kind_words(one: Change) -> str:
    """The kind of a change for a reader, such as "Due slipped"."""
    return one.kind.value.replace("_", " ").capitalize()
