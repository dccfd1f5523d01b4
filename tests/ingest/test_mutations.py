"""Damaged documents: each is read or refused with a reason, and whatever is quoted stands in it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from ingest.readers import read_bytes
from ingest.reading import reading_of

DOCUMENTS = sorted((Path(__file__).parent / "documents").iterdir())
INSERTED = (
    b"\t",
    b"|",
    b"\n",
    b'"',
    b",",
    b"#",
    b"- ",
    b"\x00",
    b"\xff",
    b":",
    b"(",
    b"<table><tr><td>",
    b"\r",
    "\u202e".encode(),
)


def damaged(data: bytes, random_: random.Random) -> bytes:
    """The bytes with up to thirty pieces cut out, put in, overwritten or repeated."""
    found = bytearray(data)
    for _ in range(random_.randint(1, 30)):
        at, kind = random_.randrange(len(found)), random_.random()
        if kind < 0.25 and len(found) > 300:
            del found[at : at + random_.randint(1, 100)]
        elif kind < 0.5:
            found[at:at] = random_.choice(INSERTED)
        elif kind < 0.75:
            found[at] = random_.randrange(256)
        else:
            start = random_.randrange(len(found))
            found[at:at] = found[start : start + random_.randint(1, 300)]
    return bytes(found)


@pytest.mark.parametrize("seed", range(120))
def test_a_damaged_document_is_read_or_refused(seed: int) -> None:
    random_ = random.Random(seed)
    path = random_.choice(DOCUMENTS)
    try:
        reading = reading_of(read_bytes(damaged(path.read_bytes(), random_), path.name))
    except AssistantError:
        return
    lines = [text for _, text in reading.lines]
    for action in reading.actions:
        start, end = action.locator.line_start, action.locator.line_end
        assert start is not None
        assert action.quote
        assert action.quote in "\n".join(lines[start - 1 : end])
