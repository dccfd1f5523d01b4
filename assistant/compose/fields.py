"""What was asked of one or a few rows: the owner, the state, a date, a measure, in the order of the question."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.compose.caveats import quoted
from assistant.compose.lists import compose_list, lead, nothing, rule, with_rows
from assistant.compose.numbers import count, figure, part_of
from assistant.compose.phrases import asked, is_doubtful, number_sentence, sources_line
from assistant.compose.pieces import colour_of, decides, due_of, late_words, owner_of, ref_of, says_no_words, state_of
from assistant.compose.prose import not_said
from assistant.compose.rows import field_value, in_full, row_line
from assistant.compose.telling import Draft, Pen, Telling
from assistant.compose.wording import british, capital, joined, month, safe, whole_month
from assistant.conditions import Field, parts_of
from assistant.outcome import AnswerStatus
from assistant.places import place_words
from assistant.query_plan import Intent, QueryPlan
from assistant.records import Action, DuePrecision, Status

FEW = 8
"""So many rows are told one by one; more are listed."""
_OF_INTENT = {Intent.OWNER: Field.OWNER, Intent.STATUS: Field.STATUS, Intent.DATE: Field.DUE}
_MOST_OWNERS = 5


def compose_fields(telling: Telling, pen: Pen) -> Draft:
    """The fields asked about: in sentences for one row, in a line each for a few; many rows are listed."""
    plan, quoted_rows = telling.plan, {piece.row.id if piece.row else "": piece.row for piece in telling.evidence}
    rows = telling.found.rows or (tuple(filter(None, quoted_rows.values())) if len(quoted_rows) == 1 else ())
    if not rows:
        return nothing(telling, pen)
    wanted = fields_of(plan)
    undated = wanted[0] is Field.DUE and not any(row.due or row.due_text or row.completed_on for row in rows)
    if undated and len(wanted) == len(rows) == 1 and plan.themes and not parts_of(plan.where):
        return not_said(telling, pen)  # a date that the one thing asked about does not have
    if len(rows) > FEW:
        draft, first = compose_list(telling, pen), " ".join(_over_all(rows, wanted, telling))
        return replace(draft, text=draft.text.replace(lead(telling), first, 1))
    told = [] if len(rows) == 1 else _over_all(rows, wanted, telling)
    for field in wanted if len(rows) == 1 else ():  # the row is named once
        told.append(field_sentence("It" if told else capital(ref_of(rows[0]) or "the action"), rows[0], field, telling))
    lines = [" ".join(told)]
    lines += rule(telling, Field.DAYS_LATE in wanted)
    lines += ["", *(row_line(row, telling, pen) for row in rows), "", sources_line(telling, rows)]
    draft = with_rows(telling, pen, lines, rows)
    return replace(draft, status=AnswerStatus.PARTLY_ANSWERED) if undated else draft


def most_owners(rows: Sequence[Action], which: str = "") -> str:
    """Who owns several rows: those who own most, with how many, and how many rows name nobody.

    Args: which, the rows as "actions on neglect", where the sentence is to name them."""
    owners = Counter(safe(name) for row in rows for name in row.owners or ((row.owner,) if row.owner else ()))
    these = f"the {len(rows):,} {which}" if which else "them"
    if not owners:
        return f"The plans name no owner for {'either' if len(rows) == 2 else 'any'} of {these}."
    bare = sum(not row.owner for row in rows)
    if len(owners) == 1 and not bare:
        return _part(len(rows), rows, which, f"are owned by {next(iter(owners))}")
    told = [f"{name} ({number})" for name, number in owners.most_common(_MOST_OWNERS)]
    told += [count(len(owners) - len(told), "other")] if len(owners) > len(told) else []
    nobody = f" {capital(figure(bare))} {'has' if bare == 1 else 'have'} no owner recorded." if bare else ""
    of = f" of {these}" if which else ""
    return f"The {f'owner{of} is' if len(owners) == 1 else f'owners{of} are'} {joined(told)}.{nobody}"


def compose_lookup(telling: Telling, pen: Pen) -> Draft:
    """What the rows say, in full, each value under its name."""
    rows = telling.found.rows
    if not rows:
        return nothing(telling, pen)
    if len(rows) > FEW:
        return compose_list(telling, pen)
    more = ["", "The words of the documents speak of it too:", *quoted(telling, pen)] if telling.evidence else []
    return with_rows(telling, pen, [*in_full(rows, telling, pen), *more], rows)


def fields_of(plan: QueryPlan) -> list[Field]:
    """The fields that a question asks about, in its order. Whether rows are late is asked by their state and date."""
    first = plan.asked_of or _OF_INTENT.get(plan.intent)
    asked = [field for field in dict.fromkeys((first, *plan.also_asked)) if field]
    return [*asked, Field.DAYS_LATE] if {Field.DUE, Field.STATUS} <= set(plan.also_asked) else asked


def field_sentence(name: str, row: Action, field: Field, telling: Telling) -> str:
    """What a row holds in a field, as a sentence; that it holds nothing, where it does not."""
    match field:
        case Field.OWNER:
            return f"{name} is owned by {owner_of(row)}." if row.owner else f"The plan names no owner for {_of(name)}."
        case Field.DUE:
            return due_sentence(name, row, telling)
        case Field.START:
            starts = safe(row.start_text or "") or (british(row.start) if row.start else "")
            return f"{name} starts {starts}." if starts else f"The plan gives no start date for {_of(name)}."
        case Field.COMPLETED_ON:
            done = row.completed_on
            none = f"{name} has no completion date recorded."
            return f"{name} was completed in {whole_month(done)}." if done else none
        case Field.STATUS:
            return _state_sentence(name, row)
        case Field.RAG:
            return f"{name} is {colour_of(row).lower()}." if row.rag else f"The plan shows no colour for {_of(name)}."
        case Field.STATUS_TEXT:
            noted = safe(row.progress or row.status_text or "")
            return f"The plan notes of {_of(name)}: “{noted}”" if noted else f"The plan notes nothing of {_of(name)}."
        case Field.DAYS_LATE:
            day, late = british(telling.plan.as_of), late_words(row, telling.plan.as_of)
            unsure = f"Whether it is late at {day} cannot be told: it has no due date."
            known = f"{name} is {late or 'not overdue'} at {day}."
            return known if late or row.due or not row.open else unsure
        case Field.PLACE:
            return f"{name} stands at {place_words(row.locator)} of {safe(telling.source(row.document).title)}."
        case _:
            label, value = field_value(row, field, telling)
            none = f"The plan gives no {label.lower().split(' (')[0]} for {_of(name)}."
            return f"{label} of {_of(name)}: {value}." if value else none


def _of(name: str) -> str:
    """A name inside a sentence."""
    return {"It": "it", "The action": "the action"}.get(name, name[:1].lower() + name[1:] if " " in name else name)


def due_sentence(name: str, row: Action, telling: Telling) -> str:
    """By when, as exactly as the plan says it: past or to come, from when to when, or not at all."""
    if row.completed_on and row.status is Status.COMPLETE:
        return f"{name} was completed in {month(row.completed_on)}."
    if row.due is None:
        if row.due_text and row.status is Status.COMPLETE:
            return f"{name} is complete; the plan writes its date as “{due_of(row)}”."
        if row.due_text:
            return f"{name} has no date that can be worked with: the plan writes “{due_of(row)}”."
        return f"{name} has no due date in the plan."
    span = row.start and row.start_text in (None, "", row.due_text) and month(row.start) != month(row.due)
    if row.start and span:
        return f"{name} runs from {month(row.start)} to {month(row.due)}."
    preposition = "on" if row.due_precision is DuePrecision.DAY else "in"
    preposition = preposition if row.due_precision in (DuePrecision.DAY, DuePrecision.MONTH) else "by"
    verb = "was" if row.due < telling.plan.as_of else "is"
    doubt = f", perhaps a slip for {month(row.due_probable)}" if row.due_probable not in (None, row.due) else ""
    return f"{name} {verb} due {preposition} {due_of(row)}{doubt}."


def _state_sentence(name: str, row: Action) -> str:
    if row.status is Status.COMPLETE:
        return f"The plan marks {_of(name)} complete ({state_of(row)})."
    if row.status is Status.WITHDRAWN:
        return f"{name} was withdrawn ({state_of(row)})."
    if not says_no_words(row):
        if decides(row) or row.rag_meaning:
            return f"{name} is not marked complete. The plan says: {state_of(row)}."
        return f"The plan does not say that {_of(name)} is complete. It says: {state_of(row)}."
    if row.rag:
        return f"{name} is {colour_of(row).lower()}; the plan does not say that it is complete."
    return f"The plan does not say how {_of(name)} stands: no status is recorded."


def _over_all(rows: Sequence[Action], wanted: Sequence[Field], telling: Telling) -> list[str]:
    """What is so of all rows together, for the fields that can be summed up; the one asked about first names the rows,
    unless how many there are must be said before."""
    alone = bool(telling.plan.lateness) or is_doubtful(telling)
    which = "" if alone else f"actions{asked(telling)}"
    told: list[str] = []
    for field in wanted:
        told += filter(None, [_summed_up(rows, field, "" if told else which, telling)])
    if which and told:
        return told
    at = 1 if wanted[0] is Field.OWNER and not is_doubtful(telling) else 0
    return [*told[:at], number_sentence(telling), *told[at:]]


def _summed_up(rows: Sequence[Action], field: Field, which: str, telling: Telling) -> str:
    """A field of all rows as one sentence; empty where it has none. Args: which, as of `most_owners`."""
    day = telling.plan.as_of
    if field is Field.OWNER:
        return most_owners(rows, which)
    if field is Field.STATUS:
        return _part(sum(row.status is Status.COMPLETE for row in rows), rows, which, "are marked complete")
    if field is Field.DAYS_LATE:
        late = sum(bool(row.days_late(day)) for row in rows)
        return _part(late, rows, which, f"are overdue at {british(day)}")
    dated = sorted((row.due, row.id) for row in rows if row.due)
    if field is not Field.DUE or not dated:
        return ""
    first, last = dated[0][0], dated[-1][0]
    begins = f"{first:%B}" if first.year == last.year else month(first)
    span = f"in {month(last)}" if month(first) == month(last) else f"from {begins} to {month(last)}"
    verb = "were" if last < day else "are"
    done = sum(row.due is None and row.status is Status.COMPLETE for row in rows)
    rest = f" The other {'one is' if done == 1 else f'{done} are'} complete." if done else ""
    return _part(len(dated), rows, which, f"{verb} due {span}") + rest


def _part(number: int, rows: Sequence[Action], which: str, verb: str) -> str:
    return " ".join(part_of(number, len(rows), (which, which), verb).split())
