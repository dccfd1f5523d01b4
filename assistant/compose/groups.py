"""Rows in groups: counts by group, the first and the last, the most and the fewest, and sides beside each other."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import AnswerTable, TableRow
from assistant.compose.fields import field_sentence
from assistant.compose.lists import colours_lost, divided, nothing, rule, stated
from assistant.compose.numbers import count, figure, share, verb_of
from assistant.compose.phrases import about, asked, conditions, left_out, number_sentence, place, sources_line, whole_of
from assistant.compose.pieces import MEASURES, bold_ref, due_of, measured, owner_of, ref_of, says, state_of
from assistant.compose.rows import listed, resting
from assistant.compose.telling import Draft, Pen, Telling
from assistant.compose.whether import NO, UNSAID, YES
from assistant.compose.wording import british, capital, joined, month, plan_name, safe
from assistant.conditions import EVERYTHING, Every, Field, conditions_of, parts_of
from assistant.flags import FlagCode
from assistant.lexicon import phrases
from assistant.outcome import AnswerStatus
from assistant.query import NOT_RECORDED, Found, Group, without
from assistant.query_plan import Bound, Lateness, Measure, QueryPlan, Relation
from assistant.query_plan_words import GROUP_WORDS, STATUS_WORDS, bound_words, filter_words
from assistant.records import Action, Status
from assistant.told import several, told_of

_DATES = (Field.DUE, Field.START, Field.COMPLETED_ON)
_EXTREMES = {field: several(words) for field, words in told_of("extreme", Field).items()}
"""What the least and the greatest value of a field is called."""
_NAMED, _NAMED_ALONE = 12, 8
_LISTED_SIDES = 12
_FIELDS = {"owner": owner_of, "due date": due_of, "what the plan says of its state": state_of}


def compose_group(telling: Telling, pen: Pen) -> Draft:
    """The rows in each group, with the total, out of how many where a filter chose them, and what else was asked."""
    groups, plan, keys = telling.found.groups, telling.plan, _keys(telling.plan)
    if not telling.found.subject or not (groups or plan.bound):
        return nothing(telling, pen)
    beside = [f"{len(found.rows)} of them {words}" for words, found in _sides(telling)]
    first = ", ".join([number_sentence(telling).removesuffix("."), *beside])
    first = _bounded(telling, plan.bound) if plan.bound else f"{_how_many(telling)}{first}. By {joined(keys)}:"
    lines = [first, *rule(telling, Measure.OVERDUE in plan.measures), ""]
    several = len({group.document for group in groups}) > 1
    document = None
    for group in groups:
        if several and group.document and group.document != document:
            document = group.document
            lines += ["", f"**{plan_name(telling.source(document))}**", ""]
        lines.append(f"- {', '.join(_values(group, telling))}: {_numbers(group, telling)}")
    lines += [*(() if plan.bound else stated(telling, pen)), "", sources_line(telling, telling.found.subject)]
    return _with_groups(telling, pen, lines, groups)


def _how_many(telling: Telling) -> str:
    """How many groups there are, where that is what was asked: "how many recommendations has the plan"."""
    asked = _HOW_MANY.search(telling.question.lower())
    kinds = {one for kind in ("recommendation", "priority", "section", "owner") for one in phrases("group", kind)}
    if not asked or not kinds & {asked[1].removesuffix("s"), f"{asked[1].removesuffix('ies')}y"}:
        return ""
    named = [group for group in telling.found.groups if group.label != NOT_RECORDED]
    return f"There are {figure(len(named))} {asked[1]}. " if len(named) > 1 else f"There is one of the {asked[1]}. "


_HOW_MANY = re.compile(r"\b(?:how many|number of)\s+(?:different\s+)?(\w+s)\b")


def _bounded(telling: Telling, bound: Bound) -> str:
    """How many groups there are of which so many rows are as asked."""
    plan, groups, (key, *_) = telling.plan, telling.found.groups, _keys(telling.plan)
    amount = bound_words(bound).replace("the whole", "their actions") + " actions" * (not bound.parts)
    amount = {"all actions": "every action", "none actions": "no actions"}.get(amount, amount)
    late = f" overdue at {british(plan.as_of)}" if plan.lateness is Lateness.OVERDUE else ""
    what = f"{amount}{about(plan)}{left_out(plan)}{conditions(plan)}{late}{place(telling)}"
    several = " ".join([f"{key.split()[0]}s", *key.split()[1:]])
    has = f"{figure(len(groups))} {f'{several} have' if len(groups) > 1 else f'{key} has'}"
    return f"{capital(has)} {what}{':' if groups else '.'}"


def compose_extreme(telling: Telling, pen: Pen) -> Draft:
    """The group with the most or the fewest rows, or the row that comes first or last."""
    groups, rows = telling.found.groups, telling.found.rows
    if telling.plan.group_by and groups:
        return _extreme_group(telling, pen, groups)
    if not rows:
        return nothing(telling, pen)
    field, last, row = telling.plan.order or Field.DUE, telling.plan.descending, rows[-1]
    value = getattr(row, field.value) if field is not Field.DAYS_LATE else row.days_late(telling.plan.as_of)
    told = british(value) if isinstance(value, date) else safe(str(value or "not recorded"))
    told = due_of(row) if field is Field.DUE else count(value, "day") if field is Field.DAYS_LATE else told
    names = [ref_of(one) or f"“{says(one, 90)}”" for one in rows]
    named = joined(names) if len(names) <= _NAMED_ALONE else count(len(names), "action")
    word = _EXTREMES.get(field, ["first", "last"])[last]
    return resting(telling, pen, [f"The {word}{asked(telling)} is {told}: {named}.", *listed(rows, telling, pen)], rows)


def _extreme_group(telling: Telling, pen: Pen, groups: Sequence[Group]) -> Draft:
    rows = list(dict.fromkeys(row for group in groups for row in group.rows))
    lines = [_extreme_lead(telling, groups), *rule(telling)]
    if 0 < len(rows) <= _NAMED:
        return resting(telling, pen, [*lines, *listed(rows, telling, pen)], rows)
    lines += ["", sources_line(telling, telling.found.subject)]
    return replace(_with_groups(telling, pen, lines, groups), total=len(rows))


def _extreme_lead(telling: Telling, groups: Sequence[Group]) -> str:
    """ "R5 (0 of 5) has none complete. In all, 21 of 60 are.", or "R3 has the most actions: 14 of the 60."."""
    plan, total, matched = telling.plan, len(telling.found.subject), len(telling.found.rows)
    best, has = groups[0], "has" if len(groups) == 1 else "have"
    names = []  # the reference that the rows of a group stand under, where they share one; else its whole name
    for group in groups:
        refs = {_above(row) for row in group.of}
        names.append((refs.pop() if len(refs) == 1 else None) or ", ".join(_values(group, telling)))
    late = f"overdue at {british(plan.as_of)}" if plan.lateness is Lateness.OVERDUE else ""
    state = late or ("" if plan.where == EVERYTHING else filter_words(plan.where))
    where = f"{about(plan)}{left_out(plan)}{place(telling)}"
    most = "most" if plan.descending else "fewest"
    if state and total != matched:
        pairs = zip(names, groups, strict=True)
        told = joined([f"{name} ({len(group.rows)} of {len(group.of)})" for name, group in pairs])
        first = f"{capital(told)} {has} {f'the {most}' if best.rows else 'no'} actions{about(plan)} {state}."
        return f"{first} In all, {figure(matched)} of the {total:,}{place(telling)} {'is' if matched == 1 else 'are'}."
    each = " each" if len(groups) > 1 else ""
    what = f"actions{f' {state}' if state else ''}{where}"
    return f"{capital(joined(names))} {has} the {most} {what}: {len(best.rows)} of the {matched:,}{each}."


def _keys(plan: QueryPlan) -> list[str]:
    """What rows are grouped by, in words."""
    return [GROUP_WORDS.get(one, one.value) for one in (plan.group_by or Field.SECTION, plan.then_by) if one]


def _values(group: Group, telling: Telling) -> list[str]:
    """What a group is of, in words: one value or two."""
    plan = telling.plan
    first = _value(group, plan.group_by, group.label, telling)
    return [first, _value(group, plan.then_by, group.then, telling)] if group.then is not None else [first]


def _value(group: Group, field: Field | None, value: str, telling: Telling) -> str:
    if value == NOT_RECORDED:
        return f"no {GROUP_WORDS.get(field, 'value') if field else 'value'} recorded"
    if field in _DATES:
        year, number = value.split("-")
        return month(date(int(year), int(number), 1))
    match field:
        case Field.STATUS:
            return STATUS_WORDS[Status(value)]
        case Field.DOCUMENT:
            return capital(telling.name(value).removeprefix("the "))
        case Field.RAG:
            meaning = next((row.rag_meaning for row in group.of if row.rag_meaning), None)
            return f"{value} ({safe(meaning)})" if meaning else value
        case Field.FLAG:
            return FlagCode(value).meaning.rstrip(".") if value in set(FlagCode) else value
        case Field.RECOMMENDATION:
            refs = {ref for row in group.of if (ref := _above(row))}
            return f"{refs.pop()} {safe(value)}" if len(refs) == 1 else safe(value)
        case _:
            return safe(value)


def _above(row: Action) -> str | None:
    """The part of a reference that names what the row stands under: R2 of R2.4."""
    head, dot, _ = (row.ref or "").rpartition(".")
    return safe(head) if dot and head and not head.isdigit() else None


def _numbers(group: Group, telling: Telling) -> str:
    plan = telling.plan
    if plan.measures:
        return measured(group.rows, plan.measures, plan.as_of)
    if plan.sides:
        own = {row.id for row in group.rows}
        counts = [(sum(row.id in own for row in found.rows), words) for words, found in _sides(telling)]
        return "; ".join(f"{number} of {len(own)} {words}" for number, words in counts)
    if plan.where != EVERYTHING or plan.lateness is not None:
        tests = [one for one in conditions_of(plan.where) if one.field is Field.RAG and len(one.values) > 1]
        coloured = ", ".join(f"{sum(row.rag == v for row in group.rows)} {v}" for one in tests for v in one.values)
        return f"{len(group.rows)} of {len(group.of)}{f' ({coloured})' if coloured else ''}"
    done = sum(1 for row in group.rows if row.status is Status.COMPLETE)
    known = any(row.status is not Status.NOT_RECORDED for row in telling.found.subject)
    share_words = f" ({share(len(group.rows), len(telling.found.rows))})" if len(telling.found.groups) <= 8 else ""
    if Field.STATUS in (plan.group_by, plan.then_by) or not known:
        return f"{len(group.rows)}{share_words}"
    return f"{len(group.rows)}{share_words}, {figure(done) if done else 'none'} of them complete"


def _sides(telling: Telling) -> list[tuple[str, Found]]:
    return [
        (filter_words(without(plan.where, telling.plan.where)), found)
        for plan, found in zip(telling.plan.sides, telling.found.sides, strict=True)
    ]


def _with_groups(telling: Telling, pen: Pen, lines: Sequence[str], groups: Sequence[Group]) -> Draft:
    """A draft whose table has a line for each group, with the ids of the rows behind the number."""
    ids = {row.id for group in groups for row in group.rows}
    rows = [row for row in telling.found.rows if row.id in ids]
    plan, keys = telling.plan, _keys(telling.plan)
    measures = [MEASURES[measure] for measure in plan.measures]
    counts = ["Actions", "Out of"][: 1 + any(len(group.rows) != len(group.of) for group in groups)]
    entries = []
    for group in groups:
        cells = _values(group, telling)
        cells += [measure.value(group.rows, plan.as_of) for measure in measures]
        cells += [] if measures else [str(len(group.rows)), str(len(group.of))][: len(counts)]
        entries.append(TableRow(tuple(cells), tuple(row.id for row in group.rows)))
    columns = [*map(capital, keys), *([measure.column for measure in measures] or counts)]
    caption = f"{capital(count(len(rows), 'action'))} by {joined(keys)}"
    table = AnswerTable(caption, tuple(columns), tuple(entries))
    return resting(telling, pen, lines, rows, table, of=telling.found.subject)


# ---------------------------------------------------------------- sides beside each other


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
    names = _apart(sides)
    verdicts = [_weighed(telling, own, names) for own in groups]
    verdict = verdicts[0] if len(set(verdicts)) == 1 else "That differs from plan to plan."
    told = [[_sentence(side) for side in own] for own in groups]
    lines = [" ".join([verdict, *told[0]])] if plan.bound and not groups[1:] else [verdict, ""]
    lines += [f"- {' '.join(own)}" for own in told] if groups[1:] else []
    for side, figures in zip(sides, told[0], strict=True) if not plan.bound else ():
        whole = replace(side, plan=replace(side.plan, where=Every()))
        lines += [f"- {figures}", *(f"  {line}" for line in divided(whole_of(side), whole))]
    mixed = len({row.document for row in rows if row.rag}) > 1 and (groups[1:] or not plan.bound)
    lines += ["", "Each plan gives its colours its own meaning, so they are not compared."] if mixed else []
    lines += rule(telling, plan.order is Field.DAYS_LATE or any(side.plan.lateness for side in sides))
    lines += listed(rows, telling, pen) if 0 < len(rows) <= _LISTED_SIDES else ["", sources_line(telling, rows)]
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


def _outermost(side: Telling) -> Action | None:
    """The row of a side that is weighed by a date: the earliest or the latest."""
    valued = [row for row in side.found.rows if _measure(row, side)]
    ends = max if side.plan.bound and side.plan.bound.relation is Relation.MORE else min
    return ends(valued, key=lambda row: (_measure(row, side), row.id), default=None)


def _measure(row: Action, side: Telling) -> int:
    field = side.plan.order or Field.DUE
    value = row.days_late(side.plan.as_of) if field is Field.DAYS_LATE else getattr(row, field.value)
    return value.toordinal() if isinstance(value, date) else value or 0


def _figure(side: Telling) -> int | None:
    """What a side is weighed by; None where it cannot be told."""
    if side.plan.order:
        return _measure(row, side) if (row := _outermost(side)) else None
    lacking = side.plan.themes and not side.found.subject
    return None if lacking or (not side.found.rows and colours_lost(side)) else len(side.found.rows)


def _weighed(telling: Telling, sides: Sequence[Telling], names: Sequence[str]) -> str:
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
    row = _outermost(sides[winner])
    name = capital((ref_of(row) if row else None) or f"an action {names[winner]}")
    return f"{name} {'is later' if more else 'comes first'}."


def _apart(sides: Sequence[Telling]) -> list[str]:
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


def _sentence(side: Telling) -> str:
    """A side's figure as a sentence."""
    if not side.plan.order:
        lost = "" if side.found.rows else colours_lost(side)
        return f"I cannot tell which actions{asked(side)}: {lost}" if lost else number_sentence(side)
    rows = side.found.rows
    row = _outermost(side) or (rows[0] if len(rows) == 1 else None)
    if row is None:
        return f"No action{asked(side)} has such a date." if rows else f"I found no action{asked(side)}."
    return field_sentence(capital(ref_of(row) or "the action"), row, side.plan.order, side)
