"""The one table of words: a phrase of plans or of questions to a concept, and the part that it plays.

`data/lexicon.csv` has a line for each role and concept, and their phrases parted by semicolons. In a phrase `a/b` is a
choice, `=word` means that form alone (else every inflection counts), and `~` at the end marks words that often mean
something else. To read a column's heading or a status cell: `concept_of(text, "heading")`, `concept_of(text, "cell")`.
To read a question: `find(words_of(text))`. Small words such as "the" and "been" may stand inside any phrase."""

import csv
import re
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import Stemmer

_TABLE = Path(__file__).parent / "data" / "lexicon.csv"
_WORD = re.compile(r"[a-z0-9£]+(?:['&.][a-z0-9]+)*'?|%")
_BETWEEN_AT_MOST = 3
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " "}
)
_STEMMER = Stemmer.Stemmer("english")
_APART = ("heading", "cell", "small", "typed", "answered")
"""The roles of which no phrase is looked for in questions."""


class Word(NamedTuple):
    """A word of a text in lower case, its stem, and the characters that it takes up."""

    low: str
    stem: str
    start: int
    end: int


class Entry(NamedTuple):
    """A phrase of the table: for each of its words the stems, or the exact forms, that count."""

    role: str
    concept: str
    stems: tuple[frozenset[str], ...]
    forms: tuple[frozenset[str], ...]
    doubtful: bool


class Hit(NamedTuple):
    """Words `first` to `last` (not included) of a text say `concept`."""

    role: str
    concept: str
    first: int
    last: int
    doubtful: bool
    length: int
    """How many words the phrase itself has."""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The part that the inflections of a lower-case word share."""
    return str(_STEMMER.stemWord(word.removesuffix("'s").strip("'")))


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """The text in lower case with straight quotes and short dashes, character for character as long as before."""
    low = text.translate(_PLAIN)
    if low.isascii():
        return low.lower()
    return "".join(lower if len(lower := char.lower()) == 1 else char for char in low)


@lru_cache(maxsize=1_024)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order; hyphens part words."""
    return tuple(Word(m.group(), stem(m.group()), *m.span()) for m in _WORD.finditer(plain(text)))


@cache
def table() -> dict[tuple[str, str], tuple[str, ...]]:
    """The phrases of each role and concept as written, in their order."""
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        return {
            (line["role"], line["concept"]): tuple(one.strip() for one in line["phrases"].split(";"))
            for line in csv.DictReader(lines)
        }


def phrases(role: str, concept: str) -> tuple[str, ...]:
    """The phrases of one concept without their marks."""
    return tuple(phrase.strip("=~") for phrase in table().get((role, concept), ()))


@cache
def small(concept: str) -> frozenset[str]:
    """A list of small words that has a name."""
    return frozenset(phrases("small", concept))


def choice(*concepts: str) -> str:
    """A pattern for one word or phrase of some lists of small words."""
    words = sorted({word for concept in concepts for word in small(concept)}, key=len, reverse=True)
    return rf"(?:{'|'.join(map(re.escape, words))})".replace(r"\ ", r"\s+")


@cache
def one_of(*concepts: str) -> re.Pattern[str]:
    """Finds a word or phrase of some lists of small words."""
    return re.compile(rf"(?<!\w){choice(*concepts)}(?!\w)")


def any_of(*concepts: str) -> str:
    """A pattern for one word of some lists of small words, or its plural."""
    return f"{choice(*concepts)}s?"


@cache
def _whole(role: str) -> dict[str, tuple[str, bool]]:
    return {
        _key(phrase.strip("=~")): (concept, phrase.endswith("~"))
        for (one, concept), own in reversed(table().items())
        for phrase in own
        if one == role
    }


def _key(text: str) -> str:
    return " ".join(word.low for word in words_of(text)) or text.strip().lower()


def concept_of(text: str, role: str) -> tuple[str, bool] | None:
    """The concept that the whole of a text names in a role, and whether the words often mean something else."""
    return _whole(role).get(_key(text))


@cache
def short_forms() -> dict[str, str]:
    """What each short form or slip of quick typing stands for; small letters alone count."""
    return {phrase: meant for (role, meant), own in table().items() if role == "typed" for phrase in own}


@cache
def _index() -> dict[str, tuple[Entry, ...]]:
    """The entries that questions use, by each stem or form with which they may begin."""
    found: dict[str, tuple[Entry, ...]] = {}
    named = ((role, one, phrase) for (role, one), own in table().items() if role not in _APART for phrase in own)
    for entry in (_entry(*one) for one in named):
        for first in entry.stems[0] | entry.forms[0]:
            found[first] = (*found.get(first, ()), entry)
    return found


def _entry(role: str, concept: str, phrase: str) -> Entry:
    stems: list[frozenset[str]] = []
    forms: list[frozenset[str]] = []
    for item in phrase.rstrip("~").replace("-", " ").split():
        choices = item.removeprefix("=").split("/") if item != "and/or" else ["and", "or"]
        exact = item.startswith("=") or item in ("not", "doing", "going")
        choices = list(phrases("small", "not")) if item == "not" else choices
        forms.append(frozenset(choices if exact else ()))
        stems.append(frozenset(() if exact else (stem(choice) for choice in choices)))
    return Entry(role, concept, tuple(stems), tuple(forms), phrase.endswith("~"))


def find(words: Sequence[Word], roles: Collection[str] = ()) -> tuple[Hit, ...]:
    """Every phrase of the table in a question, overlapping ones too, in the order of the words."""
    found = _hits(tuple(words))
    return tuple(hit for hit in found if hit.role in roles) if roles else found


@lru_cache(maxsize=512)
def _hits(words: tuple[Word, ...]) -> tuple[Hit, ...]:
    return tuple(
        Hit(entry.role, entry.concept, first, last, entry.doubtful, len(entry.stems))
        for first, word in enumerate(words)
        for entry in dict.fromkeys((*_index().get(word.stem, ()), *_index().get(word.low, ())))
        if (last := _end(words, first, entry)) is not None
    )


def _end(words: Sequence[Word], first: int, entry: Entry) -> int | None:
    """Where the phrase that begins at a word ends, with at most a few small words between its own."""
    at, between = first, small("between")
    for number, (stems, forms) in enumerate(zip(entry.stems, entry.forms, strict=True)):
        skipped = 0
        while at < len(words) and not (words[at].stem in stems or words[at].low in forms):
            if not number or skipped == _BETWEEN_AT_MOST or words[at].low not in between:
                return None
            at, skipped = at + 1, skipped + 1
        if at == len(words):
            return None
        at += 1
    return at
