"""The kinds of thing that a question asks for, and the kind that a noun names: by the words of each, or by the nearest
of those where none of them is the noun."""

from collections.abc import Callable
from enum import StrEnum
from functools import cached_property

from assistant.embedding import Embedder, Matrix
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


_WORDS: dict[Kind, str] = {
    Kind.MONEY: "cost price bill value budget amount sum fee spend spending funding grant salary money pound "
    "expenditure",
    Kind.TIME: "date month year day time deadline",
    Kind.SHARE: "percentage percent proportion share rate %",
    Kind.NUMBER: "number total figure count headcount attendance level",
    Kind.NAME: "name surname",
    Kind.PLACE: "place venue location building room address site street town",
    Kind.BODY: "company firm organisation organization university college charity agency supplier provider contractor "
    "consultancy consortium body trust borough hospital court school manufacturer vendor",
    Kind.FREQUENCY: "frequency",
    Kind.DURATION: "duration",
    Kind.PERSON: "person people post officer manager role psychologist trainer therapist author",
    Kind.JUDGEMENT: "judgement judgment grade verdict",
    Kind.REASON: "reason explanation cause justification rationale",
    Kind.SAID: "comments remarks quote opinion say tell think feel comment",
    Kind.FOUND: "find conclude identify reveal discover",
    Kind.DECIDED: "decision ruling decide agree resolve",
}
_COUNTED = (
    "action task row item recommendation priority section plan theme milestone entry line point one measure outcome "
    "target date owner lead colour status document objective heading thing step deadline area goal it them they these "
    "those that this work rest everything all progress update reference source flag issue report "
    "strategy letter page review completion complete overdue late"
)
OF_REGISTERS = stems(_COUNTED)
"""Nouns of what a register counts."""
_OF_PLANS = (
    "training service child family meeting policy process project programme support team group board partner staff "
    "council panel committee difference impact change position evidence risk challenge help guidance feedback view "
    "sponsor rating state workshop contract consultation placement home accommodation session event visit audit "
    "assessment practice commissioner city question answer"
)
"""Nouns of what plans are about: what is near these or those is none of the kinds."""
_SHORTEST = 3
"""Nouns of fewer letters are pieces of words and short forms of anything."""
_NEAR = 0.5
"""How near the two nearest words of a kind must be to a noun, taken together."""
_LISTED = {word: kind for kind, words in _WORDS.items() for word in stems(words)}


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
        one = stem(noun)
        if one in _LISTED or one in OF_REGISTERS or not noun.isalpha() or len(noun) < _SHORTEST:
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
        every = {**_WORDS, Kind.ANYTHING: f"{_COUNTED} {_OF_PLANS}"}
        return [(kind, word) for kind, words in every.items() for word in words.split()]

    @cached_property
    def _vectors(self) -> Matrix:
        return self._embedder.embed([word for _, word in self._examples])
