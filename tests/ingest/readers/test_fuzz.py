"""Spoiled files end in a document or in one of our errors, within their limits, and never end the load."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import DocumentReadError, QuarantinedError
from assistant.records import Document
from ingest.readers import Limits, read_bytes
from tests.ingest.readers.samples import samples

LIMITS = Limits(seconds=30)
CORPUS = Path(__file__).resolve().parents[3] / "corpus"


def originals() -> dict[str, bytes]:
    """The small samples, and a real document of each format from the corpus."""
    found = samples()
    for path in sorted(CORPUS.iterdir()):
        if path.suffix in {".docx", ".xlsx", ".odt", ".ods", ".pdf", ".html"}:
            found[path.name] = path.read_bytes()
    return found


ORIGINALS = originals()

CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 40),
        st.sampled_from(
            [b"", b"\x00", b"<", b"'", b'"', b"0", b"-1", b"99999999999", b"\xff\xfe", b"&x;", b"}}", b"1 0 R"]
        ),
    ),
    min_size=1,
    max_size=12,
)


def spoiled(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """The bytes with some stretches replaced."""
    for place, length, new in changes:
        at = int(place * len(data))
        data = data[:at] + new + data[at + length :]
    return data


def spoiled_inside(data: bytes, part: float, changes: list[tuple[float, int, bytes]]) -> bytes:
    """A packed file with one of its parts spoiled, packed again."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        names = old.namelist()
        chosen = names[int(part * len(names))]
        for name in names:
            text = old.read(name)
            new.writestr(name, spoiled(text, changes) if name == chosen else text)
    return target.getvalue()


def outcome(data: bytes, name: str) -> Document | None:
    """The document, or None where the file was refused with its name and in time."""
    try:
        return read_bytes(data, name, LIMITS)
    except (DocumentReadError, QuarantinedError) as error:
        words = str(error)
    assert name in words
    assert "takes longer" not in words
    return None


@pytest.mark.parametrize("name", sorted(ORIGINALS))
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(changes=CHANGES, part=st.floats(0, 1, exclude_max=True), cut=st.floats(0.3, 1))
def test_a_spoiled_file_gives_a_document_or_our_error(
    name: str, changes: list[tuple[float, int, bytes]], part: float, cut: float
) -> None:
    original = ORIGINALS[name]
    outcome(spoiled(original, changes), name)
    outcome(original[: int(len(original) * cut)], name)
    if original.startswith(b"PK"):
        outcome(spoiled_inside(original, part, changes), name)
    assert outcome(original, name) is not None
