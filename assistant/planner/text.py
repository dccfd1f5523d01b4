"""A question as every recogniser sees it: one plain form of its words, what the lexicon and the table of patterns say of them,
its clauses; and taking a part out once it is understood."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from assistant.lexicon import Hit, Word, choice, find, plain, short_forms, small, table, words_of
from assistant.planner.frames import ASKING_WORDS, request_frames

_PATTERNS = Path(__file__).parents[1] / "data" / "patterns.txt"
TAKEN = "\x00"
"""Stands in place of every character that a step has understood, so that no later step reads it again."""

_NUMBERS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
NUMBERS = {word: number for number, word in enumerate(_NUMBERS.split(), start=1)}

FUNCTION_WORDS = small("wording_function_words")
"""Words that join others and name nothing."""


_TOKEN = re.compile(r"(?<![^\s(\"'])[A-Za-z0-9/:']+(?=[\s,?!.;)]|$)")


def written_out(text: str) -> str:
    """The text with the short forms and slips of quick typing written out."""
    return _TOKEN.sub(lambda match: short_forms().get(match.group(), match.group()), text)


NAMING_WORD = re.compile(r"[a-z0-9][a-z0-9'&-]*")
"""A word that may name something, in plain form."""


@lru_cache(maxsize=20_000)
def naming(text: str) -> tuple[str, ...]:
    """The words of a name or a title that say what is meant, without apostrophes."""
    return tuple(w for w in re.findall(r"[a-z]+", plain(text).replace("'", "")) if w not in FUNCTION_WORDS)


def initials(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words)


def singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def take_all(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with every span marked as understood."""
    for start, end in spans:
        text = text[:start] + TAKEN * (end - start) + text[end:]
    return text


@lru_cache(maxsize=8_192)
def pattern(*alternatives: str) -> re.Pattern[str]:
    """One pattern of whole words for all alternatives; a space in them stands for any run of white space, and a space
    with a question mark for none as well."""
    joined = "|".join(alternatives).replace(" ?", r"\s*").replace(" ", r"\s+")
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)")


@lru_cache(maxsize=8_192)
def literal(text: str) -> str:
    """The text as part of a pattern that matches it with any white space between its words."""
    return " ".join(re.escape(word) for word in text.split())


_MARKED = ("named", "maybe", "the", "boy", "them", "mine", "his", "any", "lad", "many")
MARKS = dict(zip(_MARKED, "\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f", strict=True))
"""What stands in a question for a person (`one_person` puts it there), by its name in the table of patterns."""


@cache
def _patterns() -> dict[str, tuple[str, ...]]:
    """The alternatives of each list of `data/patterns.txt`, which says how they are written."""
    said = re.sub(r"^#.*\n", "", _PATTERNS.read_text(encoding="utf-8"), flags=re.M)
    parts = re.split(r"^\[(\w+)\]$", said, flags=re.M)
    return {name: tuple(filter(None, own.splitlines())) for name, own in zip(parts[1::2], parts[2::2], strict=True)}


@cache
def phrase(name: str) -> str:
    """A list of the table of patterns as part of another pattern."""
    if name in MARKS or name not in _patterns():
        return MARKS.get(name) or choice(*name.split("|"))
    return "|".join(re.sub("«(.*?)»", lambda part: phrase(part[1]), line) for line in _patterns()[name])


def phrases(name: str) -> re.Pattern[str]:
    """One pattern of whole words from a list of the table of patterns, its lines tried in their order."""
    return pattern(phrase(name))


def overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    """True where the span shares a character with one of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)


def content_words(text: str) -> list[str]:
    """The words of the text that name something, in order, in lower case; abbreviations stay in capitals."""
    words = []
    for match in re.finditer(r"[a-z0-9][a-z0-9&'.-]*", plain(text)):
        as_typed = text[slice(*match.span())]
        abbreviated = as_typed.isupper() and len(as_typed) > 1 and not text.isupper()
        if abbreviated or match.group().strip(".'-") not in FUNCTION_WORDS:
            words.append(as_typed if abbreviated else match.group())
    return words


_LISTED_APART = ("heading", "cell", "courtesy", "small", "typed", "cue", "cue_first")
_LISTED = " ".join(phrase for (role, _), own in table().items() if role not in _LISTED_APART for phrase in own)
QUESTION_WORDS = frozenset(re.findall(r"[a-z]{4,}", _LISTED))
"""Words that the lexicon knows in questions."""


@cache
def ordinary_words(word_file: Path | None = None) -> frozenset[str]:
    """Words that are never taken for typing errors: those of the planner, and those of a file with one a line."""
    own = frozenset(word for own in table().values() for phrase in own for word in re.findall(r"[a-z]+", phrase))
    file = word_file.read_text(encoding="utf-8").split() if word_file and word_file.is_file() else ()
    return own.union(FUNCTION_WORDS, NUMBERS, filter(str.isalpha, file))


_WENT = re.compile(
    r"(?:(?P<denied>\bnot|n't|\b(?:did|do|does|has|have|had|is|are|was|were)nt)(?: been)? )?"
    r"\b(?:go|goes|gone|going|went)(?: so| very)? (?P<how>well|badly|wrong|right)\b"
)


def search_words(text: str) -> str:
    """The content words of a question, for searching the prose; "gone well" and "gone badly" say what to look for."""
    words = content_words(text)
    if match := _WENT.search(plain(text)):
        good = (match["how"] in ("well", "right")) != bool(match["denied"])
        words.append("achievement" if good else "challenge")
    return " ".join(words)


# ---------------------------------------------------------------- the question as words

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
    rf"(?:[,;]\s*(?:(?:whether|either|be it)\s+(?!(?:{_THEY})\b)[^;.?]*?\bor\b(?!\s+not\b)|(?:whatever|no matter|regardless)\b)"
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
