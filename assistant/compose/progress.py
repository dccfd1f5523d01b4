"""How rows stand: progress by what the plans say and by the calendar, and two sides beside each other."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import AnswerTable, TableRow
from assistant.compose.lists import divided, nothing, rule, with_rows
from assistant.compose.phrases import asked_for, number_sentence, sources_line
from assistant.compose.rows import listed, resting
from assistant.compose.telling import Draft, Pen, Telling
from assistant.compose.wording import (
    agreed,
    bold_ref,
    british,
    by_colour,
    by_state,
    capital,
    count,
    due_of,
    figure,
    joined,
    owner_of,
    safe,
    says,
    says_complete,
    state_of,
)
from assistant.conditions import COMPLETE, Every, parts_of
from assistant.outcome import AnswerStatus
from assistant.query import Found, whatever_state, without
from assistant.query_plan import Lateness, QueryPlan
from assistant.query_plan_words import filter_words
from assistant.records import Action, Status

_LISTED = 12
_SOON_DAYS = 92


def compose_progress(telling: Telling, pen: Pen) -> Draft:
    """How many rows are complete by the plan's own words, how many are overdue, due soon or undated."""
    rows = telling.found.rows
    if not rows:
        return nothing(telling, pen)
    lines = [_lead(rows, telling), "", *divided(rows, telling), *_by_date(rows, telling)]
    if len(rows) <= _LISTED:
        lines += listed(rows, telling, pen)
    measures = sum(1 for row in rows if row.success_measure)
    told = "it is no measure of what changed for children."
    if measures:
        target = "those are targets, not results" if measures > 1 else "that is a target, not a result"
        told = f"a measure stands in {count(measures, 'row')}: {target}."
    lines += ["", f"This is what the plan says of its own actions; {told}"]
    return with_rows(telling, pen, lines, rows)


def _lead(rows: Sequence[Action], telling: Telling) -> str:
    if all(row.status is Status.NOT_RECORDED for row in rows):
        unsaid = "" if any(row.rag for row in rows) else " No status is recorded, so progress cannot be told."
        return f"{number_sentence(telling)}{unsaid}"
    done = tuple(row for row in rows if row.status is Status.COMPLETE)
    named = [row for row in done if says_complete(row)]
    part = replace(telling, plan=replace(telling.plan, where=Every((*parts_of(telling.plan.where), COMPLETE))))
    part = replace(part, found=replace(telling.found, rows=done, subject=tuple(rows)))
    more = len(done) - len(named)
    if not more or not named:
        return number_sentence(part)
    suggest = "suggests" if more == 1 else "suggest"
    say = f"{capital(figure(len(named)))} {agreed('say', len(named))} “complete”"
    return f"{number_sentence(part)} {say}; the notes of {figure(more)} more {suggest} it."


def _by_date(rows: Sequence[Action], telling: Telling) -> list[str]:
    day = telling.plan.as_of
    open_rows = [row for row in rows if row.open]
    late = [row for row in open_rows if row.due and row.due < day]
    soon = [row for row in open_rows if row.due and 0 <= (row.due - day).days <= _SOON_DAYS]
    bare = [row for row in open_rows if row.due is None]
    parts = [f"{len(late)} overdue (due before that day, and not complete)"]
    parts += [f"{len(soon)} due in the next three months"] if soon else []
    parts += [f"{len(bare)} without a due date"] if bare else []
    given = "" if telling.plan.as_of_given else " (today)"
    return [f"- By the calendar, at {british(day)}{given}: {joined(parts)}."]


_FIELDS: tuple[tuple[str, Callable[[Action], str]], ...] = (
    ("owner", owner_of),
    ("due date", due_of),
    ("what the plan says of its state", state_of),
)


def compose_compare(telling: Telling, pen: Pen) -> Draft:
    """The sides of a comparison; few rows are compared value by value, many by their numbers."""
    sides = telling.found.sides
    if not sides:
        return _rows(telling, pen, telling.found.rows)
    rows = [row for side in sides for row in side.rows]
    if not rows:
        return nothing(telling, pen)
    if all(len(side.rows) == 1 for side in sides):
        return _rows(telling, pen, rows)
    return _numbers(telling, pen)


