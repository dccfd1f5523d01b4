"""What is not shown: characters that a reader cannot see, and ways to reach a person that nobody asked for."""

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
_DAY = r"\d\d?[\s-]\d\d?[\s-](?:19|20)\d\d\b"
_REACHING = re.compile(
    rf"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w./-])(?!{_DAY})(?:(?:\+|\b00)\d{{1,3}}[\s-]?\(?0?\)?|\(?0)\d(?:[\s()-]{{0,2}}\d){{8,10}}(?!\w)"
    r"|(?<![\w.])0\d{2,4}(?:[./]\d{3,4}){2}(?!\w)"
)
_MAY_REACH = re.compile(r"@|\d(?:[\s()./-]{0,2}\d){4}")
"""What any address or number holds: most texts are passed over by this alone."""
_ASKS = re.compile(
    r"\b(?:e-?mails?|(?:tele)?phones?|get in touch|contact (?:details?|numbers?|for|points?|persons?)"
    r"|(?:how|who|whom) (?:do|can|should|must|shall|will) .{0,30}?(?:contact|reach|ring|call))\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\s*(?:\"\s*\"|“\s*”|'\s*'|<\s*>|\(\s*\))\s*|\s{2,}")
"""What stood around a way to reach somebody, and stands around nothing now."""


def strip_invisible(text: str) -> str:
    """The text without zero-width, bidirectional, tag and control characters, and without soft hyphens."""
    return text if text.isascii() and text.isprintable() else _HIDING_PATTERN.sub("", _ROUTINE_PATTERN.sub("", text))


def has_invisible(text: str) -> bool:
    """True where the text holds characters that hide something, to be flagged. Soft hyphens do not count, nor does
    the sign that makes an emoji a picture."""
    return bool(_HIDING_PATTERN.search(text.replace("\ufe0f", "")))


def reaches(text: str) -> bool:
    """Whether a telephone number or an e-mail address stands in the text."""
    return bool(_MAY_REACH.search(text) and _REACHING.search(text))


def told_to(question: str, text: str) -> str:
    """A text of an answer; telephone numbers and e-mail addresses only where the question asks for a contact."""
    if not _MAY_REACH.search(text) or _ASKS.search(question):
        return text
    return _REACHING.sub(lambda found: "[e-mail left out]" if "@" in found[0] else "[number left out]", text)


def unreachable(question: str) -> tuple[str, tuple[str, ...]]:
    """A question without the telephone numbers and e-mail addresses in it, and what each of them was: they are neither
    searched for nor said again."""
    ways = tuple(
        dict.fromkeys("the e-mail address" if "@" in way else "the number" for way in _REACHING.findall(question))
    )
    return (_QUOTED.sub(" ", _REACHING.sub("", question)).strip() if ways else question), ways
