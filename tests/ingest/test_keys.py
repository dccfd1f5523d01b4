"""A plan's own legend."""

from __future__ import annotations

import pytest

from assistant.records import KeyKind
from ingest.keys import spells
from tests.ingest.understood import understood


def keys(text: str, kind: KeyKind) -> dict[str, str]:
    return {key.term: key.meaning for key in understood(text).keys if key.kind is kind}


@pytest.mark.parametrize(
    "text",
    [
        "- blue meaning 'done'\n- red meaning 'stuck'",
        "Blue = done; Red = stuck",
        "Key: Blue - done, Red - stuck",
        "Key: B done; R stuck",
        "| Blue | done |\n| Red | stuck |",
        "Blue is used only when done. Red is used for stuck.",
    ],
)
def test_colours_in_any_form(text: str) -> None:
    assert {term.lower(): meaning for term, meaning in keys(text, KeyKind.COLOUR).items()} == {
        "blue": "done",
        "red": "stuck",
    }


def test_a_key_that_lost_its_colours() -> None:
    text = "\tOverdue\tDCS= Director of Children's Services\n\tOn track\t\n\nAction\tLead\tDue\nRing\tDCS\tMay 2025"
    found = understood(text)
    assert [(key.term, key.meaning) for key in found.keys if key.kind is KeyKind.COLOUR] == [
        ("", "Overdue"),
        ("", "On track"),
    ]
    assert "key_without_colours" in {flag.code for flag in found.flags}


@pytest.mark.parametrize(
    ("term", "meaning", "spelt"),
    [
        ("SDQ", "Strengths and Difficulties Questionnaire", True),
        ("EDCYP", "Executive Director CYP", True),
        ("MASH", "Multi-Agency Safeguarding Hub", True),
        ("ToR", "Terms of Reference", True),
        ("ACTION", "SK to bring figures to the meeting", False),
        ("NB", "Members should note this", False),
    ],
)
def test_what_an_abbreviation_spells(term: str, meaning: str, spelt: bool) -> None:
    assert spells(term, meaning) is spelt


def test_abbreviations_in_lists_and_in_brackets() -> None:
    text = "SDQ- Strengths and Difficulties Questionnaire\n\nAsk the Children in Care Council (CICC) first."
    assert keys(text, KeyKind.ABBREVIATION) == {
        "SDQ": "Strengths and Difficulties Questionnaire",
        "CICC": "Children in Care Council",
    }


def test_totals_are_compared_with_the_rows() -> None:
    says = "There are 3 actions, 1 of the actions are green and no red actions."
    text = f"{says}\n\nAction\tLead\tRAG\nRing\tSM\tGreen\nWrite\tSM\tRed"
    found = understood(text)
    assert keys(text, KeyKind.STATED_TOTAL) == {"actions": "3", "green": "1", "red": "0"}
    assert [flag.words for flag in found.flags if flag.code == "stated_total_differs"] == [
        "The document says 3 actions; its rows hold 2.",
        "The document says 0 red; its rows hold 1.",
    ]
