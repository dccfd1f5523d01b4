"""Tables that were copied one cell a line: the same plan, typed in many ways, gives the same rows."""

from __future__ import annotations

import textwrap

import pytest

from assistant.records import Action
from tests.ingest.understood import understood

HEAD = ("Ref", "Action", "Lead", "Due", "Status")
ROWS = (
    ("1.1", "Ring every family on the day that a school tells us of a worry", "Family Help Manager", "30/06/2026",
     "Done"),
    ("1.2", "Print the booklet about sleep in five languages and leave it in every surgery and library in Fenbridge",
     "Public Health Lead", "Sep-26", "In progress"),
    ("1.3", "Share the rota of the evening team", "Service Manager /\nPolice Inspector", "tbc", "Not started"),
    ("2.1", "Visit each foster home in the first month of a stay", "Fostering Manager", "ongoing", "In progress"),
    ("2.2", "Test the new form with twelve young people", "Participation Officer", "31/12/2026", "In progress"),
    ("2.3", "Move the files of closed cases to the archive", "Business Manager", "Mar-27", "Not started"),
)  # fmt: skip
EXPECTED = [tuple(" ".join(cell.split()) for cell in row) for row in ROWS]


def typed(
    head: tuple[str, ...] = HEAD,
    order: tuple[int, ...] = (0, 1, 2, 3, 4),
    rows: tuple[tuple[str, ...], ...] = ROWS,
    pages: tuple[int, ...] = (),
    parted: str = "\n",
    width: int = 56,
) -> str:
    """The plan, one cell a line, long cells over several; a page ends before each row in `pages`."""
    names = [head[column] for column in order]
    lines = ["Fenbridge Council", "Family plan 2026", "", "Priority 1: Help early", *names]
    for number, row in enumerate(rows):
        if row[0] == "2.1" or (number == 3 and not row[0]):
            lines += ["Priority 2: Good care", *names]
        if number in pages:
            lines += ["", "Fenbridge family plan 2026", f"Page {number}", "", *names]
        for column in order:
            cell = [line for part in row[column].split("\n") for line in textwrap.wrap(part, width)]
            lines += ["\n".join(cell)] if cell else []
    text = parted.join(line for line in lines if line or parted == "\n")
    return text + "\n\nThis plan is looked at by the partnership board in every season of the year.\n"


def read(text: str) -> list[tuple[str | None, ...]]:
    return [_values(action) for action in understood(text).actions]


def _values(action: Action) -> tuple[str | None, ...]:
    values = (action.ref, action.action, action.owner, action.due_text, action.status_text)
    return tuple(" ".join(value.split()) if value else value for value in values)


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 0, 1, 3, 2), (0, 3, 1, 2, 4), (1, 2, 3, 4, 0), (0, 1, 4, 2, 3)])
def test_columns_stand_in_any_order(order: tuple[int, ...]) -> None:
    assert read(typed(order=order)) == EXPECTED


@pytest.mark.parametrize(
    "head",
    [
        ("No.", "What we will do", "Who", "By when", "RAG status"),
        ("Ref:", "Action:", "Lead officer:", "Target date:", "Status:"),
        ("Action ref", "Agreed action", "Responsible", "Timescale", "Progress status"),
    ],
)
def test_columns_have_any_name_of_the_trade(head: tuple[str, ...]) -> None:
    assert read(typed(head=head)) == EXPECTED


@pytest.mark.parametrize("pages", [(2,), (1, 4), (1, 2, 4, 5)])
def test_pages_end_between_rows(pages: tuple[int, ...]) -> None:
    assert read(typed(pages=pages)) == EXPECTED


def test_a_page_ends_inside_a_row() -> None:
    text = typed()
    head = "\n".join(HEAD)
    text = text.replace("Public Health Lead\n", f"\nFenbridge family plan\nPage 3\n\n{head}\nPublic Health Lead\n")
    text = text.replace("month of a stay\n", f"month of a stay\n\nFenbridge family plan\nPage 4\n\n{head}\n")
    assert read(text) == EXPECTED


@pytest.mark.parametrize(("row", "column"), [(0, 2), (1, 3), (2, 4), (3, 2), (4, 3), (5, 4), (0, 3)])
def test_a_cell_is_missing(row: int, column: int) -> None:
    rows = [list(each) for each in ROWS]
    rows[row][column] = ""
    want = [tuple(" ".join(cell.split()) or None for cell in each) for each in rows]
    assert read(typed(rows=tuple(map(tuple, rows)))) == want


def test_no_row_has_a_reference() -> None:
    rows = tuple(("", *row[1:]) for row in ROWS)
    assert [each[1:] for each in read(typed(rows=rows, order=(1, 2, 3, 4)))] == [row[1:] for row in EXPECTED]


@pytest.mark.parametrize("width", [40, 500])
def test_each_cell_is_a_paragraph(width: int) -> None:
    assert read(typed(parted="\n\n", width=width)) == EXPECTED


def test_names_stand_only_once() -> None:
    rows = ROWS[:3]
    assert read(typed(rows=rows)) == EXPECTED[:3]


def test_headings_between_rows_are_their_themes() -> None:
    themes = [action.recommendation for action in understood(typed()).actions]
    assert themes == ["Priority 1: Help early"] * 3 + ["Priority 2: Good care"] * 3


def test_a_row_is_where_its_lines_are() -> None:
    first, *_, last = understood(typed()).actions
    assert (first.locator.line_start, first.locator.line_end) == (10, 15)
    lines = typed().split("\n")
    assert lines[(last.locator.line_start or 0) - 1] == "2.3"
    assert lines[(last.locator.line_end or 0) - 1] == "Not started"


def test_words_that_only_name_columns_are_no_table() -> None:
    text = (
        "Fenbridge\n\nWe record\nAction\nLead\nStatus\nfor each thing that we agree, and look at it again in spring.\n"
    )
    assert understood(text).actions == ()


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (0, 1, 3, 2, 4), (0, 1, 4, 2, 3), (4, 0, 1, 2, 3)])
def test_nothing_names_the_columns(order: tuple[int, ...]) -> None:
    names = "\n".join(HEAD[column] for column in order)
    assert read(typed(order=order).replace(f"\n{names}\n", "\n")) == EXPECTED


def test_a_key_of_colours_stands_one_cell_a_line() -> None:
    colours = {"Done": "Blue", "In progress": "Yellow", "Not started": "Red"}
    rows = tuple((*row[:4], colours[row[4]]) for row in ROWS)
    key = "Ratings\nBlue\nComplete, and the board agrees\nYellow\nOn track\nRed\nNot yet\nstarted\n\nPriority 1"
    actions = understood(typed(rows=rows).replace("Priority 1", key, 1)).actions
    states = {"Done": "complete", "In progress": "on_track", "Not started": "not_started"}
    assert [action.status.value for action in actions] == [states[row[4]] for row in ROWS]
