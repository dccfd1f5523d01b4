"""Places joined: from the first line, row or box of a thing to its last."""

from __future__ import annotations

from dataclasses import replace

from assistant.records import Locator


def joined(first: Locator, second: Locator) -> Locator:
    """One place that covers both. In text all lines between; elsewhere the first, with the parts of a PDF kept."""
    if first.line_start is not None and second.line_start is not None:
        start = min(first.line_start, second.line_start)
        end = max(first.line_end or first.line_start, second.line_end or second.line_start)
        return replace(first, line_start=start, line_end=end)
    if first.page is not None and second.page is not None and first.box and second.box:
        parts = [*(first.segments or ((first.page, first.box),)), *(second.segments or ((second.page, second.box),))]
        return replace(first, segments=tuple(dict.fromkeys(parts)))
    return first
