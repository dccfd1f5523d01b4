"""Exports with any separator, quoted cells, and marks that are not quotation."""

from __future__ import annotations

import pytest

from assistant.records import Table
from ingest.readers.job import Job
from ingest.readers.text import read

HEADER = ("Action", "Lead", "Due")


def table(text: str) -> Table:
    (found,) = read(text.encode(), Job("plan.csv")).items
    assert isinstance(found, Table)
    return found


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_separator_is_found(sign: str) -> None:
    rows = [HEADER, ("Ring, then write; twice", "SM", "June 2025"), ("Visit", "TM", "July 2025")]
    lines = [sign.join(f'"{cell}"' if sign in cell else cell for cell in row) for row in rows]
    assert [[cell.text for cell in row.cells] for row in table("\n".join(lines)).rows] == [list(row) for row in rows]


def test_a_separator_named_in_the_first_line_wins() -> None:
    assert [cell.text for cell in table("sep=;\nA, b;C\nd, e;f").rows[1].cells] == ["A, b", "C"]


def test_a_quoted_cell_over_lines_keeps_its_lines() -> None:
    found = table('Action,Lead,Due\n"Ring\nand write",SM,June 2025\nVisit,TM,July 2025\n')
    row = found.rows[1]
    assert row.cells[0].text == "Ring\nand write"
    assert (row.locator.line_start, row.locator.line_end) == (2, 3)


def test_a_stray_mark_swallows_no_rows() -> None:
    found = table('Lead\tAction\tDue\nSM\tRing\tMay\n"\tWrite\tJune\nTM\tVisit\tJuly\nTM\tCall\tJuly')
    assert [row.cells[0].text for row in found.rows] == ["Lead", "SM", '"', "TM", "TM"]


def test_a_carriage_return_in_a_cell_does_not_shift_the_lines() -> None:
    found = table("Action,Lead,Due\nRing\rnow,SM,May\nWrite,TM,June\n")
    assert [row.locator.line_start for row in found.rows] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "delimited_file"),
    [
        ("Action,Lead,Due\nRing,SM,May\nWrite,TM,June\n", True),
        ("First, we listened.\nThen, after a while, we wrote.\nNow, we act.\n", False),
        ("# Plan\n\n- one, two, three\n- four, five, six\n", False),
        ("One line only, with, commas", False),
    ],
)
def test_prose_with_commas_is_not_a_delimited_file(text: str, delimited_file: bool) -> None:
    assert (read(text.encode(), Job("plan.txt")).format == "csv") is delimited_file
