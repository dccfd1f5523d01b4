"""The project's own glossary: the ideas of this field, all the words by which people call them, and where a text has
them: longer words first, look-alikes set aside.

`assistant/data/glossary.csv` holds one idea a line; lists are parted by semicolons.

concept   the idea's plain name, which is also one of its names
short     abbreviations; "CP?" is a rarer reading of CP, "*SCP" stands for any abbreviation that ends so, and
          "CAF=common assessment framework" stands for words of its own, not for the concept's name
names     words that state the idea in a plan; "=looked after" means these very words and no other form of them, and
          "?missing" that the word may state it but often means something else; "children in care + schools" that
          a text which states both of these concepts states this one
lay       words of people outside the field, which name the idea in a question
broader   ideas of which this one is a part: who asks for the broader one means this one too
apart     ideas that look alike and are not: where longer words state this one, they do not state those
meaning   what it is, in a few plain words"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from assistant.lexicon import small
from assistant.vocabulary.words import ORDINARY, Word, mostly_capitals, split_words

GLOSSARY = Path(__file__).parents[1] / "data" / "glossary.csv"
_UNSAID = small("unsaid_in_terms")
"""Small words that may stand between the words of a term, or be left out."""


class Kind(StrEnum):
    """How a term names its idea."""

    SHORT = "short"
    NAME = "name"
    LAY = "lay"


@dataclass(frozen=True, slots=True)
class Term:
    """One way to name a concept. `exact` terms match in this form only; `weak` ones often mean something else."""

    text: str
    kind: Kind
    exact: bool = False
    weak: bool = False
    ending: bool = False
    """The text is the end of an abbreviation whose beginning is local: "SCP" of a partnership."""
    expansion: str | None = None
    """The words that an abbreviation stands for, where they are not the concept's name."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea of the field and its terms."""

    key: str
    terms: tuple[Term, ...]
    broader: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    meaning: str = ""
    made_of: tuple[frozenset[str], ...] = ()
    """Sets of concepts that state this one where a text states all of a set."""


