"""Owners over groups, keys in a row, colours alone, a column a month, states in own words, missing dates and leads."""

from __future__ import annotations

from io import BytesIO

import docx
import openpyxl
import pytest
from openpyxl.styles import PatternFill

from assistant.records import Action
from ingest.readers import read_bytes
from ingest.reading import reading_of
from tests.ingest.understood import rows

FILLS = {"green": "FF00B050", "amber": "FFFFC000", "red": "FFFF0000"}
MEANT = {"green": ("Finished", "complete"), "amber": ("Late", "at_risk"), "red": ("Stopped", "blocked")}


def workbook(head: list[str], rows: list[list[str]], key: list[str], fills: dict[tuple[int, int], str]) -> list[Action]:
    """The actions of a sheet: a title, a key, the header, rows; fills by row (0 is the key) and column."""
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (["Harbour plan"], key, [], head, *rows):
        sheet.append(line)
    for (row, column), colour in fills.items():
        sheet.cell(row + 4 if row else 2, column).fill = PatternFill("solid", fgColor=FILLS[colour])
    data = BytesIO()
    book.save(data)
    return list(reading_of(read_bytes(data.getvalue(), "plan.xlsx")).actions)


@pytest.mark.parametrize("worded", [True, False])
@pytest.mark.parametrize("heading", ["RAG", "Status", ""])
def test_a_colour_alone_means_what_the_key_in_a_row_says(worded: bool, heading: str) -> None:
    key = ["Key", *(f"{name.capitalize()} = {MEANT[name][0].lower()}" if worded else MEANT[name][0] for name in FILLS)]
    fills = {} if worded else {(0, at): name for at, name in enumerate(FILLS, start=2)}
    column = 4 if heading else 1
    head = ["Action", "Lead", "Due", *([heading] if heading else [])]
    lines = [[f"Paint the {name} boat", "Mate", "May 2027"] for name in FILLS]
    found = workbook(head, lines, key, fills | {(at, column): name for at, name in enumerate(FILLS, start=1)})
    assert [(a.rag.value if a.rag else None, a.status.value) for a in found] == [(n, MEANT[n][1]) for n in FILLS]


def test_a_colour_without_a_key_and_without_a_column_says_nothing() -> None:
    lines = [["Paint the pier", "Mate", "May 2027"], ["Oil the crane", "Mate", "May 2027"]]
    found = workbook(["Action", "Lead", "Due"], lines, ["For the board"], {(1, 1): "green"})
    assert [(a.rag, a.status.value) for a in found] == [(None, "not_recorded")] * 2


def test_white_says_nothing_where_the_key_knows_grey_too() -> None:
    key = ["Green = finished", "White = not started", "Grey = dropped"]
    found = workbook(["Action", "Lead", "Due", "RAG"], [["Paint the pier", "Mate", "May 2027", ""]] * 2, key, {})
    assert [a.status.value for a in found] == ["not_recorded"] * 2


@pytest.mark.parametrize(
    "months", [["Apr", "May", "Jun"], ["Oct 26", "Nov 26", "Jan 27"], ["RAG July", "RAG Aug", "RAG Sep"]]
)
@pytest.mark.parametrize("split", [True, False])
def test_of_a_letter_a_month_the_last_counts_by_the_key(months: list[str], split: bool) -> None:
    entries = ["R = in trouble, help needed", "A = late", "G = going well", "B = finished", "W = not begun"]
    entries = [entry.replace(", help needed", "") if not split else entry for entry in entries]
    key = ["Key", *entries] if split else [", ".join(entries)]
    letters = [["R", "A", "B"], ["W", "G", ""], ["W", "", ""], ["G", "A", "A"]]
    lines = [[f"Paint boat {at}", "Mate", "May 2027", *said] for at, said in enumerate(letters)]
    found = workbook(["Action", "Lead", "Due", *months], lines, key, {})
    assert [(a.rag.value if a.rag else None, a.status.value) for a in found] == [
        ("blue", "complete"), ("green", "on_track"), (None, "not_started"), ("amber", "at_risk"),
    ]  # fmt: skip
    assert found[0].progress == f"{months[0]}: R\n{months[1]}: A"


@pytest.mark.parametrize(
    "over", ["{theme} | Lead: {who}", "{theme}\nAccountable: {who}", "{theme} (Lead {who})", "Owner: {who}", "{who}"]
)
@pytest.mark.parametrize("owners", [True, False])
def test_the_owner_in_the_row_over_a_group_leads_its_rows_that_name_none(over: str, owners: bool) -> None:
    document = docx.Document()
    head = ["Action", *(["Owner"] if owners else []), "Due", "Progress"]
    table = document.add_table(rows=1, cols=len(head))
    lines = [head]
    for at, who in enumerate(["Head of Boats", "Harbour Manager"], start=1):
        lines.append([over.format(theme=f"Priority {at}: Safe quays", who=who)])
        lines += [[f"Paint {boat} {at}", *([own] if owners else []), "May 2027", "Begun"] for boat, own in
                  (("boats", ""), ("rails", "Ferry Officer"))]  # fmt: skip
    for number, line in enumerate(lines):
        cells = table.add_row().cells if number else table.rows[0].cells
        if len(line) == 1:
            cells[0].merge(cells[-1]).text = line[0]
        for cell, text in zip(cells, line, strict=False):
            cell.text = text
    data = BytesIO()
    document.save(data)
    found = reading_of(read_bytes(data.getvalue(), "plan.docx")).actions
    second = ["Ferry Officer"] * 2 if owners else ["Head of Boats", "Harbour Manager"]
    assert [a.owner for a in found] == ["Head of Boats", second[0], "Harbour Manager", second[1]]
    themes = {a.recommendation for a in found}
    assert themes == ({"Priority 1: Safe quays", "Priority 2: Safe quays"} if "{theme}" in over else {None})


