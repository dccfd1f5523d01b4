"""Counts by group, and the first, the last, the most and the fewest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import AnswerTable, TableRow
from assistant.compose.lists import nothing, rule, rule_of, stated
from assistant.compose.phrases import about, asked, left_out, number_sentence, place, sources_line
from assistant.compose.rows import listed, resting
from assistant.compose.telling import Draft, Pen, Telling
from assistant.compose.wording import (
    MEASURES,
    british,
    capital,
    count,
    due_of,
    figure,
    joined,
    measured,
    month,
    plan_name,
    ref_of,
    safe,
    says,
    share,
)
from assistant.conditions import EVERYTHING, Field
from assistant.flags import FlagCode
from assistant.query import NOT_RECORDED, Found, Group, conditions_of, without
from assistant.query_plan import Lateness, Measure, QueryPlan
from assistant.query_plan_words import GROUP_WORDS, STATUS_WORDS, filter_words
from assistant.records import Action, Status

_DATES = (Field.DUE, Field.START, Field.COMPLETED_ON)


def compose_group(telling: Telling, pen: Pen) -> Draft:
    """The rows in each group, with the total, out of how many where a filter chose them, and what else was asked."""
    groups = telling.found.groups
    if not groups or not telling.found.subject:
        return nothing(telling, pen)
    plan, keys = telling.plan, _keys(telling.plan)
    beside = [f"{len(found.rows)} of them {words}" for words, found in _sides(telling)]
    first = ", ".join([number_sentence(telling).removesuffix("."), *beside])
    late = plan.lateness or Measure.OVERDUE in plan.measures
    lines = [f"{first}. By {joined(keys)}:", *(rule_of(telling) if late else []), ""]
    several = len({group.document for group in groups}) > 1
    document = None
    for group in groups:
        if several and group.document and group.document != document:
            document = group.document
            lines += ["", f"**{plan_name(telling.source(document))}**", ""]
        lines.append(f"- {', '.join(_values(group, telling))}: {_numbers(group, telling)}")
    lines += [*stated(telling, pen), "", sources_line(telling, telling.found.subject)]
    return _with_groups(telling, pen, lines, groups)


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
    word = _EXTREMES.get((field, last), "last" if last else "first")
    return resting(telling, pen, [f"The {word}{asked(telling)} is {told}: {named}.", *listed(rows, telling, pen)], rows)


_EXTREMES = {
    (Field.DUE, True): "latest due date",
    (Field.DUE, False): "earliest due date",
    (Field.START, True): "latest start",
    (Field.START, False): "earliest start",
    (Field.COMPLETED_ON, True): "latest completion date",
    (Field.COMPLETED_ON, False): "earliest completion date",
    (Field.DAYS_LATE, True): "longest overdue",
    (Field.DAYS_LATE, False): "least overdue",
}


def _extreme_group(telling: Telling, pen: Pen, groups: Sequence[Group]) -> Draft:
    rows = list(dict.fromkeys(row for group in groups for row in group.rows))
    lines = [_extreme_lead(telling, groups), *rule(telling)]
    if 0 < len(rows) <= _NAMED:
        return resting(telling, pen, [*lines, *listed(rows, telling, pen)], rows)
    lines += ["", sources_line(telling, telling.found.subject)]
    return replace(_with_groups(telling, pen, lines, groups), total=len(rows))


_NAMED, _NAMED_ALONE = 12, 8


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
