"""What holds for any plan: status and colour apart, the newest review counts, no role and no date by shape alone."""

from __future__ import annotations

import pytest

from assistant.records import Action
from tests.ingest.understood import codes, rows, understood


def said(action: Action) -> tuple[str, str, str | None]:
    return action.action, action.status.value, action.rag.value if action.rag else None


def test_status_and_colour_are_two_things_and_a_contradiction_is_flagged() -> None:
    head = "Action ¦ Lead ¦ Due ¦ RAG ¦ Status"
    first, second = rows(
        head, "Paint the pier ¦ Mate ¦ May 2026 ¦ Red ¦ Complete", "Oil the crane ¦ Mate ¦ June 2026 ¦ Green ¦ Underway"
    )
    assert (said(first), said(second)) == (
        ("Paint the pier", "complete", "red"),
        ("Oil the crane", "in_progress", "green"),
    )
    assert "colour_contradicts_words" in codes(first)
    assert "colour_contradicts_words" not in codes(second)


@pytest.mark.parametrize("name", ["Status {}", "RAG at {}", "{} update"])
@pytest.mark.parametrize("turned", [False, True])
def test_of_a_column_for_each_review_the_latest_counts_and_the_others_are_kept(name: str, turned: bool) -> None:
    reviews = [("March 2026", "Not started"), ("June 2026", "On hold"), ("September 2026", "Complete")]
    reviews = reviews[::-1] if turned else reviews
    head = " ¦ ".join(["Action", "Lead", "Due", *(name.format(when) for when, _ in reviews)])
    action, other = rows(
        head,
        " ¦ ".join(["Paint the pier", "Mate", "May 2026", *(state for _, state in reviews)]),
        " ¦ ".join(["Oil the crane", "Mate", "May 2026", *("In progress" for _ in reviews)]),
    )
    assert (action.status.value, other.status.value) == ("complete", "in_progress")
    assert "On hold" in (action.progress or "")
    assert "Not started" in (action.progress or "")


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Harbour area", ("Open", "Closed")),
        ("Modified", ("03/05/2026", "04/05/2026")),
        ("Date of entry", ("03/05/2026", "04/05/2026")),
        ("Lead Cabinet Member", ("Cllr Webb", "Cllr Dunn")),
        ("How will progress be monitored?", ("Monthly update to the board", "Reported each quarter")),
        ("Required or encouraged", ("Required for all", "Encouraged")),
        ("Who it is for", ("All", "Skippers")),
    ],
)
def test_a_column_that_says_something_else_has_no_role(heading: str, cells: tuple[str, str]) -> None:
    found = rows(
        f"Action ¦ Due ¦ {heading}", f"Paint the pier ¦ May 2027 ¦ {cells[0]}", f"Oil it ¦ June 2027 ¦ {cells[1]}"
    )
    assert [(a.owner, a.start, a.completed_on, a.status.value) for a in found] == [
        (None, None, None, "not_recorded")
    ] * 2
    assert [str(action.due) for action in found] == ["2027-05-31", "2027-06-30"]


@pytest.mark.parametrize(
    "words",
    [
        "Within two months of the report of 3 May 2026",
        "Six weeks after approval",
        "As soon as the grant is paid (bid due 30 May 2026)",
        "Ongoing, reviewed each May 2026",
        "Annually in March",
        "1st April 2026 for 12 months",
    ],
)
def test_a_date_tied_to_something_else_is_no_due_date(words: str) -> None:
    first, second = rows("Action ¦ Lead ¦ Due", f"Paint the pier ¦ Mate ¦ {words}", "Oil the crane ¦ Mate ¦ May 2026")
    assert (first.due, first.due_text, str(second.due)) == (None, words, "2026-05-31")


def test_a_column_proves_its_order_of_figures() -> None:
    head = "Action ¦ Lead ¦ Due date"
    month_first = rows(head, "Paint the pier ¦ Mate ¦ 07/31/2026", "Oil the crane ¦ Mate ¦ 08/05/2026")
    assert [str(action.due) for action in month_first] == ["2026-07-31", "2026-08-05"]
    assert all("date_order" in codes(action) for action in month_first)
    mixed = rows(head, "Paint ¦ Mate ¦ 07/31/2026", "Oil ¦ Mate ¦ 25/05/2026", "Tar ¦ Mate ¦ 08/05/2026")
    assert [action.due and str(action.due) for action in mixed] == ["2026-07-31", "2026-05-25", None]


