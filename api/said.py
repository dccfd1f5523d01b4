"""Places, moments and numbers as the pages say them."""

from __future__ import annotations

from datetime import datetime

from api.document_view import Stretch
from api.filter_words import day_words
from assistant.records import Locator

_NEAR = 2


def short_place(place: Locator) -> str:
    """A place inside its own document, such as "line 12", "row 3" or "page 4"."""
    if place.line_start is not None:
        return f"line {place.line_start}"
    if place.row is not None:
        return f"row {place.row if place.sheet is not None else place.row + 1}"
    if place.page is not None:
        return f"page {place.page}"
    return f"paragraph {place.paragraph + 1}" if place.paragraph is not None else place.sheet or "here"


def reach(stretch: Stretch) -> str:
    """From where to where a stretch goes, such as "lines 3 to 17" or "sheet Plan, rows 4 to 9"."""
    first, last = stretch.lines[0].locator, stretch.lines[-1].locator
    sheet = f"sheet {first.sheet}, " if first.sheet and first.row is not None else ""
    begin, end = short_place(first), short_place(last)
    if begin == end:
        return sheet + begin
    noun, _, number = end.partition(" ")
    return f"{sheet}{noun}s {begin.partition(' ')[2]} to {number}" if begin.startswith(noun) else f"{begin} to {end}"


def moment(written: str) -> str:
    """A moment in ISO form as "3 September 2026, 09:30 UTC"; as it stands where it is no such thing."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return written or "not recorded"
    return f"{day_words(at.date())}, {at:%H:%M} {at.tzname() or ''}".rstrip()


def near_numbers(current: int, last: int) -> list[int | None]:
    """The page numbers to offer: the first, the last and those near the current one; None where some are left out."""
    wanted = sorted({1, last, *range(max(1, current - _NEAR), min(last, current + _NEAR) + 1)})
    told: list[int | None] = []
    for number in wanted:
        before = next((one for one in reversed(told) if one), 0)
        told += [*([None] if number > before + 1 else []), number]
    return told
