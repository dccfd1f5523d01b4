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
    r"|(?P<decade>1[5-9]\d0\s?['’]?s\b|2[01]\d0\s?s\b)"
    r"|(?P<number>\d+(?:(?P<ordinal>(?:st|nd|rd|th)\b)|(?P<more>(?:,\d{3}(?!\d)|[.:]\d+)+(?:\s?%)?|\s?%))?)"
    r"|['’‘](?P<short>\d\d)\b"
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
_SPACES = re.compile(r"\s+")
_SHORTENED = 4
_UNKNOWN = Entry("x")


def lowered(text: str) -> str:
    """The text in small letters, every character still at its place."""
    low = text.lower()
    return (
        low if len(low) == len(text) else "".join([char.lower() if len(char.lower()) == 1 else char for char in text])
    )


def tokens(text: str, context: Context) -> list[Token]:
    """The words of a text in order, without its spaces. Sets `context.alone`."""
    found: list[Token] = []
    context.alone = True
    for match in _TOKEN.finditer(lowered(text)):
        kind = match.lastgroup
        if kind == "space":
            continue
        start, end = match.span()
        raw = text[start:end]
        glued = found[-1] if found and found[-1].end == start else None
        if kind == "other":
            if glued and raw == "." and glued.kind in "MW" and len(glued.text) <= _SHORTENED:
                continue
            context.alone = context.alone and raw in _PUNCTUATION
            found.append(Token("x", start, end, text=raw))
        elif kind in ("word", "mark", "phrase"):
            word = match.group() if kind != "phrase" else _SPACES.sub(" ", match.group().replace("’", "'"))
            entry = LEXICON.get(word) or LEXICON.get(_POSSESSIVE.sub("", word)) or _UNKNOWN
            context.alone = context.alone and entry is not _UNKNOWN
            found.append(Token(entry.kind, start, end, entry.number, entry.name, raw))
        else:
            found.append(_figures(match, glued, context)._replace(start=start, end=end, text=raw))
    return settled(found, context.alone)


def _figures(match: re.Match[str], glued: Token | None, context: Context) -> Token:
    """A number, a year, or a date in figures; part of a reference where it is glued to other letters."""
    kind = match.lastgroup
    if kind == "short":
        return Token("Y", number=figures.full_year(int(match["short"]), context.today))
    if kind == "label":
        return Token("Q", number=int(match["which"]), name="half" if match["letter"] == "h" else "quarter")
    if glued and _joins_figures(glued):
        return Token("x")
    if kind == "figures":
        return figures.read(match, context)
    return Token("D", period=figures.decade(int(match["decade"][:4]))) if kind == "decade" else _number(match)


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
