"""The index: vectors by the digest of their text, kept by Chroma, compared exactly in memory.

It is a cache that the register can always rebuild. Chroma's folder must never be open in two places at once: two
writers corrupt it without an error, and a reader beside a writer meets half-written files. So every opening of it, to
read or to write, is short and stands under one lock, and a process keeps what it read until the register
changes.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.embedding import Matrix, check_dimension
from assistant.errors import StoreError
from assistant.locks import hold, is_full
from assistant.records import Hit

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

FOLDER = "index"
_LOCK, _DAMAGED = "index.lock", "index.damaged"
_LOCK_SECONDS = 60.0
"""One opening takes well under a second; a wait of this length means that something hangs."""
_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class _Held:
    """All vectors at one state of the register: a row of `matrix` for each digest."""

    stamp: str
    places: dict[str, int]
    matrix: Matrix


class Index:
    """The vectors of one data folder, of one model. Safe to share between threads and processes."""

    def __init__(self, data_dir: Path, model: str, dimension: int, stamp: Callable[[], str]) -> None:
        """`stamp` names the register's state at this moment."""
        self._data_dir = data_dir
        self._name = f"vectors-{hashlib.sha256(model.encode()).hexdigest()[:16]}"
        self._dimension = dimension
        self._stamp = stamp
        self._reading = threading.Lock()
        self._held: _Held | None = None

    # ------------------------------------------------------------ reads

    def vectors(self, digests: Sequence[str]) -> Matrix:
        """Return the vectors of these digests, shape (n, d), float32, unit rows, in their order.

        A digest without a vector gets a row of zeros, which is near nothing.
        """
        import numpy as np

        held = self._now()
        found = np.zeros((len(digests), self._dimension), dtype=np.float32)
        places = [(row, held.places[digest]) for row, digest in enumerate(digests) if digest in held.places]
        if places:
            rows, taken = zip(*places, strict=True)
            found[list(rows)] = held.matrix[list(taken)]
        return found

    def search(self, vector: Matrix, k: int, digests: Sequence[str]) -> list[Hit]:
        """Return the k digests, of those given, whose vectors are nearest to `vector`, best first.

        Args: vector, shape (d,), float32, unit length; k, at least 1; digests, of all that the reader may see.
        Returns: at most k hits; score is cosine similarity in [-1, 1], ties by digest; a digest without a vector is
        never a hit. Every vector is compared: the result is exact.
        Raises: IndexMismatch if d is not the index's dimension.
        """
        check_dimension(vector, self._dimension)
        places = self._now().places
        known = sorted({digest for digest in digests if digest in places})
        scores = self.vectors(known) @ vector
        best = sorted(range(len(known)), key=lambda at: -scores[at])[:k]
        return [Hit(known[at], float(scores[at])) for at in best]

    def missing(self, digests: Sequence[str]) -> list[str]:
        """Those of the digests that have no vector, each once."""
        places = self._now().places
        return [digest for digest in dict.fromkeys(digests) if digest not in places]

    @property
    def exists(self) -> bool:
        """True where the folder holds an index, of whatever model."""
        return (self._data_dir / FOLDER / "chroma.sqlite3").is_file()

    @property
    def is_damaged(self) -> bool:
        """True where somebody met damage since the index was made."""
        return (self._data_dir / _DAMAGED).exists()

    # ------------------------------------------------------------ writes: for the one load that holds the write lock

    def add(self, vectors: Mapping[str, Matrix]) -> None:
        """Keep vectors by digest."""
        import numpy as np

        digests = list(vectors)
        with self._opened() as collection:
            for start in range(0, len(digests), _BATCH):
                part = digests[start : start + _BATCH]
                collection.upsert(ids=part, embeddings=np.stack([vectors[digest] for digest in part]))

    def keep_only(self, digests: set[str]) -> int:
        """Drop every vector that is not one of these; how many were dropped."""
        with self._opened() as collection:
            orphans = [digest for digest in collection.get(include=[])["ids"] if digest not in digests]
            for start in range(0, len(orphans), _BATCH):
                collection.delete(ids=orphans[start : start + _BATCH])
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
        self._held = None

    # ------------------------------------------------------------ inside

    def _now(self) -> _Held:
        stamp = self._stamp()
        with self._reading:
            if self._held is None or self._held.stamp != stamp:
                self._held = self._load(stamp)
            return self._held

    def _load(self, stamp: str) -> _Held:
        import numpy as np

        if not self.exists:
            return _Held(stamp, {}, np.zeros((0, self._dimension), dtype=np.float32))
        with self._opened() as collection:
            found = collection.get(include=["embeddings"])
            matrix = np.asarray(found["embeddings"], dtype=np.float32).reshape(len(found["ids"]), self._dimension)
        return _Held(stamp, {digest: row for row, digest in enumerate(found["ids"])}, matrix)

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
        from chromadb import PersistentClient
        from chromadb.config import Settings

        logging.getLogger("chromadb").setLevel(logging.ERROR)
        self._check()
        return PersistentClient(str(self._data_dir / FOLDER), settings=Settings(anonymized_telemetry=False))

    def _check(self) -> None:
        """Read the index's file through before Chroma does, which a damaged page can end with the whole process."""
        file = self._data_dir / FOLDER / "chroma.sqlite3"
        if not file.exists():
            return
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            [(said,)] = connection.execute("PRAGMA quick_check(1)").fetchall()
        if said != "ok" or file.stat().st_size == 0:
            raise sqlite3.DatabaseError(said if said != "ok" else "its file is empty")

    def _damaged(self, error: BaseException) -> StoreError:
        """What is wrong, in words. Damage is noted in the folder, so that the next load makes the index anew."""
        from chromadb.api.shared_system_client import SharedSystemClient

        SharedSystemClient.clear_system_cache()
        where = self._data_dir / FOLDER
        if is_full(error):
            return StoreError(
                f'The disk of "{where}" is full. Make room, then load again: plan-assistant ingest FOLDER'
            )
        with suppress(OSError):
            (self._data_dir / _DAMAGED).touch()
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        return StoreError(f'The index "{where}" is damaged: {reason}. A load mends it: plan-assistant ingest FOLDER')
