"""Archives with the same bytes each time: Word, Excel and OpenDocument files carry the time of saving."""

from __future__ import annotations

import io
import re
import zipfile

MOMENT = (2026, 1, 5, 9, 0, 0)
WRITTEN = b"2026-01-05T09:00:00Z"
DATED = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?")


def settled(data: bytes) -> bytes:
    """The archive with every entry, and every date in its properties, at one fixed time."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename in {"docProps/core.xml", "meta.xml"}:
                content = DATED.sub(WRITTEN, content)
            entry = zipfile.ZipInfo(item.filename, MOMENT)
            # An OpenDocument file starts with its type, not compressed.
            entry.compress_type = zipfile.ZIP_STORED if item.filename == "mimetype" else zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return out.getvalue()
