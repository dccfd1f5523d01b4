"""PDF files: words, rules, fills and pictures by their places, to paragraphs and tables."""

import re
from typing import Any

from pypdfium2 import PdfDocument, PdfiumError, raw

from assistant.records import Document, Locator
from ingest.readers.findings import Findings
from ingest.readers.limits import Budget
from ingest.readers.pdf.assemble import Assembly, find_furniture
from ingest.readers.pdf.lines import Page, Word, area, ground, overlap
from ingest.readers.pdf.page import read_page

_NO_TITLE = re.compile(
    r"microsoft word|untitled|anonymous|\.(docx?|pdf|xlsx?|pptx?|rtf|html?)\b|^slide \d|^document\d*$", re.IGNORECASE
)
_PICTURE_PAGE = 0.5
"""Share of a page that a picture covers where the page is a scan."""
_FEW_WORDS = 3
_TINY = 1.5
"""Letters of so many points or fewer are not there to be read."""


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
    pages = []
    for index in range(count):
        budget.begin(index + 1, count)
        pages.append(read_page(file, index, findings))
        _report(pages[-1], findings)
    if raw.FPDFDoc_GetAttachmentCount(file) > 0:
        findings.hide("embedded files")
    if raw.FPDFDoc_GetJavaScriptActionCount(file) > 0 or b"/JavaScript" in data:
        findings.note("The file holds scripts. They were not run.")
    furniture = find_furniture(pages)
    assembly = Assembly(furniture, budget)
    for page in pages:
        assembly.add(page)
    assembly.close()
    title = file.get_metadata_dict().get("Title") or ""
    return findings.document(name, "pdf", assembly.flow.settled(), "" if _NO_TITLE.search(title) else title)


def _report(page: Page, findings: Findings) -> None:
    """Take out the words of a page that nobody sees; they, scans and crowded drawings are told."""
    place = Locator(page=page.number)
    whole = (0.0, 0.0, page.width, page.height)
    scanned = sum(overlap(picture, whole) for picture in page.pictures) >= _PICTURE_PAGE * area(whole)
    if page.crowded:
        findings.unread(f"Page {page.number}: a drawing with very many lines was left out.", place)
    if len(page.words) < _FEW_WORDS and (scanned or page.pictures):
        findings.unread(f"Page {page.number}: scanned, not read. It is a picture without text.", place)
    elif scanned and any(word.unseen for word in page.words):
        words = f"Page {page.number}: a scan; its words are those that a machine recognised and may be wrong."
        findings.note(words, place)
    else:
        kept = [word for word in page.words if not (word.unseen or word.size <= _TINY or _is_blank(word, page))]
        if len(kept) < len(page.words):
            findings.hide("hidden text", place)
        page.words = kept


def _is_blank(word: Word, page: Page) -> bool:
    """White letters on bare paper."""
    if word.ink is None or min(word.ink) < 0.99:
        return False
    behind = ground(word.box, page.fills)
    on_picture = any(overlap(picture, word.box) > 0 for picture in page.pictures)
    return not on_picture and (behind is None or min(behind.rgb) >= 0.99)
