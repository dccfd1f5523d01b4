"""Characters that a reader cannot see: they hide words from people, or from a search, and are never part of either."""

from __future__ import annotations

import re

_ROUTINE = "\u00ad\ufeff"
"""Soft hyphens and byte order marks: left by word processors, taken out without a remark."""

_HIDING = (
    "\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls, but not tab, line ends, form feed or next line
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_ROUTINE_PATTERN = re.compile(f"[{_ROUTINE}]")
_HIDING_PATTERN = re.compile(f"[{_HIDING}]")


def strip_invisible(text: str) -> str:
    """The text without zero-width, bidirectional, tag and control characters, and without soft hyphens."""
    return text if text.isascii() and text.isprintable() else _HIDING_PATTERN.sub("", _ROUTINE_PATTERN.sub("", text))


def has_invisible(text: str) -> bool:
    """True where the text holds characters that hide something, to be flagged. Soft hyphens do not count, nor does
    the sign that makes an emoji a picture."""
    return bool(_HIDING_PATTERN.search(text.replace("\ufe0f", "")))
