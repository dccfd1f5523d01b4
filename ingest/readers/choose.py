"""What a file is by its bytes, for names lie, and the reader that fits it; then what every document goes through."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from importlib import import_module

from assistant.errors import DocumentReadError
from assistant.records import Document, Locator, ReadWarning, Table
from ingest.readers import text
from ingest.readers.findings import LONGEST, examined
from ingest.readers.limits import Budget


class Format(StrEnum):
    """What a file's bytes are. The value is what a document's `format` says."""

    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"
    PDF = "pdf"
    HTML = "html"
    TEXT = "text"
    DOC = "doc"
    XLS = "xls"
    RTF = "rtf"
    DOCBOOK = "docbook"
    """What antiword makes of an old Word file."""
    PPTX = "pptx"
    BINARY_WORKBOOK = "xlsb"
    PPT = "ppt"
    PROJECT = "mpp"
    MESSAGE = "msg"
    MAIL = "eml"
    WEB_ARCHIVE = "mht"
    CALENDAR = "ics"
    CONTACTS = "vcf"
    JSON = "json"
    XML = "xml"
    ARCHIVE = "zip"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    DATABASE = "database"
    CUT_OFF = "cut_off"
    """A packed file whose end is missing."""
    ENCRYPTED = "encrypted"
    """An Office file behind a password."""
    UNKNOWN = "unknown"


UNPACK_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    KeyError,
    IndexError,
    OverflowError,
)
"""What the standard library raises for an archive that is broken, locked or packed in an unknown way."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_COMPOUND = (
    ("EncryptedPackage", Format.ENCRYPTED),
    ("WordDocument", Format.DOC),
    ("Workbook", Format.XLS),
    ("PowerPoint Document", Format.PPT),
    ("__nameid_version1.0", Format.MESSAGE),
    ("MSProject", Format.PROJECT),
    ("Book", Format.XLS),
)
"""Old Office formats are small file systems: the names in them, in two-byte letters, tell which."""
_OF_PARTS = (
    (r"word/", Format.DOCX),
    (r"xl/workbook\.bin", Format.BINARY_WORKBOOK),
    (r"xl/", Format.XLSX),
    (r"ppt/", Format.PPTX),
)
_TEXTS = (
    (rb"BEGIN:VCALENDAR\b", Format.CALENDAR),
    (rb"BEGIN:VCARD\b", Format.CONTACTS),
    (rb"<\?xml[^>]*>\s*<(?!\s*(?:!doctype\s+html|html)\b)|<[A-Za-z][\w.]*:?\w*\s+xmlns[:=]", Format.XML),
    (rb"(?:\{\s*(?:\"[^\"\n]*\"\s*:|\})|\[\s*(?:\{\s*\"|\[\s*[\"\d\[]|\"[^\"\n]*\"\s*,))", Format.JSON),
)  # fmt: skip
"""How texts begin that a program writes for another program."""
_HTML = re.compile(
    rb"<\s*(!doctype\s+html|html|head|body|table|div|section|main|article|h[1-6]|p|ul|ol)\b", re.IGNORECASE
)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD_BYTES = 65_536


def sniff(data: bytes) -> Format:
    """The format of the bytes; TEXT for any text that is not HTML, UNKNOWN for other binary data."""
    head = data[:_HEAD_BYTES]
    if data.startswith(_ZIP):
        return _archive(data)
    if data.startswith(_OLE):
        return next((kind for mark, kind in _COMPOUND if mark.encode("utf-16-le") in data), Format.UNKNOWN)
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.lstrip().startswith(b"{\\rtf"):
        return Format.RTF
    if b"//OASIS//DTD DocBook" in head[:500]:
        return Format.DOCBOOK
    if head.startswith(_UTF16):
        head = head.decode("utf-16", "ignore").encode()
    elif _BINARY.search(head):
        wide = text.wide_encoding(head)
        return Format.TEXT if wide and not _BINARY.search(head.decode(wide, "ignore").encode()) else _binary(head)
    page = re.sub(rb"\A(\xef\xbb\xbf|\s|<\?xml[^>]*>|<!--.*?-->)+", b"", head, flags=re.DOTALL)
    if _HTML.match(page) and re.search(rb"</?(html|body|table|p|div|h[1-6]|ul|ol)\b", page, re.IGNORECASE):
        return Format.HTML
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:8_000].replace(b"\r\n", b"\n")
    return next((kind for begins, kind in _TEXTS if re.match(begins, start, re.IGNORECASE)), _mail(start))


