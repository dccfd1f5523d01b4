"""Web pages as a browser shows them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.records import BlockKind, Document, Rag, Table
from ingest.readers import html
from ingest.readers.job import Job
from tests.ingest.readers.looking import blocks, cell, colours, grid, tables, told


def read(body: str, head: str = "") -> Document:
    page = f"<!doctype html><html><head><title>Fenbridge plan</title>{head}</head><body>{body}</body></html>"
    return html.read(page.encode(), Job("fenbridge.html"))


def table(*rows: str, start: str = "<table>") -> str:
    return start + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


@pytest.mark.parametrize(
    ("status", "seen"),
    [
        ('<td style="background-color: #ffc000">Done', Rag.AMBER),
        ('<td style="background: rgb(0, 176, 80) none">Done', Rag.GREEN),
        ('<td bgcolor="red">Done', Rag.RED),
        ('<td class="late">Done', Rag.RED),
        ('<td class="status-green">Done', Rag.GREEN),
        ('<td><span style="color:#00703c">Done</span>', Rag.GREEN),
        ('<td><strong class="tag tag--blue">Done</strong>', Rag.BLUE),
        ('<td style="background:#fff">Done', None),
        ("<td>Done", None),
    ],
)
def test_colours_of_cells(status: str, seen: Rag | None) -> None:
    document = read(
        table("<th>Action<th>Status", f"<td>Hold the panel</td>{status}</td>"),
        "<style>@media print{.late{background:blue}} table td.late, .x{background-color:#d4351c}</style>",
    )
    assert colours(tables(document)[0], 1) == [None, seen]


def test_a_coloured_row_colours_its_cells() -> None:
    document = read(
        table("<th>Action<th>Status", "<td>Hold</td><td>Done</td>").replace("<tr><td>", '<tr bgcolor="#00b050"><td>')
    )
    assert colours(tables(document)[0], 1) == [None, Rag.GREEN]


def test_spans_in_a_header_of_two_rows() -> None:
    document = read(
        table(
            '<th rowspan="2">Area</th><th colspan="2">When</th>',
            "<th>Start</th><th>End</th>",
            '<td rowspan="0">Homes</td><td>May</td><td>June</td>',
            "<td>July</td><td>August</td>",
        )
    )
    seen = tables(document)[0]
    assert [cell(seen, 1, 0).text, cell(seen, 1, 1).text, cell(seen, 3, 0).text] == ["Area", "Start", "Homes"]
    assert grid(seen)[3] == ["July", "August"]


def test_lists_and_breaks_inside_cells() -> None:
    document = read(
        table(
            "<th>Action<th>Due",
            "<td><p>Agree:</p><ul><li>homes</li><li>schools<ol><li>one</li></ol></li></ul></td><td>May<br>2026</td>",
        )
    )
    assert grid(tables(document)[0])[1] == ["Agree:\n- homes\n- schools\n1. one", "May\n2026"]


def test_tables_inside_tables_count_in_the_order_of_the_page() -> None:
    inner = table("<th>Action<th>Due", "<td>Hold the panel</td><td>May</td>")
    document = read(
        table(f"<td>{inner}</td>", start='<table role="presentation">')
        + table("<td>A<td>B", f"<td>x {inner}</td><td>y</td>")
    )
    seen = tables(document)
    assert [found.locator.table for found in seen] == [1, 2]
    assert grid(seen[1])[1] == ["x\nAction | Due\nHold the panel | May", "y"]


def test_rows_count_from_nought_also_over_hidden_ones() -> None:
    document = read(
        table("<th>Action<th>Due", "<td>secret</td><td>May</td>", "<td>open</td><td>June</td>").replace(
            "<tr><td>secret", "<tr hidden><td>secret"
        )
    )
    seen = tables(document)[0]
    assert [row.locator.row for row in seen.rows] == [0, 2]
    assert document.restricted
    assert "secret" not in str(document.items)


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">secret</p>',
        '<p class="gone">secret</p>',
        "<p hidden>secret</p>",
        '<p>open <span style="mso-hide:all">secret</span></p>',
    ],
)
def test_what_is_hidden_is_left_out_and_restricts(hidden: str) -> None:
    document = read(hidden, "<style>.gone{display:none}</style>")
    assert document.restricted
    assert "secret" not in str(document.items)
    assert "Not read" in told(document)


def test_scripts_banners_and_remarks_are_no_text() -> None:
    document = read(
        "<!-- remark --><script>document.write('x')</script><div id='cookie-banner' style='display:none'>Cookies</div>"
        "<noscript>Switch it on</noscript><p>Body<svg><text>no</text></svg></p>"
    )
    assert blocks(document) == ["Body"]
    assert not document.restricted


def test_menus_and_footers_are_furniture_and_the_page_heading_is_not() -> None:
    document = read(
        "<header><p>Fenbridge Council</p><h1>Plan</h1><nav><a href='/'>Home</a></nav></header>"
        "<main><h2>Homes</h2><p>Body</p></main><footer>Contact us</footer>"
    )
    assert blocks(document) == ["Fenbridge Council", "Plan", "Homes", "Body"]
    assert blocks(document, BlockKind.FURNITURE) == ["Home", "Contact us"]


def test_a_time_element_gives_the_whole_date() -> None:
    document = read(table("<th>Action<th>Due", '<td>Hold</td><td><time datetime="2026-03-31">31 March</time></td>'))
    seen = cell(tables(document)[0], 1, 1)
    assert (seen.text, seen.value) == ("31 March", date(2026, 3, 31))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    declared = (
        f'<meta charset="{"windows-1252" if encoding == "cp1252" else encoding}">' if encoding != "utf-16" else ""
    )
    page = f"<html><head>{declared}</head><body><p>£5 – “so”</p></body></html>"
    assert blocks(html.read(page.encode(encoding), Job("fenbridge.html"))) == ["£5 – “so”"]


def test_nothing_is_fetched_and_embedded_things_are_told() -> None:
    document = read(
        '<link rel="stylesheet" href="http://192.0.2.1/x.css"><iframe src="http://192.0.2.1/"></iframe><p>Body</p>'
    )
    assert blocks(document) == ["Body"]
    assert "not followed" in told(document)


def test_loose_words_become_paragraphs() -> None:
    document = read("<div>Loose <b>words</b><br>second line<div>inner</div>tail</div>")
    assert blocks(document) == ["Loose words\nsecond line", "inner", "tail"]
    assert [item.locator.paragraph for item in document.items] == [0, 1, 2]


def test_a_key_of_coloured_signs_keeps_its_colours() -> None:
    document = read(
        '<p>Key: <span style="background:#00703c">&nbsp;&nbsp;</span> done '
        '<span style="background:#d4351c"> </span> late</p>'
        '<p><b style="color:red">Important</b> words</p>'
    )
    (key,) = tables(document)
    assert [(row.cells[0].colour, row.cells[1].text) for row in key.rows] == [(Rag.GREEN, "done"), (Rag.RED, "late")]
    assert blocks(document) == ["Important words"]


def test_a_list_of_terms_is_a_table_of_two_columns() -> None:
    document = read(
        "<p>Before</p><dl><dt>Lead<dd>Site Lead<dt>Notes<dd><p>Two</p><p>lines</p><dt>Due<dd></dl><p>After</p>"
    )
    (seen,) = tables(document)
    assert grid(seen) == [["Lead", "Site Lead"], ["Notes", "Two\nlines"], ["Due", ""]]
    assert [row.locator.paragraph for row in seen.rows] == [1, 2, 3]
    assert [item.locator.paragraph for item in document.items if not isinstance(item, Table)] == [0, 4]


@pytest.mark.parametrize("list_class", ["inline-task-list", "contains-task-list", "tasks"])
def test_a_list_of_tasks_has_boxes_and_mentions_as_a_wiki_shows_them(list_class: str) -> None:
    page = f"""<ul class="{list_class}"><li class="checked"><a class="user-mention">Asha Bell</a> Paint the pier</li>
        <li class="unchecked">Oil the crane</li></ul><ul><li class="done">Not a task</li></ul>"""
    found = blocks(read(page), BlockKind.LIST_ITEM)
    assert found == ["- [x] @Asha Bell Paint the pier", "- [ ] Oil the crane", "- Not a task"]


def test_loose_words_are_read_as_those_of_paragraphs() -> None:
    document = read(
        "<div>Before the menu<nav>Home</nav>Key: <span style='background:#00703c'> </span> done "
        "<span style='background:#d4351c'> </span> late<s>never</s></div>"
    )
    assert blocks(document) == ["Before the menu"]
    assert blocks(document, BlockKind.FURNITURE) == ["Home"]
    assert colours(tables(document)[0], 0) == [Rag.GREEN, Rag.RED]
    assert "Crossed out" in told(document)
    assert "never" not in str(document.items)
