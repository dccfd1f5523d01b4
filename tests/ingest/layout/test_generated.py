"""Laws over made-up plans: headings of the lexicon or of nobody, columns in any order, tables of other kinds beside."""

from __future__ import annotations

import io
from random import Random

import docx
import pytest

from assistant.records import ReadAs, Reading
from ingest.readers import read_bytes
from ingest.reading import reading_of
from tests.ingest.books import word
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


@pytest.mark.parametrize("seed", SEEDS)
def test_a_small_table_without_names_below_a_plan_is_none_of_it(seed: int) -> None:
    chance = Random(seed)
    plan = plan_of(chance)
    aside = [[invented(chance), f"{invented(chance)} updated {chance.randint(1, 28)} May 2027"]]
    found = word("Fenbridge plan", grid_of(plan, headings_of(chance)), aside)
    assert said(found) == plan.said


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("listed", [True, False])
def test_a_band_in_a_table_heads_nothing_after_the_table(seed: int, listed: bool) -> None:
    chance = Random(seed)
    first, second = plan_of(chance), plan_of(chance, rows=3)
    rows = grid_of(first, headings_of(chance))
    theme = f"Priority 1: {invented(chance)}"
    banded = [rows[0], [theme, "", "", ""], *rows[1:]]
    items = "\n".join(f"- {row[0]} (Lead: {row[1]}; by {row[2]})" for row in second.rows)
    others = grid_of(second, dict(zip(FIELDS, ("Task", "Sponsor", "Deadline", "State"), strict=True)))
    found = read(banded, items if listed else "Words between them.", *([] if listed else [others]))
    assert [action.section for action in found.actions[:4]] == [theme] * 4
    assert {(action.section, action.recommendation) for action in found.actions[4:]} == {(None, None)}
    assert [action.action for action in found.actions[4:]] == [row[0] for row in second.rows]


@pytest.mark.parametrize("seed", SEEDS)
def test_lines_that_tabs_part_are_the_rows_of_a_table(seed: int) -> None:
    chance = Random(seed)
    plan, made, stream = plan_of(chance), docx.Document(), io.BytesIO()
    made.add_heading("Fenbridge plan", 1)
    for row in grid_of(plan, {name: sure_headings(name)[0].capitalize() for name in FIELDS}):
        made.add_paragraph("\t".join(row))
    made.save(stream)
    assert said(reading_of(read_bytes(stream.getvalue(), "plan.docx"))) == plan.said


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", ["Lead: {} – all by {}", "Lead: {}, by {}", "{} – by {}", "Owner: {}; due {}"])
def test_a_line_over_a_list_says_who_and_when_for_its_items(seed: int, form: str) -> None:
    chance = Random(seed)
    groups = [plan_of(chance, rows=chance.randint(2, 3)) for _ in range(2)]
    lines = ["## Our principles", "- Children come first", "- Carers are colleagues", ""]
    for group in groups:
        _, who, when, _ = group.rows[0]
        lines += [f"## {form.format(who, when)}", "", *(f"- {row[0]}" for row in group.rows), ""]
    expected = [(row[0], *group.rows[0][1:3]) for group in groups for row in group.rows]
    assert [row[:3] for row in said(read("\n".join(lines)))] == expected


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("beside", [True, False])
def test_colours_are_the_colour_whatever_their_column_is_called(seed: int, beside: bool) -> None:
    chance = Random(seed)
    plan = plan_of(chance)
    rows = grid_of(plan, headings_of(chance), FIELDS if beside else FIELDS[:3])
    shades = [chance.choice(["Green", "Amber", "Red"]) for _ in plan.rows]
    found = read([[*rows[0], invented(chance)], *([*row, shade] for row, shade in zip(rows[1:], shades, strict=True))])
    assert [action.rag and action.rag.value for action in found.actions] == [shade.lower() for shade in shades]
    assert [action.status.value for action in found.actions] == [
        state[3] if beside else "not_recorded" for state in plan.said
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_signs_mean_what_the_line_over_them_says(seed: int) -> None:
    chance = Random(seed)
    plan = plan_of(chance)
    states = {"complete": "done", "in_progress": "under way", "not_started": "not begun", "blocked": "on hold"}
    key = dict(zip(states, chance.sample("✔➤✖▲◆★", 4), strict=True))
    rows = grid_of(plan, headings_of(chance))
    signed = [rows[0], *([*row[:3], key[state[3]]] for row, state in zip(rows[1:], plan.said, strict=True))]
    line = "   ".join(f"{sign} {states[state]}" for state, sign in key.items())
    assert said(read(f"Key: {line}", signed)) == plan.said
