"""Cards: one table, list of terms or block of lines for each action, in any format and order."""

from __future__ import annotations

import pytest

from assistant.records import Action
from ingest.readers import read_bytes
from ingest.reading import reading_of
from tests.ingest.books import word, workbook
from tests.ingest.understood import understood

CARDS = (
    {
        "no": "K1",
        "do": "Open the evening drop-in at Weir Street",
        "who": "Youth Lead",
        "when": "31 May 2026",
        "how": "Done",
    },
    {
        "no": "K2",
        "do": "Give each foster home a spare key safe",
        "who": "Fostering Manager",
        "when": "Sept 2026",
        "how": "On track",
    },
    {"no": "K3", "do": "Ask ten schools about lunch clubs", "who": "", "when": "TBC", "how": "Not started"},
)
EXPECTED = [
    ("K1", "Open the evening drop-in at Weir Street", "Youth Lead", "2026-05-31", "complete"),
    ("K2", "Give each foster home a spare key safe", "Fostering Manager", "2026-09-30", "on_track"),
    ("K3", "Ask ten schools about lunch clubs", None, None, "not_started"),
]
NAMES = (
    {"no": "Ref", "do": "Action", "who": "Lead", "when": "By when", "how": "Status"},
    {
        "no": "No.",
        "do": "What we will do",
        "who": "Who leads",
        "when": "Finish by",
        "how": "Current status",
    },
    {
        "no": "Action ref",
        "do": "Commitment",
        "who": "Responsible officer",
        "when": "Target date",
        "how": "Delivery status",
    },
)
ORDERS = (("no", "do", "who", "when", "how"), ("how", "when", "no", "who", "do"))


def said(actions: tuple[Action, ...]) -> list[tuple[str | None, str, str | None, str | None, str]]:
    return [(a.ref, a.action, a.owner, a.due.isoformat() if a.due else None, a.status.value) for a in actions]


@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("order", ORDERS)
def test_a_table_a_card(names: dict[str, str], order: tuple[str, ...]) -> None:
    found = word("Theme A: Warm homes", *([[names[key], card[key]] for key in order] for card in CARDS))
    assert said(found.actions) == EXPECTED
    assert {action.recommendation for action in found.actions} == {"Theme A: Warm homes"}
    assert found.actions[1].locator.table == 1
    assert dict(found.actions[1].field_locators)["due"].row == order.index("when")


def test_a_title_row_gives_the_reference_and_two_fields_share_a_line() -> None:
    cards = (
        [
            [f"{card['no']} {title}"],
            ["What we will do", card["do"]],
            ["Who leads", card["who"], "Who helps", "Voluntary sector"],
            ["Begin", "April 2026", "Finish by", card["when"]],
            ["Status", card["how"]],
        ]
        for card, title in zip(CARDS, ("Weir Street", "Key safes", "Lunch"), strict=True)
    )
    found = word("Warm homes", *cards).actions
    assert said(found) == EXPECTED
    assert [action.section for action in found] == ["K1 Weir Street", "K2 Key safes", "K3 Lunch"]
    assert {action.start_text for action in found} == {"April 2026"}


@pytest.mark.parametrize("names", NAMES)
def test_cards_below_each_other_on_a_sheet(names: dict[str, str]) -> None:
    rows: list[list[str]] = [["Fenbridge homes plan"], []]
    for number, card in enumerate(CARDS):
        rows += [[f"Theme {number + 1}: Warmth"], []] if number != 1 else []
        rows += [
            [names["no"], card["no"], names["who"], card["who"]],
            [names["do"], card["do"]],
            [names["when"], card["when"], names["how"], card["how"]],
            [],
        ]
    found = workbook(Cards=rows).actions
    assert said(found) == EXPECTED
    assert [action.recommendation for action in found] == ["Theme 1: Warmth", "Theme 1: Warmth", "Theme 3: Warmth"]


def test_a_table_that_is_turned_has_an_action_in_each_column() -> None:
    rows = [[name, *(card[key] for card in CARDS)] for key, name in NAMES[0].items()]
    assert said(workbook(Plan=rows).actions) == EXPECTED


@pytest.mark.parametrize("titled", [True, False])
def test_lists_of_terms_on_a_web_page(titled: bool) -> None:
    names = NAMES[1]
    keys = ("who", "when", "how") if titled else ORDERS[1]
    body = "".join(
        (f"<h3>{card['no']} {card['do']}</h3>" if titled else "")
        + f"<dl>{''.join(f'<dt>{names[key]}<dd>{card[key]}' for key in keys)}</dl>"
        for card in CARDS
    )
    page = f"<!doctype html><html><body><h1>Fenbridge homes</h1><h2>Theme A: Warmth</h2>{body}</body></html>"
    found = reading_of(read_bytes(page.encode(), "plan.html")).actions
    assert said(found) == EXPECTED
    assert {action.recommendation for action in found} == {"Theme A: Warmth"}


