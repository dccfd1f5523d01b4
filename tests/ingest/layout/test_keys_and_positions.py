"""A key gives letters their meaning wherever it stands; a heading or a label with its day says what it says without."""

from pathlib import Path

import pytest

import ingest
from assistant.records import Status
from ingest.layout.drafts import Role
from ingest.layout.headings import best_role
from tests.ingest.books import word

MEANT = {
    "G": ("Green", "Delivered, and the Board has signed it off", Status.COMPLETE),
    "A": ("Amber", "Behind, with a plan to recover", Status.AT_RISK),
    "B": ("Blue", "On track to finish by the date shown", Status.ON_TRACK),
}
HEADER = ["Ref", "Action", "Lead", "Deadline", "RAG"]
ACTIONS = [
    ["1.1", "Write a plan on a page for each child", "Service Manager", "31 January 2026", "G"],
    ["1.2", "Review the plans that drift", "Head of Service", "28 February 2026", "A"],
    ["1.3", "Train the chairs of conferences", "Safeguarding Lead", "31 March 2026", "B"],
]
WANTED = [MEANT[row[-1]][2] for row in ACTIONS]


@pytest.mark.parametrize("columns", [(0, 1, 2), (0, 2), (1, 2)])
def test_a_key_in_a_table_of_letter_colour_and_meaning(columns: tuple[int, ...]) -> None:
    key = [[["Letter", "Colour", "What we mean by it"][n] for n in columns]]
    key += [[(letter, colour, meaning)[n] for n in columns] for letter, (colour, meaning, _) in MEANT.items()]
    reading = word("Fenbridge plan", "How to read the ratings", key, "Actions", [HEADER, *ACTIONS])
    assert [action.status for action in reading.actions] == WANTED


def test_a_key_of_letters_that_stand_apart_in_plain_lines(tmp_path: Path) -> None:
    key = "\n".join(f"{letter}   {meaning}" for letter, (_, meaning, _) in MEANT.items())
    rows = "\n".join("\t".join(row) for row in [HEADER, *ACTIONS])
    path = tmp_path / "plan.txt"
    path.write_text(f"Fenbridge plan\n\nHow progress is rated\n\n{key}\n\nThe plan\n\n{rows}\n", encoding="utf-8")
    assert [action.status for action in ingest.read(path).actions] == WANTED


@pytest.mark.parametrize("name", ["Update", "Position", "Progress", "Latest position"])
@pytest.mark.parametrize(
    "day", ["{} at November 2025", "{} as at 31 May 2026", "Mid-year {}", "{} at mid-year", "{} Q3"]
)
def test_a_heading_with_its_day_is_that_heading(name: str, day: str) -> None:
    assert best_role(day.format(name)) == (Role.PROGRESS, 1.0)


@pytest.mark.parametrize("label", ["Mid-year position", "End of year update"])
def test_a_labelled_line_with_its_day_tells_the_state(label: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(
        "# Fenbridge partnership plan 2026\n\n## Priority 1. Neglect\n\n"
        "1.1 Launch the toolkit at four events. (Lead: Chair; timescale: June 2026)\n\n"
        f"{label}: Complete – four events held.\n\n"
        "1.2 Audit thirty files. (Lead: Quality Officer; timescale: September 2026)\n\n"
        f"{label}: Not started.\n\n"
        "1.3 Share what was learnt. (Lead: Chair; timescale: October 2026)\n",
        encoding="utf-8",
    )
    found = [action.status for action in ingest.read(path).actions]
    assert found == [Status.COMPLETE, Status.NOT_STARTED, Status.NOT_RECORDED]
