"""A page as a picture, for a program that recognises words in it."""

from __future__ import annotations

from ingest.readers.limits import Budget

_MOST_POINTS = 3_000.0
"""Pages larger than this, in points, are no paper."""


def picture_of(data: bytes, number: int, dots_per_inch: int, budget: Budget) -> bytes:
    """The page, from 1, in greys, as PNM. Raises DocumentReadError where it cannot be drawn."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        file = PdfDocument(data)
        try:
            page = file[number - 1]
            if max(page.get_size()) > _MOST_POINTS:
                raise budget.too_much("a page larger than any paper")
            drawn = page.render(scale=dots_per_inch / 72, grayscale=True).to_numpy()
        finally:
            file.close()
    except (PdfiumError, IndexError, ValueError) as error:
        raise budget.broken("one of its pages cannot be drawn") from error
    height, width = drawn.shape[:2]
    return b"P5 %d %d 255\n" % (width, height) + bytes(drawn.reshape(height, -1)[:, :width].tobytes())
