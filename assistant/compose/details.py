"""One or a few rows: what they say in full, who owns them, where they stand, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.compose.draft import Draft, Pen
from assistant.compose.full import due_in_full, in_full, name_of
from assistant.compose.lists import compose_list, nothing, rule_of, with_rows
from assistant.compose.phrases import about, sources_line, subject_in
from assistant.compose.quotes import quoted
from assistant.compose.telling import Telling
from assistant.compose.wording import (
    british,
    capital,
    count,
    due_phrase,
    figure,
    joined,
    late_words,
    month,
    owner_of,
    ref_of,
    safe,
    says,
    state_of,
)
from assistant.conditions import Field
from assistant.outcome import AnswerStatus
from assistant.records import Action, Status

FEW = 8
"""So many rows are told one by one; more are listed."""


def compose_lookup(telling: Telling, pen: Pen) -> Draft:
    """What the rows say, in full, each value under its name."""
    rows = telling.found.rows
    if not rows:
        return nothing(telling, pen)
    if len(rows) > FEW:
        return compose_list(telling, pen)
    more = ["", "The words of the documents speak of it too:", *quoted(telling, pen)] if telling.evidence else []
    return with_rows(telling, pen, [*in_full(rows, telling, pen), *more], rows)


def compose_owner(telling: Telling, pen: Pen) -> Draft:
    """Who owns the rows, as the plan names them; that nobody is named is said first."""
    rows = telling.found.rows
    if not rows:
        return nothing(telling, pen)
    owned = [row for row in rows if row.owner]
    lines = [_owner_lead(rows, owned), *_lateness(rows, telling)]
    if owned and len(rows) > 1:
        for owner in dict.fromkeys(row.owner for row in owned):
            own = [row for row in owned if row.owner == owner]
            lines += ["", f"**{safe(owner or '')}**", "", *(_owned_line(row, telling, pen) for row in own)]
        bare = [row for row in rows if not row.owner]
        lines += ["", "**No owner recorded**", "", *(_owned_line(row, telling, pen) for row in bare)] if bare else []
    else:
        lines += ["", *(_owned_line(row, telling, pen) for row in rows)]
    lines += _also_asked(rows, telling)
    lines += ["", sources_line(telling, rows)]
    return with_rows(telling, pen, lines, rows)


def _owner_lead(rows: Sequence[Action], owned: Sequence[Action]) -> str:
    if not owned:
        them = "this action" if len(rows) == 1 else f"any of these {figure(len(rows))} actions"
        return f"The plan names no owner for {them}: no lead is recorded."
    if len(rows) == 1:
        return f"{name_of(rows[0])} is owned by {owner_of(rows[0])}, as the plan writes it."
    names = list(dict.fromkeys(safe(row.owner or "") for row in owned))
    bare = len(rows) - len(owned)
    rest = f"; {figure(bare)} {'has' if bare == 1 else 'have'} no owner recorded" if bare else ""
    return f"{capital(count(len(rows), 'action'))}, owned by {joined(names)}{rest}."


def _owned_line(row: Action, telling: Telling, pen: Pen) -> str:
    ref = ref_of(row)
    name = f"**{capital(ref)}** " if ref else ""
    facts = [due_phrase(row)]
    if len(telling.found.rows) > 1:
        facts += [late_words(row, telling.plan.as_of)] if Field.DUE in telling.plan.also_asked else []
        facts += [f"the plan says: {state_of(row)}"] if Field.STATUS in telling.plan.also_asked else []
    told = "; ".join(fact for fact in facts if fact)
    return f"- {name}{says(row, 110 if telling.member else 200)} – {told} {pen.action(row)}"


def _lateness(rows: Sequence[Action], telling: Telling) -> list[str]:
    """Where it was asked in the same breath whether the rows are late: how many are, and by what rule."""
    if not {Field.DUE, Field.STATUS} <= set(telling.plan.also_asked):
        return []
    late = [row for row in rows if late_words(row, telling.plan.as_of)]
    day = british(telling.plan.as_of)
    dated = [row for row in rows if row.due]
    if len(rows) == 1:
        late_or_not = f"It is {late_words(rows[0], telling.plan.as_of)}" if late else "It is not overdue"
        said = (
            f"{late_or_not} at {day}." if dated else f"Whether it is late at {day} cannot be told: it has no due date."
        )
    else:
        said = f"{capital(figure(len(late)))} of them {'is' if len(late) == 1 else 'are'} overdue at {day}."
        bare = [row for row in rows if not row.due and row.open]
        said += f" {capital(count(len(bare), 'more'))} without a due date cannot be judged." if bare else ""
    return [said, *rule_of(telling)]


def _also_asked(rows: Sequence[Action], telling: Telling) -> list[str]:
    """Further fields asked about in the same breath, for the one row that was asked about."""
    if len(rows) != 1:
        return []
    asked = set(telling.plan.also_asked)
    row = rows[0]
    lines = [f"It is {due_phrase(row)}."] if Field.DUE in asked and (row.due or row.due_text) else []
    if Field.STATUS in asked:
        lines.append(f"The plan says: {state_of(row)}.")
    if Field.OWNER in asked and telling.plan.asked_of is not Field.OWNER:
        lines.append(f"Owner: {owner_of(row)}.")
    return ["", *lines] if lines else []


def compose_status(telling: Telling, pen: Pen) -> Draft:
    """Where the rows stand by the plan's own words and colour; what a colour does not say is not read into it."""
    rows = telling.found.rows
    if not rows:
        return nothing(telling, pen)
    if len(rows) > FEW:
        return compose_list(telling, pen)
    lines = [_status_lead(rows, telling), ""]
    for row in rows:
        timing = _timing(row, telling)
        ref = ref_of(row)
        name = f"**{capital(ref)}** " if ref else ""
        lines.append(
            f"- {name}{says(row, 200)} – the plan says: {state_of(row)}; {due_phrase(row)}{timing}; "
            f"owner: {owner_of(row)} {pen.action(row)}"
        )
        lines += _reported(row)
    lines += ["", sources_line(telling, rows)]
    return with_rows(telling, pen, lines, rows)


