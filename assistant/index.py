"""The index: vectors by the digest of their text, kept by Chroma, and read from one file of them beside it.

It is a cache that the register can always rebuild. Chroma's folder must never be open in two places at once: two
writers corrupt it without an error, and a reader beside a writer meets half-written files. So only a load opens it,
under one lock; whoever reads maps the file into memory, which costs nothing until a vector is looked at and is shared
by all processes."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.embedding import Matrix
from assistant.errors import StoreError
from assistant.locks import hold, is_full

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

FOLDER = "index"
_LOCK, _DAMAGED, _UNSOUND = "index.lock", "index.damaged", "index.unsound"
_LOCK_SECONDS = 60.0
"""One opening takes well under a second; a wait of this length means that something hangs."""
_BATCH = 1_000
_OFF_UNIT = 1e-3
"""What the length of a sound vector may differ from 1 by."""


@dataclass(frozen=True, slots=True)
class _Mapped:
    """The file as it stood when it was mapped: its records, and their digests in order with the records' places."""

    state: tuple[int, int, int]
    records: Any
    digests: Any
    places: Any


class Index:
    """The vectors of one data folder, of one model. Safe to share between threads and processes."""

    def __init__(self, data_dir: Path, model: str, dimension: int) -> None:
        self._data_dir = data_dir
        self._name = f"vectors-{hashlib.sha256(model.encode()).hexdigest()[:16]}"
        self._file = data_dir / FOLDER / f"{self._name}.f32"
        self._dimension = dimension
        self._mapping = threading.Lock()
        self._held: _Mapped | None = None

    # ------------------------------------------------------------ reads

    def vectors(self, digests: Sequence[str]) -> Matrix:
        """Return the vectors of these digests, shape (n, d), float32, unit rows, in their order.

        A digest without a vector gets a row of zeros, which is near nothing; so does one whose vector is damaged."""
        import numpy as np

        found: Matrix = np.zeros((len(digests), self._dimension), dtype=np.float32)
        held = self._now()
        if held is None or not digests:
            return found
        wanted = np.asarray(digests, dtype="S32")
        at = np.minimum(np.searchsorted(held.digests, wanted), len(held.digests) - 1)
        [there] = np.nonzero(held.digests[at] == wanted)
        for start in range(0, len(there), _BATCH):
            part = there[start : start + _BATCH]
            taken = held.records["vector"][held.places[at[part]]]
            sound = np.abs(np.einsum("nd,nd->n", taken, taken) - 1) < _OFF_UNIT
            found[part[sound]] = taken[sound]
            if not sound.all():
                self._note(_UNSOUND)
        return found

    def missing(self, digests: Sequence[str]) -> list[str]:
        """Those of the digests that have no vector, each once."""
        wanted = list(dict.fromkeys(digests))
        found = self.vectors(wanted)
        return [digest for at, digest in enumerate(wanted) if not found[at].any()]

    @property
    def size(self) -> int:
        """How many vectors of this model can be read."""
        return self._file.stat().st_size // self._record.itemsize if self._file.exists() else 0

    @property
    def exists(self) -> bool:
        """True where the folder holds an index, of whatever model, and nobody met a vector that is not sound."""
        return (self._data_dir / FOLDER / "chroma.sqlite3").is_file() and not (self._data_dir / _UNSOUND).exists()

    @property
    def is_damaged(self) -> bool:
        """True where somebody met damage of what Chroma keeps since the index was made."""
        return (self._data_dir / _DAMAGED).exists()

    # ------------------------------------------------------------ writes: for the one load that holds the write lock

    def add(self, vectors: Mapping[str, Matrix]) -> None:
        """Write vectors, by digest, behind those that can be read. Chroma takes them up at the end, with `keep_only`:
        each opening of it reads its whole file through."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            whole = self.size * self._record.itemsize
            with self._file.open("ab") as file:
                file.truncate(whole)  # what a load that was killed left of a record
                file.write(self._records(list(vectors), list(vectors.values())).tobytes())
        except OSError as error:
            raise self._damaged(error) from error

    def keep_only(self, digests: set[str]) -> int:
        """Bring Chroma to those of these digests that have a vector; how many others were dropped. What is read is then
        what is kept."""
        with self._opened() as collection:
            held = set(collection.get(include=[])["ids"])
            orphans, unread = sorted(held - digests), set(self.missing(sorted(digests - held)))
            for gone in _parts(orphans):
                collection.delete(ids=gone)
            for new in _parts(sorted(digests - held - unread)):
                collection.upsert(ids=new, embeddings=self.vectors(new))
            kept = sorted(digests - unread)
            if self.size != len(kept) or self.missing(kept):
                self._rewrite(collection, kept)
        return len(orphans)

    def digests(self) -> set[str]:
        """Every digest that has a vector of this model, as the folder holds it now."""
        with self._opened() as collection:
            return set(collection.get(include=[])["ids"])

    def destroy(self) -> None:
        """Delete the folder, to be filled again from the register."""
        with hold(self._data_dir / _LOCK, _LOCK_SECONDS):
            shutil.rmtree(self._data_dir / FOLDER, ignore_errors=True)
            (self._data_dir / _DAMAGED).unlink(missing_ok=True)

    # ------------------------------------------------------------ inside

    @property
    def _record(self) -> Any:
        import numpy as np

        return np.dtype([("digest", "S32"), ("vector", "<f4", (self._dimension,))])

    def _records(self, digests: Sequence[str], matrix: Any) -> Any:
        import numpy as np

        records = np.zeros(len(digests), dtype=self._record)
        records["digest"], records["vector"] = digests, matrix
        return records

    def _rewrite(self, collection: Collection, digests: Sequence[str]) -> None:
        """Write the file anew, in the order of the digests, from what Chroma keeps."""
        part = self._file.with_suffix(f".{os.getpid()}.part")
        with part.open("wb") as file:
            for ids in _parts(digests):
                found = collection.get(ids=ids, include=["embeddings"])
                records = self._records(found["ids"], found["embeddings"])
                records.sort(order="digest")
                file.write(records.tobytes())
        part.replace(self._file)
        (self._data_dir / _UNSOUND).unlink(missing_ok=True)

    def _now(self) -> _Mapped | None:
        """The file as it stands now; None where there is none. A digest means one vector for ever, so that it does not
        matter in which state of the register it is looked up."""
        import numpy as np

        try:
            found = self._file.stat()
        except FileNotFoundError:
            return None
        state = (found.st_ino, found.st_size, found.st_mtime_ns)
        with self._mapping:
            if self._held is None or self._held.state != state:
                if not (size := found.st_size // self._record.itemsize):
                    return None
                records = np.memmap(self._file, dtype=self._record, mode="r", shape=(size,))
                digests = np.ascontiguousarray(records["digest"])
                places = np.argsort(digests, kind="stable")
                self._held = _Mapped(state, records, digests[places], places)
            return self._held

    @contextmanager
    def _opened(self) -> Iterator[Collection]:
        """This model's collection, made where there is none. Raises: StoreError where the folder is damaged or full."""
        with hold(self._data_dir / _LOCK, _LOCK_SECONDS):
            try:
                with closing(self._client()) as client:
                    yield client.get_or_create_collection(
                        self._name, embedding_function=None, metadata={"hnsw:space": "cosine"}
                    )
            except (StoreError, MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit):
                raise
            except BaseException as error:  # a damaged folder raises anything, and a panic of Rust is no Exception
                raise self._damaged(error) from error

    def _client(self) -> Any:
        """Chroma's client. Its file is read through before, since a damaged page can end the whole process there."""
        from chromadb import PersistentClient
        from chromadb.config import Settings

        logging.getLogger("chromadb").setLevel(logging.ERROR)
        file = self._data_dir / FOLDER / "chroma.sqlite3"
        if file.exists():
            with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
                [(said,)] = connection.execute("PRAGMA quick_check(1)").fetchall()
                tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'embedding%'"
                for (table,) in connection.execute(tables):
                    connection.execute(f'SELECT * FROM "{table}"').fetchall()  # bytes that are no text
            if said != "ok" or file.stat().st_size == 0:
                raise sqlite3.DatabaseError(said if said != "ok" else "its file is empty")
        return PersistentClient(str(self._data_dir / FOLDER), settings=Settings(anonymized_telemetry=False))

    def _damaged(self, error: BaseException) -> StoreError:
        """What is wrong, in words. Damage is noted in the folder, so that the next load makes the index anew."""
        from chromadb.api.shared_system_client import SharedSystemClient

        SharedSystemClient.clear_system_cache()
        where = self._data_dir / FOLDER
        again = "plan-assistant ingest FOLDER"
        if is_full(error):
            return StoreError(f'The disk of "{where}" is full. Make room, then load again: {again}')
        self._note(_DAMAGED)
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        return StoreError(f'The index "{where}" is damaged: {reason}. A load mends it: {again}')

    def _note(self, name: str) -> None:
        """Leave a note in the data folder for the next load, where it may be written."""
        with suppress(OSError):
            (self._data_dir / name).touch()


def _parts(digests: Sequence[str]) -> Iterator[list[str]]:
    return (list(digests[start : start + _BATCH]) for start in range(0, len(digests), _BATCH))
