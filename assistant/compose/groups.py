"""Counts by group, and the first, the last, the most and the fewest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answer import AnswerTable, TableRow
from assistant.compose.caveats import caveats
from assistant.compose.draft import Draft, Pen
from assistant.compose.lists import nothing, rule, stated
from assistant.compose.phrases import about, asked, asked_for, conditions, left_out, place, sources_line
from assistant.compose.rows import LISTED_AT_MOST, listed, table_of
from assistant.compose.telling import Telling
from assistant.compose.wording import (
    STATUS_WORDS,
    british,
    capital,
    count,
    due_of,
    figure,
    joined,
    month,
    plan_name,
    ref_of,
    safe,
    says,
    share,
)
from assistant.conditions import EVERYTHING, Field
from assistant.flags import FlagCode
from assistant.grouping import NOT_RECORDED, Group
from assistant.outcome import AnswerStatus
from assistant.query import Found, conditions_of, without
from assistant.query_plan import Lateness
from assistant.query_plan_words import filter_words
from assistant.records import Action, Status

_NAMES = {
    Field.OWNER: "owner",
    Field.STATUS: "state",
    Field.RAG: "colour",
    Field.SECTION: "section",
    Field.RECOMMENDATION: "heading",
    Field.REF: "reference",
    Field.DUE: "month due",
    Field.START: "month of start",
    Field.COMPLETED_ON: "month of completion",
    Field.DOCUMENT: "plan",
    Field.AUTHORITY: "authority",
    Field.FLAG: "thing to check",
    Field.DUE_PRECISION: "precision of the date",
}
_DATES = (Field.DUE, Field.START, Field.COMPLETED_ON)


def compose_group(telling: Telling, pen: Pen) -> Draft:
    """The number of rows in each group, with the total and, where a filter chose them, out of how many."""
    groups = telling.found.groups
    if not groups or not telling.found.subject:
        return nothing(telling, pen)
    lines = [_group_lead(telling), *rule(telling), ""]
    document = None
    for group in groups:
        if group.document and group.document != document and len({g.document for g in groups}) > 1:
            document = group.document
            lines += ["", f"**{plan_name(telling.source(document))}**", ""]
        lines.append(f"- {_label(group, telling)}: {_numbers(group, telling) or _beside(group, telling)}")
    lines += [*stated(telling, pen), "", sources_line(telling, telling.found.subject)]
    return _with_groups(telling, pen, lines, groups)


def compose_extreme(telling: Telling, pen: Pen) -> Draft:
    """The group with the most or the fewest rows, or the row that comes first or last."""
    groups, rows = telling.found.groups, telling.found.rows
    if telling.plan.group_by and groups:
        return _extreme_group(telling, pen, groups)
    if not rows:
        return nothing(telling, pen)
    field = telling.plan.order or Field.DUE
    value = _ordered_value(rows[-1], field)
    what = asked(telling)
    word = _EXTREMES.get((field, telling.plan.descending), "first" if not telling.plan.descending else "last")
    head = f"The {word}{what} is {value}: {_names(rows)}."
    table, tokens = table_of(rows, telling, pen)
    text = "\n".join([capital(head), *listed(rows, telling, pen)])
    sources = telling.sources_of(rows)
    return Draft(
        AnswerStatus.ANSWERED, text, pen.places, len(rows), table, tokens, caveats=caveats(telling, rows, sources)
    )


_EXTREMES = {
    (Field.DUE, True): "latest due date",
    (Field.DUE, False): "earliest due date",
    (Field.START, True): "latest start",
    (Field.START, False): "earliest start",
    (Field.COMPLETED_ON, True): "latest completion date",
    (Field.COMPLETED_ON, False): "earliest completion date",
}


def _ordered_value(row: Action, field: Field) -> str:
    if field is Field.DUE:
        return due_of(row)
    value = getattr(row, field.value)
    return british(value) if isinstance(value, date) else safe(str(value or "not recorded"))


def _names(rows: Sequence[Action]) -> str:
    names = [ref_of(row) or f"“{says(row, 90)}”" for row in rows]
    return joined(names) if len(names) <= 8 else count(len(names), "action")


def _extreme_group(telling: Telling, pen: Pen, groups: Sequence[Group]) -> Draft:
    total = len({row.id for row in telling.found.subject})
    matched = len(telling.found.rows)
    field = telling.plan.group_by or Field.SECTION
    best = groups[0]
    most = "most" if telling.plan.descending else "fewest"
    names = joined([_label(group, telling) for group in groups])
    of = f"of the {matched}" if matched != total else f"of the {total}"
    each = " each" if len(groups) > 1 else ""
    what = f"actions{about(telling.plan)}{conditions(telling.plan)}{left_out(telling.plan)}"
    late = f" overdue at {british(telling.plan.as_of)}" if telling.plan.lateness is Lateness.OVERDUE else ""
    rows = list(dict.fromkeys(row for group in groups for row in group.rows))
    head = (
        f"{capital(names)} {'has' if len(groups) == 1 else 'have'} the {most} {what}{late}{place(telling)}: "
        f"{len(best.rows)} {of}{each} (counted by {_NAMES.get(field, field.value)})."
    )
    lines = [head, *rule(telling)]
    if 0 < len(rows) <= 12:
        lines += listed(rows, telling, pen)
        table, tokens = table_of(rows, telling, pen)
        sources = telling.sources_of(rows)
        text = "\n".join(lines)
        return Draft(
            AnswerStatus.ANSWERED, text, pen.places, len(rows), table, tokens, caveats=caveats(telling, rows, sources)
        )
    lines += ["", sources_line(telling, telling.found.subject)]
    return replace(_with_groups(telling, pen, lines, groups), total=len(rows))


def _group_lead(telling: Telling) -> str:
    field = telling.plan.group_by or Field.SECTION
    number = len(telling.found.rows)
    total = len(telling.found.subject)
    late = {Lateness.OVERDUE: " overdue", Lateness.NOT_OVERDUE: " not overdue"}
    state = f"{late[telling.plan.lateness]} at {british(telling.plan.as_of)}" if telling.plan.lateness else ""
    of = f", out of {total:,}" if number != total else ""
    beside = "".join(f", {len(found.rows)} of them {words}" for words, found in _sides(telling))
    return f"{capital(asked_for(telling, number))}{state}{of}{beside}, by {_NAMES.get(field, field.value)}:"


def _label(group: Group, telling: Telling) -> str:
    field = telling.plan.group_by
    if group.label == NOT_RECORDED:
        return f"no {_NAMES.get(field, 'value') if field else 'value'} recorded"
    if field in _DATES:
        year, number = group.label.split("-")
        return month(date(int(year), int(number), 1))
    match field:
        case Field.STATUS:
            return STATUS_WORDS[Status(group.label)]
        case Field.DOCUMENT:
            return plan_name(telling.source(group.label))
        case Field.RAG:
            meaning = next((row.rag_meaning for row in group.of if row.rag_meaning), None)
            return f"{group.label} ({safe(meaning) if meaning else 'this plan does not define it'})"
        case Field.FLAG:
            return FlagCode(group.label).meaning.rstrip(".") if group.label in set(FlagCode) else group.label
        case Field.RECOMMENDATION:
            refs = {ref for row in group.of if (ref := _above(row))}
            return f"{refs.pop()} {safe(group.label)}" if len(refs) == 1 else safe(group.label)
        case _:
            return safe(group.label)


def _above(row: Action) -> str | None:
    """The part of a reference that names what the row stands under: R2 of R2.4."""
    head, dot, _ = (row.ref or "").rpartition(".")
    return safe(head) if dot and head and not head.isdigit() else None


def _numbers(group: Group, telling: Telling) -> str:
    if telling.plan.sides:
        return ""
    filtered = telling.plan.where != EVERYTHING or telling.plan.lateness is not None
    if filtered:
        return f"{len(group.rows)} of {len(group.of)}{_by_colour(group, telling)}"
    done = sum(1 for row in group.rows if row.status is Status.COMPLETE)
    known = any(row.status is not Status.NOT_RECORDED for row in telling.found.subject)
    share_words = f" ({share(len(group.rows), len(telling.found.rows))})" if len(telling.found.groups) <= 8 else ""
    if telling.plan.group_by is Field.STATUS or not known:
        return f"{len(group.rows)}{share_words}"
    return f"{len(group.rows)}{share_words}, {figure(done) if done else 'none'} of them marked complete"


def _by_colour(group: Group, telling: Telling) -> str:
    """How many of each colour, where rows of several colours were asked for."""
    tests = [test for test in conditions_of(telling.plan.where) if test.field is Field.RAG and len(test.values) > 1]
    counted = [(value, sum(row.rag == value for row in group.rows)) for test in tests for value in test.values]
    return f" ({', '.join(f'{number} {value}' for value, number in counted)})" if counted else ""


def _beside(group: Group, telling: Telling) -> str:
    """The further counts that were asked for, of the rows of one group."""
    own = {row.id for row in group.rows}
    parts = [f"{sum(row.id in own for row in found.rows)} of {len(own)} {words}" for words, found in _sides(telling)]
    return "; ".join(parts)


def _sides(telling: Telling) -> list[tuple[str, Found]]:
    return [
        (filter_words(without(plan.where, telling.plan.where)), found)
        for plan, found in zip(telling.plan.sides, telling.found.sides, strict=True)
    ]


def _with_groups(telling: Telling, pen: Pen, lines: Sequence[str], groups: Sequence[Group]) -> Draft:
    """A draft whose table has a line for each group, with the ids of the rows behind the number."""
    ids = {row.id for group in groups for row in group.rows}
    rows = [row for row in telling.found.rows if row.id in ids]
    field = telling.plan.group_by or Field.SECTION
    table = AnswerTable(
        caption=f"{capital(count(len(rows), 'action'))} by {_NAMES.get(field, field.value)}",
        columns=(capital(_NAMES.get(field, field.value)), "Actions", "Out of"),
        rows=tuple(
            TableRow(
                (_label(group, telling), str(len(group.rows)), str(len(group.of))), tuple(row.id for row in group.rows)
            )
            for group in groups
        ),
    )
    linked = tuple(pen.action(row)[1:-1] for row in rows) if len(rows) <= LISTED_AT_MOST else ()
    sources = telling.sources_of(telling.found.subject)
    return Draft(
        AnswerStatus.ANSWERED,
        "\n".join(lines).strip(),
        pen.places,
        len(rows),
        table,
        linked=linked,
        caveats=caveats(telling, rows, sources),
    )
