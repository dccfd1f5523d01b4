"""What a document is called: its file's name, and with its folder where two different files share that."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from assistant.records import Label, Source


def document_for(path: Path, sha256: str, label: Label, held: Mapping[str, Source]) -> str:
    """The document that a file is, among those held by name.

    A file is the document that was loaded from its path. Another file of the same name is that document too where it
    is the same bytes, or where the file it was loaded from is gone, so that a folder can be moved. Else it takes the
    names of its folders before its own until nobody else has that name. A document with a narrower label than `label`
    does not count: it gives the name up, so that nobody can tell from a name that it is held.
    """
    for document, source in held.items():
        if source.path == str(path):
            return document
    name = path.name
    for folder in path.parents:
        same = held.get(name)
        if same is None or is_same(same, sha256) or same.label.rank > label.rank:
            break
        name = f"{folder.name}/{name}"
    return name


def spelt(name: Path | str) -> str:
    """A name that can be printed and stored: bytes that are no UTF-8 as \\udce9 and the like."""
    return str(name).encode("utf-8", "backslashreplace").decode()


def is_same(held: Source, sha256: str) -> bool:
    """Whether a file of a document's name is that document: the same bytes, or the file it was loaded from is gone."""
    return held.sha256 == sha256 or not Path(held.path).is_file()


def beside(document: str, held: Mapping[str, Source]) -> str:
    """Another name for a document that gives its own up: with its folders before it, as many as nobody else has."""
    name = document
    for folder in Path(held[document].path).parents[document.count("/") :]:
        name = f"{folder.name}/{name}"
        if name not in held:
            break
    return name


def source_id(document: str, label: Label, taken: Collection[str]) -> str:
    """The document's name made safe for an address, with a hash that keeps apart what this makes alike.

    A public document's depends on nothing else, so that no other document can be told from it.
    """
    plain = re.sub(r"[^a-z0-9]+", "-", document.lower()).strip("-")[:48].strip("-")
    salt = "" if label is Label.PUBLIC else f"\n{label.value}"
    while True:
        given = f"{plain or 'document'}-{hashlib.sha256(f'{document}{salt}'.encode()).hexdigest()[:6]}"
        if given not in taken:
            return given
        salt += "+"
