"""One module a format: bytes to a `Document` of blocks and tables with places. The format is judged by content."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import DocumentReadError
from assistant.records import Document

_DELIMITED_NAMES = (".csv", ".tsv", ".tab", ".psv")


def read_document(path: Path) -> Document:
    """The document in a file.

    Raises: DocumentReadError where it cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentReadError(
            f"{path}: the file cannot be opened ({error.strerror}). Check that it is there and yours."
        ) from error
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Document:
    """The document in bytes; `name` is the file's name, a hint only.

    Raises: DocumentReadError where they cannot be read.
    """
    from ingest.readers import delimited, text
    from ingest.readers.decoding import decode

    words = decode(data, name)
    named = name.lower().endswith(_DELIMITED_NAMES) and delimited.separator_of(words) is not None
    return delimited.read(data, name) if named or delimited.looks_delimited(words) else text.read(data, name)
