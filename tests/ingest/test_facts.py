"""What a document says of itself."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.records import Label, SourceDetails
from tests.ingest.books import workbook
from tests.ingest.understood import understood


@pytest.mark.parametrize(
    ("front", "found"),
    [
        ("Improvement Plan\n\nUpdated January 2025", date(2025, 1, 31)),
        ("Improvement Plan\n\nJune 2025", date(2025, 6, 30)),
        ("Improvement Plan\n\nVersion 2, 3 March 2025", date(2025, 3, 3)),
        ("Improvement Plan\n\nPosition as at 15 January 2025", date(2025, 1, 15)),
        ("Improvement Plan\n\nFenbridge Council, March 2025", date(2025, 3, 31)),
        ("Committee:\tDated:\nScrutiny\t3/10/25\nSubject: Plan\tPublic", date(2025, 10, 3)),
        ("Improvement Plan\n\nAction: Ring\nDeadline: 3 May 2025", None),
        ("Improvement Plan 2026\n\nUpdated 3 March", date(2026, 3, 3)),
        ("Improvement Plan 2026\n\nAs agreed on Thursday, here is what we will do.", None),
        ("Improvement Plan", None),
    ],
)
def test_its_date(front: str, found: date | None) -> None:
    assert understood(front).source.plan_date == found


@pytest.mark.parametrize(
    ("front", "first", "last"),
    [
        ("Development Plan 2025-26", date(2025, 4, 1), date(2026, 3, 31)),
        ("Plan\n\nApril 2024 to March 2025", date(2024, 4, 1), date(2025, 3, 31)),
        ("Strategy 2024–2027", date(2024, 4, 1), date(2027, 3, 31)),
    ],
)
def test_the_time_that_it_covers(front: str, first: date, last: date) -> None:
    source = understood(front).source
    assert (source.period_start, source.period_end) == (first, last)


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("London Borough of Fenbridge **Children's Action Plan**", "London Borough of Fenbridge"),
        ("Action Plan\n\nFenbridge City Council, Children's Services", "Fenbridge City Council"),
        ("Action Plan\n\nWe met with Eastmere Council. The council will act.", None),
        ("Action Plan\n\nWrite to plans@wigan.gov.uk", "Wigan"),
    ],
)
def test_whose_it_is(text: str, authority: str | None) -> None:
    assert understood(text).source.authority == authority


def test_its_title_without_the_council() -> None:
    assert (
        understood("London Borough of Fenbridge Children's Action Plan\n\nWords.").source.title
        == "Children's Action Plan"
    )
    assert understood("Subject: Progress of the plan\tPublic\nx\ty").source.title == "Progress of the plan"
    assert understood("Action,Lead,Due\nRing,SM,May", "board-log.csv").source.title == "Board log"


@pytest.mark.parametrize("last", ["End of report", "*** END OF REPORT ***", "Printed from the tracker"])
@pytest.mark.parametrize("title", ["Harbour works plan", "HARBOUR PLANS RECOVERY", "Quay repairs"])
def test_its_title_stands_above_its_table(title: str, last: str) -> None:
    table = "Action\tLead\tDue\nPaint the pier\tMate\tMay 2026\nOil the crane\tMate\tJune 2026"
    assert understood(f"{title}\n\n{table}\n\n{last}").source.title == title


@pytest.mark.parametrize("name", ["Plan name", "Title", "Plan title"])
@pytest.mark.parametrize("more", [["Exported by", "A Bell"], ["Review cycle", "Monthly"], None])
def test_facts_of_a_file_beside_its_plan_are_no_actions(name: str, more: list[str] | None) -> None:
    plan = [["Action", "Lead", "Due"], ["Paint the pier", "Mate", "30/06/2026"], ["Oil it", "Mate", "31/07/2026"]]
    facts = [[name, "Harbour works"], *([more] if more else []), ["Date of export", "02/06/2026"]]
    reading = workbook(Tasks=plan, About=facts)
    assert [action.action for action in reading.actions] == ["Paint the pier", "Oil it"]
    assert (reading.source.title, reading.source.plan_date) == ("Harbour works", date(2026, 6, 2))


def test_what_the_loader_says_wins() -> None:
    details = SourceDetails("Title", "Fenbridge", date(2025, 1, 1), Label.PUBLIC)
    source = understood("Another Plan\n\nUpdated June 2024", details=details).source
    assert (source.title, source.authority, source.plan_date, source.label) == (
        "Title",
        "Fenbridge",
        date(2025, 1, 1),
        Label.PUBLIC,
    )


def test_without_a_label_it_is_internal() -> None:
    assert understood("Plan").source.label is Label.INTERNAL


@pytest.mark.parametrize(
    ("front", "found"),
    [
        ("Improvement Plan\n\nJanuary 29, 2025", date(2025, 1, 29)),
        ("Action log as 17th January 2026", date(2026, 1, 17)),
        ("Improvement Plan 2026\n\nCompiled 4 July", date(2026, 7, 4)),
        ("Response to the letter of 3 May 2024\n\nFinal v1.0 27 July 2024", date(2024, 7, 27)),
        ("Improvement Plan\n\nInspected on 3 March 2024", None),
        ("Improvement Plan\n\nForm a group.\n\nSeptember 2024\n\nWrite terms.\n\nOctober 2024", None),
        ("Improvement Plan\n\nCompiled 4 July", None),
    ],
)
def test_a_date_of_something_else_is_not_its_date(front: str, found: date | None) -> None:
    assert understood(front).source.plan_date == found


@pytest.mark.parametrize(
    "words",
    [
        "The Children in Care Council helped.",
        "We are One Council.",
        "Ask the Youth Council.",
        "Eastmere School Council",
    ],
)
def test_other_councils_are_no_authority(words: str) -> None:
    assert understood(f"# Improvement plan\n\n{words} {words}\n").source.authority is None


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("May 2026", date(2026, 5, 1)),
        ("by May 2026", date(2026, 5, 1)),
        ("Spring 2026", date(2026, 3, 1)),
        ("Q2 2026/27", date(2026, 7, 1)),
        ("2026", date(2026, 1, 1)),
        ("12 May 2026", date(2026, 5, 12)),
    ],
)
def test_an_action_starts_on_the_first_day_that_its_start_names(said: str, first: date) -> None:
    row = f"| Write to all foster carers | Head of Service | {said} | March 2027 |"
    table = f"| Action | Lead | Start date | Due date |\n|---|---|---|---|\n{row}"
    assert understood(table).actions[0].start == first
