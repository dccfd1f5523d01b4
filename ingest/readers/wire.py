"""What the process that parses says, as JSON and back.

JSON, because the parsing process is not trusted: what it sends can be wrong, but it cannot run anything here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from assistant.records import Document


@dataclass(frozen=True, slots=True)
class Answer:
    """One frame: how far a reading is (part and parts), or how it ended."""

    progress: tuple[int, int] | None = None
    document: Document | None = None
    picture: str | None = None
    """A page of a PDF, in base 64."""
    error: str | None = None


@cache
def _form() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


def pack(answer: Answer) -> bytes:
    return _form().dump_json(answer, exclude_defaults=True)


def unpack(data: bytes) -> Answer:
    """The answer that `pack` packed. Raises ValueError for other data."""
    return _form().validate_json(data)
