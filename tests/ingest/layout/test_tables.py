"""The traps of tables, each with its smallest document."""

from __future__ import annotations

import pytest

from tests.ingest.understood import codes, rows, understood

HEADER = "Priority ¦ Action ¦ Lead ¦ Due ¦ RAG"


def test_a_blank_theme_is_the_one_above_also_over_a_page_break() -> None:
    found = rows(HEADER, "Neglect ¦ Train staff ¦ SM ¦ May 2025 ¦ Green", "", " ¦ Hold a panel ¦ TM ¦ June 2025 ¦ Red")
    assert [action.recommendation for action in found] == ["Neglect", "Neglect"]


def test_a_repeated_header_is_no_row() -> None:
    found = rows(
        HEADER, "Neglect ¦ Train staff ¦ SM ¦ May 2025 ¦ Green", HEADER, " ¦ Hold a panel ¦ TM ¦ June 2025 ¦ Red"
    )
    assert [action.action for action in found] == ["Train staff", "Hold a panel"]
    assert found[1].recommendation == "Neglect"


def test_shouted_themes_are_rows_and_lone_cells_are_sections() -> None:
    found = rows(HEADER, "INSPECTION ¦  ¦  ¦  ¦ ", "TIMELY PLANS ¦ REMIND TEAMS ¦ SM ¦ END AUG 2025 ¦ Green")
    assert [(action.section, action.recommendation, action.action) for action in found] == [
        ("INSPECTION", "TIMELY PLANS", "REMIND TEAMS")
    ]


def test_progress_one_column_to_the_right_of_its_heading() -> None:
    (action,) = rows(
        "Action ¦ Lead ¦ Due ¦ RAG rating ¦ ", "Train staff ¦ SM ¦ May 2025 ¦  ¦ Sessions have taken place"
    )
    assert (action.status.value, action.status_text) == ("complete", "Sessions have taken place")


def test_the_tail_of_a_numbered_theme_is_neither_a_theme_nor_an_action() -> None:
    found = rows(
        HEADER,
        "1.0 Threshold is clear. Review 2024 ¦ Publish the guide ¦ SM ¦ May 2025 ¦ Green",
        "1.1 Neglect is seen ¦ Train staff ¦ SM ¦ May 2025 ¦ Green",
        "Review 2024 ¦ Hold a panel ¦ TM ¦ June 2025 ¦ Red",
        "1.2 Plans are short ¦ Use one page ¦ TM ¦ June 2025 ¦ Red",
        "Review 2024 ¦  ¦  ¦  ¦ ",
        "1.3 Visits are on time ¦ List them weekly ¦ TM ¦ June 2025 ¦ Red",
    )
    assert [action.action for action in found] == [
        "Publish the guide",
        "Train staff",
        "Hold a panel",
        "Use one page",
        "List them weekly",
    ]
    assert found[1].recommendation == found[2].recommendation == "1.1 Neglect is seen Review 2024"
    assert found[3].recommendation == "1.2 Plans are short Review 2024"
    assert [action.ref for action in found] == ["1.0", "1.1", "1.1", "1.2", "1.3"]


def test_an_action_broken_by_a_repeated_header_is_one() -> None:
    header = "Area ¦ Key actions ¦ Target date ¦ Sponsor"
    found = rows(
        header,
        "Staff ¦ 1. Recruit two managers ¦ Dec 25 ¦ DCS",
        " ¦ 2. Focus on these checks: ¦ Jan 26 ¦ DCS",
        "",
        header,
        " ¦ (a) visits (b) plans ¦  ¦ ",
        " ¦ (c) supervision ¦  ¦ ",
        " ¦ 3. Update the guide ¦ Feb 26 ¦ DCS",
    )
    assert [action.ref for action in found] == ["1", "2", "3"]
    assert found[1].action == "Focus on these checks:\n(a) visits (b) plans\n(c) supervision"
    assert (found[1].locator.line_start, found[1].locator.line_end) == (3, 7)
    assert "split_row" in codes(found[1])


