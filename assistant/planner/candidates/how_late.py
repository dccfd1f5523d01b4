"""How late rows are to be: "more than three months overdue", "late by at least 30 days"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from assistant.conditions import FIRST_DAY, LAST_DAY, Condition, Field, Operator
from assistant.dates import add_months
from assistant.planner.spots import Kind, Spot
from assistant.planner.wording import NUMBERS

_DAY = timedelta(days=1)
_MORE = r"more\s+than|over|longer\s+than|in\s+excess\s+of|upwards\s+of"
_LEAST = r"at\s+least|no\s+less\s+than|not\s+less\s+than|no\s+fewer\s+than|a\s+minimum\s+of"
_LESS = r"less\s+than|fewer\s+than|under|shorter\s+than"
_MOST = r"at\s+most|no\s+more\s+than|not\s+more\s+than|up\s+to|a\s+maximum\s+of"
_AMOUNT = (
    rf"(?:(?:(?P<more>{_MORE})|(?P<least>{_LEAST})|(?P<less>{_LESS})|(?P<most>{_MOST})|(?P<same>exactly|just))\s+)?"
    rf"(?P<n>\d{{1,4}}|an?|{'|'.join(NUMBERS)})(?:\s+or\s+more|\+|(?P<few>\s+or\s+(?:less|fewer)))?\s+(?P<unit>day|week|fortnight|month|year)s?"
    r"(?P<up>\s+(?:or|and)\s+(?:more|longer|over)|\s+plus|\+)?(?P<down>\s+or\s+(?:less|fewer|under))?"
)
_LATE = (
    r"(?:late|overdue|over\s+due|past\s+due|behind|past\s+(?:their|its|the)\s+(?:due\s+date|deadline|date|target))\b"
)
_BOUND = re.compile(
    rf"\b{_AMOUNT}(?=\s+{_LATE}(?P<then>\s+or\s+(?:more|longer))?(?P<fewer>\s+or\s+(?:less|fewer))?)"
    rf"|(?<=\b){_LATE}(?:\s+by|\s+for)\s+{_AMOUNT.replace('(?P<', '(?P<by_')}"
)


_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_BY = re.compile(r"(?:by|for)\s")


class HowLate(NamedTuple):
    """How late: `said`, the characters that say it, and what the due date must be for it."""

    start: int
    end: int
    tail: tuple[int, int]
    """The characters of "or more" after the word for late; empty where there are none."""
    how: str
    number: int
    unit: str

    def spot(self, as_of: date) -> Spot:
        """The due dates of rows that are so late on a day."""
        if self.unit in _DAYS:
            day = as_of - timedelta(days=_DAYS[self.unit] * self.number)
        else:
            day = add_months(as_of, -self.number * (12 if self.unit == "year" else 1))
        first, last = {
            "more": (FIRST_DAY, day - _DAY),
            "least": (FIRST_DAY, day),
            "less": (day + _DAY, LAST_DAY),
            "most": (day, LAST_DAY),
            "same": (day, day),
        }[self.how]
        before = Condition(Field.DUE, Operator.BEFORE, (last + _DAY,))
        between = Condition(Field.DUE, Operator.BETWEEN, (first, last))
        return Spot(self.start, self.end, Kind.DUE, before if first == FIRST_DAY else between)


def bounds_of_lateness(low: str) -> Iterator[HowLate]:
    """What the question says of how late rows are; a bare "30 days late" is so late or more."""
    for match in _BOUND.finditer(low):
        said = {name.removeprefix("by_") for name, value in match.groupdict().items() if value}
        by = "by_" if match["by_n"] else ""
        how = next((one for one in ("more", "less", "most", "same") if one in said), "least")
        how = "most" if said & {"down", "few", "fewer"} else how
        word = match[f"{by}n"]
        number = int(word) if word.isdigit() else NUMBERS.get(word, 1)
        said_by = _BY.search(low, match.start()) if by else None
        start = said_by.start() if said_by else match.start()
        tail = match.span("then") if match["then"] else match.span("fewer") if match["fewer"] else (0, 0)
        yield HowLate(start, match.end(), tail, how, number, match[f"{by}unit"])
