"""Headings that only look like list items: a number and a short title above paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.records import Block, BlockKind, Table
from ingest.layout.inline import labels_of
from ingest.layout.shapes import is_heading, starts_with_verb
from ingest.layout.words import one_line

_NUMBERED = re.compile(r"\s*(?:\d{1,2}|[A-Z])[.)]\s+(?P<title>[A-Z].*)")
_LONGEST = 9


def outlined(items: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """The items, with numbered titles such as "2. Housing for care leavers" over prose marked as headings."""
    found: list[Block | Table] = []
    for at, item in enumerate(items):
        after = items[at + 1] if at + 1 < len(items) else None
        if isinstance(item, Block) and _is_title(item, after):
            found.append(replace(item, kind=BlockKind.HEADING, level=2))
        else:
            found.append(item)
    return tuple(found)


def _is_title(item: Block, after: Block | Table | None) -> bool:
    if item.kind is not BlockKind.LIST_ITEM or item.level > 1:
        return False
    match = _NUMBERED.fullmatch(one_line(item.text))
    if not match or len(match["title"].split()) > _LONGEST or match["title"][-1] in ".:;,)]":
        return False
    follows = isinstance(after, Table) or (after is not None and after.kind is BlockKind.PARAGRAPH)
    plain = is_heading(match["title"]) and not starts_with_verb(match["title"])
    return follows and plain and not (isinstance(after, Block) and labels_of(after.text))