def test_a_cell_that_holds_a_list_is_one_row() -> None:
    found = rows(HEADER, "Neglect ¦ Train: • nurses • teachers • police ¦ SM ¦ May 2025 ¦ Green")
    assert len(found) == 1


def test_parts_with_a_date_each_are_rows_of_their_own() -> None:
    found = rows(
        "What we will do ¦ Timescale",
        "R2.4 Hear more children, by means of: ¦ ",
        "i) advocates for all ¦ March 2025",
        "ii) workshops in each team ¦ June 2025",
        "R2.5 Publish the pledge ¦ July 2025",
    )
    assert [(action.ref, action.due_text) for action in found] == [
        ("R2.4", "March 2025"),
        ("R2.4", "June 2025"),
        ("R2.5", "July 2025"),
    ]
    assert found[0].action_parent == "R2.4 Hear more children, by means of:"


def test_a_row_without_an_action_is_kept_and_flagged() -> None:
    found = rows(HEADER, "Neglect ¦ Train staff ¦ SM ¦ May 2025 ¦ Green", "Health checks ¦  ¦ as above ¦  ¦ ")
    assert (found[1].action, found[1].recommendation, found[1].owner) == ("", "Health checks", "as above")
    assert {"no_action", "refers_to_other_row"} <= codes(found[1])
    assert found[1].owners == ("Service Manager",)


def test_a_number_over_numbers_is_their_theme() -> None:
    found = rows("No ¦ Action ¦ Who ¦ When", "1 ¦ Safer staff ¦  ¦ ", "1.1 ¦ Check references ¦ HR ¦ May 2025")
    assert [(action.ref, action.recommendation) for action in found] == [("1.1", "Safer staff")]


def test_totals_and_keys_are_no_rows() -> None:
    found = understood(
        "Action\tWho\tWhen\tRAG\nRing\tSM\tMay 2025\tGreen\nTotal actions: 1\t\t\t\n"
        "Key: Green = done; Red = stuck\t\t\t"
    )
    assert len(found.actions) == 1
    assert found.counts["other"] == 2
    assert found.actions[0].status.value == "complete"


def test_a_missing_owner_does_not_make_the_date_an_owner() -> None:
    found = rows(
        "No ¦ Action ¦ Owner ¦ Due ¦ Update", "1 ¦ Ring ¦ SK ¦ 12/05/2025 ¦ Closed", "2 ¦ Write ¦ 30/05/2025 ¦ Open ¦ "
    )
    assert (found[1].owner, found[1].due_text, found[1].status_text) == (None, "30/05/2025", "Open")
    assert "unsure_alignment" in codes(found[1])


@pytest.mark.parametrize("heading", ["Who / When", "Lead and timescale", "Owner & due date"])
def test_an_owner_and_a_date_in_one_cell(heading: str) -> None:
    (action,) = rows(f"Action ¦ {heading} ¦ Update", "Ring each family ¦ HR Manager, by 30 June 2025 ¦ Done")
    assert (action.owner, action.due_text) == ("HR Manager", "30 June 2025")


def test_the_newest_of_several_colours_counts() -> None:
    (action,) = rows("Action ¦ Lead ¦ RAG Q1 ¦ RAG Q2 ¦ RAG Q3", "Ring ¦ SM ¦ Red ¦ Green ¦ ")
    assert action.rag is not None
    assert action.rag.value == "green"


def test_every_line_of_a_table_of_actions_is_accounted_for() -> None:
    text = "Action,Who,When\nSection,,\nRing,SM,May 2025\n,,\nand write,,\n"
    counts = understood(text, "plan.csv").counts
    assert counts == {"headers": 1, "headings": 1, "rows": 1, "empty": 1, "continued": 1}


def test_other_tables_hold_no_actions() -> None:
    assert rows("Committee: ¦ Dated:", "Scrutiny ¦ 3/10/25", "Subject: Plan ¦ Public") == ()
    assert rows("R1 ¦ How we listen ¦ 6", "R2 ¦ How we act ¦ 8") == ()


