"""Numbers of children or families below five in the words of a plan: shown as published, with a word of care."""

from __future__ import annotations

import re

_FEW = re.compile(
    r"\b(?:one|two|three|four|[1-4])\s+(?:(?:looked[- ]after|young|disabled|unaccompanied)\s+)?"
    r"(?:child|children|people|person|family|families|sibling|siblings|baby|babies|care leavers?)\b",
    re.IGNORECASE,
)
WORDS = (
    "This answer repeats a number below five of children or families, as its plan publishes it. Do not try to work out "
    "who they are, and do not put it beside other details."
)


def holds_small_number(text: str) -> bool:
    """Whether a text counts so few children, young people or families that they might be recognised."""
    return bool(_FEW.search(text))
