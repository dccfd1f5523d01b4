"""Documents to records: `read` takes a file and gives everything that it says. See README.md."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.records import Reading, SourceDetails
    from ingest.readers import Limits, Progress


def read(
    path: Path,
    details: SourceDetails | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Everything that one file says, as records; nothing is written.

    Args: path, a file; details, what the loader knows of it, which wins over what it says of itself; limits, those of
    the settings unless given; progress, told each page or sheet.
    Raises: DocumentReadError where the file cannot be read; QuarantinedError where nobody may see it.
    """
    from ingest.reading import read as read_file

    return read_file(path, details, limits, progress)


@cache
def program_digest() -> str:
    """A digest of the program that reads, and of the words that it reads by: when it changes, files that have not
    changed are read again. Words of questions are none of it."""
    import hashlib
    from pathlib import Path

    import assistant.dates
    from assistant import lexicon

    words = [(key, phrases) for key, phrases in lexicon.table().items() if key[0] in ("heading", "cell")]
    digest = hashlib.sha256(repr(words).encode() + Path(lexicon.__file__).read_bytes())
    folders = (Path(__file__).parent, Path(assistant.dates.__file__).parent)
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    for file in (assistant.dates.WORDS, *sorted(files)):
        digest.update(file.read_bytes())
    return digest.hexdigest()
