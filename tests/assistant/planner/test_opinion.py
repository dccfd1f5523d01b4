"""The second opinion on what is asked: in words that no list holds, and nothing where it was not learnt."""

from __future__ import annotations

import pytest

from assistant.conditions import Field
from assistant.planner.candidates.ways import Asking, Named
from assistant.planner.learnt import doubt, nameless, opinion, proposals
from assistant.planner.pieces import Before, Setting, pieces_of
from assistant.planner.text import Text
from assistant.query_plan import Intent, Wanted
from tests.assistant.planner.shelf import HOLDINGS, TODAY, encoder, vocabulary
from tests.fakes import LetterEmbedder

VIEWS = {("list", "", ""): 0.0, ("narrative", "money", ""): -0.5, ("date", "", "due"): -0.4, ("count", "", ""): -3.0}


def views(question: str, setting: Setting) -> dict[tuple[str, str, str], float]:
    return dict(opinion(pieces_of(Text(question), setting, Before(), ()), setting))


def test_names_are_put_aside() -> None:
    setting = Setting(HOLDINGS, vocabulary(), TODAY)
    said = "who leads 1.2 in {} and is it due in {}"
    told = [
        nameless(pieces_of(Text(said.format(*names)), setting, Before(), ()), setting)
        for names in (("the tracker", "May"), ("the log", "July"))
    ]
    assert told == ["who leads 1.2 in the plan and is it in May"] * 2


@pytest.mark.parametrize(
    "setting", [Setting(HOLDINGS, vocabulary(), TODAY), Setting(HOLDINGS, vocabulary(), TODAY, None, LetterEmbedder)]
)
def test_another_encoder_or_none_has_no_opinion(setting: Setting) -> None:
    assert views("how many are late", setting) == {}
    assert doubt({}, ("count", "", "")) == 0


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("total tally of unfinished tasks?", "count"),
        ("what is the price of the clinic", "narrative"),
        ("which person answers for the neglect audit", "owner"),
        ("by what day must the audit be wrapped up", "date"),
        ("what do the shades of green and amber signify", "colours"),
    ],
)
def test_other_words_are_heard(question: str, intent: str) -> None:
    found = views(question, Setting(HOLDINGS, vocabulary(), TODAY, None, encoder))
    assert max(found, key=found.__getitem__)[0] == intent


def test_what_nobody_proposed_and_seems_likely_is_proposed() -> None:
    found = list(proposals(VIEWS, [Asking(Intent.LIST)], Named((), False), particular=False))
    assert [(one.intent, one.wanted, one.asked) for one in found] == [
        (Intent.NARRATIVE, Wanted.MONEY, ()),
        (Intent.DATE, None, (Field.DUE,)),
    ]


def test_a_way_that_was_not_taught_is_as_likely_as_its_intent() -> None:
    assert doubt(VIEWS, ("narrative", "reason", "")) == -0.5
    assert doubt(VIEWS, ("count", "", "")) == -1.5
