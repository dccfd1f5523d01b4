"""A name that no plan holds singles somebody out wherever it stands, in any tradition of names and however typed; the
same name is public where it is an owner's, where it stands as an owner's, and where something is called after it."""

from dataclasses import replace
from itertools import product

import pytest

from assistant.planner import Holdings, holdings_of
from assistant.planner.refusals import refused
from tests.assistant.planner.facts import facts
from tests.assistant.planner.shelf import HOLDINGS, LOG, WORDS, ask
from tests.readings import a_reading

REFUSED = "refused: a_child"
NAMES = (
    "Aisha Khan", "Liam Carter", "Tyler Brown", "Zofia Wiśniewska", "Caoimhe O'Brien", "Siân Llewellyn",
    "Nguyễn Thị Lan", "Yusuf al-Hakim", "María-José García", "Harpreet Kaur", "Abdirahman Warsame", "Elif Yıldız",
    "Ștefan Popescu", "Xiuying Zhao", "Shmuel Horowitz", "Amelia-Rose Smith", "Mercedes de la Cruz", "Grace Okonkwo",
)  # fmt: skip
STRANGE = ("Ketevan Beridze", "Anahit Sargsyan", "Bjørn Halvorsen", "Quynh-Anh Vương", "Xolani Mthembu")
"""In no list of names: told by being neither English nor a word of any plan."""
FRAMES = (
    "{}: what is overdue?", "{}, which actions are late?", "{}, 14, what is planned?", "{} - housing actions?",
    "which actions would help {}, 15, who is missing from care?", "which actions would help {}, who ran away?",
    "which actions mention {}?", "what is said concerning {}", "re {}: any actions?", "what is being done for {}?",
    "list actions on neglect and {}", "is {}'s assessment overdue?", "actions for missing children such as {}",
    "show the {} case", "I am asking on behalf of {}. What is late?", "did {} get a school place",
)  # fmt: skip
AS_OWNERS = (
    "which actions does {} own?", "what is {} responsible for?", "{}'s overdue actions", "is {} late with any actions?",
    "actions owned by {}", "what is assigned to {}?", "which actions are led by {}", "I am {}, what is due for me?",
    "what did Cllr {} say?", "what did the review by {} find?", "who is accountable, {} or Tom Roe?",
)  # fmt: skip
CALLED_AFTER = ("{}'s Law", "{} Academy", "the {} inquiry", "{} ward", "{} Trust", "the {} training")
PLACES = (
    "Merthyr Tydfil",
    "Tower Hamlets",
    "Milton Keynes",
    "Signs of Safety",
    "Early Help Hub",
    "Mockingbird",
    "Ofsted",
)
ABOUT = ("what do the plans say about {}?", "{}: what is overdue?", "which actions mention {}?", "what is done in {}")


def _declined(question: str, holdings: Holdings = HOLDINGS) -> bool:
    return refused(question, (), holdings) is not None


@pytest.mark.parametrize("frame", FRAMES)
def test_a_name_that_no_plan_holds_is_refused_without_echo(frame: str) -> None:
    for name in (*NAMES, *map(str.lower, NAMES), *STRANGE):
        outcome = ask(frame.format(name))
        assert facts(outcome) == {"declined": REFUSED}, name
        assert name.split()[0].lower() not in repr(outcome).lower(), name


@pytest.mark.parametrize("frame", FRAMES)
def test_the_same_name_is_public_where_it_is_an_owners(frame: str) -> None:
    owners = replace(LOG, owners=(*NAMES, *STRANGE))
    held = Holdings((owners,), frozenset(WORDS.split()), frozenset(WORDS.split()))
    told = ("14", "15", "who ran", "assessment", "case", "school")  # what is told of a child is told of no owner
    if not any(word in frame for word in told):
        assert not [name for name in (*NAMES, *STRANGE) if _declined(frame.format(name), held)]


@pytest.mark.parametrize("frame", AS_OWNERS)
def test_who_is_asked_of_as_an_owner_is_looked_for(frame: str) -> None:
    assert not [name for name in (*NAMES, *STRANGE) if _declined(frame.format(name))]


@pytest.mark.parametrize("about", ABOUT)
def test_what_is_called_after_somebody_and_places_are_nobody(about: str) -> None:
    named = [form.format(name) for form, name in product(CALLED_AFTER, NAMES)]
    assert not [name for name in (*named, *PLACES) if _declined(about.format(name))]


@pytest.mark.parametrize("written", ["Report author: {}", "{}, Service Manager, was thanked.", "Cllr {} welcomed it."])
def test_who_holds_an_office_in_a_plan_is_public(written: str) -> None:
    for name in NAMES[:3]:
        reading = a_reading(passages=(written.format(name),))
        held = holdings_of([reading.source], [], [], reading.passages)
        assert not _declined(f"what does the foreword say of {name}, and who is {name}?", held)
        assert _declined(f"what happened to the {name.split()[1]} family?", held)
