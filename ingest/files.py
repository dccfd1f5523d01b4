"""Which files a load takes in, what each is called, and how it is labelled."""

import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.labels import Label, strictest
from assistant.records import Source
from assistant.register import Held
from ingest import manifest

_ABOUT_THE_FOLDER = ("readme", "readme.md", "readme.txt", manifest.FILE_NAME)
_LITTER = ("~$", ".~lock", "thumbs.db", "desktop.ini")
_PARTIAL = (".tmp", ".part", ".partial", ".crdownload", ".download", ".filepart", "~")
"""How names begin of what programs leave beside documents, and how they end of copies that are not whole."""


@dataclass(frozen=True, slots=True)
class Found:
    """The files of a load, each once, in order; the folders that were walked; what could not be read, and why."""

    files: tuple[Path, ...]
    folders: tuple[Path, ...]
    absent: tuple[tuple[Path, str], ...]
    passed_over: tuple[Path, ...] = ()
    """Files that describe their folder and are not plans: read only where they are named themselves."""


def find_files(paths: Iterable[Path], leave_out: Path | None = None) -> Found:
    """The files at these paths and below these folders. Hidden files are left out, and the folder `leave_out`."""
    files: dict[Path, None] = {}
    folders: list[Path] = []
    absent: list[tuple[Path, str]] = []
    passed: list[Path] = []
    for path in paths:
        if _is(path.is_dir, path, absent):
            folders.append(path.resolve())
            for found in _below(path.resolve(), leave_out.resolve() if leave_out else None, absent):
                if found.name.lower() in _ABOUT_THE_FOLDER:
                    passed.append(found)
                else:
                    files.setdefault(found)
        elif _is(path.exists, path, absent):
            files.setdefault(path.parent.resolve() / path.name)
        elif not absent or absent[-1][0] != path:
            absent.append((path, f"{path}: there is no such file or folder. Check the name."))
    about = tuple(path for path in passed if path.name != manifest.FILE_NAME and path not in files)
    return Found(tuple(files), tuple(folders), tuple(absent), about)


def _is(question: Callable[[], bool], path: Path, shut: list[tuple[Path, str]]) -> bool:
    """The answer of a path to a question; False where the folder that it stands in may not be looked at."""
    try:
        return question()
    except OSError as error:
        if not shut or shut[-1][0] != path:
            shut.append((path, f"{path}: it cannot be looked at ({error.strerror}). Check that you may read it."))
        return False


def _below(folder: Path, leave_out: Path | None, shut: list[tuple[Path, str]]) -> Iterator[Path]:
    def note(error: OSError) -> None:
        shut.append((Path(error.filename), f"{error.filename}: the folder cannot be opened ({error.strerror})."))

    for place, names, files in os.walk(folder, onerror=note):
        names[:] = sorted(name for name in names if not name.startswith(".") and Path(place) / name != leave_out)
        for name in sorted(files):
            low = name.lower()
            if not low.startswith((".", *_LITTER)) and not low.endswith(_PARTIAL):
                yield Path(place) / name


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


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a document is labelled from now on. `hidden` says why only readers of what is restricted may see it."""

    label: Label
    said: str
    hidden: str
    note: str
    """What changed, or did not although it was asked for, in words; empty where there is nothing to say."""


def labelled(held: Held, said: Label | None, *, readable: bool = True, copy: bool = False) -> Labelled:
    """The label of a document that is held, when its folder says `said` of it, or nothing.

    Args: readable, False where what the folder says cannot be read: the document is then hidden until it can be; copy,
    True where another file of the same bytes speaks, whose silence means nothing.
    """
    was, name = held.source.label, held.source.document
    if not readable:
        note = "" if held.hidden else f"{name} is hidden until its label can be read"
        return Labelled(was, held.said, "its label cannot be read", note)
    given = None if was is Label.INTERNAL and not held.said else was
    label = was if copy and not said else strictest(said or Label.INTERNAL, given)
    on_record = label.value if said or held.said else ""
    hidden = held.hidden if copy else ""
    if label is not was:
        return Labelled(label, on_record, hidden, f"{name} is {label.value} now; it was {was.value}")
    if said and said is not was:
        words = f'{name} is said to be {said.value} and stays {was.value}. To widen it: plan-assistant label "{name}" '
        return Labelled(label, on_record, hidden, f"{words}{said.value}")
    note = f"{name} can be seen again, by its label" if held.hidden and not hidden else ""
    return Labelled(label, on_record, hidden, note)
