"""Closeness of meaning, for words that no list has: of a theme to the glossary's phrases, and to the rows' texts.

The phrases' vectors are made at set-up (`python -m assistant.themes`), or the first question in free words would wait
for some two thousand short texts. They are kept beside the model's graph, named by the model and the phrases."""

import hashlib
import os
import re
import sys
from collections.abc import Callable, Collection, Sequence
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from assistant.embedded_text import action_texts
from assistant.embedding import Embedder, Matrix
from assistant.records import Action
from assistant.themes.reading import telling
from assistant.vocabulary import Kind, Vocabulary, Word, split_words

_PEOPLE = re.compile(
    r"\b(?:children|child|kids?|young people|young person|youngsters?|boys?|girls?)(?:['’]s)?\b"
    r"|\b(?:who|that) (?:are|is|have|has|do|does)\b",
    re.IGNORECASE,
)
_LOOKED_AT = 16
"""So many rows, the closest by the meaning of the whole, are weighed word by word."""
_SAME, _FAR, _UNLIKE = 0.99, 0.42, 0.48
"""From where on two words are one, and how near the other words of a theme must lie to a phrase or, on average, to the
words of a row; nearer where the theme is a name and no description."""
_SURE, _NAME, _LONGEST = 0.75, 3, 5
"""From where on a name is close to a phrase whatever its other words; how long a name is, and how long beside rows."""
_OWN = 2
"""A row's own words and its recommendation; a section is too wide to tell what one row is about."""
Vectors = Callable[[Sequence[str]], Matrix]
"""The unit vectors of texts, one row each: from the index where it has them, else from the embedder."""
_ASKED_AT_MOST = 256


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


class Close(NamedTuple):
    """Something close in meaning: its name, the cosine in [-1, 1], and the words that are close."""

    name: str
    score: float
    words: str


class Likeness:
    """Compares a theme with phrases and rows. Vectors are asked for when they are first needed."""

    def __init__(self, actions: Sequence[Action], vectors: Vectors, embedder: Embedder, vocabulary: Vocabulary) -> None:
        self._actions = actions
        self._vectors = vectors
        self._embedder = embedder
        self._vocabulary = vocabulary
        self._known: dict[str, Any] = {}
        self._asked: dict[str, list[Close]] = {}

    @cached_property
    def _glossary(self) -> tuple[Any, Any, Any, Matrix]:
        """For each phrase the number of its concept, where each concept begins, each phrase's row, and the rows."""
        import numpy as np

        texts = phrase_texts(self._vocabulary)
        row = {text: place for place, text in enumerate(texts)}
        pairs = phrases(self._vocabulary)
        number = {name: at for at, name in enumerate(dict.fromkeys(name for name, _ in pairs))}
        group, places = np.array([(number[name], row[text]) for name, text in pairs]).T
        starts = np.unique(group, return_index=True)[1]
        return group, starts, places, phrase_vectors(texts, self._embedder)

    @cached_property
    def _rows(self) -> tuple[list[tuple[str, ...]], Any, Matrix]:
        """For each row its texts, and the places in the matrix of those that are compared with a whole theme."""
        import numpy as np

        texts = [action_texts(action) or ("",) for action in self._actions]
        places = {text: place for place, text in enumerate(dict.fromkeys(t for own in texts for t in own[:_OWN]))}
        compared = [[places[own[min(at, len(own) - 1)]] for at in range(_OWN)] for own in texts]
        return texts, np.array(compared), self._vectors(tuple(places))

    @cached_property
    def _of(self) -> dict[str, Any]:
        """The numbers of the rows of each document."""
        import numpy as np

        groups = groupby(range(len(self._actions)), key=lambda at: self._actions[at].document)
        return {name: np.array(list(group)) for name, group in groups}

    def concepts(self, theme: str) -> list[Close]:
        """Every concept by its closest phrase, best first."""
        import numpy as np

        theme = without_people(theme)
        if theme not in self._asked:
            group, starts, places, matrix = self._glossary
            scores = (matrix @ self._embedder.embed([theme])[0])[places]
            [tops] = np.nonzero(scores == np.maximum.reduceat(scores, starts)[group])
            _, firsts = np.unique(group[tops], return_index=True)
            pairs = phrases(self._vocabulary)
            close = [Close(pairs[at][0], float(scores[at]), pairs[at][1]) for at in tops[firsts]]
            while len(self._asked) >= _ASKED_AT_MOST:
                self._asked.pop(next(iter(self._asked)), None)
            self._asked[theme] = sorted(close, key=lambda one: (-one.score, one.name))
        return self._asked[theme]

    def strays(self, theme: str, close: Close) -> bool:
        """Whether a name has a word of the phrase that it is close to and means something else by the rest: road safety
        beside "safety planning"."""
        own, said = {word.stem for word in split_words(close.words)}, telling(theme)
        rest = [word.plain for word in said if word.stem not in own]
        if close.score >= _SURE or len(theme.split()) > _NAME or len(rest) in (0, len(said)):
            return False
        one, other = self._embedder.embed([" ".join(rest), close.words])
        return float(one @ other) < _FAR

    def rows(self, theme: str, documents: Collection[str], weigh: Callable[[Word], float]) -> list[Close]:
        """The rows of these documents that come closest to a theme, best first: half by the meaning of the whole, half
        by the word of theirs that is closest to each telling word of the theme; without words where they share no more
        than a name. Args: weigh, how much a word counts."""
        import numpy as np

        texts, places, matrix = self._rows
        words = telling(without_people(theme)) or split_words(theme)
        rows = [self._of[name] for name in dict.fromkeys(documents) if name in self._of]
        if not rows or not words:
            return []
        among = np.sort(np.concatenate(rows))
        whole = (matrix @ self._embedder.embed([theme])[0])[places].max(axis=1)
        looked_at = among[np.argsort(-whole[among], kind="stable")[:_LOOKED_AT]].tolist()
        said = {at: sorted({word.plain for text in texts[at] for word in telling(text)}) for at in looked_at}
        asked = self._embedder.embed([word.plain for word in words])
        self._words([word for own in said.values() for word in own])
        weights = np.array([weigh(word) for word in words])
        floor = _UNLIKE if len(theme.split()) <= _LONGEST else _FAR
        found = []
        for at in looked_at:
            alike = (asked @ self._words(said[at]).T).max(axis=1) if said[at] else np.zeros(len(words))
            other = alike[alike < _SAME]
            shared = other.size and float(other.mean()) < floor  # a name that both hold, among words of something else
            score = (float(whole[at]) + float(alike @ weights) / float(weights.sum())) / 2
            found.append(Close(self._actions[at].id, score, "" if shared else theme))
        return sorted(found, key=lambda one: (-one.score, one.name))

    def _words(self, words: Sequence[str]) -> Matrix:
        """The vectors of single words of rows, each made once."""
        import numpy as np

        if new := [word for word in dict.fromkeys(words) if word not in self._known]:
            self._known |= dict(zip(new, self._embedder.embed(new), strict=True))
        return np.array([self._known[word] for word in words])
