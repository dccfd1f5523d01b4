"""Where a thing stands in its document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]
Segment = tuple[int, Box]
"""A page, from 1, and the box on it."""


@dataclass(frozen=True, slots=True)
class Locator:
    """Where something stands in its document. Only the keys of the document's format are set.

    Text: line_start, line_end, from 1. PDF: page from 1 and box (x0, top, x1, bottom) in points from the top left.
    Workbook: sheet, row from 1, cells such as "A13:H13". Word and HTML: table and row from 0, or paragraph from 0
    outside tables."""

    line_start: int | None = None
    line_end: int | None = None
    page: int | None = None
    printed_page: str | None = None
    box: Box | None = None
    sheet: str | None = None
    row: int | None = None
    cells: str | None = None
    table: int | None = None
    paragraph: int | None = None
    segments: tuple[Segment, ...] = ()
    """Every part of a thing that is broken over PDF pages, the first of which `page` and `box` name."""

    def as_dict(self) -> dict[str, Any]:
        """The keys that are set, ready for JSON."""
        own = ((name, getattr(self, name)) for name in self.__slots__)
        values = {name: value for name, value in own if value is not None and value != ()}
        if self.box:
            values["box"] = list(self.box)
        if self.segments:
            values["segments"] = [{"page": page, "box": list(box)} for page, box in self.segments]
        return values

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Locator:
        """The locator that `as_dict` wrote."""
        box = values.get("box")
        segments = tuple((part["page"], tuple(part["box"])) for part in values.get("segments", ()))
        return cls(**{**values, "box": tuple(box) if box else None, "segments": segments})


def same_place(wanted: Locator, place: Locator) -> bool:
    """Whether a place is the wanted one, or one of its pages, in a document without lines."""
    if wanted.page is not None:
        pages = {wanted.page, *(page for page, _ in wanted.segments)}
        return place.page in pages
    if wanted.sheet is not None:
        return (wanted.sheet, wanted.row) == (place.sheet, place.row)
    if wanted.table is not None:
        return (wanted.table, wanted.row) == (place.table, place.row)
    return wanted.paragraph is not None and wanted.paragraph == place.paragraph
