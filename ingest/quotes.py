"""Quotes that stand word for word in the source, at the place that they are said to stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.records import Locator

_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Standing:
    """The words of a document by place: its lines, or the rows and blocks of a format without lines."""

    lines: tuple[str, ...]
    places: dict[Locator, str]

    @classmethod
    def of(cls, lines: Sequence[tuple[Locator, str]]) -> Standing:
        """From the lines or places of a reading, in order."""
        numbered = bool(lines) and lines[0][0].line_start is not None
        return cls(tuple(text for _, text in lines) if numbered else (), {} if numbered else dict(lines))

    def at(self, place: Locator) -> str | None:
        """The words at a place; None where the place is not known."""
        if place.line_start is not None and self.lines:
            return "\n".join(self.lines[place.line_start - 1 : place.line_end or place.line_start])
        return self.places.get(place)

    def quote(self, wanted: str, place: Locator) -> str:
        """What of the wanted words stands unbroken at the place: all of them, else the longest run of whole words."""
        text = self.at(place)
        if text is None or (wanted and wanted in text):
            return wanted
        wanted, text = wanted[:_LONGEST], text[: 10 * _LONGEST]
        found = SequenceMatcher(None, wanted, text, autojunk=False).find_longest_match()
        begin, end = found.b, found.b + found.size
        while begin < end and begin and text[begin - 1].isalnum() and text[begin].isalnum():
            begin += 1
        while end > begin and end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
            end -= 1
        return text[begin:end].strip() or text.strip()[:80]
