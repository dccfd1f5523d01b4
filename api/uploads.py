"""A plan that a reader sends: kept in the data folder under a safe name, beside what is said of it, and loaded."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from assistant.embedding import Embedder
from assistant.errors import StoreError
from assistant.labels import OWNER, strictest
from assistant.locks import write_lock
from assistant.records import SourceDetails
from assistant.register import Held, Register, database_place
from assistant.settings import Settings
from ingest.load import load_alone
from ingest.manifest import FILE_NAME, Manifest, read_manifest
from ingest.report import LoadReport

FOLDER = "uploads"
_LONGEST_BYTES = 150
_UNSAFE = re.compile(r'[<>:"|?*%#\s]+')
_RESERVED = re.compile(
    r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)|(readme|manifest|thumbs|desktop)(\.[a-z]+)?$|~", re.IGNORECASE
)


def safe_name(given: str) -> str:
    """The name under which a file is kept: its own last part, without what a file system or a load takes amiss.

    Never empty, hidden, longer than 150 bytes or the name of a device, and the same for the same name sent again.
    """
    shown = "".join(sign for sign in unicodedata.normalize("NFC", given) if unicodedata.category(sign)[0] != "C")
    last = _UNSAFE.sub("-", re.split(r"[/\\]", shown)[-1].strip()).strip(".- ")
    stem, dot, ending = last.rpartition(".")
    if not dot or not ending.isalnum() or len(ending) > 10:
        stem, ending = last, ""
    name = f"{_short(stem) or 'plan'}.{ending}" if ending else _short(last) or "plan"
    return f"plan-{name}" if _RESERVED.match(name) else name


def _short(stem: str) -> str:
    """The stem, cut where it is long, with a hash that keeps apart what the cut makes alike."""
    if len(stem.encode()) <= _LONGEST_BYTES - 20:
        return stem
    cut = stem.encode()[: _LONGEST_BYTES - 30].decode(errors="ignore")
    return f"{cut}-{hashlib.sha256(stem.encode()).hexdigest()[:8]}"


def take_in(
    file: BinaryIO, name: str, details: SourceDetails, settings: Settings, embedder: Embedder | None
) -> LoadReport:
    """Keep a file and load it, and report as a load does.

    What is not taken in is not kept: then the file and what was said of it stand as they did before. Nothing is shown
    more widely than the strictest of what was said of it before and is said now, wherever this is cut short: the label
    is written before the file has its place, and no load comes between.
    Raises: StoreBusy, StoreError as `load`; SourceError where the manifest of the folder cannot be read.
    """
    folder, path = settings.data_dir.resolve() / FOLDER, settings.data_dir.resolve() / FOLDER / safe_name(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with write_lock(settings.data_dir, settings.lock_wait_seconds):
            before = read_manifest(folder)
            held = _held(settings, path)
            label = strictest(details.label, before.details(path.name).label, held.source.label if held else None)
            details, wider = replace(details, label=label), details.label
            with _in_place(file, path, before.saying(path.name, details)):
                report = load_alone([path], settings, embedder=embedder)
                if report.failed and held:
                    _relabel(settings, held)
                if report.failed or _held(settings, path) is None:
                    raise _NotTakenIn(report)
            if wider and wider is not label:
                first, *others = report.documents
                words = f"It was sent as {wider.value} and stays {label.value}, as it was before."
                report = replace(report, documents=(first.warned(words), *others))
    except _NotTakenIn as ended:
        report = ended.report
    except OSError as error:
        raise StoreError(f'The folder "{folder}" cannot be written: {error.strerror}. Nothing was changed.') from error
    return _without_folder(report, folder)


class _NotTakenIn(Exception):
    def __init__(self, report: LoadReport) -> None:
        super().__init__()
        self.report = report


def _held(settings: Settings, path: Path) -> Held | None:
    """The document that was loaded from a place, as it is held this moment."""
    with closing(Register.open(database_place(settings.data_dir, settings.database_url))) as register:
        return next((one for one in register.held(OWNER) if one.source.path == str(path)), None)


def _relabel(settings: Settings, held: Held) -> None:
    """Label a document as it was held before."""
    with closing(Register.open(database_place(settings.data_dir, settings.database_url))) as register:
        register.relabel(held.source.document, held.source.label, held.said, held.hidden)


@contextmanager
def _in_place(file: BinaryIO, path: Path, said: Manifest) -> Iterator[None]:
    """What is said of a file, and then the file, at their places; both put back where what is done with them fails."""
    folder = path.parent
    arriving, before, manifest = folder / ".arriving", folder / f".{path.name}.before", folder / FILE_NAME
    with arriving.open("wb") as target:
        shutil.copyfileobj(file, target)
    said_before = manifest.read_text(encoding="utf-8") if manifest.is_file() else ""
    before.unlink(missing_ok=True)
    if path.is_file():
        os.link(path, before)
    _write(manifest, said.as_toml())
    arriving.replace(path)
    try:
        yield
    except BaseException:
        if before.is_file():
            before.replace(path)
        else:
            path.unlink()
        _write(manifest, said_before)
        raise
    before.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    """Write a small file at once, so that nobody reads half of it."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def _without_folder(report: LoadReport, folder: Path) -> LoadReport:
    """The report with the name of the file where it has its place on this machine."""
    told = tuple(
        replace(
            one,
            reason=one.reason.replace(f"{folder}{os.sep}", "") if one.reason else None,
            warnings=tuple(replace(each, words=each.words.replace(f"{folder}{os.sep}", "")) for each in one.warnings),
        )
        for one in report.documents
    )
    return replace(report, documents=told)
