"""A place as a reader says it."""

from __future__ import annotations

from assistant.records import Locator


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
