"""What headings mean."""

from __future__ import annotations

import pytest

from ingest.layout.drafts import Role
from ingest.layout.headings import best_role, role_scores


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Who?", Role.OWNER),
        ("Reponsible Officer", Role.OWNER),
        ("Owner (initials)", Role.OWNER),
        ("Action Owner", Role.OWNER),
        ("What will we do differently?", Role.ACTION),
        ("Key actions / milestones", Role.ACTION),
        ("By when", Role.DUE),
        ("When will it be finished?", Role.DUE),
        ("Target date", Role.DUE),
        ("Date closed", Role.COMPLETED),
        ("Start", Role.START),
        ("Revised due date", Role.REVISED),
        ("RAG rating (B/R/A/G)", Role.STATUS),
        ("Where are we now? (RAG)", Role.STATUS),
        ("RAG narrative", Role.PROGRESS),
        ("Action taken", Role.PROGRESS),
        ("Progress update (June)", Role.PROGRESS),
        ("How will we know that it has worked?", Role.MEASURE),
        ("What difference will this make?", Role.OUTCOME),
        ("Area for improvement", Role.RECOMMENDATION),
        ("Objectives / outcomes", Role.RECOMMENDATION),
        ("#", Role.REF),
        ("Date raised", Role.OTHER),
    ],
)
def test_a_heading_names_its_role(heading: str, role: Role) -> None:
    assert best_role(heading)[0] is role


@pytest.mark.parametrize("words", ["", "Fenbridge", "Housing", "The council is parent to 214 children", "12 June 2025"])
def test_other_words_name_none(words: str) -> None:
    assert best_role(words)[1] < 0.6


def test_the_best_comes_first() -> None:
    scores = [score for _, score in role_scores("Evidence of impact and outcome")]
    assert scores == sorted(scores, reverse=True)
