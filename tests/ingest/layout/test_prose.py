"""Actions outside tables, and prose that holds none."""

from __future__ import annotations

from assistant.records import Locator
from ingest.layout.drafts import Piece
from ingest.layout.units import Item, match, whole_dates
from tests.ingest.understood import rows, understood


def piece(text: str, line: int = 1) -> Piece:
    return Piece(text, Locator(line_start=line, line_end=line + text.count("\n")))


def test_dates_apart_are_matched_by_order() -> None:
    items = [Item(piece("one")), Item(piece("two"))]
    assert [action.due[0].text for action in match(items, [piece("May"), piece("June")])] == ["May", "June"]


def test_more_dates_than_items_open_the_item_with_as_many_parts() -> None:
    items = [
        Item(piece("one"), parts=[piece("a"), piece("b"), piece("c"), piece("d")]),
        Item(piece("two"), parts=[piece("e"), piece("f")]),
    ]
    found = match(items, [piece("May"), piece("June"), piece("July")])
    assert [(action.pieces[0].text, action.stem.text if action.stem else None) for action in found] == [
        ("one", None),
        ("e", "two"),
        ("f", "two"),
    ]


def test_dates_that_cannot_be_matched_are_left_out_and_unsure() -> None:
    found = match([Item(piece(words)) for words in ("one", "two", "three")], [piece("May"), piece("June")])
    assert [(action.due, action.sure) for action in found] == [((), False)] * 3


def test_units_of_dates_in_one_block() -> None:
    words = piece("Complete\nMay 2025\nJune 2025 to\nFebruary 2026\nJuly 2025")
    assert [unit.line for unit in whole_dates([words])] == [
        "Complete May 2025",
        "June 2025 to February 2026",
        "July 2025",
    ]


def test_a_date_over_two_lines_has_its_own_place() -> None:
    (action,) = rows("R1.1 Publish the guide for schools", "", "Complete", "December 2025")
    assert (action.status.value, str(action.completed_on), action.due) == ("complete", "2025-12-31", None)
    assert dict(action.field_locators)["due"] == Locator(line_start=3, line_end=4)


def test_review_dates_are_due_on_the_last() -> None:
    (action,) = rows(
        "A1.1 Carry out the plan for disabled children", "", "Quarterly reviews:", "April 2025", "July 2025"
    )
    assert str(action.due) == "2025-07-31"


def test_measures_and_outcomes_around_the_actions_belong_to_them() -> None:
    (action,) = rows(
        "What will success look like?", "", "- Children are seen sooner.", "", "What we will do", "",
        "R1.1 Publish the guide for schools", "", "Timescale", "", "June 2025", "",
        "How will we know that it has worked?", "", "- Audit of twenty cases.",
    )  # fmt: skip
    assert (action.outcome, action.success_measure) == ("- Children are seen sooner.", "- Audit of twenty cases.")


def test_a_heading_for_actions_without_any_is_flagged() -> None:
    found = understood("What we will do\n\nTimescale\n\nHow will we know?\n\n- Audit.\n")
    assert [flag.code for flag in found.flags] == ["empty_action_block"]


def test_a_report_holds_no_actions() -> None:
    text = """Recommendation

Members are asked to:

- Note the report.

1. The plan follows the vision of 2024.
2. Key areas for development include:
- setting up sessions in the town
- making links with community groups

Next meeting

12 June 2025
"""
    assert understood(text).actions == ()


def test_front_matter_is_no_action() -> None:
    assert understood("Improvement Plan\nOwner: Director\nStatus: Draft\nDate: 3 May 2025\n\nWords.").actions == ()
