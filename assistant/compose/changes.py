"""What differs between two versions of a plan: dates moved, states changed, actions added and gone."""

from __future__ import annotations

from assistant.answer import AnswerTable, TableRow
from assistant.compose.caveats import caveats
from assistant.compose.draft import Draft, Pen
from assistant.compose.telling import Telling
from assistant.compose.wording import capital, count, due_of, figure, plan_name, ref_of, safe, says, short, state_of
from assistant.conditions import Field
from assistant.flags import FlagCode
from assistant.outcome import AnswerStatus
from assistant.query_plan import Intent, QueryPlan, Wanted
from assistant.records import Action, Source
from assistant.versions import Change, changes, versions_among


def asks_for_changes(plan: QueryPlan) -> bool:
    """Whether the question is about what has changed or slipped since an earlier version."""
    return plan.wanted is Wanted.CHANGE or (plan.intent is Intent.QUALITY and FlagCode.DUE_REVISED.value in plan.terms)


def compose_changes(telling: Telling, pen: Pen) -> Draft | None:
    """The changes between the two latest versions among the plans asked about; None where there are no two."""
    versions = versions_among([source for source in telling.searched if _rows(source, telling)])
    if len(versions) < 2:
        return None
    old, new = versions[-2:]
    kept = {row.id for row in telling.found.subject}
    found = changes(_rows(old, telling), _rows(new, telling))
    found = [one for one in found if not telling.plan.themes or {one.old and one.old.id, one.new and one.new.id} & kept]
    moved = [one for one in found if one.due_moved]
    dates_only = telling.plan.intent is Intent.QUALITY or telling.plan.asked_of is Field.DUE
    turned = [] if dates_only else [one for one in found if one.state_changed and not one.due_moved]
    added = [] if dates_only else [one for one in found if one.old is None]
    gone = [] if dates_only else [one for one in found if one.new is None]
    lines = [_lead(moved, turned, added, gone, dates_only), "", f"From {plan_name(old)} to {plan_name(new)}:"]
    for head, group in (("Dates moved", moved), ("State changed", turned), ("New", added), ("No longer there", gone)):
        lines += ["", f"**{head}**", "", *(_line(one, pen) for one in group)] if group else []
    rows = [row for one in (*moved, *turned, *added, *gone) if (row := one.new or one.old)]
    table, tokens = _table([*moved, *turned, *added, *gone], pen)
    notes = caveats(telling, rows, [old, new])
    return Draft(AnswerStatus.ANSWERED, "\n".join(lines), pen.places, len(rows), table, tokens, caveats=notes)


def _rows(source: Source, telling: Telling) -> list[Action]:
    return list(telling.view.of(source.document))


def _lead(moved: list[Change], turned: list[Change], added: list[Change], gone: list[Change], dates_only: bool) -> str:
    first = f"{capital(figure(len(moved)))} due {'date' if len(moved) == 1 else 'dates'} moved between the two versions"
    if dates_only:
        return f"{first}."
    more = f"{figure(len(turned))} with another state, {figure(len(added))} new, {figure(len(gone))} no longer there"
    return f"{first}; besides: {more}."


def _line(one: Change, pen: Pen) -> str:
    row = one.new or one.old
    if row is None:
        return ""
    ref = ref_of(row)
    name = f"**{capital(ref)}** " if ref else ""
    facts = []
    if one.old and one.new:
        if one.due_moved:
            facts.append(f"due {due_of(one.old)} before, {due_of(one.new)} now{_by(one)}; {_reason(one.new)}")
        if one.state_changed:
            facts.append(f"{state_of(one.old, 120)} before, {state_of(one.new, 120)} now")
    else:
        facts.append(f"due {due_of(row)}; {state_of(row, 120)}")
    before = pen.action(one.old) if one.old and one.new else ""
    return f"- {name}{says(row, 160)} – {'; '.join(facts)} {pen.action(row)}{before}"


def _by(one: Change) -> str:
    if not (one.old and one.new and one.old.due and one.new.due):
        return ""
    days = (one.new.due - one.old.due).days
    return f" ({abs(days)} days {'later' if days > 0 else 'earlier'})"


def _reason(row: Action) -> str:
    said = row.progress or row.status_text
    return f"the plan notes: “{short(safe(said), 160)}”" if said else "no reason given"


def _table(found: list[Change], pen: Pen) -> tuple[AnswerTable, tuple[str | None, ...]]:
    lines, tokens = [], []
    for one in found:
        row = one.new or one.old
        if row is None:
            continue
        cells = (
            row.ref or "",
            says(row),
            due_of(one.old) if one.old else "not there",
            due_of(one.new) if one.new else "not there",
            state_of(one.old) if one.old else "not there",
            state_of(one.new) if one.new else "not there",
        )
        lines.append(TableRow(cells, tuple(part.id for part in (one.old, one.new) if part)))
        tokens.append(pen.action(row)[1:-1])
    columns = ("Ref", "Action", "Due before", "Due now", "State before", "State now")
    return AnswerTable(capital(count(len(lines), "change")), columns, tuple(lines)), tuple(tokens)
