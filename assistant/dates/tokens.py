"""The words of a text on their way to dates, and the rules that join them.

Every token has a kind, one letter (see `words`); a rule is a regular expression over the kinds of a run of tokens and a
function that reads the tokens it matched. What it makes takes their place, until only periods are left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from assistant.dates.periods import Bounds, Duration, Period, Recurrence
from assistant.dates.spans import Precision


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
