"""Words that are never typing errors, and words of questions that a typing error may have meant."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from assistant.lexicon import table
from assistant.planner.wording import FUNCTION_WORDS, NUMBERS

_LISTED_APART = ("heading", "cell", "courtesy", "small", "typed")
QUESTION_WORDS = frozenset(
    word
    for (role, _), own in table().items()
    if role not in _LISTED_APART
    for phrase in own
    for word in re.findall(r"[a-z]{4,}", phrase)
)
"""Words that the lexicon knows in questions."""


@cache
def ordinary_words(word_file: Path | None = None) -> frozenset[str]:
    """Words that are never taken for typing errors: those of the planner, and those of a file with one a line."""
    known = frozenset(word for own in table().values() for phrase in own for word in re.findall(r"[a-z]+", phrase))
    own = known | FUNCTION_WORDS | frozenset(NUMBERS)
    if word_file is None or not word_file.is_file():
        return own
    return own | {word for word in word_file.read_text(encoding="utf-8").split() if word.isalpha()}
