"""The short form of the kills: a few loads that are ended at once, and nothing is torn."""

from __future__ import annotations

import pytest

from tests.battery.kills import run


@pytest.mark.slow
def test_a_load_that_is_killed_tears_no_document() -> None:
    kills, torn = run(3)
    assert kills
    assert torn == 0
