"""Pages of a PDF that are pictures: read by Tesseract where it is installed, and marked as such."""

from __future__ import annotations

import time
from dataclasses import replace

from assistant.errors import DocumentReadError
from assistant.records import Block, Document, Locator, ReadWarning, Table
from ingest.readers.limits import Limits
from ingest.readers.process import ParsingProcess
from ingest.readers.programs import can_recognise, recognised

SCANNED = "scanned, not read"
"""What a reader says of a page that is a picture."""
DOTS_PER_INCH = 200
_SURE = 0.5
"""How sure the rows of a scan are at most: its words are recognised, but not the rules and colours of its tables."""


def with_scans(document: Document, data: bytes, process: ParsingProcess, limits: Limits) -> Document:
    """The document with the words of its scanned pages, each page marked as recognised by a machine; as it is where no
    program for it is installed. Pages for which the time is not enough stay reported as not read."""
    pages = [warning for warning in document.warnings if SCANNED in warning.words and warning.locator is not None]
    if not pages or not can_recognise():
        return document
    until = time.monotonic() + limits.seconds
    for warning in pages:
        number = warning.locator.page if warning.locator is not None else None
        if number is None or time.monotonic() > until:
            continue
        page = _page(data, document.name, number, process, limits)
        if page is not None:
            document = _added(document, warning, page, number)
    return document


def _page(data: bytes, name: str, number: int, process: ParsingProcess, limits: Limits) -> Document | None:
    try:
        made = recognised(process.picture(data, name, number, DOTS_PER_INCH), DOTS_PER_INCH, limits)
        return process.parse(made, name) if made is not None else None
    except DocumentReadError:
        return None


def _added(document: Document, warning: ReadWarning, page: Document, number: int) -> Document:
    """The document with a page's items in their place, and the warning about it changed."""
    new = [_moved(item, number) for item in page.items]
    at = next((n for n, item in enumerate(document.items) if (item.locator.page or 0) > number), len(document.items))
    words = f"Page {number}: scanned; its words were recognised by a machine (Tesseract) and may be wrong."
    warnings = tuple(replace(old, words=words) if old is warning else old for old in document.warnings)
    return replace(document, items=(*document.items[:at], *new, *document.items[at:]), warnings=warnings)


def _moved(item: Block | Table, number: int) -> Block | Table:
    def there(place: Locator) -> Locator:
        return replace(place, page=number)

    if isinstance(item, Block):
        return replace(item, locator=there(item.locator))
    rows = tuple(
        replace(
            row,
            sure=min(row.sure, _SURE),
            locator=there(row.locator),
            cells=tuple(replace(cell, locator=there(cell.locator)) for cell in row.cells),
        )
        for row in item.rows
    )
    return replace(item, locator=there(item.locator), rows=rows)
