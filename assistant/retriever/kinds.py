"""The kinds of thing that a question asks for, and the kind that a noun names: by the words of each, or by the nearest
of those where none of them is the noun."""

from collections.abc import Callable
from enum import StrEnum
from functools import cached_property

from assistant.embedding import Embedder, Matrix
from assistant.lexicon import small
from assistant.vocabulary import stem


class Kind(StrEnum):
    """What a text must hold to be the answer; ANYTHING where the grammar asks for no one kind."""

    ANYTHING = "anything"
    PERSON = "person"
    NAME = "name"
    BODY = "body"
    """An organisation."""
    PLACE = "place"
    TIME = "time"
    FREQUENCY = "frequency"
    DURATION = "duration"
    MONEY = "money"
    NUMBER = "number"
    SHARE = "share"
    SAID = "said"
    FOUND = "found"
    DECIDED = "decided"
    CONTACT = "contact"
    """A telephone number or an address to write to."""
    CLOCK = "time of day"
    JUDGEMENT = "judgement"
    """What an inspection judged."""
    REASON = "reason"
    SIGN = "sign"
    """What will show that something is so."""


KindOf = Callable[[str], Kind]
"""The kind that a noun names, in small letters."""


def stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


_WORDS = {kind: words for kind in Kind if (words := sorted(small(f"kind_{kind}")))}
OF_REGISTERS = frozenset(map(stem, small("kind_counted")))
"""Nouns of what a register counts."""
_SHORTEST = 3
"""Nouns of fewer letters are pieces of words and short forms of anything."""
_NEAR = 0.5
"""How near the two nearest words of a kind must be to a noun, taken together."""
_LISTED = {stem(word): kind for kind, words in _WORDS.items() for word in words}


def listed(noun: str) -> Kind:
    """The kind whose words hold a noun."""
    return _LISTED.get(stem(noun), Kind.ANYTHING)


class Nouns:
    """Nouns by what they mean: the words of each kind as vectors, made when a noun is met that none of them holds."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Kind] = {}

    def __call__(self, noun: str) -> Kind:
        """The kind of a noun; ANYTHING where it is near none, or nearer to what plans are about."""
        if stem(noun) in _LISTED.keys() | OF_REGISTERS or not noun.isalpha() or len(noun) < _SHORTEST:
            return listed(noun)
        if noun not in self._known:
            self._known[noun] = self._nearest(noun)
        return self._known[noun]

    def _nearest(self, noun: str) -> Kind:
        near = (self._vectors @ self._embedder.embed([noun])[0]).tolist()
        found: dict[Kind, list[float]] = {}
        for (kind, _), score in zip(self._examples, near, strict=True):
            found.setdefault(kind, []).append(score)
        best = {kind: sum(sorted(scores)[-2:]) / min(2, len(scores)) for kind, scores in found.items()}
        kind = max(best, key=lambda one: best[one])
        return kind if best[kind] >= _NEAR else Kind.ANYTHING

    @cached_property
    def _examples(self) -> list[tuple[Kind, str]]:
        of_plans = sorted(small("kind_counted") | small("kind_of_plans"))  # what is near these is none of the kinds
        every = {**_WORDS, Kind.ANYTHING: of_plans}
        return [(kind, word) for kind, words in every.items() for word in words]

    @cached_property
    def _vectors(self) -> Matrix:
        return self._embedder.embed([word for _, word in self._examples])
