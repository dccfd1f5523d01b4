"""Laws of conditions: what is recorded and what is not part the rows, and how late is a bound and no other day."""

from datetime import date, timedelta
from itertools import product

import pytest

from assistant.conditions import EVERYTHING, Condition, Field, Filter, Operator, Without, parts_of
from assistant.planner.candidates.states import NOTHING_SAID
from assistant.planner.scope import negated
from assistant.query_plan import Bound, Lateness, QueryPlan, Relation
from tests.assistant.planner.shelf import ask

DAY = date(2026, 9, 1)
FIELDS: dict[str, Filter] = {
    "an owner": Condition(Field.OWNER, Operator.MISSING),
    "a due date": Condition(Field.DUE, Operator.MISSING),
    "a deadline": Condition(Field.DUE, Operator.MISSING),
    "a status": NOTHING_SAID,
    "a progress note": NOTHING_SAID,
}
PRESENT = (
    "which actions have {}",
    "which actions have got {}",
    "actions that have been given {}",
    "for which actions is there {}",
    "actions with {} recorded",
)
ABSENT = (
    "which actions lack {}",
    "which actions haven't got {}",
    "actions that have not been given {}",
    "for which actions is there no {bare}",
    "actions without {}",
    "which actions have no {bare} recorded",
    "which actions have got no {bare}",
)
SOMEONE = (
    "which actions are assigned to someone",
    "which actions have somebody responsible",
    "actions with someone down to lead them",
)
NO_ONE = (
    "which actions haven't got anyone down to sponsor them",
    "which actions are not assigned to anyone",
    "which actions have nobody responsible",
)


def plan_of(question: str) -> QueryPlan:
    found = ask(question, DAY.isoformat())
    assert found.plan is not None, question
    assert not found.not_understood, found.not_understood
    return found.plan


@pytest.mark.parametrize(("field", "form"), [*product(FIELDS, PRESENT)])
def test_a_field_that_is_there_is_the_filter(field: str, form: str) -> None:
    assert plan_of(form.format(field)).where == Without(FIELDS[field])


@pytest.mark.parametrize(("field", "form"), [*product(FIELDS, ABSENT)])
def test_a_field_that_is_not_there_is_the_rest(field: str, form: str) -> None:
    assert plan_of(form.format(field, bare=field.split(" ", 1)[1])).where == FIELDS[field]


@pytest.mark.parametrize(("form", "there"), [*((f, True) for f in SOMEONE), *((f, False) for f in NO_ONE)])
def test_somebody_and_nobody_part_the_rows(form: str, there: bool) -> None:
    missing = FIELDS["an owner"]
    assert plan_of(form).where == (Without(missing) if there else missing)


@pytest.mark.parametrize(
    ("form", "other"),
    [
        ("which actions are in progress", "which actions are not in progress"),
        ("actions that are in progress", "actions that aren't in progress"),
        ("actions owned by a Service Manager", "actions owned by anyone but a Service Manager"),
        ("actions whose owner is the Team Manager", "actions whose owner isn't the Team Manager"),
        ("actions due in the last quarter", "actions due in any quarter but the last quarter"),
    ],
)
def test_a_condition_and_its_denial_part_the_rows(form: str, other: str) -> None:
    assert plan_of(other).where == negated(plan_of(form).where)
    assert plan_of(form).where != EVERYTHING


@pytest.mark.parametrize("form", ["with no data quality problem", "without any errors", "whose dates do not look odd"])
def test_what_looks_wrong_can_be_denied(form: str) -> None:
    (part,) = parts_of(plan_of(f"actions {form}").where)
    flagged = part.part if isinstance(part, Without) else part
    assert isinstance(flagged, Condition)
    assert flagged.field is Field.FLAG
    assert isinstance(part, Without) == (flagged.operator is Operator.IS)


@pytest.mark.parametrize("form", ["which overdue actions are complete", "which complete actions are overdue"])
def test_a_state_said_of_rows_in_another_narrows_them(form: str) -> None:
    found = plan_of(form)
    assert (found.lateness, len(parts_of(found.where))) == (Lateness.OVERDUE, 1)


def test_nothing_recorded_and_a_date_gone_by_hold_together() -> None:
    found = plan_of("actions with no completion recorded whose date had passed")
    other = plan_of("actions that are not complete and whose deadline has passed")
    assert (found.where, found.lateness) == (other.where, Lateness.OVERDUE)


def test_having_nothing_to_do_with_a_subject_adds_no_state() -> None:
    found = plan_of("which actions have nothing to do with neglect")
    assert ([one.words for one in found.without_themes], found.where) == (["neglect"], EVERYTHING)


LAST_DUE = {
    "more than {}": -1,
    "over {}": -1,
    "at least {}": 0,
    "{} or more": 0,
}
FIRST_DUE = {"less than {}": 1, "up to {}": 0}
AMOUNTS = {"30 days": 30, "six weeks": 42, "a fortnight": 14}


@pytest.mark.parametrize(("amount", "bound"), [*product(AMOUNTS, [*LAST_DUE, *FIRST_DUE])])
@pytest.mark.parametrize("form", ["which actions are {} late", "actions overdue by {}"])
def test_how_late_is_a_bound_on_the_due_date(form: str, amount: str, bound: str) -> None:
    found = plan_of(form.format(bound.format(amount)))
    assert (found.lateness, found.as_of) == (Lateness.OVERDUE, DAY)
    assert isinstance(found.where, Condition)
    day = DAY - timedelta(days=AMOUNTS[amount])
    step = timedelta(days=LAST_DUE.get(bound, FIRST_DUE.get(bound, 0)))
    if bound in LAST_DUE:
        assert found.where == Condition(Field.DUE, Operator.BEFORE, (day + step + timedelta(days=1),))
    else:
        assert found.where.values[0] == day + step