@cache
def read_glossary(path: Path = GLOSSARY) -> tuple[Concept, ...]:
    """The concepts of a glossary file in its order."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_concept(row) for row in csv.DictReader(lines))


def _concept(row: dict[str, str]) -> Concept:
    names = _items(row["names"])
    said = [name for name in names if " + " not in name]
    named_so = [Term(row["concept"], Kind.NAME)] if f"={row['concept']}" not in names else []
    terms = (
        *named_so,
        *(_short(text) for text in _items(row["short"])),
        *(_name(text, Kind.NAME) for text in said),
        *(_name(text, Kind.LAY) for text in _items(row["lay"])),
    )
    made_of = tuple(frozenset(name.split(" + ")) for name in names if " + " in name)
    return Concept(row["concept"], terms, _items(row["broader"]), _items(row["apart"]), row["meaning"], made_of)


def _items(cell: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in cell.split(";") if item.strip())


def _short(text: str) -> Term:
    text, _, expansion = text.partition("=")
    if " " in text:
        return Term(text, Kind.NAME)
    weak, ending = text.endswith("?"), text.startswith("*")
    return Term(text.strip("*?"), Kind.SHORT, weak=weak, ending=ending, expansion=expansion or None)


def _name(text: str, kind: Kind) -> Term:
    marks = text[: len(text) - len(text.lstrip("=?"))]
    return Term(text.lstrip("=?"), kind, exact="=" in marks, weak="?" in marks)


@dataclass(frozen=True, slots=True)
class Match:
    """A term found at words [first, last) of a text; `size` is how many telling words it has."""

    concept: str
    term: Term
    first: int
    last: int
    size: int


@dataclass(frozen=True, slots=True)
class _Pattern:
    keys: tuple[str, ...]
    concept: str
    term: Term
    size: int = 1


class _Runs:
    """Patterns of several words, found by their first word and their length."""

    def __init__(self) -> None:
        self._lengths: dict[str, set[int]] = defaultdict(set)
        self._patterns: dict[tuple[str, ...], list[_Pattern]] = defaultdict(list)

    def add(self, pattern: _Pattern) -> None:
        self._lengths[pattern.keys[0]].add(len(pattern.keys))
        self._patterns[pattern.keys].append(pattern)

    def matches(self, keyed: Sequence[tuple[int, str, int]]) -> list[Match]:
        """The patterns in a text, given as each word's place, its key and its part; none goes over a part's end."""
        keys = [key for _, key, _ in keyed]
        found = []
        for place, key in enumerate(keys):
            for length in self._lengths.get(key, ()):
                for pattern in self._patterns.get(tuple(keys[place : place + length]), ()):
                    run = keyed[place : place + length]
                    if len(run) == len(pattern.keys) and run[0][2] == run[-1][2]:
                        found.append(Match(pattern.concept, pattern.term, run[0][0], run[-1][0] + 1, pattern.size))
        return found


class Matcher:
    """Finds terms in texts. Built once for a set of concepts."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._apart: dict[str, frozenset[str]] = {}
        self._stems = _Runs()
        self._exact = _Runs()
        self._shorts: dict[str, list[_Pattern]] = defaultdict(list)
        self._endings: list[_Pattern] = []
        for concept in concepts:
            self._apart[concept.key] = frozenset(concept.apart)
            for term in concept.terms:
                self._add(concept.key, term)

    def _add(self, concept: str, term: Term) -> None:
        if term.kind is Kind.SHORT:
            pattern = _Pattern((split_words(term.text)[0].plain,), concept, term)
            if term.ending:
                self._endings.append(pattern)
            else:
                self._shorts[pattern.keys[0]].append(pattern)
            return
        words = split_words(term.text)
        telling = [word for word in words if word.plain not in _UNSAID]
        if term.exact or len(telling) == 1 < len(words):
            self._exact.add(_Pattern(tuple(word.plain for word in words), concept, term, max(1, len(telling))))
        else:
            self._stems.add(_Pattern(tuple(word.stem for word in telling), concept, term, len(telling)))

    def matches(self, words: Sequence[Word]) -> list[Match]:
        """Every term that these words state, in order, without those that a look-alike's longer words rule out."""
        shouted = mostly_capitals(words)
        stems = [(index, word.stem, word.part) for index, word in enumerate(words) if word.plain not in _UNSAID]
        plains = [(index, word.plain, word.part) for index, word in enumerate(words)]
        found = [
            *self._stems.matches(stems),
            *self._exact.matches(plains),
            *(match for index, word in enumerate(words) for match in self._short(index, word, shouted)),
        ]
        rulers = [match for match in found if self._apart[match.concept]]  # few concepts are kept apart from others

        def ruled_out(match: Match, other: Match) -> bool:
            longer = (other.size, other.last - other.first) > (match.size, match.last - match.first)
            apart = longer and match.concept in self._apart[other.concept]
            return apart and other.first < match.last and match.first < other.last

        kept = [match for match in found if not any(ruled_out(match, other) for other in rulers)]
        return sorted(kept, key=lambda match: (match.first, -match.last))

    def short(self, word: Word) -> list[Term]:
        """The usual readings of a word that is known to be an abbreviation, in whatever case it is written."""
        patterns = self._shorts.get(word.plain) or self._shorts.get(word.plain.removesuffix("s")) or []
        return [replace(p.term, expansion=p.term.expansion or p.concept) for p in patterns if not p.term.weak]

    def _short(self, index: int, word: Word, shouted: bool) -> list[Match]:
        single = word.plain if word.plain in self._shorts else word.plain.removesuffix("s")
        patterns = self._shorts.get(single, [])
        if not patterns and word.text[:1].isupper():
            patterns = [
                pattern
                for pattern in self._endings
                if word.plain.endswith(pattern.keys[0]) and len(word.plain) <= 7 and word.text.rstrip("s").isupper()
            ]
        if not patterns or (single in ORDINARY and (shouted or sum(letter.isupper() for letter in word.text) < 2)):
            return []
        return [Match(pattern.concept, pattern.term, index, index + 1, 1) for pattern in patterns]
