"""A key that is drawn and not tabulated: coloured boxes with words beside them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records import Box
from ingest.readers.looks import named
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.shapes import Fill, Word, around
from ingest.readers.pdf.tables import PageCell, PageRow, PageTable, words_in

_SMALLEST, _TALLEST, _WIDEST = 4.0, 40.0, 250.0
_LEAST_HEIGHT = 12.0
"""A box smaller than this is level with words as if it were so high."""
_BESIDE = 30.0
"""How far words may stand from the box that they explain."""


def find_legend(lines: Sequence[Line], fills: Sequence[Fill], page: int) -> tuple[PageTable | None, set[int]]:
    """A key as a table of a coloured cell and its words, and the words that it took; nothing below two entries."""
    boxes = [fill for fill in _topmost(fills) if named(fill.rgb)]
    entries = []
    for box in boxes:
        entry = _entry(box, boxes, lines)
        if entry is not None:
            entries.append(entry)
    if len(entries) < 2 or len({named(fill.rgb) for fill, *_ in entries}) < 2:
        return None, set()
    rows, taken = [], set()
    for fill, inside, beside in sorted(entries, key=lambda entry: (round(entry[0].box[1] / 6), entry[0].box[0])):
        taken |= {word.index for word in (*inside, *beside)}
        wide = around([fill.box, *(word.box for word in beside)])
        said = PageCell(1, wide, " ".join(word.text for word in beside))
        sign = PageCell(0, fill.box, " ".join(word.text for word in inside), 1, 1, named(fill.rgb))
        rows.append(PageRow(page, wide, (sign, said)))
    whole = around(row.box for row in rows)
    xs = (whole[0], max(row.cells[0].box[2] for row in rows), whole[2])
    return PageTable(page, whole, xs, rows, False, page), taken


def _topmost(fills: Sequence[Fill]) -> list[Fill]:
    """The shapes of a key's size that nothing drawn later hides, each once."""
    found: dict[tuple[int, ...], Fill] = {}
    for fill in fills:
        if _SMALLEST <= fill.width <= _WIDEST and _SMALLEST <= fill.height <= _TALLEST:
            found[tuple(round(value) for value in fill.box)] = fill
    return list(found.values())


def _entry(fill: Fill, boxes: Sequence[Fill], lines: Sequence[Line]) -> tuple[Fill, list[Word], list[Word]] | None:
    """A box with the words in it, at most three, and the words to its right up to the next box."""
    _, top, x1, bottom = fill.box
    reach = max(0.0, _LEAST_HEIGHT - (bottom - top)) / 2 + 1
    level = [line for line in lines if top - reach <= (line.top + line.bottom) / 2 <= bottom + reach]
    inside = [word for line in level for word in words_in(fill.box, line.words)]
    stop = min((box.box[0] for box in boxes if box.box[0] >= x1 and _level(box.box, fill.box)), default=float("inf"))
    beside: list[Word] = []
    for line in level:
        last = x1
        for word in line.words:
            if word.x0 >= x1 - 1 and word.x1 <= stop + 1 and word.x0 - last <= _BESIDE:
                beside.append(word)
                last = word.x1
    return (fill, inside, beside) if beside and len(inside) <= 3 else None


def _level(one: Box, other: Box) -> bool:
    return one[1] < other[3] and other[1] < one[3]
