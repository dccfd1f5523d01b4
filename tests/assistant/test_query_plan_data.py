"""A query plan as data comes back the same; what is not known in it is refused with what is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conditions import UNTESTED, Condition, Either, Every, Field, Filter, Operator, Without
from assistant.errors import QueryPlanError
from assistant.query_plan import Intent, Lateness, Measure, Premise, QueryPlan, Theme, Wanted
from assistant.query_plan_json import plan_from_data, plan_to_data
from assistant.query_plan_words import filter_words, plan_words
from assistant.records import Rag, Status

DAY = date(2026, 9, 1)

dates = st.dates(date(2014, 1, 1), date(2030, 12, 31))
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=20)
conditions = st.one_of(
    st.builds(
        Condition, st.just(Field.STATUS), st.just(Operator.IS), st.tuples(st.sampled_from([s.value for s in Status]))
    ),
    st.builds(Condition, st.just(Field.RAG), st.just(Operator.IS), st.tuples(st.sampled_from([r.value for r in Rag]))),
    st.builds(
        Condition,
        st.sampled_from([Field.OWNER, Field.REF, Field.SECTION, Field.STATUS_TEXT]),
        st.sampled_from([Operator.IS, Operator.CONTAINS]),
        st.lists(texts, min_size=1, max_size=3).map(tuple),
    ),
    st.builds(Condition, st.sampled_from([Field.DUE, Field.START]), st.just(Operator.BEFORE), st.tuples(dates)),
    st.builds(Condition, st.just(Field.COMPLETED_ON), st.just(Operator.BETWEEN), st.tuples(dates, dates)),
    st.builds(Condition, st.sampled_from([f for f in Field if f not in UNTESTED]), st.just(Operator.MISSING)),
)
filters: st.SearchStrategy[Filter] = st.recursive(
    conditions,
    lambda inner: st.one_of(
        st.builds(Every, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Either, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Without, inner),
    ),
    max_leaves=6,
)
themes = st.builds(
    Theme, texts, st.none() | texts, st.lists(st.builds(Theme, texts), max_size=2).map(tuple), st.booleans()
)
plans = st.builds(
    QueryPlan,
    intent=st.sampled_from(list(Intent)),
    as_of=dates,
    documents=st.lists(texts, max_size=3).map(tuple),
    themes=st.lists(themes, max_size=2).map(tuple),
    without_themes=st.lists(themes, max_size=1).map(tuple),
    where=filters,
    lateness=st.none() | st.sampled_from(list(Lateness)),
    asked_of=st.none() | st.sampled_from(list(Field)),
    wanted=st.none() | st.sampled_from(list(Wanted)),
    shared_ownership=st.none() | st.booleans(),
    group_by=st.none() | st.sampled_from(list(Field)),
    then_by=st.none() | st.sampled_from(list(Field)),
    measures=st.lists(st.sampled_from(list(Measure)), max_size=3).map(tuple),
    polar=st.booleans(),
    order=st.none() | st.sampled_from(list(Field)),
    descending=st.booleans(),
    first=st.none() | st.integers(1, 50),
    nth=st.none() | st.sampled_from([-1, 1, 2]),
    terms=st.lists(texts, max_size=2).map(tuple),
    premises=st.lists(st.builds(Premise, texts, filters), max_size=1).map(tuple),
    as_of_given=st.booleans(),
)


@given(plans)
def test_a_plan_sent_back_is_the_same_plan(plan: QueryPlan) -> None:
    assert plan_from_data(json.loads(json.dumps(plan_to_data(plan)))) == plan


@given(plans, plans)
def test_sides_are_sent_back_too(plan: QueryPlan, side: QueryPlan) -> None:
    compared = QueryPlan(Intent.COMPARE, plan.as_of, sides=(plan, side))
    assert plan_from_data(plan_to_data(compared)) == compared


@given(plans, plans, plans)
def test_what_is_taken_away_and_what_is_asked_next_are_sent_back_too(
    plan: QueryPlan, less: QueryPlan, also: QueryPlan
) -> None:
    whole = replace(plan, less=less, also=(also,))
    assert plan_from_data(plan_to_data(whole)) == whole
    assert len(plan_words(whole, {})) > len(plan_words(plan, {}))


@given(plans)
def test_every_plan_has_a_sentence(plan: QueryPlan) -> None:
    words = plan_words(plan, {})
    assert words.strip()
    assert "None" not in words.replace("".join(plan.terms), "").replace(plan.text, "") or "None" in str(plan)


def data(**parts: Any) -> dict[str, Any]:
    return {"intent": "list", "as_of": "2026-09-01", **parts}


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (data(deadline="soon"), "Known fields: also, also_asked, as_of"),
        (data(intent="guess"), "Known: colours, compare, count"),
        ({"intent": "list"}, "as_of"),
        (data(as_of="soon"), "as_of"),
        (data(where={"field": "deadline", "operator": "is", "values": ["x"]}), 'Unknown field "deadline"'),
        (data(where={"field": "due", "operator": "near", "values": ["x"]}), 'Unknown operator "near"'),
        (data(where={"field": "status", "operator": "is", "values": ["done"]}), "Known: at_risk, blocked, complete"),
        (data(where={"field": "due", "operator": "before", "values": ["31/02/2026"]}), "is not a date"),
        (data(where={"field": "due", "operator": "between", "values": ["2026-01-01"]}), "takes 2 values"),
        (data(where={"field": "owner", "operator": "before", "values": ["2026-01-01"]}), "compares dates"),
        (data(where={"field": "owner", "operator": "is", "values": [7]}), "must be text"),
        (data(where={"some": []}), "Unknown filter"),
        (data(where={"not": [1]}), "A filter of a query plan is an object"),
        (data(group_by="colour"), 'Unknown field "colour"'),
        (data(first=0), "first"),
    ],
)
def test_what_is_unknown_is_refused_with_what_is_known(bad: dict[str, Any], says: str) -> None:
    with pytest.raises(QueryPlanError, match=says.replace("(", r"\(")):
        plan_from_data(bad)


def test_a_filter_of_too_many_parts_is_refused_and_never_shortened() -> None:
    part = {"field": "owner", "operator": "is", "values": ["Team Manager"]}
    with pytest.raises(QueryPlanError, match="501 parts"):
        plan_from_data({"intent": "list", "as_of": "2026-06-01", "where": {"any": [part] * 501}})


def test_a_filter_nested_too_deeply_is_refused() -> None:
    where: dict[str, Any] = {"field": "owner", "operator": "missing", "values": []}
    for _ in range(40):
        where = {"not": where}
    with pytest.raises(QueryPlanError, match="nested"):
        plan_from_data(data(where=where))


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (Condition(Field.DUE, Operator.BETWEEN, (date(2026, 9, 1), date(2026, 9, 30))), "due in September 2026"),
        (Condition(Field.DUE, Operator.BETWEEN, (DAY, DAY)), "due on 1 September 2026"),
        (Condition(Field.DUE, Operator.BETWEEN, (DAY, date(2200, 12, 31))), "due on or after 1 September 2026"),
        (Condition(Field.OWNER, Operator.MISSING), "with no owner recorded"),
        (Without(Condition(Field.OWNER, Operator.MISSING)), "with a recorded owner"),
        (Condition(Field.REF, Operator.CONTAINS, ("R2",)), "numbered R2 or below"),
        (
            Either((Condition(Field.RAG, Operator.IS, ("red",)), Condition(Field.RAG, Operator.MISSING))),
            "either rated red or with no colour recorded",
        ),
        (Without(Condition(Field.STATUS, Operator.IS, ("complete",))), "not complete"),
    ],
)
def test_a_filter_reads_as_a_person_would_say_it(where: Filter, words: str) -> None:
    assert filter_words(where) == words


def test_the_sentence_names_plan_subject_rule_and_day() -> None:
    plan = QueryPlan(
        Intent.LIST,
        DAY,
        documents=("plan.txt",),
        themes=(Theme("EHE", "elective home education"),),
        lateness=Lateness.OVERDUE,
        kept=("the plan",),
        readings=("I read “EHE” as elective home education.",),
    )
    assert plan_words(plan, {"plan.txt": "Fenbridge Plan"}) == (
        "Actions on “EHE”, overdue (due before the day and not complete), in Fenbridge Plan, as at 1 September "
        "2026. Kept from before: the plan. I read “EHE” as elective home education."
    )
