"""Laws of clauses: what is told before a question, denials after their noun, orders to narrow, shares, groups."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.outcome import AnswerStatus
from assistant.planner import plan_question
from assistant.query_plan import Intent
from tests.assistant.planner.facts import facts
from tests.assistant.planner.shelf import HOLDINGS, TODAY, OnTwoSubjects, ask, encoder, vocabulary


def read(question: str, *before: str, as_of: str | None = None) -> dict[str, Any]:
    """What the question is read as."""
    return facts(ask(question, as_of, *before))


REQUESTS = (
    "which neglect actions are overdue in the Thornmere plan",
    "list the housing actions in the tracker",
    "identify any Thornmere action not yet complete that is due in June 2026",
)


@pytest.mark.parametrize("request_", REQUESTS)
@pytest.mark.parametrize(
    "purpose",
    [
        "As part of our pre-visit checks",
        "In preparation for the clinic visit",
        "Ahead of our audit",
        "To help us with the education return",
        "Before our police workshop",
        "With a view to the supervision pilot",
    ],
)
@pytest.mark.parametrize("polite", ["", "kindly ", "please "])
def test_what_a_request_is_made_for_is_no_subject(polite: str, purpose: str, request_: str) -> None:
    assert read(f"{purpose}, {polite}{request_}") == read(f"{polite}{request_}")


@pytest.mark.parametrize("wanted", ["I need the", "please list the", "could you give me the"])
def test_a_purpose_needs_no_comma_before_a_request(wanted: str) -> None:
    request = f"{wanted} neglect actions in the tracker"
    assert read(f"Ahead of our clinic visit {request}") == read(request)


@pytest.mark.parametrize("who", ["The audit team are", "Our police colleagues have been", "The chair is"])
@pytest.mark.parametrize("request_", REQUESTS[:1])
def test_who_wants_to_know_is_no_subject(who: str, request_: str) -> None:
    assert read(f"{who} asking me {request_}?") == read(f"{request_}?")


@pytest.mark.parametrize(
    "told",
    [
        "I keep hearing from parents stuck on the clinic list.",
        "Parents write to me of poor education.",
        "Two adoption workers rang.",
    ],
)
@pytest.mark.parametrize("request_", REQUESTS[:2])
def test_a_statement_before_a_question_that_does_not_point_back_is_no_subject(request_: str, told: str) -> None:
    assert read(f"{told} {request_}?") == read(f"{request_}?")


@pytest.mark.parametrize("subject", ["neglect", "supervision"])
@pytest.mark.parametrize(
    "asks", ["What has Thornmere got down on that?", "What does the Thornmere plan say it will do?"]
)
@pytest.mark.parametrize(
    "who", ["I sit on a panel about", "My group worries about", "We meet regarding", "My ward has seen a rise in"]
)
def test_a_statement_that_the_question_points_back_to_gives_the_subject(who: str, asks: str, subject: str) -> None:
    question = f"{who} {subject}. {asks}"
    plan = plan_question(question, HOLDINGS, vocabulary(), today=TODAY, trial=OnTwoSubjects(), encoder=encoder).plan
    assert plan is not None
    assert [theme.words for theme in plan.themes] == [subject]


@pytest.mark.parametrize("denial", ["not named on it", "not listed", "isn't involved", "is not named", "not on it"])
def test_an_owner_is_denied_by_what_comes_after(denial: str) -> None:
    found = read(f"in the tracker, actions owned by the SM but HR {denial}")
    assert found["where"] == "owned by SM and not owned by HR"


@pytest.mark.parametrize("denial", ["isn't", "isnt", "is not"])
def test_an_owner_is_denied_by_a_verb_that_stands_alone(denial: str) -> None:
    found = read(f"tasks in the tracker where SM is sponsor but HR {denial}")
    assert found["where"] == "owned by SM and not owned by HR"


@pytest.mark.parametrize("people", ["children", "young people", "pupils"])
@pytest.mark.parametrize("denial", ["not in school", "not in education"])
def test_a_denial_that_tells_which_people_is_part_of_the_subject(denial: str, people: str) -> None:
    found = read(f"which Thornmere actions are on adoption and {people} {denial}")
    assert "without" not in found
    assert any(denial in theme for theme in found["themes"])


@pytest.mark.parametrize("form", ["list the ones that {}", "and which {}?", "show me those that {}"])
@pytest.mark.parametrize("denial", ["arent", "aren't", "are not"])
@pytest.mark.parametrize("said", ["complete", "green"])
def test_the_ones_that_are_not_are_the_rest_of_those_asked_for(said: str, denial: str, form: str) -> None:
    before = ("list the housing actions in the tracker", f"which of them are {said}")
    found = read(form.format(denial), *before)
    full = read(f"list the housing actions in the tracker that are not {said}")
    assert (found["where"], found["documents"], found["themes"]) == (full["where"], full["documents"], full["themes"])


@pytest.mark.parametrize(
    "order", ["narrow to", "narrow it down to", "cut down to", "stick to", "filter by", "please limit those to", "just"]
)
@pytest.mark.parametrize("narrower", ["HR", "the green ones", "June 2025"])
def test_an_order_to_narrow_takes_what_comes_after_alone(narrower: str, order: str) -> None:
    before = "what is overdue in the tracker"
    assert read(f"{order} {narrower}", before) == read(f"only {narrower}", before)


@pytest.mark.parametrize("month", ["december", "june", "august"])
def test_a_month_of_what_is_late_is_the_last_before_the_day(month: str) -> None:
    found = read(f"just the {month} ones", "what is overdue in the tracker", as_of="2026-02-01")
    assert found["where"].endswith("2025")
    assert found["lateness"] == "overdue"


@pytest.mark.parametrize(
    "form",
    ["{} - where do they come up, all plans", "where does {} crop up across all plans", "where does {} get a mention"],
)
@pytest.mark.parametrize("subject", ["chronologies", "supervision"])
def test_where_a_thing_comes_up_is_no_due_date(subject: str, form: str) -> None:
    found = read(form.format(subject))
    assert (found["intent"], found["themes"], found.get("where")) == ("list", [subject], None)


@pytest.mark.parametrize(
    "form", ["what percentage of the tracker has {} as lead", "what share of the tracker is owned by {}"]
)
@pytest.mark.parametrize("owner", ["HR", "the SM"])
def test_a_share_that_an_owner_has_is_of_all_rows(owner: str, form: str) -> None:
    plan = ask(form.format(owner)).plan
    assert plan is not None
    assert plan.intent is Intent.COUNT
    assert facts(ask(form.format(owner)))["sides"] == [f"owned by {owner.removeprefix('the ')}"]


@pytest.mark.parametrize("colour", ["greens", "ambers", "reds"])
@pytest.mark.parametrize("most", ["most", "fewest"])
@pytest.mark.parametrize("opening", ["Of the three priorities in the improvement plan", "Out of its sections"])
def test_the_one_of_the_groups_that_has_most_is_asked_for(opening: str, most: str, colour: str) -> None:
    found = read(f"{opening}, which one had the {most} {colour}, and how many did it have?")
    assert (found["intent"], found["most"]) == ("extreme", most == "most")
    assert found["where"] == f"rated {colour.removesuffix('s')}"


def test_a_year_before_an_owner_is_no_part_of_the_name() -> None:
    asked = "what has the virtual school head missed"
    assert read(f"1 March 2026 - {asked}")["where"] == read(asked)["where"]


@pytest.mark.parametrize("thing", ["password", "log-in", "annual leave", "laptop"])
@pytest.mark.parametrize(
    "order", ["can you sort my {}", "please approve my {}", "im locked out of mosaic, reset my {}"]
)
def test_what_is_asked_of_the_help_desk_is_out_of_scope(order: str, thing: str) -> None:
    outcome = ask(order.format(thing))
    assert outcome.plan is None
    assert outcome.decline is not None
    assert outcome.decline.status is AnswerStatus.OUT_OF_SCOPE
