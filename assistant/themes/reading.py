"""A reader's words for a theme, taken apart: the ideas that they name and the words that are left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path

from assistant.vocabulary import GENERAL, Found, Kind, Vocabulary, Word, split_words

LIGHT_WORDS = Path(__file__).parents[1] / "data" / "light-words.txt"
_GROUPS = frozenset({"social worker", "vulnerable adolescents", "workforce"})
"""Groups of people whom plans often leave unnamed: given up first where no row has everything."""
UNTELLING = GENERAL | _GROUPS
"""Concepts as which no free words are read."""
_OR = re.compile(r"\s*(?:,|;|/|\bor\b)\s*", re.IGNORECASE)
_ACTIONS = re.compile(r"\b(?:actions?|tasks?|activit(?:y|ies))\b", re.IGNORECASE)
_AND = re.compile(r"\s*(?:\band\b|&)\s*", re.IGNORECASE)


@cache
def light_words() -> frozenset[str]:
    """Words that say nothing of what a row is about, unless nothing else is said."""
    lines = LIGHT_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a row must be about: any of some concepts, or a word.

    `concepts` are all that count, narrower ones too; `names` those that were meant; `term` is the glossary's own
    term that the reader used."""

    text: str
    concepts: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    term: str = ""
    lay: bool = False
    stem: str = ""

    @property
    def label(self) -> str:
        """The unit in the glossary's words, else in the reader's."""
        return " or ".join(self.names) if self.names else self.text


@dataclass(frozen=True, slots=True)
class ThemeReading:
    """A theme taken apart: a row must have every unit of one of the `choices`. `read_as` is the theme in the
    glossary's words, `readings` are those of an ambiguous abbreviation in it."""

    words: str
    choices: tuple[tuple[Unit, ...], ...]
    read_as: str
    readings: tuple[str, ...] = ()

    @property
    def units(self) -> list[Unit]:
        """The units of all choices."""
        return [unit for units in self.choices for unit in units]

    @property
    def free(self) -> bool:
        """True where some of the theme was not said in the plans' own terms: lay words, words that no list has, or a
        group of people of whom more is said."""
        if not self.units or any(unit.lay or not unit.concepts for unit in self.units):
            return True
        said = sum(len(unit.text.split()) for unit in self.units)
        return self.names_no_subject and len(self.words.split()) > said + 1

    @property
    def named_by_lay(self) -> bool:
        """True where lay words name an idea beside other words."""
        beside = any(len(units) > 1 and any(unit.lay for unit in units) for units in self.choices)
        return beside or any(unit.lay and unit.text.lower() != self.words.lower() for unit in self.units)

    @property
    def names_no_subject(self) -> bool:
        """True where nothing in the theme names an idea, unless it is a group of people."""
        return all(set(unit.names) <= UNTELLING for unit in self.units)

    def meant(self, name: str, vocabulary: Vocabulary) -> ThemeReading:
        """The reading with one concept in place of what the words say."""
        unit = Unit(self.words, vocabulary.narrower(name), (name,))
        return replace(self, choices=tuple(_composed((unit,), vocabulary)), read_as=name)


def read_theme(words: str, vocabulary: Vocabulary, document: str | None = None) -> ThemeReading:
    """The units of a theme. "X or Y" is a choice; "X and Y" is one too where each names a concept by itself."""
    words = " ".join(_ACTIONS.sub(" ", words).split()) or words
    found = vocabulary.concepts_in(words, document)
    readings = tuple(reading for one in found if one.ambiguous for reading in one.readings)
    parts = [units for text in _choices(words, vocabulary) if (units := _units(text, vocabulary, document))]
    choices = tuple(choice for units in parts for choice in _composed(units, vocabulary))
    return ThemeReading(words, choices, in_our_words(parts) or words, readings)


def _composed(units: tuple[Unit, ...], vocabulary: Vocabulary) -> Iterator[tuple[Unit, ...]]:
    """The units, and the same with a composed idea in its parts: the education of children in care may be stated as
    children in care in one place and education in another."""

    def ways(unit: Unit) -> Iterator[tuple[Unit, ...]]:
        yield (unit,)
        for concept in filter(None, map(vocabulary.concept, unit.names)):
            for whole in concept.made_of:
                parts = ((part, vocabulary.narrower(part)) for part in sorted(whole))
                yield tuple(Unit(unit.text, reach, (part,), lay=unit.lay) for part, reach in parts)

    for choice in product(*map(ways, units)):
        yield tuple(unit for part in choice for unit in part)


def _choices(words: str, vocabulary: Vocabulary) -> Iterator[str]:
    for part in _outside(words, _OR, vocabulary):
        halves = _outside(part, _AND, vocabulary)
        each = [_units(half, vocabulary, None) for half in halves]
        if len(halves) > 1 and all(len(units) == 1 and units[0].concepts for units in each):
            yield from halves
        else:
            yield part


def _outside(text: str, divider: re.Pattern[str], vocabulary: Vocabulary) -> list[str]:
    """The text parted at the divider, except inside a term: "special educational needs and disabilities"."""
    spans = [found.span for found in vocabulary.concepts_in(text)]
    parts, start = [], 0
    for cut in divider.finditer(text):
        if not any(first < cut.end() and cut.start() < last for first, last in spans):
            parts.append(text[start : cut.start()])
            start = cut.end()
    return [part for part in (*parts, text[start:]) if part.strip()]


def _units(text: str, vocabulary: Vocabulary, document: str | None) -> tuple[Unit, ...]:
    words = split_words(text)
    every = vocabulary.concepts_in(text, document)
    found = [one for one in every if one.concept not in GENERAL]
    units = _without_implied([_concept_unit(one, vocabulary) for one in found])
    rest = [word for word in words if not any(one.span[0] <= word.start < one.span[1] for one in every)]
    telling = [word for word in rest if word.plain not in light_words()]
    if not telling and not units:
        units = [_concept_unit(one, vocabulary) for one in every]
        telling = [word for word in rest if len(word.plain) > 2] if not units else []
    return (*units, *{word.stem: Unit(word.text, stem=word.stem) for word in telling}.values())


def _concept_unit(found: Found, vocabulary: Vocabulary) -> Unit:
    reach = frozenset(name for reading in found.readings for name in vocabulary.narrower(reading))
    term = f"{found.term.kind}:{found.term.text}"
    return Unit(found.text, reach, found.readings, term, found.term.kind is Kind.LAY)


def _without_implied(units: Sequence[Unit]) -> list[Unit]:
    """Without a concept of which another unit is a part: overcrowding says housing."""
    return [
        unit
        for place, unit in enumerate(units)
        if not any(
            other.concepts < unit.concepts or (other.concepts == unit.concepts and before < place)
            for before, other in enumerate(units)
        )
    ]


def without_groups(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The units without groups of people, unless there is nothing else."""
    return tuple(unit for unit in units if not set(unit.names) & _GROUPS) or units


def telling(text: str) -> list[Word]:
    """The words of a text that say something of what it is about."""
    return [word for word in split_words(text) if word.plain not in light_words()]


def in_our_words(choices: Sequence[tuple[Unit, ...]]) -> str:
    """A reading for people: elective home education, neglect and training, neglect; or private fostering."""
    each = (" and ".join(unit.label for unit in units) for units in choices)
    return "; or ".join(dict.fromkeys(each))
