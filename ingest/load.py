"""Files into the register: one transaction a document, vectors before the rows that need them.

Killed at any moment, each document is as it was before or as it is after: at most there are vectors that nothing
points to, which the next load drops.
"""

import hashlib
import json
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import ingest
from assistant.conditions import Condition, Field, Operator
from assistant.embedding import Embedder, open_embedder
from assistant.errors import DocumentReadError, ExtractionError, QuarantinedError, SourceError
from assistant.index import Index
from assistant.locks import write_lock
from assistant.records import OWNER, Label, Reading, SourceDetails, TableRead
from assistant.register import Held, LoadChange, Register, database_place
from assistant.settings import Settings
from assistant.vectors import embed_into, mend, wanted_texts
from assistant.versions import find_series
from ingest.files import Found, beside, document_for, find_files, is_same, labelled, source_id, spelt
from ingest.manifest import Manifest, read_manifest
from ingest.readers import limits_of_settings
from ingest.readers.children import tells_of_children
from ingest.report import DocumentReport, LoadReport, LoadStatus, report_of

Read = Callable[[Path, SourceDetails, Callable[[int, int], None]], Reading]
"""Reads one file, telling each page or sheet. Raises: SourceError, ExtractionError."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a load is: document `number` of `of`, from 1, and inside it what is done, part by part."""

    document: str
    number: int
    of: int
    doing: str
    part: int = 0
    parts: int = 0


Progress = Callable[[Step], None]
_EMPTIED = (
    "all {} plans that were loaded from it are gone, as where a share is not there just now. They are kept; "
    "if they are to go: plan-assistant ingest --remove-all FOLDER"
)


def load(
    paths: Sequence[Path],
    settings: Settings,
    progress: Progress | None = None,
    read: Read | None = None,
    embedder: Embedder | None = None,
    remove_all: bool = False,
    locked: bool = False,
) -> LoadReport:
    """Load files and folders, and report on every document.

    A file of a walked folder that is gone is removed with its rows, but not the files of a folder that lost all of them
    at once, unless `remove_all`; one that cannot be read is reported, what was
    held of it stays, and the load goes on.
    Args: locked, whether the caller holds the write lock of the data folder.
    Raises: StoreBusy when another load does not end in time; StoreError where the data folder cannot be used.
    """
    with nullcontext() if locked else write_lock(settings.data_dir, settings.lock_wait_seconds):
        engine = embedder or open_embedder(settings.embedding_model, settings.embedding_threads)
        register = Register.open(database_place(settings.data_dir, settings.database_url))
        try:
            with register.loading(settings.lock_wait_seconds):
                index = Index(settings.data_dir, engine.model, engine.dimension)
                mended = mend(register, index, engine)
                limits = limits_of_settings(settings)
                reader: Read = read or (lambda path, details, told: ingest.read(path, details, limits, told))
                told = progress or (lambda _: None)
                work = _Load(register, index, engine, reader, told, settings, remove_all=remove_all)
                report = work.run(paths)
                mend(register, index, engine)
                return replace(report, mended=mended, corpus_version=register.corpus_version(OWNER))
        finally:
            register.close()


