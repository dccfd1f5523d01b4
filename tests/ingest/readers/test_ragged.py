"""A row with a cell more or less than its header costs no other row, is fused into none and is no heading."""

from __future__ import annotations

import pytest

from tests.ingest.understood import codes, rows

WORDS = ["Ring each family", "Write to the schools", "Visit the homes", "Train the panel", "Publish the offer"]
FULL = [[str(at), words, f"Lead {at}", f"{at:02d}/07/2025", "Complete"] for at, words in enumerate(WORDS, start=1)]


def lines(sign: str, ragged: list[str], at: int) -> list[str]:
    cells = [["Ref", "Action", "Owner", "Due", "Status"], *FULL[:at], ragged, *FULL[at + 1 :]]
    title = ["Improvement plan", ""] if sign == " | " else []
    return [*title, *(sign.join(row) for row in cells)]


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize(("sign", "name"), [(" | ", "plan.txt"), (",", "plan.csv"), (";", "plan.csv")])
@pytest.mark.parametrize("kept", [3, 4])
def test_a_short_row_is_a_row_of_its_own(sign: str, name: str, at: int, kept: int) -> None:
    found = rows(*lines(sign, FULL[at][:kept], at), name=name)
    assert [(action.ref, action.action) for action in found] == [(row[0], row[1]) for row in FULL]
    assert [action.owner for action in found] == [row[2] for row in FULL]
    assert len({action.section for action in found}) == 1
    assert [action.due_text for action in found if action.ref != FULL[at][0]] == [
        row[3] for row in FULL if row is not FULL[at]
    ]


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize(("sign", "name"), [(" | ", "plan.txt"), (",", "plan.csv")])
def test_a_row_whose_owner_is_left_out_gives_no_date_as_owner(sign: str, name: str, at: int) -> None:
    found = rows(*lines(sign, [*FULL[at][:2], *FULL[at][3:]], at), name=name)
    assert [action.due_text for action in found] == [row[3] for row in FULL]
    assert found[at].owner is None
    assert "unsure_alignment" in codes(found[at])


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize(("sign", "name"), [(" | ", "plan.txt"), (",", "plan.csv")])
def test_a_sign_inside_the_words_stays_among_the_words(sign: str, name: str, at: int) -> None:
    words = f"{WORDS[at]}{sign}and report"
    found = rows(*lines(sign, [FULL[at][0], words, *FULL[at][2:]], at), name=name)
    assert found[at].action == words
    assert [(action.owner, action.due_text, action.status.value) for action in found] == [
        (row[2], row[3], "complete") for row in FULL
    ]
    assert "unsure_alignment" in codes(found[at])


def test_many_ragged_rows_of_one_export_are_all_read() -> None:
    ragged = [FULL[0], [*FULL[1], "a note"], FULL[2][:3], [*FULL[3], "a note"]]
    found = rows("Ref,Action,Owner,Due,Status", *(",".join(row) for row in ragged), name="plan.csv")
    assert [action.ref for action in found] == ["1", "2", "3", "4"]


def test_words_between_two_rows_do_not_take_the_second() -> None:
    table = lines(" | ", FULL[2], 2)
    found = rows(*table[:6], "continued on the next page", *table[6:], name="plan.txt")
    assert [action.ref for action in found] == ["1", "2", "3", "4", "5"]
