"""Text to tokens: words with their kinds, and dates in figures, which are read at once."""

from __future__ import annotations

import re

from assistant.dates import figures
from assistant.dates.doubt import settled
from assistant.dates.tokens import Context, Token
from assistant.dates.words import LEXICON, Entry

_PHRASES = "|".join(
    re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['’]")
    for phrase in sorted((word for word in LEXICON if not word.isalpha() and len(word) > 1), key=len, reverse=True)
)
_TOKEN = re.compile(
    rf"(?P<figures>{figures.PATTERN})"
    r"|(?P<decade>(?:1[5-9]|2[01])\d0\s?['’]?s\b)"
    r"|(?P<number>\d+(?:(?P<ordinal>(?:st|nd|rd|th)\b)|(?P<more>(?:,\d{3}(?!\d)|[.:]\d+)+(?:\s?%)?|\s?%))?)"
    r"|['’](?P<short>\d\d)\b"
    r"|(?<![^\W\d_])(?P<label>(?P<letter>[qh]|qtr)[ -]?(?P<which>[1-4]))(?!\w)"
    rf"|(?P<phrase>(?<![^\W_])(?:{_PHRASES})(?![^\W_]))"
    r"|(?P<word>[^\W\d_]+(?:['’]s?(?![^\W\d_]))?)"
    r"|(?P<space>[ \xa0\r]+|\n(?![ \r]*\n))"
    r"|(?P<mark>[-–—‑~&,/()<>])"
    r"|(?P<other>.|\n)"
)
_POSSESSIVE = re.compile("['’]s?$")
_JOINS_FIGURES = frozenset(".£$€#_@\\")
_PUNCTUATION = frozenset(".?!;:\"'")
_UNKNOWN = Entry("x")


def lowered(text: str) -> str:
    """The text in small letters, every character still at its place."""
    low = text.lower()
    return (
        low if len(low) == len(text) else "".join([char.lower() if len(char.lower()) == 1 else char for char in text])
    )


def tokens(text: str, context: Context) -> list[Token]:
    """The words of a text in order, without its spaces. Sets `context.alone`."""
    matches = [match for match in _TOKEN.finditer(lowered(text)) if match.lastgroup != "space"]
    context.alone = all(map(_may_be_date, matches))
    found: list[Token] = []
    for match in matches:
        token = _token(match, text, context, found)
        if token:
            found.append(token)
    return settled(found, context.alone)


def _entry(word: str) -> Entry:
    return LEXICON.get(word) or LEXICON.get(_POSSESSIVE.sub("", word)) or _UNKNOWN


def _may_be_date(match: re.Match[str]) -> bool:
    if match.lastgroup == "word":
        return _entry(match.group()) is not _UNKNOWN
    return match.lastgroup != "other" or match.group() in _PUNCTUATION


def _token(match: re.Match[str], text: str, context: Context, found: list[Token]) -> Token | None:
    """The token of one match; None for the dot of a shortened word."""
    kind, (start, end) = match.lastgroup, match.span()
    raw = text[start:end]
    glued = found[-1] if found and found[-1].end == start else None
    if kind in ("figures", "number", "decade") and glued and _joins_figures(glued):
        return Token("x", start, end, text=raw)
    if kind == "figures":
        made = figures.read(match, context)
    elif kind == "decade":
        made = Token("D", period=figures.decade(int(match["decade"][:4])))
    elif kind == "short":
        made = Token("Y", number=figures.full_year(int(match["short"]), context.today))
    elif kind == "number":
        made = _number(match)
    elif kind == "label":
        made = Token("Q", number=int(match["which"]), name="half" if match["letter"] == "h" else "quarter")
    elif raw == "." and glued and glued.kind in "MW" and len(glued.text) <= 4:
        return None
    else:
        word = match.group()
        entry = _entry(re.sub(r"\s+", " ", word.replace("’", "'")) if kind == "phrase" else word)
        made = Token(entry.kind, number=entry.number, name=entry.name)
    return made._replace(start=start, end=end, text=raw)


def _joins_figures(glued: Token) -> bool:
    """True where figures right behind this are part of something else: R2.4, £500."""
    return glued.kind == "x" and (glued.text[-1].isalnum() or glued.text in _JOINS_FIGURES)


def _number(match: re.Match[str]) -> Token:
    if match["more"]:
        return Token("x")
    if match["ordinal"]:
        return Token("o", number=int(match.group()[:-2]))
    value = int(match.group()) if len(match.group()) <= 4 else -1
    if len(match.group()) == 4:
        return Token("Y", number=value) if 1500 <= value <= 2199 else Token("x")
    return Token("n", number=value) if value >= 0 else Token("x")
