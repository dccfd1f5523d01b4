"""The whole way of one document."""

from __future__ import annotations

from pathlib import Path

import pytest

import ingest
from assistant.errors import DocumentReadError
from assistant.records import Locator
from ingest.reading import Standing
from tests.ingest.understood import understood

PLAN = "Plan\n\nAction\tOwner\tDue\nRing each family\tSM\tMay 2025\nWrite to schools\tTM\tJune 2025\n"


def test_identity_is_place_and_change_is_content() -> None:
    before = understood(PLAN).actions
    moved = understood("A line more\n" + PLAN).actions
    changed = understood(PLAN.replace("June", "July")).actions
    assert [action.id for action in before] == [action.id for action in moved] == [action.id for action in changed]
    assert [action.digest for action in before] == [action.digest for action in moved]
    assert [one.digest == other.digest for one, other in zip(before, changed, strict=True)] == [True, False]


def test_characters_that_cannot_be_seen_are_left_out_and_flagged() -> None:
    found = understood(PLAN.replace("Ring each", "Ring\u200b ea\u202ech"))
    assert found.actions[0].action == "Ring each family"
    assert "invisible_characters" in {flag.code for flag in found.flags}
    assert found.actions[0].quote in found.lines[3][1]


@pytest.mark.parametrize(("data", "says"), [(b"", "empty"), (b"\x00\x01\x02" * 500, "plan.txt")])
def test_a_file_that_cannot_be_read_says_which_and_why(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(data)
    with pytest.raises(DocumentReadError, match=says):
        ingest.read(path)


def test_a_quote_is_cut_to_what_stands_at_its_place() -> None:
    here = Locator(line_start=2, line_end=2)
    standing = Standing.of(
        [(Locator(line_start=1, line_end=1), "one"), (here, "Ring each family (SM, May) and write.")]
    )
    assert standing.quote("each family", here) == "each family"
    assert standing.quote("Ring each family and write.", here) == "Ring each family"


def test_passages_leave_out_what_actions_hold() -> None:
    found = understood("Plan\n\nWhy\n\nWe waited too long.\n\n" + PLAN.removeprefix("Plan\n\n"))
    assert [passage.text for passage in found.passages] == ["Plan\n\nWhy\n\nWe waited too long."]


def test_a_list_keeps_the_line_that_leads_in_to_it() -> None:
    items = "\n".join(
        f"- a success number {number}, told at some length so that it fills a passage soon" for number in range(20)
    )
    found = understood(f"Report\n\nAchievements\n\nKey achievements include:\n{items}\n").passages
    assert len(found) > 1
    assert all(passage.heading_path[-1] == "Key achievements include" for passage in found[1:])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Actions for the board\n\nWe met on 3 May 2026.\n", "No action was read. Seen: the date 3 May 2026"),
        ("| Group | Way |\n|---|---|\n| Youth | Survey |\n| Carers | Talk |\n", "Seen: a table (line 3: Group, Way)"),
        ("Hello", "nothing in it looks like one"),
    ],
)
def test_a_document_without_actions_says_what_was_seen(text: str, said: str) -> None:
    reading = understood(text, "note.md")
    assert reading.actions == ()
    assert said in " ".join(warning.words for warning in reading.warnings)
