"""A child or a family by name, age, address or initials is refused, held or not; names of plans and owners are not."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from assistant.outcome import AnswerStatus, Reason
from assistant.planner import Holdings
from assistant.planner.refusals import declined
from tests.assistant.planner.facts import facts
from tests.assistant.planner.shelf import HOLDINGS, LOG, WORDS, ask

FIRST = ("Amelia", "Kevin", "Mohammed", "Niamh")
LAST = ("Okafor", "Smith", "Green", "Nowak")
REFUSED = "refused: a_child"
OF_A_CHILD = [
    *(
        form.format(name)
        for name in LAST
        for form in ("what is happening with the {} family?", "is that {} household open")
    ),
    *(
        form.format(name)
        for name in FIRST
        for form in (
            "has {}'s placement been reviewed?",
            "who is {}'s social worker?",
            "tell me about {}",
            "what happened to {}?",
            "is {} known to you?",
            "a child called {}",
            "what does the plan say of the boy named {}",
            "{} is 14 and lives in Fenbridge, what is the plan?",
            "is there anything on {} Okafor aged 9",
            "what about {}'s children",
        )
    ),
    *(f"what does the plan say of {who} {letter}?" for who in ("baby", "the family", "child") for letter in "PQZ"),
    *(
        f"is {whom} at {number} {street} known to you?"
        for whom in ("the family", "the child")
        for number, street in ((12, "High Street"), (7, "Mill Lane"), (104, "Old Church Road"))
    ),
    *(
        f"what is done for a {age} year old {whom} {where}"
        for age in (4, 14, 17)
        for whom, where in (("girl", "in a hotel"), ("boy", "at the hostel"), ("lad", "who sleeps rough"))
    ),
]
OF_PLANS = [
    "what does the Principal Social Worker own?",
    "tell me about Family Hubs",
    "what do the plans say about Signs of Safety?",
    "what is Jo Marsh doing",
    "is Jo's action late?",
    "has Marsh been told",
    "how is Fenbridge doing with care leavers",
    "tell me about Croydon's children",
    "where is Thornmere on its housing plan",
    "is the Fenbridge family support service late",
    "what is the Neglect Strategy for",
    "which actions are for the Virtual School Head",
    "is the LADO known to the police",
    "what is done for the Sudanese children",
    "is Priority 2 on track and is 14 due in May",
    "what is said of family support in the 12 homes?",
]


@pytest.mark.parametrize("question", OF_A_CHILD)
@pytest.mark.parametrize("held", [False, True])
def test_one_child_or_family_is_refused_whether_held_or_not(question: str, held: bool) -> None:
    words = frozenset(word.lower() for word in (*FIRST, *LAST)) if held else frozenset()
    outcome = ask(question, holdings=Holdings(HOLDINGS.sources, HOLDINGS.words | words, HOLDINGS.words))
    assert facts(outcome) == {"declined": REFUSED}


@pytest.mark.parametrize("question", OF_PLANS)
def test_what_plans_name_is_nobodys_child(question: str) -> None:
    assert facts(ask(question)).get("declined") != REFUSED


@pytest.mark.parametrize("name", FIRST)
def test_an_owner_is_public(name: str) -> None:
    own = replace(LOG, owners=(*LOG.owners, name))
    outcome = ask(f"tell me about {name}", holdings=Holdings((own,), frozenset(WORDS.split())))
    assert facts(outcome).get("declined") != REFUSED


@pytest.mark.parametrize(
    "before", ["tell me about child C", "what happened to Amelia?", "a 14 year old girl in a hotel"]
)
@pytest.mark.parametrize(
    "after", ["what actions are there for her?", "what is overdue for him?", "and the family?", "which plan is he in?"]
)
def test_what_goes_on_from_a_refused_question_is_refused(before: str, after: str) -> None:
    assert facts(ask(after, None, before)) == {"declined": REFUSED}
    assert facts(ask(after, None, before, after)) == {"declined": REFUSED}
    assert facts(ask("which actions on neglect are late?", None, before)).get("declined") is None
    assert facts(ask(after)).get("declined") != REFUSED


@pytest.mark.parametrize("age", [3, 14, 17])
@pytest.mark.parametrize(
    "told", ["my {} year old daughter was hit", "a man hits our {}-year-old", "I am {}, dad hits me"]
)
def test_harm_to_one_of_any_age_is_told_where_to_turn(age: int, told: str) -> None:
    decline = declined(told.format(age))
    assert decline
    assert (decline.status, decline.reason) == (AnswerStatus.REFUSED, Reason.A_CHILD)


AGES = ("12 year olds", "16-17 year olds", "18 to 25 year olds", "3 month old babies")


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("form", ["which actions are for {}?", "overdue actions for {}", "what is done about {}"])
def test_an_age_is_no_date_and_is_never_dropped_unsaid(form: str, age: str) -> None:
    outcome = ask(form.format(age))
    assert outcome.plan
    assert outcome.plan.as_of == date(2026, 11, 24)
    assert "due" not in str(facts(outcome).get("where"))
    assert age.split()[0] in str((outcome.not_understood, outcome.plan.themes, outcome.plan.text))


@pytest.mark.parametrize("length", ["3 month", "12 week", "2 year", "10 day"])
def test_how_long_a_thing_lasts_is_no_date(length: str) -> None:
    assert facts(ask(f"is there a {length} pilot?")).get("where") is None
    assert "due" in facts(ask(f"what is due in the next {length}s?"))["where"]


ONE = ("the boy", "the young mother", "that teenager", "the family", "the little girl", "the twins", "this pupil")
SINGLED_OUT = (
    "who was moved in May", "in the case study", "from the incident", "whose father left", "in row 12",
    "mentioned in the report", "with the broken arm", "of the head teacher",
)  # fmt: skip
SOMEBODY = ("a baby", "the family", "some kids", "one lad", "the traveller children", "a couple of siblings")
NEAR = (
    "next door",
    "three doors down",
    "opposite me",
    "on our street",
    "at number 7",
    "down the road",
    "over the road",
)
THEIR_OWN = ("my nephew", "our grandson", "my step-daughter", "my kids", "one of my pupils", "our youngest", "my ex")
ASKS = ("what is said of {}?", "was anything decided for {}?", "is there a plan for {}", "tell me about {}.")
OF_ONESELF = [
    "am I on a plan", "is there anything written about me", "when is my court date", "who reported us to you",
    "I was in care, can I see the file", "I foster a girl, when is her review", "was I named in the audit",
]  # fmt: skip
OF_NAMES = ("was {} excluded", "did {} get her place", "is {} in a unit", "find {} Turner", "has {} been adopted yet")
GROUPS = (
    "children", "our children", "young people in custody", "families in the ward", "children in year 6",
    "parents who misuse drugs", "children placed out of area", "care leavers", "children whose parents are ill",
    "siblings in care", "the children in care council", "young people's homes", "boys at risk on our streets",
    "people in our ward", "pupils with a plan", "mothers under 18", "children of prisoners", "families who move",
)  # fmt: skip
OF_GROUPS = ("how are {} doing", "what is planned for {}?", "which actions on {} are late", "what do we know of {}")


@pytest.mark.parametrize("asks", ASKS)
@pytest.mark.parametrize("who", [*map(" ".join, product(ONE, SINGLED_OUT)), *map(" ".join, product(SOMEBODY, NEAR))])
def test_whoever_is_singled_out_is_refused_however_it_is_put(asks: str, who: str) -> None:
    assert facts(ask(asks.format(who))) == {"declined": REFUSED}


@pytest.mark.parametrize(
    "question",
    [
        *(asks.format(who) for asks, who in product(ASKS, THEIR_OWN)),
        *OF_ONESELF,
        *(asks.format(name) for asks, name in product(OF_NAMES, FIRST)),
    ],
)
def test_the_askers_own_and_a_bare_name_are_refused(question: str) -> None:
    assert facts(ask(question)) == {"declined": REFUSED}


@pytest.mark.parametrize("asks", OF_GROUPS)
@pytest.mark.parametrize("whom", GROUPS)
def test_who_asks_of_a_group_is_answered(asks: str, whom: str) -> None:
    assert facts(ask(asks.format(whom))).get("declined") != REFUSED
