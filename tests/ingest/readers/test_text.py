"""Lines of text to blocks and tables, each with its lines."""

from __future__ import annotations

import pytest

from assistant.errors import DocumentReadError
from assistant.records import Block, BlockKind, Table
from ingest.readers import text
from ingest.readers.decoding import decode


def tables(words: str) -> list[Table]:
    return [item for item in text.read(words.encode(), "plan.txt").items if isinstance(item, Table)]


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_every_line_is_kept_as_it_stands() -> None:
    document = text.read(b"One\n\n  two\t\n", "plan.txt")
    assert [(place.line_start, words) for place, words in document.lines] == [
        (1, "One"),
        (2, ""),
        (3, "  two\t"),
        (4, ""),
    ]


def test_blocks_have_their_kind_level_and_lines() -> None:
    words = "# Plan\n\nSome words\nover two lines\n\n- one\n  - below it\n\nPage 3 of 9\n"
    found = [item for item in text.read(words.encode(), "plan.md").items if isinstance(item, Block)]
    assert [(block.kind, block.level, block.locator.line_start, block.locator.line_end) for block in found] == [
        (BlockKind.HEADING, 1, 1, 1),
        (BlockKind.PARAGRAPH, 0, 3, 4),
        (BlockKind.LIST_ITEM, 1, 6, 6),
        (BlockKind.LIST_ITEM, 2, 7, 7),
        (BlockKind.FURNITURE, 0, 9, 9),
    ]


def test_a_line_break_in_a_cell_does_not_end_the_row() -> None:
    (table,) = tables("Ref\tAction\tLead\n1\tRing each\nfamily\tSM\n2\tWrite\tTM")
    assert cells(table) == [["Ref", "Action", "Lead"], ["1", "Ring each\nfamily", "SM"], ["2", "Write", "TM"]]
    assert (table.rows[1].locator.line_start, table.rows[1].locator.line_end) == (2, 3)


def test_a_tab_that_only_indents_makes_no_table() -> None:
    assert tables("Words\n\n\tindented words\n\nmore") == []


@pytest.mark.parametrize(
    "words",
    [
        "| A | B |\n|---|---|\n| one | two |",
        "A | B\n--- | ---\none | two",
        "+---+-----+\n| A | B   |\n+===+=====+\n| one | two |\n+---+-----+",
        "<table><tr><th>A</th><th>B</th></tr>\n<tr><td>one</td><td>two</td></tr></table>",
    ],
    ids=["pipes", "no outer strokes", "grid", "html"],
)
def test_tables_in_any_drawing(words: str) -> None:
    (table,) = tables(words)
    rows = [row for row in cells(table) if not set("".join(row)) <= set("- ")]
    assert [[cell.strip() for cell in row] for row in rows] == [["A", "B"], ["one", "two"]]


def test_cells_of_an_html_table_span() -> None:
    (table,) = tables('<table><tr><td rowspan="2">Theme</td><td>one</td></tr>\n<tr><td>two</td></tr></table>')
    assert [(cell.row, cell.column, cell.row_span) for row in table.rows for cell in row.cells] == [
        (0, 0, 2),
        (0, 1, 1),
        (1, 1, 1),
    ]


def test_an_escaped_stroke_is_part_of_its_cell() -> None:
    (table,) = tables("| A | B |\n| x \\| y | z |")
    assert cells(table)[1] == ["x \\| y", "z"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_common_encodings_are_found(encoding: str) -> None:
    words = "Children’s plan – £40k, café\nsecond line of it"
    assert decode(words.encode(encoding), "plan.txt").lstrip("\ufeff") == words


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\xff\xfe \n", "empty"),
        (bytes(range(1, 32)) * 40, "binary"),
        (b"caf\x81\x8d\x8f plan", "not in UTF-8 or Windows-1252"),
        (b"\xff\xfea", "UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes, says: str) -> None:
    with pytest.raises(DocumentReadError, match=rf"plan\.txt.*{says}"):
        decode(data, "plan.txt")


def test_a_quoted_cell_of_a_row_with_tabs_may_run_over_lines() -> None:
    words = (
        'Action\tWho\tUpdate\n"Paint the hall\nand the stairs"\t"Site Lead\nMay 2026"\tDone\n'
        'Rent it\t"ask" first\t12" pipe\n'
    )
    (table,) = tables(words)
    assert cells(table) == [
        ["Action", "Who", "Update"],
        ["Paint the hall\nand the stairs", "Site Lead\nMay 2026", "Done"],
        ["Rent it", '"ask" first', '12" pipe'],
    ]
    assert (table.rows[1].locator.line_start, table.rows[1].locator.line_end) == (2, 4)


def test_a_quotation_mark_that_nothing_closes_is_a_letter() -> None:
    (table,) = tables('Action\tWho\nPaint\t"Site Lead\nRent\tHead of Care\n')
    assert cells(table)[1:] == [["Paint", '"Site Lead'], ["Rent", "Head of Care"]]


def test_blank_lines_part_the_rows_of_a_table_drawn_with_spaces() -> None:
    words = (
        " Ref  What we will do              Who         When\n"
        " 1.1  Paint the hall and the       Site Lead   May\n"
        "      stairs                                   2026\n"
        "\n"
        " 1.2  Rent the school kitchen      Head of     June 2026\n"
        "                                   Care\n"
        "\n"
        "Nothing else is planned.\n"
    )
    (table,) = tables(words)
    assert cells(table) == [
        ["Ref", "What we will do", "Who", "When"],
        ["1.1", "Paint the hall and the\nstairs", "Site Lead", "May\n2026"],
        ["1.2", "Rent the school kitchen", "Head of\nCare", "June 2026"],
    ]


@pytest.mark.parametrize("sign", ["✔", "▲", "★"])
def test_a_sign_before_a_number_begins_a_list_item(sign: str) -> None:
    found = text.read(f"1. Paint it\n{sign} 2. Rent it\n".encode(), "plan.txt").items
    assert [item.kind for item in found if isinstance(item, Block)] == [BlockKind.LIST_ITEM] * 2
