"""Which rows a theme names, and which come near."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from assistant.embedding import Embedder
from assistant.records import Action
from assistant.themes.likeness import Close, Likeness, Vectors
from assistant.themes.prepared import PreparedRows
from assistant.themes.reading import (
    UNTELLING,
    ThemeReading,
    Unit,
    has_free_words,
    in_our_words,
    is_negated,
    meant,
    named_by_lay,
    names_no_subject,
    read_theme,
    telling,
    without_groups,
)
from assistant.themes.scoring import Stated, stated
from assistant.vocabulary import Vocabulary, stems

MEMBER = 0.8
"""Share of a theme that a row must state in words to belong to it."""
NEAR = 0.35
"""Share from which it is a near miss."""
IDEA_BANDS = ((0.75, 0.03), (0.65, 0.05), (0.60, 0.09))
"""How close in meaning a theme must be to a phrase of the glossary to be read as its idea, and by how much closer
than to any idea that is not akin: the less close, the clearer."""
IDEA_REST = 0.45
"""How close the words that the phrase does not share must be to the idea themselves, in the lowest band."""
IDEA_PLAIN = 0.7
"""How close it must be for that reading to win over rows that have the theme's words, none of which names a subject."""
IDEA_OVERRULES = 0.78
"""How close it must be where the theme names another idea outright."""
TRIMMED_CLOSE = 0.6
"""How close a theme must be to the idea of the lay words in it for its other words to be left out."""
ROW_CLOSE = 0.68
"""How close a row's own words or a heading must be to a theme that no list has."""
ROW_NEAR = 0.45
MOST_NEAR = 10
PERHAPS_CLOSE = 0.5
"""How close an idea must be to be suggested where no row belongs to the theme."""
MOST_PERHAPS = 3


Scores = Mapping[int, Stated]


class NearMiss(NamedTuple):
    """A row that is close to a theme but is not held to be about it."""

    id: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class ThemeResult:
    """The rows that a theme names, with a reason for each; `near` holds the nearest misses, best first.

    `read_as` is the theme in the glossary's words; `readings` are those of an ambiguous abbreviation in it. Where no
    row belongs, `perhaps` names the ideas that rows do state and that the theme comes closest to, for a suggestion.
    """

    words: str
    ids: frozenset[str]
    near: tuple[NearMiss, ...]
    read_as: str
    reasons: Mapping[str, str]
    readings: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()


