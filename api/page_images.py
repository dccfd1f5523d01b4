"""Pages of a PDF as pictures."""

from __future__ import annotations

import io
import threading

from assistant.errors import RecordNotFound

_SCALE = 1.6
_lock = threading.Lock()


def page_picture(data: bytes, number: int) -> bytes:
    """Page `number`, from 1, as PNG. Raises: RecordNotFound where the file has no such page."""
    import pypdfium2

    with _lock, pypdfium2.PdfDocument(data) as document:
        if not 1 <= number <= len(document):
            raise RecordNotFound(f"The document has {len(document)} pages, and no page {number}.")
        file = io.BytesIO()
        document[number - 1].render(scale=_SCALE).to_pil().save(file, "PNG", optimize=False)
        return file.getvalue()


def page_size(data: bytes, number: int) -> tuple[float, float]:
    """Width and height of page `number`, from 1, in points. Raises: RecordNotFound."""
    import pypdfium2

    with _lock, pypdfium2.PdfDocument(data) as document:
        if not 1 <= number <= len(document):
            raise RecordNotFound(f"The document has {len(document)} pages, and no page {number}.")
        return document[number - 1].get_size()  # type: ignore[no-any-return]
