"""Pieces of rows as a reader is told them: reference, words, dates, owner, state, and measures of several rows."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from assistant.compose.numbers import count, share
from assistant.compose.wording import capital, month, safe, short, whole_month, without_bullet, without_bullets
from assistant.query_plan import Measure
from assistant.query_plan_words import STATUS_WORDS, british
from assistant.records import Action, DuePrecision, Rag, Status

NO_OWNER = "no owner recorded"
NO_DUE = "no date recorded"
_SEASON = re.compile(r"(?:(?:early|late|mid|end of|by|the)[ -])*[a-z]+,? (?:of )?(?:20)?\d\d$", re.IGNORECASE)
_CELL = 90
"""So many characters of a date cell are given: some hold the whole story of an action."""
_SENTENCE = 3
_DATE_WORDS = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september"
    r"|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|by|the|end|of|to|until|due)\b"
    r"|\d+(?:st|nd|rd|th)?|[^a-z]"
)
"""What a written date may hold and say no more than the date."""
_DECIDES = re.compile(
    r"\b(?:not?|\w+n[’']t|yet|until|will|to be|await\w*|delay\w*|on ?-?going|progress\w*|under ?-?way|track|risk"
    r"|beg[au]n|partly|partial\w*|pending|outstanding|behind|continu\w*|remain\w*|still|next|draft\w*|being|planned|start\w*)\b",
    re.IGNORECASE,
)
_COMPLETE = re.compile(
    r"\W*(?:(?:now|all|fully|action) )?(?:complete|done|finish|clos|achiev|deliver|yes|met|100)", re.IGNORECASE
)


def ref_of(row: Action) -> str | None:
    """The reference as a reader would say it: a bare number becomes "action 60"."""
    if not row.ref:
        return None
    return f"action {row.ref}" if re.fullmatch(r"\d+\.?", row.ref) else safe(row.ref)


def bold_ref(row: Action) -> str:
    """The reference at the beginning of a line, with the space after it; empty where the row has none."""
    ref = ref_of(row)
    return f"**{capital(ref)}** " if ref else ""


def says(row: Action, limit: int | None = None) -> str:
    """What the action says, with the words that it hangs from, and what it stands under where it is too short alone."""
    words = safe(without_bullets(row.action)) or safe(row.recommendation or row.section or "no action is written")
    if row.action_parent:
        stem = safe(without_bullet(row.action_parent)).rstrip(":")
        stem = re.sub(rf"^{re.escape(row.ref)}[.:)]*\s+", "", stem) if row.ref else stem  # it is said apart
        words = f"{short(stem, limit // 2) if limit else stem}: {words}"
    elif row.recommendation and len(words.split()) < 6:
        above = safe(row.recommendation)
        words = f"{words} (under: {short(above, limit // 2) if limit else above})"
    return short(words, limit) if limit else words


def due_of(row: Action) -> str:
    """The due date once, as exact as the plan gives it: "December 2020"; with the plan's words where they say more."""
    written = short(safe(row.due_text or ""), _CELL)
    if row.due is None:
        return written or NO_DUE
    if row.due_precision is DuePrecision.SEASON and _SEASON.match(written):
        return written
    if row.due_precision is DuePrecision.RANGE:
        spans = row.start and month(row.start) != month(row.due)
        return f"{month(row.start)} to {month(row.due)}" if row.start and spans else written
    plain = month(row.due) if row.due_precision is DuePrecision.MONTH else british(row.due)
    return f"{plain} (written “{written}”)" if _DATE_WORDS.sub("", written.casefold()).strip() else plain


def due_phrase(row: Action) -> str:
    """The date as part of a sentence: "due July 2020", or that it is done, with the plan's words."""
    doubt = f" – {doubt_of(row)}" if doubt_of(row) else ""
    if row.due is None and row.status is Status.COMPLETE and row.due_text:
        done = f"completed in {completed_of(row)}" if row.completed_on else f"complete (“{safe(row.due_text)}”)"
        return f"{done}{doubt}"
    if row.due is None and not row.due_text:
        return NO_DUE
    told = due_of(row)
    return f"due {told}{doubt}" if row.due or len(told.split()) < _SENTENCE else f"date given as “{told}”"


def doubt_of(row: Action) -> str:
    """What is said beside a due date that is probably a slip; empty where there is no doubt."""
    if row.due_probable and row.due_probable != row.due:
        return f"perhaps a slip for {month(row.due_probable)}"
    return ""


def late_words(row: Action, as_of: date) -> str:
    """ "61 days late", or empty."""
    late = row.days_late(as_of)
    return f"{late:,} {'day' if late == 1 else 'days'} late" if late else ""


def owner_of(row: Action) -> str:
    """The owner as written, or that there is none."""
    return safe(row.owner) if row.owner else NO_OWNER


