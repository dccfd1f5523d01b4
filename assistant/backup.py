"""A backup of all that cannot be made again, taken while the server serves; put back; and what is held, verified.

The file is a zip: `register.sqlite`, whichever database the register is in; under `data/` the other files of the data
folder, uploads among them; and `backup.json`, which says what it holds. The index is made again from the register."""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from assistant.embedding import Embedder, open_embedder
from assistant.errors import StoreError
from assistant.index import FOLDER, Index
from assistant.locks import write_lock
from assistant.records import OWNER
from assistant.register import FILE_NAME, Register, database_place
from assistant.settings import Settings
from assistant.vectors import Progress, mend, wanted_texts

_NOTE, _BESIDE = "backup.json", "data/"
_NOT_KEPT = (FILE_NAME, FOLDER, "session")
"""Beginnings of the names in a data folder that a backup leaves out: what is kept otherwise, or ends by itself."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: documents, rows, the version of their content, and files beside the register."""

    made_at: str
    documents: int
    actions: int
    corpus_version: str
    files: int


def back_up(settings: Settings, file: Path) -> Backup:
    """Write a backup of one state of the register; the file is there only once it is whole, for its owner's eyes.

    Raises: StoreError where there is no register, or the file cannot be written."""
    part = file.with_name(f".{file.name}.part")
    try:
        with tempfile.TemporaryDirectory() as temporary, closing(_register(settings, create=False)) as register:
            copied = Register.open(temporary)
            register.copy_to(copied)
            held = copied.held(OWNER)
            beside = list(_beside(settings.data_dir))
            made_at = datetime.now(UTC).isoformat(timespec="seconds")
            number = sum(one.actions for one in held)
            backup = Backup(made_at, len(held), number, copied.corpus_version(OWNER), len(beside))
            copied.close()
            private = os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb")
            with private, zipfile.ZipFile(private, "w", zipfile.ZIP_DEFLATED) as target:
                target.write(Path(temporary) / FILE_NAME, FILE_NAME)
                for path in beside:
                    target.write(path, _BESIDE + path.relative_to(settings.data_dir).as_posix())
                target.writestr(_NOTE, json.dumps({**asdict(backup), "sha256": _hash(Path(temporary) / FILE_NAME)}))
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(f'The backup "{file}" cannot be written: {error.strerror}. Choose another place.') from error
    return backup


def restore(
    settings: Settings, file: Path, embedder: Embedder | None = None, progress: Progress | None = None
) -> Backup:
    """Put a backup in the place of what is held, in one step for whoever reads meanwhile, and mend the index.

    Files that the backup holds replace those of the same name; others stay.
    Raises: StoreError for a file that is no whole backup, and then nothing is changed; StoreBusy beside a load."""
    engine = embedder or open_embedder(settings.embedding_model, settings.embedding_threads)
    with tempfile.TemporaryDirectory() as temporary:
        backup = _unpacked(file, Path(temporary))
        with (
            write_lock(settings.data_dir, settings.lock_wait_seconds),
            closing(_register(settings, create=True)) as register,
            closing(Register.open(temporary, create=False)) as source,
            register.loading(settings.lock_wait_seconds),
        ):
            source.copy_to(register)
            for path in (found for found in (Path(temporary) / _BESIDE).rglob("*") if found.is_file()):
                place = settings.data_dir / path.relative_to(Path(temporary) / _BESIDE)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(path.read_bytes())
                place.chmod(0o600)
            mend(register, Index(settings.data_dir, engine.model, engine.dimension), engine, progress)
    return backup


def verify(settings: Settings, embedder: Embedder | None = None) -> list[str]:
    """What is wrong with what is held: the register in itself, against the index, and against the files. Nothing is
    changed. Raises: StoreError where there is no register."""
    engine = embedder or open_embedder(settings.embedding_model, settings.embedding_threads)
    with closing(_register(settings, create=False)) as register, register.one_state():
        found = register.faults()
        if not found:
            for source in register.sources(OWNER):
                path = Path(source.path)
                if not path.is_file():
                    found.append(f'The file of "{source.document}" is not at {path}. What was read of it is held.')
                elif _hash(path) != source.sha256:
                    again = f"Load it again: plan-assistant ingest {path}"
                    found.append(f'The file of "{source.document}" is not the one that was read. {again}')
            wanted = set(wanted_texts(register.select(OWNER), register.passages(OWNER)))
            index = Index(settings.data_dir, engine.model, engine.dimension)
            try:
                kept = index.digests() if wanted else set()
            except StoreError as error:
                return [*found, str(error)]
            if missing := len((wanted - kept).union(index.missing(list(wanted)))):
                found.append(
                    f"{missing} texts of the register have no vector. A load mends it: plan-assistant ingest FOLDER"
                )
            if orphans := len(kept - wanted):
                found.append(f"{orphans} vectors belong to no text that is held. A load drops them.")
    return found


def _register(settings: Settings, create: bool) -> Register:
    return Register.open(database_place(settings.data_dir, settings.database_url), create=create)


def _beside(data_dir: Path) -> Iterator[Path]:
    """The files of a data folder that a backup takes along."""
    for path in sorted(data_dir.rglob("*")):
        parts = path.relative_to(data_dir).parts
        if path.is_file() and not parts[0].startswith(_NOT_KEPT) and not parts[-1].endswith(".lock"):
            yield path


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpacked(file: Path, folder: Path) -> Backup:
    """What a backup says of itself, once it is unpacked and every byte is known to be right."""
    try:
        with zipfile.ZipFile(file) as held:
            outside = [name for name in held.namelist() if ".." in PurePosixPath(name).parts or name.startswith("/")]
            if outside or held.testzip():
                raise ValueError("it is damaged")
            held.extractall(folder)
        note = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
        if note.pop("sha256") != _hash(folder / FILE_NAME):
            raise ValueError("its register is not the one that was written")
        return Backup(**note)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise StoreError(f'"{file}" is no whole backup: {error}. Nothing was changed.') from error
