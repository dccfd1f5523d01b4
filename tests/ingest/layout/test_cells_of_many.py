"""Cells that hold more or less than they seem: cards of boards, tables in cells, words for nothing, numbers of days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.ingest.books import workbook
from tests.ingest.understood import rows, understood

_STATES = (("To do", "not_started"), ("Doing", "in_progress"), ("Done", "complete"), ("On hold", "blocked"))
_CARDS = (
    ("Review the pier", "Pier Manager", "30 June 2026"),
    ("Agree two ropes", "Harbour Master", "31 July 2026"),
    ("Train each skipper", "Pilot Lead", "1 May 2026"),
    ("Publish the crane rota", "Crane Officer", "12 May 2026"),
)


@pytest.mark.parametrize("written", ["{0}<br>Owner: {1}<br>Due: {2}", "{0}<br>{1}<br>{2}", "{0} ({1}, {2})", "{0}"])
@pytest.mark.parametrize("columns", [2, 3, 4])
def test_each_card_of_a_board_is_an_action_with_the_state_of_its_column(written: str, columns: int) -> None:
    states, cards = _STATES[:columns], [*_CARDS[:columns], *_CARDS[:1]]
    shown = [written.format(*card) for card in cards]
    lines = [[name for name, _ in states], shown[:columns], [*shown[columns:], *[""] * (columns - 1)]]
    table = "\n".join(f"| {' | '.join(line)} |" for line in (lines[0], ["---"] * columns, *lines[1:]))
    found = understood(f"# Harbour board\n\n{table}\n").actions
    known = "{1}" in written
    assert [(action.action, action.owner, action.status.value) for action in found] == [
        (what, who if known else None, states[at % columns][1]) for at, (what, who, _) in enumerate(cards)
    ]
    assert all((action.due is not None) is known for action in found)


@pytest.mark.parametrize("named", [True, False])
def test_the_rows_of_a_table_in_a_cell_are_actions_under_the_theme_beside_it(named: bool) -> None:
    head = ["Step | Lead | By when"] if named else []
    first, second = ("\n".join([*head, *(" | ".join(card) for card in cards)]) for cards in (_CARDS[:2], _CARDS[2:]))
    found = workbook(Plan=[["Priority", "Actions"], ["Safe piers", first], ["Good boats", second]]).actions
    assert [(action.action, action.owner, action.due_text) for action in found] == list(_CARDS)
    assert [action.recommendation for action in found] == ["Safe piers"] * 2 + ["Good boats"] * 2


@pytest.mark.parametrize("word", ["n/a", "N/A", "None", "Not applicable", "No further action", "-", "None needed"])
def test_a_row_that_says_that_there_is_no_action_is_none_and_is_told(word: str) -> None:
    lines = ["Ref ¦ Action ¦ Lead ¦ Due", "1 ¦ Review the pier ¦ Pier Manager ¦ 30 June 2026", f"2 ¦ {word} ¦  ¦ ",
             "3 ¦ Agree two ropes ¦ Harbour Master ¦ 31 July 2026"]  # fmt: skip
    assert [(action.ref, action.action) for action in rows(*lines)] == [
        ("1", "Review the pier"),
        ("3", "Agree two ropes"),
    ]


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 7, 31), date(2031, 1, 1)])
def test_a_bare_number_in_a_column_of_dates_is_the_day_that_a_workbook_counts_so(day: date) -> None:
    number = str((day - date(1899, 12, 30)) // timedelta(1))
    lines = ("Action ¦ Lead ¦ Start date ¦ Due date", f"Review the pier ¦ Pier Manager ¦ {number} ¦ {number}")
    (found,) = rows(*lines, "Agree two ropes ¦ Harbour Master ¦ ¦ 31 July 2026")[:1]
    assert (found.start, found.due, found.due_text) == (day, day, number)
    assert "date_order" in {flag.code for flag in found.flags}


@pytest.mark.parametrize("struck", ["~~{}~~", "<s>{}</s>", "<del>{}</del>"])
def test_a_row_that_is_crossed_out_keeps_its_words_and_is_withdrawn(struck: str) -> None:
    gone = " ¦ ".join(struck.format(cell) for cell in ("1", "Review the pier", "Pier Manager", "30 June 2026"))
    first, second = rows("Ref ¦ Action ¦ Lead ¦ Due", gone, "2 ¦ Agree two ropes ¦ Harbour Master ¦ 31 July 2026")
    assert (first.ref, first.action, first.status.value) == ("1", "Review the pier", "withdrawn")
    assert (second.ref, second.status.value) == ("2", "not_recorded")


@pytest.mark.parametrize("depth", [1, 2])
def test_an_item_over_numbers_below_its_own_heads_them(depth: int) -> None:
    own = ".".join(["3"] * depth)
    lines = [
        f"{own} Safe piers",
        f"{own}.1 Review the pier (Pier Manager, 30 June 2026)",
        f"{own}.2 Agree two ropes (Harbour Master, 31 July 2026)",
        f"{own}.3 Ring all (Pilot Lead, 1 May 2026)",
    ]
    found = understood("\n\n".join(["# Harbour plan", *lines])).actions
    assert [action.ref for action in found] == [f"{own}.{at}" for at in (1, 2, 3)]
    assert {action.section for action in found} == {f"{own} Safe piers"}


def test_a_title_with_a_council_and_a_month_is_no_action() -> None:
    title = "Harbour Plan, Fenbridge Council, June 2026\n\n"
    table = "| Action | Lead | Due |\n|---|---|---|\n| Review the pier | Pier Manager | 30 June 2026 |\n"
    assert [action.action for action in understood(title + table).actions] == ["Review the pier"]
