"""What several rows or items share: the action over its updates or steps, a line over a list, one of several dates."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
from pptx import Presentation
from pptx.util import Inches

from assistant.records import Action
from ingest.readers import read_bytes
from ingest.reading import reading_of
from tests.ingest.understood import codes, rows, understood

Rows = Sequence[Sequence[str]]


def as_tabs(table: Rows) -> tuple[Action, ...]:
    return rows(*(" ¦ ".join(row) for row in table))


def as_pipes(table: Rows) -> tuple[Action, ...]:
    head, *body = (f"| {' | '.join(row)} |" for row in table)
    return understood("\n".join([head, f"|{'---|' * len(table[0])}", *body]), "plan.md").actions


def as_page(table: Rows) -> tuple[Action, ...]:
    """As a web page whose blank cells of a row without an action are merged into those above."""
    spans: dict[tuple[int, int], int] = {}
    for column in range(4):
        start = 0
        for at, row in enumerate(table):
            start = at if row[column] or row[0] else start
            spans[start, column] = spans.get((start, column), 0) + 1
    cells = (
        "".join(
            f'<td rowspan="{spans[at, column]}">{text}</td>' if column < 4 else f"<td>{text}</td>"
            for column, text in enumerate(row)
            if column > 3 or (at, column) in spans
        )
        for at, row in enumerate(table)
    )
    return understood(f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>", "plan.html").actions


FORMS: list[Callable[[Rows], tuple[Action, ...]]] = [as_tabs, as_pipes, as_page]


# ---------------------------------------------------------------- one of several dates


@pytest.mark.parametrize("form", [as_tabs, as_pipes])
@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("Initial deadline", "Amended deadline"),
        ("Baseline finish", "Forecast finish"),
        ("Target date", "Now due"),
        ("Agreed timescale", "Timescale (extended)"),
        ("By when", "Slipped to"),
        ("Deadline", "Revised"),
    ],
)
def test_of_a_first_and_a_later_date_the_later_counts_where_there_is_one(
    form: Callable[[Rows], tuple[Action, ...]], first: str, later: str
) -> None:
    slipped, kept = form(
        [
            ["Action", "Lead", first, later],
            ["Paint the pier", "Mate", "31 May 2027", "30 September 2027"],
            ["Oil the crane", "Mate", "30 June 2027", ""],
        ]
    )
    assert [str(slipped.due), str(kept.due)] == ["2027-09-30", "2027-06-30"]
    assert "due_revised" in codes(slipped)
    assert "due_revised" not in codes(kept)


def test_of_several_later_dates_the_last_that_is_filled_counts() -> None:
    head = "Action ¦ Lead ¦ Original date ¦ 1st revised date ¦ 2nd revised date"
    twice, once = rows(
        head,
        "Paint the pier ¦ Mate ¦ 31/05/2027 ¦ 30/06/2027 ¦ 31/07/2027",
        "Oil it ¦ Mate ¦ 31/05/2027 ¦ 30/06/2027 ¦",
    )
    assert [str(twice.due), str(once.due)] == ["2027-07-31", "2027-06-30"]
    assert "30/06/2027" in (twice.progress or "")


# ---------------------------------------------------------------- numbers and owners under other names


@pytest.mark.parametrize("name", ["Rec.", "Key", "WBS", "Strand code", "Quay"])
@pytest.mark.parametrize("numbers", [("3", "4", "10"), ("2.9", "2.10", "2.11"), ("PX-9", "PX-2", "QY-1")])
def test_codes_or_rising_numbers_left_of_the_actions_are_their_references(name: str, numbers: tuple[str, ...]) -> None:
    found = rows(
        f"{name} ¦ Action ¦ Lead ¦ Due",
        *(f"{ref} ¦ Paint quay {at} ¦ Mate ¦ May 2027" for at, ref in enumerate(numbers)),
    )
    assert [action.ref for action in found] == list(numbers)


@pytest.mark.parametrize("cells", [("1", "1", "2"), ("40", "12", "35"), ("May 2027", "June 2027", "July 2027")])
def test_what_comes_again_or_falls_numbers_no_row(cells: tuple[str, ...]) -> None:
    found = rows("Boats ¦ Action ¦ Lead ¦ Due", *(f"{cell} ¦ Paint the quay ¦ Mate ¦ May 2027" for cell in cells))
    assert [action.ref for action in found] == [None] * 3


@pytest.mark.parametrize("name", ["Organisation", "Resource", "Team"])
def test_a_column_that_may_say_who_does_so_only_where_no_other_does(name: str) -> None:
    table = [["Action", "Due", name], ["Paint the pier", "May 2027", "Harbour Trust"], ["Oil it", "June 2027", "MK"]]
    assert [action.owner for action in as_tabs(table)] == ["Harbour Trust", "MK"]
    led = [[*row, more] for row, more in zip(table, ["Lead", "First Mate", "Boatswain"], strict=True)]
    assert [action.owner for action in as_pipes(led)] == ["First Mate", "Boatswain"]
    sums = [[*row[:2], more] for row, more in zip(table, [name, "£2,000", "Within budget"], strict=True)]
    assert [action.owner for action in as_tabs(sums)] == [None, None]


# ---------------------------------------------------------------- an action over several rows


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("turned", [False, True])
def test_the_updates_of_an_action_are_one_row_whose_newest_state_counts(
    form: Callable[[Rows], tuple[Action, ...]], turned: bool
) -> None:
    news = [
        ["3 March 2027", "Paint bought", "Not started"],
        ["7 April 2027", "One side painted", "On hold"],
        ["5 May 2027", "Both sides painted", "Complete"],
    ]
    news = news[::-1] if turned else news
    body = [["Paint the pier", "Mate", "31 May 2027", "1"], *([[""] * 4] * 2)]
    pier = [[*row, *more] for row, more in zip(body, news, strict=True)]
    crane = [["Oil the crane", "Boatswain", "30 June 2027", "2", "5 May 2027", "Oil bought", "In progress"]]
    first, second = form([["Action", "Lead", "Due", "Ref", "Date of update", "Update", "Status"], *pier, *crane])
    assert (first.ref, first.owner, str(first.due), first.status.value) == ("1", "Mate", "2027-05-31", "complete")
    for word in ("Paint bought", "One side painted", "On hold", "Not started"):
        assert word in (first.progress or "")
    assert "split_row" not in codes(first)
    assert (second.owner, second.status.value, second.progress) == ("Boatswain", "in_progress", "Oil bought")


def test_steps_with_dates_of_their_own_under_a_shared_action_are_what_is_done() -> None:
    found = as_page(
        [
            ["Action", "Lead", "Ward", "Priority level", "Milestone", "Date", "Status"],
            ["Paint the pier", "Mate", "Quay", "High", "Paint bought", "March 2027", "Complete"],
            ["", "", "", "", "Both sides painted", "May 2027", "Not started"],
            ["Oil the crane", "Boatswain", "Quay", "Low", "Oil bought", "April 2027", "Complete"],
            ["", "", "", "", "Crane turns", "June 2027", "On hold"],
        ]
    )
    assert [(a.action, a.recommendation, a.owner, str(a.due), a.status.value) for a in found] == [
        ("Paint bought", "Paint the pier", "Mate", "2027-03-31", "complete"),
        ("Both sides painted", "Paint the pier", "Mate", "2027-05-31", "not_started"),
        ("Oil bought", "Oil the crane", "Boatswain", "2027-04-30", "complete"),
        ("Crane turns", "Oil the crane", "Boatswain", "2027-06-30", "blocked"),
    ]


# ---------------------------------------------------------------- a line over a list

Lists = Sequence[tuple[str, Sequence[str]]]


def bold(lists: Lists) -> tuple[Action, ...]:
    parts = ("\n".join([f"**{head}**", "", *(f"- {item}" for item in items), ""]) for head, items in lists)
    return understood("\n".join(["# Our actions", "", *parts]), "plan.md").actions


def headed(lists: Lists) -> tuple[Action, ...]:
    parts = (f"<h3>{head}</h3><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" for head, items in lists)
    return understood(f"<h1>Our actions</h1>{''.join(parts)}", "plan.html").actions


def boxes(lists: Lists) -> tuple[Action, ...]:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Our actions"
    for at, (head, items) in enumerate(lists):
        frame = slide.shapes.add_textbox(Inches(3 * at), Inches(2), Inches(3), Inches(3)).text_frame
        frame.text = head
        frame.paragraphs[0].runs[0].font.bold = True
        for item in items:
            frame.add_paragraph().text = f"• {item}"
    stream = io.BytesIO()
    deck.save(stream)
    return reading_of(read_bytes(stream.getvalue(), "plan.pptx")).actions


@pytest.mark.parametrize("form", [bold, headed, boxes])
@pytest.mark.parametrize("says", ["By 31 May 2027", "Due 31 May 2027", "May 2027", "All by the end of May 2027"])
def test_a_date_over_a_list_is_when_its_items_are_due(form: Callable[[Lists], tuple[Action, ...]], says: str) -> None:
    items = [
        ["Paint the pier (Lead: AB)", "Oil the crane (Lead: CD)"],
        ["Mend the nets (Lead: AB)", "Count the buoys (Lead: EF)"],
    ]
    found = form([(says, items[0]), (says.replace("May", "August"), items[1])])
    assert [(a.owner, str(a.due)) for a in found] == [
        ("AB", "2027-05-31"),
        ("CD", "2027-05-31"),
        ("AB", "2027-08-31"),
        ("EF", "2027-08-31"),
    ]


@pytest.mark.parametrize("form", [bold, headed, boxes])
@pytest.mark.parametrize("label", ["Lead", "Responsible officer"])
def test_a_label_over_a_list_is_not_that_of_the_last_item_above(
    form: Callable[[Lists], tuple[Action, ...]], label: str
) -> None:
    items = [
        ["Paint the pier by May 2027", "Oil the crane by June 2027"],
        ["Mend nets by July 2027", "Dredge it by August 2027"],
    ]
    found = form([(f"{label}: Head of Quays", items[0]), (f"{label}: Head of Boats", items[1])])
    assert [a.owner for a in found] == ["Head of Quays"] * 2 + ["Head of Boats"] * 2


@pytest.mark.parametrize("form", [headed, boxes])
def test_a_state_as_the_heading_of_a_list_is_that_of_its_items(form: Callable[[Lists], tuple[Action, ...]]) -> None:
    found = form(
        [
            ("To do", ["Paint the pier (AB, 31 May 2027)", "Oil the crane (CD, 30 June 2027)"]),
            ("On hold", ["Mend the nets (AB, 31 August 2027)"]),
            ("Done", ["Count the buoys (CD, 30 April 2027)"]),
        ]
    )
    assert [a.status.value for a in found] == ["not_started", "not_started", "blocked", "complete"]


@pytest.mark.parametrize("form", [bold, headed, boxes])
def test_a_sentence_before_a_label_is_no_part_of_it(form: Callable[[Lists], tuple[Action, ...]]) -> None:
    found = form([("Quays and boats", ["Paint the pier. Lead: AB", "Oil the crane. Lead: CD", "Dredge it. Lead: EF"])])
    assert [a.owner for a in found] == ["AB", "CD", "EF"]
