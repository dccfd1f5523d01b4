"""Records with each value below its label: any names, values over lines, pages that end inside a record."""

from __future__ import annotations

import pytest

from assistant.records import Action
from tests.ingest.understood import understood

NAMES = ("Ref", "Action:", "Lead:", "By when:", "Status:")
ROWS = (
    ("F1", "Open a second family room\nat the station", "Estates Manager", "30 June 2026", "Complete"),
    ("F2", "Teach every duty officer to sign", "Learning Lead", "Autumn term 2026", "In progress"),
    ("F3", "Find a mentor for each child", "", "tbc", "Not started"),
    ("F4", "Print the leaflet in Welsh", "Business Manager", "ongoing", "In progress"),
)
WANT = [tuple(cell.replace("\n", " ") or None for cell in row) for row in ROWS]


def typed(names: tuple[str, ...] = NAMES, order: tuple[int, ...] = (0, 1, 2, 3, 4)) -> str:
    records = ["\n".join(f"{names[at]}\n{row[at]}" if row[at] else names[at] for at in order) for row in ROWS]
    head = (
        "Fenbridge Council\nFamily plan 2026\n\nPriority area A: Close to home\n\nWhy this matters\nHelp is far away.\n"
    )
    return head + "\n" + "\n\n".join(records) + "\n\nAgreed by the board.\n"


def read(text: str) -> list[tuple[str | None, ...]]:
    return [_values(action) for action in understood(text).actions]


def _values(action: Action) -> tuple[str | None, ...]:
    values = (action.ref, action.action, action.owner, action.due_text, action.status_text)
    return tuple(" ".join(value.split()) if value else value for value in values)


@pytest.mark.parametrize(
    "names",
    [
        NAMES,
        ("Reference:", "What we will do:", "Who:", "Deadline:", "RAG:"),
        ("Action ref", "Action", "Owner", "Due date", "Current status"),
    ],
)
@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (0, 4, 1, 3, 2), (1, 2, 3, 4, 0)])
def test_each_value_belongs_to_the_label_above_it(names: tuple[str, ...], order: tuple[int, ...]) -> None:
    assert read(typed(names, order)) == WANT


@pytest.mark.parametrize(
    "before", ["Lead:\nLearning", "Autumn term", "at the station", "Status:\nIn progress\n\nRef\nF3"]
)
def test_a_page_ends_inside_a_record(before: str) -> None:
    text = typed().replace(before, f"\n\nFenbridge family plan\t2\n\n{before}", 1)
    text = text.replace("Print the leaflet", "\nFenbridge family plan\t3\n\nPrint the leaflet")
    assert read(text) == WANT


def test_a_record_is_all_its_lines_and_stands_under_its_theme() -> None:
    first, *_ = understood(typed()).actions
    assert (first.locator.line_start, first.locator.line_end) == (9, 19)
    assert first.recommendation == "Priority area A: Close to home"


def test_some_values_stand_beside_their_labels() -> None:
    text = typed(("Ref:", *NAMES[1:])).replace("Ref:\n", "Ref: ").replace("Status:\n", "Status: ")
    assert read(text) == WANT
