"""Which rows a theme names, and which come near."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import NamedTuple

from assistant.embedding import Embedder
from assistant.lexicon import small
from assistant.records import Action
from assistant.themes.likeness import Close, Likeness, Vectors
from assistant.themes.prepared import PreparedRows, Stated, stated, weight_of
from assistant.themes.reading import UNTELLING, ThemeReading, Unit, in_our_words, read_theme, telling, without_groups
from assistant.vocabulary import Vocabulary, Word

MEMBER = 0.8
"""Share of a theme that a row must state in words to belong to it."""
NEAR = 0.35
"""Share from which it is a near miss."""
IDEA_BANDS = ((0.70, 0.04), (0.62, 0.07))
"""How close in meaning a theme must be to a phrase of the glossary to be read as its idea, and by how much closer
than to any other: the less close, the clearer."""
IDEA_PLAIN = 0.7
"""How close it must be for that reading to win over rows that have the theme's words, none of which names a subject."""
TRIMMED_CLOSE = 0.6
"""How close a theme must be to the idea of the lay words in it for its other words to be left out."""
SEEMS, SEEMS_CLEAR = 0.69, 5 / 3
"""Rows seem to be about a theme that none states where their closeness, and so many times the distance by which they
stand clear of the next, come to this. Set on the labelled themes with the glossary shut; see the README."""
SEEMS_ALIKE, SEEMS_AT_MOST = 0.05, 5
"""Rows so near the best go with it; of more rows than this none stands clear."""
QUESTION_SEEMS, QUESTION_ALIKE, QUESTION_AT_MOST = 0.47, 0.02, 3
"""The same for a whole question, of which a row says less than of a theme, but whose words are all weighed."""
QUESTION_BEATS = 0.05
"""By how much a row must be closer to the whole question than those found by a part of it, to answer in their place."""
MOST_NEAR = 10
PERHAPS_CLOSE = 0.5
"""How close an idea must be to be suggested where no row belongs to the theme."""
MOST_PERHAPS = 3


Scores = Mapping[int, Stated]


class Near(NamedTuple):
    """A row that comes close to a theme without being on it."""

    id: str
    score: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Members:
    """The rows that a theme names, with a reason for each, and those that come close, nearest first.

    `read_as` is the theme in the glossary's words, and of no others where it is a `term`; `readings` are those of an
    ambiguous abbreviation in it. Where no row states the theme, `perhaps` are the ideas that rows do state and that it
    comes closest to. `doubtful` are rows that only seem to be about it."""

    ids: frozenset[str]
    near: tuple[Near, ...] = ()
    read_as: str | None = None
    term: bool = False
    readings: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    doubtful: bool = False
    reasons: Mapping[str, str] = field(default_factory=dict)


