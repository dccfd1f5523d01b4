"""A line of a card that stands below its labels: "How is it going? Under way"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.records import Block, BlockKind, Cell, Row, Table
from ingest.layout.drafts import Role
from ingest.layout.headings import SURE, best_role

_SAID = re.compile(r"(?P<label>[A-Z][^?:.]{2,40}[?:])\s+(?P<value>\S[^?]{1,160})")
_OF_CARD = frozenset({Role.STATUS, Role.PROGRESS, Role.RAG})


def with_asides(items: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """The items, with a line that says how far it is as the last label of the card of two columns above it."""
    found: list[Block | Table] = []
    for item in items:
        above = found[-1] if found else None
        said = _SAID.fullmatch(item.text) if isinstance(item, Block) and item.kind is BlockKind.PARAGRAPH else None
        card = isinstance(above, Table) and above.width == 2 and _is_label(above.rows[-1].cells[0].text)
        role, score = best_role(said["label"].rstrip("?: ")) if said else (None, 0.0)
        if not card or said is None or role not in _OF_CARD or score < SURE or not isinstance(above, Table):
            found.append(item)
            continue
        number, place = len(above.rows), item.locator
        cells = (Cell(said["label"], number, 0, place), Cell(said["value"], number, 1, place))
        found[-1] = replace(above, rows=(*above.rows, Row(cells, place)))
    return tuple(found)


def _is_label(text: str) -> bool:
    return best_role(text.rstrip(" :?"))[1] >= SURE
