"""Headings that are not styled as such: short lines in bold or larger letters than the text around them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from assistant.records import Block, BlockKind, Table

_LONGEST = 160
_LARGER = 1.5
"""Points above the size of the text that make a line a heading without bold letters."""
_SENTENCE = re.compile(r"[.;,]\s*$|\.\s+[A-Z]")
_DEEPEST = 6


@dataclass(slots=True)
class Heads:
    """Gathers likely headings while a document is read, and settles their levels at its end, largest letters first."""

    _sizes: Counter[float] = field(default_factory=Counter)
    _likely: dict[int, tuple[bool, float]] = field(default_factory=dict)

    def body(self, size: float | None, letters: int) -> None:
        """Count letters in a size, to know the size of the text."""
        if size:
            self._sizes[size] += letters

    def maybe(self, index: int, text: str, bold: bool, size: float | None) -> None:
        """Note the item at `index` where its shape allows that it is a heading."""
        if (
            len(text) <= _LONGEST
            and "\n" not in text
            and not _SENTENCE.search(text)
            and re.search(r"[A-Za-z]{2}", text)
        ):
            self._likely[index] = (bold, size or 0.0)

    def settle(self, items: list[Block | Table]) -> list[Block | Table]:
        """The items with the likely headings made headings."""
        usual = self._sizes.most_common(1)[0][0] if self._sizes else 0.0
        large = usual + _LARGER if usual else float("inf")
        heads = {index: size for index, (bold, size) in self._likely.items() if bold or size >= large}
        above = max(
            (item.level for item in items if isinstance(item, Block) and item.kind is BlockKind.HEADING), default=0
        )
        ranks = {size: rank for rank, size in enumerate(sorted(set(heads.values()), reverse=True), start=1)}
        settled = list(items)
        for index, size in heads.items():
            item = items[index]
            if isinstance(item, Block):
                settled[index] = replace(item, kind=BlockKind.HEADING, level=min(_DEEPEST, above + ranks[size]))
        return settled
