"""How are we doing: a short state of progress, by what the plans say and by the calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.compose.draft import Draft, Pen
from assistant.compose.lists import nothing, with_rows
from assistant.compose.phrases import asked
from assistant.compose.rows import listed
from assistant.compose.telling import Telling
from assistant.compose.wording import STATUS_COUNTED, british, capital, count, figure, joined, plan_name, share
from assistant.records import Action, Rag, Status

_LISTED = 12
_SOON_DAYS = 92


def compose_progress(telling: Telling, pen: Pen) -> Draft:
    """How many rows are complete by the plan's own words, how many are overdue, due soon or undated."""
    rows = telling.found.rows
    if not rows:
        return nothing(telling, pen)
    lines = [_lead(rows, telling), "", *_by_plan(rows, telling), *_by_date(rows, telling)]
    if len(rows) <= _LISTED:
        lines += listed(rows, telling, pen)
    lines += ["", _results(rows)]
    return with_rows(telling, pen, lines, rows)


def _lead(rows: Sequence[Action], telling: Telling) -> str:
    what = asked(telling)
    done = sum(1 for row in rows if row.status is Status.COMPLETE)
    if all(row.status is Status.NOT_RECORDED for row in rows):
        states = "; none has a status recorded in words, so progress cannot be told from the plan"
        colours = "" if any(row.rag for row in rows) else states
        return f"There {'is' if len(rows) == 1 else 'are'} {count(len(rows), 'action')}{what}{colours}."
    whole = (
        f"{capital(figure(done))} of the {figure(len(rows))} actions{what}"
        if len(rows) > 1
        else f"The one action{what}"
    )
    verb = "is" if done == 1 or len(rows) == 1 else "are"
    verb = f"{verb} not" if len(rows) == 1 and not done else verb
    return f"{whole} {verb} marked complete{f' ({share(done, len(rows))})' if len(rows) > 1 else ''}."


def _by_plan(rows: Sequence[Action], telling: Telling) -> list[str]:
    lines = []
    for source in telling.sources_of(rows):
        own = [row for row in rows if row.document == source.document]
        states = Counter(row.status for row in own)
        parts = [f"{number} {STATUS_COUNTED[status]}" for status, number in states.most_common()]
        colours = Counter(row.rag for row in own if row.rag)
        rated = joined([f"{colours[rag]} {rag.value}" for rag in Rag if colours[rag]])
        by_colour = f"; by its own colours {rated}" if rated else ""
        lines.append(f"- {plan_name(source)}: {count(len(own), 'action')} – {joined(parts)}{by_colour}.")
    return lines


def _by_date(rows: Sequence[Action], telling: Telling) -> list[str]:
    day = telling.plan.as_of
    open_rows = [row for row in rows if row.open]
    late = [row for row in open_rows if row.due and row.due < day]
    soon = [row for row in open_rows if row.due and 0 <= (row.due - day).days <= _SOON_DAYS]
    bare = [row for row in open_rows if row.due is None]
    parts = [f"{len(late)} overdue (due before that day and not marked complete)"]
    parts += [f"{len(soon)} due in the next three months"] if soon else []
    parts += [f"{len(bare)} without a due date"] if bare else []
    given = "" if telling.plan.as_of_given else " (today)"
    return [f"- By the calendar, at {british(day)}{given}: {joined(parts)}."]


def _results(rows: Sequence[Action]) -> str:
    measured = sum(1 for row in rows if row.success_measure)
    if not measured:
        return "This is what the plan says of its own actions; it is no measure of what changed for children."
    return (
        f"This is what the plan says of its own actions. {capital(count(measured, 'row'))} "
        f"{'names a measure' if measured == 1 else 'name measures'}: those are targets, not results."
    )
