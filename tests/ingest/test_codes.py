"""Words, letters, signs and colours that a plan explains itself."""

from __future__ import annotations

import pytest

from assistant.records import Action
from tests.ingest.books import workbook
from tests.ingest.understood import understood

MEANINGS = ("We have done it and families say it helped", "We have begun", "We have not begun")
EXPECTED = ["complete", "in_progress", "not_started"]


def states(actions: tuple[Action, ...]) -> list[str]:
    return [action.status.value for action in actions]


@pytest.mark.parametrize(
    "terms", [("Gold", "Silver", "Bronze"), ("3", "2", "1"), ("C", "P", "N"), ("Harvest", "Shoots", "Bare soil")]
)
@pytest.mark.parametrize("where", ["sheet", "above", "sentences"])
def test_words_of_the_plans_own(terms: tuple[str, str, str], where: str) -> None:
    plan = [
        ["Ref", "Action", "Lead", "Stage"],
        *([f"{n}", f"Paint room {n}", "Site Lead", t] for n, t in enumerate(terms, 1)),
    ]
    key = [["Stage", "What it means"], *map(list, zip(terms, MEANINGS, strict=True))]
    if where == "sheet":
        found = workbook(Plan=plan, Key=key)
    else:
        entries = [f"{term} = {meaning}" for term, meaning in zip(terms, MEANINGS, strict=True)]
        lines = "\n".join(entries) if where == "above" else f"{'; '.join(entries)}."
        found = understood("Fenbridge plan\n\n" + lines + "\n\n" + "\n".join("\t".join(row) for row in plan))
    assert states(found.actions) == EXPECTED
    assert [action.status_text for action in found.actions] == list(terms)
    assert set(terms) <= {key.term for key in found.keys}


def test_terms_that_no_row_uses_are_no_keys() -> None:
    text = "Moved: we have moved on\nDone: finished\n\nAction\tLead\tStatus\nPaint\tSite Lead\tIn progress"
    assert [key.term for key in understood(text).keys] == []


def test_signs_before_items() -> None:
    text = (
        "Fenbridge plan\n\nA tick (✔) means that the item is finished. A triangle (▲) means that it is running behind. "
        "No mark means that work is in hand.\n\nTheme one: Rooms\n\n"
        "1. Paint the hall (Site Lead; May 2026)\n✔ 2. Buy two cots (Head of Care with Health,\n    30 June 2026)\n"
        "3. Move the post room in two steps:\n    ▲ a) clear the attic (Records Officer – Q3 2026/27)\n"
        "    b) ring the movers (Records Officer (part time), 31/07/26)\n"
    )
    found = understood(text).actions
    assert [(a.ref, a.owner, a.status.value) for a in found] == [
        ("1", "Site Lead", "in_progress"),
        ("2", "Head of Care with Health", "complete"),
        ("3", "Records Officer", "at_risk"),
        ("3", "Records Officer (part time)", "in_progress"),
    ]
    assert found[2].action_parent == "3. Move the post room in two steps:"
    assert {action.recommendation for action in found} == {"Theme one: Rooms"}


MEANT = {
    "proof": (
        ("Delivered, with proof that it helped", "Delivered, no proof yet", "Begun, not finished", "Not due to begin"),
        ["complete", "complete", "in_progress", "not_started"],
    ),
    "pace": (
        ("Going to plan", "Moving along as planned", "Finished, but late", "Yet to start"),
        ["on_track", "on_track", "complete", "not_started"],
    ),
    "money": (
        ("Within budget", "Up to five per cent over budget", "Money not agreed", "Cost not known"),
        ["not_recorded"] * 4,
    ),
    "help": (
        ("On course", "Will miss its date", "Cannot go on until a partner acts", "Nothing done yet"),
        ["on_track", "at_risk", "blocked", "not_started"],
    ),
}


@pytest.mark.parametrize(("meanings", "expected"), MEANT.values(), ids=MEANT)
@pytest.mark.parametrize("form", ["letters", "below", "sheet"])
def test_colours_mean_what_the_plan_says(meanings: tuple[str, ...], expected: list[str], form: str) -> None:
    colours = ("Green", "Amber", "Red", "Blue")
    body = [["Action", "Lead", "RAG"], *([f"Paint room {n}", "Site Lead", c] for n, c in enumerate(colours))]
    if form == "sheet":
        plan = [[*row[:2], f"<{row[2].lower()}>"] if row[2] in colours else row for row in body]
        key = [["Colour", "Meaning"], *([f"<{c.lower()}>{c}", m] for c, m in zip(colours, meanings, strict=True))]
        assert states(workbook(Plan=plan, Key=key).actions) == expected
        return
    pairs = zip(colours, meanings, strict=True)
    lines = [f"{c[0]}\t{m}" if form == "letters" else f"{c}\n{m}" for c, m in pairs]
    table = "\n".join("\t".join(row) for row in body)
    assert states(understood("Plan\n\n" + "\n".join(lines) + "\n\n" + table).actions) == expected


@pytest.mark.parametrize("term", ["White", "No fill", "No colour", "Blank"])
def test_a_cell_without_colour_means_what_the_plan_says(term: str) -> None:
    plan = [["Action", "Lead", "RAG"], ["Paint", "Site Lead", "<green>"], ["Buy cots", "Site Lead", ""]]
    key = [["<green>Green", "Finished"], [term, "We have not begun"]]
    assert states(workbook(Plan=plan, Key=key).actions) == ["complete", "not_started"]
    key[1][1] = "No update has come in"
    assert states(workbook(Plan=plan, Key=key).actions) == ["complete", "not_recorded"]


def test_colours_that_are_no_rag_are_states_by_the_key() -> None:
    text = "Purple\tClosed by the Board\nGrey\tNot started\n\nAction\tLead\tRAG\nPaint\tSM\tPurple\nRent\tSM\tGrey"
    found = understood(text).actions
    assert [(a.status.value, a.rag, a.status_text) for a in found] == [
        ("complete", None, None),
        ("not_started", None, None),
    ]


def test_a_word_that_names_its_state_keeps_it_where_the_key_says_little() -> None:
    text = "On track: being delivered\nNot started: planned for later\nDelayed: will miss its date\n\n"
    found = understood(
        text + "Action\tLead\tStatus\nPaint\tSM\tOn track\nRent\tSM\tNot started\nBuy\tSM\tDelayed"
    ).actions
    assert states(found) == ["on_track", "not_started", "at_risk"]
