"""Which line of a stacked table is which cell: the best way through all lines, by the shape that a column asks for."""

import re
from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

from assistant.records import Status
from ingest.layout.columns import DATED
from ingest.layout.drafts import Role
from ingest.layout.headings import THEMES
from ingest.layout.shapes import OPEN_END, is_date, is_fixed_date, owner_likeness, starts_with_verb, whole_ref
from ingest.layout.statuswords import colour_of, short_status
from ingest.layout.units import Unit
from ingest.layout.words import NOTHING

FOREIGN = -1
"""The column of a line that is no cell: a heading between rows, or words after the last one."""
_THEME = re.compile(rf"(?:{THEMES}|part|section)\b", re.IGNORECASE)
_MISSING: dict[Role | None, float] = {Role.ACTION: 4.0, Role.REF: 1.6, Role.STATUS: 1.2}
"""What it costs to take a cell as left out; 1 for other columns."""
_NEVER = -30.0
_UNKNOWN, _OWN_WORD = -1.2, 1.5
"""What a short text of no known state is worth as a state: little, more where the plan uses it again and again."""


def _state(text: str) -> float:
    stated = short_status(text)
    if colour_of(text) or stated:
        return 0.8 if stated is Status.NOT_RECORDED else 2.5
    return -4.0 if is_fixed_date(text) or whole_ref(text) or len(text.split()) > 8 else _UNKNOWN


def _owner(text: str) -> float:
    if is_date(text) or colour_of(text) or len(text.split()) > 14:
        return 0.3 if NOTHING.fullmatch(text) else -4.0
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


_FITS: dict[Role | None, Callable[[str], float]] = {
    Role.REF: lambda text: 3.0 if whole_ref(text) and not is_fixed_date(text) else -6.0,
    Role.STATUS: _state,
    Role.OWNER: _owner,
    Role.ACTION: _action,
    **dict.fromkeys(DATED, lambda text: 2.5 if is_date(text) else 0.5 if NOTHING.fullmatch(text) else -4.0),
}
_Came = dict[int, tuple[int, bool]]
"""For each column that a line may stand in, the column of the line above, and whether the line begins a row."""


@dataclass(frozen=True, slots=True)
class _Ways:
    """What is known of all lines together: how wide they are, which come again and again, and their columns."""

    width: int
    times: Counter[str]
    whole: bool
    columns: Sequence[Role | None]
    lacking: Sequence[float]
    """What it costs to leave out all cells before each column."""

    def fit(self, role: Role | None, text: str) -> float:
        """How well a line begins a cell of a column of that role."""
        score = _FITS.get(role, _other)(text)
        times = self.times[text.lower()]
        if role is Role.STATUS and score == _UNKNOWN and times >= 3 and len(text.split()) <= 4:
            return _OWN_WORD
        return score + (0.7 if role is Role.OWNER and times > 1 and score > 0 else 0.0)

    def goes_on(self, role: Role | None, unit: Unit, above: Unit) -> float:
        """How well a line goes on in the cell that the line above stands in."""
        text, before = unit.text, above.text
        if self.whole or (unit.apart and not unit.paged):
            return _NEVER if role is not Role.ACTION else -3.0
        if role in DATED:
            return 1.5 if is_date(f"{before} {text}") and not is_fixed_date(before) else -4.0
        if role in {Role.REF, Role.STATUS}:
            return -3.0
        score = 1.2 if text[:1].islower() or OPEN_END.search(before) else -0.4
        score += 0.6 if len(before) >= 0.8 * self.width else -0.6
        if is_fixed_date(text) or whole_ref(text) or colour_of(text):
            score -= 3.0
        if role is Role.OWNER:
            return score - 0.3 if owner_likeness(text) >= 0.4 and not short_status(text) else score - 2.0
        return score - (1.0 if owner_likeness(text) >= 0.9 and not text[:1].islower() else 0.0)

    def ended(self, column: int, score: float) -> float:
        """The score of a row that ends in a column: what stands behind it is left out."""
        return score if column == FOREIGN else score - (self.lacking[-1] - self.lacking[column + 1])

    def step(self, unit: Unit, above: Unit, heads: bool, best: dict[int, float]) -> tuple[dict[int, float], _Came]:
        """The best score of each place of a line after each place of the line above it, and where it came from."""
        scores: dict[int, float] = {}
        came: _Came = {}

        def offer(to: int, score: float, begins: bool = False) -> None:
            if to not in scores or score > scores[to]:
                scores[to], came[to] = score, (before, begins)

        fits = [self.fit(role, unit.text) for role in self.columns]
        apart = unit.apart and not unit.paged
        parted = 1.0 if apart and not self.whole else 0.0
        aside = (1.5 if heads or _THEME.match(unit.text) else -1.0) + (0.6 if apart else 0.0)
        for before, score in best.items():
            inside = before != FOREIGN
            ended = self.ended(before, score)
            for column, fit in enumerate(fits):
                offer(column, ended + fit - self.lacking[column], begins=True)
                if inside and column > before:
                    offer(column, score + fit - (self.lacking[column] - self.lacking[before + 1]) - parted)
            if inside:
                offer(before, score + self.goes_on(self.columns[before], unit, above))
            offer(FOREIGN, ended + aside + (0.5 if not inside and not unit.apart else 0.0))
        return scores, came


def assigned(
    units: Sequence[Unit], columns: Sequence[Role | None], whole: bool, before_header: Set[int] = frozenset()
) -> tuple[list[tuple[int, bool]], float]:
    """For each line its column, or FOREIGN, and whether it begins a row: the way through all lines that fits best.

    With it the score of that way. Args: before_header, the lines right above the names of the columns.
    """
    lengths = sorted(len(unit.text) for unit in units)
    lacking = [0.0]
    for role in columns:
        lacking.append(lacking[-1] + _MISSING.get(role, 1.0))
    wide = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    ways = _Ways(wide, Counter(unit.text.lower() for unit in units), whole, columns, lacking)
    best: dict[int, float] = {FOREIGN: 0.0}
    back: list[_Came] = []
    for at, unit in enumerate(units):
        best, came = ways.step(unit, units[at - 1], at in before_header, best)
        back.append(came)
    ends = {column: ways.ended(column, score) for column, score in best.items()}
    column = max(ends, key=lambda each: ends[each])
    score = ends[column]
    found: list[tuple[int, bool]] = []
    for came in reversed(back):
        before, begins = came[column]
        found.append((column, begins))
        column = before
    return found[::-1], score