@dataclass(slots=True)
class _Load:
    """One load under way, alone with the register and the index."""

    register: Register
    index: Index
    embedder: Embedder
    read: Read
    progress: Progress
    settings: Settings
    held: dict[str, Held] = field(default_factory=dict)
    manifests: dict[Path, Manifest | SourceError] = field(default_factory=dict)
    remove_all: bool = False
    tables: dict[str, list[TableRead]] | None = None
    """The tables of each document that is held; None until an unchanged one is told."""

    def run(self, paths: Sequence[Path]) -> LoadReport:
        found = find_files(paths, leave_out=self.settings.data_dir)
        self.held = {held.source.document: held for held in self.register.held(OWNER)}
        reports = [_rejected(str(path), why) for path, why in found.absent]
        for number, path in enumerate(found.files, start=1):
            reports.append(self._timed(path, number, len(found.files)))
        removed, emptied = self._remove_gone(found)
        notes = [f"{path}: not read, since it describes its folder; name it to load it" for path in found.passed_over]
        bare = (folder for folder in found.folders if not any(file.is_relative_to(folder) for file in found.files))
        notes += [f"{folder}: there is no document in it" for folder in bare]
        notes += [f"{folder}: {_EMPTIED.format(count)}" for folder, count in emptied.items()]
        rows = cache(lambda name: self.register.select(OWNER, Condition(Field.DOCUMENT, Operator.IS, (name,))))
        series = find_series(self.register.sources(OWNER), rows)
        return LoadReport(tuple(reports), "", removed, (*notes, *self._unused_entries()), series=series)

    def _timed(self, path: Path, number: int, of: int) -> DocumentReport:
        started = time.monotonic()

        def tell(doing: str, part: int = 0, parts: int = 0) -> None:
            self.progress(Step(spelt(path.name), number, of, doing, part, parts))

        try:
            tell("read")
            report = self._one(path, tell)
        except (SourceError, ExtractionError, UnicodeError) as error:
            status = LoadStatus.QUARANTINED if isinstance(error, QuarantinedError) else LoadStatus.REJECTED
            report = self._kept(path, status, str(error))
        return replace(report, seconds=time.monotonic() - started)

    def _one(self, path: Path, tell: Callable[..., None]) -> DocumentReport:
        sha256 = _hash(path, self.settings.file_bytes)
        details = self._details(path)
        document = self._document(path, sha256, details.label or Label.INTERNAL)
        unlabelled = asdict(replace(details, label=None))  # a label acts unread
        said_of_it = json.dumps(unlabelled, default=str, sort_keys=True)
        digest = hashlib.sha256(f"{sha256}\n{said_of_it}\n{ingest.program_digest()}".encode()).hexdigest()
        there = self.held[document].source.path if document in self.held else str(path)
        copy = there != str(path) and Path(there).is_file()
        note = self._labelled(document, details.label, copy=copy)
        held = self.held.get(document)
        if held and copy:
            return self._unchanged(held).warned(f"{path} is a copy of {held.source.path}; it is held once", note)
        if held and held.digest == digest:
            if held.source.path != str(path):
                self.register.describe(document, path=str(path))
            return self._unchanged(held).warned(note)
        said = held.said if held else (details.label or "")
        if held and (details.label or held.source.label is Label.RESTRICTED):
            details = replace(details, label=held.source.label)
        reading = self._read(path, details, tell)
        taken = {one.source.id for one in self.held.values()}
        own = held.source.id if held else source_id(document, reading.source.label, taken)
        source = replace(reading.source, id=own, document=document, path=str(path), sha256=sha256)
        reading = replace(reading, source=replace(source, series=details.series or ""))
        wanted = wanted_texts(reading.actions, reading.passages)
        missing = {text: wanted[text] for text in self.index.missing(list(wanted))}  # vectors come before the rows
        embed_into(self.index, self.embedder, missing, lambda done, of: tell("embed", done, of))
        tell("write")
        now = datetime.now(UTC).isoformat(timespec="seconds")
        change = self.register.replace(reading, digest=digest, loaded_at=now, said=str(said))
        report = report_of(reading, change, len(missing))
        self.held[document] = Held(reading.source, change.actions, change.passages, digest, said=str(said))
        copies = [other for other, one in self.held.items() if one.source.sha256 == sha256 and other != document]
        twice = f'it holds the same bytes as "{copies[0]}", so its rows count twice' if copies else ""
        return report.warned(note, twice)

    def _document(self, path: Path, sha256: str, label: Label) -> str:
        """The name of the document that a file is; one with a narrower label that had the name gives it up."""
        held = {name: one.source for name, one in self.held.items()}
        document = document_for(path, sha256, label, held)
        if document in held and held[document].path != str(path) and not is_same(held[document], sha256):
            other = beside(document, held)
            self.register.describe(document, document=other)
            one = self.held.pop(document)
            self.held[other] = replace(one, source=replace(one.source, document=other))
        return document

    def _labelled(self, document: str, said: Label | None, readable: bool = True, copy: bool = False) -> str:
        """Label a document that is held by what its folder says, before all else; what changed, in words."""
        held = self.held.get(document)
        if held is None:
            return ""
        now = labelled(held, said, readable=readable, copy=copy)
        if (now.label, now.said, now.hidden) != (held.source.label, held.said, held.hidden):
            self.register.describe(document, label=now.label.value, said=now.said, hidden=now.hidden)
            source = replace(held.source, label=now.label)
            self.held[document] = replace(held, source=source, said=now.said, hidden=now.hidden)
        return now.note

    def _read(self, path: Path, details: SourceDetails, tell: Callable[..., None]) -> Reading:
        """The reading. A fault of ours in one document is told as its reason, so that the others are loaded."""
        try:
            return self.read(path, details, lambda part, parts: tell("read", part, parts))
        except (SourceError, ExtractionError):
            raise
        except Exception as error:
            logging.getLogger(__name__).debug("reading %s failed", path, exc_info=True)
            raise DocumentReadError(
                f"{path}: not read, because of a fault in this program ({type(error).__name__}: {error}). "
                "Report it with the file, if it may be shown."
            ) from error

    def _unchanged(self, held: Held) -> DocumentReport:
        if self.tables is None:
            self.tables = {}
            for document, read in self.register.tables(OWNER):
                self.tables.setdefault(document, []).append(read)
        name, kept = held.source.document, tuple(self.tables.get(held.source.document, ()))
        return DocumentReport(name, LoadStatus.UNCHANGED, _as_held(held), held.set_aside, held.warnings, kept)

    def _kept(self, path: Path, status: LoadStatus, reason: str) -> DocumentReport:
        """The report of a document that was not taken in; what was held of it stays."""
        held = next((one for one in self.held.values() if one.source.path == str(path)), None)
        if held is None:
            return _rejected(path.name, reason, status)
        lines = self.register.lines(OWNER, held.source.document) if status is LoadStatus.QUARANTINED else []
        if tells_of_children(text for _, text in lines):
            self.register.remove(held.source.document)
            del self.held[held.source.document]
            return _rejected(held.source.document, f"{reason} What was held of it is taken out.", status)
        try:
            note = self._labelled(held.source.document, self._details(path).label)
        except SourceError:  # what its folder says cannot be read: hidden until it can be
            note = self._labelled(held.source.document, None, readable=False)
        words = f"{reason} What was loaded on {held.source.loaded_at[:10]} is kept.{f' {note}.' if note else ''}"
        return DocumentReport(held.source.document, status, _as_held(held), reason=words)

    def _remove_gone(self, found: Found) -> tuple[tuple[tuple[str, int], ...], dict[Path, int]]:
        """What was removed, with its actions; and the folders that held plans and hold none, whose plans are kept."""
        paths = {document: Path(held.source.path) for document, held in self.held.items()}
        gone: dict[str, Path] = {}
        emptied: dict[Path, int] = {}
        now = [Path(held.source.path) for held in self.register.held(OWNER)]
        for folder in found.folders:
            below = {name: path for name, path in paths.items() if path.is_relative_to(folder) and _is_gone(path)}
            left = any(path.is_relative_to(folder) and not _is_gone(path) for path in now)
            if len(below) > 1 and not self.remove_all and not left:
                emptied[folder] = len(below)
            else:
                gone |= below
        return tuple((document, self.register.remove(document)) for document in gone), emptied

    def _details(self, path: Path) -> SourceDetails:
        if path.parent not in self.manifests:
            try:
                self.manifests[path.parent] = read_manifest(path.parent)
            except SourceError as error:
                self.manifests[path.parent] = error
        manifest = self.manifests[path.parent]
        if isinstance(manifest, SourceError):
            raise SourceError(f"{path}: not read, because its folder's manifest cannot be. {manifest}")
        return manifest.details(path.name)

    def _unused_entries(self) -> list[str]:
        return [
            f"{folder / 'manifest.toml'} speaks of {entry.file}, which is not there"
            for folder, manifest in self.manifests.items()
            if isinstance(manifest, Manifest)
            for entry in manifest.source
            if not (folder / entry.file).is_file()
        ]


