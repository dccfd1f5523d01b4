"""PDF files: words, rules, fills and pictures by their places, to paragraphs and tables."""

import re
from itertools import compress
from typing import Any

from pypdfium2 import PdfDocument, PdfiumError, raw

from assistant.records import Document, Locator
from ingest.readers.job import Job
from ingest.readers.pdf.assemble import Assembly, find_furniture
from ingest.readers.pdf.lines import Page, Word, area, ground, overlap
from ingest.readers.pdf.page import read_page

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


def read(data: bytes, job: Job) -> Document:
    """The document in a PDF file. Pages count from 1, boxes are in points from the top left of the page as shown.

    Raises: DocumentReadError where the file is damaged, locked or beyond the limits.
    """
    try:
        file = PdfDocument(data)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise job.broken("it is locked with a password", "Take the password off and load that copy") from error
        raise job.broken("it is damaged: its pages cannot be found") from error
    try:
        file.init_forms()
        return _document(file, job, data)
    except PdfiumError as error:
        raise job.broken("it is damaged: one of its pages cannot be opened") from error
    finally:
        file.close()


def _document(file: Any, job: Job, data: bytes) -> Document:
    count = len(file)
    if count > job.limits.pages:
        raise job.too_much(f"{count:,} pages, more than {job.limits.pages:,}", "Split it, or raise the limit of pages")
    pages = []
    for index in range(count):
        job.progress(index + 1, count)
        pages.append(read_page(file, index, job))
        _report(pages[-1], job)
    if raw.FPDFDoc_GetAttachmentCount(file) > 0:
        job.hide("embedded files")
    if raw.FPDFDoc_GetJavaScriptActionCount(file) > 0 or b"/JavaScript" in data:
        job.note("The file holds scripts. They were not run.")
    if _runs_in_a_circle(data):
        job.note("The list of its pages runs in a circle or names one twice: what stands there may be read twice.")
    assembly = Assembly(*find_furniture(pages), job)
    for page in pages:
        assembly.add(page)
    assembly.close()
    title = file.get_metadata_dict().get("Title") or ""
    return job.document("pdf", "" if _NO_TITLE.search(title) else title)


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


def _report(page: Page, job: Job) -> None:
    """Take out the words of a page that nobody sees; they, scans and crowded drawings are told."""
    place = Locator(page=page.number)
    whole = (0.0, 0.0, page.width, page.height)
    scanned = sum(overlap(picture, whole) for picture in page.pictures) >= _PICTURE_PAGE * area(whole)
    if page.crowded:
        job.note(f"Page {page.number}: a drawing with very many lines was left out.", place, True)
    if len(page.words) < _FEW_WORDS and (scanned or page.pictures):
        job.note(f"Page {page.number}: scanned, not read. It is a picture without text.", place, True)
    elif scanned and any(word.unseen for word in page.words):
        words = f"Page {page.number}: a scan; its words are those that a machine recognised and may be wrong."
        job.note(words, place)
    else:
        unseen = [word.unseen or word.size <= _TINY or _is_blank(word, page) for word in page.words]
        if any(unseen):
            job.hide("hidden text", place, [" ".join(word.text for word in compress(page.words, unseen))])
        page.words = [word for word, gone in zip(page.words, unseen, strict=True) if not gone]


def _is_blank(word: Word, page: Page) -> bool:
    """White letters on bare paper."""
    if word.ink is None or min(word.ink) < 0.99:
        return False
    behind = ground(word.box, page.fills)
    on_picture = any(overlap(picture, word.box) > 0 for picture in page.pictures)
    return not on_picture and (behind is None or min(behind.rgb) >= 0.99)
