"""Which rows a theme names, and which come near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from assistant.embedding import Embedder
from assistant.records import Action
from assistant.themes.likeness import Likeness, Vectors
from assistant.themes.prepared import PreparedRows
from assistant.themes.reading import ThemeReading, Unit, meant, read_as, read_theme, without_groups
from assistant.themes.scoring import Stated, stated
from assistant.vocabulary import Vocabulary

MEMBER = 0.8
"""Share of a theme that a row must state in words to belong to it."""
NEAR = 0.4
"""Share from which it is a near miss."""
CONCEPT_CLOSE = 0.65
CONCEPT_MARGIN = 0.05
"""How close in meaning a theme must be to a phrase of the glossary to be read as its concept, and by how much closer
than to any concept that is not akin."""
TRIMMED_CLOSE = 0.6
"""How close in meaning a theme must be to the idea of the lay words in it for its other words to be left out."""
ROW_CLOSE = 0.62
"""How close a row's own words or a heading must be to a theme that no list has."""
ROW_NEAR = 0.45
MOST_NEAR = 10


class NearMiss(NamedTuple):
    """A row that is close to a theme but is not held to be about it."""

    id: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class ThemeResult:
    """The rows that a theme names, with a reason for each; `near` holds the nearest misses, best first.

    `read_as` is the theme in the glossary's words; `readings` are those of an ambiguous abbreviation in it.
    """

    words: str
    ids: frozenset[str]
    near: tuple[NearMiss, ...]
    read_as: str
    reasons: Mapping[str, str]
    readings: tuple[str, ...] = ()


class ThemeFinder:
    """Decides over every row it was made with. Made once for a state of the register."""

    def __init__(self, actions: Sequence[Action], vectors: Vectors, embedder: Embedder, vocabulary: Vocabulary) -> None:
        self._rows = PreparedRows(actions, vocabulary)
        self._likeness = Likeness(actions, vectors, embedder.embed, vocabulary)
        self._vocabulary = vocabulary

    def find(self, words: str, document: str | None = None) -> ThemeResult:
        """The rows that belong to a theme, over every row.

        In words first: a row belongs where its action, recommendation or section states the theme. Where no row
        does, the theme is read as the idea of the glossary that it is closest to in meaning; where there is none
        either, rows whose own words are very close belong.

        Args: document, whose own abbreviations hold in the theme.
        """
        reading = self._without_lay_trimmings(read_theme(words, self._vocabulary, document))
        scores = self._in_words(reading)
        members = _members(scores)
        if not members and self._has_unknown_words(reading):
            name = self._closest_concept(words)
            reading = meant(reading, name, self._vocabulary) if name else reading
            scores = _best(scores, self._in_words(reading) if name else self._close_rows(words))
            members = _members(scores)
        return self._result(reading, scores, members)

    def _without_lay_trimmings(self, reading: ThemeReading) -> ThemeReading:
        """The reading without the words around lay words, where the whole is close in meaning to their idea: who
        asks about "children not properly cared for at home" does not look for rows that say "home"."""
        choices = tuple(self._trimmed(units) for units in reading.choices)
        return replace(reading, choices=choices)

    def _trimmed(self, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        ideas = tuple(unit for unit in units if unit.concepts)
        if ideas == units or not any(unit.lay for unit in ideas):
            return units
        words = " ".join(unit.text for unit in units)
        names = {name for unit in ideas for name in unit.names}
        close = max(one.score for one in self._likeness.concepts(words) if one.name in names)
        return ideas if close >= TRIMMED_CLOSE else units

    def _in_words(self, reading: ThemeReading) -> dict[int, Stated]:
        scores: dict[int, Stated] = {}
        for units in reading.choices:
            scores = _best(scores, self._most_stated(units))
        return scores

    def _most_stated(self, units: tuple[Unit, ...]) -> dict[int, Stated]:
        scores = stated(units, self._rows)
        fewer = without_groups(units)
        if fewer != units and not _members(scores):
            return stated(fewer, self._rows)
        return scores

    def _has_unknown_words(self, reading: ThemeReading) -> bool:
        """True where the theme is more than one idea of the glossary, so that closeness in meaning may help."""
        return any(len(units) != 1 or not units[0].concepts for units in reading.choices)

    def _closest_concept(self, words: str) -> str | None:
        """The concept that the theme's words are closest to, where it is close enough and no other is as close."""
        best, *others = self._likeness.concepts(words)
        rivals = [one for one in others if not self._akin(one.name, best.name)]
        clear = not rivals or best.score - rivals[0].score >= CONCEPT_MARGIN
        return best.name if best.score >= CONCEPT_CLOSE and clear else None

    def _akin(self, one: str, other: str) -> bool:
        return one in self._vocabulary.broader(other) or other in self._vocabulary.broader(one)

    def _close_rows(self, words: str) -> dict[int, Stated]:
        scores = {}
        for index, close in enumerate(self._likeness.rows(words)):
            reason = f"close in meaning, {close.score:.2f}"
            if close.score >= ROW_CLOSE:
                scores[index] = Stated(1.0, reason)
            elif close.score >= ROW_NEAR:
                scores[index] = Stated(close.score, reason)
        return scores

    def _result(self, reading: ThemeReading, scores: Mapping[int, Stated], members: frozenset[int]) -> ThemeResult:
        ids = self._rows.ids
        near = sorted(
            (index for index, one in scores.items() if index not in members and one.score >= NEAR),
            key=lambda index: (-scores[index].score, ids[index]),
        )
        return ThemeResult(
            words=reading.words,
            ids=frozenset(ids[index] for index in members),
            near=tuple(NearMiss(ids[i], scores[i].score, scores[i].reason) for i in near[:MOST_NEAR]),
            read_as=read_as(reading.choices, reading.words),
            reasons={ids[index]: scores[index].reason for index in members},
            readings=reading.readings,
        )


def _members(scores: Mapping[int, Stated]) -> frozenset[int]:
    return frozenset(index for index, one in scores.items() if one.score >= MEMBER)


def _best(one: Mapping[int, Stated], other: Mapping[int, Stated]) -> dict[int, Stated]:
    return {
        index: max((scores[index] for scores in (one, other) if index in scores), key=lambda stated: stated.score)
        for index in {*one, *other}
    }
