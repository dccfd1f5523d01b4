"""Text to words: as it stands, the plain form that is compared, and the stem that joins its inflections."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from assistant.lexicon import small


class Word(NamedTuple):
    """One word of a text. `plain` is lower case without apostrophes; `start` and `end` are offsets into the text;
    `part` counts the sentences and list items before it."""

    text: str
    plain: str
    stem: str
    start: int
    end: int
    part: int = 0


_WORD = re.compile(
    r"(?:[A-Za-z]\.)+[A-Za-z]\b\.?"  # initials with stops: V.H
    r"|\b[sS]\.?\s?\d{1,3}\b"  # section 47 as s47, S.47, s 47
    r"|\b[A-Za-z]\s?&\s?[A-Za-z]\b"  # C&F, R & R
    r"|\bco-(?=[a-z])[a-z]+"  # co-ordinator and coordinator are one word
    r"|[A-Za-z0-9]+(?:['’][A-Za-z]+)*"
    r"|&",
    re.IGNORECASE,
)

ORDINARY = small("ordinary_abbreviations")
"""Abbreviations that are words too: they count only in capitals, in a text that is not all capitals."""

_STOP = re.compile(r"[.;!?•]|\s[-–—]\s|\n\s*[-*]|\n\s*\n")
"""What ends a sentence or an item of a list."""
_NO_STOP = frozenset(("", " ", ", "))
"""What stands between most words."""

_IRREGULAR = dict(one.split(" = ") for one in small("irregular_stems"))
_ENDINGS = (
    # ending, what takes its place, fewest letters that must stay before it
    ("fulness", "", 4), ("lessness", "less", 4), ("iness", "y", 4), ("ness", "", 5), ("ational", "", 4),
    ("ations", "", 4), ("ation", "", 4), ("ating", "", 4), ("ated", "", 4), ("ates", "", 4), ("ate", "", 4),
    ("ional", "", 5), ("ions", "", 5), ("ion", "", 5), ("ments", "", 6), ("ment", "", 6), ("fully", "", 5),
    ("ful", "", 5), ("ingly", "", 4), ("edly", "", 4), ("ally", "", 5), ("ly", "", 5), ("ing", "", 3), ("ied", "y", 3),
    ("ed", "", 3), ("ies", "y", 3), ("sses", "ss", 2), ("xes", "x", 2), ("ches", "ch", 2), ("shes", "sh", 2),
    ("es", "", 3), ("s", "", 3), ("e", "", 3),
)  # fmt: skip
_VOWEL = re.compile("[aeiouy]")
_DOUBLE = re.compile(r"([bdgmnprt])\1$")
_SHORT = re.compile("[^aeiouy]+[aeiouy][^aeiouwxy]")
"""A root of one syllable: an ending has cost it an "e", since it would have doubled the letter of the word itself."""


@lru_cache(maxsize=100_000)
def stem(plain: str) -> str:
    """The part that the inflections of a lower-case English word share: audits, audited, auditing are "audit"."""
    if plain in _IRREGULAR:
        base = _IRREGULAR[plain]
        return base if base == plain or base in _IRREGULAR else stem(base)
    if len(plain) < 4 or not plain.isalpha():
        return plain
    previous = ""
    word = plain
    while word != previous:
        previous, word = word, _shorten(word)
    return word


def _shorten(word: str) -> str:
    for ending, instead, fewest in _ENDINGS:
        if not word.endswith(ending):
            continue
        root = word[: -len(ending)]
        if len(root) < fewest or not _VOWEL.search(root):
            continue
        if ending == "s" and root.endswith(("s", "u", "i")):
            continue
        if ending in {"e", "es", "ed", "ing"} and _SHORT.fullmatch(root):
            return f"{root}e"  # care and caring are no inflections of car
        return _DOUBLE.sub(r"\1", root) + instead if ending in {"ing", "ed"} else root + instead
    return word


def split_words(text: str) -> list[Word]:
    """The words of a text in order. Hyphens part words, except after "co-"; "children's" is one word, V.H is VH and
    & is "and"."""
    words, part, end = [], 0, 0
    for found in _WORD.finditer(text):
        if text[end : found.start()] not in _NO_STOP:
            part += _STOP.search(text, end, found.start()) is not None
        end = found.end()
        plain = _plain(found.group())
        words.append(Word(found.group(), plain, stem(plain), found.start(), end, part))
    return words


def plain_counts(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in the texts, in its plain form."""
    counts: Counter[str] = Counter()
    for word, times in Counter(chain.from_iterable(map(_WORD.findall, texts))).items():
        counts[_plain(word)] += times
    return counts


@lru_cache(maxsize=100_000)
def _plain(text: str) -> str:
    if text == "&":
        return "and"
    lowered = text.lower().replace("’", "'")
    if lowered.endswith("'s"):
        lowered = lowered[:-2] + "s"
    return re.sub(r"['.\s-]", "", lowered)


def stems(text: str) -> tuple[str, ...]:
    """The stems of a text's words in order."""
    return tuple(word.stem for word in split_words(text))


def mostly_capitals(words: Iterable[Word]) -> bool:
    """True where capitals are how the whole text is typed, so that they do not mark an abbreviation."""
    long_words = [word.text for word in words if len(word.text) > 4 and word.text.isalpha()]
    return len(long_words) >= 2 and 2 * sum(text.isupper() for text in long_words) > len(long_words)


def sought_stem(word: Word) -> str:
    """The stem, or for an abbreviation that is a word too the abbreviation in capitals: SEND is not "send"."""
    return word.text if word.text.isupper() and word.plain in ORDINARY else word.stem


_SMALL = frozenset(["the", "of", "and", "for", "a", "an", "our"])


def owner_key(name: str, expand: Callable[[Word], str | None]) -> tuple[str, ...]:
    """The stems that a name comes down to, abbreviations written out: VH, V.H and Virtual Head have one key. Args:
    expand, gives the words that an abbreviation stands for, if any."""
    key: list[str] = []
    for word in split_words(name):
        words = expand(word)
        parts = split_words(words) if words else [word]
        key += [part.stem for part in parts if part.plain not in _SMALL]
    return tuple(key)
