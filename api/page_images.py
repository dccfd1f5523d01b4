"""Pages of a PDF as pictures."""

import io
import threading
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.errors import RecordNotFound
from assistant.records import Box, Locator

_SCALE = 1.6
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a picture of `width` by `height` points with the places outlined."""

    number: int
    width: float
    height: float
    boxes: tuple[Box, ...] = ()


def is_pdf(data: bytes) -> bool:
    """True for the bytes of a file whose pages can be drawn."""
    return data.startswith(b"%PDF")


def page_count(data: bytes) -> int:
    """How many pages the file has."""
    import pypdfium2

    with _lock, pypdfium2.PdfDocument(data) as document:
        return len(document)


def page_picture(data: bytes, number: int) -> bytes:
    """Page `number`, from 1, as PNG. Raises: RecordNotFound where the file has no such page."""
    import pypdfium2

    with _lock, pypdfium2.PdfDocument(data) as document:
        if not 1 <= number <= len(document):
            raise RecordNotFound(f"The document has {len(document)} pages, and no page {number}.")
        file = io.BytesIO()
        document[number - 1].render(scale=_SCALE).to_pil().save(file, "PNG", optimize=False)
        return file.getvalue()


def pictures_of(data: bytes, pages: Iterable[int], places: Iterable[Locator]) -> list[Picture]:
    """The pages with these numbers that the file has, and every page that a place is on, in order."""
    import pypdfium2

    boxes: dict[int, list[Box]] = {number: [] for number in pages}
    for place in places:
        for number, box in place.segments or (((place.page, place.box),) if place.page and place.box else ()):
            boxes.setdefault(number, []).append(box)
    with _lock, pypdfium2.PdfDocument(data) as document:
        count = len(document)
        sizes = {number: document.get_page_size(number - 1) for number in boxes if 1 <= number <= count}
    return [
        Picture(number, width, height, tuple(dict.fromkeys(boxes[number])))
        for number, (width, height) in sorted(sizes.items())
    ]
