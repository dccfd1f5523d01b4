"""Documents to records: `read` takes a file and gives everything that it says. See README.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.records import Reading, SourceDetails


def read(path: Path, details: SourceDetails | None = None) -> Reading:
    """Everything that one file says, as records; nothing is written.

    Args: path, a file; details, what the loader knows of it, which wins over what it says of itself.
    Raises: DocumentReadError where the file cannot be read.
    """
    from ingest.reading import read as read_file

    return read_file(path, details)
