"""Recommendations that are said again, in a later plan or another council's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.records import Action, Source
from assistant.versions import Series, said_again
from tests.readings import a_reading, an_action

SAID = "Make sure that supervision of social workers is regular and recorded"


def plan(document: str, day: date | None, *said: str) -> tuple[Source, list[Action]]:
    reading = a_reading(
        *(an_action(f"Do {text}", line, recommendation=text) for line, text in enumerate(said, 1)),
        document=document,
        plan_date=day,
    )
    return reading.source, [replace(row, id=f"{document}-{at}") for at, row in enumerate(reading.actions)]


def pairs(*plans: tuple[Source, list[Action]], series: tuple[Series, ...] = ()) -> list[tuple[str, str, str]]:
    found = said_again([source for source, _ in plans], [row for _, rows in plans for row in rows], series)
    return [(one.first.document, one.again.document, one.words) for one in found]


@pytest.mark.parametrize(
    ("again", "is_again"),
    [
        (SAID, True),
        ("Ensure that the supervision of social workers is regular and is recorded", True),
        ("Make sure that supervision of foster carers is regular and recorded", False),
        ("Regular supervision", False),
    ],
)
def test_a_recommendation_in_like_words_is_said_again(again: str, is_again: bool) -> None:
    first, later = plan("a.txt", date(2030, 1, 9), SAID, "Other"), plan("b.txt", date(2031, 3, 2), again)
    told = [("a.txt", "b.txt", "said again, 14 months later")]
    assert pairs(later, first) == (told if is_again else [])


def test_versions_of_one_plan_say_nothing_again() -> None:
    first, later = plan("a.txt", date(2030, 1, 9), SAID), plan("b.txt", None, SAID)
    assert pairs(first, later)[0][2] == "said again"
    assert pairs(first, later, series=(Series((first[0], later[0]), 1.0, "said"),)) == []
