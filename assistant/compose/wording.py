"""Small words: numbers, dates, names of plans and pieces of rows, as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from assistant.records import Action, DuePrecision, Source, Status

_SMALL = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]

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

STATUS_COUNTED = {
    Status.COMPLETE: "marked complete",
    Status.ON_TRACK: "said to be on track",
    Status.AT_RISK: "said to be at risk",
    Status.IN_PROGRESS: "said to be in progress",
    Status.NOT_STARTED: "said not to have started",
    Status.BLOCKED: "said to be stopped or put off",
    Status.WITHDRAWN: "withdrawn",
    Status.NOT_RECORDED: "with no status recorded",
}
"""After a number of rows: "four marked complete"."""

NO_OWNER = "no owner recorded"
NO_DUE = "no date recorded"


def british(day: date) -> str:
    """1 September 2020."""
    return f"{day.day} {day:%B %Y}"


def month(day: date) -> str:
    """September 2020."""
    return f"{day:%B %Y}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """ "four actions", "1 action" never: "one action"; figures from ten on."""
    return f"{figure(number)} {noun if number == 1 else plural or noun + 's'}"


def figure(number: int) -> str:
    """A number in words up to nine, in figures from ten on; none is "no"."""
    return _SMALL[number] if number < len(_SMALL) else f"{number:,}"


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


def span_words(first: date, later: date) -> str:
    """How long ago in plain words: "3 months", "6 years"."""
    days = (later - first).days
    if days < 60:
        return f"{days} days"
    months = round(days / 30.44)
    return f"{months} months" if months < 24 else f"{round(days / 365.25)} years"


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
    """The due date as written, with the day that it stands for: "Dec-20 (31 December 2020)"."""
    written = safe(row.due_text or "")
    if row.due is None:
        return written or NO_DUE
    plain = british(row.due)
    if row.due_precision is DuePrecision.RANGE:
        return f"{written} (until {plain})"
    if not written or written.casefold() == plain.casefold():
        return plain
    return f"{written} ({_plain_due(row)})"


def _plain_due(row: Action) -> str:
    """What is added to the words of the plan: the month alone where the words give one in another form."""
    if row.due is None:
        return ""
    in_full = month(row.due).casefold() in (row.due_text or "").casefold()
    if row.due_precision is DuePrecision.MONTH and not in_full:
        return f"{month(row.due)}, so by {british(row.due)}"
    return f"by {british(row.due)}" if row.due_precision is not DuePrecision.DAY else british(row.due)


def due_phrase(row: Action) -> str:
    """The date as part of a sentence: "due July 2020 (by 31 July 2020)", or that it is done, with the plan's words."""
    doubt = f" – {doubt_of(row)}" if doubt_of(row) else ""
    if row.due is None and row.status is Status.COMPLETE and row.due_text:
        when = f"completed in {completed_of(row)}" if row.completed_on else "complete"
        return f"{when} (“{safe(row.due_text)}”){doubt}"
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
    """The colour with the plan's own meaning: "Amber (on track)", "Green (this plan does not define it)"."""
    if row.rag is None:
        return ""
    name = capital(row.rag.value)
    if not meaning:
        return name
    return f"{name} ({safe(row.rag_meaning)})" if row.rag_meaning else f"{name} (this plan does not define it)"


def state_of(row: Action, limit: int | None = None, meaning: bool = True) -> str:
    """What the plan says of the state: its words, its colour, or that no status is recorded."""
    parts = [colour_of(row, meaning)] if row.rag else []
    words = safe(row.status_text or "")
    if words and not (row.rag and words.casefold() == row.rag.value):
        parts.append(f"“{short(words, limit) if limit else words}”")
    elif row.status is not Status.NOT_RECORDED and (not row.rag or row.status is Status.COMPLETE):
        parts.insert(0, STATUS_WORDS[row.status])
    return ", ".join(parts) or STATUS_WORDS[Status.NOT_RECORDED]


def completed_of(row: Action) -> str:
    """The completion date as far as it is known: a month where the plan gives a month."""
    return whole_month(row.completed_on) if row.completed_on else ""