@pytest.mark.parametrize(
    ("heading", "cells", "states"),
    [
        ("Done?", ("TRUE", "FALSE", ""), ("complete", "in_progress", "not_recorded")),
        ("Done", ("✓", "✗", "☐"), ("complete", "in_progress", "not_recorded")),
        ("% complete", ("100", "40", "0"), ("complete", "in_progress", "not_started")),
        ("Status", ("✅", "⏳", "🔴 Delayed"), ("complete", "in_progress", "at_risk")),
        ("Status", ("Completed", "Instructions issued", "Merged with 1"), ("complete", "in_progress", "withdrawn")),
        ("Status", ("in_progress", "notStarted", "Choose an item."), ("in_progress", "not_started", "not_recorded")),
        ("Completed", ("Done", "Ongoing", "12/05/2026"), ("complete", "in_progress", "complete")),
    ],
)
def test_states_are_what_an_officer_sees(heading: str, cells: tuple[str, ...], states: tuple[str, ...]) -> None:
    work = ("Paint the pier", "Oil the crane", "Tar the boats")
    lines = [f"{words} ¦ Mate ¦ May 2027 ¦ {cell}" for words, cell in zip(work, cells, strict=True)]
    assert tuple(action.status.value for action in rows(f"Action ¦ Lead ¦ Due ¦ {heading}", *lines)) == states


def test_totals_examples_and_errors_are_no_actions_and_no_values() -> None:
    found = rows(
        "Ref ¦ Action ¦ Lead ¦ Due ¦ Cost",
        "E.g. ¦ Example: say what will be done ¦ Name ¦ 01/01/2026 ¦ 0",
        "1 ¦ Paint the pier ¦ #REF! ¦ 31/05/2026 ¦ 20",
        "2 ¦ Oil the crane ¦ Mate ¦ 30/06/2026 ¦ 30",
        "Total ¦ 2 ¦ ¦ ¦ 50",
    )
    assert [(action.ref, action.owner) for action in found] == [("1", None), ("2", "Mate")]
    assert "text_corrupted" in codes(found[0])


@pytest.mark.parametrize("sign", [" / ", " | ", " ; "])
def test_rows_whose_cells_a_sign_joins(sign: str) -> None:
    lines = [
        ("Action", "Lead", "By when"),
        ("Paint the pier", "Mate", "May 2026"),
        ("Oil the crane", "Cook", "June 2026"),
    ]
    found = understood("Fenbridge harbour plan\n\n" + "\n".join(sign.join(line) for line in lines) + "\n").actions
    assert [(a.action, a.owner, str(a.due)) for a in found] == [
        ("Paint the pier", "Mate", "2026-05-31"),
        ("Oil the crane", "Cook", "2026-06-30"),
    ]


def test_rows_as_sentences_and_lists_with_the_time_in_them() -> None:
    lines = [
        "Agree a plan for the pier with the port. June 2026. Harbour Manager",
        "Find ten moorings with the yacht club. May 2027. Mooring Officer",
        "Write a guide to the tides. March 2027. Comms Lead",
    ]
    found = understood("Fenbridge harbour\n\n" + "\n".join(lines) + "\n").actions
    assert [(a.owner, str(a.due)) for a in found] == [
        ("Harbour Manager", "2026-06-30"),
        ("Mooring Officer", "2027-05-31"),
        ("Comms Lead", "2027-03-31"),
    ]
    listed = understood(
        "Fenbridge harbour\n\nWe will:\n- Paint the pier by May 2026\n- Oil the crane by June 2026\n"
    ).actions
    assert [str(action.due) for action in listed] == ["2026-05-31", "2026-06-30"]


def test_the_owner_of_a_group_holds_for_its_rows() -> None:
    found = rows(
        "Action ¦ Due ¦ Status",
        "Head of Harbour",
        "Paint the pier ¦ May 2026 ¦ Done",
        "Port Manager",
        "Oil it ¦ June 2026 ¦ Open",
    )
    assert [action.owner for action in found] == ["Head of Harbour", "Port Manager"]


def test_a_line_of_prompts_is_no_row() -> None:
    head = "Ref ¦ Action ¦ Lead ¦ Due"
    assert rows(head, " ¦ [Say what is done] ¦ [Job title] ¦ [dd/mm/yyyy]", " ¦ <One sentence> ¦ <Who> ¦ <When>") == ()


@pytest.mark.parametrize(
    "cell", ["Lead: Harbour Manager Lead: Crane Officer", "14;#Harbour Manager;#21;#Crane Officer"]
)
def test_a_cell_names_each_owner_apart(cell: str) -> None:
    first, _ = rows("Action ¦ Lead ¦ Due", f"Paint the pier ¦ {cell} ¦ May 2027", "Oil the crane ¦ Mate ¦ May 2027")
    assert first.owners == ("Harbour Manager", "Crane Officer")


