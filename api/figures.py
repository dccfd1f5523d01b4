"""The figures of one plan at a date. Each is counted by the very filter that its link opens, so they cannot differ."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from api.filter_words import day_words
from api.filters import RowFilters, address_of
from api.row_view import state_words
from assistant.records import Action, Rag, Status

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
        made = [self._states(), self._late(), self._months(), self._colours(), self._sections(), self._owners()]
        return [chart for chart in made if chart is not None]

    def summary(self) -> tuple[Figure, ...]:
        """How many actions there are, are complete, are overdue, and are open without a due date."""
        return tuple(
            self.figure(filters)
            for filters in (
                self.base,
                replace(self.base, open=False),
                replace(self.base, overdue=True),
                replace(self.base, open=True, missing="due"),
            )
        )

    def late(self) -> Figure:
        """How many actions are overdue."""
        return self.figure(replace(self.base, overdue=True))

    def figure(self, filters: RowFilters) -> Figure:
        """The number of rows that the filters name, with their address."""
        return Figure(self._count(filters), address_of(filters))

    def _bar(self, words: str, filters: RowFilters, colour: Rag | None = None) -> Bar:
        return Bar(words, self.figure(filters), colour=colour)

    def _split(self, words: str, filters: RowFilters) -> Bar:
        beside = (self.figure(replace(filters, open=False)), self.figure(replace(filters, overdue=True)))
        return Bar(words, self.figure(filters), beside)

    def _states(self) -> Chart:
        bars = [self._bar(state_words(status), replace(self.base, status=status)) for status in Status]
        shown = tuple(bar for bar in bars if bar.figure.count)
        return Chart("state", "Actions by state, as the plan gives it", shown)

    def _late(self) -> Chart:
        base = self.base
        bars = (
            self._bar("Complete", replace(base, open=False)),
            self._bar("Overdue", replace(base, overdue=True)),
            self._bar("Not complete, due that day or later", replace(base, open=True, due_from=self.day)),
            self._bar("Not complete, no due date", replace(base, open=True, missing="due")),
        )
        note = "Overdue: due before that day and not marked complete. Due that day is not overdue."
        return Chart("lateness", f"Actions by lateness at {day_words(self.day)}", bars, note=note)

    def _months(self) -> Chart:
        periods = list(_periods(self.day))
        bars = [
            self._bar(words, replace(self.base, open=True, due_from=first, due_to=last))
            for words, first, last in periods
        ]
        later = replace(self.base, open=True, due_from=periods[-1][2] + timedelta(days=1))
        return Chart("months", "Not complete, by the month they fall due in", (*bars, self._bar("Later", later)))

    def _colours(self) -> Chart | None:
        used = [colour for colour in Rag if any(row.rag is colour for row in self.rows)]
        if not used:
            return None
        bars = [self._bar(self._meaning(colour), replace(self.base, rag=colour), colour) for colour in used]
        bars.append(self._bar("No colour", replace(self.base, missing="rag")))
        note = "These are this plan’s own colours. They are not to be compared with those of another plan."
        return Chart("colour", "Actions by colour, as the plan gives it", tuple(bars), note=note)

    def _meaning(self, colour: Rag) -> str:
        meanings = dict.fromkeys(row.rag_meaning for row in self.rows if row.rag is colour and row.rag_meaning)
        return f"{colour.value.capitalize()}: {'; '.join(meanings) or 'this plan does not define it'}"

    def _sections(self) -> Chart | None:
        sections = dict.fromkeys(row.section for row in self.rows if row.section)
        if not sections:
            return None
        bars = [self._split(section, replace(self.base, section=section)) for section in sections]
        if any(not row.section for row in self.rows):
            bars.append(self._split("No section", replace(self.base, missing="section")))
        return Chart("section", "Actions by section", tuple(bars), ("Complete", "Overdue"))

    def _owners(self) -> Chart:
        owners = Counter(owner for row in self.rows for owner in row.owners)
        bars = [self._split(owner, replace(self.base, owner=owner)) for owner, _ in owners.most_common(_OWNERS)]
        bars.append(self._split("No owner recorded", replace(self.base, missing="owner")))
        left = len(owners) - _OWNERS
        note = "An action with two owners stands at both, and one whose owner’s words hold another’s counts there too."
        note += f" The {_OWNERS} with most actions are shown; {left} more are in the register." if left > 0 else ""
        return Chart("owner", "Actions by owner", tuple(bars), ("Complete", "Overdue"), note)


def _periods(day: date) -> Iterator[tuple[str, date, date]]:
    """The rest of the month of the day and the months after it: name, first and last day."""
    first = day
    for _ in range(_MONTHS):
        last = date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
        yield f"{last:%B %Y}" + (f", from {first.day} {first:%B}" if first.day > 1 else ""), first, last
        first = last + timedelta(days=1)
