"""How rows stand: progress by what the plans say and by the calendar."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.compose.lists import divided, nothing, with_rows
from assistant.compose.phrases import number_sentence
from assistant.compose.rows import listed
from assistant.compose.telling import Draft, Pen, Telling
from assistant.compose.wording import agreed, british, capital, count, figure, joined, says_complete
from assistant.conditions import COMPLETE, Every, parts_of
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
