"""Laws over made-up plans: headings of the lexicon or of nobody, columns in any order, tables of other kinds beside."""

from __future__ import annotations

from random import Random

import pytest

from assistant.records import ReadAs, Reading
from tests.ingest.layout.generated import (
    FIELDS,
    cards,
    grid_of,
    headings_of,
    invented,
    markdown,
    other_table,
    plan_of,
    sure_headings,
)
from tests.ingest.understood import understood

SEEDS = range(12)


def read(*parts: object) -> Reading:
    return understood(markdown("# Fenbridge plan", *parts), "plan.md")  # type: ignore[arg-type]


def said(found: Reading) -> list[tuple[str | None, ...]]:
    return [(a.action, a.owner, a.due_text, a.status.value) for a in found.actions]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("headed", [True, False])
def test_a_table_of_another_kind_gives_no_action_wherever_it_stands(seed: int, headed: bool) -> None:
    chance = Random(seed)
    plan = plan_of(chance)
    parts = [[f"## {invented(chance)} {invented(chance)}"] * headed + [other_table(chance)] for _ in range(3)]
    parts.append([f"## {invented(chance)}", grid_of(plan, headings_of(chance))])
    chance.shuffle(parts)
    assert said(read(*(piece for part in parts for piece in part))) == plan.said


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_columns_changes_nothing(seed: int) -> None:
    chance = Random(seed)
    plan, order = plan_of(chance), list(FIELDS)
    chance.shuffle(order)
    assert said(read(grid_of(plan, headings_of(chance), tuple(order)))) == plan.said


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("field", FIELDS)
def test_every_sure_heading_of_the_lexicon_names_its_column(seed: int, field: str) -> None:
    chance = Random(seed)
    plan = plan_of(chance)
    headings = headings_of(chance) | {field: chance.choice(sure_headings(field)).capitalize()}
    assert said(read(grid_of(plan, headings))) == plan.said


@pytest.mark.parametrize("seed", SEEDS)
def test_a_header_in_words_that_nobody_knows_is_read_or_reported(seed: int) -> None:
    chance = Random(seed)
    plan = plan_of(chance)
    found = read(grid_of(plan, {field: invented(chance) for field in FIELDS}))
    reported = [table.rows for table in found.tables if table.read_as is ReadAs.NOT_UNDERSTOOD]
    assert said(found) == plan.said or (not found.actions and reported == [len(plan.rows)] and found.warnings)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("field", FIELDS[1:])
def test_one_unknown_heading_loses_nothing_of_the_other_columns(seed: int, field: str) -> None:
    chance = Random(seed)
    plan, at = plan_of(chance), FIELDS.index(field)
    found = said(read(grid_of(plan, headings_of(chance) | {field: invented(chance)})))
    assert [row[:at] + row[at + 1 :] for row in found] == [row[:at] + row[at + 1 :] for row in plan.said]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("titled", [True, False])
@pytest.mark.parametrize("form", ["{name}: {value}", "{name}\n{value}", "{name} - {value}", "| {name} | {value} |"])
def test_labelled_records_are_the_rows_of_a_table(seed: int, titled: bool, form: str) -> None:
    chance = Random(seed)
    plan = plan_of(chance)
    text = cards(plan, headings_of(chance), form, titled or form == "{name} - {value}")
    found = understood(f"Fenbridge Council\nFenbridge plan\n\n{text}\n", "plan.md" if "|" in form else "plan.txt")
    assert said(found) == plan.said


@pytest.mark.parametrize("seed", SEEDS)
def test_names_of_fields_over_words_that_are_no_action_give_none(seed: int) -> None:
    chance = Random(seed)
    who = invented(chance)
    lines = [f"Owner: {who} Manager", f"Version: {chance.randint(1, 9)}", "Date: 3 May 2027", "Status: Draft"]
    chance.shuffle(lines)
    assert understood("Fenbridge Council\nFenbridge plan\n\n" + "\n".join(lines) + "\n\nWords of it.\n").actions == ()
