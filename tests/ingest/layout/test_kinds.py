"""Tables beside a plan that are none of actions; what is left out of them is reported."""

from __future__ import annotations

import pytest

from assistant.records import ReadAs
from tests.ingest.books import workbook
from tests.ingest.understood import rows, understood

PLAN = [
    ["Ref", "Action", "Lead", "Due", "Status"],
    ["1", "Paint the contact room", "Centre Manager", "May 2026", "Done"],
    ["2", "Buy two new cots", "Centre Manager", "June 2026", "On track"],
]
OTHERS = {
    "measures": [
        ["Indicator", "Target", "Oct-25", "Nov-25", "Dec-25", "Owner"],
        ["Visits in time", "90%", "<amber>70%", "<amber>75%", "<green>91%", "Head of Care"],
        ["Reviews in time", "95%", "<amber>80%", "<amber>82%", "<amber>85%", "Head of Reviews"],
    ],
    "figures": [
        ["Measure", "March 2025", "October 2025", "Target", "Responsible"],
        ["Children seen alone", "61%", "72%", "95%", "Head of Care"],
        ["Plans with a date", "40", "58", "80", "Head of Care"],
    ],
    "risks": [
        ["Risk", "Likelihood", "Impact", "Mitigation", "Risk owner", "Review by"],
        ["The builder goes bankrupt", "High", "High", "Hold a second quote", "Centre Manager", "01/06/2026"],
        ["Cots do not arrive", "Low", "High", "Borrow from Health", "Centre Manager", "01/06/2026"],
    ],
    "changes": [
        ["Date", "Change", "By"],
        ["01/02/2026", "Added row 2 at the wish of the Board", "Programme Support"],
        ["01/03/2026", "Moved the date of row 1", "Programme Support"],
    ],
    "versions": [
        ["Version", "Date", "Author", "Change"],
        ["0.1", "01/02/2026", "Programme Support", "First draft for leads to look at"],
        ["0.2", "01/03/2026", "Programme Support", "Dates brought up to date"],
    ],
    "people": [
        ["Name", "Role", "Organisation", "Email"],
        ["Ada Brook", "Centre Manager", "Fenbridge Council", "ada@fenbridge.example"],
        ["Ben Ford", "Head of Care", "Fenbridge Council", "ben@fenbridge.example"],
    ],
    "counts": [
        ["Priority", "Actions", "Closed", "Slipped"],
        ["Priority 1: Warm rooms and enough of them", "6", "1", "2"],
        ["Priority 2: Children are seen where they live", "7", "2", "1"],
    ],
}


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("before", [True, False])
def test_a_sheet_of_another_kind_holds_no_actions(kind: str, before: bool) -> None:
    sheets = {kind: OTHERS[kind], "Plan": PLAN} if before else {"Plan": PLAN, kind: OTHERS[kind]}
    found = workbook(**sheets)
    assert [action.action for action in found.actions] == ["Paint the contact room", "Buy two new cots"]
    assert sum(found.counts.values()) >= len(PLAN) + len(OTHERS[kind])


def test_what_is_left_out_says_why() -> None:
    found = workbook(Plan=PLAN, Risks=OTHERS["risks"])
    assert {reason for place, reason in found.set_aside if place.sheet == "Risks"} <= {
        "another table (risks): not actions"
    }


def test_columns_for_risk_or_measure_beside_actions_are_columns_of_a_plan() -> None:
    found = rows(
        "Risk ¦ Likelihood ¦ Action ¦ Lead ¦ Due",
        "Rooms are cold ¦ High ¦ Fit new heaters ¦ Centre Manager ¦ May 2026",
        "Rooms are full ¦ Low ¦ Rent the hall ¦ Centre Manager ¦ June 2026",
    )
    assert [action.action for action in found] == ["Fit new heaters", "Rent the hall"]


def test_months_are_bars_of_a_chart_and_the_last_lines_are_no_rows() -> None:
    rows_ = [
        ["", "", "Quarter 1"],
        ["No.", "Task", "Apr-26", "May-26", "Jun-26", "Who", "Finish by", "% done"],
        ["1.1", "Clear the attic of old files", "<blue>", "<blue>", "", "Records Officer", "31/05/2026", "<green>60%"],
        ["1.2", "Move the post room", "", "<blue>", "", "Records Officer", "30/06/2026", "<red>0%"],
        ["2.1", "Print new badges", "<red>", "", "", "Reception Lead", "30/04/2026", "<blue>100%"],
        ["", "Average", "", "", "", "", "", "53%"],
        [],
        ["", "Key to % done"],
        ["<blue>", "Blue: finished"],
        ["<green>", "Green: more than half done"],
        ["<red>", "Red: nothing done yet, late or not"],
        ["", "Bars are coloured by team and say nothing of progress"],
    ]
    found = workbook(Plan=rows_)
    assert [(a.ref, a.rag and a.rag.value, a.status.value) for a in found.actions] == [
        ("1.1", "green", "in_progress"),
        ("1.2", "red", "not_started"),
        ("2.1", "blue", "complete"),
    ]


@pytest.mark.parametrize(
    "names",
    [
        ("Due (original)", "Due (revised)"),
        ("Original deadline", "Revised deadline"),
        ("Planned date", "New date"),
    ],
)
def test_the_revised_date_counts_and_the_original_stays_in_words(names: tuple[str, str]) -> None:
    first, second = rows(
        f"Action ¦ Lead ¦ {names[0]} ¦ {names[1]} ¦ Status",
        "Fit new heaters ¦ Centre Manager ¦ 30/04/2026 ¦ 31/07/2026 ¦ Delayed",
        "Rent the hall ¦ Centre Manager ¦ 30/06/2026 ¦  ¦ Done",
    )
    assert (str(first.due), str(second.due)) == ("2026-07-31", "2026-06-30")
    assert any("30/04/2026" in flag.words for flag in first.flags)


@pytest.mark.parametrize(
    "title",
    ["Previous plan (2023), now closed", "Our earlier improvement plan", "Example of how to fill in the table",
     "How to fill in this plan", "Inspection timeline", "Key events timeline 2025"],
)  # fmt: skip
def test_what_stands_under_the_title_of_another_thing_is_named_and_is_no_action(title: str) -> None:
    plan, other = (["|".join(f" {cell} " for cell in ("", *row, "")).strip() for row in PLAN] for _ in range(2))
    found = understood("\n".join(["# Current actions", "", *plan, "", f"# {title}", "", *other]))
    assert [(action.ref, action.section) for action in found.actions] == [("1", None), ("2", None)]
    assert [(table.read_as, table.title) for table in found.tables] == [
        (ReadAs.ACTIONS, "Current actions"),
        (ReadAs.OTHER, title),
    ]


@pytest.mark.parametrize("title", ["Closed actions", "Plan for early help", "Improvement plan", "Setting an example"])
def test_the_title_of_a_part_of_this_plan_leaves_its_actions(title: str) -> None:
    plan = ["|".join(f" {cell} " for cell in ("", *row, "")).strip() for row in PLAN]
    assert len(understood("\n".join([f"# {title}", "", *plan])).actions) == 2


@pytest.mark.parametrize("heading", ["What they do", "What each person does"])
def test_who_does_what_on_a_board_is_no_action(heading: str) -> None:
    assert rows(f"Who ¦ {heading} ¦ From", "Jane Doe ¦ Chairs the board ¦ 01/01/2025", "Tom Roe ¦ Takes notes ¦") == ()