@pytest.mark.parametrize("months", [("Jan 26", "Feb 26"), ("Q1", "Q2"), ("March", "April")])
def test_of_states_under_months_the_last_counts(months: tuple[str, str]) -> None:
    head = f"Action ¦ Lead ¦ Due ¦ {months[0]} ¦ {months[1]}"
    found = rows(
        head,
        "Paint the pier ¦ Mate ¦ May 2027 ¦ On track ¦ Complete",
        "Oil the crane ¦ Mate ¦ May 2027 ¦ Not started ¦ On hold",
    )
    assert [action.status.value for action in found] == ["complete", "blocked"]


@pytest.mark.parametrize(
    ("heading", "cells", "owner"),
    [
        ("For", ("Harbour Manager", "Crane Officer"), "Harbour Manager"),
        ("For", ("small boats under sail", "larger ships"), None),
        ("Contact", ("Harbour Manager", "Crane Officer"), "Harbour Manager"),
    ],
)
def test_a_doubtful_name_of_an_owner_needs_owners_below_it(
    heading: str, cells: tuple[str, str], owner: str | None
) -> None:
    first, _ = rows(
        f"Action ¦ {heading} ¦ Due", f"Paint the pier ¦ {cells[0]} ¦ May 2027", f"Oil it ¦ {cells[1]} ¦ May 2027"
    )
    assert first.owner == owner


@pytest.mark.parametrize("heading", ["Activity", "Milestone", "What"])
@pytest.mark.parametrize("followed", [True, False])
def test_what_happens_is_no_action_beside_a_plan_that_is_followed_up(heading: str, followed: bool) -> None:
    events = [
        f"{heading} ¦ Who ¦ When",
        "Arrival on site ¦ Inspectors ¦ 2 May 2027",
        "Feedback ¦ Director ¦ 6 May 2027",
    ]
    plan = ["Action ¦ Lead ¦ Due ¦ Status", "Paint the pier ¦ Mate ¦ June 2027 ¦ Complete"]
    lines = [*events, "", "Actions", "", *plan] if followed else events
    assert len(rows("Harbour visit", "", *lines)) == (1 if followed else 2)


def test_a_quoted_list_is_the_list() -> None:
    items = ["Paint the pier - Harbour Manager - May 2027", "Oil the crane - Crane Officer - June 2027"]
    lines = [
        f"{number}. {words}" for number, words in enumerate([*items, "Mend it - Head of Works - July 2027"], start=1)
    ]
    plain, quoted = rows("Harbour plan", "", *lines), rows("> Harbour plan", ">", *(f"> {line}" for line in lines))
    assert [(a.ref, a.action, a.owner, a.due) for a in quoted] == [(a.ref, a.action, a.owner, a.due) for a in plain]
    assert len(plain) == 3


def test_nobody_is_told_by_we_and_the_bracket_says_who() -> None:
    lines = [f"- We will paint pier {n} by June 2027 (Harbour Manager)." for n in range(3)]
    assert {(action.owner, action.due_text) for action in rows("Commitments", "", *lines)} == {
        ("Harbour Manager", "June 2027")
    }


@pytest.mark.parametrize("owner", ["Lead", "Owner", "Harbour Manager"])
@pytest.mark.parametrize("when", ["Complete March 2031", "Complete", "May 2031"])
def test_a_row_with_a_reference_is_no_header_whatever_its_cells_say(owner: str, when: str) -> None:
    plain = [f"H{n} ¦ Paint pier {n} ¦ Mate ¦ May 2031 ¦ Begun" for n in (1, 2)]
    last = f"H3 ¦ Oil the crane ¦ {owner} ¦ {when} ¦ Complete"
    assert [action.ref for action in rows("Ref ¦ Action ¦ Lead ¦ By when ¦ Status", *plain, last)] == ["H1", "H2", "H3"]


@pytest.mark.parametrize("verb", ["Needed", "Wanted", "Landed"])
def test_until_when_is_what_ends_in_by_over_dates(verb: str) -> None:
    (action, _) = rows(
        f"Action ¦ Lead ¦ {verb} by",
        "Paint the pier ¦ Mate ¦ 30 June 2026",
        "Oil the crane ¦ Mate ¦ 31 July 2026",
    )
    assert str(action.due) == "2026-06-30"


@pytest.mark.parametrize(
    "heading", ["What the survey found", "What our reviewers saw", "What the harbour audit concluded"]
)
def test_what_somebody_found_is_what_the_action_answers(heading: str) -> None:
    first, second = rows(
        f"{heading} ¦ What we will do ¦ Lead ¦ By when",
        "Ropes are wet in winter ¦ Buy a dry store ¦ Mate ¦ 30 June 2026",
        "Lights fail at night ¦ Mend the lights ¦ Mate ¦ 31 July 2026",
    )
    assert (first.recommendation, second.recommendation) == ("Ropes are wet in winter", "Lights fail at night")


