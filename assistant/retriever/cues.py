"""What kind of words would answer: cues in a question, and the shapes that money, names, numbers and dates have."""

import re

from assistant.lexicon import table
from assistant.vocabulary import stem


def inflected(words: str) -> frozenset[str]:
    """The stems of words and of their plainest endings."""
    return frozenset(stem(f"{word}{ending}") for word in words.split() for ending in ("", "s", "d", "ed", "ing"))


CUES: dict[str, frozenset[str]] = {}
"""Stems of questions beside stems of answers, for questions that plans of this field answer in their prose."""
for (_role, _asked), _said in table().items():
    for _stem in inflected(_asked) if _role == "answered" else ():
        CUES[_stem] = CUES.get(_stem, frozenset()) | inflected(" ".join(_said))

_NUMERALS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|dozen|half"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"

MONEY = re.compile(
    r"[£€$]\s?\d|\b\d[\d,.]*\s?(?:k|m|million|thousand)?\s*(?:pounds|GBP)\b|\b\d[\d,.]*\s?(?:million|thousand)\b"
)
DATE = re.compile(
    r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b(?:19|20)\d\d\b"
    rf"|\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}\.?,?[\s-]*(?:20)?\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\b",
    re.IGNORECASE,
)
COUNTED = re.compile(
    rf"(?<![\w.£])(?:(?!(?:19|20)\d\d\b)\d[\d,]*(?:\.\d+)?(?:\s?%|\s?per\s?cent)?(?![\w.]*\d)|(?:{_NUMERALS})\b)",
    re.IGNORECASE,
)
"""A number that may count something; not a part of a reference such as R3.1."""
NAMED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor|Mayor|Sir|Dame|Professor|Prof)\b\.?\s+[A-Z]"
    r"|\b[A-Z][a-z’'-]+\s+[A-Z][a-z’'-]+,\s+(?:[A-Z][\w’'-]+\s+){0,4}"
    r"(?:Manager|Director|Head|Officer|Lead|Chair|Member|Worker|Executive|Social)"
)
"""Somebody named: by a title, or by a name before a post."""

MEASURING = inflected("know measure tell judge check success succeed difference effect impact evaluate")
"""Stems by which a question asks how something will be measured; what is to be measured stands in its other words."""

ABOUT_MEASURES = re.compile(
    r"\bhow (?:will|do|would|can) (?:we|you|they) (?:know|check|tell|measure|judge)|\bhow we(?:’|')?(?: wi)?ll know"
    r"|\bsuccess (?:measures?|criteria)|\bmeasures? of success|\bhow success\b|\bevidence of\b",
    re.IGNORECASE,
)
"""Words of headings that announce measures."""
