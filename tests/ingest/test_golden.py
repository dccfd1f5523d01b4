"""Invented documents in, their records out, as sorted JSON to be read in review.

`pytest tests/ingest/test_golden.py --regenerate` writes the files anew, and fails so that nobody leaves the flag on.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import ingest
from assistant.records import Action, Flag, Reading

DOCUMENTS = Path(__file__).parent / "documents"
GOLDEN = Path(__file__).parent / "golden"
LEFT_OUT = frozenset({"document", "plan", "authority", "plan_date", "label", "digest", "quote", "locator", "flags"})
CONTENT_FLAGS_ONLY = frozenset({"no_owner", "no_due", "no_status"})


def in_words(flags: tuple[Flag, ...]) -> list[str]:
    return [f"{flag.code}: {flag.words}" for flag in flags if flag.code not in CONTENT_FLAGS_ONLY]


def plain(action: Action) -> dict[str, Any]:
    """What is known of an action, without what is empty and what is the document's."""
    values = {name: getattr(action, name) for name in action.__slots__ if name not in LEFT_OUT}
    values["field_locators"] = {name: place.as_dict() for name, place in action.field_locators}
    values |= {"at": action.locator.as_dict(), "flags": in_words(action.flags)}
    return {name: value for name, value in values.items() if value not in (None, (), [], {}, "none", "not_recorded")}


def described(reading: Reading) -> dict[str, Any]:
    source = reading.source
    return {
        "source": {
            "title": source.title,
            "authority": source.authority,
            "plan_date": source.plan_date,
            "period": [source.period_start, source.period_end],
        },
        "actions": [plain(action) for action in reading.actions],
        "keys": [f"{key.kind}: {key.term} = {key.meaning} ({key.status})" for key in reading.keys],
        "flags": in_words(reading.flags),
        "passages": [[" > ".join(passage.heading_path), passage.locator.as_dict()] for passage in reading.passages],
        "counts": reading.counts,
        "set_aside": [[place.as_dict(), reason] for place, reason in reading.set_aside],
    }


@pytest.mark.parametrize("path", sorted(DOCUMENTS.iterdir()), ids=lambda path: path.name)
def test_a_document_gives_its_records(path: Path, request: pytest.FixtureRequest) -> None:
    told = json.dumps(described(ingest.read(path)), indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n"
    golden = GOLDEN / f"{path.name}.json"
    if request.config.getoption("--regenerate"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(told, encoding="utf-8")
        pytest.fail(f"{golden.name} is written anew: read what changed, then run without --regenerate")
    assert told == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(DOCUMENTS.iterdir()), ids=lambda path: path.name)
def test_every_quote_stands_and_every_table_line_is_accounted_for(path: Path) -> None:
    reading = ingest.read(path)
    lines = [text for _, text in reading.lines]
    for action in reading.actions:
        start, end = action.locator.line_start, action.locator.line_end
        assert start is not None
        assert action.quote
        assert action.quote in "\n".join(lines[start - 1 : end])
    assert reading.counts.get("set_aside", 0) == len(reading.set_aside)
