"""Text that a find-and-replace has spoilt, mended for search only.

Someone replaced the initials of a person by a role, and the initials stood inside other words too: every "CB" became
"HEAD OF COMMISSIONING", and LSCB with it. A role in capitals that is glued to letters gives it away, and the letters
around it say what the initials were: those with which every such word is an abbreviation that the field knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from functools import partial

_FEWEST_LETTERS = 4
"""Letters of a role that is looked for inside words."""
_INITIALS = (2, 3)
_MOST_READINGS = 3
"""With more abbreviations than this that a spoilt word may have been, it is left alone."""


class Repairer:
    """Mends the texts of one document."""

    def __init__(self, texts: Iterable[str], roles: Iterable[str], abbreviations: Set[str]) -> None:
        known = {short.upper() for short in abbreviations}
        every = "\n".join(texts).replace("’", "'")
        self._patterns: list[tuple[re.Pattern[str], Mapping[tuple[str, str], str]]] = []
        for role in sorted({role for role in roles if _is_role(role)}, key=len, reverse=True):
            if role.upper().replace("’", "'") not in every:
                continue
            pattern = _glued(role)
            around = {(found[1], found[2]) for found in pattern.finditer(every)} - {("", "")}
            readings = _readings(around, known)
            if readings:
                self._patterns.append((pattern, readings))

    def mend(self, text: str) -> str:
        """The text with each spoilt word replaced by what it was, all readings side by side where there are several.
        For search: a quote is never taken from it."""
        for pattern, readings in self._patterns:
            text = pattern.sub(partial(_reading, readings), text)
        return text


def _reading(readings: Mapping[tuple[str, str], str], found: re.Match[str]) -> str:
    return readings.get((found[1], found[2]), found[0])


def _is_role(role: str) -> bool:
    return sum(letter.isalpha() for letter in role) >= _FEWEST_LETTERS and role[:1].isalpha()


def _glued(role: str) -> re.Pattern[str]:
    words = r"\s+".join(re.sub("['’]", "['’]", re.escape(word)) for word in role.upper().split())
    # letters on either side, or on one: the groups are the letters before and after
    return re.compile(rf"(?<![A-Za-z])([A-Z]{{0,4}}){words}([A-Z]{{0,3}})(?![A-Z])")


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
