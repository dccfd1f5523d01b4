"""One module a format: bytes to a `Document` of blocks and tables with places. The format is judged by content."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from assistant.errors import DocumentReadError
from assistant.records import Document, ReadWarning
from assistant.settings import Settings
from ingest.readers.job import Limits, Progress

__all__ = ["Limits", "Progress", "limits_of_settings", "read_bytes", "read_document"]

_CONVERTED = "The file is in an old format and was converted before it was read: check a few rows against it."


def read_document(path: Path, limits: Limits | None = None, progress: Progress | None = None) -> Document:
    """The document in a file, parsed in a process of its own; `limits` are those of the settings unless given.

    Raises: DocumentReadError where it cannot be read; QuarantinedError where nobody may see it.
    """
    limits = limits or limits_of_settings()
    try:
        if path.stat().st_size > limits.file_bytes:
            raise _too_large(path.name, limits)
        data = path.read_bytes()
    except OSError as error:
        raise DocumentReadError(
            f"{path}: the file cannot be opened ({error.strerror}). Check that it is there and yours."
        ) from error
    return read_bytes(data, path.name, limits, progress)


def read_bytes(data: bytes, name: str, limits: Limits | None = None, progress: Progress | None = None) -> Document:
    """The document in bytes; `name` is the file's name, for messages and as a hint.

    Raises: as `read_document`.
    """
    from ingest.readers.choose import old_format
    from ingest.readers.process import shared
    from ingest.readers.programs import can_convert, converted, with_scans

    limits = limits or limits_of_settings()
    if len(data) > limits.file_bytes:
        raise _too_large(name, limits)
    process = shared(limits)
    old = old_format(data)
    if old is not None:
        made = converted(data, old, limits)
        if made is None and can_convert(old):
            raise DocumentReadError(
                f"{name}: not read, because it is in an old format (.{old.value}) and the program that converts it "
                "failed on it. Open it in its own program, save it in a newer format and load that copy."
            )
        data = made or data
    document = process.parse(data, name, progress)
    if old is not None:
        document = replace(document, warnings=(*document.warnings, ReadWarning(_CONVERTED)))
    return with_scans(document, data, process, limits)


def limits_of_settings(settings: Settings | None = None) -> Limits:
    """The limits that these settings give; those of the environment when None."""
    from assistant.settings import read_settings

    settings = settings or read_settings()
    named: dict[str, Any] = {each.name: getattr(settings, each.name, None) for each in fields(Limits)}
    return Limits(**(named | {"seconds": settings.read_seconds, "memory_bytes": settings.read_memory_bytes}))


def _too_large(name: str, limits: Limits) -> DocumentReadError:
    most = limits.file_bytes // 1_000_000
    return DocumentReadError(f"{name}: not read, because it is larger than {most} MB. Split it, or raise the limit.")