def _rows(telling: Telling, pen: Pen, rows: Sequence[Action]) -> Draft:
    """Rows value by value, with a sentence that says whether they agree."""
    if not rows:
        return nothing(telling, pen)
    differ = [name for name, value in _FIELDS if len({value(row).casefold() for row in rows}) > 1]
    alike = [name for name, _ in _FIELDS if name not in differ]
    lines = [_verdict(rows, differ, alike), ""]
    for row in rows:
        facts = f"owner: {owner_of(row)}; due {due_of(row)}; the plan says: {state_of(row)}"
        lines.append(f"- {bold_ref(row)}{says(row, 220)} – {facts} {pen.action(row)}")
    draft = resting(telling, pen, [*lines, "", sources_line(telling, rows)], rows)
    return replace(draft, status=AnswerStatus.CANNOT_ANSWER) if len(rows) == 1 else draft


def _verdict(rows: Sequence[Action], differ: Sequence[str], alike: Sequence[str]) -> str:
    if len(rows) == 1:
        return "I found one entry only, so there is nothing to compare it with."
    number = "The two entries" if len(rows) == 2 else f"The {len(rows)} entries"
    if not differ:
        return f"Yes: {number[0].lower()}{number[1:]} agree on {joined(alike)}."
    agree = f" They agree on {joined(alike)}." if alike else ""
    return f"No: {number[0].lower()}{number[1:]} do not agree. They differ in {joined(differ)}.{agree}"


def _numbers(telling: Telling, pen: Pen) -> Draft:
    """Each side's number of rows, how they divide by state, and by colour within each plan."""
    sides = list(zip(telling.plan.sides, telling.found.sides, strict=True))
    lines: list[str] = []
    entries: list[TableRow] = []
    for plan, found in sides:
        name = _side_name(telling, plan, found)
        numbers = _side_numbers(telling, plan, found)
        lines.append(f"- {capital(name)}: {numbers}.")
        entries.append(TableRow((name, str(len(found.rows)), numbers), tuple(row.id for row in found.rows)))
    rows = list(dict.fromkeys(row for found in telling.found.sides for row in found.rows))
    head = f"Side by side, {joined([_side_name(telling, plan, found) for plan, found in sides])}:"
    several = len({row.document for row in rows if row.rag}) > 1
    mixed = ["Each plan gives its colours its own meaning, so they are not compared."] if several else []
    lines += ["", sources_line(telling, rows), *mixed]
    lines += listed(rows, telling, pen) if len(rows) <= _LISTED else []
    lines = [head, *rule(replace(telling, plan=sides[0][0])), "", *lines]
    table = AnswerTable("Comparison", ("Side", "Actions", "How they stand"), tuple(entries))
    return resting(telling, pen, lines, rows, table)


def _side_name(telling: Telling, plan: QueryPlan, found: Found) -> str:
    plan = replace(plan, where=whatever_state(plan.where))
    if len({side.documents for side in telling.plan.sides}) == 1:
        plan = replace(plan, documents=())
    words = asked_for(replace(telling, plan=plan), 2).removeprefix("2 actions").strip()
    for start in ("under the section ", "under the recommendation ", "in the ", "on ", "owned by ", "numbered "):
        words = words.removeprefix(start)
    return words or joined([safe(source.title) for source in telling.sources_of(found.rows)]) or "all actions"


def _whole(telling: Telling, plan: QueryPlan, found: Found) -> list[Action]:
    """The rows of a side in any state, where the side is chosen by state."""
    loose = whatever_state(plan.where)
    if loose == plan.where:
        return list(found.rows)
    ids = {row.id for row in telling.view.select(loose)}
    return [row for row in found.subject if row.id in ids]


def _side_numbers(telling: Telling, plan: QueryPlan, found: Found) -> str:
    rows = found.rows
    parts = [count(len(rows), "action")]
    whole = _whole(telling, plan, found)
    if len(whole) > len(rows):
        parts[0] = f"{len(rows)} of {len(whole)} {filter_words(without(plan.where, whatever_state(plan.where)))}"
        rows = tuple(whole)
    if plan.lateness is Lateness.OVERDUE:
        parts[0] += f" overdue at {british(plan.as_of)}"
    for source in telling.sources_of(rows):
        if named := by_colour([row for row in rows if row.document == source.document]):
            whose = f" in the {safe(source.title)}" if len(telling.sources_of(rows)) > 1 else ""
            parts.append(f"{joined(named)}{whose}")
    if any(row.status is not Status.NOT_RECORDED for row in rows):
        parts += by_state(rows, shares=True)
    return "; ".join(parts)
