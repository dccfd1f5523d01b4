"""The reader that fits the bytes, and what every document goes through after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.errors import DocumentReadError
from assistant.records import Document, Locator, ReadWarning, Table
from ingest.readers.examine import LONGEST, examined
from ingest.readers.limits import Budget
from ingest.readers.sniff import Format, sniff

_REFUSED = {
    Format.ENCRYPTED: "it is locked with a password. Take the password off and load that copy",
    Format.DOC: "it is an old Word file (.doc), and neither LibreOffice nor antiword is installed to convert it. "
    "Save it as .docx and load that copy",
    Format.XLS: "it is an old Excel file (.xls), and LibreOffice is not installed to convert it. "
    "Save it as .xlsx and load that copy",
    Format.RTF: "it is a Rich Text file, and LibreOffice is not installed to convert it. "
    "Save it as .docx and load that copy",
    Format.BINARY_WORKBOOK: "it is a binary workbook (.xlsb). Save it as .xlsx and load that copy",
    Format.PPT: "it is an old PowerPoint file (.ppt). Save it as .pptx and load that copy",
    Format.PROJECT: "it is a file of Microsoft Project (.mpp). Export its tasks as an Excel workbook and load that",
    Format.MESSAGE: "it is an e-mail of Outlook (.msg). Save the plan that is in it or attached to it, and load that",
    Format.MAIL: "it is an e-mail. Save the plan that is in it or attached to it, and load that",
    Format.WEB_ARCHIVE: "it is a web page saved as one file (.mht), of the kind of an e-mail. "
    "Save it as HTML, Word or PDF and load that copy",
    Format.CALENDAR: "it is a file of a calendar (.ics), not a plan. Load the plan that its dates come from",
    Format.CONTACTS: "it is a file of contacts (.vcf), not a plan",
    Format.JSON: "it is a JSON file, which programs write for each other. "
    "Export the plan as Excel or CSV and load that",
    Format.XML: "it is an XML file, such as Microsoft Project and other programs write for each other. "
    "Export the plan as Excel, Word or CSV and load that",
    Format.ARCHIVE: "it is a packed archive (zip or similar). Unpack it and load the files that are in it",
    Format.IMAGE: "it is a picture. Load the document that it shows, or a PDF of it",
    Format.AUDIO: "it is a sound recording, not a document",
    Format.VIDEO: "it is a film, not a document",
    Format.DATABASE: "it is a file of a database. Export the plan as Excel or CSV and load that",
    Format.CUT_OFF: "it is damaged: its parts cannot be unpacked, as when only a piece of it was copied. "
    "Copy it again and load that",
    Format.UNKNOWN: "it is not a document of a kind that is known. "
    "Save it as Word, Excel, PDF, OpenDocument, HTML or text",
}
_DELIMITED_NAMES = (".csv", ".tsv", ".tab", ".psv")


def parse(data: bytes, name: str, budget: Budget) -> Document:
    """The document in the bytes, in this process. Invisible characters are taken out, except from text files, whose
    lines are quoted as they stand.

    Raises: DocumentReadError where it cannot be read.
    """
    if not data:
        raise DocumentReadError(f"{name}: not read, because it is empty. Save it again with its text.")
    return examined(_read(sniff(data), data, name, budget))


def _read(kind: Format, data: bytes, name: str, budget: Budget) -> Document:
    if kind in _REFUSED:
        raise DocumentReadError(f"{name}: not read, because {_REFUSED[kind]}.")
    if kind is Format.DOCX:
        from ingest.readers import docx

        return docx.read(data, name, budget)
    if kind is Format.XLSX:
        from ingest.readers import xlsx

        return xlsx.read(data, name, budget)
    if kind in (Format.ODT, Format.ODS):
        from ingest.readers import odf

        return odf.read(data, name, budget)
    if kind is Format.PDF:
        from ingest.readers import pdf

        return pdf.read(data, name, budget)
    if kind is Format.PPTX:
        from ingest.readers import pptx

        return pptx.read(data, name, budget)
    if kind is Format.HTML:
        from ingest.readers import html

        return html.read(data, name, budget)
    if kind is Format.DOCBOOK:
        from ingest.readers import docbook

        return docbook.read(data, name, budget)
    return _read_text(data, name, budget)


def _read_text(data: bytes, name: str, budget: Budget) -> Document:
    from ingest.readers import delimited, text
    from ingest.readers.decoding import decode

    budget.begin(1, 1)
    words, warnings = decode(data, name), []
    for number, line in enumerate(words.split("\n"), start=1) if len(words) > LONGEST else ():
        if len(line) > LONGEST:
            said = f"Line {number} has {len(line):,} letters: only the first {LONGEST:,} were read."
            warnings.append(ReadWarning(said, Locator(line_start=number, line_end=number), unread=True))
    if warnings:
        words = "\n".join(line[:LONGEST] for line in words.split("\n"))
        data = words.encode()
    named = name.lower().endswith(_DELIMITED_NAMES) and delimited.separator_of(words) is not None
    document = delimited.read(data, name) if named or delimited.looks_delimited(words) else text.read(data, name)
    budget.take_cells(sum(len(row.cells) for item in document.items if isinstance(item, Table) for row in item.rows))
    return replace(document, warnings=(*document.warnings, *warnings, *_cut_off(words, document)))


def _cut_off(words: str, document: Document) -> Iterator[ReadWarning]:
    """A warning where a text ends inside a row of a table, as it does when only a part of it was copied."""
    last = document.items[-1] if document.items else None
    rows = [len(row.cells) for row in last.rows] if isinstance(last, Table) else []
    if not words.endswith("\n") and len(rows) > 2 and 1 <= rows[-1] < min(rows[:-1]):
        place = document.lines[-1][0] if document.lines else None
        yield ReadWarning("The file ends in the middle of a row: it seems to be cut off.", place, unread=True)
