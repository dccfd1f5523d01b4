"""Typing errors of a question, put right where there is little doubt, and always said."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property, partial

from assistant.grammar import is_english
from assistant.vocabulary.words import Word, plain_counts, split_words, stem

_FEWEST_LETTERS = 5
_TWO_SLIPS_FROM = 9
"""Words of so many letters may hold two slips; shorter ones hold one."""
_ROLE_LETTERS = 4
"""Letters of a role that is looked for inside words."""
_INITIALS = (2, 3)
_MOST_READINGS = 3
"""With more abbreviations than this that a spoilt word may have been, it is left alone."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A question with its typing errors put right, and a sentence for each change."""

    text: str
    notes: tuple[str, ...] = ()


class Corrector:
    """Knows the words of the glossary and of the rows. A word of either, of ordinary English, or any inflection of
    one is never changed; nor is a name, a number or a word that two others lie equally near."""

    def __init__(self, targets: Iterable[str], ordinary: Set[str] = frozenset()) -> None:
        self._targets = targets
        self._ordinary = ordinary

    @cached_property
    def _counts(self) -> Counter[str]:
        """How often each word stands in the texts; they are read when a question holds a word that is not ordinary."""
        counts = plain_counts(self._targets).items()
        return Counter({word: n for word, n in counts if word.isalpha() and len(word) >= _FEWEST_LETTERS})

    @cached_property
    def _stems(self) -> Set[str]:
        return {stem(word) for word in self._counts}

    def correct(self, text: str) -> Correction:
        """The text with words put right, and how each was read."""
        parts, notes, done = [], [], 0
        for word in split_words(text):
            right = self._right(word, sentence_start=not text[: word.start].strip())
            if right is None:
                continue
            parts += [text[done : word.start], right]
            notes.append(f"I read “{word.text}” as {right}.")
            done = word.end
        return Correction("".join([*parts, text[done:]]), tuple(dict.fromkeys(notes)))

    def _right(self, word: Word, sentence_start: bool) -> str | None:
        plain = word.plain
        if len(plain) < _FEWEST_LETTERS - 1 or not plain.isalpha() or plain in self._ordinary:
            return None
        if plain in self._counts or stem(plain) in self._stems:
            return None
        name = word.text[0].isupper() and not sentence_start
        if word.text.isupper() or (name and len(plain) < 7):
            return None
        near = self._nearest(plain, 1 if name or len(plain) < _TWO_SLIPS_FROM else 2)
        return None if near and is_english(plain) else near

    def _nearest(self, plain: str, slips: int) -> str | None:
        from rapidfuzz.distance import OSA

        near = [
            (OSA.distance(plain, other, score_cutoff=slips), -self._counts[other], other)
            for other in self._counts
            if abs(len(other) - len(plain)) <= slips
            and (other[0] == plain[0] or other[:2] == plain[1] + plain[0])  # one first letter, or the two first swapped
        ]
        near = sorted(entry for entry in near if entry[0] <= slips)
        if not near:
            return None
        least, _, best = near[0]
        rivals = (other for distance, _, other in near[1:] if distance == least and stem(other) != stem(best))
        # words of one family, between which a wrong choice does no harm: supervision and supervisor
        akin = (one[:7] == best[:7] and min(len(one), len(best)) > 7 for one in rivals)
        return best if all(akin) else None


class Repairer:
    """Mends the texts of one document."""

    def __init__(self, texts: Iterable[str], roles: Iterable[str], abbreviations: Set[str]) -> None:
        known = {short.upper() for short in abbreviations}
        every = "\n".join(texts).replace("’", "'")
        self._patterns: list[tuple[re.Pattern[str], Mapping[tuple[str, str], str]]] = []
        named = {role for role in roles if role[:1].isalpha() and sum(map(str.isalpha, role)) >= _ROLE_LETTERS}
        for role in sorted(named, key=len, reverse=True):
            if role.upper().replace("’", "'") not in every:
                continue
            words = r"\s+".join(re.sub("['’]", "['’]", re.escape(word)) for word in role.upper().split())
            # letters on either side, or on one: the groups are the letters before and after
            pattern = re.compile(rf"(?<![A-Za-z])([A-Z]{{0,4}}){words}([A-Z]{{0,3}})(?![A-Z])")
            around = {(found[1], found[2]) for found in pattern.finditer(every)} - {("", "")}
            if readings := _readings(around, known):
                self._patterns.append((pattern, readings))

    def mend(self, text: str) -> str:
        """The text with each spoilt word replaced by what it was, all readings side by side where there are several.
        For search: a quote is never taken from it."""
        for pattern, readings in self._patterns:
            text = pattern.sub(partial(lambda known, found: known.get((found[1], found[2]), found[0]), readings), text)
        return text


def _readings(around: Set[tuple[str, str]], known: Set[str]) -> dict[tuple[str, str], str]:
    """What each spoilt word was, by the letters before and after the role; empty where that cannot be told."""
    if not around:
        return {}
    initials = set.intersection(*(_initials(before, after, known) for before, after in around))
    if not 0 < len(initials) <= _MOST_READINGS:
        return {}
    return {
        (before, after): " ".join(sorted(before + middle + after for middle in initials)) for before, after in around
    }


def _initials(before: str, after: str, known: Set[str]) -> set[str]:
    return {
        short[len(before) : len(short) - len(after)]
        for short in known
        if short.startswith(before) and short.endswith(after) and len(short) - len(before) - len(after) in _INITIALS
    }
