"""The real plans beside the project, as they are and typed another way: the same rows must come back."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.records import Action, Reading
from ingest.readers import read_bytes
from ingest.reading import reading_of
from tests.gold import SHARED

SEEDS = SHARED / "seeds"
PLANS = sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else []
WITH_TABLES = [path for path in PLANS if path.read_text(encoding="utf-8").count("\t") > 200]

pytestmark = [
    pytest.mark.real_plans,
    pytest.mark.skipif(not PLANS, reason="the real plans (REAL_PLANS) are not on this machine"),
]

NAMES = {
    "recommendation": "Objective",
    "priorities": "Aim",
    "area": "Workstream",
    "who?": "Responsible officer",
    "who will lead this": "Lead",
    "sponsor (board member)": "Accountable lead",
    "does what?": "What will we do?",
    "action": "Task",
    "key actions / milestones": "Actions required",
    "by when?": "Deadline",
    "date due": "Target date",
    "target completion date": "Due date",
    "start date": "Start",
    "rag status": "BRAG",
    "status": "Current status",
}


def read(text: str, name: str = "plan.txt") -> Reading:
    return reading_of(read_bytes(text.encode(), name))


def said(actions: tuple[Action, ...]) -> list[tuple[object, ...]]:
    """What the rows say, without where they stand."""
    return [
        (a.ref, a.action, a.owner, a.due, a.start, a.status, a.rag, a.recommendation, a.completed_on) for a in actions
    ]


def permuted(text: str, seed: int) -> str:
    """The columns of each width of table in another order; a column that is carried down stays left of the action."""
    random_ = random.Random(seed)
    orders: dict[int, list[int]] = {}
    lines = []
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) > 4:
            order = orders.setdefault(len(cells), [0, *random_.sample(range(1, len(cells)), len(cells) - 1)])
            cells = [cells[column] for column in order]
        lines.append("\t".join(cells))
    return "\n".join(lines)


def renamed(text: str) -> str:
    lines = []
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) > 4 and sum(cell.lower() in NAMES for cell in cells) > 2:
            cells = [NAMES.get(cell.lower(), cell) for cell in cells]
        lines.append("\t".join(cells))
    return "\n".join(lines)


def piped(text: str) -> str:
    lines = []
    for line in text.split("\n"):
        cells = [cell.replace("|", "/") for cell in line.split("\t")]
        lines.append("| " + " | ".join(cells) + " |" if len(cells) > 2 else "\t".join(cells))
    return "\n".join(lines)


def without_page_breaks(text: str) -> str:
    """Blank lines inside tables and headers that only repeat the one before are left out."""
    lines: list[str] = []
    header = ""
    for line in text.split("\n"):
        if not line.strip() and lines and "\t" in lines[-1]:
            continue
        if line.count("\t") > 3 and line == header:
            continue
        if line.count("\t") > 3 and sum(cell.lower() in NAMES for cell in line.split("\t")) > 2:
            header = line
        lines.append(line)
    return "\n".join(lines)


def elsewhere(text: str, authority: str) -> str:
    """The same plan of an invented council."""
    return re.sub(rf"{re.escape(authority)}|{re.escape(authority.split()[-1])}", "Fenbridge", text)


@pytest.mark.parametrize("path", WITH_TABLES, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("change", [renamed, piped, without_page_breaks], ids=lambda change: change.__name__)
def test_typed_another_way_it_says_the_same(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text(encoding="utf-8")
    assert said(read(change(text)).actions) == said(read(text).actions)


@pytest.mark.parametrize("path", WITH_TABLES, ids=lambda path: path.name[:3])
@pytest.mark.parametrize("seed", range(5))
def test_with_its_columns_in_another_order_it_says_the_same(path: Path, seed: int) -> None:
    text = path.read_text(encoding="utf-8")
    assert said(read(permuted(text, seed)).actions) == said(read(text).actions)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name[:3])
def test_of_another_council_it_has_the_same_rows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    here = read(text)
    assert here.source.authority
    assert len(read(elsewhere(text, here.source.authority)).actions) == len(here.actions)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name[:3])
def test_every_quote_stands_at_its_place(path: Path) -> None:
    reading = read(path.read_text(encoding="utf-8"))
    lines = [text for _, text in reading.lines]
    for action in reading.actions:
        start, end = action.locator.line_start, action.locator.line_end
        assert start is not None
        assert end is not None
        assert action.quote
        assert action.quote in "\n".join(lines[start - 1 : end])
    for passage in reading.passages:
        start, end = passage.locator.line_start, passage.locator.line_end
        assert start is not None
        assert end is not None
        assert passage.text == "\n".join(lines[start - 1 : end])
    for key in reading.keys:
        start, end = key.locator.line_start, key.locator.line_end
        assert start is not None
        assert end is not None
        assert key.quote in "\n".join(lines[start - 1 : end])
