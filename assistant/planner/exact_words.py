"""Words that rows are to contain to the letter: "which rows contain the word escalation?"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conditions import Condition, Field, Operator
from assistant.planner.spots import Kind, Spot
from assistant.planner.wording import TAKEN

_EXACT = re.compile(
    r"\b(?:(?:which|that)\s+)?(?:contain(?:s|ing)?|us(?:e|es|ing)|hold(?:s|ing)?|includ(?:e|es|ing)|mention(?:s|ing)?|with|ha(?:s|ve|ving)|say(?:s|ing)?|show(?:s|ing)?)"
    r"\s+(?:the\s+)?(?:[\w-]+\s+){0,2}?(?:words?|phrase|term|text|letters|string)\s+"
    r"(?:[\"'](?P<quoted>[^\"']{2,80})[\"']|(?P<bare>[\w&/-]{2,40}))"
)


def spot_exact_words(raw: str, low: str) -> Iterator[Spot]:
    """The words of action, recommendation or section that are asked for as they stand."""
    for match in _EXACT.finditer(low):
        group = "quoted" if match.group("quoted") else "bare"
        words = raw[slice(*match.span(group))]
        if TAKEN not in low[slice(*match.span(group))]:
            yield Spot(*match.span(), Kind.WORDS, Condition(Field.WORDS, Operator.CONTAINS, (words,)))
