"""A plan that a reader sends: kept in the data folder under a safe name, beside what is said of it, and loaded."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from assistant.embedding import Embedder
from assistant.errors import StoreError
from assistant.locks import hold
from assistant.records import OWNER, SourceDetails
from assistant.register import Register
from assistant.settings import Settings
from ingest.load import load
from ingest.manifest import FILE_NAME, read_manifest
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
    file: BinaryIO, name: str, details: SourceDetails, settings: Settings, register: Register, embedder: Embedder | None
) -> LoadReport:
    """Keep a file and load it, and report as a load does.

    What is not taken in is not kept: then the file and what was said of it stand as they did before.
    Raises: StoreBusy, StoreError as `load`; SourceError where the manifest of the folder cannot be read.
    """
    folder = settings.data_dir.resolve() / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with hold(folder / ".lock", settings.lock_wait_seconds), _in_place(file, folder, safe_name(name)) as path:
            said = read_manifest(folder).saying(path.name, details).as_toml()
            _write(folder / FILE_NAME, said)
            report = load([path], settings, embedder=embedder)
            if report.failed or all(one.path != str(path) for one in register.sources(OWNER)):
                raise _NotTakenIn(report)
    except _NotTakenIn as ended:
        report = ended.report
    except OSError as error:
        raise StoreError(f'The folder "{folder}" cannot be written: {error.strerror}. Nothing was changed.') from error
    return _without_folder(report, folder)


class _NotTakenIn(Exception):
    def __init__(self, report: LoadReport) -> None:
        super().__init__()
        self.report = report


@contextmanager
def _in_place(file: BinaryIO, folder: Path, name: str) -> Iterator[Path]:
    """The file at its place; put back as it was, with the manifest, where what is done with it fails."""
    path, arriving, before = folder / name, folder / ".arriving", folder / f".{name}.before"
    with arriving.open("wb") as target:
        shutil.copyfileobj(file, target)
    manifest = folder / FILE_NAME
    said = manifest.read_text(encoding="utf-8") if manifest.is_file() else ""
    if path.is_file():
        path.replace(before)
    arriving.replace(path)
    try:
        yield path
    except BaseException:
        path.unlink()
        if before.is_file():
            before.replace(path)
        _write(manifest, said)
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
