"""Series of versions: recognised, ordered, one of them answering; and what changed told with both dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.change_question import change_asked, version_asked
from assistant.errors import RecordNotFound
from assistant.outcome import AnswerStatus
from assistant.query_plan import Intent, QueryPlan, Wanted
from assistant.query_plan_json import plan_to_data
from assistant.records import OWNER, Action, Reading, Source, Status
from assistant.service import Assistant
from assistant.versions import Series, core_title, find_series, to_compare
from tests.assistant import fenbridge

FIRST, SECOND = "v1.txt", "v2.txt"


def version(document: str, title: str, day: date | None, *rows: dict[str, Any], series: str = "") -> Reading:
    reading = fenbridge.plan_reading(document, rows=rows)
    return replace(reading, source=replace(reading.source, title=title, plan_date=day, series=series))


MOVED = {**fenbridge.ROWS[0], "due": date(2026, 5, 31), "due_text": "May 2026", "status_text": "Waits for a trainer."}
DONE = {**fenbridge.ROWS[1], "status": Status.COMPLETE, "status_text": "Complete"}
NEW = {**fenbridge.ROWS[5], "ref": "R9.9", "action": "Count the swans"}
OLD_READING = version(FIRST, "Children's Plan, version 1", date(2026, 1, 1), *fenbridge.ROWS[:3])
NEW_READING = version(SECOND, "Children's Plan, version 2, May 2026", date(2026, 5, 1), MOVED, DONE, NEW)


def series_of(*readings: Reading) -> tuple[Series, ...]:
    rows: dict[str, tuple[Action, ...]] = {one.source.document: one.actions for one in readings}
    return find_series([one.source for one in readings], lambda name: rows[name])


def names(series: Series) -> list[str]:
    return [source.document for source in series.sources]


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    return fenbridge.assistant(fenbridge.register(tmp_path, OLD_READING, NEW_READING))


def changed(assistant: Assistant, **values: Any) -> Any:
    plan = QueryPlan(Intent.SOURCES, fenbridge.DAY, wanted=Wanted.CHANGE, **values)
    return assistant.ask("what has changed?", query=plan_to_data(plan))


def test_what_changed_is_told_with_both_dates_and_the_reason_given(assistant: Assistant) -> None:
    answer = changed(assistant)
    assert answer.answer.startswith("One due date slipped, one state changed, one action was added")
    for words in ("March 2026", "May 2026", "61 days later", "Waits for a trainer.", "R1.2", "Count the swans", "R1.3"):
        assert words in answer.answer
    assert answer.total == 4
    assert {kind for row in answer.table.rows if (kind := row.cells[2])} >= {"due slipped", "added", "removed"}


def test_one_version_cannot_show_a_change(tmp_path: Path) -> None:
    answer = changed(fenbridge.assistant(fenbridge.register(tmp_path)))
    assert answer.status is AnswerStatus.CANNOT_ANSWER
    assert "one version" in answer.answer


# ---------------------------------------------------------------- which documents are versions of one plan


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("Children's Plan (board pack), updated", True),
        ("Children's Plan 2026-27, draft v1.2", True),
        ("Children's Plan – 12 March 2026", True),
        ("Children’s plan 9.4.2026 revised", True),
        ("Progress of the Children's Plan", False),
        ("Children's Workforce Plan", False),
    ],
)
def test_titles_are_compared_without_dates_and_versions(title: str, same: bool) -> None:
    assert (core_title(title) == "childrens plan") is same


def test_versions_are_ordered_by_date_whatever_the_order_of_loading() -> None:
    [found] = series_of(NEW_READING, OLD_READING)
    assert names(found) == [FIRST, SECOND]
    assert found.settled
    assert not found.doubt
    assert found.at(date(2026, 3, 1)).document == FIRST
    assert "2 of 3 rows alike" in found.as_text()


def test_plans_with_one_title_and_other_rows_are_no_versions() -> None:
    other = version(SECOND, "Children's Plan 2027", date(2027, 1, 1), *fenbridge.ROWS[3:])
    assert series_of(OLD_READING, other) == ()


def test_another_authority_is_another_plan() -> None:
    other = replace(NEW_READING, source=replace(NEW_READING.source, authority="Saltmere Council"))
    assert series_of(OLD_READING, other) == ()


def test_another_title_over_the_same_rows_is_a_guess_that_hides_nothing() -> None:
    other = version(SECOND, "Children and Families Tracker", date(2026, 5, 1), *fenbridge.ROWS[:3])
    [found] = series_of(OLD_READING, other)
    assert not found.settled
    assert "--join" in found.as_text()


def test_a_guess_beside_a_settled_series_is_answered_from_without_a_note(tmp_path: Path) -> None:
    rows = [{**row, "action": f"{row['action']} in the harbour"} for row in fenbridge.ROWS[3:]]
    one = version("one.txt", "Harbour Plan", date(2026, 1, 1), *rows)
    other = version("two.txt", "Harbour and Families Tracker", date(2026, 5, 1), *rows)
    assistant = fenbridge.assistant(fenbridge.register(tmp_path, OLD_READING, NEW_READING, one, other))
    assert sorted(found.settled for found in series_of(OLD_READING, NEW_READING, one, other)) == [False, True]
    caveats = assistant.ask("How many actions are there?").caveats
    assert [caveat for caveat in caveats if "held too" in caveat] != []
    assert not any("Harbour" in caveat for caveat in caveats if "held too" in caveat)


def test_two_versions_of_one_date_are_ordered_by_number_and_told() -> None:
    twin = replace(NEW_READING, source=replace(NEW_READING.source, plan_date=date(2026, 1, 1)))
    [found] = series_of(twin, OLD_READING)
    assert names(found) == [FIRST, SECOND]
    assert "version numbers decide" in found.doubt


def test_a_person_joins_and_parts_versions() -> None:
    other = version("x.txt", "Tracker", date(2026, 6, 1), *fenbridge.ROWS[3:], series="ours")
    joined = replace(OLD_READING, source=replace(OLD_READING.source, series="ours"))
    parted = replace(NEW_READING, source=replace(NEW_READING.source, series="v2.txt"))
    [found] = series_of(joined, parted, other)
    assert names(found) == [FIRST, "x.txt"]
    assert found.sure == 1


def test_which_versions_are_compared() -> None:
    third = version("v3.txt", "Children's Plan, version 3", date(2026, 9, 1), MOVED, DONE, NEW)
    series = series_of(OLD_READING, NEW_READING, third)
    sources = [one.source for one in (OLD_READING, NEW_READING, third)]

    def compared(old: str | None = None, new: str | None = None) -> list[tuple[str, str]]:
        return [(one.document, other.document) for one, other in to_compare(series, sources, old, new)]

    assert compared() == [(SECOND, "v3.txt")]
    assert compared(old=FIRST) == [(FIRST, "v3.txt")]
    assert compared(new=SECOND) == [(FIRST, SECOND)]
    assert compared(FIRST, "v3.txt") == [(FIRST, "v3.txt")]
    with pytest.raises(RecordNotFound, match="no such"):
        compared("no such", SECOND)
    alone: list[Source] = [fenbridge.plan_reading("alone.txt").source]
    with pytest.raises(RecordNotFound, match="only version"):
        to_compare((), alone, new="alone.txt")


# ---------------------------------------------------------------- which version answers


def test_the_newest_version_answers_and_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("How many actions are there?")
    assert answer.total == 3
    assert {citation.document for citation in answer.citations} == {SECOND}
    assert any("newest version" in caveat and "1 January 2026" in caveat for caveat in answer.caveats)
    again = assistant.ask("How many actions are there?", query=answer.query)
    assert [one.id for one in again.citations] == [one.id for one in answer.citations]


def test_the_version_that_stood_at_a_date_answers_for_it(assistant: Assistant) -> None:
    answer = assistant.ask("How many actions are there?", as_of=date(2026, 3, 1))
    assert {citation.document for citation in answer.citations} == {FIRST}
    assert any("not the newest" in caveat for caveat in answer.caveats)


# ---------------------------------------------------------------- questions about change


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("What has slipped since January?", ["One due date slipped", "R1.1"], ["R9.9"]),
        ("What has been added since the last version?", ["One action was added", "R9.9"], ["R1.1"]),
        ("Which disappeared between January and May 2026?", ["One action is no longer there", "R1.3"], ["R9.9"]),
        ("How often has R1.1 slipped?", ["Once. One due date slipped"], ["R9.9"]),
        ("Has R1.1 slipped since January?", ["Yes. One due date slipped"], ["R9.9"]),
        ("Has R1.2 slipped since January?", ["No. No due dates slipped"], ["R9.9"]),
        ("Why did R1.1 slip between January and May 2026?", ["The plan notes: “Waits for a trainer.”"], ["R9.9"]),
        ("Which actions have slipped more than once?", ["No due dates slipped"], ["R1.1"]),
        ("What is new in the May 2026 plan?", ["One action was added", "R9.9"], ["R1.1"]),
        ("Which went from not complete to complete since January?", ["R1.2", "1 May 2026"], ["R9.9"]),
        ("Was anything that was open in January closed in May?", ["Yes. One of the 2 actions"], ["R9.9"]),
        ("How often has R1.2 slipped?", ["No due dates slipped"], []),
        ("Which versions of the plan do you hold?", ["I hold 2 documents", "January 2026", "May 2026"], ["R1.1"]),
        ("What is the newest version of the plan?", ["is dated May 2026"], ["R1.1"]),
        ("Which were still unfinished in January and are wrapped up now?", ["R1.2"], ["R9.9"]),
        (
            "Which actions that were not complete in January were complete by May?",
            ["One of the 2 actions that were not complete on 1 January 2026 was “Complete” on 1 May 2026", "R1.2"],
            ["R9.9"],
        ),
    ],
)
def test_questions_about_change(assistant: Assistant, question: str, holds: list[str], lacks: list[str]) -> None:
    answer = assistant.ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    for words in holds:
        assert words in answer.answer
    for words in lacks:
        assert words not in answer.answer
    again = assistant.ask(question, query=answer.query)
    assert again.answer == answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "What is the difference between early help and protection?",
        "The plan asks twice for the policy to be rewritten. Do the entries agree?",
        "Which actions are complete or on hold in January?",
        "Which recommendations are already complete?",
        "Did the Saturday club open?",
    ],
)
def test_what_is_no_question_of_change_is_left_alone(assistant: Assistant, question: str) -> None:
    desk = assistant.desk(OWNER)
    assert change_asked(question, desk.series, desk.view.of, fenbridge.DAY) is None


def test_a_subject_that_no_row_has_is_not_told_as_unchanged(assistant: Assistant) -> None:
    answer = assistant.ask("What has slipped on fostering since January?")
    assert answer.status is AnswerStatus.NO_MATCH
    assert "no action on “fostering”" in answer.answer


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("What was the state of R1.1 in January?", FIRST),
        ("On 1 May 2026, which actions did the Team Manager hold?", SECOND),
        ("Which actions were on the 1 January 2026 plan?", FIRST),
        ("As the plan stood on 3 April 2026, which actions were open?", FIRST),
        ("Which actions were due in January?", None),
        ("Which actions are due by January?", None),
    ],
)
def test_a_date_that_names_a_version_is_told_from_one_of_an_action(
    assistant: Assistant, question: str, document: str | None
) -> None:
    found = version_asked(question, assistant.desk(OWNER).series, fenbridge.DAY)
    assert (found and found.document) == document


def test_concerns_are_facts_with_a_question_each(tmp_path: Path) -> None:
    opened = fenbridge.assistant(fenbridge.register(tmp_path))
    plan = QueryPlan(Intent.PROGRESS, fenbridge.DAY, wanted=Wanted.CONCERNS)
    answer = opened.ask("what should I worry about?", query=plan_to_data(plan))
    assert answer.total == len({citation.id for citation in answer.citations}) <= 5
    lines = [line for line in answer.answer.splitlines() if line[:1].isdigit()]
    assert all(line.endswith("?") for line in lines)
    assert "R2.1" in lines[0]
    assert "not the council’s view" in answer.answer
