"""Rows as a reader sees them: a list under the name of each plan, and the same rows as a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assistant.answer import AnswerTable, Reader, TableRow
from assistant.compose.draft import Pen
from assistant.compose.telling import Telling
from assistant.compose.wording import (
    capital,
    count,
    doubt_of,
    due_of,
    due_phrase,
    figure,
    late_words,
    owner_of,
    plan_name,
    ref_of,
    safe,
    says,
    short,
    state_of,
)
from assistant.query_plan import Lateness
from assistant.records import Action, Status

LISTED_AT_MOST = 500
"""A longer list is left to the register's own page: its rows are neither shown nor cited."""

_IN_TEXT = {Reader.STAFF: 150, Reader.INSPECTION: 300, Reader.MEMBER: 5}
"""How many rows the text itself names; the table holds all of them for every kind of reader."""

_WORDS = {Reader.STAFF: 170, Reader.INSPECTION: 320, Reader.MEMBER: 90}
"""How many characters of an action's words a list gives."""


def listed(rows: Sequence[Action], telling: Telling, pen: Pen) -> list[str]:
    """The lines of a list: the name of each plan, what all its rows share, and a line a row."""
    room = _IN_TEXT[telling.reader]
    left = len(rows) - room
    lines: list[str] = []
    for document, group in groupby(rows, key=lambda row: row.document):
        own = list(group)
        shared = _shared(own)
        if room > 0:
            lines += ["", f"**{plan_name(telling.source(document))}**{_said_once(own, shared)}", ""]
            lines += [row_line(row, telling, pen, shared) for row in own[:room]]
        room -= len(own)
    if left > 0:
        rest = "The last row stands" if left == 1 else f"The other {figure(left)} rows stand"
        lines += ["", f"{rest} in the table, which has all {len(rows)}."]
    return lines


def row_line(row: Action, telling: Telling, pen: Pen, shared: frozenset[str] = frozenset()) -> str:
    """One row: reference, words, due date and how late, owner, state, and its citation."""
    name = f"**{capital(ref)}** " if (ref := ref_of(row)) else ""
    words = says(row, _WORDS[telling.reader])
    return f"- {name}{words}{_dash(words)}{'; '.join(row_facts(row, telling, shared))} {pen.action(row)}"


def row_facts(row: Action, telling: Telling, shared: frozenset[str] = frozenset()) -> list[str]:
    """What a list says of a row beside its words."""
    facts = [due_phrase(row)]
    if telling.plan.lateness is Lateness.OVERDUE and (late := late_words(row, telling.plan.as_of)):
        facts.append(late)
    if "owner" not in shared and not (telling.member and not row.owner):
        facts.append(f"owner: {owner_of(row)}" if row.owner else owner_of(row))
    if "state" not in shared:
        state = state_of(row, 90 if telling.member else 160)
        facts += [] if _told_by_date(row) else [state if state.startswith("no status") else f"plan says: {state}"]
    if telling.reader is Reader.INSPECTION and row.success_measure:
        facts.append(f"to be measured by (a target): {short(safe(row.success_measure), 200)}")
    return facts


_DONE = frozenset({"", "complete", "completed", "done", "finished"})


def _told_by_date(row: Action) -> bool:
    """Whether the date cell has said already all that the plan says of the state."""
    said = (row.status_text or "").strip().casefold().rstrip(".")
    in_date_cell = row.status is Status.COMPLETE and not row.due and bool(row.due_text)
    return in_date_cell and (said in _DONE or said == (row.due_text or "").casefold())


def _dash(words: str) -> str:
    return " – " if words else ""


def _shared(rows: Sequence[Action]) -> frozenset[str]:
    """What is the same for all rows of a plan and can be said once."""
    if len(rows) < 2:
        return frozenset()
    same = {"owner"} if not any(row.owner for row in rows) else set()
    if all(state_of(row) == state_of(rows[0]) for row in rows) and not rows[0].status_text:
        same.add("state")
    return frozenset(same)


def _said_once(rows: Sequence[Action], shared: frozenset[str]) -> str:
    parts = ["no owner is recorded for any of them"] if "owner" in shared else []
    if "state" in shared:
        state = state_of(rows[0])
        said = "no status is recorded for any of them" if state.startswith("no status") else f"all: {state}"
        parts.append(said)
    return f" – {count(len(rows), 'action')}{'; ' if parts else ''}{'; '.join(parts)}"


def table_of(rows: Sequence[Action], telling: Telling, pen: Pen) -> tuple[AnswerTable, tuple[str | None, ...]]:
    """All rows as a table, the same for every kind of reader, and the token of each row."""
    several = len({row.document for row in rows}) > 1
    late = telling.plan.lateness is Lateness.OVERDUE
    columns = [*(["Plan"] if several else []), "Ref", "Action", "Owner", "Due", "The plan says"]
    columns += ["Days late"] if late else []
    lines = [TableRow(_cells(row, telling, several, late), (row.id,)) for row in rows]
    return AnswerTable(_caption(rows, telling), tuple(columns), tuple(lines)), tuple(
        pen.action(row)[1:-1] for row in rows
    )


def _caption(rows: Sequence[Action], telling: Telling) -> str:
    names = [plan_name(source) for source in telling.sources_of(rows)]
    return f"{capital(count(len(rows), 'action'))}: {'; '.join(names)}" if names else "No actions"


def _cells(row: Action, telling: Telling, several: bool, late: bool) -> tuple[str, ...]:
    cells = [plan_name(telling.source(row.document))] if several else []
    cells += [row.ref or "", says(row), owner_of(row), _due_cell(row), state_of(row)]
    return tuple(cells + ([str(row.days_late(telling.plan.as_of))] if late else []))


def _due_cell(row: Action) -> str:
    doubt = doubt_of(row)
    return f"{due_of(row)}; {doubt}" if doubt else due_of(row)
