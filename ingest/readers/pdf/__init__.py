"""PDF files: words, rules, fills and pictures by their places, to paragraphs and tables."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pypdfium2 import PdfDocument, PdfiumError, raw

from assistant.records import Document, Locator
from ingest.readers.findings import Findings
from ingest.readers.limits import Budget
from ingest.readers.pdf.assemble import Assembly, find_furniture
from ingest.readers.pdf.lines import Frame, Page, Word, area, ground, holds, overlap
from ingest.readers.pdf.page import Drawing, Letters, filled_words, text_of

_NO_TITLE = re.compile(
    r"microsoft word|untitled|anonymous|\.(docx?|pdf|xlsx?|pptx?|rtf|html?)\b|^slide \d|^document\d*$", re.IGNORECASE
)
_PICTURE_PAGE = 0.5
"""Share of a page that a picture covers where the page is a scan."""
_NODE = re.compile(rb"(\d+) \d+ obj\b.*?/Kids\s*\[([^\]]*)\]", re.DOTALL)
_PAGES = re.compile(rb"/Type\s*/Pages\b")
_ROOT = re.compile(rb"/Pages\s+(\d+) \d+ R")
_FEW_WORDS = 3
_TINY = 1.5
"""Letters of so many points or fewer are not there to be read."""
_NOTES = ["Text", "Popup", "Highlight", "Underline", "StrikeOut", "Squiggly", "Caret", "Ink", "Stamp"]


def read(data: bytes, name: str, budget: Budget | None = None) -> Document:
    """The document in a PDF file. Pages count from 1, boxes are in points from the top left of the page as shown.

    Raises: DocumentReadError where the file is damaged, locked or beyond the limits.
    """
    budget = budget or Budget(name)
    try:
        file = PdfDocument(data)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise budget.broken("it is locked with a password", "Take the password off and load that copy") from error
        raise budget.broken("it is damaged: its pages cannot be found") from error
    try:
        file.init_forms()
        return _document(file, name, budget, data)
    except PdfiumError as error:
        raise budget.broken("it is damaged: one of its pages cannot be opened") from error
    finally:
        file.close()


def _document(file: Any, name: str, budget: Budget, data: bytes) -> Document:
    count = len(file)
    if count > budget.limits.pages:
        raise budget.too_much(
            f"{count:,} pages, more than {budget.limits.pages:,}", "Split it, or raise the limit of pages"
        )
    findings = Findings()
    pages = [_seen(page, findings) for page in _pages(file, count, findings, budget)]
    if raw.FPDFDoc_GetAttachmentCount(file) > 0:
        findings.hide("embedded files")
    if raw.FPDFDoc_GetJavaScriptActionCount(file) > 0 or b"/JavaScript" in data:
        findings.note("The file holds scripts. They were not run.")
    if _runs_in_a_circle(data):
        findings.note("The list of its pages runs in a circle or names one twice: what stands there may be read twice.")
    furniture = find_furniture(pages)
    assembly = Assembly(furniture, budget)
    for page in pages:
        assembly.add(page)
    title = file.get_metadata_dict().get("Title") or ""
    return findings.document(name, "pdf", assembly.finish(), "" if _NO_TITLE.search(title.strip()) else title)


def _runs_in_a_circle(data: bytes) -> bool:
    """True where a part of the tree of pages stands below itself or in two places."""
    nodes = (_NODE.search(part) for part in data.split(b"endobj") if _PAGES.search(part))
    below = {node[1]: re.findall(rb"(\d+) \d+ R", node[2]) for node in nodes if node}
    left, seen = _ROOT.findall(data)[-1:], set[bytes]()
    while left:
        node = left.pop()
        if node in seen:
            return True
        seen.add(node)
        left += below.get(node, [])
    return False


def _pages(file: Any, count: int, findings: Findings, budget: Budget) -> Iterator[Page]:
    for index in range(count):
        budget.begin(index + 1, count)
        page = file[index]
        try:
            yield _page(file, page, index)
            _report_notes(page, index + 1, findings)
        finally:
            page.close()


def _page(file: Any, page: Any, index: int) -> Page:
    left, bottom, right, top = page.get_cropbox()
    frame = Frame(left, bottom, right, top, page.get_rotation())
    drawing = Drawing(frame).read(page)
    text = page.get_textpage()
    try:
        words = [*Letters(text, frame).words(), *filled_words(page, frame, _notes_of(page))]
    finally:
        text.close()
    width, height = frame.size
    seen = (-5, -5, width + 40, height + 40)
    rules = ((), ()) if drawing.crowded else (tuple(drawing.flat), tuple(drawing.standing))
    return Page(
        index + 1,
        width,
        height,
        tuple(word for word in words if holds(seen, word.x0, word.top) and holds(seen, word.x1, word.bottom)),
        tuple(drawing.fills),
        *rules,
        tuple(drawing.pictures),
        file.get_page_label(index) or None,
        drawing.crowded,
    )


def _seen(page: Page, findings: Findings) -> Page:
    """The page without words that nobody sees; scans and crowded drawings are reported."""
    place = Locator(page=page.number)
    whole = (0.0, 0.0, page.width, page.height)
    scanned = sum(overlap(picture, whole) for picture in page.pictures) >= _PICTURE_PAGE * area(whole)
    if page.crowded:
        findings.unread(f"Page {page.number}: a drawing with very many lines was left out.", place)
    if len(page.words) < _FEW_WORDS and (scanned or page.pictures):
        findings.unread(f"Page {page.number}: scanned, not read. It is a picture without text.", place)
        return page
    layer = [word for word in page.words if word.unseen]
    if scanned and layer:
        findings.note(
            f"Page {page.number}: a scan; its words are those that a machine recognised and may be wrong.", place
        )
        return page
    hidden = {word.index for word in page.words if word.unseen or word.size <= _TINY or _is_blank(word, page)}
    if hidden:
        said = " ".join(word.text for word in page.words if word.index in hidden)
        findings.hide("hidden text", f"page {page.number}", place, [said])
    kept = tuple(word for word in page.words if word.index not in hidden)
    return replace(page, words=kept)


def _is_blank(word: Word, page: Page) -> bool:
    """White letters on bare paper."""
    if word.ink is None or min(word.ink) < 0.99:
        return False
    behind = ground(word.box, page.fills)
    on_picture = any(overlap(picture, word.box) > 0 for picture in page.pictures)
    return not on_picture and (behind is None or min(behind.rgb) >= 0.99)


def _report_notes(page: Any, number: int, findings: Findings) -> None:
    """Tell of remarks and filled forms that lie over the page."""
    kinds = {getattr(raw, f"FPDF_ANNOT_{name.upper()}"): name for name in _NOTES}
    for index in _notes_of(page):
        note = raw.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        kind = raw.FPDFAnnot_GetSubtype(note)
        if kind == raw.FPDF_ANNOT_FREETEXT:
            findings.note("Words are typed over the page as notes. They were read with it.", Locator(page=number))
        elif kind in kinds and raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0) > 2:
            said = text_of(raw.FPDFAnnot_GetStringValue, note, b"Contents")
            findings.hide("comments", f"page {number}", Locator(page=number), [said])
        elif kind == raw.FPDF_ANNOT_FILEATTACHMENT:
            findings.hide("embedded files", f"page {number}", Locator(page=number))
        elif kind == raw.FPDF_ANNOT_WIDGET:
            findings.note("The file has form fields. What is filled in there was read.")
        raw.FPDFPage_CloseAnnot(note)


def _notes_of(page: Any) -> range:
    return range(min(raw.FPDFPage_GetAnnotCount(page), 5_000))
