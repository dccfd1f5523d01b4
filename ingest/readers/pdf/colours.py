"""The colour of a place on a page: what fills it, or a coloured sign that stands in it, or its letters."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records import Box, Rag
from ingest.readers.looks import named
from ingest.readers.pdf.shapes import Fill, Word, area, overlap

_COVERS = 0.5
"""Share of a place that a fill must cover to be its ground."""
_SIGN = 4.0
"""The least width and height of a coloured sign, in points."""


def ground(box: Box, fills: Sequence[Fill]) -> Fill | None:
    """The fill that shows behind most of the box: the last drawn that covers it."""
    size = max(area(box), 1.0)
    return next((fill for fill in reversed(fills) if overlap(fill.box, box) >= _COVERS * size), None)


def colour_of(box: Box, fills: Sequence[Fill], words: Sequence[Word]) -> Rag | None:
    """The colour that an officer sees in the box."""
    near = [fill for fill in fills if overlap(fill.box, box) > 0]
    behind = ground(box, near)
    colour = named(behind.rgb) if behind is not None else None
    if colour is not None:
        return colour
    signs = {named(fill.rgb) for fill in near if _is_sign(fill, box)} - {None}
    if len(signs) == 1:
        return signs.pop()
    inks = {named(word.ink) for word in words}
    return inks.pop() if len(inks) == 1 else None


def _is_sign(fill: Fill, box: Box) -> bool:
    """A shape of some size that stands inside the box, a highlight behind its words, or a strip that runs past it."""
    inside = overlap(fill.box, box) >= 0.8 * area(fill.box)
    across = min(fill.box[2], box[2]) - max(fill.box[0], box[0]) >= 0.8 * fill.width
    strip = across and fill.box[1] <= (box[1] + box[3]) / 2 <= fill.box[3]
    return (inside or strip) and fill.width >= _SIGN and fill.height >= _SIGN