def test_the_contents_list_names_a_theme_that_a_heading_gets_wrong() -> None:
    found = rows(
        "Improvement Plan",
        "",
        "A1 ¦ Disabled children ¦ 6",
        "A2 ¦ Vulnerable adolescents ¦ 8",
        "",
        "ADDITIONAL AREAS",
        "",
        "Disabled children",
        "",
        "A2.1 Write safety plans with each young person",
        "",
        "June 2025",
    )
    assert [action.recommendation for action in found] == ["Vulnerable adolescents"]
    assert "heading_contradicts_contents" in codes(found[0])


def test_a_parent_heads_its_parts_and_nothing_after_them() -> None:
    found = rows(
        "ID ¦ Action ¦ Lead ¦ Due",
        "P2.1 ¦ Bring visits back to the right rhythm by ¦  ¦ ",
        "P2.1a ¦ hiring two drivers ¦ SM ¦ May 2025",
        "P2.1b ¦ lending cars ¦ TM ¦ June 2025",
        "P2.2 ¦ Print the timetable ¦ SM ¦ June 2025",
    )
    assert [(a.ref, a.action_parent) for a in found] == [
        ("P2.1a", "Bring visits back to the right rhythm by"),
        ("P2.1b", "Bring visits back to the right rhythm by"),
        ("P2.2", None),
    ]


def test_bands_are_themes_where_no_column_is() -> None:
    lines = (
        "VISITS ¦  ¦  ¦ ",
        "Print the list ¦ SM ¦ May 2025 ¦ Done",
        "ROOMS ¦  ¦  ¦ ",
        "Paint it ¦ SM ¦ May 2025 ¦ Done",
    )
    found = rows("Action ¦ Lead ¦ Due ¦ Status", *lines)
    assert [action.recommendation for action in found] == ["VISITS", "ROOMS"]
    (_, second) = rows("Action ¦ Lead ¦ Due ¦ Status", *lines[:2], "COMPLETED ACTIONS ¦  ¦  ¦ ", lines[3])
    assert second.recommendation is None


@pytest.mark.parametrize("sign", ["x", "X", "✔", "Y", "•"])
def test_a_sign_under_a_state(sign: str) -> None:
    found = rows(
        "Ref ¦ Action ¦ Lead ¦ Due ¦ Not started ¦ In progress ¦ Complete",
        f"1 ¦ Paint the hall ¦ SM ¦ May 2025 ¦  ¦  ¦ {sign}",
        f"2 ¦ Rent the kitchen ¦ SM ¦ May 2025 ¦  ¦ {sign} ¦ ",
        f"3 ¦ Train drivers ¦ SM ¦ May 2025 ¦ {sign} ¦  ¦ ",
    )
    assert [action.status.value for action in found] == ["complete", "in_progress", "not_started"]


def test_lists_with_the_same_numbers_side_by_side_are_rows() -> None:
    what, who = "1. Fit heaters<br>2. Seal windows", "1. Site Lead, May 2026<br>2. Head of Care, June 2026"
    line = f"Cold rooms ¦ {what} ¦ {who} ¦ 1. Done<br>2. Started"
    found = rows("Area ¦ Actions ¦ Who and when ¦ Progress", line)
    assert [(a.ref, a.action, a.owner, str(a.due), a.status.value) for a in found] == [
        ("1", "Fit heaters", "Site Lead", "2026-05-31", "complete"),
        ("2", "Seal windows", "Head of Care", "2026-06-30", "in_progress"),
    ]
    assert {action.recommendation for action in found} == {"Cold rooms"}


@pytest.mark.parametrize(
    "words", ["Withdrawn", "Superseded by 4", "Cancelled by the Board", "Merged with 2", "No longer required"]
)
def test_a_row_that_is_no_longer_in_the_plan_is_withdrawn(words: str) -> None:
    (action,) = rows("Action ¦ Lead ¦ Due ¦ Status ¦ Update", f"Paint ¦ SM ¦ May 2025 ¦ {words} ¦ Paint was bought")
    assert (action.status.value, action.status_text) == ("withdrawn", words)
