"""The quick way to an answer gives what the plain way gives, over generated rows and generated plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answer import AnswerStatus
from assistant.conditions import EVERYTHING, Condition, Either, Every, Field, Filter, Operator, Without
from assistant.query import count, find
from assistant.query_plan import Intent, Lateness, QueryPlan, Theme
from assistant.records import CLOSED, OWNER, Action, Rag, Status
from assistant.register import Register
from assistant.view import View
from tests.assistant import fenbridge
from tests.bench.estate import COUNCILS, OWNERS, estate

DAY = date(2026, 6, 1)
_DATES = st.dates(date(2024, 1, 1), date(2028, 1, 1))


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with closing(Register.open(tmp_path_factory.mktemp("estate"))) as opened:
        for reading in estate(90, seed=7, passages=6, each=30):
            opened.replace(reading)
        yield opened


def _is(field: Field, values: Sequence[str]) -> st.SearchStrategy[Filter]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2).map(
        lambda chosen: Condition(field, Operator.IS, tuple(chosen))
    )


_CONDITIONS: st.SearchStrategy[Filter] = st.one_of(
    _is(Field.STATUS, tuple(Status)),
    _is(Field.RAG, tuple(Rag)),
    _is(Field.OWNER, OWNERS),
    _is(Field.AUTHORITY, COUNCILS),
    st.sampled_from((Field.DUE, Field.OWNER)).map(lambda field: Condition(field, Operator.MISSING)),
    _DATES.map(lambda day: Condition(Field.DUE, Operator.BEFORE, (day,))),
    st.tuples(_DATES, _DATES).map(lambda days: Condition(Field.DUE, Operator.BETWEEN, tuple(sorted(days)))),
)
_FILTERS: st.SearchStrategy[Filter] = st.recursive(
    _CONDITIONS,
    lambda parts: st.one_of(
        st.lists(parts, max_size=3).map(lambda found: Every(tuple(found))),
        st.lists(parts, max_size=3).map(lambda found: Either(tuple(found))),
        parts.map(Without),
    ),
    max_leaves=5,
)


def _holds(where: Filter, row: Action) -> bool:
    match where:
        case Every(parts):
            return all(_holds(part, row) for part in parts)
        case Either(parts):
            return any(_holds(part, row) for part in parts)
        case Without(part):
            return not _holds(part, row)
        case Condition(field, Operator.MISSING):
            return not getattr(row, field.value)
        case Condition(Field.DUE, Operator.BEFORE, (day,)):
            return row.due is not None and row.due < day
        case Condition(Field.DUE, Operator.BETWEEN, (first, last)):
            return row.due is not None and first <= row.due <= last
        case Condition(Field.OWNER, Operator.IS, values):
            return any(owner in values for owner in row.owners)
        case Condition(field, Operator.IS, values):
            return getattr(row, field.value) in values
    raise AssertionError(where)


def _on(theme: Theme, rows: Sequence[Action], _documents: Sequence[str] = ()) -> fenbridge.Members:
    return fenbridge.Members(frozenset(row.id for row in rows if theme.words in row.action))


@st.composite
def _plans(draw: st.DrawFn) -> QueryPlan:
    documents = tuple(reading.source.document for reading in estate(90, seed=7, each=30))
    themes = st.lists(st.sampled_from((Theme("audit"), Theme("fostering"))), max_size=1).map(tuple)
    return QueryPlan(
        intent=draw(st.sampled_from((Intent.LIST, Intent.COUNT))),
        as_of=DAY,
        documents=draw(st.lists(st.sampled_from(documents), max_size=2, unique=True).map(tuple)),
        themes=draw(themes),
        without_themes=draw(themes),
        where=draw(st.one_of(st.just(EVERYTHING), _FILTERS)),
        lateness=draw(st.sampled_from((None, *Lateness))),
        shared_ownership=draw(st.sampled_from((None, True, False))),
    )


def _plainly(plan: QueryPlan, rows: Sequence[Action]) -> tuple[list[Action], list[Action]]:
    """The subject of a plan and its matches, row by row."""
    subject = [
        row
        for row in rows
        if (not plan.documents or row.document in plan.documents)
        and all(theme.words in row.action for theme in plan.themes)
        and not any(theme.words in row.action for theme in plan.without_themes)
    ]
    late = {row.id for row in rows if row.due and row.due < plan.as_of and row.status not in CLOSED}
    return subject, [
        row
        for row in subject
        if _holds(plan.where, row)
        and (plan.lateness is None or (row.id in late) == (plan.lateness is Lateness.OVERDUE))
        and (plan.shared_ownership is None or plan.shared_ownership == (len(row.owners) > 1))
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=_plans())
def test_a_plan_finds_quickly_what_it_finds_row_by_row(register: Register, plan: QueryPlan) -> None:
    view = _view(register)
    subject, matches = _plainly(plan, register.select(OWNER))
    found = find(plan, view, _on)
    assert list(found.subject) == subject
    assert list(found.rows) == matches
    assert count(plan, view, _on) == len(matches)
    assert set(found.undated) <= {row for row in subject if row.due is None and row not in matches}


@cache
def _view(register: Register) -> View:
    return View(register, OWNER)


def test_rows_kept_from_before_are_those_of_the_register_after_any_change(tmp_path: Path) -> None:
    with closing(Register.open(tmp_path)) as opened:
        for seed in range(3):
            for reading in list(estate(30, seed, each=10))[: 3 - seed]:
                opened.replace(reading)
            assert opened.rows(OWNER) == opened.select(OWNER)
            assert {row.id for row in opened.rows(frozenset())} == set()
        opened.remove(opened.sources(OWNER)[0].document)
        assert opened.rows(OWNER) == opened.select(OWNER)


ASKED = (
    "How many actions are overdue?",
    "Which actions on fostering are overdue?",
    "Which actions are owned by the Clerk?",
    "What actions are there on neglect?",
    "Who owns the actions on audit?",
    "How are we doing on housing?",
    "Which actions have no due date?",
    "How many actions are complete in each plan?",
    "What actions are there on beekeeping?",
)


@pytest.mark.parametrize("question", ASKED)
def test_what_is_suggested_has_an_answer(register: Register, question: str) -> None:
    assistant = fenbridge.assistant(register)
    first = assistant.ask(question, as_of=DAY)
    assert first.suggestions
    for suggestion in first.suggestions:
        then = assistant.ask(suggestion, as_of=DAY, conversation=[question])
        assert then.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTLY_ANSWERED), suggestion
        assert then.citations or then.table, suggestion
