"""What a file is by its bytes, for names lie, and the reader that fits it; then what every document goes through: the
unseen is taken out, the odd is told."""

import io
import re
import zipfile
from dataclasses import replace
from enum import StrEnum
from importlib import import_module

from assistant.errors import DocumentReadError
from assistant.invisible import has_invisible, strip_invisible
from assistant.records import Block, Cell, Document, Locator, ReadWarning, Table
from ingest.readers.archive import UNPACK_ERRORS
from ingest.readers.job import Job
from ingest.readers.text import LONGEST, wide_encoding

_AS_DOCX, _AS_XLSX = "Save it as .docx and load that copy", "Save it as .xlsx and load that copy"
_AS_TABLE = "Export the plan as Excel or CSV and load that"
_OF_MAIL = "Save the plan that is in it or attached to it, and load that"


class Format(StrEnum):
    """What a file's bytes are: what a document's `format` says; and for one that is not read what it is and what to do
    instead."""

    refused: str
    instead: str

    def __new__(cls, value: str, refused: str = "", instead: str = "") -> "Format":
        member = str.__new__(cls, value)
        member._value_, member.refused, member.instead = value, refused, instead
        return member

    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"
    PPTX = "pptx"
    PDF = "pdf"
    HTML = "html"
    TEXT = "text"
    ENCRYPTED = "encrypted", "locked with a password", "Take the password off and load that copy"
    DOC = "doc", "an old Word file (.doc), and neither LibreOffice nor antiword is installed to convert it", _AS_DOCX
    XLS = "xls", "an old Excel file (.xls), and LibreOffice is not installed to convert it", _AS_XLSX
    RTF = "rtf", "a Rich Text file, and LibreOffice is not installed to convert it", _AS_DOCX
    BINARY_WORKBOOK = "xlsb", "a binary workbook (.xlsb)", _AS_XLSX
    PPT = "ppt", "an old PowerPoint file (.ppt)", "Save it as .pptx and load that copy"
    PROJECT = "mpp", "a file of Microsoft Project (.mpp)", "Export its tasks as an Excel workbook and load that"
    MESSAGE = "msg", "an e-mail of Outlook (.msg)", _OF_MAIL
    MAIL = "eml", "an e-mail", _OF_MAIL
    WEB_ARCHIVE = (
        "mht",
        "a web page saved as one file (.mht), of the kind of an e-mail",
        "Save it as HTML, Word or PDF and load that copy",
    )
    CALENDAR = "ics", "a file of a calendar (.ics), not a plan", "Load the plan that its dates come from"
    CONTACTS = "vcf", "a file of contacts (.vcf), not a plan"
    JSON = "json", "a JSON file, which programs write for each other", _AS_TABLE
    XML = (
        "xml",
        "an XML file, such as Microsoft Project and other programs write for each other",
        "Export the plan as Excel, Word or CSV and load that",
    )
    ARCHIVE = "zip", "a packed archive (zip or similar)", "Unpack it and load the files that are in it"
    IMAGE = "image", "a picture", "Load the document that it shows, or a PDF of it"
    AUDIO = "audio", "a sound recording, not a document"
    VIDEO = "video", "a film, not a document"
    DATABASE = "database", "a file of a database", _AS_TABLE
    CUT_OFF = (
        "cut_off",
        "damaged: its parts cannot be unpacked, as when only a piece of it was copied",
        "Copy it again and load that",
    )
    UNKNOWN = (
        "unknown",
        "not a document of a kind that is known",
        "Save it as Word, Excel, PDF, OpenDocument, HTML or text",
    )


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_COMPOUND = (
    ("EncryptedPackage", Format.ENCRYPTED), ("WordDocument", Format.DOC), ("Workbook", Format.XLS),
    ("PowerPoint Document", Format.PPT), ("__nameid_version1.0", Format.MESSAGE), ("MSProject", Format.PROJECT),
    ("Book", Format.XLS),
)  # fmt: skip
"""Old Office formats are small file systems: the names in them, in two-byte letters, tell which."""
_OF_PARTS = (
    ("word/", Format.DOCX), ("xl/workbook.bin", Format.BINARY_WORKBOOK), ("xl/", Format.XLSX), ("ppt/", Format.PPTX),
)  # fmt: skip
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
    if b"//OASIS//DTD DocBook" in head[:500]:  # what antiword makes of an old Word file
        return Format.HTML
    if head.startswith(_UTF16):
        head = head.decode("utf-16", "ignore").encode()
    elif _BINARY.search(head):
        wide = wide_encoding(head)
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
            names = archive.namelist()
            mime = archive.open("mimetype").read(100).decode("ascii", "ignore") if "mimetype" in names else ""
    except UNPACK_ERRORS:
        return Format.CUT_OFF
    if "opendocument.text" in mime:
        return Format.ODT
    if "opendocument.spreadsheet" in mime:
        return Format.ODS
    found = (kind for begins, kind in _OF_PARTS if any(name.startswith(begins) for name in names))
    return next(found, Format.UNKNOWN if "opendocument" in mime else Format.ARCHIVE)


