"""Vectors of any text: from the index where it has them, from the model where not; and the index brought up to date."""

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any

from assistant.embedded_text import FORM, action_texts, passage_text, text_digest
from assistant.embedding import Embedder, Matrix, States, open_embedder
from assistant.errors import StoreError
from assistant.index import Index
from assistant.locks import write_lock
from assistant.records import OWNER, Action, Passage
from assistant.register import Register
from assistant.settings import Settings

Progress = Callable[[int, int], None]
"""Told how many texts are embedded and how many there are."""

_BATCH = 256
_REMEMBERED = 8_192


class IndexedEmbedder:
    """An `Embedder` that asks the model only for texts that the index does not hold.

    So every text of the register costs a look-up, a question costs one embedding, and an index that is behind or gone
    makes an answer slower but never different. Vectors that the model gave are remembered, the latest 8,192 of them.
    Safe to share between threads."""

    def __init__(self, index: Index, embedder: Embedder) -> None:
        self._index = index
        self._embedder = embedder
        self._remembered: dict[str, Matrix] = {}
        self._lock = threading.Lock()
        self.model = embedder.model
        self.dimension = embedder.dimension

    def embed(self, texts: Sequence[str]) -> Matrix:
        """See `Embedder.embed`."""
        digests = [text_digest(text) for text in texts]
        vectors = self._index.vectors(digests)
        there: Any = vectors.any(axis=1)
        absent = [at for at in range(len(texts)) if not there[at]]
        with self._lock:
            known = [at for at in absent if digests[at] in self._remembered]
            for at in known:
                vectors[at] = self._remembered[digests[at]]
        unknown = sorted(set(absent) - set(known))
        if unknown:
            vectors[unknown] = self._embedder.embed([texts[at] for at in unknown])
            self._remember({digests[at]: vectors[at].copy() for at in unknown})
        return vectors

    def states(self, text: str) -> States:
        """See `Embedder.states`; the vector is remembered, so that the same text costs no second run."""
        found = self._embedder.states(text)
        self._remember({text_digest(text): found[2]})
        return found

    def _remember(self, vectors: dict[str, Matrix]) -> None:
        with self._lock:
            self._remembered |= vectors
            while len(self._remembered) > _REMEMBERED:
                del self._remembered[next(iter(self._remembered))]


def wanted_texts(actions: Sequence[Action], passages: Sequence[Passage]) -> dict[str, str]:
    """Every text that is embedded of these records, by its digest."""
    texts = [text for action in actions for text in action_texts(action)]
    texts += [passage_text(passage) for passage in passages]
    return {text_digest(text): text for text in texts}


def embed_into(index: Index, embedder: Embedder, texts: dict[str, str], progress: Progress | None = None) -> None:
    """Embed texts, given by digest, and keep their vectors."""
    digests = list(texts)
    for start in range(0, len(digests), _BATCH):
        part = digests[start : start + _BATCH]
        index.add(dict(zip(part, embedder.embed([texts[digest] for digest in part]), strict=True)))
        if progress:
            progress(start + len(part), len(digests))


def is_current(register: Register, index: Index, embedder: Embedder) -> bool:
    """True where the index is known to hold the vectors of all that the register holds now, by this model."""
    return index.exists and not index.is_damaged and register.indexed == _mark(register, index, embedder)


def mend(register: Register, index: Index, embedder: Embedder, progress: Progress | None = None) -> int:
    """Bring the index to what the register holds: add what is missing, drop what nothing points to.

    Only under the write lock. A damaged index is made anew. Returns how many texts were embedded."""
    if is_current(register, index, embedder):
        return 0
    if index.is_damaged:
        index.destroy()
    try:
        return _filled(register, index, embedder, progress)
    except StoreError:
        index.destroy()
        return _filled(register, index, embedder, progress)


def _filled(register: Register, index: Index, embedder: Embedder, progress: Progress | None) -> int:
    wanted = wanted_texts(register.select(OWNER), register.passages(OWNER))
    missing = index.missing(list(wanted))
    if missing and (index.exists or index.size):  # what Chroma has of it is not embedded again
        index.keep_only(set(wanted))
        missing = index.missing(missing)
    embed_into(index, embedder, {digest: wanted[digest] for digest in missing}, progress)
    if wanted or index.exists:
        index.keep_only(set(wanted))
    register.mark_indexed(_mark(register, index, embedder))
    return len(missing)


def mend_if_free(settings: Settings, register: Register) -> int:
    """Mend the index at the start of a server, unless a load is under way, which does it itself, or the folder cannot
    be written. Returns how many texts were embedded."""
    embedder = open_embedder(settings.embedding_model, settings.embedding_threads)
    index = Index(settings.data_dir, embedder.model, embedder.dimension)
    try:
        with write_lock(settings.data_dir, 0):
            return mend(register, index, embedder)
    except StoreError as error:
        logging.getLogger(__name__).warning("The index was not mended: %s", error)
        return 0


def _mark(register: Register, index: Index, embedder: Embedder) -> str:
    return f"{register.stamp}:{FORM}:{embedder.model}:{index.size}"
