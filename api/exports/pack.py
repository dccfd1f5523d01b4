"""An evidence pack: rows or an answer as a Word document, with quotes, places and the hashes of the files behind it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from api.exports.evidence import RULE, Evidence, colour_meaning, days_late, plain
from api.exports.prose import put_markdown
from api.filter_words import day_words
from assistant.places import place_words
from assistant.records import Action

_ROW_COLUMNS = (
    "Cited as",
    "Plan, ref and place",
    "Action",
    "Owner",
    "Due",
    "Status",
    "Colour in this plan",
    "To check",
)
_SOURCE_COLUMNS = ("Title", "Authority", "Plan date", "Loaded", "Colours in this plan", "Document and SHA-256")


def evidence_pack(evidence: Evidence) -> bytes:
    """The document. Its text is text: there are no fields, links or macros in it."""
    file = io.BytesIO()
    document = _empty(evidence.asked)
    answer = evidence.answer
    document.add_heading("Evidence pack", 0)
    document.add_heading("Question" if answer else "Rows of the register", 1)
    document.add_paragraph(plain(evidence.asked))
    if answer:
        document.add_heading("Answer", 1)
        put_markdown(document, plain(answer.answer))
    document.add_heading("How it was worked out", 1)
    for words in _worked_out(evidence):
        document.add_paragraph(plain(words), style="List Bullet")
    if answer and answer.caveats:
        document.add_heading("What to know", 1)
        for caveat in answer.caveats:
            document.add_paragraph(plain(caveat), style="List Bullet")
    document.add_heading(f"Actions: {len(evidence.rows)}", 1)
    _table(document, _ROW_COLUMNS, (_cells(row, evidence) for row in evidence.rows))
    document.add_heading("Quotes", 1)
    for where, quote in _quotes(evidence):
        document.add_paragraph(plain(where)).paragraph_format.keep_with_next = True
        document.add_paragraph(f"“{plain(quote)}”", style="Quote")
    document.add_heading("Sources", 1)
    _table(document, _SOURCE_COLUMNS, _source_cells(evidence))
    document.save(file)
    return file.getvalue()


def table_document(title: str, lead: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A document of a heading, paragraphs and one table."""
    file, document = io.BytesIO(), _empty(title)
    document.add_heading(title, 0)
    for words in lead:
        document.add_paragraph(plain(words))
    _table(document, columns, rows)
    document.save(file)
    return file.getvalue()


def _empty(title: str) -> Any:
    """A document in A4 across, in British English, with the properties of this program and not of its template."""
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
    return document


def _worked_out(evidence: Evidence) -> list[str]:
    words = [f"As at {day_words(evidence.as_of)}. {RULE}", f"State of the register: {evidence.corpus_version}."]
    if evidence.answer:
        words = [f"Understood as: {evidence.understood_as or 'not a query'}", *words]
    return [*words, "A colour is given with its own plan's meaning. Colours of different plans are not compared."]


def _cells(row: Action, evidence: Evidence) -> Sequence[str]:
    late = days_late(row, evidence.as_of)
    due = [day_words(row.due) if row.due else "no due date", f"written “{row.due_text}”" if row.due_text else ""]
    done = f"completed {day_words(row.completed_on)}" if row.completed_on else ""
    status = [row.status.value.replace("_", " "), done, f"written “{row.status_text}”" if row.status_text else ""]
    action = " ".join(part for part in (row.action_parent, row.action) if part)
    return (
        ", ".join(f"[{marker}]" for marker in evidence.markers(row)),
        "\n".join(part for part in (row.plan, row.ref, place_words(row.locator)) if part),
        action,
        row.owner or "not recorded",
        "\n".join(part for part in (*due, f"overdue {late:,} days" if late else "") if part),
        "\n".join(part for part in status if part),
        f"{row.rag.value}: {colour_meaning(row)}" if row.rag else "none recorded",
        "; ".join(flag.words for flag in row.flags),
    )


def _quotes(evidence: Evidence) -> Iterable[tuple[str, str]]:
    """Where each quote stands, and its words."""
    titles = {source.document: source.title for source in evidence.sources}
    if evidence.answer is None:
        for row in evidence.rows:
            name = f"{row.plan}, {row.ref}" if row.ref else row.plan
            yield f"{name}, {row.document}, {place_words(row.locator)}", row.quote
    for one in evidence.citations:
        plan = f"[{one.marker}] {titles.get(one.document, one.document)}, {one.document}"
        yield f"{plan}, {place_words(one.locator)}", one.quote
        for apart in one.fields:
            yield f"{plan}, {apart.field.replace('_', ' ')}, {place_words(apart.locator)}", apart.quote


def _source_cells(evidence: Evidence) -> Iterable[Sequence[str]]:
    for source in evidence.sources:
        yield (
            source.title,
            source.authority or "not recorded",
            day_words(source.plan_date) if source.plan_date else "no date in the document",
            source.loaded_at,
            evidence.colours(source),
            f"{source.document}\n{source.sha256}",
        )


def _table(document: Any, columns: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """A table whose header is repeated on each page; a sentence where there is no line."""
    from docx.oxml import OxmlElement

    rows = list(lines)
    if not rows:
        document.add_paragraph("None.")
        return
    table = document.add_table(rows=0, cols=len(columns), style="Table Grid")
    for line in (columns, *rows):
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = plain(text)
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in head.cells:
        cell.paragraphs[0].runs[0].bold = True
