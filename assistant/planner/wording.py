"""The words of a question: one plain form of them, small word lists, and taking a part out once it is understood."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from assistant.lexicon import choice, plain, short_forms, small, table

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
