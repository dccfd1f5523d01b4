"""Blocks marked as what they are: titles that look like list items, sentences that list tasks, lines that run on every
page."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.records import Block, BlockKind, Table
from ingest.layout.drafts import Piece, Role, covering
from ingest.layout.endings import ending_of, is_sub_item
from ingest.layout.grid import is_below
from ingest.layout.headings import EXACT, LIKELY, best_role
from ingest.layout.labels import labels_of
from ingest.layout.shapes import is_date, is_heading, leading_ref, starts_with_verb
from ingest.layout.units import lines_of
from ingest.layout.words import normal, one_line, without_bullet

_NUMBERED = re.compile(r"\s*(?:\d{1,2}|[A-Z])[.)]\s+(?P<title>[A-Z].*)")
_OFTEN = 3
_YEAR = re.compile(r"\b20\d\d\b")


def outlined(items: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """The items, with numbered titles such as "2. Housing for care leavers" over prose marked as headings."""
    items = [part for at, item in enumerate(items) for part in _opened(item, items[at + 1 : at + 2])]
    items = _sentences(items)
    running = _running(items)
    found: list[Block | Table] = []
    for at, item in enumerate(items):
        if at in running and isinstance(item, Block):
            found.append(replace(item, kind=BlockKind.FURNITURE))
            continue
        after = items[at + 1] if at + 1 < len(items) else None
        if isinstance(item, Block) and (_heads_items(item, after) or _is_title(item, after)):
            found.append(replace(item, kind=BlockKind.HEADING, level=2))
        else:
            found.append(item)
    return tuple(found)


def _opened(item: Block | Table, after: Sequence[Block | Table]) -> list[Block | Table]:
    """The item, or where its last line names a list that follows ("Actions"), its lines: titles are headings."""
    lists = bool(after) and isinstance(after[0], Block) and after[0].kind is BlockKind.LIST_ITEM
    if isinstance(item, Table) or not lists or item.kind is BlockKind.HEADING:
        return [item]
    lines = lines_of(Piece(item.text, item.locator))
    role, score = best_role(lines[-1].line.rstrip(":"))
    if len(lines) < 2 or role is not Role.ACTION or score < EXACT or len(lines[-1].line.split()) > 4:
        return [item]
    named = [at for at, line in enumerate(lines) if at and best_role(line.line.rstrip(":"))[1] >= EXACT]
    titles = {at - 1 for at in named if at - 1 not in named and is_heading(lines[at - 1].text)}
    if not titles:
        return [item]
    starts = sorted({0, *named, *titles, *(at + 1 for at in titles), len(lines)})
    found: list[Block | Table] = []
    for start, end in pairwise(starts):
        level = 2 if start in titles else 3 if end == len(lines) else 0
        kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH if start else item.kind
        text, place = (
            "\n".join(line.text for line in lines[start:end]),
            covering(line.locator for line in lines[start:end]),
        )
        found.append(Block(kind, text, place, level or item.level))
    return found


def _sentences(items: Sequence[Block | Table]) -> Sequence[Block | Table]:
    """The items, with lines that each end with when and who as list items, where there are three of them or more."""
    lines = {
        at: lines_of(Piece(item.text, item.locator))
        for at, item in enumerate(items)
        if isinstance(item, Block) and item.kind is BlockKind.PARAGRAPH and _YEAR.search(item.text)
    }
    ends = {
        at: [
            len(line.text) <= 320
            and bool(_YEAR.search(line.text))
            and {Role.OWNER, Role.DUE} <= ending_of(line).fields.keys()
            for line in found
        ]
        for at, found in lines.items()
        if not any(leading_ref(line.text) or is_sub_item(line.text) for line in found)
    }
    if sum(map(sum, ends.values())) < _OFTEN:
        return items
    found: list[Block | Table] = []
    for at, item in enumerate(items):
        if isinstance(item, Block) and any(ends.get(at, ())):
            found += [
                Block(BlockKind.LIST_ITEM if one else BlockKind.PARAGRAPH, line.text, line.locator, int(one))
                for line, one in zip(lines[at], ends[at], strict=True)
            ]
        else:
            found.append(item)
    return found


def _running(items: Sequence[Block | Table]) -> set[int]:
    """The short lines that come back on page after page beside tables: headers and footers, not headings."""
    places: dict[str, list[int]] = defaultdict(list)
    texts: dict[str, str] = {}
    for at, item in enumerate(items):
        if isinstance(item, Block) and item.kind is BlockKind.PARAGRAPH and "\n" not in item.text.strip():
            key = re.sub(r"\d+", "#", normal(item.text))
            places[key].append(at)
            texts.setdefault(key, one_line(item.text))
    found: set[int] = set()
    for key, where in places.items():
        text = texts[key]
        if len(where) < _OFTEN or not key or len(text.split()) > 15 or best_role(text)[1] >= LIKELY:
            continue
        beside = all(
            any(isinstance(items[n], Table) for n in (at - 1, at + 1) if 0 <= n < len(items)) for at in where[1:]
        )
        if beside and not is_date(text) and not labels_of(text):
            found.update(where if where[0] else where[1:])
    return found


def _heads_items(item: Block, after: Block | Table | None) -> bool:
    """An item that says neither who nor when over items below it, by number or by bullet: 2 over 2.1."""
    if not isinstance(after, Block) or BlockKind.HEADING in {item.kind, after.kind} or "\n" in item.text.strip():
        return False
    own, below = leading_ref(item.text), leading_ref(after.text)
    numbered = own is not None and below is not None and is_below(below[0], own[0])
    bullets = own is None and item.kind is after.kind is BlockKind.LIST_ITEM and item.level < after.level
    words = own[1] if own else without_bullet(one_line(item.text))
    if not (numbered or (bullets and ending_of(Piece(after.text, after.locator)).ends)) or not is_heading(words):
        return False
    return words[-1] not in ":?" and not ending_of(Piece(item.text, item.locator), one=True).ends


def _is_title(item: Block, after: Block | Table | None) -> bool:
    if item.kind is not BlockKind.LIST_ITEM or item.level > 1:
        return False
    match = _NUMBERED.fullmatch(one_line(item.text))
    if not match or len(match["title"].split()) > 9 or match["title"][-1] in ".:;,)]":
        return False
    if ending_of(Piece(item.text, item.locator), one=True).ends:
        return False
    if isinstance(after, Block):
        apart = after.kind is BlockKind.PARAGRAPH and not starts_with_verb(match["title"]) and not labels_of(after.text)
        return apart and is_heading(match["title"])
    return after is not None and is_heading(match["title"])