def colour_of(row: Action, meaning: bool = True) -> str:
    """The colour with the meaning that the plan itself gives: "Amber (on track)"."""
    if row.rag is None:
        return ""
    name = capital(row.rag.value)
    return f"{name} ({safe(row.rag_meaning)})" if meaning and row.rag_meaning else name


def state_of(row: Action, limit: int | None = None, meaning: bool = True) -> str:
    """What the plan says of the state: its words, its colour, or that no status is recorded."""
    parts = [colour_of(row, meaning)] if row.rag else []
    words = safe(row.status_text or "")
    if not says_no_words(row):
        parts.append(f"“{short(words, limit) if limit else words}”")
    elif row.status is not Status.NOT_RECORDED and (not row.rag or row.status is Status.COMPLETE):
        parts.insert(0, STATUS_WORDS[row.status])
    return ", ".join(parts) or STATUS_WORDS[Status.NOT_RECORDED]


def says_no_words(row: Action) -> bool:
    """Whether the cell of the state holds nothing but a colour."""
    return not row.status_text or (row.rag is not None and row.status_text.casefold() == row.rag.value)


def decides(row: Action) -> bool:
    """Whether the note of a row that is not complete says that it is not: "request approved" denies nothing."""
    return not says_no_words(row) and bool(_DECIDES.search(row.status_text or ""))


def by_colour(rows: Sequence[Action]) -> list[str]:
    """ "3 amber", "2 green": how many rows have each colour."""
    return [f"{number} {rag.value}" for rag in Rag if (number := sum(row.rag is rag for row in rows))]


def by_state(rows: Sequence[Action], shares: bool = False) -> list[str]:
    """ "4 complete (57%)", "3 in progress (43%)": how many rows are in each state, the most first."""
    states = Counter(row.status for row in rows).most_common()
    words = {**STATUS_WORDS, Status.NOT_RECORDED: f"with {STATUS_WORDS[Status.NOT_RECORDED]}"}
    return [f"{n} {words[status]}{f' ({share(n, len(rows))})' if shares else ''}" for status, n in states]


def says_complete(row: Action) -> bool:
    """Whether a complete row is so by a word or a date of its own, and not by what its notes tell."""
    cells = [cell for cell in (row.status_text, row.due_text, row.rag_meaning) if cell]
    return not cells or any(_COMPLETE.match(cell) for cell in cells) or bool(row.rag_meaning)


def completed_of(row: Action) -> str:
    """The completion date as far as it is known: a month where the plan gives a month."""
    return whole_month(row.completed_on) if row.completed_on else ""


class Told(NamedTuple):
    """A measure's column, its value for rows, and the words that the value goes with in a sentence."""

    column: str
    value: Callable[[Sequence[Action], date], str]
    words: str


def _number(test: Callable[[Action, date], bool]) -> Callable[[Sequence[Action], date], str]:
    return lambda rows, day: str(sum(test(row, day) for row in rows))


def _due(rows: Sequence[Action], at: int) -> str:
    dated = sorted((row for row in rows if row.due), key=lambda row: str(row.due))
    return due_of(dated[at]) if dated else "none"


MEASURES: Mapping[Measure, Told] = {
    Measure.TOTAL: Told("Actions", lambda rows, _: str(len(rows)), "{} in all"),
    Measure.COMPLETE: Told("Complete", _number(lambda row, _: row.status is Status.COMPLETE), "{} complete"),
    Measure.NOT_COMPLETE: Told("Not complete", _number(lambda row, _: row.open), "{} not complete"),
    Measure.OVERDUE: Told("Overdue", _number(lambda row, day: row.days_late(day) > 0), "{} overdue"),
    Measure.UNDATED: Told("No due date", _number(lambda row, _: row.due is None and row.open), "{} with no due date"),
    Measure.UNOWNED: Told("No owner", _number(lambda row, _: not row.owner), "{} with no owner"),
    Measure.SHARE_COMPLETE: Told(
        "Share complete",
        lambda rows, _: share(sum(row.status is Status.COMPLETE for row in rows), len(rows)),
        "{} complete",
    ),
    Measure.EARLIEST_DUE: Told("First due", lambda rows, _: _due(rows, 0), "first due: {}"),
    Measure.LATEST_DUE: Told("Last due", lambda rows, _: _due(rows, -1), "last due: {}"),
}


def measured(rows: Sequence[Action], measures: Sequence[Measure], day: date) -> str:
    """ "7 actions: 4 complete, 2 overdue": the measures of rows in their order, the number of rows first."""
    told = [MEASURES[one].words.format(MEASURES[one].value(rows, day)) for one in measures if one is not Measure.TOTAL]
    return f"{count(len(rows), 'action')}{': ' if told else ''}{', '.join(told)}"
