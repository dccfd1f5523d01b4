"""Days, numbers, states and places as the pages say them."""

from datetime import datetime

from assistant.answer import Citation
from assistant.compose.wording import plan_date
from assistant.flags import FlagCode
from assistant.places import place_words
from assistant.query_plan_words import british
from assistant.records import Action, DuePrecision, Source, Status
from assistant.told import several, told_of

NOT_RECORDED = "not recorded"
RULE = "Overdue means due before that day and not marked complete. Due on the day is not overdue."
ABOUT = {field: frozenset(map(FlagCode, several(codes))) for field, codes in told_of("beside", str).items()}
"""The codes of the flags that stand beside each field of a row's page; what is about no one field stands apart."""
NOT_DEFINED = "this plan does not define it"


def counted(number: int, noun: str) -> str:
    """Such as "1 action" or "1,200 actions"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def moment(written: str) -> str:
    """A moment in ISO form as "3 September 2026, 09:30 UTC"; as it stands where it is no such thing."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return written or "not recorded"
    return f"{british(at.date())}, {at:%H:%M} {at.tzname() or ''}".rstrip()


def source_line(one: Citation, source: Source | None = None, chars: int | None = None) -> str:
    """A citation with its number, its place and its quote, which is cut after so many characters."""
    named: list[str | None] = [one.document]
    if source:
        named = [source.title, source.authority, plan_date(source)]
    where = ", ".join(part for part in (*named, place_words(one.locator)) if part)
    return f"[{one.marker}] {where}: “{short(one.quote, chars)}”"


def short(text: str, chars: int | None = 120) -> str:
    """The text in one line, cut at a word where it is long."""
    line = " ".join(text.split())
    return line if not chars or len(line) <= chars else f"{line[: chars - 1].rsplit(' ', 1)[0]}…"


def state_words(status: Status) -> str:
    """A state as a reader says it, such as "On track"."""
    return status.value.replace("_", " ").capitalize()


def colour_words(row: Action) -> str:
    """The row's colour with the meaning that its own plan gives, or that it gives none; "" without a colour."""
    return f"{row.rag.value.capitalize()}: {row.rag_meaning or NOT_DEFINED}" if row.rag else ""


def due_words(row: Action) -> str:
    """The due date as exactly as the document gives it, such as "June 2020"; its own words where it is no date."""
    if row.due is None:
        return f"“{row.due_text}”" if row.due_text else NOT_RECORDED
    if row.due_precision is DuePrecision.MONTH:
        return f"{row.due:%B %Y}"
    written = row.due_precision in (DuePrecision.SEASON, DuePrecision.RANGE)
    return row.due_text if written and row.due_text else british(row.due)
