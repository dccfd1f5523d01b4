"""What the cells of a column look like, in shares: dates, figures, states, references, owners, instructions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.layout.drafts import Piece
from ingest.layout.shapes import (
    is_coded,
    is_date,
    is_fixed_date,
    leading_ref,
    owner_likeness,
    starts_with_verb,
    whole_ref,
)
from ingest.layout.statuswords import colour_of, short_status
from ingest.layout.words import normal

_SAMPLE = 60
NUMBERED = 0.6
_PART = re.compile(r"\W*\(?(?:[ivx]{1,5}|[a-z])[.)]\s")
_NUMBER = re.compile(r"[£$<>≤≥~+-]?\s*\d[\d,.]*\s*(?:%|k|m|bn|days?|weeks?|per ?cent)?(?:\s*\(.{1,12}\))?|n/?a|-")
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_PERIOD = re.compile(
    rf"(?:q[1-4]|quarter [1-4]|(?:w|wk|week) ?\d{{1,2}}|m\d{{1,2}}|month \d{{1,2}}|{_MONTHS}\.?)"
    r"(?:[ -]?['’]?\d{2,4}(?:[/-]\d{2,4})?)?|"
    r"20\d\d[/-]\d{2,4}|\d\d/\d\d|20\d\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares, in [0, 1], of the filled cells of a column that have a shape; `words` is their mean length."""

    filled: int
    blank: float
    repeated: float
    dates: float
    fixed_dates: float
    refs: float
    led: float
    colours: float
    statuses: float
    owners: float
    verbs: float
    levels: float
    words: float
    numbers: float
    money: float
    coded: float
    """Words that the plan's own key explains."""


def profile(pieces: Sequence[Piece], terms: frozenset[str] = frozenset()) -> Profile:
    """The shape of a column's cells below the header."""
    filled = [piece for piece in pieces if not piece.blank]
    sample = filled[:_SAMPLE]
    texts = [piece.line for piece in sample]
    count = max(1, len(sample))
    distinct = len({normal(text) for text in texts if text})
    led = [ref[0] for ref in map(leading_ref, texts) if ref]
    parts = sum(1 for text in texts if _PART.match(text))
    return Profile(
        filled=len(filled),
        blank=1 - len(filled) / max(1, len(pieces)),
        repeated=1 - distinct / count,
        dates=sum(1 for piece in sample if piece.value or is_date(piece.text)) / count,
        fixed_dates=sum(1 for piece in sample if piece.value or is_fixed_date(piece.text)) / count,
        refs=sum(1 for text in texts if whole_ref(text)) / count,
        led=len(led) / max(1, count - parts) if len(led) > 1 or (count == 1 and any(map(is_coded, led))) else 0.0,
        colours=sum(1 for piece in sample if (piece.colour and not piece.line) or colour_of(piece.text)) / count,
        statuses=sum(1 for text in texts if short_status(text)) / count,
        owners=sum(owner_likeness(text) for text in texts) / count,
        verbs=sum(1 for text in texts if starts_with_verb(text)) / count,
        levels=sum(1 for text in texts if normal(text) in {"high", "medium", "low", "h", "m", "l"}) / count,
        words=sum(len(text.split()) for text in texts) / count,
        numbers=sum(1 for text in texts if _NUMBER.fullmatch(text)) / count,
        money=sum(1 for text in texts if "£" in text and _NUMBER.fullmatch(text)) / count,
        coded=sum(1 for text in texts if text and normal(text) in terms) / count,
    )


def is_period(heading: str) -> bool:
    """True where a heading is a month, a quarter or a year: bars of a chart or figures stand under it, no states."""
    return bool(_PERIOD.fullmatch(heading.strip()))


def is_number(text: str) -> bool:
    """True where a text is a figure: an amount, a share, a count."""
    return bool(_NUMBER.fullmatch(text)) and text not in {"", "-"}


def is_numbered(pieces: Sequence[Piece]) -> bool:
    """True where the cells of a column begin with references, but for the parts of a list."""
    return profile(pieces).led >= NUMBERED
