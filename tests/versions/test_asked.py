"""Questions over time that were written without sight of the code, right by kind as they were measured."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.versions.asked import scored

RIGHT = {
    "slipped": 9,
    "changed": 10,
    "carried forward": 10,
    "re-opened": 10,
    "falling due": 9,
    "by date": 9,
    "said again": 10,
}


@pytest.mark.slow
def test_questions_of_each_kind_are_answered_as_well_as_they_were() -> None:
    right = Counter(one.kind for one, _, faults in scored() if not faults)
    assert {kind: number for kind, number in RIGHT.items() if right[kind] < number} == {}
