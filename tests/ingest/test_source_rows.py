"""The tables of a document as a reader of the source sees them."""

from __future__ import annotations

from assistant.records import Cell, Document, Locator, Reading, Row, SourceRow, Table
from ingest.reading import reading_of
from tests.ingest.understood import understood

PLAN = """No.,Action,Who,By,Position
1,Publish the guide,Clerk,1 May 2026,On track
2,Visit every school,,2 June 2026,
"""


def said(row: SourceRow) -> dict[str, str]:
    return {cell.says: cell.text for cell in row.cells if cell.says}


def test_the_header_is_known_and_each_cell_says_what_it_tells_of_the_action() -> None:
    header, first, second = understood(PLAN, "log.csv").rows
    assert header.header
    assert [cell.text for cell in header.cells] == ["No.", "Action", "Who", "By", "Position"]
    assert not first.header
    assert said(first)["due"] == "1 May 2026"
    assert said(first)["owner"] == "Clerk"
    assert "owner" not in said(second)


def test_the_strokes_under_a_header_are_no_row() -> None:
    text = "| Ref | Action | Owner | Due |\n|---|---|---|---|\n| 1.1 | Publish the guide | Clerk | May 2026 |\n"
    rows = understood(text, "plan.md").rows
    assert [row.locator.line_start for row in rows] == [1, 3]


def test_a_date_that_slipped_into_the_owners_column_still_says_due() -> None:
    slip = "3,Visit schools,2 June 2026,On track,\n"
    *_, slipped = understood(PLAN + slip, "log.csv").rows
    assert said(slipped)["due"] == "2 June 2026"


def test_merged_cells_keep_their_span_and_hidden_ones_stay_out() -> None:
    at = Locator(table=0, row=0)
    shown, hidden = Cell("Aim", 0, 0, at, row_span=2), Cell("secret", 0, 1, at, hidden=True)
    table = Table((Row((shown, hidden), at), Row((Cell("Act", 1, 1, at),), Locator(table=0, row=1))), 2, at)
    reading: Reading = reading_of(Document("plan.docx", "docx", (table,)))
    assert [[(cell.text, cell.row_span) for cell in row.cells] for row in reading.rows] == [[("Aim", 2)], [("Act", 1)]]