@pytest.mark.parametrize("question", ["what do R1.1 and R1.99 say", "what is 1.1 and 1.99"])
def test_a_reference_of_a_list_that_no_row_has_is_named(question: str) -> None:
    found = ask(question, DAY.isoformat())
    assert any("1.99" in words for words in found.not_understood)


@pytest.mark.parametrize(
    ("asked", "said", "left"),
    [
        ("neglect actions owned by the Team Manager", "drop the owner", "neglect actions"),
        ("neglect actions due in 2026", "remove the date", "neglect actions"),
        ("complete actions in the tracker", "remove the status", "actions in the tracker"),
        ("actions due in June 2026", "what about overdue ones?", "overdue actions"),
        ("complete actions", "not those, the open ones", "open actions"),
        ("actions that are not complete", "not those, the complete ones", "complete actions"),
    ],
)
def test_a_filter_that_is_dropped_no_longer_holds(asked: str, said: str, left: str) -> None:
    after = ask(said, DAY.isoformat(), asked).plan
    alone = plan_of(left)
    assert after is not None
    assert (after.where, after.lateness, after.themes) == (alone.where, alone.lateness, alone.themes)
    assert after.documents == alone.documents


@pytest.mark.parametrize("form", ["{0}? {1}?", "{0}; {1}", "First, {0}? Second, {1}?", "First, {0}. Second, {1}."])
def test_each_of_several_questions_is_answered(form: str) -> None:
    one, other = "which actions are overdue in Thornmere", "who owns the neglect actions"
    found = ask(form.format(one, other), DAY.isoformat())
    assert found.plan is not None
    assert (found.plan.lateness, found.plan.themes) == (Lateness.OVERDUE, ())
    assert [[theme.words for theme in plan.themes] for plan in found.also] == [["neglect"]]


@pytest.mark.parametrize("form", ["what have I got as {} and when's it all due", "I'm the {}. what have I got?"])
def test_who_asks_is_the_owner(form: str) -> None:
    owner = Condition(Field.OWNER, Operator.IS, ("Virtual School Head",))
    assert plan_of(form.format("Virtual School Head")).where == owner


@pytest.mark.parametrize("form", ["list all actions concerning {}", "what actions concern {}"])
def test_what_concerns_a_subject_is_about_it(form: str) -> None:
    found = plan_of(form.format("neglect"))
    assert (found.wanted, [one.words for one in found.themes]) == (None, ["neglect"])


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_that_is_there_in_a_plan_is_the_filter(field: str) -> None:
    assert plan_of(f"which actions have {field} in the Thornmere plan").where == plan_of(f"actions with {field}").where


@pytest.mark.parametrize("state", ["complete", "overdue", "in progress"])
@pytest.mark.parametrize("what", ["what is", "what's", "whatever is", "those that are"])
def test_what_is_excepted_may_be_a_clause(what: str, state: str) -> None:
    said, plain = (
        plan_of(f"everything due in June 2026 except {form}") for form in (f"{what} {state}", f"the {state} ones")
    )
    assert (said.where, said.lateness) == (plain.where, plain.lateness)


def test_each_of_three_questions_is_answered() -> None:
    found = ask("what is due in June 2026? who owns the neglect actions? is green good?", None)
    assert found.plan is not None
    assert len([found.plan, *found.also]) == 3


PLACES = ("Fenbridge", "Thornmere")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("only", ["just", "only", "merely", "solely"])
@pytest.mark.parametrize(
    "form", ["all the actions on neglect, {}", "{}: the actions on neglect", "what is overdue, {}?"]
)
def test_a_plan_that_is_named_as_one_of_several_leaves_none_out(place: str, only: str, form: str) -> None:
    assert plan_of(form.format(f"not {only} {place}")).documents == ()
    assert plan_of(form.format(f"not {only} in {place}")).documents == ()
    assert plan_of(form.format(f"only {place}")).documents != ()


@pytest.mark.parametrize("group", ["per lead", "per owner", "for each lead", "by sponsor"])
@pytest.mark.parametrize("noun", ["actions", "tasks"])
def test_what_is_counted_for_each_owner_is_no_owner(noun: str, group: str) -> None:
    plan = plan_of(f"{noun} {group} - who has the most?")
    assert (plan.where, plan.group_by) == (EVERYTHING, Field.OWNER)


@pytest.mark.parametrize("place", ["Leeds", "Leicester", "Hounslow", "Narnia"])
@pytest.mark.parametrize("state", ["complete", "overdue", "in progress"])
def test_a_place_that_no_plan_has_is_never_left_out_in_silence(place: str, state: str) -> None:
    found = ask(f"Which {place} actions are {state}?", DAY.isoformat())
    themes = found.plan.themes if found.plan else ()
    assert found.decline or place in found.not_understood or [one for one in themes if place in one.words]


@pytest.mark.parametrize("form", ["Are most actions in the log {}?", "Are most of the actions in the log {}?"])
@pytest.mark.parametrize("state", ["complete", "overdue", "amber"])
def test_most_is_more_than_half(form: str, state: str) -> None:
    assert plan_of(form.format(state)).bound == Bound(Relation.MORE, 1, 2)
