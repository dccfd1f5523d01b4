"""A place as a reader says it."""

from typing import Any
from urllib.parse import quote, unquote

from assistant.records import Locator

_KEYS = ("page", "sheet", "row", "table", "paragraph")


def place_id(source_id: str, locator: Locator) -> str:
    """The id of a place of a document, safe in an address: what `place_of` reads back."""
    values = locator.as_dict()
    if locator.line_start is not None:
        return f"{source_id}@lines.{locator.line_start}.{locator.line_end or locator.line_start}"
    return "@".join((source_id, *(f"{key}.{quote(str(values[key]), safe='')}" for key in _KEYS if key in values)))


def place_of(id: str) -> tuple[str, Locator] | None:
    """The source's id and the place that an id names; None where it names none."""
    source_id, *parts = id.split("@")
    found: dict[str, str] = dict(part.partition(".")[::2] for part in parts)
    try:
        if "lines" in found:
            first, last = (int(number) for number in found["lines"].split("."))
            return source_id, Locator(line_start=first, line_end=last)
        values: dict[str, Any] = {key: int(found[key]) for key in _KEYS if key in found and key != "sheet"}
    except ValueError:
        return None
    if not found or not set(found) <= set(_KEYS):
        return None
    values |= {"sheet": unquote(found["sheet"])} if "sheet" in found else {}
    return source_id, Locator(**values)


def place_words(locator: Locator) -> str:
    """Such as "lines 12 to 14", "page 3", "sheet Tracker, row 7", "table 1, row 2" or "paragraph 5", all from 1."""
    if locator.line_start is not None:
        last = locator.line_end or locator.line_start
        return f"line {last}" if last == locator.line_start else f"lines {locator.line_start} to {last}"
    if locator.page is not None:
        printed = f" (printed {locator.printed_page})" if locator.printed_page else ""
        return f"page {locator.page}{printed}"
    if locator.sheet is not None:
        return f"sheet {locator.sheet}" + (f", row {locator.row}" if locator.row is not None else "")
    if locator.table is not None:
        return f"table {locator.table + 1}, row {(locator.row or 0) + 1}"
    return f"paragraph {locator.paragraph + 1}" if locator.paragraph is not None else "the whole document"
