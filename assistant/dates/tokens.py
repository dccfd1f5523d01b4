"""The words of a text on their way to dates, and the rules that join them.

Every token has a kind, one letter (see `words`); a rule is a regular expression over the kinds of a run of tokens and
a function that reads the tokens it matched. What it makes takes their place, until only periods are left. Numbers in
words are joined first, and words that only look like dates become plain ones: "may" the verb, the 26 of "action 26".
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from assistant.dates.periods import Bounds, Duration, Period, Precision, Recurrence
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


@dataclass(slots=True)
class Context:
    """What a reading depends on besides the words."""

    today: date
    day_first: bool = True
    alone: bool = False
    """The text is one expression and nothing else."""
    cell: bool = False
    """A date cell of a plan, where a bare "Dec 25" is always a month."""
    financial: bool = False
    """Quarters without a year are those of a financial year."""
    problems: list[str] = field(default_factory=list)
    """Why something that looks like a date is none."""


class Token(NamedTuple):
    """A word, a number or something already read, from `start` to `end` in the text."""

    kind: str
    start: int = 0
    end: int = 0
    number: int = 0
    name: str = ""
    text: str = ""
    period: Period | None = None
    length: Duration | None = None


Tokens = Sequence[Token]
Made = Token | Period | Duration | None
Build = Callable[[Tokens, Context], Made]


class Rule(NamedTuple):
    pattern: re.Pattern[str]
    build: Build


def rule(pattern: str, build: Build) -> Rule:
    return Rule(re.compile(pattern), build)


def reduce(found: list[Token], rules: Sequence[Rule], context: Context) -> list[Token]:
    """The tokens after every rule, in order, has been tried at every place."""
    kinds = "".join([token.kind for token in found])
    for pattern, build in rules:
        match = pattern.search(kinds)
        while match:
            start, end = match.span()
            made = _built(build, found[start:end], context)
            if made is None:
                match = pattern.search(kinds, start + 1)
                continue
            token = _token(made)
            found[start:end] = [token._replace(start=found[start].start, end=found[end - 1].end)]
            kinds = kinds[:start] + token.kind + kinds[end:]
            match = pattern.search(kinds, start if end - start > 1 else start + 1)
    return found


def _built(build: Build, found: Tokens, context: Context) -> Made:
    """What the rule makes; nothing where that lies outside the calendar ("in 999 decades")."""
    try:
        return build(found, context)
    except (ValueError, OverflowError):
        return None


def _token(made: Token | Period | Duration) -> Token:
    if isinstance(made, Period):
        return Token("D", period=made)
    return Token("d", length=made) if isinstance(made, Duration) else made


def pick(found: Tokens, kinds: str, nth: int = 0) -> Token:
    """The nth token of one of the kinds; the rule's pattern says that it is there. Negative counts from the end."""
    return [token for token in found if token.kind in kinds][nth]


def has(found: Tokens, kind: str) -> bool:
    return any(token.kind == kind for token in found)


def period(found: Tokens, nth: int = 0) -> Period:
    """The nth period among the tokens."""
    held = pick(found, "D", nth).period
    assert held is not None  # a token of kind D always holds one
    return held


def length(found: Tokens) -> Duration:
    held = pick(found, "d").length
    assert held is not None  # a token of kind d always holds one
    return held


def fixed(bounds: Bounds | None, precision: Precision, relative: bool = False) -> Period | None:
    """A period with its year, or None where the calendar has no such day."""
    return Period(*bounds, precision, relative=relative) if bounds else None


def recurring(recurs: Recurrence, precision: Precision, context: Context) -> Period | None:
    """A date without a year: the one that holds today or comes next."""
    bounds = recurs.after(context.today)
    return Period(*bounds, precision, assumed=True, recurs=recurs) if bounds else None


_HUNDRED, _THOUSAND = 100, 1000
_CENTURIES = range(15, 22)


def numerals(found: list[Token]) -> list[Token]:
    """The tokens with every run of number words made one number (n), ordinal (o) or year (Y)."""
    made: list[Token] = []
    place = 0
    while place < len(found):
        if found[place].kind != "w":
            made.append(found[place])
            place += 1
            continue
        token, size = _numeral(found, place)
        last = found[place + size - 1]
        made.append(token._replace(start=found[place].start, end=last.end, text=found[place].text))
        place += size
    return made


def _numeral(found: list[Token], place: int) -> tuple[Token, int]:
    value, size = _below_hundred(found, place)
    following = found[place + size].number if _is(found, place + size) else 0
    if following == _THOUSAND and value in (1, 2):
        more, extra = _rest(found, place + size + 1)
        year = value * _THOUSAND + more
        return Token("Y" if year >= _CENTURIES[0] * _HUNDRED else "n", number=year), size + 1 + extra
    if following == _HUNDRED and value in _CENTURIES:
        more, extra = _rest(found, place + size + 1)
        return Token("Y", number=value * _HUNDRED + more), size + 1 + extra
    if following == _HUNDRED:
        return Token("n", number=value * _HUNDRED), size + 1
    if value in _CENTURIES and _is(found, place + size):
        more, extra = _below_hundred(found, place + size)
        if 10 <= more < _HUNDRED:
            return Token("Y", number=value * _HUNDRED + more), size + extra
    following_place = place + size + (place + size < len(found) and found[place + size].kind == "-")
    if value >= 20 and value % 10 == 0 and following_place < len(found):
        unit = found[following_place]
        if unit.kind == "o" and 1 <= unit.number <= 9 and not unit.text[:1].isdigit():
            return Token("o", number=value + unit.number), following_place + 1 - place
    return Token("n", number=value), size


def _below_hundred(found: list[Token], place: int) -> tuple[int, int]:
    """The number from 0 to 99 at a place, and how many words it takes."""
    value = found[place].number
    if 20 <= value < _HUNDRED and value % 10 == 0:
        hyphen = place + 1 < len(found) and found[place + 1].kind == "-"
        unit = place + 1 + hyphen
        if _is(found, unit) and 1 <= found[unit].number <= 9:
            return value + found[unit].number, 2 + hyphen
    return value, 1


def _rest(found: list[Token], place: int) -> tuple[int, int]:
    """What follows hundred or thousand: "and twenty", "ninety three", or nothing."""
    joined = place < len(found) and found[place].kind == "&"
    if not _is(found, place + joined):
        return 0, 0
    value, size = _below_hundred(found, place + joined)
    return (value, size + joined) if value < _HUNDRED else (0, 0)


def _is(found: list[Token], place: int) -> bool:
    return place < len(found) and found[place].kind == "w"


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
