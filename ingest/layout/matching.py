"""Actions and dates that stand apart, matched by their order within one block."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ingest.layout.drafts import Piece, joined
from ingest.layout.shapes import is_fixed_date

_COMPLETE = re.compile(r"(complete|completed|done|closed|achieved)\W*", re.IGNORECASE)
_OPEN_END = re.compile(r"(to|until|from|by|end of|and|-|–|:)$", re.IGNORECASE)


@dataclass(slots=True)
class Item:
    """An action of a list: its first words, what belongs to it below, and the parts of a list inside it."""

    first: Piece
    rest: list[Piece] = field(default_factory=list)
    parts: list[Piece] = field(default_factory=list)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return (self.first, *sorted((*self.rest, *self.parts), key=lambda piece: piece.locator.line_start or 0))


@dataclass(frozen=True, slots=True)
class Matched:
    """One action with its date; `stem` where it is a part of an item that has several dates."""

    pieces: tuple[Piece, ...]
    due: tuple[Piece, ...] = ()
    stem: Piece | None = None
    sure: bool = True


def match(items: Sequence[Item], dates: Sequence[Piece]) -> list[Matched]:
    """Each action with its date: one for one by order; where there are more dates, items with parts open up."""
    for offer in (list(dates), units(dates)):
        opened = _opened(items, len(offer))
        if opened is not None:
            return [replace(action, due=(date,)) for action, date in zip(opened, offer, strict=True)]
    one = tuple(dates) if len(dates) == 1 < len(items) else ()
    return [Matched(item.pieces, one, sure=not dates) for item in items]


def units(dates: Sequence[Piece]) -> list[Piece]:
    """The dates line by line; the word complete, or an open range, takes the line after it."""
    found: list[Piece] = []
    pending: Piece | None = None
    for piece in (line for date in dates for line in lines_of(date)):
        if pending is not None:
            place = joined(pending.locator, piece.locator)
            found.append(replace(pending, text=f"{pending.text}\n{piece.text}", locator=place))
            pending = None
        elif _COMPLETE.fullmatch(piece.line) or _OPEN_END.search(piece.line):
            pending = piece
        else:
            found.append(piece)
    return [*found, pending] if pending else found


def lines_of(piece: Piece) -> list[Piece]:
    """The piece line by line, each with its own place where the format has lines."""
    lines = piece.text.split("\n")
    start = piece.locator.line_start
    if len(lines) < 2 or start is None:
        return [piece]
    return [
        replace(piece, text=line, locator=replace(piece.locator, line_start=start + at, line_end=start + at))
        for at, line in enumerate(lines)
        if line.strip()
    ]


def is_date_item(piece: Piece) -> bool:
    """True where a block is nothing but dates or the word complete, such as stand in a column of their own."""
    lines = [line for line in piece.words.split("\n") if line]
    if not lines or len(lines) > 8:
        return False
    others = [line for line in lines if not is_fixed_date(line)]  # a label over dates: "Quarterly reviews:"
    listed = len(lines) - len(others) >= 2 and len(others) <= 1 and all(len(line.split()) <= 4 for line in others)
    return is_fixed_date(piece.text) or bool(_COMPLETE.fullmatch(piece.line)) or listed


def _opened(items: Sequence[Item], wanted: int) -> list[Matched] | None:
    """The items as exactly `wanted` actions, the last ones with parts opened first; None where that cannot be."""
    lacking = wanted - len(items)
    found = [[Matched(item.pieces)] for item in items]
    for at in sorted(range(len(items)), key=lambda at: (abs(len(items[at].parts) - 1 - lacking), -at)):
        gain = len(items[at].parts) - 1
        if 0 < gain <= lacking:
            found[at] = [Matched((part,), stem=items[at].first) for part in items[at].parts]
            lacking -= gain
    return [action for actions in found for action in actions] if lacking == 0 else None