@pytest.mark.parametrize("heading", ["How is it going?", "Where we are", "Status"])
def test_states_in_own_words_are_known_or_kept_as_written(heading: str) -> None:
    states = {"Running": "in_progress", "Stuck": "blocked", "Not begun": "not_started", "With legal": "not_recorded"}
    found = rows(
        f"Action ¦ Who ¦ When ¦ {heading}", *(f"Paint it {state} ¦ Mate ¦ May 2027 ¦ {state}" for state in states)
    )
    assert {a.status_text: a.status.value for a in found} == states


@pytest.mark.parametrize("box", ["", "[ ] ", "[~] "])
@pytest.mark.parametrize("missing", ["no date set", "date tbc", "no deadline yet"])
def test_a_missing_date_or_lead_in_brackets_is_no_name(box: str, missing: str) -> None:
    lines = [
        "- {}Paint the pier (Harbour Manager and Ferry Officer, 1 May 2027)",
        "- {}Oil the crane (Harbour Manager and Ferry Officer, {})",
        "- {}Sweep the quay (no lead yet, 3 May 2027)",
        "- {}Mend the net (Harbour Manager, 4 May 2027)",
    ]
    found = rows("# Plan", "", "## Afloat", "", *(line.format(box, missing) for line in lines), name="plan.md")
    both = "Harbour Manager and Ferry Officer"
    assert [(a.action, a.owner, a.due is not None) for a in found] == [
        ("Paint the pier", both, True),
        ("Oil the crane", both, False),
        ("Sweep the quay", None, True),
        ("Mend the net", "Harbour Manager", True),
    ]
    assert {a.status.value for a in found} == {"in_progress" if "~" in box else "not_recorded"}


def test_what_is_given_up_is_still_named_and_withdrawn() -> None:
    lines = ["- [ ] ~~Paint the pier~~ (Mate, May 2027) – withdrawn in March", "- [ ] Oil the crane (Cook, June 2027)"]
    first, second = rows("# Plan", "", "## Afloat", "", *lines, name="plan.md")
    assert (first.action, first.owner, first.status.value) == ("Paint the pier", "Mate", "withdrawn")
    assert second.status.value == "not_recorded"
    aside, _ = rows(
        "Action ¦ Lead ¦ Due", "Newsletter (withdrawn, a film instead) ¦ Mate ¦ May 2027", "Oil it ¦ Cook ¦ "
    )
    assert aside.status.value == "withdrawn"


@pytest.mark.parametrize("sign", ["–", "=", ":"])
def test_a_key_of_letters_in_one_line_parted_by_blanks(sign: str) -> None:
    key = f"RAG: G {sign} on time   A {sign} late but recoverable   R {sign} stuck"
    lines = [f"Paint boat {at} ¦ Mate ¦ May 2027 ¦ {letter}" for at, letter in enumerate("GAR")]
    found = rows("Harbour plan", "", key, "", "Action ¦ Lead ¦ Due ¦ RAG", *lines)
    assert [a.rag.value if a.rag else None for a in found] == ["green", "amber", "red"]
    assert [a.status.value for a in found] == ["on_track", "at_risk", "blocked"]


@pytest.mark.parametrize("state", ["OPEN", "Closed", "On hold"])
def test_a_state_in_brackets_behind_the_labels_is_the_status(state: str) -> None:
    found = rows(*(f"A{at} Paint boat {at}\n   Owner: Mate   Due: May 2027   [{state}]\n" for at in range(3)))
    assert [(a.due_text, a.status_text) for a in found] == [("May 2027", state)] * 3


def test_bullets_with_labelled_lines_below_a_lead_in() -> None:
    document = docx.Document()
    for part in ("First", "Second"):
        document.add_heading(f"Priority {part}", 1)
        document.add_paragraph("We will:")
        for at in range(2):
            document.add_paragraph(f"{part} boat gets painted {at}", style="List Bullet")
            for line in (f"Lead: Mate {at}", "By: 31 May 2027", "Progress: Complete."):
                document.add_paragraph(line)
    data = BytesIO()
    document.save(data)
    found = reading_of(read_bytes(data.getvalue(), "plan.docx")).actions
    assert [(a.owner, str(a.due), a.status.value) for a in found] == [
        (f"Mate {at}", "2027-05-31", "complete") for _ in range(2) for at in range(2)
    ]
