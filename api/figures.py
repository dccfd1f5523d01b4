"""The figures of one plan at a date, counted by the very filters that their links open; and what to check in it."""

import calendar
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from api.filters import RowFilters, address_of, meaning_of
from api.words import NOT_DEFINED, day_words, state_words
from assistant.flags import FlagCode
from assistant.records import Action, Flag, Rag, Status
from assistant.register import Held

Count = Callable[[RowFilters], int]
_MONTHS, _OWNERS = 6, 15


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and the page of the register with these rows."""

    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a chart: its words, its number, further numbers of the same rows, and its colour in the plan."""

    words: str
    figure: Figure
    beside: tuple[Figure, ...] = ()
    colour: Rag | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its table. `beside` names the columns of the further numbers."""

    name: str
    caption: str
    bars: tuple[Bar, ...]
    beside: tuple[str, ...] = ()
    note: str = ""

    @property
    def most(self) -> int:
        return max((bar.figure.count for bar in self.bars), default=0) or 1


class Figures:
    """The charts of a plan whose rows are given, at a date."""

    def __init__(self, rows: Sequence[Action], base: RowFilters, day: date, count: Count) -> None:
        self.rows, self.base, self.day, self._count = rows, base, day, count

    def charts(self) -> list[Chart]:
        """All charts in the order of the page; one that would be empty is left out."""
        states = (self._bar(state_words(status), status=status) for status in Status)
        late = (
            self._bar("Complete", open=False),
            self._bar("Overdue", overdue=True),
            self._bar("Not complete, due that day or later", open=True, due_from=self.day),
            self._bar("Not complete, no due date", open=True, missing="due"),
        )
        rule = "Overdue: due before that day and not marked complete. Due that day is not overdue."
        made = [
            Chart("state", "Actions by state, as the plan gives it", tuple(bar for bar in states if bar.figure.count)),
            Chart("lateness", f"Actions by lateness at {day_words(self.day)}", late, note=rule),
            Chart("months", "Not complete, by the month they fall due in", tuple(self._months())),
        ]
        return [chart for chart in (*made, self._colours(), self._sections(), self._owners()) if chart is not None]

    def summary(self) -> tuple[Figure, ...]:
        """How many actions there are, are complete, are overdue, and are open without a due date."""
        return self.figure(), self.figure(open=False), self.figure(overdue=True), self.figure(open=True, missing="due")

    def figure(self, **narrowed: Any) -> Figure:
        """The number of rows of the plan that further filters leave, with their address."""
        filters = replace(self.base, **narrowed)
        return Figure(self._count(filters), address_of(filters))

    def _bar(self, words: str, colour: Rag | None = None, **narrowed: Any) -> Bar:
        return Bar(words, self.figure(**narrowed), colour=colour)

    def _split(self, words: str, **narrowed: Any) -> Bar:
        """A bar with how many of its rows are complete and how many are overdue."""
        beside = (self.figure(**narrowed, open=False), self.figure(**narrowed, overdue=True))
        return Bar(words, self.figure(**narrowed), beside)

    def _months(self) -> Iterator[Bar]:
        """The rest of the month of the day, the months after it, and what is later."""
        first = self.day
        for _ in range(_MONTHS):
            last = date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
            words = f"{last:%B %Y}" + (f", from {first.day} {first:%B}" if first.day > 1 else "")
            yield self._bar(words, open=True, due_from=first, due_to=last)
            first = last + timedelta(days=1)
        yield self._bar("Later", open=True, due_from=first)

    def _colours(self) -> Chart | None:
        used = [colour for colour in Rag if any(row.rag is colour for row in self.rows)]
        if not used:
            return None
        meanings = {
            colour: dict.fromkeys(row.rag_meaning or "" for row in self.rows if row.rag is colour) for colour in used
        }
        told = {colour: "; ".join(filter(None, some)) or NOT_DEFINED for colour, some in meanings.items()}
        bars = [self._bar(f"{colour.value.capitalize()}: {told[colour]}", colour, rag=colour) for colour in used]
        bars.append(self._bar("No colour", missing="rag"))
        note = "These are this plan’s own colours. They are not to be compared with those of another plan."
        return Chart("colour", "Actions by colour, as the plan gives it", tuple(bars), note=note)

    def _sections(self) -> Chart | None:
        sections = dict.fromkeys(row.section for row in self.rows if row.section)
        bars = [self._split(section, section=section) for section in sections]
        none = [self._split("No section", missing="section")] if not all(row.section for row in self.rows) else []
        return Chart("section", "Actions by section", (*bars, *none), ("Complete", "Overdue")) if bars else None

    def _owners(self) -> Chart:
        owners = Counter(owner for row in self.rows for owner in row.owners)
        bars = [self._split(owner, owner=owner) for owner, _ in owners.most_common(_OWNERS)]
        bars.append(self._split("No owner recorded", missing="owner"))
        left = len(owners) - _OWNERS
        note = "An action with two owners stands at both, and one whose owner’s words hold another’s counts there too."
        note += f" The {_OWNERS} with most actions are shown; {left} more are in the register." if left > 0 else ""
        return Chart("owner", "Actions by owner", tuple(bars), ("Complete", "Overdue"), note)


_ONLY_MISSING = frozenset({FlagCode.NO_OWNER, FlagCode.NO_DUE, FlagCode.NO_STATUS, FlagCode.COLOUR_NOT_DEFINED})
"""What is not there, and no sign of a mistake."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing to check in a plan: what it means, the rows it stands at, and their page of the register."""

    code: str
    meaning: str
    rows: tuple[tuple[Action, Flag], ...]
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class PlanQuality:
    """What to check in one plan. `odd` are rows by kind of what looks wrong, the rarest first; `missing` those of what
    is only not there; `never` says what every row of the plan has, once for the whole plan."""

    held: Held
    odd: tuple[Kind, ...]
    missing: tuple[Kind, ...]
    never: tuple[Kind, ...]


def quality_of(held: Sequence[Held], rows: Sequence[Action]) -> list[PlanQuality]:
    """Every document held, in order, with what to check in it."""
    return [_of_plan(one, [row for row in rows if row.document == one.source.document]) for one in held]


def _of_plan(held: Held, rows: Sequence[Action]) -> PlanQuality:
    plan = RowFilters(plan=held.source.document)
    codes = dict.fromkeys(flag.code for row in rows for flag in row.flags)
    kinds = []
    for code in codes:
        found = tuple((row, flag) for row in rows for flag in row.flags if flag.code == code)
        count = len({row.id for row, _ in found})
        kinds.append(Kind(code, meaning_of(code), found, count, address_of(plan, flag=code)))
    kinds.sort(key=lambda kind: kind.count)
    everywhere = tuple(kind for kind in kinds if kind.count == len(rows) > 1)
    some = [kind for kind in kinds if kind not in everywhere]
    odd = tuple(kind for kind in some if kind.code not in _ONLY_MISSING)
    return PlanQuality(held, odd, tuple(kind for kind in some if kind not in odd), everywhere)
