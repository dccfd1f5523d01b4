"""Tables whose cells stand one below the other, as when a page was copied into a text."""

from __future__ import annotations

import pytest

from tests.ingest.understood import understood

HEADER = ("Ref", "Action", "Lead", "Start", "End", "Rating")
ROWS = (
    ("1.1", "Paint the hall and the two rooms\nbehind it", "Site Lead / Head of Care", "Apr-26", "Jul-26", "Green"),
    ("1.2", "Rent the school kitchen", "Site Lead", "tbc", "Q4 2026/27", "Red"),
    ("1.3", "Ask parents which evening suits them", "Participation Lead", "May-26", "31/08/26", "Amber"),
)
MORE = (("2.1", "Train four drivers", "Transport Lead", "Jun-26", "Sep-26", "Green"),)


def stacked(rows: tuple[tuple[str, ...], ...], gap: str) -> str:
    return gap.join(cell for row in (HEADER, *rows) for cell in row)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_cells_are_rows_again(gap: str) -> None:
    parts = [stacked(ROWS, gap), "Objective 2 – Enough drivers", stacked(MORE, gap)]
    text = f"Fenbridge Council\nRooms plan\n\nObjective 1 – Enough rooms\n{gap.join(parts)}\n\nSite = the old school\n"
    found = understood(text).actions
    assert [(a.ref, a.owner, a.start_text, a.due_text, a.rag and a.rag.value) for a in found] == [
        (row[0], row[2], row[3], row[4], row[5].lower()) for row in (*ROWS, *MORE)
    ]
    assert found[0].action == "Paint the hall and the two rooms\nbehind it"
    assert [action.recommendation for action in found] == [
        *["Objective 1 – Enough rooms"] * 3,
        "Objective 2 – Enough drivers",
    ]


def test_a_missing_cell_leaves_the_others_in_their_columns() -> None:
    without = (*ROWS[:1], (ROWS[1][0], ROWS[1][1], *ROWS[1][3:]), *ROWS[2:])
    found = understood(f"Rooms plan\n\n{stacked(without, chr(10))}\n").actions
    assert [action.owner for action in found] == ["Site Lead / Head of Care", None, "Participation Lead"]
    assert [action.due_text for action in found] == ["Jul-26", "Q4 2026/27", "31/08/26"]


def test_names_below_each_other_without_rows_stay_words() -> None:
    assert understood("Rooms plan\n\nAction\nLead\nDue\nStatus\n\nWe will say more in May.").actions == ()
