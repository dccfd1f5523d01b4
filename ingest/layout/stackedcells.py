"""Which line of a stacked table is which cell: the best way through all lines, by the shape that a column asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.records import Status
from ingest.layout.drafts import Role
from ingest.layout.headings import best_role
from ingest.layout.shapes import is_date, is_fixed_date, owner_likeness, starts_with_verb, whole_ref
from ingest.layout.statuswords import colour_of, short_status
from ingest.layout.units import Unit

FOREIGN = -1
"""The column of a line that is no cell: a heading between rows, or words after the last one."""
_DATED = frozenset({Role.DUE, Role.START, Role.COMPLETED, Role.REVISED})
_BLANK = re.compile(r"[-–—.]+|n/?a|none|nil|blank|\(blank\)", re.IGNORECASE)
_OPEN_END = re.compile(r"(?:[/,&:(–-]|\b(?:and|or|of|to|the|with|from|for|in|by|a|an|at|on))$", re.IGNORECASE)
_THEME = re.compile(
    r"(?:priority|objective|theme|aim|goal|outcome|area|part|section|recommendation|workstream)\b", re.I
)
_LONG = 0.8
_OFTEN = 3
_MISSING = {Role.ACTION: 4.0, Role.REF: 1.6, Role.STATUS: 1.2}
_NEVER = -30.0
_UNKNOWN, _OWN_WORD = -1.2, 1.5
"""What a short text of no known state is worth as a state: little, more where the plan uses it again and again."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a stacked table, by the role that its name says."""

    role: Role | None

    @classmethod
    def of(cls, name: str) -> Column:
        return cls(best_role(name)[0])

    @property
    def missing(self) -> float:
        """What it costs to take the cell as left out."""
        return _MISSING.get(self.role, 1.0) if self.role else 1.0


@dataclass(frozen=True, slots=True)
class _Shapes:
    """What is known of all lines together: how wide they are, and which come again and again."""

    width: int
    times: Counter[str]
    whole: bool

    def fit(self, column: Column, text: str) -> float:
        """How well a line begins a cell of the column."""
        score = (_FITS.get(column.role, _other) if column.role else _other)(text)
        times = self.times[text.lower()]
        if column.role is Role.STATUS and score == _UNKNOWN and times >= _OFTEN and len(text.split()) <= 4:
            return _OWN_WORD
        return score + (0.7 if column.role is Role.OWNER and times > 1 and score > 0 else 0.0)

    def goes_on(self, column: Column, unit: Unit, above: Unit) -> float:
        """How well a line goes on in the cell that the line above stands in."""
        text, before = unit.text, above.text
        if self.whole or (unit.apart and not unit.paged):
            return _NEVER if column.role is not Role.ACTION else -3.0
        if column.role in _DATED:
            return 1.5 if is_date(f"{before} {text}") and not is_fixed_date(before) else -4.0
        if column.role in {Role.REF, Role.STATUS}:
            return -3.0
        score = 1.2 if text[:1].islower() or _OPEN_END.search(before) else -0.4
        score += 0.6 if len(before) >= _LONG * self.width else -0.6
        if is_fixed_date(text) or whole_ref(text) or colour_of(text):
            score -= 3.0
        if column.role is Role.OWNER:
            return score - 0.3 if owner_likeness(text) >= 0.4 and not short_status(text) else score - 2.0
        return score - (1.0 if owner_likeness(text) >= 0.9 and not text[:1].islower() else 0.0)


def _ref(text: str) -> float:
    return 3.0 if whole_ref(text) and not is_fixed_date(text) else -6.0


def _date(text: str) -> float:
    return 2.5 if is_date(text) else 0.5 if _BLANK.fullmatch(text) else -4.0


def _state(text: str) -> float:
    stated = short_status(text)
    if colour_of(text) or stated:
        return 0.8 if stated is Status.NOT_RECORDED else 2.5
    if is_fixed_date(text) or whole_ref(text) or len(text.split()) > 8:
        return -4.0
    return _UNKNOWN


def _owner(text: str) -> float:
    if is_date(text) or colour_of(text) or len(text.split()) > 14:
        return 0.3 if _BLANK.fullmatch(text) else -4.0
    return 2.5 * owner_likeness(text) - 0.4


