"""Small words: numbers, dates, names of plans and pieces of rows, as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from assistant.records import Action, DuePrecision, Source, Status

STATUS_WORDS = {
    Status.COMPLETE: "complete",
    Status.ON_TRACK: "on track",
    Status.AT_RISK: "at risk",
    Status.IN_PROGRESS: "in progress",
    Status.NOT_STARTED: "not started",
    Status.BLOCKED: "stopped or put off",
    Status.WITHDRAWN: "withdrawn",
    Status.NOT_RECORDED: "no status recorded",
}

NO_OWNER = "no owner recorded"
NO_DUE = "no date recorded"


@lru_cache(maxsize=8_192)
def british(day: date) -> str:
    """1 September 2020."""
    return f"{day.day} {day:%B %Y}"


@lru_cache(maxsize=8_192)
def month(day: date) -> str:
    """September 2020."""
    return f"{day:%B %Y}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """ "4 actions", "one action", "no actions"."""
    return f"{figure(number)} {noun if number == 1 else plural or noun + 's'}"


def figure(number: int) -> str:
    """A number in figures; one is in words, and none is "no"."""
    return ("no", "one")[number] if number in (0, 1) else f"{number:,}"


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def joined(parts: Sequence[str], last: str = "and") -> str:
    """ "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""


def share(part: int, whole: int) -> str:
    """ "35%", rounded to a whole number."""
    return f"{round(100 * part / whole)}%" if whole else "0%"


# ---------------------------------------------------------------- words of a document, made harmless and short

_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")
_ACTIVE = re.compile(r"([\[\]`|\\])")
_BULLET = re.compile(r"^\s*(?:[-•●▪◦*–]|\(?[a-z0-9]{1,2}[.)])\s+(?=\S)")
TOKENS = re.compile("[\ue000-\uf8ff]")


@lru_cache(maxsize=32_768)
def safe(text: str) -> str:
    """Words of a document as one line of text that Markdown shows and does not act upon."""
    bare = _TAG.sub(" ", TOKENS.sub("", text))
    bare = _EMPHASIS.sub(r"\2", bare).replace("<", "‹").replace(">", "›")
    return _ACTIVE.sub(r"\\\1", " ".join(bare.replace("**", "").split()))


def without_bullet(text: str) -> str:
    """The text without the bullet that it starts with."""
    return _BULLET.sub("", text)


def short(text: str, limit: int) -> str:
    """The text, cut at a word and marked with an ellipsis where it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-\\")
    return f"{cut}…"


# ---------------------------------------------------------------- plans


def plan_name(source: Source) -> str:
    """Title, authority and date: "Action Plan for Children (Fenbridge Council, February 2026)"."""
    return f"{safe(source.title)} ({', '.join((safe(source.authority or 'authority not stated'), plan_date(source)))})"


def plan_date(source: Source) -> str:
    """The date that the plan carries, or that it is undated, with the period that it covers."""
    if source.plan_date:
        return whole_month(source.plan_date)
    if source.period_start and source.period_end:
        return f"{month(source.period_start)} to {month(source.period_end)}, undated"
    return "undated"


def whole_month(day: date) -> str:
    """The month alone where a date is its first or last day, as a month that is read as a date becomes."""
    edge = day.day == 1 or (day + timedelta(days=1)).day == 1
    return month(day) if edge else british(day)


# ---------------------------------------------------------------- rows


def ref_of(row: Action) -> str | None:
    """The reference as a reader would say it: a bare number becomes "action 60"."""
    if not row.ref:
        return None
    return f"action {row.ref}" if re.fullmatch(r"\d+\.?", row.ref) else safe(row.ref)


def _without_ref(stem: str, ref: str | None) -> str:
    """A stem without the reference that it may begin with, which is said apart."""
    return re.sub(rf"^{re.escape(ref)}[.:)]*\s+", "", stem) if ref else stem


def says(row: Action, limit: int | None = None) -> str:
    """What the action says, with the words that it hangs from, and what it stands under where it is too short alone."""
    words = safe(without_bullet(row.action)) or safe(row.recommendation or row.section or "no action is written")
    if row.action_parent:
        stem = _without_ref(safe(without_bullet(row.action_parent)).rstrip(":"), row.ref)
        words = f"{short(stem, limit // 2) if limit else stem}: {words}"
    elif row.recommendation and len(words.split()) < 6:
        above = safe(row.recommendation)
        words = f"{words} (under: {short(above, limit // 2) if limit else above})"
    return short(words, limit) if limit else words


def due_of(row: Action) -> str:
    """The due date once, as exact as the plan gives it: "December 2020"; with the plan's words where they say more."""
    written = safe(row.due_text or "")
    if row.due is None:
        return written or NO_DUE
    if row.due_precision is DuePrecision.SEASON and re.search(r"\d", written):
        return written
    if row.due_precision is DuePrecision.RANGE:
        return (
            f"{month(row.start)} to {month(row.due)}" if row.start and month(row.start) != month(row.due) else written
        )
    plain = month(row.due) if row.due_precision is DuePrecision.MONTH else british(row.due)
    return f"{plain} (written “{written}”)" if _DATE_WORDS.sub("", written.casefold()).strip() else plain


_DATE_WORDS = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september"
    r"|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|by|the|end|of|to|until|due)\b"
    r"|\d+(?:st|nd|rd|th)?|[^a-z]"
)
"""What a written date may hold and say no more than the date."""


def due_phrase(row: Action) -> str:
    """The date as part of a sentence: "due July 2020", or that it is done, with the plan's words."""
    doubt = f" – {doubt_of(row)}" if doubt_of(row) else ""
    if row.due is None and row.status is Status.COMPLETE and row.due_text:
        return (
            f"completed in {completed_of(row)}" if row.completed_on else f"complete (“{safe(row.due_text)}”)"
        ) + doubt
    if row.due is None and not row.due_text:
        return NO_DUE
    return f"due {due_of(row)}{doubt}"


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
    if words and not (row.rag and words.casefold() == row.rag.value):
        parts.append(f"“{short(words, limit) if limit else words}”")
    elif row.status is not Status.NOT_RECORDED and (not row.rag or row.status is Status.COMPLETE):
        parts.insert(0, STATUS_WORDS[row.status])
    return ", ".join(parts) or STATUS_WORDS[Status.NOT_RECORDED]


def says_complete(row: Action) -> bool:
    """Whether a complete row is so by a word or a date of its own, and not by what its notes tell."""
    cells = [cell for cell in (row.status_text, row.due_text, row.rag_meaning) if cell]
    return not cells or any(_COMPLETE.match(cell) for cell in cells) or bool(row.rag_meaning)


_COMPLETE = re.compile(
    r"\W*(?:(?:now|all|fully|action) )?(?:complete|done|finish|clos|achiev|deliver|yes|met|100)", re.IGNORECASE
)


def completed_of(row: Action) -> str:
    """The completion date as far as it is known: a month where the plan gives a month."""
    return whole_month(row.completed_on) if row.completed_on else ""
