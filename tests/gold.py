"""Rows and questions that a person has checked, turned into the project's own records.

The gold of the real plans is no part of the project (`REAL_PLANS` names its folder) and may be absent; any other folder
in the same format serves as well.
"""

from __future__ import annotations

import hashlib
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.records import Action, DuePrecision, Label, Locator, Rag, Status

SHARED = Path(os.environ.get("REAL_PLANS") or Path(__file__).resolve().parents[2] / "shared")
"""Where the real plans and what was asked of them are kept: named by the environment, or beside the project."""
GOLD = SHARED / "gold"

needs_real_plans = pytest.mark.skipif(not GOLD.is_dir(), reason="the real plans (REAL_PLANS) are not on this machine")


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The objects of a file with one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def gold_actions(folder: Path = GOLD, kinds: frozenset[str] = frozenset({"action"})) -> list[Action]:
    """The rows of a gold folder as actions, in the gold's order; `id` is the gold's own.

    Args: kinds, which `row_kind`s to keep ("action", "development_area").
    """
    return [_action(row) for row in read_jsonl(folder / "rows.jsonl") if row.get("row_kind", "action") in kinds]


def gold_questions(folder: Path = GOLD) -> list[dict[str, Any]]:
    """The questions of a gold folder as they stand."""
    return read_jsonl(folder / "questions.jsonl")


def _action(row: dict[str, Any]) -> Action:
    words = row.get("action") or row.get("recommendation") or ""
    return Action(
        id=row["id"],
        document=row["file"],
        plan=row.get("plan") or "",
        authority=row.get("council"),
        plan_date=_date(row.get("plan_date")),
        action=words,
        locator=Locator(line_start=row.get("line_start"), line_end=row.get("line_end")),
        quote=words.split("\n")[0],
        section=row.get("section"),
        recommendation=row.get("recommendation"),
        ref=row.get("ref"),
        action_parent=row.get("action_parent"),
        owner=row.get("owner"),
        owners=tuple(row.get("owner_norm") or ()),
        start=_date(row.get("start")),
        start_text=row.get("start_text"),
        due=_date(row.get("due")),
        due_text=row.get("due_text"),
        due_precision=_precision(row),
        due_probable=_date(row.get("due_probable")),
        status=_status(row.get("status")),
        status_text=row.get("status_text"),
        rag=Rag(row["rag"]) if row.get("rag") else None,
        completed_on=_date(row.get("completed_on")),
        success_measure=row.get("success_measure"),
        outcome=row.get("outcome"),
        label=Label.PUBLIC,
        digest=hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest(),
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _precision(row: dict[str, Any]) -> DuePrecision:
    """The gold does not state the precision; a day is assumed where the text has a day's shape."""
    text = (row.get("due_text") or "").strip()
    if row.get("due") is None:
        return DuePrecision.NONE
    return DuePrecision.DAY if text[:1].isdigit() else DuePrecision.MONTH


def _status(word: str | None) -> Status:
    return Status.NOT_RECORDED if word in (None, "unknown") else Status(word)
