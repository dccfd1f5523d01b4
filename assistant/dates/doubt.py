"""Which words only look like dates: "may" the verb, the 26 of "action 26", the 2014 of an Act."""

from __future__ import annotations

from assistant.dates.tokens import Token
from assistant.dates.words import (
    COUNTED_THINGS,
    LEADING,
    NAMES,
    NUMBERED_THINGS,
    NUMBERED_TITLES,
    REPEATED,
    SHY_WORDS,
    VERB_FOLLOWS,
)

_LEADS_TO_DATE = frozenset("BftbpWiSc(eOM")
_NO_TOKEN = Token("^")


def settled(found: list[Token], alone: bool) -> list[Token]:
    """The tokens, with those that are no dates turned into plain words (x)."""
    if alone:
        return [
            token._replace(kind="D") if token.kind == "X" else token for token in found if token.text not in ".?!;:\"'"
        ]
    made: list[Token] = []
    for place, token in enumerate(found):
        if token.kind not in _DOUBTS:
            made.append(token)
            continue
        before = made[-1] if made else _NO_TOKEN
        after = found[place + 1] if place + 1 < len(found) else _NO_TOKEN
        after_next = found[place + 2] if place + 2 < len(found) else _NO_TOKEN
        made.append(_settled(token, before, after, after_next))
    return made


def _settled(token: Token, before: Token, after: Token, after_next: Token) -> Token:
    if _DOUBTS[token.kind](token, before, after, after_next):
        return token._replace(kind="x")
    return token._replace(kind="D") if token.kind == "X" else token


def _no_number(token: Token, before: Token, after: Token, after_next: Token) -> bool:
    """Part of a reference ("6b"), or the number of a thing ("action 26") unless a whole date stands there."""
    if after.kind == "x" and after.start == token.end and after.text[:1].isalnum():
        return True
    return before.text.lower() in NUMBERED_THINGS and not (after.kind == "M" and after_next.kind == "Y")


def _no_year(token: Token, before: Token, after: Token, after_next: Token) -> bool:
    """The year of a law, or a number of things."""
    if before.text.lower() in NUMBERED_TITLES or (after.kind == "x" and after.text.lower() in COUNTED_THINGS):
        return True
    return _no_number(token, _NO_TOKEN, after, after_next)


def _no_day_and_month(token: Token, before: Token, after: Token, after_next: Token) -> bool:
    """5/6 in the middle of a sentence is a fraction or a reference, unless a word before or after asks for a date."""
    asked = before.kind in _LEADS_TO_DATE or before.kind in "-&" or (after.kind in "t-," and after_next.kind in "XDYR")
    year = token.period is not None and not token.period.assumed
    return not (asked or (year and before.kind in "QsuT")) or before.text.lower() in NUMBERED_THINGS


def _no_word(token: Token, before: Token, after: Token, after_next: Token) -> bool:
    """A month, weekday or season whose letters also spell a verb, a noun or a name."""
    word = token.text.lower()
    if before.text.lower() in REPEATED:
        return True
    if word not in SHY_WORDS and word not in NAMES:
        return False
    if after.kind in "noY" or (after.kind in "/-," and after_next.kind in "nYs") or before.kind in "no":
        return False
    led = before.kind in _LEADS_TO_DATE and (before.kind != "p" or before.number != 0 or after.kind == "^")
    led = led or before.text.lower() in LEADING
    if word in NAMES and not led and token.text.istitle() and after.kind == "x" and after.text.istitle():
        return True
    if word not in SHY_WORDS:
        return False
    if word in {"may", "march", "fall"} and after.text.lower() in VERB_FOLLOWS and before.kind not in "ieBf":
        return True
    joined = (before.kind in "&/-" or after.kind in "&/-t") and _beside_month(after, after_next)
    named = token.text[:1].isupper() and before.kind != "^" and before.text not in ".?!" and token.kind in "MW"
    ends = token.kind == "s" and after.kind in "^,"
    return not (led or joined or named or ends or (before.kind == "T" and token.kind == "s" and after.kind != "x"))


def _beside_month(after: Token, after_next: Token) -> bool:
    return after_next.kind in "MDs" if after.kind in "&/-t" else True


def _no_day(token: Token, before: Token, after: Token, after_next: Token) -> bool:
    """The 3rd of "the 3rd floor"."""
    counts = after.kind == "x" and after.text[:1].isalpha() and before.kind not in "MW-t&/"
    return counts or _no_number(token, before, after, after_next)


def _names_plan(_token: Token, before: Token, after: Token, after_next: Token) -> bool:
    """The "from" of "actions from the 2014 plan"."""
    return before.kind != "^" and after.kind == "T" and after_next.kind in "YDX"


_DOUBTS = {
    "n": _no_number,
    "o": _no_day,
    "Y": _no_year,
    "X": _no_day_and_month,
    "f": _names_plan,
    "M": _no_word,
    "W": _no_word,
    "s": _no_word,
}
