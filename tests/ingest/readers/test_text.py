"""Lines of text to blocks and tables, each with its lines."""

from __future__ import annotations

import pytest

from assistant.errors import DocumentReadError
from assistant.records import Block, BlockKind, Table
from ingest.readers import text
from ingest.readers.job import Job
from ingest.readers.text import decode


def tables(words: str) -> list[Table]:
    return [item for item in text.read(words.encode(), Job("plan.txt")).items if isinstance(item, Table)]


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_every_line_is_kept_as_it_stands() -> None:
    document = text.read(b"One\n\n  two\t\n", Job("plan.txt"))
    assert [(place.line_start, words) for place, words in document.lines] == [
        (1, "One"),
        (2, ""),
        (3, "  two\t"),
        (4, ""),
    ]


def test_blocks_have_their_kind_level_and_lines() -> None:
    words = "# Plan\n\nSome words\nover two lines\n\n- one\n  - below it\n\nPage 3 of 9\n"
    found = [item for item in text.read(words.encode(), Job("plan.md")).items if isinstance(item, Block)]
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
    assert decode(words.encode(encoding), Job("plan.txt")).lstrip("\ufeff") == words


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
        decode(data, Job("plan.txt"))


def test_a_quoted_cell_of_a_copied_sheet_goes_on_over_lines() -> None:
    words = 'Finding\tAction\tWho\nOne\t"Ring ""every""\nfamily"\t"Team Manager\n30/06/2026"\n'
    words += '\t\tSM\n"Two\nparts"\tWrite\tTM'
    (table,) = tables(words)
    assert cells(table)[1:] == [
        ["One", 'Ring "every"\nfamily', "Team Manager\n30/06/2026"],
        ["", "", "SM"],
        ["Two\nparts", "Write", "TM"],
    ]
    assert [row.locator.line_start for row in table.rows] == [1, 2, 5, 6]


def test_a_mark_that_only_opens_a_quotation_swallows_nothing() -> None:
    (table,) = tables('Action\tWho\n"Walk to school" week\tSM\n"Unclosed words\tTM\nWrite\tHS')
    assert cells(table)[1:] == [['"Walk to school" week', "SM"], ['"Unclosed words', "TM"], ["Write", "HS"]]


SPACED = (
    " Ref  What we will do               Who        When\n"
    " 1.1  Give each child a box for     Care Team  31/3/26\n"
    "      their own things\n"
    "\n"
    " 1.2  Paint the waiting room        Estates    Summer\n"
    "                                               2026\n"
    " 1.3  Plant a tree for each\n"
    "\n"
    "                         3\n"
    "\f Fenbridge promise                             Council\n"
    "\n"
    " Ref  What we will do               Who        When\n"
    "      child who leaves care         PA Team    tbc\n"
    "\n"
    "Words that follow the table and run across all of its columns.\n"
    "\n"
    "                         4\n"
    "\f Fenbridge promise                             Council\n"
)


def test_columns_of_spaces_go_on_over_blank_lines_and_pages() -> None:
    (table,) = tables(SPACED)
    assert cells(table)[1:] == [
        ["1.1", "Give each child a box for\ntheir own things", "Care Team", "31/3/26"],
        ["1.2", "Paint the waiting room", "Estates", "Summer\n2026"],
        ["1.3", "Plant a tree for each\nchild who leaves care", "PA Team", "tbc"],
    ]
    assert (table.rows[3].locator.line_start, table.rows[3].locator.line_end) == (7, 13)


def test_columns_of_spaces_without_codes_are_rows_where_blank_lines_part_them() -> None:
    words = "Task                Who       When\nPaint the waiting   Estates   May\nroom\n\n"
    words += "Plant a tree        PA Team   June\nfor each child\n"
    (table,) = tables(words)
    assert cells(table)[1:] == [
        ["Paint the waiting\nroom", "Estates", "May"],
        ["Plant a tree\nfor each child", "PA Team", "June"],
    ]


def test_a_title_between_two_parts_of_a_table_leaves_its_columns() -> None:
    words = "Task            Who       When\nPaint a room    Estates   May\nSweep           Estates   May\n\n"
    words += "Priority two: a title that runs across the columns\n\nPlant a tree    PA Team   June\n"
    first, second = tables(words)
    assert cells(second) == [["Plant a tree", "PA Team", "June"]]
    assert len(first.rows) == 3


@pytest.mark.parametrize(
    "page",
    [
        "Fenbridge plan\tPage {n} of 9",
        "Fenbridge plan\nPage {n}",
        "Fenbridge plan | {n}",
        "\f Fenbridge plan\n\n- {n} -",
    ],
)
def test_what_belongs_to_a_page_is_set_apart(page: str) -> None:
    words = "".join(f"Words of part {n} go on\n" * 15 + f"\n{page.format(n=n)}\n\n" for n in range(1, 4))
    kept = text.read(words.encode(), Job("plan.txt")).items
    assert all(isinstance(item, Block) for item in kept)
    told = [item.text for item in kept if isinstance(item, Block) and item.kind is not BlockKind.FURNITURE]
    assert len(told) == 3
    assert not any("Fenbridge" in words for words in told)


def test_numbered_titles_and_lists_are_no_pages() -> None:
    words = "".join(f"PART {n}\n\nWords of part {n}\n\n{n}\n\n" for n in range(1, 6))
    items = text.read(words.encode(), Job("plan.txt")).items
    assert not any(isinstance(item, Block) and item.kind is BlockKind.FURNITURE for item in items)


def test_a_table_of_spaces_may_follow_its_title_directly() -> None:
    words = (
        "Carried over from March\nWho   What               When\nTM    Visit the hub      May\n      (dates offered)\n"
    )
    (table,) = tables(words)
    assert cells(table)[1:] == [["TM", "Visit the hub\n(dates offered)", "May"]]


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
    found = text.read(f"1. Paint it\n{sign} 2. Rent it\n".encode(), Job("plan.txt")).items
    assert [item.kind for item in found if isinstance(item, Block)] == [BlockKind.LIST_ITEM] * 2