def _timing(row: Action, telling: Telling) -> str:
    """How late the row is at the day asked about; without one, only that its date has passed."""
    late = late_words(row, telling.plan.as_of)
    if not late:
        return ""
    return f"; {late} at {british(telling.plan.as_of)}" if telling.plan.as_of_given else "; that date has passed"


def _status_lead(rows: Sequence[Action], telling: Telling) -> str:
    if len(rows) > 1:
        done = [row for row in rows if row.status is Status.COMPLETE]
        number = "none is" if not done else f"{figure(len(done))} {'is' if len(done) == 1 else 'are'}"
        return f"Of {count(len(rows), 'action')}{subject_in(telling)}, {number} marked complete."
    row = rows[0]
    if row.status is Status.COMPLETE:
        return f"Yes: the plan marks it complete ({state_of(row)})."
    if row.status_text:
        return f"The plan does not mark it complete. It records: {state_of(row)}."
    if row.rag:
        return f"The plan rates it {state_of(row)}. It does not say in words that it is complete."
    return "The plan does not say: no status is recorded, so it cannot be told whether it is done."


def _reported(row: Action) -> list[str]:
    if row.progress and row.progress != row.status_text:
        return [f"  - Progress noted: “{safe(row.progress)}”"]
    return []


def compose_date(telling: Telling, pen: Pen) -> Draft:
    """By when, as the plan writes it and in plain words; a range from its start to its end."""
    rows = telling.found.rows
    if not rows:
        return nothing(telling, pen)
    if len(rows) > FEW:
        return compose_list(telling, pen)
    several = f"{capital(count(len(rows), 'action'))}{about(telling.plan)}:"
    lines = [_date_lead(rows[0], telling.plan.asked_of) if len(rows) == 1 else several]
    lines.append("")
    for row in rows:
        ref = ref_of(row)
        name = f"**{capital(ref)}** " if ref else ""
        facts = [due_phrase(row), f"starts {safe(row.start_text)}" if row.start_text else "", state_of(row)]
        lines.append(f"- {name}{says(row, 200)} – {'; '.join(fact for fact in facts if fact)} {pen.action(row)}")
    lines += [*_also_asked(rows, telling), "", sources_line(telling, rows)]
    draft = with_rows(telling, pen, lines, rows)
    return draft if any(row.due or row.due_text or row.completed_on for row in rows) else _undated(draft)


def _date_lead(row: Action, asked: Field | None) -> str:
    name = name_of(row)
    if asked is Field.START:
        starts = safe(row.start_text or (british(row.start) if row.start else ""))
        plain = f" ({british(row.start)})" if row.start and starts != british(row.start) else ""
        begins = f"is to start {starts}{plain}" if starts else "has no start date recorded"
        return f"{name} {begins}, and is {due_phrase(row)}."
    if row.start and row.due and row.start != row.due and row.start_text in (None, "", row.due_text):
        span = f"{month(row.start)} to {month(row.due)}"
        return f"{name} is meant to run from {span} (written “{safe(row.due_text or '')}”)."
    if row.completed_on and row.status is Status.COMPLETE:
        return f"{name} is marked complete, in {month(row.completed_on)}; the date first planned is not in the plan."
    if row.due:
        return f"{name} is due {due_in_full(row)}."
    if row.due_text:
        return f"{name} has no date that can be worked with: the plan writes “{safe(row.due_text)}”."
    return f"{name} has no date recorded in the plan."


def _undated(draft: Draft) -> Draft:
    return replace(draft, status=AnswerStatus.PARTLY_ANSWERED)
