"""The colours of an Office theme by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.readers.colour import Rgb, parse

if TYPE_CHECKING:
    from lxml.etree import _Element

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
ORDER = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)
"""The names in the order in which a workbook numbers them, from 0."""

_HEX = (
    "FFFFFF",
    "000000",
    "E7E6E6",
    "44546A",
    "4472C4",
    "ED7D31",
    "A5A5A5",
    "FFC000",
    "5B9BD5",
    "70AD47",
    "0563C1",
    "954F72",
)
_OFFICE = dict(zip(ORDER, _HEX, strict=True))
"""What Office takes where a file has no theme."""


def theme_colours(root: _Element | None) -> dict[str, Rgb]:
    """Name to colour; Office's own where the theme does not say."""
    written = dict(_OFFICE)
    scheme = root.find(f".//{_DRAWING}clrScheme") if root is not None else None
    for entry in scheme if scheme is not None else ():
        for colour in entry:
            value = colour.get("lastClr") or colour.get("val")
            if isinstance(entry.tag, str) and parse(value):
                written[entry.tag.rpartition("}")[2]] = value or ""
    return {name: rgb for name, value in written.items() if (rgb := parse(value))}
