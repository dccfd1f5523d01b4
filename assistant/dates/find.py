"""The dates in a text, and what a date cell of a plan says: when it is due or was completed, and what else is there."""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from assistant.dates import joined, parts, relative, written
from assistant.dates.days import DAY, FINANCIAL_MONTH
from assistant.dates.lexer import tokens
from assistant.dates.periods import DateSpan, Period, Precision
from assistant.dates.tokens import NUMERALS, Context, Token, reduce
from assistant.records import DuePrecision

_RULES = (
    *NUMERALS,
    *written.RULES,
    *relative.COUNTED,
    *parts.QUARTERS,
    *written.LATER_RULES,
    *parts.SELECTIONS,
    *relative.LEFT_OVER,
    *parts.WEEKS,
    *joined.WEEKDAYS,
    *parts.EDGES,
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
    sources do not agree whether the last one belongs to it; "July 13 to 15" is read."""
    if not worth_reading(text):
        return []
    found = read(text, Context(today, day_first))
    return [
        DateSpan(text[start:end], period.first, period.after, period.precision, start, period.assumed)
        for start, end, period in found
        if not period.unsettled
    ]


def no_date(text: str, today: date) -> str:
    """Why something in a text that looks like a date is none ("30 February"); empty where nothing does."""
    context = Context(today)
    if worth_reading(text):
        read(text, context)
    return " ".join(dict.fromkeys(context.problems))


def worth_reading(text: str) -> bool:
    """False where the text holds no word or figure of a date at all; quick."""
    return _WORTH_READING.search(text) is not None


def read(text: str, context: Context) -> list[tuple[int, int, Period]]:
    """The periods of a text with their places; what is wrong with others goes to `context.problems`."""
    found = tokens(text, context)
    spans: list[tuple[int, int, Period]] = []
    for island in _islands(found):
        reduced = reduce(island, _RULES_ALONE if context.alone else _RULES, context)
        spans += [
            (token.start, token.end, token.period)
            for token in joined.sharing_years(reduced)
            if token.period and token.period.start < token.period.end
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


_ANY_DAY = date(2025, 1, 1)
"""Decides nothing but the century of a two-digit year, when the caller has no day."""


@dataclass(frozen=True, slots=True)
class DueDate:
    """What a date cell says. `first` is the first day that it names, for a cell that holds a start.

    `milestones` are the last days of the dates of a list; `rest` the words that are neither date nor completion;
    `problem` says why something that looks like a date is none."""

    start: date | None = None
    due: date | None = None
    precision: DuePrecision = DuePrecision.NONE
    completed_on: date | None = None
    says_complete: bool = False
    milestones: tuple[date, ...] = ()
    rest: str = ""
    problem: str | None = None
    first: date | None = None


class _Role(Enum):
    """What a date of the cell is the date of."""

    DUE = auto()
    REVISED = auto()
    REVIEW = auto()
    SUPERSEDED = auto()
    STARTED = auto()
    COMPLETED = auto()


class _Written(NamedTuple):
    """A date of the cell, with its place and role."""

    start: int
    end: int
    period: Period
    role: _Role


_NEAR = 60
"""So many characters before a date can say what it is the date of."""
_SPACES = re.compile(r"\s+")
_DONE = re.compile(
    r"\b(?:complete|completed|done|closed|achieved|finished|implemented|delivered|actioned|signed[ -]off)\b",
    re.IGNORECASE,
)
_NOT_DONE_BEFORE = re.compile(
    r"(?:\b(?:not|never|be|being|part|partly|partially|nearly|almost|mostly|for|until|once|when|if|yet|un|in|and|or|will|is)|%|\bto)"
    r"[\s-]*(?:yet|fully|been)?[\s-]*$",
    re.IGNORECASE,
)
_NOT_DONE_AFTER = re.compile(r"\s*(?:by\b|before\b|\w*\s*by\b)", re.IGNORECASE)
_DONE_ENDS = re.compile(r"\s*(?:$|[\n.,;:()\[\]/✓*-–—]|-|on\b|in\b|date\b)", re.IGNORECASE)
_LINK = re.compile(r"[\s:;,.()\[\]*–—-]*(?:(?:date|on|in|as of|as at)\b[\s:–—-]*)*", re.IGNORECASE)
_WORDS_BETWEEN = (
    r"\b[\s:;,.()\[\]–—-]*"
    r"(?:(?:date|target|due|deadline|end|completion|timescale|to|until|on|in|as|the|is|of)\b[\s:–—-]*){0,3}$"
)
_REVISED = r"revised|now|extended|moved|slipped|rescheduled|new|amended|changed|deferred|postponed|delayed|updated"
_BEFORE_ROLE = tuple(
    (role, re.compile(rf"\b(?:{words}){_WORDS_BETWEEN}", re.IGNORECASE))
    for role, words in (
        (
            _Role.SUPERSEDED,
            rf"was|were|previously|original|originally|formerly|initially|initial|old|(?:{_REVISED}) from",
        ),
        (_Role.REVISED, _REVISED),
        (_Role.STARTED, r"starts?|started|starting|began|begins?|begun|commenc\w+|launch(?:ed)?"),
        (_Role.REVIEW, r"review(?:ed)?(?: date)?|next review|monitored"),
    )
)
_STRUCK_OUT = re.compile(r"~~.+?~~", re.DOTALL)
_AFTER_STARTED = re.compile(
    r"\s*(?:[-–—]|to\b|until\b)\s*(?:on-?going|continu(?:ing|ous|es)|tb[cda]|present)\b", re.IGNORECASE
)
_AFTER_REVISED = re.compile(r"[\s(\[–—-]*(?:revised|new date|new target|extended)\b", re.IGNORECASE)
_PRECISIONS = {
    Precision.DAY: DuePrecision.DAY,
    Precision.MONTH: DuePrecision.MONTH,
    Precision.SEASON: DuePrecision.SEASON,
}


def read_due(text: str, today: date | None = None, period: tuple[date, date] | None = None) -> DueDate:
    """Return what a plan's date cell says: a month is due on its last day, a range on its end, a season likewise.

    A date told from today ("next month") is none here: a cell does not say when it was written. A month without a year
    takes the first one of the plan's `period` (first and last day) and is none without it; where the period begins in
    April, so do its quarters."""
    if not text or not text.strip():
        return DueDate()
    context = Context(period[0] if period else today or _ANY_DAY)
    context.cell = True
    context.financial = bool(period and (period[0].month, period[0].day) == (FINANCIAL_MONTH, 1))
    if not worth_reading(text) and not _DONE.search(text):
        return DueDate(rest=_SPACES.sub(" ", text).strip())
    text = _STRUCK_OUT.sub(lambda match: " " * len(match[0]), text)
    done = _done(text)
    found = [
        _Written(start, end, held, _role(text, start, end, held, done))
        for start, end, held in read(text, context)
        if not held.relative and not (held.assumed and period is None)
    ]
    return _combined(text, found, done, "; ".join(context.problems) or None)


def _done(text: str) -> re.Match[str] | None:
    """The word that says that the action is complete, unless it says "complete by" or "not complete"."""
    for match in _DONE.finditer(text):
        before = text[max(0, match.start() - _NEAR) : match.start()]
        if _NOT_DONE_BEFORE.search(before) or _NOT_DONE_AFTER.match(text, match.end()):
            continue
        if _DONE_ENDS.match(text, match.end()) or read(text[match.end() :].lstrip()[:30], Context(_ANY_DAY)):
            return match
    return None


def _role(text: str, start: int, end: int, held: Period, done: re.Match[str] | None) -> _Role:
    if done and done.end() <= start and _LINK.fullmatch(text, done.end(), start):
        return _Role.COMPLETED
    since = text[start:end].lower().startswith("from") and not held.after
    before = text[max(0, start - _NEAR) : start] + ("from" if since else "")
    for role, pattern in _BEFORE_ROLE:
        if pattern.search(before):
            return role
    if _AFTER_STARTED.match(text, end):
        return _Role.STARTED
    return _Role.REVISED if _AFTER_REVISED.match(text, end) else _Role.DUE


def _combined(text: str, found: list[_Written], done: re.Match[str] | None, problem: str | None) -> DueDate:
    held = {role: [one.period for one in found if one.role is role] for role in _Role}
    # the last revised date; without one, all dates that are due; reviews only where there is nothing else
    current = held[_Role.REVISED][-1:] or held[_Role.DUE] or held[_Role.REVIEW]
    told = [one for one in current if _last(one)]
    ends = [last for one in told if (last := _last(one))]
    begins = [one.start for one in held[_Role.STARTED] if one.first]
    begins = begins or [one.start for one in current if one.first and one.precision in _RANGES and one.base is None]
    completed = [day for one in held[_Role.COMPLETED] if (day := _last(one))]
    firsts = [one.period.start for one in found if one.role is not _Role.SUPERSEDED and one.period.first]
    precision = DuePrecision.RANGE if told else DuePrecision.NONE
    if len(told) == 1:
        precision = _PRECISIONS.get(told[0].base_precision or told[0].precision, precision)
    return DueDate(
        start=begins[0] if begins and len(ends) < 2 else None,
        due=max(ends, default=None),
        precision=precision,
        completed_on=completed[0] if completed else None,
        says_complete=done is not None,
        milestones=tuple(sorted(ends)) if len(ends) > 1 else (),
        rest=_rest(text, found, done),
        problem=problem,
        first=firsts[0] if firsts else None,
    )


_RANGES = (Precision.RANGE, Precision.OPEN, Precision.WEEK)
"""From a first date to a last, or from a date on; not a quarter or the end of a month."""


def _last(held: Period) -> date | None:
    """The day on which something dated so is due: the last, also of what a loose date ("mid-June") is part of."""
    loose = held.base if held.after and held.base_precision in _PRECISIONS else None
    end = loose[1] if loose else held.after
    return end - DAY if end else None


def _rest(text: str, found: list[_Written], done: re.Match[str] | None) -> str:
    """The words of the cell without its dates and its word of completion; "complete by" keeps its "by"."""
    rest = text
    cuts = sorted([(written.start, written.end) for written in found] + ([done.span()] if done else []), reverse=True)
    for start, end in cuts:
        rest = rest[:start] + " " + rest[end:]
    rest = _LOOSE_ENDS.sub("", _SPACES.sub(" ", rest))
    return _SPACES.sub(" ", text).strip() if not done and _DONE.search(rest) else rest


_LOOSE = r"(?:[\s,;:.()\[\]/–—&-]|\b(?:in|on|by|date|dated|and)\b)+"
_LOOSE_ENDS = re.compile(rf"^{_LOOSE}|{_LOOSE}$", re.IGNORECASE)
