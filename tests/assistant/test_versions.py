"""Two versions of a plan: recognised, paired row by row, and what changed told with both dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.outcome import AnswerStatus
from assistant.query_plan import Intent, QueryPlan, Wanted
from assistant.query_plan_json import plan_to_data
from assistant.records import Reading, Status
from assistant.service import Assistant
from assistant.versions import changes, core_title, versions_among
from tests.assistant import fenbridge
from tests.readings import an_action

FIRST, SECOND = "v1.txt", "v2.txt"


def version(document: str, title: str, day: date, *rows: dict[str, Any]) -> Reading:
    reading = fenbridge.plan_reading(document, rows=rows)
    return replace(reading, source=replace(reading.source, title=title, plan_date=day))


MOVED = {**fenbridge.ROWS[0], "due": date(2026, 5, 31), "due_text": "May 2026", "status_text": "Waits for a trainer."}
DONE = {**fenbridge.ROWS[1], "status": Status.COMPLETE, "status_text": "Complete"}
NEW = {**fenbridge.ROWS[5], "ref": "R9.9", "action": "Count the swans"}


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    old = version(FIRST, "Children's Plan, version 1", date(2026, 1, 1), *fenbridge.ROWS[:3])
    new = version(SECOND, "Children's Plan, version 2, May 2026", date(2026, 5, 1), MOVED, DONE, NEW)
    return fenbridge.assistant(fenbridge.register(tmp_path, old, new))


def changed(assistant: Assistant, **values: Any) -> Any:
    plan = QueryPlan(Intent.SOURCES, fenbridge.DAY, wanted=Wanted.CHANGE, **values)
    return assistant.ask("what has changed?", query=plan_to_data(plan))


def test_what_changed_is_told_with_both_dates_and_the_reason_given(assistant: Assistant) -> None:
    answer = changed(assistant)
    assert answer.answer.startswith("One due date moved between the two versions")
    for words in ("March 2026", "May 2026", "61 days later", "Waits for a trainer.", "R1.2", "Count the swans", "R1.3"):
        assert words in answer.answer
    assert answer.total == len(answer.table.rows) == 4


def test_one_version_cannot_show_a_change(tmp_path: Path) -> None:
    answer = changed(fenbridge.assistant(fenbridge.register(tmp_path)))
    assert answer.status is AnswerStatus.CANNOT_ANSWER
    assert "one version" in answer.answer


def test_a_report_on_a_plan_is_no_version_of_it() -> None:
    sources = [fenbridge.plan_reading(name).source for name in ("a", "b")]
    report = replace(sources[1], title="Progress of the Children's Action Plan")
    assert versions_among([sources[0], report]) == []
    assert len(versions_among([sources[0], replace(sources[1], title="Children's Action Plan 2027")])) == 2
    assert core_title("Plan (board pack), version 2") == "plan"


def test_rows_pair_by_reference_and_words() -> None:
    old = [an_action("Open the hub", ref="1"), an_action("Train all staff", ref="2")]
    new = [an_action("Train all our staff", ref="3"), an_action("Open the hub", ref="1")]
    found = changes(old, new)
    assert [(one.old and one.old.ref, one.new and one.new.ref) for one in found] == [("2", "3"), ("1", "1")]
    assert changes(old, [])[0].new is None


def test_concerns_are_facts_with_a_question_each(tmp_path: Path) -> None:
    opened = fenbridge.assistant(fenbridge.register(tmp_path))
    plan = QueryPlan(Intent.PROGRESS, fenbridge.DAY, wanted=Wanted.CONCERNS)
    answer = opened.ask("what should I worry about?", query=plan_to_data(plan))
    assert answer.total == len({citation.id for citation in answer.citations}) <= 5
    lines = [line for line in answer.answer.splitlines() if line.startswith("- ")]
    assert all(line.endswith("?") for line in lines)
    assert "R2.1" in lines[0]
    assert "not the council’s view" in answer.answer
