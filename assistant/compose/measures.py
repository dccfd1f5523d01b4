"""What is told of a number of rows: how many, how many of them complete or late, when the first is due."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from assistant.compose.wording import count, due_of, share
from assistant.query_plan import Measure
from assistant.records import Action, Status


class Told(NamedTuple):
    """A measure's column, its value for rows, and the words that the value goes with in a sentence."""

    column: str
    value: Callable[[Sequence[Action], date], str]
    words: str


def _number(test: Callable[[Action, date], bool]) -> Callable[[Sequence[Action], date], str]:
    return lambda rows, day: str(sum(test(row, day) for row in rows))


def _complete(row: Action, _: date) -> bool:
    return row.status is Status.COMPLETE


def _due(last: bool) -> Callable[[Sequence[Action], date], str]:
    def value(rows: Sequence[Action], _: date) -> str:
        dated = sorted((row for row in rows if row.due), key=lambda row: str(row.due))
        return due_of(dated[-1 if last else 0]) if dated else "none"

    return value


MEASURES: Mapping[Measure, Told] = {
    Measure.TOTAL: Told("Actions", lambda rows, _: str(len(rows)), "{} in all"),
    Measure.COMPLETE: Told("Complete", _number(_complete), "{} complete"),
    Measure.NOT_COMPLETE: Told("Not complete", _number(lambda row, _: row.open), "{} not complete"),
    Measure.OVERDUE: Told("Overdue", _number(lambda row, day: row.days_late(day) > 0), "{} overdue"),
    Measure.UNDATED: Told("No due date", _number(lambda row, _: row.due is None and row.open), "{} with no due date"),
    Measure.UNOWNED: Told("No owner", _number(lambda row, _: not row.owner), "{} with no owner"),
    Measure.SHARE_COMPLETE: Told(
        "Share complete", lambda rows, day: share(sum(_complete(row, day) for row in rows), len(rows)), "{} complete"
    ),
    Measure.EARLIEST_DUE: Told("First due", _due(last=False), "first due: {}"),
    Measure.LATEST_DUE: Told("Last due", _due(last=True), "last due: {}"),
}


def measured(rows: Sequence[Action], measures: Sequence[Measure], day: date) -> str:
    """ "7 actions: 4 complete, 2 overdue": the measures of rows in their order, the number of rows first."""
    told = [MEASURES[one].words.format(MEASURES[one].value(rows, day)) for one in measures if one is not Measure.TOTAL]
    return f"{count(len(rows), 'action')}{': ' if told else ''}{', '.join(told)}"
