"""One plan typed in many ways: the same rows must come back."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence

import pytest

from assistant.records import Action
from ingest.readers import read_bytes
from ingest.reading import reading_of
from tests.ingest.plans import ENTRIES, FIELDS, table

SEEDS = range(10)


def read(text: str, name: str) -> tuple[Action, ...]:
    return reading_of(read_bytes(text.encode(), name)).actions


def check(actions: Sequence[Action], fields: Sequence[str]) -> None:
    """The actions are those of the plan, in order, in every field that the document had."""
    assert [action.action for action in actions] == [entry.action for entry in ENTRIES]
    for action, entry in zip(actions, ENTRIES, strict=True):
        if "ref" in fields:
            assert action.ref == entry.ref
        if "owner" in fields:
            assert action.owner == entry.owner
        if "due" in fields:
            assert action.due_text == entry.due
            assert (action.due.isoformat() if action.due else None) == entry.due_iso
        if "status" in fields:
            assert action.status.value == entry.status_is, entry.action
        if "theme" in fields:
            assert action.recommendation == entry.theme


def shuffled(seed: int) -> tuple[random.Random, list[str]]:
    """Columns in an order of their own, some of them missing; the theme stands left of the action."""
    random_ = random.Random(seed)
    optional = [field for field in FIELDS if field != "action" and random_.random() < 0.75]
    if not {"owner", "due", "status"} & set(optional):
        optional.append("due")
    fields = [*optional, "action"]
    random_.shuffle(fields)
    if "theme" in fields:
        fields.remove("theme")
        fields.insert(0, "theme")
    return random_, fields


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_delimited_export_in_any_column_order(seed: int, separator: str) -> None:
    random_, fields = shuffled(seed)
    header, rows = table(random_, fields)
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows([header, *rows])
    check(read(out.getvalue(), "plan.csv"), fields)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_pipe_table_inside_markdown(seed: int) -> None:
    random_, fields = shuffled(seed)
    header, rows = table(random_, fields)
    lines = ["# Improvement plan", "", "Fenbridge Council", "", "Some words about the plan.", ""]
    lines += ["| " + " | ".join(cells) + " |" for cells in (header, ["---"] * len(header), *rows)]
    check(read("\n".join([*lines, "", "More words."]), "plan.md"), fields)


@pytest.mark.parametrize("seed", SEEDS)
def test_text_with_page_breaks_and_repeated_headers(seed: int) -> None:
    random_, fields = shuffled(seed)
    header, rows = table(random_, fields)
    lines = ["Improvement plan", "", "\t".join(header)]
    for cells in rows:
        if random_.random() < 0.3:
            lines += ["", "\t".join(header)] if random_.random() < 0.5 else [""]
        lines.append("\t".join(cells))
    check(read("\n".join(lines), "plan.txt"), fields)


@pytest.mark.parametrize("seed", SEEDS)
def test_sections_as_rows_of_one_cell(seed: int) -> None:
    random_, fields = shuffled(seed)
    fields = [field for field in fields if field != "theme"]
    header, rows = table(random_, fields)
    lines, before = ["\t".join(header)], ""
    for entry, cells in zip(ENTRIES, rows, strict=True):
        if entry.theme != before:
            lines.append(entry.theme + "\t" * (len(header) - 1))
            before = entry.theme
        lines.append("\t".join(cells))
    actions = read("\n".join(lines), "plan.txt")
    check(actions, fields)
    assert [action.section for action in actions] == [entry.theme for entry in ENTRIES]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_heading_and_a_table_for_each_section(seed: int) -> None:
    random_, fields = shuffled(seed)
    fields = [field for field in fields if field != "theme"]
    header, rows = table(random_, fields)
    lines, before = ["Improvement plan"], ""
    for entry, cells in zip(ENTRIES, rows, strict=True):
        if entry.theme != before:
            lines += ["", entry.theme, "", "\t".join(header)]
            before = entry.theme
        lines.append("\t".join(cells))
    actions = read("\n".join(lines), "plan.txt")
    check(actions, fields)
    assert [action.section for action in actions] == [entry.theme for entry in ENTRIES]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_header_at_all(seed: int) -> None:
    random_ = random.Random(seed)
    fields = ["action", "owner", "due", "status"]
    random_.shuffle(fields)
    fields = ["ref", *fields]
    _, rows = table(random_, fields)
    check(read("\n".join("\t".join(cells) for cells in rows), "plan.txt"), fields)


@pytest.mark.parametrize("bullet", ["- ", "* ", "", "• "])
def test_labelled_blocks(bullet: str) -> None:
    blocks = [
        "\n".join(
            [
                f"{bullet}Ref: {entry.ref}",
                f"{bullet}Action: {entry.action}",
                f"{bullet}Lead: {entry.owner}",
                f"{bullet}Deadline: {entry.due}",
                f"{bullet}Status: {entry.status}",
            ]
        )
        for entry in ENTRIES
    ]
    check(read("Improvement plan\n\n" + "\n\n".join(blocks), "plan.txt"), ["ref", "owner", "due", "status"])


@pytest.mark.parametrize("pattern", ["({lead}; {due})", "(Lead: {lead}, by {due})", "[Owner: {lead} | Due: {due}]"])
def test_numbered_list_with_brackets(pattern: str) -> None:
    lines = [
        f"{entry.ref} {entry.action} " + pattern.format(lead=entry.owner, due=entry.due)
        for entry in ENTRIES
        if entry.due_iso
    ]
    actions = read("Actions\n\n" + "\n\n".join(lines), "plan.txt")
    wanted = [entry for entry in ENTRIES if entry.due_iso]
    assert [(action.ref, action.action, action.owner) for action in actions] == [
        (entry.ref, entry.action, entry.owner) for entry in wanted
    ]
    assert [action.due.isoformat() for action in actions if action.due] == [entry.due_iso for entry in wanted]


def test_dates_in_a_column_apart() -> None:
    dated = [entry for entry in ENTRIES if entry.due_iso]
    lines = ["Improvement plan", "", "What we will do", ""]
    lines += [line for entry in dated for line in (f"P{entry.ref} {entry.action}", "")]
    lines += ["Timescale", ""]
    lines += [
        line
        for entry in dated
        for line in ((entry.due, "") if entry.status != "Complete" else ("Complete", entry.due, ""))
    ]
    actions = read("\n".join(lines), "plan.txt")
    assert [action.action for action in actions] == [entry.action for entry in dated]
    for action, entry in zip(actions, dated, strict=True):
        day = action.completed_on if entry.status == "Complete" else action.due
        assert day is not None
        assert day.isoformat() == entry.due_iso
