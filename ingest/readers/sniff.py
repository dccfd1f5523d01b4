"""What a file is, judged by its bytes: names lie, and officers rename."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum


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
        return Format.TEXT if _wide(head) else _binary(head)
    if _is_html(head):
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
        return (
            Format.DATABASE
            if "sqlite" in name
            else Format.ARCHIVE
            if kind in filetype.archive_matchers
            else Format.UNKNOWN
        )
    return Format(family) if family in ("image", "audio", "video") else Format.UNKNOWN


def old_format(data: bytes) -> Format | None:
    """The format of a file that needs a program to convert it; None for all others."""
    if not data.startswith((_OLE, b"{\\rtf")):
        return None
    kind = sniff(data)
    return kind if kind in (Format.DOC, Format.XLS, Format.RTF) else None


def _is_html(head: bytes) -> bool:
    start = re.sub(rb"\A(\xef\xbb\xbf|\s|<\?xml[^>]*>|<!--.*?-->)+", b"", head, flags=re.DOTALL)
    return bool(_HTML.match(start)) and bool(
        re.search(rb"</?(html|body|table|p|div|h[1-6]|ul|ol)\b", start, re.IGNORECASE)
    )


def _wide(head: bytes) -> bool:
    """Text of two bytes a character without its mark: every other byte of Western text is zero."""
    for offset, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
        if head[offset::2].count(0) > len(head) / 2 * 0.7:
            return not _BINARY.search(head[: len(head) // 2 * 2].decode(encoding, "ignore").encode())
    return False


def _archive(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mime = _beginning(archive, "mimetype") if "mimetype" in names else ""
    except UNPACK_ERRORS:
        return Format.CUT_OFF
    if "opendocument.text" in mime:
        return Format.ODT
    if "opendocument.spreadsheet" in mime:
        return Format.ODS
    found = (kind for begins, kind in _OF_PARTS if any(re.match(begins, name) for name in names))
    return next(found, Format.UNKNOWN if "opendocument" in mime else Format.ARCHIVE)


def _beginning(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as entry:
        return entry.read(100).decode("ascii", "ignore")
