"""A question as every recogniser sees it: its words, what the lexicon says of them, its clauses. Nothing is taken out."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.lexicon import Hit, Word, choice, find, plain, words_of
from assistant.planner.frames import ASKING_WORDS, request_frames
from assistant.planner.wording import FUNCTION_WORDS

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

    def compound(self, hit: Hit) -> bool:
        """Whether a hyphen joins the words to those after them: the "drop" of "drop-in sessions"."""
        return bool(re.match(r"-\w", self.low[self.words[hit.last - 1].end :]))

    def word(self, number: int) -> str:
        """The word of this number in lower case; empty before the first and after the last."""
        return self.words[number].low if 0 <= number < len(self.words) else ""

    def begins(self, concept: str) -> bool:
        """Whether it begins with a word of a list of small words."""
        return bool(re.match(rf"\W*{choice(concept)}\b", self.low))

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        return _hits(self)

    def _hits(self) -> tuple[Hit, ...]:
        found = [hit for hit in find(self.words) if not hit.role.startswith("cue")]
        frames = [(self.at(start), self.at(end)) for start, end in request_frames(self.raw)]
        requests = [Hit("courtesy", "request", start, end, False, end - start) for start, end in frames]
        told = [hit for hit in requests if self.word(hit.last) in ASKING_WORDS]
        found = [*requests, *(h for h in found if not any(t.first <= h.first and h.last <= t.last for t in told))]
        apart = [hit for hit in found if hit.role == "except" and hit.length > 1]
        within = (any(one.first <= hit.first and hit.last <= one.last for one in apart) for hit in found)
        return tuple(hit for hit, inside in zip(found, within, strict=True) if hit.role != "ask" or not inside)

    def of(self, role: str, *concepts: str, sure: bool = False) -> list[Hit]:
        """What the lexicon says in one role, in the order of the words; the longest of each place."""
        asked = role, concepts, sure
        if asked not in self._found:
            self._found[asked] = self._of(*asked)
        return list(self._found[asked])

    @cached_property
    def _found(self) -> dict[tuple[str, tuple[str, ...], bool], list[Hit]]:
        return {}

    def _of(self, role: str, concepts: tuple[str, ...], sure: bool) -> list[Hit]:
        own = [hit for hit in self.hits if hit.role == role and (not concepts or hit.concept in concepts)]
        # "children not in school": the denial says which people are meant, and leaves nothing out
        people = {hit.last for hit in self.hits if hit.role == "people"} if role == "except" else set()
        who = {hit for hit in own if hit.first in people and self.word(hit.first) == "not"}
        who = {hit for hit in who if self.word(hit.last) not in ("", "the", "our", "this", "any")}
        return longest(hit for hit in own if not (sure and hit.doubtful) and hit not in who)

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
    def lows(self) -> frozenset[str]:
        """Its words in lower case."""
        return frozenset(word.low for word in self.words)

    @cached_property
    def shouted(self) -> bool:
        return self.raw.isupper()


_hits = lru_cache(maxsize=512)(Text._hits)
"""The hits of a text, which several steps make anew of the same words."""


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


ASKING = (
    r"(?:(?:and|so|but|pls|please|kindly|can you|could you|would you|will you)\s+)*(?:(?:what|which|who|how|when|where|why)'?s?|whether|is|are|has|have|had|do|does|did|was|were|can|could"
    r"|any|anything|everything|all|list|show|give|find|identify|name|provide|set\s+out|pull|send|get|tell|confirm|pls|please|let\s+me|(?:i|we)\s+(?:need|want|must|would)|i'd\s+like)\b"
)
"""The words with which a request begins."""
_THEY = r"it|they|each|these|those|there|the|any|all|that|this"
EITHER_WAY = re.compile(
    rf"(?:[,;]\s*(?:(?:whether|either|be it)\s+(?!(?:{_THEY})\b)[^,;.?]*?\bor\b(?!\s+not\b)|(?:whatever|no matter|regardless)\b)"
    r"|\b(?:whether\s+)?(?:alone|solely|singly|jointly)\s+or\s+(?:alone|jointly|shared|together|with others)\b"
    r"|,?\s*\bincluding\s+(?:the\s+|any\s+|those\s+)?(?:(?:ones|actions|rows)\s+)?(?:that\s+are\s+)?(?:shared|joint(?:ly)?)\b)[^,;.?]*",
    re.IGNORECASE,
)
"""What is said to make no difference: ", whether alone or with others", ", whatever their state"."""
EXAMPLES = re.compile(
    r"(?<=\w)(?:\s[-–—]|[:(,])\s*(?:(?:like|such as|say|e\.?g\.?|for example)\s+)?[^-–—:(.;?]*?,?\s*\b(?:(?:or|and)\s+)?"
    r"(?:(?:all\s+)?th(?:at|is)\s+(?:kind|sort|type)\s+of\s+(?:thing|stuff)s?|and\s+so\s+(?:on|forth)|and\s+the\s+like|etc(?:etera)?\b\.?)\)?",
    re.IGNORECASE,
)
"""Examples of a subject that is named before them: " - its profile, the board, that kind of thing"."""
