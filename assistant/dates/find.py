"""The dates in a text."""

from __future__ import annotations

import re
from datetime import date

from assistant.dates import edges, joined, parts, relative, weekdays, written
from assistant.dates.lexer import tokens
from assistant.dates.periods import DateSpan, Period
from assistant.dates.tokens import Context, Token, numerals, reduce

_RULES = (
    *written.RULES,
    *relative.COUNTED,
    *parts.QUARTERS,
    *written.LATER_RULES,
    *parts.SELECTIONS,
    *relative.LEFT_OVER,
    *parts.WEEKS,
    *weekdays.RULES,
    *edges.EDGES,
    *parts.DAYS_OF_MONTH,
    *joined.YEARS,
    *relative.SHIFTS,
    *joined.RANGES,
    *joined.SIDES,
)
_RULES_ALONE = (*_RULES, *parts.ALONE)
_WORTH_READING = re.compile(
    r"\d|\b(?:jan|feb|mar|apr|may|june?|jul|aug|sept?|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|spring|summer|autumn|winter|fall"
    r"|today|tom|tmrw|yesterday|now|eo[my]|christmas|xmas|easter|hallow|whit|pente|thanks|good friday)"
    r"|(?:day|week|wk|month|mth|quarter|qtr|year|yr|fortnight|decade|term|thousand|hundred|nineteen|twent|teen|holiday|date|patrick|first|second|third|th\b)",
    re.IGNORECASE,
)


def _names_days(period: Period) -> bool:
    if period.start is None or period.end is None:
        return period.start is not period.end
    return period.start < period.end


_LINKS = re.compile(
    r"(?:[\s().]|t?\d\d?:\d\d(?::\d\d)?"
    r"|\b(?:in|on|at|around|about|during|over|within|the|for|as at|as of|approx|circa)\b)*",
    re.IGNORECASE,
)
"""What may stand around the one date of a text and still belong to it: a preposition, the time of a day."""


def find_dates(text: str, today: date, day_first: bool = True) -> list[DateSpan]:
    """Return the dates, periods and ranges that the words name, in order; relative ones are counted from `today`.

    Weeks begin on Monday, quarters without words about the financial year are the calendar's, seasons are whole months
    (autumn is September to November), and the last date of a range belongs to it. A date without a year is the one
    that holds today or comes next; after "since", the last one. An impossible date is left out.

    Args: day_first, False reads 03/04/2025 as 4 March, and leaves out a range of two whole dates, of which American
    sources do not agree whether the last one belongs to it; "July 13 to 15" is read.
    """
    if not worth_reading(text):
        return []
    found = read(text, Context(today, day_first))
    return [
        DateSpan(text[start:end], period.start, period.end, period.precision, start, period.assumed)
        for start, end, period in found
        if not period.unsettled
    ]


def worth_reading(text: str) -> bool:
    """False where the text holds no word or figure of a date at all; quick."""
    return _WORTH_READING.search(text) is not None


def read(text: str, context: Context) -> list[tuple[int, int, Period]]:
    """The periods of a text with their places; what is wrong with others goes to `context.problems`."""
    found = tokens(text, context)
    spans: list[tuple[int, int, Period]] = []
    for island in _islands(found):
        reduced = reduce(numerals(island), _RULES_ALONE if context.alone else _RULES, context)
        spans += [
            (token.start, token.end, token.period)
            for token in joined.sharing_years(reduced)
            if token.period and _names_days(token.period)
        ]
    if not context.alone:
        return [span for span in spans if not (span[2].with_now and not text[span[0] :].lower().startswith("today"))]
    if len(spans) == 1:
        first, last = found[0].start, found[-1].end
        around = text[first : spans[0][0]], text[spans[0][1] : last]
        return [(first, last, spans[0][2])] if all(map(_LINKS.fullmatch, around)) else spans
    return spans


def _islands(found: list[Token]) -> list[list[Token]]:
    """Runs of words that can belong to a date, parted by all others."""
    islands: list[list[Token]] = []
    run: list[Token] = []
    for token in [*found, Token("x")]:
        if token.kind != "x":
            run.append(token)
        elif run:
            if any(part.kind in _READABLE for part in run):
                islands.append(run)
            run = []
    return islands


_READABLE = frozenset("nowYMWusHQDRXEZ")
