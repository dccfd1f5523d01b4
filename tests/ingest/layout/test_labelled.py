"""Records with each value below its label: any names, values over lines, pages that end inside a record."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from assistant.records import Action
from ingest.readers import read_bytes
from ingest.reading import reading_of
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


@pytest.mark.parametrize("told", ["What has been done", ""])
@pytest.mark.parametrize("asks", ["What we will do", "Actions"])
@pytest.mark.parametrize("nested", ["List Bullet 2", None])
@pytest.mark.parametrize("broken", [True, False])
def test_a_label_that_heads_lists_of_records_makes_no_record_of_them(
    told: str, asks: str, nested: str | None, broken: bool
) -> None:
    plan = narrative(told, asks, nested, broken)
    found = [(a.action, a.owner, str(a.due), a.progress) for a in plan]
    assert found == [(words, who, "2027-05-31", f"step {at} taken.") for at, (words, who) in enumerate(NARRATED)]


NARRATED = [
    (f"{verb} the {place} boat", f"{who} Manager")
    for place, who in (("first", "Quay"), ("second", "Harbour"), ("third", "Ferry"))
    for verb in ("Paint", "Repair", "Insure")
]


@pytest.mark.parametrize("label", ["ACTION", "Action", "Agreed action"])
@pytest.mark.parametrize("who", ["HK", "Harbour Manager", "Asha Bell"])
@pytest.mark.parametrize("end", [" ({}, by {})", " ({}; {})", " (Lead: {}, by {})", " [{}, {}]"])
def test_a_labelled_line_ends_with_who_and_when_as_any_item_does(label: str, who: str, end: str) -> None:
    words = ["Write to the board about berths", "Bring a list of boats to the next board"]
    lines = [f"{label}: {text}{end.format(who, '28 February 2027')}" for text in words]
    text = "Notes of the meeting\n\n3. Berths\n\nMembers were concerned.\n\n" + "\n\nMore was said.\n\n".join(lines)
    found = understood(text).actions
    assert [(a.action, a.owner, str(a.due)) for a in found] == [(each, who, "2027-02-28") for each in words]


def narrative(told: str, asks: str, nested: str | None, broken: bool) -> tuple[Action, ...]:
    """A Word plan in words: a heading for each priority, a bullet for each action, labelled lines below it."""
    document = docx.Document()
    document.add_heading("Harbour plan", 0)
    for number, (words, who) in enumerate(NARRATED):
        if number % 3 == 0:
            document.add_heading(f"Priority {number // 3 + 1} – Safer boats", 1)
            for line in [told, "Bought a winch for the slip"] if told else []:
                document.add_paragraph(line, style="List Bullet" if line != told else "Heading 2")
            document.add_heading(asks, 2)
        document.add_paragraph(words, style="List Bullet")
        lines = [f"Lead: {who}", "By: 31 May 2027", f"Progress so far: step {number} taken."]
        for line in ["\n".join(lines)] if broken else lines:
            document.add_paragraph(line, style=nested)
    data = BytesIO()
    document.save(data)
    return reading_of(read_bytes(data.getvalue(), "plan.docx")).actions