@pytest.mark.parametrize("form", ["{name}: {value}", "{name}:\n{value}", "{name}\n{value}", "  {name} - {value}"])
def test_lines_with_names_of_fields(form: str) -> None:
    def card(number: int) -> str:
        one = {**CARDS[number], "who": CARDS[number]["who"] or "All teams"}
        keys = ORDERS[0][2:] if form.startswith(" ") else ORDERS[0]
        first = f"{one['no']} {one['do']}\n" if form.startswith(" ") else ""
        return first + "\n".join(form.format(name=NAMES[0][key], value=one[key]) for key in keys)

    found = understood("Fenbridge Council\nHomes plan\n\n" + "\n\n".join(map(card, range(3)))).actions
    assert said(found) == [*EXPECTED[:2], (*EXPECTED[2][:2], "All teams", *EXPECTED[2][3:])]


def test_a_page_break_inside_a_card_does_not_end_it() -> None:
    text = "Ref\nK1\nAction:\nOpen the drop-in\n\nFenbridge homes plan\t2\n\nLead:\nYouth Lead\nBy when:\nMay 2026\n"
    (action,) = understood(f"Fenbridge Council\nHomes plan\n\n{text}").actions
    assert (action.ref, action.owner, action.due_text) == ("K1", "Youth Lead", "May 2026")


def test_the_line_over_labels_and_a_table_heads_its_rows() -> None:
    rows = [
        ["Priority 1: Warm homes"],
        ["Senior responsible officer: Director of Place"],
        ["Impact we want: nobody is cold"],
        [],
        ["ID", "Action", "Lead", "Complete by", "Status"],
        ["1.1", "Give each foster home a key safe", "Fostering Manager", "30 Apr 26", "Closed"],
        ["1.2", "Ask ten schools about lunch clubs", "Youth Lead", "30 May 26", "Slipped"],
    ]
    found = workbook(P1=rows).actions
    assert [(a.ref, a.recommendation) for a in found] == [
        ("1.1", "Priority 1: Warm homes"),
        ("1.2", "Priority 1: Warm homes"),
    ]


def test_the_control_sheet_of_a_document_is_no_action() -> None:
    control = [["Owner", "Programme Office"], ["Status", "Draft"], ["Review date", "1 May 2026"]]
    assert word("Document control", control).actions == ()


@pytest.mark.parametrize("titled", [True, False])
def test_plain_headings_over_cards_are_their_themes(titled: bool) -> None:
    names, keys = NAMES[0], ("who", "when", "how") if titled else ORDERS[0]
    cards = [[[names[key], card[key]] for key in keys] for card in CARDS]
    if titled:
        cards = [
            [[f"{number} {card['do']}", ""], *rows]
            for number, (card, rows) in enumerate(zip(CARDS, cards, strict=True), 7)
        ]
    found = word("Fenbridge homes plan", "Warm rooms", *cards[:2], "Meals", cards[2]).actions
    assert [action.recommendation for action in found] == ["Warm rooms", "Warm rooms", "Meals"]
    assert [action.ref for action in found] == (["7", "8", "9"] if titled else ["K1", "K2", "K3"])
    assert [action.action for action in found] == [card["do"] for card in CARDS]


@pytest.mark.parametrize(("who", "when"), [("Who", "When"), ("Lead", "Due date")])
@pytest.mark.parametrize("asks", ["How is it going?", "Status:"])
@pytest.mark.parametrize(
    ("card", "heading"),
    [("", "<del>{}</del>"), (" style='text-decoration: line-through'", "<s>{}</s>"),
     ("", "<span style='text-decoration: line-through'>{}</span>"),
     (" style='text-decoration: line-through'", "{}")],
)  # fmt: skip
def test_cards_of_a_page_are_actions_and_those_crossed_out_withdrawn(
    who: str, when: str, asks: str, card: str, heading: str
) -> None:
    names = ["Paint the pier", "Oil the crane", "Sweep the quay", "Mend the net"]
    states = ["Under way", "Finished", "Under way", "Not begun"]
    page = "".join(
        (f"<h2>Part {at // 2 + 1} of the harbour</h2>" if at % 2 == 0 else "")
        + f"<div class='card'{card if at == 2 else ''}><h3>{heading.format(name) if at == 2 else name}</h3>"
        f"<dl><dt>{who}</dt><dd>Mate {at}</dd><dt>{when}</dt><dd>{at + 1} May 2027</dd></dl>"
        f"<p>{asks} <strong>{state}</strong></p></div>"
        for at, (name, state) in enumerate(zip(names, states, strict=True))
    )
    found = understood(f"<html><body><h1>Harbour plan</h1>{page}</body></html>", "plan.html").actions
    wanted = ["in_progress", "complete", "withdrawn", "not_started"]
    assert [(a.action, a.owner, str(a.due), a.status.value) for a in found] == [
        (name, f"Mate {at}", f"2027-05-0{at + 1}", wanted[at]) for at, name in enumerate(names)
    ]
    assert [a.section for a in found] == [f"Part {at // 2 + 1} of the harbour" for at in range(4)]


def test_terms_of_a_page_that_are_no_cards_are_no_actions() -> None:
    terms = "<dl><dt>Core group</dt><dd>People who meet often</dd><dt>Strategy meeting</dt><dd>A first talk</dd></dl>"
    page = f"<html><body><h1>Words</h1><h3>Meetings</h3>{terms}<h3>Others</h3>{terms}</body></html>"
    assert understood(page, "plan.html").actions == ()
