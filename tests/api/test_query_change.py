"""The form of a query: what it offers, and that sent back untouched it changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from api.query_form import AS_NOW, DATES, NONE, ChangeForm, Changes, Facet, Part, query_parts
from assistant.conditions import Condition, Either, Every, Field, Operator, Without
from assistant.errors import QueryPlanError
from assistant.query_plan import Intent, Lateness, QueryPlan, Theme
from assistant.query_plan_words import filter_words
from assistant.records import Action, Locator, Rag, Status

DAY = date(2026, 11, 24)
ROWS = [
    Action(owner, "plan.md", "Plan", None, None, "Do", Locator(), "Do", owners=(owner,), status=status, rag=rag)
    for owner, status, rag in [
        ("Ann", Status.COMPLETE, Rag.GREEN),
        ("bob", Status.BLOCKED, None),
        ("Ann", Status.NOT_RECORDED, Rag.RED),
    ]
]
OWNED = Condition(Field.OWNER, Operator.IS, ("Ann",))
RED = Condition(Field.RAG, Operator.IS, ("red",))
OPEN = Without(Condition(Field.STATUS, Operator.IS, ("complete",)))
NOTHING_SAID = Every(
    (
        Condition(Field.STATUS, Operator.IS, ("not_recorded",)),
        Condition(Field.STATUS_TEXT, Operator.MISSING),
        Condition(Field.RAG, Operator.MISSING),
    )
)
IN_MAY = Condition(Field.DUE, Operator.BETWEEN, (date(2026, 5, 1), date(2026, 5, 31)))
BEFORE_MAY = Condition(Field.DUE, Operator.BEFORE, (date(2026, 5, 1),))
SECTION = Condition(Field.SECTION, Operator.IS, ("Neglect",))
TWO_OWNERS = Either((OWNED, Condition(Field.OWNER, Operator.MISSING)))


def plan(*parts: object, **values: object) -> QueryPlan:
    return replace(QueryPlan(Intent.LIST, DAY, where=Every(parts)), **values)  # type: ignore[arg-type]


def sent_untouched(of: QueryPlan) -> Changes:
    """What a browser sends for the form of a query when nobody has touched it."""
    form = ChangeForm(of, ROWS)
    chosen = {control.facet: control.chosen for control in form.controls}
    return Changes(
        (*form.themes, ""), form.without, chosen[Facet.OWNER], chosen[Facet.STATE], chosen[Facet.COLOUR],
        chosen[Facet.LATE], chosen[Facet.DUE], str(form.due_from or ""), str(form.due_to or ""),
        frozenset(n for n, _ in form.others), of.documents, of.as_of.isoformat(),
    )  # fmt: skip


@pytest.mark.parametrize(
    "of",
    [
        plan(),
        plan(OWNED),
        plan(TWO_OWNERS, RED),
        plan(OPEN, IN_MAY),
        plan(BEFORE_MAY),
        plan(Condition(Field.DUE, Operator.MISSING)),
        replace(plan(), where=NOTHING_SAID),
        plan(SECTION, OWNED, themes=(Theme("neglect", "neglect of a child", (Theme("dirty homes"),)),)),
        plan(without_themes=(Theme("fostering"),), lateness=Lateness.OVERDUE, documents=("plan.md",), readings=("I",)),
        plan(intent=Intent.COMPARE, sides=(plan(RED), plan(OWNED))),
        plan(intent=Intent.COLOURS, terms=("red",)),
    ],
)
def test_a_form_sent_back_untouched_names_the_same_rows(of: QueryPlan) -> None:
    made = ChangeForm(of, ROWS).changed(sent_untouched(of))
    assert {*_parts(made)} == {*_parts(of)}
    assert replace(made, where=of.where) == of


def _parts(of: QueryPlan) -> tuple[object, ...]:
    return of.where.parts if isinstance(of.where, Every) and of.where != NOTHING_SAID else (of.where,)


@pytest.mark.parametrize(
    ("control", "value", "wanted"),
    [
        ("owner", "is:bob", [Condition(Field.OWNER, Operator.IS, ("bob",))]),
        ("owner", NONE, [Condition(Field.OWNER, Operator.MISSING)]),
        ("owner", "", []),
        ("state", "open", [OWNED, OPEN]),
        ("state", "is:not_recorded", [OWNED, Condition(Field.STATUS, Operator.IS, ("not_recorded",))]),
        ("colour", "is:red", [OWNED, RED]),
        ("due", NONE, [OWNED, Condition(Field.DUE, Operator.MISSING)]),
    ],
)
def test_a_choice_takes_the_place_of_what_was_read(control: str, value: str, wanted: list[object]) -> None:
    of = plan(OWNED, readings=("I read A as Ann.",))
    made = ChangeForm(of, ROWS).changed(replace(sent_untouched(of), **{control: value}))
    assert list(made.where.parts) == wanted  # type: ignore[union-attr]
    assert made.readings == ()


def test_days_that_are_typed_hold_even_where_the_list_was_left() -> None:
    made = ChangeForm(plan(), ROWS).changed(Changes(owner="", due="", due_to="2026-04-30"))
    assert made.where == Every((BEFORE_MAY,))
    none = ChangeForm(plan(IN_MAY), ROWS).changed(replace(sent_untouched(plan(IN_MAY)), due=""))
    assert none.where == Every()


def test_a_subject_can_be_typed_over_left_out_or_given_a_choice() -> None:
    of = plan(themes=(Theme("neglect"), Theme("CP", "child protection")), text="neglect cp")
    made = ChangeForm(of, ROWS).changed(replace(sent_untouched(of), theme=("", "CP", "fostering or adoption")))
    assert made.themes == (of.themes[1], Theme("fostering", alternatives=(Theme("adoption"),)))
    assert made.text == "CP fostering or adoption"


def test_what_no_control_expresses_is_kept_until_its_box_is_emptied() -> None:
    of = plan(OWNED, SECTION)
    assert ChangeForm(of, ROWS).others == [(1, "under the section “Neglect”")]
    made = ChangeForm(of, ROWS).changed(replace(sent_untouched(of), keep=frozenset()))
    assert made.where == Every((OWNED,))


def test_the_day_goes_to_every_side() -> None:
    of = plan(intent=Intent.COMPARE, sides=(plan(RED), plan(OWNED)))
    made = ChangeForm(of, ROWS).changed(replace(sent_untouched(of), day="2026-01-01"))
    assert {made.as_of, *(side.as_of for side in made.sides)} == {date(2026, 1, 1)}
    assert made.as_of_given


@pytest.mark.parametrize(
    "changes",
    [
        Changes(owner="is:Nobody"),
        Changes(state="is:complete; drop"),
        Changes(late="perhaps"),
        Changes(due=DATES, due_from="2026-02-01", due_to="2026-01-01"),
    ],
)
def test_what_is_not_offered_is_refused(changes: Changes) -> None:
    with pytest.raises(QueryPlanError):
        ChangeForm(plan(), ROWS).changed(changes)


def test_the_form_offers_what_the_plans_hold_and_what_holds_now() -> None:
    form = {control.facet: control for control in ChangeForm(plan(TWO_OWNERS), ROWS).controls}
    assert [one.words for one in form[Facet.OWNER].choices[1:]] == ["Any owner", "No owner recorded", "Ann", "bob"]
    assert (form[Facet.OWNER].chosen, form[Facet.OWNER].choices[0].value) == (AS_NOW, AS_NOW)
    assert [one.value for one in form[Facet.COLOUR].choices] == ["", NONE, "is:green", "is:red"]
    assert "is:on_track" not in [one.value for one in form[Facet.STATE].choices]


def test_each_part_can_be_taken_away_alone() -> None:
    of = plan(OWNED, IN_MAY, themes=(Theme("neglect"),), lateness=Lateness.OVERDUE, documents=("plan.md",))
    parts = query_parts(of, {})
    assert [part.words.split()[0] for part in parts] == ["on", "owned", "due", "overdue", "in"]
    assert parts[0].left == replace(of, themes=())
    assert parts[1].left == replace(of, where=Every((IN_MAY,)))
    assert query_parts(plan(), {}) == [Part("in every plan held", None)]


def test_nothing_recorded_is_one_part() -> None:
    parts = query_parts(replace(plan(), where=NOTHING_SAID), {})
    assert [part.words for part in parts] == [filter_words(NOTHING_SAID), "in every plan held"]
