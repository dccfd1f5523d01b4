"""A document in order and in part: headers go with their rows, merged cells with the rows that they reach."""

from __future__ import annotations

import pytest

from api.documents import THIS, DocumentView, Stretch, covers, items_of, parts_of
from assistant.records import Locator, SourceCell, SourceRow

Line = tuple[Locator, str]


def row(line: int, *cells: SourceCell | str, header: bool = False, table: int = 0) -> SourceRow:
    placed = [cell if isinstance(cell, SourceCell) else SourceCell(cell, at) for at, cell in enumerate(cells)]
    return SourceRow(table, at(line), tuple(placed), header)


def at(line: int) -> Locator:
    return Locator(line_start=line, line_end=line)


def lines(count: int) -> list[Line]:
    return [(at(number), f"line {number}") for number in range(1, count + 1)]


def texts(stretch: Stretch) -> list[list[str]]:
    return [[cell.text for cell, _, _ in line.cells] or [line.text] for line in stretch.lines]


def headings(stretch: Stretch) -> list[list[str]]:
    return [[cell.text for cell in cells] for cells in stretch.header]


ROWS = [
    row(2, "Aim", "Action", header=True),
    row(3, SourceCell("Safe", 0, row_span=3), SourceCell("Visit", 1)),
    row(4, SourceCell("Call", 1)),
    row(5, SourceCell("Write", 1)),
]


def test_text_and_tables_stand_in_their_order() -> None:
    before, table, after = DocumentView(list(items_of(lines(6), ROWS))).stretches(lambda _: True)
    assert texts(before) == [["line 1"]]
    assert headings(table) == [["Aim", "Action"]]
    assert texts(table) == [["Safe", "Visit"], ["Call"], ["Write"]]
    assert texts(after) == [["line 6"]]


def test_a_part_of_a_table_keeps_its_header_and_the_cell_that_reaches_into_it() -> None:
    items = list(items_of(lines(6), ROWS))
    [part] = DocumentView(items).stretches(lambda number: items[number].locator.line_start in (4, 5))
    assert headings(part) == [["Aim", "Action"]]
    assert texts(part) == [["Safe", "Call"], ["Write"]]
    assert part.lines[0].cells[0][0].row_span == 2


def test_a_merged_cell_reaches_no_further_than_what_is_shown() -> None:
    items = list(items_of(lines(6), ROWS))
    [part] = DocumentView(items).stretches(lambda number: items[number].locator.line_start == 3)
    assert part.lines[0].cells[0][0].row_span == 1


def test_a_table_that_goes_on_stands_under_the_header_that_it_went_on_from() -> None:
    on = row(8, SourceCell("Safe", 0), SourceCell("Visit", 1, says="action"), table=1)
    *_, later = DocumentView(list(items_of(lines(8), [*ROWS, on]))).stretches(lambda _: True)
    assert headings(later) == [["Aim", "Action"]]
    assert later.header_from == at(2)


@pytest.mark.parametrize("says", [None, "action"])
def test_a_table_of_another_width_or_kind_borrows_no_header(says: str | None) -> None:
    cells = [SourceCell("One", 0, says=says), *([SourceCell("Two", 1), SourceCell("Three", 2)] if says else [])]
    *_, later = DocumentView(list(items_of(lines(8), [*ROWS, row(8, *cells, table=1)]))).stretches(lambda _: True)
    assert later.header == ()


def test_a_rule_and_a_blank_row_are_not_shown_and_break_nothing() -> None:
    rows = [row(1, "Aim", "Action", header=True), row(2), row(3, "a", "b"), row(4, "", ""), row(5, "c", "d")]
    [table] = DocumentView(list(items_of(lines(5), rows))).stretches(lambda _: True)
    assert texts(table) == [["a", "b"], ["c", "d"]]


def test_the_cells_of_the_row_that_decide_are_named_and_those_elsewhere_too() -> None:
    cells = [SourceCell("Visit", 0, says="action"), SourceCell("May", 1, says="due"), SourceCell("", 2, says="owner")]
    above = [
        SourceCell("Call", 0, says="action"),
        SourceCell("June", 1, says="due"),
        SourceCell("Clerk", 2, says="owner"),
    ]
    places = [(THIS, at(2)), ("owner", at(1))]
    [table] = DocumentView(list(items_of(lines(2), [row(1, *above), row(2, *cells)])), places).stretches(lambda _: True)
    assert [[mark for _, _, mark in line.cells] for line in table.lines] == [["", "", "Owner"], ["", "Due date", ""]]
    assert [line.marks for line in table.lines] == [(), ("This row",)]


def test_a_place_that_is_a_header_is_shown_at_the_first_row_below_it() -> None:
    view = DocumentView(list(items_of(lines(6), ROWS)), [(THIS, at(2))])
    assert [view.items[number].locator for number in view.marked()] == [at(3)]
    [table] = view.around(0)
    assert [line.marks for line in table.lines] == [("Column names above",)]


def test_pages_stand_in_their_order_although_a_broken_table_is_one() -> None:
    first, second, foot = (Locator(page=page, box=(0, top, 9, top + 1)) for page, top in ((1, 5), (2, 1), (1, 9)))
    rows = [SourceRow(0, place, (SourceCell("a", 0), SourceCell("b", 1))) for place in (first, second)]
    items = items_of([(first, ""), (second, ""), (foot, "Page 1")], rows)
    assert [item.locator.page for item in items] == [1, 1, 2]


def test_parts_cover_the_document_and_open_at_the_place() -> None:
    view = DocumentView(list(items_of(lines(400), [])), [(THIS, at(390))])
    opened = parts_of(view, None)
    assert (opened.shown, opened.of) == ((3,), 3)
    every = [parts_of(view, part).numbers for part in (1, 2, 3)]
    assert sorted(number for numbers in every for number in numbers) == list(range(400))
    assert parts_of(view, 99).shown == (3,)


def test_a_place_of_several_lines_covers_each_of_them() -> None:
    place = Locator(line_start=3, line_end=5)
    assert [line for line in range(1, 8) if covers(place, at(line))] == [3, 4, 5]