def parse(data: bytes, job: Job) -> Document:
    """The document in the bytes, in this process. Invisible characters are taken out, except from text files, whose
    lines are quoted as they stand.

    Raises: DocumentReadError where it cannot be read.
    """
    if not data:
        raise job.broken("it is empty", "Save it again with its text")
    kind = sniff(data)
    if kind is Format.TEXT and job.name.lower().endswith(".eml"):
        kind = Format.MAIL  # one of few lines, or cut off
    if kind.refused:
        raise DocumentReadError(
            f"{job.name}: not read, because it is {kind.refused}.{kind.instead and f' {kind.instead}.'}"
        )
    module = "odf" if kind in (Format.ODT, Format.ODS) else kind.value
    return examined(import_module(f"ingest.readers.{module}").read(data, job))


WIDEST = 1_000
"""So many cells of a row are read: no plan has wider ones."""
_LONGEST_PROMPT = 90
_PROMPT = re.compile(
    r"\W*(?:(?:please )?(?:click|tap)(?: or tap| or click)?(?: here)? to (?:enter|add|insert|select|choose|type)\b"
    r".{0,40}|(?:choose|select) an? (?:item|date|option|building block)|"
    r"(?:enter|type|insert) (?:text|name|date|your \w+)(?: here)?)\W*",
    re.IGNORECASE,
)
"""What a field of a form says until somebody fills it in."""
_FORMULA = re.compile(r"\s*(?:=\s*[\w\"'+(@-]|[+@-][A-Za-z][\w.]*\s*[(!|]|[+-]?\d+[+*/-]?cmd\|)")
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier|all|any|these|your)\b"
    r"[^.\n]{0,30}\b(?:instructions?|prompts?|rules|guidance)\b|"
    r"\byou are (?:now )?(?:an? )?(?:ai|helpful assistant|chatgpt|language model)\b|"
    r"\b(?:note|message|instructions?|attention|dear)\b[^.\n]{0,12}\b(?:ai|chatbots?|language models?|llms?|copilot)\b|"
    r"\b(?:ai|digital|virtual) assistants?\b[^.\n]{0,30}\b(?:must|should|please|ignore|answer|say|reply|report)\b|"
    r"\bsystem prompt\b|\bas an ai\b|<\|?(?:im_start|system|assistant)\|?>",
    re.IGNORECASE,
)

_MAYBE = re.compile(r"instruction|prompt|rules|guidance|assistant|chatgpt|language model| ai|llm|copilot|chatbot|<")
"""One of these stands in every text that speaks to a program."""


def examined(document: Document) -> Document:
    """The document with invisible characters taken out, except from text files, whose lines are quoted as they stand;
    unfilled prompts of forms blanked; texts without end cut; and a warning of each thing that a plan has no need of."""
    job = Job(document.name)
    places: dict[Locator, None] = {}
    lines = bool(document.lines)

    def seen(text: str, place: Locator, in_cell: bool) -> str:
        if has_invisible(text):
            places[place] = None
        text = text if lines else strip_invisible(text)
        if in_cell and _FORMULA.match(text):
            job.gather("Cells begin as a formula does. They were read as words and are never run", place)
        if _MAYBE.search(text.lower()) and _ORDER.search(text):
            job.gather("Words that speak to a program and not to a reader. They were read as words only", place)
        if len(text) > LONGEST:
            job.note(f"A text of {len(text):,} letters: only the first {LONGEST:,} were read.", place, unread=True)
            text = text[:LONGEST]
        if len(text) < _LONGEST_PROMPT and _PROMPT.fullmatch(text):
            job.gather("Fields of a form that nobody filled in are read as empty", place)
            return ""
        return text

    def seen_cell(cell: Cell) -> Cell:
        text = seen(cell.text, cell.locator, True) if cell.text else ""
        span = min(cell.column_span, WIDEST - cell.column)
        return cell if (text, span) == (cell.text, cell.column_span) else replace(cell, text=text, column_span=span)

    items: list[Block | Table] = []
    for item in document.items:
        if isinstance(item, Block):
            items.append(replace(item, text=seen(item.text, item.locator, False)))
            continue
        if item.width > WIDEST:
            words = f"A table of {item.width:,} columns: only the first {WIDEST:,} were read."
            job.note(words, item.locator, unread=True)
        kept = ((cell for cell in row.cells if cell.column < WIDEST) for row in item.rows)
        rows = (replace(row, cells=tuple(map(seen_cell, cells))) for row, cells in zip(item.rows, kept, strict=True))
        items.append(replace(item, rows=tuple(rows), width=min(item.width, WIDEST)))
    for place in places:
        job.gather("Characters that nobody can see stand in the text", place)
    warnings: tuple[ReadWarning, ...] = (*document.warnings, *job.warnings)
    return replace(document, items=tuple(items), invisible=() if lines else tuple(places), warnings=warnings)
