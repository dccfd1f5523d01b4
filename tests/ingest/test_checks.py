"""Data-quality flags, each with the smallest plan that has one."""

from __future__ import annotations

import pytest

from assistant.flags import FlagCode
from tests.ingest.understood import codes, rows, understood

HEADER = "Action ¦ Owner ¦ Start ¦ Due ¦ Status"
USUAL = [
    f"Check list number {number} for the teams ¦ SM ¦  ¦ {month} 25 ¦ "
    for number, month in enumerate(("Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct"))
]


@pytest.mark.parametrize("code", FlagCode)
def test_every_flag_has_a_sentence(code: FlagCode) -> None:
    assert code.meaning.endswith(".")


def test_dates_outside_the_plan() -> None:
    found = rows(
        "Plan 2025-26",
        "",
        HEADER,
        "Ring ¦ SM ¦  ¦ Feb 25 ¦ ",
        "Write ¦ TM ¦  ¦ May 26 ¦ ",
        "Visit ¦ TM ¦ June 25 ¦ May 25 ¦ ",
    )
    assert [codes(action) & {"due_before_plan", "due_after_plan", "due_before_start"} for action in found] == [
        {"due_before_plan"},
        {"due_after_plan"},
        {"due_before_start"},
    ]


def test_a_slip_of_the_year_is_flagged_and_not_corrected() -> None:
    found = rows("Plan 2024-25", "", HEADER, *USUAL, "Agree the housing plan ¦ SM ¦  ¦ Feb 24 ¦ ")
    assert (str(found[-1].due), str(found[-1].due_probable)) == ("2024-02-29", "2025-02-28")
    assert "date_slip" in codes(found[-1])
    assert not any(action.due_probable for action in found[:-1])


def test_an_early_date_just_before_the_plan_is_no_slip() -> None:
    found = rows(
        "Plan: April 2025 to March 2026", "", HEADER, *USUAL[3:], *USUAL[3:5], "Agree the plan ¦ SM ¦  ¦ March 25 ¦ "
    )
    assert found[-1].due_probable is None


def test_a_completion_after_the_plan_was_written() -> None:
    (action,) = rows(
        "Children's Plan", "", "Updated June 2025", "", "R4.2 Publish the guide for schools", "", "Complete", "Nov 2025"
    )
    assert "completion_after_plan" in codes(action)


def test_overdue_on_the_day_of_the_plan() -> None:
    (action,) = rows("Plan", "", "Updated June 2025", "", HEADER, "Ring ¦ SM ¦  ¦ March 2025 ¦ In progress")
    assert "overdue_when_published" in codes(action)


def test_another_month_in_the_words_of_the_action() -> None:
    first, second = rows(
        HEADER, "Share the plan. May 2025 ¦ SM ¦  ¦ April 2025 ¦ ", "Share it in May 2025 ¦ SM ¦  ¦ May 2025 ¦ "
    )
    assert "date_in_text_differs" in codes(first)
    assert "date_in_text_differs" not in codes(second)


def test_an_impossible_date() -> None:
    (action,) = rows(HEADER, "Ring ¦ SM ¦  ¦ 31/04/2025 ¦ ")
    assert action.due is None
    assert "date_impossible" in codes(action)


def test_the_same_action_twice_with_another_colour() -> None:
    found = rows(
        "Action ¦ Owner ¦ Due ¦ RAG",
        "Virtual Head to review and report on the support for looked after pupils ¦ VH ¦ June 2025 ¦ Green",
        "Publish the winter rota ¦ TM ¦ June 2025 ¦ Green",
        "Virtual Head to review support for looked after pupils and produce a report ¦ VH ¦ June 2025 ¦ Amber",
    )
    assert ["contradicting_duplicate" in codes(action) for action in found] == [True, False, True]


def test_progress_pasted_from_another_row() -> None:
    words = "In place. Weekly notes show the handover."
    found = rows("Action ¦ Owner ¦ Update", f"Ring ¦ SM ¦ {words}", f"Write ¦ TM ¦ {words}", "Visit ¦ TM ¦ Done")
    assert ["pasted_progress" in codes(action) for action in found] == [True, True, False]


def test_a_find_and_replace_that_went_too_far() -> None:
    found = rows(
        "Action ¦ Owner ¦ Due",
        "Ring ¦ HEAD OF COMMISSIONING ¦ May 2025",
        "Write ¦ Head of Commissioning ¦ May 2025",
        "Visit ¦ LSHEAD OF COMMISSIONING CHAIR ¦ May 2025",
    )
    assert ["owner_corrupted" in codes(action) for action in found] == [False, False, True]


def test_two_actions_run_together() -> None:
    (action,) = rows(
        HEADER, "Support carers of children who run away Improve the links with schools ¦ SM ¦  ¦ May 2025 ¦ "
    )
    assert "multiple_actions" in codes(action)


def test_what_is_missing_is_said() -> None:
    (action,) = rows(HEADER, "Ring each family in the north ¦  ¦  ¦ ASAP ¦ ")
    assert {"no_owner", "no_due", "no_status"} <= codes(action)


def test_flags_of_the_document() -> None:
    text = "Action\tOwner\tRAG\nRing the DCO\tSM\tGreen\nWrite\tSM\tGreen\n"
    found = {flag.code for flag in understood(text).flags}
    assert {"no_plan_date", "colour_not_defined", "abbreviation_undefined"} <= found


def test_a_gap_in_the_numbers() -> None:
    lines = [f"{number}\tRing family group {number}\tSM\tMay 2025" for number in (1, 2, 3, 5, 6, 7)]
    found = understood("No\tAction\tOwner\tDue\n" + "\n".join(lines))
    assert [flag.words for flag in found.flags if flag.code == "numbering_gap"] == ["No action has the number 4."]
