"""The glossary's phrases as vectors, made at set-up: `python -m assistant.themes`.

Without them the first question in free words waits for some two thousand short texts to be embedded. They are kept
beside the model's graph, under a name that says of which model and which phrases they are.
"""

import hashlib
import os
import re
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from assistant.embedding import Embedder, Matrix
from assistant.vocabulary import Kind, Vocabulary

_PEOPLE = re.compile(
    r"\b(?:children|child|kids?|young people|young person|youngsters?|boys?|girls?)(?:['’]s)?\b"
    r"|\b(?:who|that) (?:are|is|have|has|do|does)\b",
    re.IGNORECASE,
)


def without_people(text: str) -> str:
    """A phrase without "children" and the like, which nearly all phrases of this field share; itself if no more
    is left."""
    return " ".join(_PEOPLE.sub(" ", text).split()) or text


@lru_cache(maxsize=8)
def phrases(vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    """Pairs of a concept and one of its phrases, ready to be embedded."""
    pairs = (
        (concept.key, without_people(text))
        for concept in vocabulary.concepts()
        for text in (*(term.text for term in concept.terms if term.kind is not Kind.SHORT), concept.meaning)
        if text
    )
    return tuple(dict.fromkeys(pairs))


def phrase_texts(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The texts of all phrases, each once."""
    return tuple(dict.fromkeys(text for _, text in phrases(vocabulary)))


def phrase_vectors(texts: Sequence[str], embedder: Embedder) -> Matrix:
    """A row for each text: as kept at set-up, else from the model."""
    path = _path(texts, embedder.model)
    if not path.is_file():
        return embedder.embed(texts)
    import numpy as np

    kept: Matrix = np.load(path, allow_pickle=False)
    return kept if kept.shape == (len(texts), embedder.dimension) else embedder.embed(texts)


def keep_phrase_vectors(texts: Sequence[str], embedder: Embedder) -> Path:
    """Write the vectors of these texts, unless they are there, in place of older ones, and say where they are."""
    import numpy as np

    path = _path(texts, embedder.model)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob("phrases-*.npy"):
            old.unlink(missing_ok=True)
        part = path.with_suffix(f".{os.getpid()}.npy")
        np.save(part, embedder.embed(texts))
        part.replace(path)
    return path


def _path(texts: Sequence[str], model: str) -> Path:
    name = hashlib.sha256("\n".join((model, *texts)).encode()).hexdigest()[:16]
    return Path(sys.prefix) / "share" / "plan-assistant" / f"phrases-{name}.npy"
