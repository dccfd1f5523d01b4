"""Which role each column has, by its heading and by what stands under it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.records import Locator
from ingest.layout.columns import assign
from ingest.layout.drafts import Piece

HERE = Locator(line_start=1, line_end=1)
CELLS = {
    "theme": ("Timeliness of assessments", "", "Voice of the child", "Quality of supervision"),
    "act": (
        "Review the rota for duty workers",
        "Publish guidance for schools",
        "Train all managers to supervise",
        "Set up a panel",
    ),
    "prose": (
        "Families told us that they wait",
        "Cases drifted without a decision",
        "Notes were thin in a third of files",
        "Visits were late",
    ),
    "who": ("Head of Service", "SM", "Team Managers", "J Smith"),
    "initials": ("AB", "CD/EF", "AB", "GH"),
    "date": ("30/06/2025", "Sept 2025", "ASAP", "31 March 2026"),
    "past": ("01/02/2025", "", "12/03/2025", ""),
    "rag": ("Green", "Amber", "Red", "Green"),
    "state": ("Complete", "In progress", "Not started", "Ongoing"),
    "news": (
        "Rota agreed by the team in May",
        "Draft with the designer",
        "First session held on 3 June",
        "Terms agreed",
    ),
    "level": ("High", "Medium", "High", "Low"),
    "ref": ("1.1", "1.2", "2.1", "2.2"),
    "none": ("", "", "", ""),
}


def roles(*columns: tuple[str, str]) -> list[str]:
    cells = [[Piece(text, HERE) for text in CELLS[name]] for _, name in columns]
    return [role.value if role else "-" for role in assign([heading for heading, _ in columns], cells).roles]


CASES: list[tuple[Sequence[tuple[str, str]], list[str]]] = [
    (
        [
            ("Ref", "ref"),
            ("Recommendation", "prose"),
            ("Agreed action", "act"),
            ("Responsible officer", "who"),
            ("Implementation date", "date"),
        ],
        ["ref", "recommendation", "action", "owner", "due"],
    ),
    (
        [
            ("Date raised", "past"),
            ("Action", "act"),
            ("Raised by", "initials"),
            ("Assigned to", "initials"),
            ("Due", "date"),
            ("Date closed", "past"),
        ],
        ["other", "action", "other", "owner", "due", "completed"],
    ),
    ([("Action", "act"), ("By", "initials")], ["action", "owner"]),
    ([("Action", "act"), ("By", "date")], ["action", "due"]),
    ([("Objective", "theme"), ("Lead", "who"), ("Deadline", "date")], ["action", "owner", "due"]),
    (
        [("Issue", "theme"), ("Priority", "level"), ("Action", "act"), ("Due", "date")],
        ["recommendation", "-", "action", "due"],
    ),
    (
        [("Agenda item", "theme"), ("Action", "act"), ("Who", "initials"), ("Outcome", "state")],
        ["recommendation", "action", "owner", "progress"],
    ),
    (
        [("Theme", "theme"), ("Objective", "prose"), ("Action", "act"), ("Owner", "who")],
        ["section", "recommendation", "action", "owner"],
    ),
    ([("Action", "act"), ("RAG rated progress", "none"), ("", "news")], ["action", "status", "status"]),
    ([("What happens now", "prose"), ("Task", "act"), ("Due", "date")], ["recommendation", "action", "due"]),
    ([("", "ref"), ("", "act"), ("", "who"), ("", "date"), ("", "rag")], ["ref", "action", "owner", "due", "status"]),
]


@pytest.mark.parametrize(
    ("columns", "expected"), CASES, ids=lambda value: " ".join(value) if isinstance(value[0], str) else ""
)
def test_roles(columns: Sequence[tuple[str, str]], expected: list[str]) -> None:
    assert roles(*columns) == expected