class ThemeFinder:
    """Decides over every row it was made with. Made once for a state of the register."""

    def __init__(self, actions: Sequence[Action], vectors: Vectors, embedder: Embedder, vocabulary: Vocabulary) -> None:
        self._actions, self._rows = actions, PreparedRows(actions, vocabulary)
        self._likeness = Likeness(actions, vectors, embedder, vocabulary)
        self._vocabulary = vocabulary
        self._initials: dict[str | None, dict[str, list[str]]] = {}

    def find(self, words: str, document: str | None = None) -> Members:
        """The rows that belong to a theme, over every row.

        In words first: a row belongs where its action, recommendation or section states the theme. Where no row
        does, the theme is read as the idea of the glossary that it is closest to in meaning; where there is none
        either, rows whose own words are very close belong.

        Args: document, whose own abbreviations hold in the theme."""
        reading = read_theme(words, self._vocabulary, document)
        spelled = self._spelled_out(reading, document)
        if spelled != reading.words:
            return replace(found, read_as=spelled) if (found := self.find(spelled, document)).ids else found
        scores = self._in_words(reading)
        if not reading.free or not words.strip():
            return self._result(reading, scores)
        reading, scores = self._by_meaning(reading, scores)
        result = self._result(reading, scores)
        if result.ids:
            return result
        close = (one.name for one in self._likeness.concepts(words) if one.score >= PERHAPS_CLOSE)
        told = (name for name in close if name not in UNTELLING and name != reading.read_as)
        held = (name for name in told if _members(stated((Unit(name, frozenset({name}), (name,)),), self._rows)))
        return replace(result, perhaps=tuple(islice(held, MOST_PERHAPS)))

    def seeming(
        self, words: str, documents: Collection[str], question: bool = False, than: Collection[str] = ()
    ) -> tuple[Near, ...]:
        """The few rows of these documents that stand out as closest to a theme that none of them states, if any do; or
        to a whole question, whose subject could not be cut out of it: clearly closer `than` those found already.

        What an abbreviation means that neither rows nor glossary have cannot be told; nor is a question that names
        somebody or some place that no row names about any of them."""
        held = [one for one in self._vocabulary.concepts_in(words) if one.concept not in UNTELLING]
        unknown = [word for word in telling(words) if not any(self._rows.said(stem=word.stem))]
        if not held and any(word.text.isupper() for word in unknown):
            return ()
        names = [word for word in telling(words) if question and not than and _is_name(word, words)]
        if any(word in unknown for word in names):
            return ()
        for name in names:  # that a row lies in the same street is not what it is about
            words = words.replace(name.text, " ")
        close = self._likeness.rows(words, documents, lambda word: weight_of(word.stem, self._rows))
        if not close:
            return ()
        best, alike = close[0].score, QUESTION_ALIKE if question else SEEMS_ALIKE
        kin = [
            Near(one.name, one.score, f"close in meaning, {one.score:.2f}")
            for one in close
            if one.score >= best - alike
        ]
        if question:
            others = set(than) - {one.id for one in kin}
            beaten = all(best - one.score >= QUESTION_BEATS for one in close if one.name in others)
            return tuple(kin) if best >= QUESTION_SEEMS and len(kin) <= QUESTION_AT_MOST and beaten else ()
        clear = best - (close[len(kin)].score if len(kin) < len(close) else 0.0)
        stands = len(kin) <= SEEMS_AT_MOST and best + SEEMS_CLEAR * clear >= SEEMS and close[0].words
        return tuple(kin) if stands else ()

    def _spelled_out(self, reading: ThemeReading, document: str | None) -> str:
        """The theme with letters that nothing explains in the words of the one heading whose initials they are."""
        words = reading.words
        units = dict.fromkeys(unit for unit in reading.units if not unit.concepts)
        for letters, stem in ((unit.text, unit.stem) for unit in units if unit.text.isupper() and len(unit.text) > 1):
            meant = () if any(self._rows.said(stem=stem)) else self._initialled(document).get(letters.lower(), ())
            words = re.sub(rf"\b{letters}\b", meant[0], words) if len(meant) == 1 else words
        return words

    def _initialled(self, document: str | None) -> dict[str, list[str]]:
        """By their initials, the runs of two to four words of the headings of rows, of one document where it is given,
        in lower case."""
        if document in self._initials:
            return self._initials[document]
        rows = (row for row in self._actions if document in (None, row.document))
        texts = {one for row in rows for one in (row.section, row.recommendation) if one}
        said = [re.findall(r"[a-z]+", text.lower()) for text in texts]
        runs = (s[n : n + k] for s in said for k in (2, 3, 4) for n in range(len(s) - k + 1))
        found: dict[str, list[str]] = {}
        for run in dict.fromkeys(tuple(r) for r in runs if not {r[0], r[-1]} & small("wording_function_words")):
            found.setdefault("".join(word[0] for word in run), []).append(" ".join(run))
        self._initials[document] = found
        return found

    def _by_meaning(self, reading: ThemeReading, scores: Scores) -> tuple[ThemeReading, Scores]:
        """The reading and scores of a theme with words that name no idea by themselves."""
        known = bool(_members(scores))
        idea = self._closest_idea(reading)
        vague = reading.names_no_subject and idea and idea.score >= IDEA_PLAIN
        if idea and (reading.named_by_lay or not known or vague):
            other = reading.meant(idea.name, self._vocabulary)
            found = self._in_words(other)
            if _members(found) or not known:
                return other, found
        if reading.named_by_lay:
            one = reading.words if len(reading.choices) == 1 else None
            choices = tuple(self._trimmed(units, one) for units in reading.choices)
            reading = replace(reading, choices=choices, read_as=in_our_words(choices))
            scores = self._in_words(reading)
        return reading, scores

    def _closest_idea(self, reading: ThemeReading) -> Close | None:
        """The idea that the theme is closest to in meaning, where it is close enough and no other is as close."""
        best, *others = [one for one in self._likeness.concepts(reading.words) if one.name not in UNTELLING]
        margin = best.score - others[0].score if others else 1.0
        near = any(best.score >= score and margin >= clear for score, clear in IDEA_BANDS)
        return best if near and not self._likeness.strays(reading.words, best) else None

    def _trimmed(self, units: tuple[Unit, ...], words: str | None) -> tuple[Unit, ...]:
        """The units without the words around lay words, where the whole is close in meaning to their idea: who asks
        about "children not properly cared for at home" does not look for rows that say "home"."""
        ideas = tuple(unit for unit in units if unit.concepts)
        if ideas == units or not any(unit.lay for unit in ideas):
            return units
        names = {name for unit in ideas for name in unit.names}
        words = words or " ".join(unit.text for unit in units)
        close = next(one for one in self._likeness.concepts(words) if one.name in names)
        return ideas if close.score >= TRIMMED_CLOSE and not self._likeness.strays(words, close) else units

    def _in_words(self, reading: ThemeReading) -> Scores:
        scores: dict[int, Stated] = {}
        for units in reading.choices:
            own, fewer = stated(units, self._rows), without_groups(units)
            found = stated(fewer, self._rows) if fewer != units and not _members(own) else own
            scores |= {at: one for at, one in found.items() if at not in scores or one.score > scores[at].score}
        return scores

    def _result(self, reading: ThemeReading, scores: Scores) -> Members:
        ids, members = self._rows.ids, _members(scores)
        concept, plural = self._vocabulary.concept(reading.read_as), f"{reading.read_as}s"  # on return home interviews
        several = concept and any(term.text == plural for term in concept.terms)
        near = sorted(
            (index for index, one in scores.items() if index not in members and one.score >= NEAR),
            key=lambda index: (-scores[index].score, ids[index]),
        )
        return Members(
            ids=frozenset(ids[index] for index in members),
            near=tuple(Near(ids[i], scores[i].score, scores[i].reason) for i in near[:MOST_NEAR]),
            read_as=plural if several else reading.read_as,
            term=all(unit.names for unit in reading.units),
            reasons={ids[index]: scores[index].reason for index in members},
            readings=reading.readings,
        )


def _is_name(word: Word, text: str) -> bool:
    """Whether a word is written as a name: with a capital, and not because a sentence begins."""
    before = text[: word.start].rstrip()
    return word.text[:1].isupper() and bool(before) and before[-1] not in ".?!:;"


def _members(scores: Scores) -> frozenset[int]:
    return frozenset(index for index, one in scores.items() if one.score >= MEMBER)
