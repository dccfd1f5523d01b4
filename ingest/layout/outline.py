"""Headings that only look like list items: a number and a short title above paragraphs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from assistant.records import Block, BlockKind, Table
from ingest.layout.drafts import Piece
from ingest.layout.endings import ending_of
from ingest.layout.headings import LIKELY, best_role
from ingest.layout.inline import labels_of
from ingest.layout.shapes import is_date, is_heading, starts_with_verb
from ingest.layout.words import normal, one_line

_NUMBERED = re.compile(r"\s*(?:\d{1,2}|[A-Z])[.)]\s+(?P<title>[A-Z].*)")
_LONGEST = 9
_OFTEN = 3


def outlined(items: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """The items, with numbered titles such as "2. Housing for care leavers" over prose marked as headings."""
    running = _running(items)
    found: list[Block | Table] = []
    for at, item in enumerate(items):
        if at in running and isinstance(item, Block):
            found.append(replace(item, kind=BlockKind.FURNITURE))
            continue
        after = items[at + 1] if at + 1 < len(items) else None
        if isinstance(item, Block) and _is_title(item, after):
            found.append(replace(item, kind=BlockKind.HEADING, level=2))
        else:
            found.append(item)
    return tuple(found)


def _running(items: Sequence[Block | Table]) -> set[int]:
    """The short lines that come back on page after page beside tables: headers and footers, not headings."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, item in enumerate(items):
        if isinstance(item, Block) and item.kind is BlockKind.PARAGRAPH and "\n" not in item.text.strip():
            places[re.sub(r"\d+", "#", normal(item.text))].append(at)
    found: set[int] = set()
    for key, where in places.items():
        text = one_line(items[where[0]].text) if isinstance(items[where[0]], Block) else ""  # type: ignore[union-attr]
        if len(where) < _OFTEN or not key or len(text.split()) > 15 or best_role(text)[1] >= LIKELY:
            continue
        beside = all(
            any(isinstance(items[n], Table) for n in (at - 1, at + 1) if 0 <= n < len(items)) for at in where[1:]
        )
        if beside and not is_date(text) and not labels_of(text):
            found.update(where if where[0] else where[1:])
    return found


def _is_title(item: Block, after: Block | Table | None) -> bool:
    if item.kind is not BlockKind.LIST_ITEM or item.level > 1:
        return False
    match = _NUMBERED.fullmatch(one_line(item.text))
    if not match or len(match["title"].split()) > _LONGEST or match["title"][-1] in ".:;,)]":
        return False
    if ending_of(Piece(item.text, item.locator), one=True) is not None:
        return False
    follows = isinstance(after, Table) or (after is not None and after.kind is BlockKind.PARAGRAPH)
    above_table = isinstance(after, Table)
    plain = is_heading(match["title"]) and (above_table or not starts_with_verb(match["title"]))
    return follows and plain and not (isinstance(after, Block) and labels_of(after.text))