def _mail(start: bytes) -> Format:
    """The kind of a text that begins with the lines that a mail program writes; TEXT for others."""
    top = re.sub(rb"\n[ \t]+", b" ", start.partition(b"\n\n")[0]).lower().split(b"\n")
    fields = {line.partition(b":")[0]: line for line in top if re.match(rb"[\w-]+:", line)}
    if len(fields) < 3 or not fields.keys() & {b"mime-version", b"message-id", b"received", b"return-path"}:
        return Format.TEXT
    return Format.WEB_ARCHIVE if b"multipart/related" in fields.get(b"content-type", b"") else Format.MAIL


def _binary(head: bytes) -> Format:
    """The kind of other binary data, by its first bytes."""
    import filetype

    kind = filetype.guess(head)
    family, _, name = kind.mime.partition("/") if kind is not None else ("", "", "")
    if family == "application":
        packed = Format.ARCHIVE if kind in filetype.archive_matchers else Format.UNKNOWN
        return Format.DATABASE if "sqlite" in name else packed
    return Format(family) if family in ("image", "audio", "video") else Format.UNKNOWN


def old_format(data: bytes) -> Format | None:
    """The format of a file that needs a program to convert it; None for all others."""
    if not data.startswith((_OLE, b"{\\rtf")):
        return None
    kind = sniff(data)
    return kind if kind in (Format.DOC, Format.XLS, Format.RTF) else None


def _archive(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mime = ""
            if "mimetype" in names:
                with archive.open("mimetype") as entry:
                    mime = entry.read(100).decode("ascii", "ignore")
    except UNPACK_ERRORS:
        return Format.CUT_OFF
    if "opendocument.text" in mime:
        return Format.ODT
    if "opendocument.spreadsheet" in mime:
        return Format.ODS
    found = (kind for begins, kind in _OF_PARTS if any(re.match(begins, name) for name in names))
    return next(found, Format.UNKNOWN if "opendocument" in mime else Format.ARCHIVE)


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
    kind = sniff(data)
    if kind is Format.TEXT and name.lower().endswith(".eml"):
        kind = Format.MAIL  # one of few lines, or cut off
    if kind in _REFUSED:
        raise DocumentReadError(f"{name}: not read, because {_REFUSED[kind]}.")
    if kind is Format.TEXT:
        return examined(_read_text(data, name, budget))
    module = "odf" if kind in (Format.ODT, Format.ODS) else kind.value
    return examined(import_module(f"ingest.readers.{module}").read(data, name, budget))


def _read_text(data: bytes, name: str, budget: Budget) -> Document:
    budget.begin(1, 1)
    words, warnings = text.decode(data, name), []
    for number, line in enumerate(words.split("\n"), start=1) if len(words) > LONGEST else ():
        if len(line) > LONGEST:
            said = f"Line {number} has {len(line):,} letters: only the first {LONGEST:,} were read."
            warnings.append(ReadWarning(said, Locator(line_start=number, line_end=number), unread=True))
    if warnings:
        words = "\n".join(line[:LONGEST] for line in words.split("\n"))
        data = words.encode()
    named = name.lower().endswith(_DELIMITED_NAMES) and text.separator_of(words) is not None
    document = text.read_delimited(data, name) if named or text.looks_delimited(words) else text.read(data, name)
    budget.take_cells(sum(len(row.cells) for item in document.items if isinstance(item, Table) for row in item.rows))
    return replace(document, warnings=(*document.warnings, *warnings, *_cut_off(words, document)))


def _cut_off(words: str, document: Document) -> Iterator[ReadWarning]:
    """A warning where a text ends inside a row of a table, as it does when only a part of it was copied."""
    last = document.items[-1] if document.items else None
    rows = [len(row.cells) for row in last.rows] if isinstance(last, Table) else []
    if not words.endswith("\n") and len(rows) > 2 and 1 <= rows[-1] < min(rows[:-1]):
        place = document.lines[-1][0] if document.lines else None
        yield ReadWarning("The file ends in the middle of a row: it seems to be cut off.", place, unread=True)
