"""One row told in full: every value under its name, with what was meant, measured and reported told apart."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.compose.draft import Pen
from assistant.compose.telling import Telling
from assistant.compose.wording import (
    british,
    capital,
    doubt_of,
    due_of,
    figure,
    joined,
    owner_of,
    plan_name,
    ref_of,
    safe,
    says,
    short,
    state_of,
)
from assistant.places import place_words
from assistant.records import Action


def in_full(rows: Sequence[Action], telling: Telling, pen: Pen) -> list[str]:
    """The rows one by one."""
    return [_heading(rows, telling), *(line for row in rows for line in _in_full(row, telling, pen))]


def _heading(rows: Sequence[Action], telling: Telling) -> str:
    names = joined([f"the {plan_name(source)}" for source in telling.sources_of(rows)])
    shared = rows[0].recommendation if len({row.recommendation for row in rows}) == 1 else None
    if len(rows) == 1:
        return f"{name_of(rows[0])} in {names}:"
    under = f", under “{safe(shared)}”" if shared else ""
    return f"{capital(figure(len(rows)))} actions in {names}{under}:"


def name_of(row: Action) -> str:
    """The reference at the beginning of a sentence; "The action" where it has none."""
    return capital(ref_of(row) or "the action")


def _in_full(row: Action, telling: Telling, pen: Pen) -> list[str]:
    """Every value of a row with its name; what was meant, what is measured and what is reported are told apart."""
    head = f"**{name_of(row)}**: {says(row) if not telling.member else short(says(row), 400)} {pen.action(row)}"
    facts = [
        ("Under", safe(row.recommendation or row.section or "")),
        ("Owner", owner_of(row)),
        ("Starts", safe(row.start_text or (british(row.start) if row.start else ""))),
        ("Due", due_in_full(row)),
        ("The plan says", state_of(row)),
        ("Progress noted", safe(row.progress or "") if row.progress != row.status_text else ""),
        ("How it is to be measured (a target, not a result)", safe(row.success_measure or "")),
        ("What it is hoped to change (an intention, not a result)", safe(row.outcome or "")),
        ("Stands at", place_words(row.locator)),
    ]
    checks = [("To check", safe(flag.words)) for flag in row.flags]
    wanted = facts if telling.member else [*facts, *checks]
    return ["", head, "", *(f"- {name}: {value}" for name, value in wanted if value)]


def due_in_full(row: Action) -> str:
    """The due date with what is doubtful about it."""
    doubt = doubt_of(row)
    return f"{due_of(row)}; {doubt}" if doubt else due_of(row)