def _rejected(document: str, reason: str, status: LoadStatus = LoadStatus.REJECTED) -> DocumentReport:
    return DocumentReport(spelt(document), status, reason=spelt(reason))


def _as_held(held: Held) -> LoadChange:
    return LoadChange(same=held.actions, passages=held.passages)


def _is_gone(path: Path) -> bool:
    """True where there is no such file; False where it cannot be told, as in a folder without rights."""
    try:
        return not path.is_file()
    except OSError:
        return False


def _hash(path: Path, limit: int) -> str:
    """The SHA-256 of a file's bytes. Raises: DocumentReadError for what is no file, empty, too long or shut."""
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        raise DocumentReadError(
            f"{spelt(path)}: not read, because its name is not written in UTF-8. Rename it and load it again."
        ) from error
    try:
        if not path.is_file():
            raise DocumentReadError(f"{path}: not read, because it is not a file.")
        size = path.stat().st_size
        if size == 0:
            raise DocumentReadError(f"{path}: not read, because it is empty. Check that it was copied whole.")
        if size > limit:
            raise DocumentReadError(
                f"{path}: not read, because it has {size:,} bytes and the limit is {limit:,}. Split it, or raise "
                "PLAN_ASSISTANT_FILE_BYTES."
            )
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DocumentReadError(
            f"{path}: the file cannot be opened ({error.strerror}). Check that it is there and that you may read it."
        ) from error
