"""Laws of what is a subject, an owner or a frame of the question, in wordings that no list has."""

from typing import Any

import pytest

from tests.assistant.planner.facts import facts
from tests.assistant.planner.shelf import HOLDINGS, ask

OWNERS = ["Team Manager", "Virtual School Head", "AD Children", "Principal Social Worker"]


def read(question: str) -> dict[str, Any]:
    """What the question is read as."""
    return facts(ask(question, holdings=HOLDINGS))


@pytest.mark.parametrize("owner", OWNERS)
@pytest.mark.parametrize(
    "form",
    [
        "which items are the {}'s",
        "could anybody say what the {} has been asked to do",
        "which ones have the {} down as lead",
        "what falls to the {}",
        "rows that lie with the {}",
        "list whatever the {} helps to deliver",
    ],
)
def test_who_holds_or_is_given_rows_owns_them(form: str, owner: str) -> None:
    assert f"owned by {owner}" in read(form.format(owner)).get("where", "")


@pytest.mark.parametrize("owner", OWNERS)
@pytest.mark.parametrize("form", ["what are we doing about {} training", "is the {} pilot going well"])
def test_a_name_that_describes_a_thing_owns_nothing(form: str, owner: str) -> None:
    assert "owned by" not in read(form.format(owner)).get("where", "")


@pytest.mark.parametrize(
    "way",
    [
        "whether solely or together with others",
        "either by themselves or with someone else",
        "inc the shared ones",
        "including those shared with anybody else",
        "on their own or jointly",
    ],
)
def test_alone_or_with_others_leaves_no_owner_out(way: str) -> None:
    found = read(f"list the actions assigned to the Team Manager, {way}")
    assert "shared" not in found
    assert found["where"] == "owned by Team Manager"
    assert "themes" not in found


@pytest.mark.parametrize("request_", ["show every action on neglect", "the neglect actions"])
@pytest.mark.parametrize("each", ["stating whether each is done", "with whether they are finished"])
def test_whether_each_is_done_is_told_of_each(request_: str, each: str) -> None:
    found = read(f"{request_}, {each}")
    assert found["themes"] == ["neglect"]
    assert "status" in found["asked"]
    assert "where" not in found
    assert "claims" not in found


@pytest.mark.parametrize("asks", ["has the policy been rewritten", "was there any training"])
@pytest.mark.parametrize("opens", ["on neglect,", "neglect -"])
def test_a_comma_before_a_question_joins_no_subjects(opens: str, asks: str) -> None:
    assert not any("|" in theme for theme in read(f"{opens} {asks}").get("themes", []))


@pytest.mark.parametrize("state", ["overdue", "late"])
def test_a_state_that_nothing_else_explains_filters(state: str) -> None:
    assert read(f"Thornmere {state} table please").get("lateness") == "overdue"


@pytest.mark.parametrize("proof", ["what is there to show that", "what evidence is there that"])
def test_what_is_to_be_shown_filters_nothing(proof: str) -> None:
    found = read(f"{proof} the audits are going ahead")
    assert "on track" not in found.get("where", "")


@pytest.mark.parametrize("clause", ["who run off", "who look after parents"])
def test_a_clause_that_tells_which_are_meant_belongs_to_them(clause: str) -> None:
    (theme,) = read(f"what is being done about children {clause}")["themes"]
    assert theme.removesuffix("!") == f"children {clause}"