def _action(text: str) -> float:
    if is_fixed_date(text) or whole_ref(text) or colour_of(text):
        return -4.0
    score = (1.5 if starts_with_verb(text) else 0.0) + (0.7 if len(text.split()) >= 4 else 0.0)
    return score - (1.5 if text[:1].islower() else 0.0)


def _other(text: str) -> float:
    if whole_ref(text):
        return -2.0
    return (-0.8 if is_fixed_date(text) else 0.4) - (1.2 if text[:1].islower() else 0.0)


_FITS: dict[Role, Callable[[str], float]] = {
    Role.REF: _ref,
    Role.STATUS: _state,
    Role.OWNER: _owner,
    Role.ACTION: _action,
    **dict.fromkeys(_DATED, _date),
}


def assigned(
    units: Sequence[Unit], columns: Sequence[Column], before_header: Sequence[bool], whole: bool
) -> tuple[list[tuple[int, bool]], float]:
    """For each line its column, or FOREIGN, and whether it begins a row: the way through all lines that fits best.

    With it the score of that way.
    """
    lengths = sorted(len(unit.text) for unit in units)
    wide = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    shapes = _Shapes(wide, Counter(unit.text.lower() for unit in units), whole)
    lacking = [0.0]
    for column in columns:
        lacking.append(lacking[-1] + column.missing)
    best: dict[int, float] = {FOREIGN: 0.0}
    back: list[_Came] = []
    for at, unit in enumerate(units):
        step = _Step(unit, units[at - 1], before_header[at], shapes, columns, lacking)
        best, came = step.taken(best)
        back.append(came)
    return _way(best, back, lacking)


_Came = dict[int, tuple[int, bool]]
"""For each column that a line may stand in, the column of the line above, and whether the line begins a row."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One line on the way: where it may stand after each place of the line above it."""

    unit: Unit
    above: Unit
    before_header: bool
    shapes: _Shapes
    columns: Sequence[Column]
    lacking: Sequence[float]

    def taken(self, best: dict[int, float]) -> tuple[dict[int, float], _Came]:
        """The best score of each place, and where it came from."""
        scores: dict[int, float] = {}
        came: _Came = {}
        fits = [self.shapes.fit(column, self.unit.text) for column in self.columns]
        parted = 1.0 if self.unit.apart and not self.unit.paged and not self.shapes.whole else 0.0
        for before, score in best.items():
            inside = before != FOREIGN
            ended = score - (self.lacking[-1] - self.lacking[before + 1] if inside else 0.0)
            for column, fit in enumerate(fits):
                _offer(scores, came, column, ended + fit - self.lacking[column], (before, True))
                if inside and column > before:
                    left_out = self.lacking[column] - self.lacking[before + 1]
                    _offer(scores, came, column, score + fit - left_out - parted, (before, False))
            if inside:
                more = self.shapes.goes_on(self.columns[before], self.unit, self.above)
                _offer(scores, came, before, score + more, (before, False))
            aside = _aside(self.unit, self.before_header, not inside)
            _offer(scores, came, FOREIGN, ended + aside, (before, False))
        return scores, came


def _offer(scores: dict[int, float], came: _Came, to: int, score: float, way: tuple[int, bool]) -> None:
    if to not in scores or score > scores[to]:
        scores[to], came[to] = score, way


def _aside(unit: Unit, before_header: bool, follows: bool) -> float:
    """How likely a line is no cell at all."""
    score = 1.5 if before_header or _THEME.match(unit.text) else -1.0
    if unit.apart and not unit.paged:
        score += 0.6
    return score + (0.5 if follows and not unit.apart else 0.0)


def _way(
    best: dict[int, float], back: Sequence[_Came], lacking: Sequence[float]
) -> tuple[list[tuple[int, bool]], float]:
    ends = {
        column: score - (0.0 if column == FOREIGN else lacking[-1] - lacking[column + 1])
        for column, score in best.items()
    }
    column = max(ends, key=lambda each: ends[each])
    score = ends[column]
    found: list[tuple[int, bool]] = []
    for came in reversed(back):
        before, begins = came[column]
        found.append((column, begins))
        column = before
    return found[::-1], score