@pytest.mark.parametrize("who", ["@Asha Bell", "@asha", "@Asha Bell-Webb"])
@pytest.mark.parametrize("words", ["Paint the pier", "Ring the pilots"])
@pytest.mark.parametrize("day", ["06 Mar 2026", "2026-03-06", "06/03/2026"])
def test_a_task_names_whom_it_is_for_after_a_sign_and_ends_with_its_day(who: str, words: str, day: str) -> None:
    (action,) = understood(f"## Action items\n\n- [x] {who} {words} {day}\n").actions
    assert (action.action, f"@{action.owner}", action.status.value) == (words, who, "complete")
    assert str(action.due) == "2026-03-06"


@pytest.mark.parametrize("proven", ["06/30/2026", "12/31/2025"])
def test_one_column_of_dates_tells_the_order_of_those_beside_it(proven: str) -> None:
    (action, _) = rows(
        "Task ¦ Owner ¦ Due date ¦ Completed date",
        f"Paint the pier ¦ Mate ¦ {proven} ¦ 07/12/2026",
        f"Oil the crane ¦ Mate ¦ {proven} ¦ 07/12/2026",
    )
    assert str(action.completed_on) == "2026-07-12"


@pytest.mark.parametrize("title", ["Improvement plan", "Priorities and action plan 2026", "Objective tracker"])
@pytest.mark.parametrize("dated", ["Updated January 29, 2026", "Last reviewed: 4 May 2026"])
def test_the_title_of_a_plan_and_its_date_are_no_theme(title: str, dated: str) -> None:
    table = "| Action | Lead | Due |\n|---|---|---|\n| Paint the pier | Mate | 30 June 2026 |\n"
    (action,) = understood(f"# {title}\n\n{dated}\n\n{table}").actions
    assert (action.section, action.recommendation) == (None, None)


@pytest.mark.parametrize(
    "heading", ["Resolved", "Finished", "Done", "Signed off", "Closed", "Complete", "Started", "Begun"]
)
@pytest.mark.parametrize("named", ["{}", "Date {}", "{} on", "Actual date {}"])
def test_a_state_over_dates_says_when_it_was_reached(heading: str, named: str) -> None:
    first, second = rows(
        f"Action ¦ Lead ¦ Due ¦ Status ¦ {named.format(heading)}",
        "Paint the pier ¦ Mate ¦ 30 June 2026 ¦ Complete ¦ 12 May 2026",
        "Oil the crane ¦ Mate ¦ 31 July 2026 ¦ Underway ¦ ",
    )
    reached = first.start if heading in {"Started", "Begun"} else first.completed_on
    assert [str(day) for day in (first.due, reached, second.due)] == ["2026-06-30", "2026-05-12", "2026-07-31"]
    assert first.start is None or first.completed_on is None


@pytest.mark.parametrize("until", ["To", "Until", "Runs till", "Wanted by"])
def test_from_and_to_are_when_it_begins_and_ends(until: str) -> None:
    first, _ = rows(
        f"Task ¦ Lead ¦ From ¦ {until}",
        "Paint the pier ¦ Mate ¦ 3 June 2026 ¦ 12 July 2026",
        "Oil the crane ¦ Mate ¦ 3 July 2026 ¦ 31 July 2026",
    )
    assert (str(first.start), str(first.due)) == ("2026-06-03", "2026-07-12")


@pytest.mark.parametrize("post", ["Manager", "Director", "Social worker", "Service manager", "Link officer"])
@pytest.mark.parametrize("who", ["JT", "Harbour Manager", "Asha Bell"])
def test_a_post_over_people_says_who_where_no_other_column_does(post: str, who: str) -> None:
    lines = [f"Paint the pier ¦ {who} ¦ Mate ¦ 30 June 2026", f"Oil the crane ¦ {who} ¦ Mate ¦ 31 July 2026"]
    first, _ = rows(f"Action ¦ {post} ¦ Lead ¦ Due", *lines)
    alone, _ = rows(f"Action ¦ {post} ¦ Due", *(line.replace(" ¦ Mate", "") for line in lines))
    left, _ = rows(f"{post} ¦ Action ¦ Due", f"{who} ¦ Paint the pier ¦ May 2026", f"{who} ¦ Oil the crane ¦ May 2026")
    assert (first.owner, alone.owner, left.owner) == ("Mate", who, who)
