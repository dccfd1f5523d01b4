"""The passages and rows that are likeliest to answer: ranked by keywords and by meaning, the two ranks fused."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cached_property
from heapq import nsmallest
from typing import NamedTuple

from assistant.embedded_text import action_texts, passage_text
from assistant.embedding import Embedder, Matrix
from assistant.view import View

_FUSING = 60
"""Of reciprocal rank fusion, Cormack, Clarke and Büttcher 2009."""


class Word(NamedTuple):
    """A word of a question with its other names."""

    plain: str
    others: tuple[str, ...] = ()


class Search:
    """Both rankings of one view's passages and rows."""

    def __init__(self, view: View, embedder: Embedder) -> None:
        self._view = view
        self._embedder = embedder
        self._found: dict[str, dict[str, float]] = {}

    @property
    def size(self) -> int:
        """How many passages and rows there are."""
        return len(self._view.passages) + len(self._view.rows)

    def holding(self, word: Word) -> dict[str, float]:
        """The ids of those that hold the word or another name of it, with a score by its rarity."""
        found: dict[str, float] = {}
        for name in (word.plain, *word.others):
            for id, score in self._hits(name).items():
                found[id] = max(score, found.get(id, 0.0))
        return found

    def _hits(self, name: str) -> dict[str, float]:
        """Of one word, or of all words of a name."""
        if name not in self._found:
            if len(self._found) > _REMEMBERED:
                self._found.clear()
            held = [{hit.id: hit.score for hit in self._view.search(word)} for word in name.split()]
            shared = set(held[0]).intersection(*held[1:]) if held else set()
            self._found[name] = {id: sum(scores[id] for scores in held) for id in shared}
        return self._found[name]

    @cached_property
    def _vectors(self) -> tuple[dict[str, int], Matrix]:
        texts = {row.id: parts[0] for row in self._view.rows if (parts := action_texts(row))}
        texts |= {passage.id: passage_text(passage) for passage in self._view.passages}
        return {id: at for at, id in enumerate(texts)}, self._embedder.embed(list(texts.values()))

    def meanings(self, vector: Matrix) -> dict[str, float]:
        """How near each passage and row lies to a vector by what it means."""
        places, matrix = self._vectors
        if not places:
            return {}
        return dict(zip(places, (matrix @ vector).tolist(), strict=True))

    def best(self, keywords: dict[str, float], meanings: dict[str, float], allowed: Set[str], k: int) -> Sequence[str]:
        """The k ids of those allowed that both rankings together put first, best first, ties by id."""
        fused: dict[str, float] = {}
        for scores in (keywords, meanings):
            ranking = nsmallest(4 * k, [(-score, id) for id, score in scores.items() if score > 0 and id in allowed])
            for rank, (_, id) in enumerate(ranking, start=1):
                fused[id] = fused.get(id, 0.0) + 1 / (_FUSING + rank)
        return sorted(fused, key=lambda id: (-fused[id], id))[:k]


_REMEMBERED = 512
