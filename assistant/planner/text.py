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
        return self.span_of(hit.first, hit.last)

    def span_of(self, first: int, last: int) -> tuple[int, int]:
        """The characters of words `first` to `last` (not included)."""
        return self.words[first].start, self.words[last - 1].end

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


_TURNS = re.compile(
    r"(?:[,;.:]|\s-|\band\b|\bso\b)\s+(?=(?:(?:and|so|but|pls|please|can you|could you)\s+)*(?:i\s+(?:need|want|must)|i'd\s+like|pls|please|can|could|show|list"
    r"|send|give|find|pull|get|tell|what|which|who|how|when|where|is|are|has|have|do|does|did|any|everything|all)\b)|[,;]\s*so\s+"
)
_TELLS = re.compile(
    r"^\W*(?!(?:what|which|who|how|when|where|why|is|are|has|have|do|does|did|can|could|any|list|show|give|find|tell|in|within|under|among|across|from|for|at|on|if|as|assum\w+|imagine|suppose)\b)"
    r"(?:[\w']+[.,!]?\s+){0,5}?(?:[\w]+'(?:ve|m|re)|have|has|is|are|am|was|were|been|coming|need|in\s+at|got|meeting|visiting|arriv\w+|work|chair|represent|told)\b"
)


def preamble(text: Text) -> int:
    """Where the question begins after a clause that tells something; 0 where all of it asks."""
    for match in _TURNS.finditer(text.low):
        if _TELLS.search(text.low[: match.start()]) and not text.says("ask", "whether"):
            return match.end()
    return 0
