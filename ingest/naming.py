"""What a document is called: its file's name, and with its folder where two different files share that."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from assistant.records import Source


def document_for(path: Path, sha256: str, held: Mapping[str, Source]) -> str:
    """The document that a file is, among those held by name.

    A file is the document that was loaded from its path. Another file of the same name is that document too where it
    is the same bytes, or where the file it was loaded from is gone, so that a folder can be moved. Else it takes the
    names of its folders before its own until nobody else has that name.
    """
    for document, source in held.items():
        if source.path == str(path):
            return document
    name = path.name
    for folder in path.parents:
        same = held.get(name)
        if same is None or same.sha256 == sha256 or not Path(same.path).is_file():
            break
        name = f"{folder.name}/{name}"
    return name


def spelt(name: Path | str) -> str:
    """A name that can be printed and stored: bytes that are no UTF-8 as \\udce9 and the like."""
    return str(name).encode("utf-8", "backslashreplace").decode()


def source_id(document: str) -> str:
    """The document's name made safe for an address, with a hash that keeps apart what this makes alike."""
    plain = re.sub(r"[^a-z0-9]+", "-", document.lower()).strip("-")[:48].strip("-")
    return f"{plain or 'document'}-{hashlib.sha256(document.encode()).hexdigest()[:6]}"
