"""Items that end with who and when: the same list, written in many ways, gives the same rows."""

from __future__ import annotations

import pytest

from assistant.records import Action, Status
from ingest.layout.drafts import Role
from ingest.layout.endings import who_and_when
from tests.ingest.understood import understood

ITEMS = (
    ("1", "Put a bench outside each contact centre", "Contact Service Manager", "31 May 2026"),
    ("2", "Bring the sleep clinic, once a month, to Oak Street", "Health Visiting Lead", "Spring 2026"),
    ("3", "Ask drivers of school buses what they see and hear", "Transport Officer and Police Inspector", "Q2 2026/27"),
    ("4", "Write to grandparents who look after a child", "0-5 Team Manager", "tbc"),
)
HEAD = "Fenbridge Council\nFamily plan 2026\n\nTheme one: Near to home\nHelp should be found close by.\n\n"


def read(text: str) -> tuple[Action, ...]:
    return understood(text).actions


def values(action: Action) -> tuple[str | None, ...]:
    return action.ref, " ".join(action.action.split()), " ".join((action.owner or "").split()), action.due_text


@pytest.mark.parametrize(
    "ending",
    [
        " ({owner}; {due})",
        " ({owner}, {due})",
        " [{owner} – {due}]",
        " ({due}, {owner})",
        " (by {due}: {owner})".replace(": ", "; "),
        " (Lead: {owner}; due: {due})",
        "\n    ({owner} | {due})",
        " – {owner} – {due}",
        " ........ {owner} .... {due}",
        " | {owner} | {due}",
        "; {owner}; {due}",
    ],
)
@pytest.mark.parametrize("number", ["{}. ", "{}) ", "{}.1 "])
def test_who_and_when_stand_at_the_end(ending: str, number: str) -> None:
    lines = [number.format(n) + words + ending.format(owner=owner, due=due) for n, words, owner, due in ITEMS]
    found = [values(action) for action in read(HEAD + "\n".join(lines) + "\n")]
    assert [each[1:] for each in found] == [item[1:] for item in ITEMS]
    assert [(each[0] or "")[0] for each in found] == [item[0] for item in ITEMS]


LIST = (
    "1. Put a bench outside each contact centre (Contact Service Manager; 31 May 2026)\n"
    "   Progress: two of five stand.\n"
    "✔ 2. Ask drivers what they see (Transport Officer, by 30 June\n   2026)\n"
    "3. Make letters easy to read:\n"
    "   ✓ a) test ten of them with parents (Participation Officer – July 2026)\n"
    "   b) print them in large letters (Business Manager – from October 2026)\n"
    "4. Open on Saturdays (January 2027)\n"
    "5. Keep a list of quiet rooms (Business Manager; ongoing) Done.\n"
)


def test_ticks_parts_and_progress_belong_to_their_item() -> None:
    first, second, third, fourth, fifth, sixth = read(HEAD + LIST)
    assert (first.progress, first.status) == ("two of five stand.", Status.IN_PROGRESS)
    assert (second.ref, second.status, second.due_text) == ("2", Status.COMPLETE, "30 June 2026")
    assert (third.ref, third.action, third.status) == ("3", "a) test ten of them with parents", Status.COMPLETE)
    assert third.action_parent == "3. Make letters easy to read:"
    assert (fourth.ref, fourth.start_text, fourth.due) == ("3", "October 2026", None)
    assert (fifth.owner, fifth.due_text) == (None, "January 2027")
    assert sixth.status is Status.COMPLETE


def test_an_item_is_where_its_lines_are_and_a_part_with_its_stem() -> None:
    places = [(action.locator.line_start, action.locator.line_end) for action in read(HEAD + LIST)]
    assert places == [(7, 8), (9, 10), (11, 12), (11, 13), (14, 14), (15, 15)]


def test_the_first_line_of_a_block_may_be_the_theme() -> None:
    assert {action.recommendation for action in read(HEAD + LIST)} == {"Theme one: Near to home"}


def test_parts_that_say_nothing_belong_to_the_item_above() -> None:
    text = LIST.replace("3. Make letters easy to read:", "3. Make letters easy to read (Business Manager; July 2026)")
    text = text.replace(" (Participation Officer – July 2026)", "").replace(
        " (Business Manager – from October 2026)", ""
    )
    found = read(HEAD + text)
    assert [action.ref for action in found] == ["1", "2", "3", "4", "5"]
    assert "large letters" in found[2].action


def test_brackets_that_say_something_else_are_words() -> None:
    text = "".join(f"{n}. Talk to children (and their brothers) about plan {n}\n" for n in range(1, 5))
    assert read(HEAD + text) == ()
    noted = LIST.replace("Open on Saturdays (January 2027)", "Open on Saturdays (see the annex)")
    assert [action.action for action in read(HEAD + noted)][4] == "Open on Saturdays (see the annex)"


@pytest.mark.parametrize("parted", [" - ", " – ", "; ", " ........ "])
def test_a_line_over_the_list_says_who(parted: str) -> None:
    text = (
        f"Family Hub Manager\n1. Open on Saturdays{parted}30/09/2026{parted}in progress\n"
        f"2. Paint the hall{parted}June 2026{parted}complete\n\n"
        f"Head of Virtual School\n3. Offer taster days{parted}ongoing\n4. Pay for laptops{parted}Spring 2027\n"
    )
    found = read(HEAD + text)
    assert [(action.owner, action.due_text, action.status.value) for action in found] == [
        ("Family Hub Manager", "30/09/2026", "in_progress"),
        ("Family Hub Manager", "June 2026", "complete"),
        ("Head of Virtual School", "ongoing", "not_recorded"),
        ("Head of Virtual School", "Spring 2027", "not_recorded"),
    ]


def test_a_line_over_the_list_says_when() -> None:
    text = (
        "By 30 June 2026\n- Publish the guide (Designated Nurse)\n- Find two members (Business Manager)\n\n"
        "September 2026:\n- Read twelve files (QA Manager)\n- Ask parents (Chair; July 2026)\n"
    )
    found = read(HEAD + text)
    assert [action.due_text for action in found] == ["30 June 2026", "30 June 2026", "September 2026", "July 2026"]
    assert [action.owner for action in found][-1] == "Chair"


def test_a_field_that_is_named_is_that_field_and_no_other_date_is_taken_for_a_due_date() -> None:
    assert who_and_when("Start: May 2026; HS") == {Role.START: "May 2026", Role.OWNER: "HS"}
    assert Role.DUE not in who_and_when("Review: May 2026; HS")
