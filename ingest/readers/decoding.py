"""Bytes to text: the encodings that council files come in, or a clear refusal."""

from __future__ import annotations

import re

from assistant.errors import DocumentReadError

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_TYPICAL_HIGH = re.compile("[‘’“”–—…•£€éèêëáàâäóòôöúùûüíìîïñçÉÁ½¼¾°®©™\u00a0·§×²³±«»¬´]")
_CONTROL_SHARE = 0.002


def decode(data: bytes, name: str) -> str:
    """The text of the bytes: UTF-8, UTF-16 and UTF-32 with or without a mark, else Windows-1252.

    Raises: DocumentReadError where the file is empty, is not text, or is in none of these encodings.
    """
    if not data.strip(b"\x00\xff\xfe\xef\xbb\xbf \t\r\n\x0c"):
        raise DocumentReadError(f"{name}: the file is empty. Save it again with its text.")
    text = _marked(data, name) or _wide(data) or _narrow(data, name)
    if len(_CONTROL.findall(text)) > max(3, len(text) * _CONTROL_SHARE):
        raise DocumentReadError(
            f"{name}: this is not a text file, but binary data. Save the plan as text, CSV or its own format."
        )
    return text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")


def _marked(data: bytes, name: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise _unreadable(name, encoding.upper(), error.start) from error
    return None


def _wide(data: bytes) -> str | None:
    """Two bytes a character without a mark: in Western text every second byte is zero."""
    head = data[:4096]
    if len(data) % 2 or head.count(0) < len(head) * 0.3:
        return None
    encoding = "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _narrow(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        where = error.start
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _unreadable(name, "UTF-8 or Windows-1252", where) from error
    high = [letter for letter in text if ord(letter) > 127]
    if len(_TYPICAL_HIGH.findall(text)) < len(high) * 0.5:
        raise _unreadable(name, "UTF-8 or Windows-1252", where)
    return text


def _unreadable(name: str, encoding: str, position: int) -> DocumentReadError:
    return DocumentReadError(
        f"{name}, byte {position + 1}: the text is not in {encoding}. Open it in its program and save it as UTF-8."
    )
