"""Start, due and completion of an action, read literally, with the words as written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.dates import DueDate, read_due
from assistant.flags import FlagCode
from assistant.records import DuePrecision, Flag
from ingest.layout.drafts import Draft, Piece, Role

Period = tuple[date, date]
_COMPLETION = re.compile(
    r"\W*(?:action\s+)?(?:fully\s+)?(?:completed?|closed|done|finished|achieved|delivered|signed off|"
    r"implemented)\b[\s:,–—-]*(?:on|in|by)?\s*",
    re.IGNORECASE,
)
_SIGN_OF_DATE = re.compile(r"\d")
_IMPOSSIBLE = re.compile(r"\b(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})\b")


@dataclass(frozen=True, slots=True)
class Dates:
    """What an action says of time. `says_complete` where the date cell itself says that it is done."""

    start: date | None = None
    start_text: str | None = None
    due: date | None = None
    due_text: str | None = None
    precision: DuePrecision = DuePrecision.NONE
    completed_on: date | None = None
    says_complete: bool = False
    milestones: tuple[date, ...] = ()
    rest: str = ""
    flags: tuple[Flag, ...] = ()


def dates_of(draft: Draft, period: Period | None) -> Dates:
    """The dates of a draft. A month is due on its last day, a range on its end; open words give no due date."""
    due_text = _text(draft.pieces(Role.DUE))
    due, precision, read = _due(draft.pieces(Role.DUE), period)
    start_text = _text(draft.pieces(Role.START))
    start = _begin(draft.pieces(Role.START), period)
    flags = _impossible(draft)
    completed = read.completed_on
    if draft.pieces(Role.REVISED):
        revised, revised_precision, _ = _due(draft.pieces(Role.REVISED), period)
        if revised:
            words = (
                f'Originally "{due_text}", revised to "{_text(draft.pieces(Role.REVISED))}"; the revised date is used.'
            )
            flags = (
                (*flags, FlagCode.DUE_REVISED.flag(words, draft.pieces(Role.REVISED)[0].locator)) if due_text else flags
            )
            due, precision, due_text = revised, revised_precision, _text(draft.pieces(Role.REVISED))
    if draft.pieces(Role.COMPLETED):
        done, _, done_read = _due(draft.pieces(Role.COMPLETED), period)
        completed = completed or done_read.completed_on or done
    completed = completed or _completed_in_words(draft, period)
    return Dates(
        start=start or read.start,
        start_text=start_text,
        due=due,
        due_text=due_text,
        precision=precision,
        completed_on=completed,
        says_complete=read.says_complete or bool(draft.pieces(Role.COMPLETED) and completed),
        milestones=tuple(read.milestones),
        rest=read.rest,
        flags=flags,
    )


def _text(pieces: Sequence[Piece]) -> str | None:
    return " ".join(piece.line for piece in pieces if piece.line) or None


def _due(pieces: Sequence[Piece], period: Period | None) -> tuple[date | None, DuePrecision, DueDate]:
    """When it is due, how exactly, and all that the cell says; its typed date serves where its words do not."""
    text = _text(pieces) or ""
    read = read_due(text, period=period)
    value = next((piece.value for piece in pieces if piece.value), None)
    if value is not None and (read.due is None or read.precision is DuePrecision.NONE) and read.completed_on is None:
        return value, DuePrecision.DAY, read
    if value is not None and read.precision is DuePrecision.DAY:
        return value, DuePrecision.DAY, read
    return read.due, DuePrecision(read.precision), read


def _begin(pieces: Sequence[Piece], period: Period | None) -> date | None:
    """The first day of what a start cell says: a month begins on its first day."""
    text = _text(pieces)
    value = next((piece.value for piece in pieces if piece.value), None)
    if text is None:
        return value
    read = read_due(text, period=period)
    if read.start:
        return read.start
    if read.due is None:
        return value
    if read.precision is DuePrecision.DAY:
        return value or read.due
    return _first_day(read.due, DuePrecision(read.precision))


def _first_day(last: date, precision: DuePrecision) -> date:
    if precision is DuePrecision.SEASON:
        month = last.month - 2
        return date(last.year if month > 0 else last.year - 1, month if month > 0 else month + 12, 1)
    return last.replace(day=1)


def _completed_in_words(draft: Draft, period: Period | None) -> date | None:
    """The date that follows a word of completion at the beginning of the status or progress text, or right after."""
    for role in (Role.STATUS, Role.PROGRESS):
        for piece in draft.pieces(role):
            for sentence in re.split(r"(?<=[.;])\s+", piece.line)[:2]:
                match = _COMPLETION.match(sentence)
                after = re.split(r"[.;](?!\d)|\s[-–—]\s", sentence[match.end() :])[0] if match else ""
                if match is None or not _SIGN_OF_DATE.search(after) or len(after.split()) > 5:
                    continue
                read = read_due(after, period=period)
                if (read.due or read.completed_on) and len(read.rest.split()) <= 1:
                    return read.completed_on or read.due
    return None


def _impossible(draft: Draft) -> tuple[Flag, ...]:
    flags = []
    for role in (Role.DUE, Role.START, Role.COMPLETED, Role.REVISED):
        for piece in draft.pieces(role):
            for match in _IMPOSSIBLE.finditer(piece.line):
                day, month = int(match["day"]), int(match["month"])
                if not _exists(day, month, int(match["year"])):
                    words = f'"{match[0]}" is not a date that exists.'
                    flags.append(FlagCode.DATE_IMPOSSIBLE.flag(words, piece.locator))
    return tuple(flags)


def _exists(day: int, month: int, year: int) -> bool:
    try:
        date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return False
    return True
