"""How well a piece answers: by the words that it shares with the question, weighed by their rarity, and by meaning."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.embedding import Embedder
from assistant.query_plan import Wanted
from assistant.retriever.cues import CUES, NEEDS, PREFERS
from assistant.retriever.pieces import MEASURE, Piece
from assistant.vocabulary import split_words, stem

_ABOVE = 0.7
"""A word that stands in the headings over a piece counts for less than one in it."""
_CUE = 0.55
_DENSE = 0.5
_PREFERRED = 0.06
_EMBEDDED_AT_MOST = 48

_EMPTY = frozenset(
    stem(word)
    for word in [
        "plan",
        "plans",
        "document",
        "documents",
        "report",
        "reports",
        "say",
        "says",
        "said",
        "tell",
        "describe",
        "explain",
        "mention",
        "mentioned",
        "council",
        "councils",
        "happen",
        "happens",
        "work",
        "works",
        "working",
        "do",
        "does",
        "doing",
        "get",
        "got",
        "new",
        "key",
        "main",
        "reported",
        "old",
        "current",
        "currently",
        "people",
    ]
)
"""Words of questions that name nothing to look for, and so count for little."""


@dataclass(frozen=True, slots=True)
class Sought:
    """The words of a question with their weights, and the text that stands for its meaning."""

    text: str
    weights: dict[str, float]
    wanted: Wanted | None

    @property
    def total(self) -> float:
        return sum(self.weights.values()) or 1.0


def sought(text: str, pieces: Sequence[Piece], named: frozenset[str], wanted: Wanted | None) -> Sought:
    """What to look for. Args: named, the stems of words that only name the plan that is asked."""
    stems = list(dict.fromkeys(word.stem for word in split_words(text)))
    holding = dict.fromkeys(stems, 0)
    for piece in pieces:
        present = stems_of(piece.text)
        for one in stems:
            holding[one] += one in present
    number = len(pieces) + 1
    weights = {one: math.log(1 + number / (count + 1)) * _usefulness(one, named) for one, count in holding.items()}
    return Sought(text, weights, wanted)


def _usefulness(one: str, named: frozenset[str]) -> float:
    if one in named:
        return 0.05
    return 0.15 if one in _EMPTY else 1.0


_CACHE: dict[str, frozenset[str]] = {}


def stems_of(text: str) -> frozenset[str]:
    """The stems of the words of a text, its compounds in one and in parts."""
    found = _CACHE.get(text)
    if found is None:
        if len(_CACHE) > 50_000:
            _CACHE.clear()
        found = _CACHE[text] = frozenset(word.stem for word in split_words(re.sub(r"[-/]", " ", text)))
    return found


def coverage(wanted: Sought, piece: Piece) -> float:
    """The share of the question's weight that the piece and what it stands under hold, in [0, 1]."""
    own, above = stems_of(piece.text), stems_of(piece.above)
    total = 0.0
    for one, weight in wanted.weights.items():
        if one in own:
            total += weight
        elif one in above:
            total += weight * _ABOVE
        elif CUES.get(one, frozenset()) & own:
            total += weight * _CUE
    return total / wanted.total


@dataclass(frozen=True, slots=True)
class Scored:
    piece: Piece
    score: float
    coverage: float
    meaning: float


def scored(wanted: Sought, pieces: Sequence[Piece], dense: Sequence[str], embedder: Embedder) -> list[Scored]:
    """The likeliest pieces, best first. Args: dense, the groups that lie nearest to the question by meaning."""
    fit = [piece for piece in pieces if _can_answer(piece, wanted.wanted)]
    covered = {id(piece): coverage(wanted, piece) for piece in fit}
    near = set(dense)
    ranked = sorted(fit, key=lambda piece: -(covered[id(piece)] + (0.25 if piece.group in near else 0.0)))
    chosen = ranked[:_EMBEDDED_AT_MOST]
    if not chosen:
        return []
    texts = [f"{piece.above}: {piece.text}" if piece.above else piece.text for piece in chosen]
    vectors = embedder.embed([wanted.text, *texts])
    meanings = vectors[1:] @ vectors[0]
    found = [
        Scored(piece, _joined(piece, covered[id(piece)], float(meaning), wanted), covered[id(piece)], float(meaning))
        for piece, meaning in zip(chosen, meanings, strict=True)
    ]
    return sorted(found, key=lambda one: -one.score)


def _joined(piece: Piece, covered: float, meaning: float, wanted: Sought) -> float:
    score = (1 - _DENSE) * covered + _DENSE * max(0.0, meaning)
    prefers = PREFERS.get(wanted.wanted) if wanted.wanted else None
    if prefers and prefers(piece.text):
        score += _PREFERRED
    if wanted.wanted is Wanted.MANNER and piece.kind == MEASURE:
        score += _PREFERRED
    return score


def _can_answer(piece: Piece, wanted: Wanted | None) -> bool:
    needs = NEEDS.get(wanted) if wanted else None
    return needs is None or needs(piece.text)
