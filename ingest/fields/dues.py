"""Start, due and completion of an action, read literally, with the words as written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.dates import DueDate, read_due
from assistant.flags import FlagCode
from assistant.records import DuePrecision, Flag
from ingest.layout.drafts import Draft, Piece, Role

Period = tuple[date, date]
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_UNIT = r"(?:working |calendar |school |clear )?(?:days?|weeks?|fortnights?|months?|terms?|quarters?|years?)"
_TIED = re.compile(
    rf"\b{_COUNT} {_UNIT}(?: (?:or (?:less|sooner)|at most))? (?:of|from|after|before|following|prior to|post|once)\b|"
    r"\b(?:on|upon|following|after|pending|subject to) (?:the )?(?:completion|approval|receipt|publication|appointment|"
    r"agreement|launch|confirmation|sign[- ]off|outcome)\b(?! (?:by|in|on) )",
    re.IGNORECASE,
)
"""So long before or after an event: the date of the event is not the date that it is due."""
_WAITS = re.compile(
    r"\W*(?:as soon as|once|when|whenever|upon|subject to|dependent (?:up)?on|pending)\b", re.IGNORECASE
)
_LASTS = re.compile(rf"\bfor (?:a |the |up to )*{_COUNT}?\s*{_UNIT}\b", re.IGNORECASE)
_AGAIN = re.compile(
    r"\b(?:annual(?:ly)?|yearly|every|each|monthly|quarterly|weekly|termly|fortnightly|six[- ]monthly|biannual(?:ly)?|"
    r"twice a year|recurring|per (?:month|term|quarter|year|annum))\b",
    re.IGNORECASE,
)
_ENDLESS = re.compile(r"\W*(?:on-?going|continuous(?:ly)?|continuing|rolling)\b", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:until|till|to|by|through|ends?|ending|complet\w+|finish\w*|deadline|due)\b", re.IGNORECASE)
_NAMED_DATE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?[ /.-])?(?:[a-z]{3,9}|\d{1,2})[ /.,-]+(?:20)?\d{2}\b", re.IGNORECASE
)
_TIME_OF_DAY = re.compile(r"(?<=\d)T\d{2}:\d{2}\S*|(?<=\d) \d{2}:\d{2}(?::\d{2})?\b")
_SHORT_YEARS = re.compile(r"(?<=[ ,])(?P<first>2\d)-(?P<second>[23]\d)\b")
_COMPLETION = re.compile(
    r"\W*(?:action\s+)?(?:fully\s+)?(?:completed?|closed|done|finished|achieved|delivered|signed off|"
    r"implemented)\b[\s:,–—-]*(?:on|in|by)?\s*",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\b(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})\b")


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
    flags = _figures(draft)
    completed = read.completed_on
    revised = draft.pieces(Role.REVISED)
    if revised and (later := _due(revised, period))[0]:
        words = f'Originally "{due_text}", revised to "{_text(revised)}"; the revised date is used.'
        flags += (FlagCode.DUE_REVISED.flag(words, revised[0].locator),) if due_text else ()
        due, precision, due_text = *later[:2], _text(revised)
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


def _readable(pieces: Sequence[Piece]) -> str:
    """The words of date cells as they are read: by the order of their column, without the time of day."""
    words = " ".join(piece.line if piece.reads_as is None else piece.reads_as for piece in pieces if piece.line)
    return _SHORT_YEARS.sub(r"\g<first>/\g<second>", _TIME_OF_DAY.sub("", words))


def _due(pieces: Sequence[Piece], period: Period | None) -> tuple[date | None, DuePrecision, DueDate]:
    """When it is due, how exactly, and all that the cell says; its typed date serves where its words do not."""
    text = _readable(pieces)
    read = read_due(text, period=period)
    # true where a date among the words is not when it is due: tied to an event, again and again, or a beginning
    named = _NAMED_DATE.search(text)
    before = text[: named.start()] if named else text
    again = _AGAIN.search(before) is not None and len(read.milestones) < 2
    endless = bool(_ENDLESS.match(text)) and not _ENDS.search(text)
    if bool(_TIED.search(text) or _WAITS.match(text) or _LASTS.search(read.rest)) or again or endless:
        read = replace(read, due=None, precision=DuePrecision.NONE, completed_on=None)
    value = next((piece.value for piece in pieces if piece.value), None)
    open_words = (read.due is None or read.precision is DuePrecision.NONE) and read.completed_on is None
    if value is not None and (open_words or read.precision is DuePrecision.DAY):
        return value, DuePrecision.DAY, read
    return read.due, DuePrecision(read.precision), read


def _begin(pieces: Sequence[Piece], period: Period | None) -> date | None:
    """The first day of what a start cell says: a month, a quarter or a season begins on its first day."""
    value = next((piece.value for piece in pieces if piece.value), None)
    read = read_due(_readable(pieces), period=period)
    exact = value or read.due if read.precision is DuePrecision.DAY else None
    month = read.due.replace(day=1) if read.due else None  # "by May"
    return read.start or exact or read.first or value or month


def _completed_in_words(draft: Draft, period: Period | None) -> date | None:
    """The date that follows a word of completion at the beginning of the status or progress text, or right after."""
    pieces = (*draft.pieces(Role.STATUS), *draft.pieces(Role.PROGRESS))
    for sentence in (each for piece in pieces for each in re.split(r"(?<=[.;])\s+", piece.line)[:2]):
        match = _COMPLETION.match(sentence)
        after = re.split(r"[.;](?!\d)|\s[-–—]\s", sentence[match.end() :])[0] if match else ""
        if any(map(str.isdigit, after)) and len(after.split()) <= 5:
            read = read_due(after, period=period)
            if (read.due or read.completed_on) and len(read.rest.split()) <= 1:
                return read.completed_on or read.due
    return None


def _figures(draft: Draft) -> tuple[Flag, ...]:
    """What is said of figures that are no date, or are not day first."""
    flags: list[Flag] = []
    for piece in (
        piece for role in (Role.DUE, Role.START, Role.COMPLETED, Role.REVISED) for piece in draft.pieces(role)
    ):
        said = piece.reads_as
        if said == "":
            words = f'"{piece.line}": the column does not tell which is the month.'
            flags.append(FlagCode.DATE_ORDER.flag(words, piece.locator))
        elif said is not None and piece.line.isdigit():
            flags.append(FlagCode.DATE_ORDER.flag(f'"{piece.line}" is the number of a day: {said}.', piece.locator))
        elif said is not None and _FIGURES.fullmatch(piece.line):
            words = f'"{piece.line}" is read month first, as {said}: other dates of its column prove it.'
            flags.append(FlagCode.DATE_ORDER.flag(words, piece.locator))
        for match in _FIGURES.finditer(piece.line) if said is None else ():
            year = int(match["year"])
            try:
                date(year + 2000 if year < 100 else year, int(match["month"]), int(match["day"]))
            except ValueError:
                words = f'"{match[0]}" is not a date that exists.'
                flags.append(FlagCode.DATE_IMPOSSIBLE.flag(words, piece.locator))
    return tuple(flags)
