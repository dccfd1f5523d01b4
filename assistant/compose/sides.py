"""Two or more things beside each other: whether they agree, how each stands, which has more or comes first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import AnswerTable, TableRow
from assistant.compose.fields import field_sentence
from assistant.compose.lists import colours_lost, divided, nothing, rule_of
from assistant.compose.phrases import asked, number_sentence, sources_line, whole_of
from assistant.compose.rows import listed, resting
from assistant.compose.telling import Draft, Pen, Telling
from assistant.compose.whether import NO, UNSAID, YES
from assistant.compose.wording import bold_ref, capital, due_of, joined, owner_of, ref_of, says, state_of, verb_of
from assistant.conditions import Every, Field, parts_of
from assistant.outcome import AnswerStatus
from assistant.query import conditions_of
from assistant.query_plan import Relation
from assistant.records import Action

_LISTED = 12
_FIELDS = {"owner": owner_of, "due date": due_of, "what the plan says of its state": state_of}


def compose_compare(telling: Telling, pen: Pen) -> Draft:
    """Single rows value by value, else each side as it stands; with a verdict where it is asked which has more or comes
    first. Colours are weighed plan by plan, since each gives them its own meaning."""
    plan = telling.plan
    pairs = zip(plan.sides, telling.found.sides, strict=True)
    sides = [replace(telling, plan=own, found=found) for own, found in pairs]
    rows = list(dict.fromkeys(row for side in sides for row in side.found.rows)) if sides else telling.found.rows
    if not plan.bound and (not sides or not rows or all(len(side.found.rows) == 1 for side in sides)):
        return _agreement(telling, pen, rows)
    sources, groups = telling.sources_of(rows), [sides]
    coloured = any(test.field is Field.RAG for one in sides for test in conditions_of(one.plan.where))
    if plan.bound and coloured and len(sources) > 1:
        groups = [[_within(side, source.document) for side in sides] for source in sources]
    names = _words(sides)
    verdicts = [_verdict(telling, own, names) for own in groups]
    verdict = verdicts[0] if len(set(verdicts)) == 1 else "That differs from plan to plan."
    late = plan.order is Field.DAYS_LATE or any(side.plan.lateness for side in sides)
    told = [[_told(side) for side in own] for own in groups]
    lines = [" ".join([verdict, *told[0]])] if plan.bound and not groups[1:] else [verdict, ""]
    lines += [f"- {' '.join(own)}" for own in told] if groups[1:] else []
    for side, figures in zip(sides, told[0], strict=True) if not plan.bound else ():
        whole = replace(side, plan=replace(side.plan, where=Every()))
        lines += [f"- {figures}", *(f"  {line}" for line in divided(whole_of(side), whole))]
    mixed = len({row.document for row in rows if row.rag}) > 1 and (groups[1:] or not plan.bound)
    lines += ["", "Each plan gives its colours its own meaning, so they are not compared."] if mixed else []
    lines += rule_of(telling) if late else []
    lines += listed(rows, telling, pen) if 0 < len(rows) <= _LISTED else ["", sources_line(telling, rows)]
    told_of = zip(map(capital, names), sides, strict=True)
    cells = [
        TableRow((name, f"{len(one.found.rows)}"), tuple(row.id for row in one.found.rows)) for name, one in told_of
    ]
    draft = resting(telling, pen, lines, rows, AnswerTable("Comparison", ("Side", "Actions"), tuple(cells)))
    return replace(draft, status=AnswerStatus.CANNOT_ANSWER) if verdict == UNSAID else draft


def _agreement(telling: Telling, pen: Pen, rows: Sequence[Action]) -> Draft:
    """Rows value by value, with a sentence that says whether they agree."""
    if not rows:
        return nothing(telling, pen)
    differ = [name for name, value in _FIELDS.items() if len({value(row).casefold() for row in rows}) > 1]
    alike = joined([name for name in _FIELDS if name not in differ])
    which = "the two entries" if len(rows) == 2 else f"the {len(rows)} entries"
    agree = f" They agree on {alike}." if alike else ""
    verdict = f"No: {which} do not agree. They differ in {joined(differ)}.{agree}"
    verdict = verdict if differ else f"Yes: {which} agree on {alike}."
    lines = [verdict if len(rows) > 1 else "I found one entry only, so there is nothing to compare it with.", ""]
    for row in rows:
        facts = f"owner: {owner_of(row)}; due {due_of(row)}; the plan says: {state_of(row)}"
        lines.append(f"- {bold_ref(row)}{says(row, 220)} – {facts} {pen.action(row)}")
    draft = resting(telling, pen, [*lines, "", sources_line(telling, rows)], rows)
    return replace(draft, status=AnswerStatus.CANNOT_ANSWER) if len(rows) == 1 else draft


def _within(side: Telling, document: str) -> Telling:
    """A side as far as one plan goes."""
    found = side.found
    rows, subject = (tuple(row for row in some if row.document == document) for some in (found.rows, found.subject))
    plan = replace(side.plan, documents=(document,))
    return replace(side, plan=plan, found=replace(found, rows=rows, subject=subject))


def _first(side: Telling) -> Action | None:
    """The row of a side that is weighed by a date: the earliest or the latest."""
    valued = [row for row in side.found.rows if _value(row, side)]
    ends = max if side.plan.bound and side.plan.bound.relation is Relation.MORE else min
    return ends(valued, key=lambda row: (_value(row, side), row.id), default=None)


def _value(row: Action, side: Telling) -> int:
    field = side.plan.order or Field.DUE
    value = row.days_late(side.plan.as_of) if field is Field.DAYS_LATE else getattr(row, field.value)
    return value.toordinal() if isinstance(value, date) else value or 0


def _figure(side: Telling) -> int | None:
    """What a side is weighed by; None where it cannot be told."""
    if side.plan.order:
        return _value(row, side) if (row := _first(side)) else None
    lacking = side.plan.themes and not side.found.subject
    return None if lacking or (not side.found.rows and colours_lost(side)) else len(side.found.rows)


def _verdict(telling: Telling, sides: Sequence[Telling], names: Sequence[str]) -> str:
    plan = telling.plan
    if not plan.bound:
        return f"Side by side, {joined(names)}:"
    one, other = map(_figure, sides)
    if one is None or other is None:
        return UNSAID
    if plan.polar:
        return YES if replace(plan.bound, number=other).holds(one, 0) else NO
    if one == other:
        return "Both are the same."
    more = plan.bound.relation is not Relation.FEWER
    winner = (one > other) is not more
    if not plan.order:
        return f"{'More' if more else 'Fewer'} {verb_of(names[winner])}, by {abs(one - other):,}."
    row = _first(sides[winner])
    name = capital((ref_of(row) if row else None) or f"an action {names[winner]}")
    return f"{name} {'is later' if more else 'comes first'}."


def _words(sides: Sequence[Telling]) -> list[str]:
    """Each side by what tells it from the others: "on neglect", "in Fenbridge 2026"."""
    told = []
    same = {name for name in ("documents", "themes", "lateness") if len({getattr(s.plan, name) for s in sides}) == 1}
    for side in sides:
        plan = side.plan
        shared = [part for part in parts_of(plan.where) if all(part in parts_of(one.plan.where) for one in sides)]
        where = Every(tuple(part for part in parts_of(plan.where) if part not in shared))
        documents, themes = (
            ("documents" not in same and plan.documents) or (),
            ("themes" not in same and plan.themes) or (),
        )
        late = "overdue" if plan.lateness and "lateness" not in same else ""
        own = replace(side, plan=replace(plan, documents=documents, themes=themes, where=where))
        told.append(f"{late}{asked(own)}".strip() or "all actions")
    return told


def _told(side: Telling) -> str:
    """A side's figure as a sentence."""
    if not side.plan.order:
        lost = "" if side.found.rows else colours_lost(side)
        return f"I cannot tell which actions{asked(side)}: {lost}" if lost else number_sentence(side)
    rows = side.found.rows
    row = _first(side) or (rows[0] if len(rows) == 1 else None)
    if row is None:
        return f"No action{asked(side)} has such a date." if rows else f"I found no action{asked(side)}."
    return field_sentence(capital(ref_of(row) or "the action"), row, side.plan.order, side)