class ThemeFinder:
    """Decides over every row it was made with. Made once for a state of the register."""

    def __init__(self, actions: Sequence[Action], vectors: Vectors, embedder: Embedder, vocabulary: Vocabulary) -> None:
        self._rows = PreparedRows(actions, vocabulary)
        self._likeness = Likeness(actions, vectors, embedder, vocabulary)
        self._vocabulary = vocabulary

    def find(self, words: str, document: str | None = None) -> ThemeResult:
        """The rows that belong to a theme, over every row.

        In words first: a row belongs where its action, recommendation or section states the theme. Where no row
        does, the theme is read as the idea of the glossary that it is closest to in meaning; where there is none
        either, rows whose own words are very close belong.

        Args: document, whose own abbreviations hold in the theme.
        """
        reading = read_theme(words, self._vocabulary, document)
        scores = self._in_words(reading)
        free = has_free_words(reading) and bool(words.strip())
        if free:
            reading, scores = self._by_meaning(reading, scores)
        result = self._result(reading, scores)
        return result if result.ids or not free else replace(result, perhaps=self._perhaps(words, result.read_as))

    def _perhaps(self, words: str, read: str) -> tuple[str, ...]:
        """The ideas that rows state and that come closest to the theme, best first; not the one that it was read as."""
        close = (one.name for one in self._likeness.concepts(words) if one.score >= PERHAPS_CLOSE)
        told = (name for name in close if name not in UNTELLING and name != read)
        return tuple(islice((name for name in told if self._is_stated(name)), MOST_PERHAPS))

    def _is_stated(self, name: str) -> bool:
        return bool(_members(stated((Unit(name, frozenset({name}), (name,)),), self._rows)))

    def _by_meaning(self, reading: ThemeReading, scores: Scores) -> tuple[ThemeReading, Scores]:
        """The reading and scores of a theme with words that name no idea by themselves."""
        known = bool(_members(scores))
        idea = self._closest_idea(reading)
        vague = (names_no_subject(reading) or is_negated(reading)) and idea and idea.score >= IDEA_PLAIN
        if idea and (named_by_lay(reading) or not known or vague):
            other = meant(reading, idea.name, self._vocabulary)
            found = self._in_words(other)
            if _members(found) or not known:
                return other, _with_near(found, scores)
        if named_by_lay(reading):
            one = reading.words if len(reading.choices) == 1 else None
            choices = tuple(self._trimmed(units, one) for units in reading.choices)
            reading = replace(reading, choices=choices, read_as=in_our_words(choices))
            scores = _with_near(self._in_words(reading), scores)
        if not _members(scores):
            scores = _best(scores, self._close_rows(reading.words))
        return reading, scores

    def _closest_idea(self, reading: ThemeReading) -> Close | None:
        """The idea that the theme is closest to in meaning, where it is close enough, no other is as close, and it
        agrees with the ideas that the theme names outright."""
        best, *others = [one for one in self._likeness.concepts(reading.words) if one.name not in UNTELLING]
        rivals = [one for one in others if not self._akin(one.name, best.name)]
        margin = best.score - rivals[0].score if rivals else 1.0
        close = any(best.score >= score and margin >= clear for score, clear in IDEA_BANDS)
        sure = best.score >= IDEA_BANDS[-2][0] or self._rest_agrees(reading.words, best)
        agrees = best.score >= IDEA_OVERRULES or self._agrees(reading, best.name)
        return best if close and sure and agrees else None

    def _rest_agrees(self, words: str, idea: Close) -> bool:
        """True where the words that the theme does not share with the idea's phrase are close to the idea too:
        library books are not life story books."""
        shared = set(stems(idea.words))
        rest = " ".join(word.text for word in telling(words) if word.stem not in shared)
        return not rest or any(c.score >= IDEA_REST for c in self._likeness.concepts(rest) if c.name == idea.name)

    def _agrees(self, reading: ThemeReading, idea: str) -> bool:
        """True where the theme names no idea outright, or only one that is akin to this."""
        units = [unit for units in reading.choices for unit in units if unit.concepts and not unit.lay]
        named = [unit for unit in units if not set(unit.names) <= UNTELLING]
        return len(named) < 2 and all(self._akin(idea, name) for unit in named for name in unit.names)

    def _akin(self, one: str, other: str) -> bool:
        return one in self._vocabulary.broader(other) or other in self._vocabulary.broader(one)

    def _trimmed(self, units: tuple[Unit, ...], words: str | None) -> tuple[Unit, ...]:
        """The units without the words around lay words, where the whole is close in meaning to their idea: who asks
        about "children not properly cared for at home" does not look for rows that say "home"."""
        ideas = tuple(unit for unit in units if unit.concepts)
        if ideas == units or not any(unit.lay for unit in ideas):
            return units
        names = {name for unit in ideas for name in unit.names}
        words = words or " ".join(unit.text for unit in units)
        close = max(one.score for one in self._likeness.concepts(words) if one.name in names)
        return ideas if close >= TRIMMED_CLOSE else units

    def _in_words(self, reading: ThemeReading) -> Scores:
        scores: Scores = {}
        for units in reading.choices:
            scores = _best(scores, self._most_stated(units))
        return scores

    def _most_stated(self, units: tuple[Unit, ...]) -> Scores:
        scores = stated(units, self._rows)
        fewer = without_groups(units)
        if fewer != units and not _members(scores):
            return stated(fewer, self._rows)
        return scores

    def _close_rows(self, words: str) -> Scores:
        scores = {}
        for index, close in enumerate(self._likeness.rows(words)):
            reason = f"close in meaning, {close.score:.2f}"
            if close.score >= ROW_CLOSE:
                scores[index] = Stated(1.0, reason)
            elif close.score >= ROW_NEAR:
                scores[index] = Stated(close.score, reason)
        return scores

    def _result(self, reading: ThemeReading, scores: Scores) -> ThemeResult:
        ids, members = self._rows.ids, _members(scores)
        near = sorted(
            (index for index, one in scores.items() if index not in members and one.score >= NEAR),
            key=lambda index: (-scores[index].score, ids[index]),
        )
        return ThemeResult(
            words=reading.words,
            ids=frozenset(ids[index] for index in members),
            near=tuple(NearMiss(ids[i], scores[i].score, scores[i].reason) for i in near[:MOST_NEAR]),
            read_as=reading.read_as,
            reasons={ids[index]: scores[index].reason for index in members},
            readings=reading.readings,
        )


def _members(scores: Scores) -> frozenset[int]:
    return frozenset(index for index, one in scores.items() if one.score >= MEMBER)


def _best(one: Scores, other: Scores) -> Scores:
    return {
        index: max((scores[index] for scores in (one, other) if index in scores), key=lambda stated: stated.score)
        for index in {*one, *other}
    }


def _with_near(scores: Scores, other: Scores) -> Scores:
    """The scores, and what another reading found, as near misses at most."""
    below = {index: Stated(min(one.score, NEAR), one.reason) for index, one in other.items() if one.score >= NEAR}
    return _best(scores, below)
