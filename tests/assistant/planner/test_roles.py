"""What each word of a question does, as learnt: subjects and frames in wordings that no list holds."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from assistant.lexicon import words_of
from assistant.outcome import Reason
from assistant.planner.learnt import doubted, left_out, misread
from assistant.planner.pieces import Before, Setting, pieces_of
from assistant.planner.roles import Role, Roles, roles_of
from assistant.planner.spots import Kind, Spot
from assistant.planner.text import Text
from tests.assistant.planner.facts import facts
from tests.assistant.planner.shelf import HOLDINGS, TODAY, ask, encoder, vocabulary
from tests.fakes import LetterEmbedder

SUBJECTS = ("supervised contact", "teenagers sleeping rough", "the waiting list for speech therapy")
FRAMES = (
    "A governor keeps asking me about {}. Have we anything in hand?",
    "Folk at the surgery fret over {}; what is meant to happen there?",
    "Before I ring the paper back, where have we got to with {}?",
)


def told(question: str) -> dict[str, Role]:
    """Each word's likeliest role."""
    found = roles_of(Text(question), encoder())
    assert found
    roles = list(Role)
    return {word.low: roles[int(row.argmax())] for word, row in zip(found.words, found.shares, strict=True)}


AROUND = {"governor", "asking", "folk", "ring", "paper", "back"}


def test_the_subject_is_told_from_what_is_said_around_it() -> None:
    named, framed = [], []
    for frame, subject in itertools.product(FRAMES, SUBJECTS):
        found = told(frame.format(subject))
        own = {word.low for word in words_of(subject)} - {"the", "for"}
        named += [found[word] is Role.SUBJECT for word in own]
        framed += [found[word] is Role.FRAME for word in found.keys() & AROUND]
    assert np.mean(named) > 0.9
    assert np.mean(framed) > 0.8


def test_another_encoder_has_no_opinion() -> None:
    assert roles_of(Text("how many are late"), LetterEmbedder()) is None
    assert roles_of(Text("?!"), encoder()) is None


def roles(text: Text, **likely: Role) -> Roles:
    """Roles of which each word named is sure; the others are the frame."""
    own = [likely.get(word.low, Role.FRAME) for word in text.words]
    return Roles(text.words, np.array([[float(one is role) for role in Role] for one in own], dtype=np.float32))


TEXT = Text("members want late homework clubs")
LEARNT = roles(TEXT, homework=Role.SUBJECT, clubs=Role.SUBJECT)


def test_runs_and_shares() -> None:
    assert [TEXT.raw[start:end] for start, end in LEARNT.runs(Role.SUBJECT)] == ["homework clubs"]
    assert LEARNT.share(0, 7, (Role.FRAME,)) == 1
    assert LEARNT.share(13, 26, (Role.SUBJECT,)) == 0.5
    assert LEARNT.likeliest(13, 26, (Role.SUBJECT,)) == 1


def test_a_reading_is_charged_for_each_word_that_it_takes_otherwise() -> None:
    right = LEARNT.against([(18, 32)], [], [])
    assert right == 0
    assert LEARNT.against([(27, 32)], [], []) == 3
    assert LEARNT.against([(18, 32)], [((13, 17), (Role.STATE,))], []) == 3
    assert LEARNT.against([(0, 7), (18, 32)], [], []) == 3
    assert LEARNT.against([], [], [(18, 32)]) == 0


def test_a_filter_is_doubted_by_its_likeliest_word_and_a_name_of_rows_never() -> None:
    pieces = replace(pieces_of(TEXT, Setting(HOLDINGS, vocabulary(), TODAY), Before(), ()), roles=LEARNT)
    spot = Spot(13, 17, Kind.STATE, None)  # type: ignore[arg-type]  # what it filters on does not count
    assert doubted(spot, pieces)
    assert not doubted(replace(spot, kind=Kind.REF), pieces)
    assert not doubted(spot, replace(pieces, roles=roles(TEXT, late=Role.TIME)))
    assert not doubted(spot, replace(pieces, roles=roles(TEXT, late=Role.ASKED)))
    assert not doubted(spot, replace(pieces, roles=None))
    assert misread(replace(pieces, roles=None), [spot], [], []) == 0
    assert left_out(pieces, [], [], False) == ()


@pytest.mark.parametrize("who", ["The governors", "My neighbours", "A reporter"])
@pytest.mark.parametrize("says", ["asked me this morning:", "will want to know:", "keeps on at me, so please say:"])
def test_who_asks_is_no_subject(who: str, says: str) -> None:
    plan = ask(f"{who} {says} what is overdue?").plan
    assert plan
    assert not plan.themes


@pytest.mark.parametrize("subject", ["supervised contact", "teenage vaping", "speech therapy"])
@pytest.mark.parametrize(
    "frame", ["A parent asks about {}. Which actions are late?", "People here fear for {}. What is overdue?"]
)
def test_a_subject_before_the_question_never_vanishes(frame: str, subject: str) -> None:
    found = ask(frame.format(subject))
    assert found.plan
    assert subject in f"{[theme.words for theme in found.plan.themes]} {found.not_understood} {found.plan.text}"


@pytest.mark.parametrize("place", ["Milton Keynes", "North Yorkshire"])
def test_a_council_that_is_not_held_is_said(place: str) -> None:
    decline = ask(f"What's {place} doing for young carers?").decline
    assert decline
    assert decline.reason is Reason.UNKNOWN_PLAN


@pytest.mark.parametrize("owner", ["Team Manager", "LADO"])
@pytest.mark.parametrize("state", ["finished any of its", "completed all of their", "wrapped up any of its"])
def test_rows_as_the_object_of_a_state_hide_it_not(owner: str, state: str) -> None:
    found = facts(ask(f"Has the {owner} {state} actions?"))
    assert "complete" in f"{found['where']} {found.get('claims')}"


@pytest.mark.parametrize("leave", ["except", "apart from", "leaving out"])
def test_what_falls_under_a_heading_is_left_out(leave: str) -> None:
    where = facts(ask(f"Which overdue actions are there, {leave} what falls under Leadership and governance?"))["where"]
    assert where.startswith("not under")


@pytest.mark.parametrize("leave", ["Not interested in the tracker.", "Don't show me the tracker:"])
def test_a_plan_that_is_not_wanted_is_left_out(leave: str) -> None:
    found = ask(f"{leave} Which actions are about neglect?").plan
    assert found
    assert found.documents
    assert "tracker.tsv" not in found.documents
