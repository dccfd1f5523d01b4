"""A question as every recogniser sees it: its words, what the lexicon says of them, its clauses. Nothing is taken out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.lexicon import Hit, Word, find, words_of
from assistant.planner.wording import FUNCTION_WORDS, plain

_ENDS = re.compile(r"[?!;:()]|(?<!\w\.\w)\.(?=\s|$)|\s-\s|,")
_HARD = frozenset("?!;:.-")


@dataclass(frozen=True)
class Text:
    """One question. `raw` as typed (typing errors put right), `low` its plain form, character for character."""

    raw: str

    @cached_property
    def low(self) -> str:
        return plain(self.raw)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words_of(self.raw)

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        return find(self.words)

    def of(self, role: str, *concepts: str, sure: bool = False) -> list[Hit]:
        """What the lexicon says in one role, in the order of the words; the longest of each place."""
        own = [hit for hit in self.hits if hit.role == role and (not concepts or hit.concept in concepts)]
        own = [hit for hit in own if not (sure and hit.doubtful)]
        return longest(own)

    def says(self, role: str, *concepts: str, sure: bool = False) -> bool:
        return bool(self.of(role, *concepts, sure=sure))

    def span(self, hit: Hit) -> tuple[int, int]:
        """The characters of a hit."""
        return self.words[hit.first].start, self.words[hit.last - 1].end

    def between(self, first: int, last: int) -> list[Word]:
        """The words within characters."""
        return [word for word in self.words if first <= word.start and word.end <= last]

    def at(self, place: int) -> int:
        """The index of the first word that begins at or after a character."""
        return next((n for n, word in enumerate(self.words) if word.start >= place), len(self.words))

    @cached_property
    def stops(self) -> tuple[tuple[int, str], ...]:
        """Where a sentence or a part of it ends, and by which mark."""
        return tuple((match.start(), match.group().strip()) for match in _ENDS.finditer(self.low))

    def stopped(self, start: int, end: int, hard: bool = False) -> bool:
        """Whether a sentence ends between two characters; with `hard`, commas do not count."""
        return any(start <= at < end and (not hard or mark in _HARD) for at, mark in self.stops)

    def parted(self, one: int, other: int) -> bool:
        """Whether a sentence ends between two characters, whichever stands first."""
        return self.stopped(min(one, other), max(one, other), hard=True)

    @cached_property
    def shouted(self) -> bool:
        return self.raw.isupper()


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Of hits that overlap, the one of most words, in the order of the text."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (-h.length, h.first - h.last, h.doubtful, h.first)):
        if not any(hit.first < other.last and other.first < hit.last for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.first)


def only(words: Sequence[Word], allowed: Collection[str]) -> bool:
    """Whether every word is small or one of those allowed."""
    return all(word.low in allowed or word.low in FUNCTION_WORDS or word.low.isdigit() for word in words)
