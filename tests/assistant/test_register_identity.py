"""Which row of a new reading is which row of the one before."""

from __future__ import annotations

import pytest

from assistant.records import Action
from assistant.register.identity import same_rows
from tests.readings import an_action

AUDIT = "Audit every case file opened before the summer"
TRAIN = "Train all foster carers in recording what children say"
REVIEW = "Review the contract for advocacy with the provider"


def rows(*words: str | tuple[str, str]) -> list[Action]:
    """Actions from their words, or from a reference and words; the digest is of both."""
    made = []
    for each in words:
        ref, text = each if isinstance(each, tuple) else (None, each)
        made.append(an_action(text, ref=ref, digest=f"{ref}:{text}"))
    return made


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param([], [AUDIT], {}, id="first load"),
        pytest.param([AUDIT, TRAIN], [AUDIT, TRAIN], {0: 0, 1: 1}, id="the same"),
        pytest.param([AUDIT, TRAIN], [TRAIN, AUDIT], {0: 1, 1: 0}, id="two rows swapped"),
        pytest.param([AUDIT, TRAIN], [REVIEW, AUDIT, TRAIN], {1: 0, 2: 1}, id="one put in front"),
        pytest.param([AUDIT, TRAIN, REVIEW], [AUDIT, REVIEW], {0: 0, 1: 2}, id="one taken out"),
        pytest.param([AUDIT, AUDIT, TRAIN], [AUDIT, AUDIT, AUDIT, TRAIN], {0: 0, 1: 1, 3: 2}, id="one more like it"),
        pytest.param([AUDIT, TRAIN], [AUDIT + " holidays", TRAIN], {0: 0, 1: 1}, id="a few words more"),
        pytest.param(
            [("1", AUDIT), ("2", TRAIN)],
            [("1", REVIEW), ("2", AUDIT), ("3", TRAIN)],
            {1: 0, 2: 1},
            id="numbers moved on by a new row",
        ),
        pytest.param(
            [("1.1", AUDIT), ("1.2", TRAIN), ("1.3", REVIEW)],
            [("1.1", AUDIT), ("1.2", "Train carers and social workers to record well"), ("1.3", REVIEW)],
            {0: 0, 1: 1, 2: 2},
            id="reworded under the same reference in the same place",
        ),
        pytest.param(
            [("1", AUDIT), ("2", TRAIN), ("3", REVIEW)],
            [("1", AUDIT), ("2", "Quite different words"), ("3", REVIEW)],
            {0: 0, 1: 1, 2: 2},
            id="other words under the same reference in the same place",
        ),
        pytest.param([AUDIT], ["Something else altogether"], {}, id="nothing alike"),
        pytest.param(
            [("1", AUDIT), ("1", TRAIN)], [("1", AUDIT), ("1", REVIEW)], {0: 0}, id="a shared reference is no identity"
        ),
    ],
)
def test_rows_are_paired(
    old: list[str | tuple[str, str]], new: list[str | tuple[str, str]], expected: dict[int, int]
) -> None:
    assert same_rows(rows(*old), rows(*new)) == expected


def test_no_old_row_continues_in_two_new_ones() -> None:
    found = same_rows(rows(AUDIT, TRAIN), rows(AUDIT + " x", AUDIT + " y", TRAIN, TRAIN + " z"))
    assert len(set(found.values())) == len(found)
    assert found[2] == 1


def test_a_long_document_of_which_every_row_changed_is_paired_by_reference_and_place() -> None:
    before = rows(*[(str(number), f"{AUDIT} in area {number}") for number in range(600)])
    after = rows(*[(str(number), f"{TRAIN} of team {number}") for number in range(600)])
    assert same_rows(before, after) == {number: number for number in range(600)}
