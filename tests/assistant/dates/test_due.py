"""A plan's date cell."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.dates import read_due
from assistant.records import DuePrecision

PERIOD = (date(2020, 4, 1), date(2021, 3, 31))


@pytest.mark.parametrize(
    ("text", "due", "precision"),
    [
        ("Dec-20", "2020-12-31", DuePrecision.MONTH),
        ("11-May-20", "2020-05-11", DuePrecision.DAY),
        ("END AUG 2020", "2020-08-31", DuePrecision.MONTH),
        ("mid-June 2025", "2025-06-30", DuePrecision.MONTH),
        ("Feb 20", "2020-02-29", DuePrecision.MONTH),
        ("Autumn 2020", "2020-11-30", DuePrecision.SEASON),
        ("Winter 2020/21", "2021-02-28", DuePrecision.SEASON),
        ("Spring term 2025", "2025-03-31", DuePrecision.SEASON),
        ("by October half term 2025", "2025-10-31", DuePrecision.MONTH),
        ("Spring half-term 2026", "2026-02-28", DuePrecision.MONTH),
        ("by end of March 2025", "2025-03-31", DuePrecision.MONTH),
        ("By 31st March 2025", "2025-03-31", DuePrecision.DAY),
        ("before April 2025", "2025-03-31", DuePrecision.MONTH),
        ("Q3 2024/25", "2024-12-31", DuePrecision.RANGE),
        ("End of Q2 2025", "2025-06-30", DuePrecision.RANGE),
        ("2024-25", "2025-03-31", DuePrecision.RANGE),
        ("Early 2025", "2025-03-31", DuePrecision.RANGE),
        ("w/c 3 June 2024", "2024-06-09", DuePrecision.RANGE),
        ("Easter 2025", "2025-04-20", DuePrecision.DAY),
        ("2024-03-31 00:00:00", "2024-03-31", DuePrecision.DAY),
        ("Six months from June 2024", "2024-12-31", DuePrecision.MONTH),
    ],
)
def test_due_on_the_last_day_of_what_is_written(text: str, due: str, precision: DuePrecision) -> None:
    read = read_due(text)
    assert (str(read.due), read.precision) == (due, precision)
    assert (read.completed_on, read.rest) == (None, "")


@pytest.mark.parametrize("text", ["", " ", "ASAP", "ongoing", "TBC", "as above", "Monthly", "6 months", "next month"])
def test_words_without_a_date_have_no_due_date(text: str) -> None:
    read = read_due(text)
    assert (read.due, read.precision, read.rest) == (None, DuePrecision.NONE, text.strip())


@pytest.mark.parametrize("text", ["June 2020 to February 2021", "June 2020 to\nFebruary 2021", "Jun-20 – Feb-21"])
def test_a_range_is_due_on_its_end(text: str) -> None:
    read = read_due(text)
    assert (read.start, read.due) == (date(2020, 6, 1), date(2021, 2, 28))
    assert read.precision is DuePrecision.RANGE


def test_a_list_is_due_on_its_last_date() -> None:
    read = read_due("Quarterly reviews:\nApril 2020\nJuly 2020\nOctober 2020\nJanuary 2021")
    assert read.due == date(2021, 1, 31)
    assert [day.isoformat() for day in read.milestones] == ["2020-04-30", "2020-07-31", "2020-10-31", "2021-01-31"]
    assert read.start is None


@pytest.mark.parametrize(
    ("text", "completed_on"),
    [
        ("Complete\nDecember 2019", "2019-12-31"),
        ("Completed 12/06/2024", "2024-06-12"),
        ("Completed on 3rd June 2024", "2024-06-03"),
        ("Closed June 2024", "2024-06-30"),
        ("COMPLETE: 06/2024", "2024-06-30"),
        ("Complete", "None"),
        ("Done", "None"),
    ],
)
def test_complete(text: str, completed_on: str) -> None:
    read = read_due(text)
    assert read.says_complete
    assert (str(read.completed_on), read.due, read.rest) == (completed_on, None, "")


def test_complete_beside_a_due_date_leaves_both() -> None:
    read = read_due("31 March 2025 - complete")
    assert (read.due, read.says_complete, read.completed_on) == (date(2025, 3, 31), True, None)
    read = read_due("Due 31/03/2025, completed 28/03/2025")
    assert (read.due, read.says_complete, read.completed_on) == (date(2025, 3, 31), True, date(2025, 3, 28))


@pytest.mark.parametrize(
    "text",
    ["Complete by June 2025", "Not complete - June 2025", "to be completed by June 2025", "50% complete June 2025"],
)
def test_not_complete(text: str) -> None:
    read = read_due(text)
    assert not read.says_complete
    assert read.completed_on is None
    assert read.due == date(2025, 6, 30)


@pytest.mark.parametrize(
    "text",
    [
        "Revised: June 2025",
        "June 2025 (was January 2025)",
        "Original: March 2025 Revised: June 2025",
        "March 2025 extended to June 2025",
        "March 2025, now June 2025",
        "June 2025 (revised from March 2025)",
        "~~March 2025~~ June 2025",
        "June 2025 (review December 2025)",
    ],
)
def test_the_date_that_counts_now(text: str) -> None:
    read = read_due(text)
    assert (read.due, read.precision, read.milestones) == (date(2025, 6, 30), DuePrecision.MONTH, ())


def test_a_start_without_an_end() -> None:
    read = read_due("From April 2025")
    assert (read.start, read.due, read.precision) == (date(2025, 4, 1), None, DuePrecision.NONE)
    read = read_due("Sept 2024 – ongoing")
    assert (read.start, read.due, read.rest) == (date(2024, 9, 1), None, "ongoing")
    read = read_due("Start June 2024 End March 2025")
    assert (read.start, read.due) == (date(2024, 6, 1), date(2025, 3, 31))


@pytest.mark.parametrize(
    ("text", "due"),
    [("June", "2020-06-30"), ("March", "2021-03-31"), ("by 31st March", "2021-03-31"), ("Q1", "2020-06-30")],
)
def test_a_date_without_a_year_takes_it_from_the_plan(text: str, due: str) -> None:
    assert str(read_due(text, period=PERIOD).due) == due
    assert read_due(text).due is None


def test_an_impossible_date_says_why() -> None:
    read = read_due("31/02/2026")
    assert read.due is None
    assert read.problem == '"31/02/2026" is not a date: February 2026 has 28 days.'
    assert "there is no month 25" in (read_due("12/25/2025").problem or "")
    assert "June 2025 has 30 days" in (read_due("31 June 2025").problem or "")
    assert read_due("30 June 2025").problem is None


def test_the_rest_keeps_the_other_words() -> None:
    assert read_due("1 April 2024 (Phase 1)").rest == "Phase 1"
    assert read_due("Ongoing - review June 2025").rest == "Ongoing - review"
    assert read_due("Complete by June 2025").rest == "Complete by June 2025"


def test_the_first_day_is_for_cells_that_hold_a_start() -> None:
    assert read_due("Aug 18").first == date(2018, 8, 1)
    assert read_due("Autumn 2020").first == date(2020, 9, 1)


@pytest.mark.parametrize(
    ("text", "start"),
    [("from September", "2020-09-01"), ("starting January", "2021-01-01"), ("From May half term", "2020-05-01")],
)
def test_from_a_month_without_a_year_is_that_month_of_the_plan(text: str, start: str) -> None:
    read = read_due(text, period=PERIOD)
    assert (str(read.start), read.due) == (start, None)
