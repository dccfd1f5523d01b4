"""Files that have not changed are read again when the words change by which they are read, and not for other words."""

import pytest

import ingest
from assistant import lexicon

Table = dict[tuple[str, str], tuple[str, ...]]


def digest_with(monkeypatch: pytest.MonkeyPatch, more: Table) -> str:
    ingest.program_digest()  # as it is, and kept
    held = lexicon.table()
    monkeypatch.setattr(lexicon, "table", lambda: {**held, **more})
    return ingest.program_digest.__wrapped__()


@pytest.mark.parametrize("role", ["heading", "cell"])
def test_a_word_of_plans_has_plans_read_again(monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    assert digest_with(monkeypatch, {(role, "invented"): ("wibble",)}) != ingest.program_digest()


@pytest.mark.parametrize("role", ["ask", "state", "typed"])
def test_a_word_of_questions_leaves_plans_as_they_are(monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    assert digest_with(monkeypatch, {(role, "invented"): ("wibble",)}) == ingest.program_digest()
