"""OpenDocument texts and spreadsheets, read from their XML: no macro is run and no link followed."""

from assistant.records import Document
from ingest.readers.archive import Archive
from ingest.readers.findings import Findings
from ingest.readers.limits import Budget
from ingest.readers.odf.sheets import read_sheets
from ingest.readers.odf.styles import MANIFEST, OFFICE, TITLE, Styles
from ingest.readers.odf.text import Words, read_text


def read(data: bytes, name: str, budget: Budget | None = None) -> Document:
    """The document in an OpenDocument file: a text by tables and paragraphs from 0, a spreadsheet by sheet and cells.

    Raises: DocumentReadError where the file is damaged, locked or beyond the limits.
    """
    budget = budget or Budget(name)
    archive = Archive(data, budget)
    manifest = archive.xml_or_none("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(f"{MANIFEST}encryption-data"), None) is not None:
        raise budget.broken("it is locked with a password", "Take the password off and load that copy")
    content, styles = archive.xml("content.xml"), archive.xml_or_none("styles.xml")
    findings = Findings()
    words = Words(Styles(tuple(root for root in (styles, content) if root is not None)), findings)
    text, book = content.find(f".//{OFFICE}text"), content.find(f".//{OFFICE}spreadsheet")
    if text is None and book is None:
        raise budget.broken("it is neither a text nor a spreadsheet", "Save it as one of these")
    if book is not None:
        items = read_sheets(words, budget, book)
    else:
        budget.begin(1, 1)
        items = read_text(words, budget, text, styles)
    if any(part.startswith("Basic/") for part in archive.names):
        findings.note("The file holds macros. They were not run.")
    if words.pictures or (book is not None and any(part.startswith("Pictures/") for part in archive.names)):
        findings.note("The document holds pictures: words in pictures are not read.")
    meta = archive.xml_or_none("meta.xml")
    title = meta.findtext(f".//{TITLE}") if meta is not None else None
    return findings.document(name, "ods" if book is not None else "odt", items, title)
