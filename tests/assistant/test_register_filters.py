"""Every field and operator of the filters, on one small register."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from assistant.conditions import EVERYTHING, Condition, Either, Every, Field, Filter, Operator, Value, Without, overdue
from assistant.errors import QueryPlanError
from assistant.records import OWNER, Action, DuePrecision, Flag, Rag, Status
from assistant.register import Register
from tests.readings import a_reading, an_action

IS, CONTAINS, BEFORE, BETWEEN, AFTER_DUE, MISSING = Operator


@pytest.fixture(scope="module")
def register(register_place: Callable[[], str]) -> Iterator[Register]:
    register = Register.open(register_place())
    a = an_action(
        "Audit neglect cases",
        ref="1.1",
        section="Part One",
        recommendation="Children's records: quality",
        owner="CSC & EH Managers",
        owners=("CSC Managers", "EH Managers"),
        status=Status.IN_PROGRESS,
        status_text="Work has begun",
        rag=Rag.AMBER,
        start=date(2026, 1, 1),
        due=date(2026, 6, 30),
        due_precision=DuePrecision.MONTH,
        flags=(Flag("date_slip", "Probably a slip."),),
    )
    b = an_action(
        "Complete the audit",
        ref="1.10",
        section="PART ONE",
        owner="Virtual Head",
        owners=("Virtual Head",),
        status=Status.COMPLETE,
        rag=Rag.GREEN,
        due=date(2026, 3, 1),
        due_precision=DuePrecision.DAY,
        completed_on=date(2026, 2, 1),
    )
    c = an_action("Partnership review", ref="R2.4 (i)", recommendation="Part two")
    register.replace(a_reading(a, b, c, document="Fenbridge A.txt", authority="Fenbridge Council"))
    register.replace(a_reading(an_action("Nothing stated"), document="other.txt", authority=None))
    yield register
    register.close()


A, B, C, D = "Audit neglect cases", "Complete the audit", "Partnership review", "Nothing stated"


def _is(field: Field, operator: Operator, *values: Value) -> Condition:
    return Condition(field, operator, values)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (EVERYTHING, {A, B, C, D}),
        (Either(), set()),
        (_is(Field.DOCUMENT, IS, "fenbridge a.TXT"), {A, B, C}),
        (_is(Field.DOCUMENT, CONTAINS, "fenbridge"), {A, B, C}),
        (_is(Field.AUTHORITY, IS, "FENBRIDGE  council"), {A, B, C}),
        (_is(Field.AUTHORITY, CONTAINS, "fen"), set()),
        (_is(Field.AUTHORITY, MISSING), {D}),
        (_is(Field.SECTION, IS, "part one"), {A, B}),
        (_is(Field.SECTION, CONTAINS, "part"), {A, B}),
        (_is(Field.RECOMMENDATION, CONTAINS, "part"), {C}),
        (_is(Field.RECOMMENDATION, CONTAINS, "childrens records"), {A}),
        (_is(Field.RECOMMENDATION, MISSING), {B, D}),
        (_is(Field.REF, IS, "1.1"), {A}),
        (_is(Field.REF, IS, "1.10"), {B}),
        (_is(Field.REF, CONTAINS, "1.1"), {A}),
        (_is(Field.REF, CONTAINS, "1"), {A, B}),
        (_is(Field.REF, CONTAINS, "r2"), {C}),
        (_is(Field.REF, IS, "R2.4(i)", "1.1"), {A, C}),
        (_is(Field.REF, MISSING), {D}),
        (_is(Field.OWNER, IS, "eh managers"), {A}),
        (_is(Field.OWNER, IS, "managers"), set()),
        (_is(Field.OWNER, CONTAINS, "managers"), {A}),
        (_is(Field.OWNER, CONTAINS, "csc eh"), {A}),
        (_is(Field.OWNER, IS, "EH Managers", "Virtual Head"), {A, B}),
        (_is(Field.OWNER, MISSING), {C, D}),
        (_is(Field.STATUS, IS, "complete"), {B}),
        (_is(Field.STATUS, MISSING), {C, D}),
        (_is(Field.STATUS_TEXT, CONTAINS, "begun"), {A}),
        (_is(Field.STATUS_TEXT, MISSING), {B, C, D}),
        (_is(Field.ACTION, CONTAINS, "the AUDITS"), {B}),
        (_is(Field.ACTION, CONTAINS, "case", "reviews"), {A, C}),
        *((_is(Field.ACTION, CONTAINS, part), set()) for part in ("aud", "ases", "partner", "ship", "lete the")),
        (_is(Field.RAG, IS, "amber", "red"), {A}),
        (_is(Field.RAG, MISSING), {C, D}),
        (_is(Field.START, IS, date(2026, 1, 1)), {A}),
        (_is(Field.DUE, BEFORE, date(2026, 6, 30)), {B}),
        (_is(Field.DUE, BETWEEN, date(2026, 3, 1), date(2026, 6, 30)), {A, B}),
        (_is(Field.DUE, MISSING), {C, D}),
        (_is(Field.DUE_PRECISION, IS, "month"), {A}),
        (_is(Field.DUE_PRECISION, MISSING), {C, D}),
        (_is(Field.COMPLETED_ON, BEFORE, date(2026, 12, 31)), {B}),
        (_is(Field.COMPLETED_ON, AFTER_DUE), set()),
        (_is(Field.FLAG, IS, "date_slip"), {A}),
        (_is(Field.FLAG, MISSING), {B, C, D}),
        (_is(Field.WORDS, CONTAINS, "neglected cases"), {A}),
        (_is(Field.WORDS, CONTAINS, "cases neglect"), set()),
        (_is(Field.WORDS, CONTAINS, "audits"), {A, B}),
        (_is(Field.WORDS, CONTAINS, "managers"), set()),
        (_is(Field.WORDS, CONTAINS, "&"), set()),
        (Without(_is(Field.RAG, IS, "amber")), {B, C, D}),
        (Without(_is(Field.DUE, BEFORE, date(2027, 1, 1))), {C, D}),
        (Without(Every()), set()),
        (Every((_is(Field.SECTION, IS, "Part One"), _is(Field.RAG, IS, "green"))), {B}),
        (Either((_is(Field.REF, IS, "1.1"), _is(Field.OWNER, MISSING))), {A, C, D}),
        (overdue(date(2026, 6, 30)), set()),
        (overdue(date(2026, 7, 1)), {A}),
    ],
)
def test_a_filter_names_these_rows(register: Register, where: Filter, expected: set[str]) -> None:
    assert {row.action for row in register.select(OWNER, where)} == expected
    assert register.count(OWNER, where) == len(expected)
    assert register.count(OWNER, Without(where)) == 4 - len(expected)


def test_a_completion_is_late_by_the_due_date_of_its_own_row(register_place: Callable[[], str]) -> None:
    def done(action: str, due: date | None, completed_on: date | None) -> Action:
        return an_action(action, status=Status.COMPLETE, due=due, completed_on=completed_on)

    rows = [
        done("a day late", date(2026, 6, 30), date(2026, 7, 1)),
        done("on its day", date(2026, 6, 30), date(2026, 6, 30)),
        done("no due date", None, date(2026, 7, 1)),
        done("no completion date", date(2026, 6, 30), None),
    ]
    register = Register.open(register_place())
    register.replace(a_reading(*rows))
    late = _is(Field.COMPLETED_ON, AFTER_DUE)
    assert [row.action for row in register.select(OWNER, late)] == ["a day late"]
    assert register.count(OWNER, Without(late)) == 3
    register.close()


@pytest.mark.parametrize(
    "where",
    [
        _is(Field.DUE, AFTER_DUE),
        _is(Field.STATUS, IS, "done"),
        _is(Field.STATUS, CONTAINS, "complete"),
        _is(Field.RAG, IS),
        _is(Field.DUE, IS, "2026-01-01"),
        _is(Field.DUE, CONTAINS, date(2026, 1, 1)),
        _is(Field.DUE, BETWEEN, date(2026, 1, 1)),
        _is(Field.WORDS, MISSING),
        _is(Field.OWNER, BEFORE, "x"),
        _is(Field.ID, MISSING),
    ],
)
def test_a_filter_that_the_field_cannot_take_is_refused(register: Register, where: Filter) -> None:
    with pytest.raises(QueryPlanError):
        register.select(OWNER, where)


def test_rows_cannot_be_ordered_by_a_field_without_an_order(register: Register) -> None:
    with pytest.raises(QueryPlanError, match="ordered"):
        register.select(OWNER, order=Field.WORDS)
