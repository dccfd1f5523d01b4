"""Lists and counts: how many, which, and what had to be kept apart."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import AnswerTable, Reader, Related, TableRow
from assistant.compose.caveats import COLOURS_LOST, caveats, quoted, undated, without_rows
from assistant.compose.numbers import agreed, count, counted, figure, part_of, share, verb_of
from assistant.compose.phrases import (
    about,
    asked,
    conditions,
    number_sentence,
    searched,
    sources_line,
    unseen,
    whole_of,
)
from assistant.compose.pieces import NO_DUE, by_colour, by_state, doubt_of, due_of, measured, says, says_complete
from assistant.compose.rows import LISTED_AT_MOST, in_full, listed, resting, row_line
from assistant.compose.telling import Draft, Pen, Telling
from assistant.compose.wording import british, capital, joined, plan_name, safe
from assistant.conditions import COMPLETE, EVERYTHING, Every, Field, Operator, conditions_of, parts_of
from assistant.outcome import AnswerStatus
from assistant.query import without
from assistant.query_plan_words import STATUS_WORDS, filter_words
from assistant.records import Action, KeyKind, PlanKey, Rag, Status
from assistant.retriever.scoring import says as says_name

_SAME_SUBJECT = 50
_FEW = 10
"""A count of so many rows names them."""
_STATED_TOTAL = KeyKind.STATED_TOTAL.value
_LISTED = 12
_SOON_DAYS, _SOON = 92, "due in the next three months"


def compose_list(telling: Telling, pen: Pen) -> Draft:
    """The rows that match, or a plain "none" with what there is instead."""
    rows = telling.found.rows
    if not rows:
        return nothing(telling, pen)
    if len(rows) > LISTED_AT_MOST:
        return _too_many(telling)
    if len(rows) == 1 and any(test.field is Field.REF for test in conditions_of(telling.plan.where)):
        return with_rows(telling, pen, in_full(rows, telling, pen), rows)
    lines = [lead(telling), *rule(telling), *listed(rows, telling, pen), *_only_if(telling)]
    lines += ["", "The words of the documents speak of it too:", *quoted(telling, pen)] if telling.evidence else []
    return with_rows(telling, pen, lines, rows)


def compose_count(telling: Telling, pen: Pen) -> Draft:
    """How many rows match, how they divide by state and colour, and whether the plan's own total agrees."""
    rows = telling.found.rows
    if not rows:
        return nothing(telling, pen)
    if len(rows) > LISTED_AT_MOST:
        return _too_many(telling)
    told = [f"- {measured(rows, telling.plan.measures, telling.plan.as_of)}."] if telling.plan.measures else []
    ids, first = {row.id for row in rows}, [lead(telling)]
    for plan, found in zip(telling.plan.sides, telling.found.sides, strict=True):  # the further counts asked for
        number, verb = len(found.rows), verb_of(filter_words(without(plan.where, telling.plan.where)))
        some = all(row.id in ids for row in found.rows)
        first.append(part_of(number, len(ids), ("action", "actions"), verb) if some else "")
        first[-1] = first[-1] or f"{capital(count(number, 'action'))} {agreed(verb, number)}."
        first += [f"That is {share(number, len(ids))}."] if some and 0 < number < len(ids) else []
    lines = [" ".join(first), *rule(telling), "", *told, *divided(rows, telling)]
    lines += [*stated(telling, pen), *_only_if(telling)]
    lines += listed(rows, telling, pen) if len(rows) <= _FEW else ["", sources_line(telling, rows)]
    return with_rows(telling, pen, lines, rows)


def compose_as_it_stands(telling: Telling, pen: Pen) -> Draft:
    """What the plan holds now, in numbers alone: said to a reader who asked for it to be changed."""
    rows = telling.found.rows
    anything = replace(telling, plan=replace(telling.plan, where=EVERYTHING))
    lines = [f"As it stands: {lead(telling)[:1].lower()}{lead(telling)[1:]}", "", *divided(whole_of(telling), anything)]
    lines += listed(rows, telling, pen) if 0 < len(rows) <= _FEW else ["", sources_line(telling, rows)]
    linked = TableRow((f"{count(len(rows), 'action')}{asked(telling)}",), tuple(row.id for row in rows))
    table = AnswerTable("As it stands", ("What",), (linked,)) if rows else None
    notes = caveats(telling, rows, telling.sources_of(rows))
    return Draft(AnswerStatus.ANSWERED, "\n".join(lines), pen.places, len(rows), table, caveats=notes)


def with_rows(telling: Telling, pen: Pen, lines: Sequence[str], rows: Sequence[Action]) -> Draft:
    """A draft that says these lines and rests on these rows, with what was kept apart."""
    noted = [*rows, *telling.found.only_if]
    notes = caveats(telling, noted, telling.sources_of(rows))
    return replace(resting(telling, pen, lines, rows), related=related(telling), caveats=notes)


def lead(telling: Telling) -> str:
    """The direct answer to a list or a count; plan by plan for a colour, which has no meaning over several plans."""
    sources, plan = telling.sources_of(telling.found.rows), telling.plan
    if len(sources) > 1 and any(test.field is Field.RAG and test.values for test in conditions_of(plan.where)):
        held = Counter(row.document for row in telling.found.rows)
        counts = joined([f"{figure(held[source.document])} in the {safe(source.title)}" for source in sources])
        what = f"Actions{about(plan)}{conditions(plan)}"
        return f"{what}, plan by plan, since each gives a colour its own meaning: {counts}."
    left, shown = telling.found.left_out, len(telling.found.rows)
    if not left:
        return number_sentence(telling)
    these = "The first is" if shown == 1 else f"The first {shown:,} are"
    return f"{number_sentence(telling, shown + left)} {these} below, as asked."


def rule(telling: Telling, late: object = None) -> list[str]:
    """The rule of lateness with the day that it is judged on, wherever rows are asked for or told of by it."""
    day = f"{british(telling.plan.as_of)}{'' if telling.plan.as_of_given else ' (today)'}"
    told = ["", f"Overdue means due before {day}, and not complete."]
    return told if late or telling.plan.lateness else []


def nothing(telling: Telling, pen: Pen) -> Draft:
    """No row matches: `no_match` for a theme that no row has, an answer where the filters leave none of its rows."""
    plan, subject = telling.plan, telling.found.subject
    if telling.evidence:
        return without_rows(telling, pen, _only_prose(telling, pen), AnswerStatus.ANSWERED)
    beside, sources = related(telling), telling.sources_of(subject)
    status = AnswerStatus.CANNOT_ANSWER
    timed = any(test.operator is Operator.AFTER_DUE for test in conditions_of(plan.where))
    if plan.themes and not subject:
        near = " Rows that come close are kept apart, as related." if telling.found.near else ""
        ideas = [safe(idea) for members in telling.found.read for idea in members.perhaps]
        perhaps = f"Perhaps you mean {joined(ideas, 'or')}? " if ideas else ""
        status, text = (
            AnswerStatus.NO_MATCH,
            f"I found no action{asked(telling, EVERYTHING)}. {perhaps}{searched(telling)}{near}",
        )
    elif not any(telling.view.of(source.document) for source in telling.searched):
        held = joined([f"the {plan_name(source)}" for source in telling.searched[:3]])
        text, sources = f"I cannot tell: no actions were read from {held}. {searched(telling)}", telling.searched
    elif lost := colours_lost(telling):
        which = f"which actions{asked(telling, EVERYTHING)} are{conditions(plan)}"
        text = f"I cannot tell {which}: {lost} {searched(telling)}"
    elif timed and not any(row.due and row.completed_on for row in subject):
        both = f"no action{asked(telling, EVERYTHING)} has both a due date and a completion date recorded"
        late = "so none can be said to have been completed late or in time."
        text = f"I cannot tell: {both}, {late} {searched(telling)}"
    else:
        others = telling.view.within(subject, plan.where) if plan.less else ()
        none = "There are no others: those shown before are all." if others else number_sentence(telling)
        instead = () if others else _instead(telling, pen)
        lines = [f"{none}{unseen(telling)}", *rule(telling), *_only_if(telling), "", *instead, searched(telling)]
        rest = subject if plan.themes and len(subject) <= _SAME_SUBJECT else ()
        beside = (*beside, *(related_row(row, "on the same subject") for row in rest))
        status, text = AnswerStatus.ANSWERED, "\n".join(lines).strip()
    return Draft(status, text, pen.places, 0, related=beside, caveats=caveats(telling, (), sources))


def colours_lost(telling: Telling) -> str:
    """Why no colour can be told, where one was asked for of plans whose colours did not survive, or a state that they
    say by nothing else; else empty."""
    unsaid = all(row.status is Status.NOT_RECORDED for row in telling.found.subject)
    fields = {Field.RAG, Field.STATUS} if unsaid else {Field.RAG}
    if not any(test.field in fields and test.values for test in conditions_of(telling.plan.where)):
        return ""
    named = [source.document for source in telling.searched] if telling.plan.documents else []
    flags = [flag for name, flag in telling.view.document_flags if name in named]
    told = [safe(flag.words) for flag in flags if flag.code in COLOURS_LOST]
    for name in named:
        scope = telling.keys(name, KeyKind.RAG_SCOPE)[:1]
        if scope and not any(row.rag for row in telling.view.of(name)):
            told.append(f"ratings there do not mean progress (“{safe(scope[0].meaning)}”), and no cell shows one.")
    return " ".join(told)


def _only_prose(telling: Telling, pen: Pen) -> list[str]:
    """No row is on the subject by what it is about, but the words of a row or of a document are."""
    rows = {piece.row.id for piece in telling.evidence if piece.row}
    if telling.found.subject:
        return [number_sentence(telling), *quoted(telling, pen)]
    what = about(telling.plan).removeprefix(" on ")
    names = [[one.words for one in (theme, *theme.alternatives)] for theme in telling.plan.themes]
    quotes = [piece.quote for piece in telling.evidence]
    if not all(any(says_name(name, quote) for name in each for quote in quotes) for each in names):
        first = [f"No action is about {what}. These words of the documents may answer:"] if what else []
    elif rows:
        first = [counted(len(rows), "action" if len(rows) == 1 else "actions", f"mention {what}")]
    else:
        first = [f"No action is about {what}, but a document speaks of it."] if what else []
    return [*first, *quoted(telling, pen)]


def _instead(telling: Telling, pen: Pen) -> list[str]:
    """How the rows asked about do stand, where none of them passes the rest of the question."""
    rows = whole_of(telling)
    if not rows or len(rows) > LISTED_AT_MOST:
        return []
    later = [row.due for row in rows if row.due and row.open and row.due >= telling.plan.as_of]
    following = f" The next date among them is {british(min(later))}." if later and telling.plan.lateness else ""
    alone = [row_line(rows[0], telling, pen), ""] if len(rows) == 1 else []
    return [f"{standing(rows)}{following}", "", *alone]


def standing(rows: Sequence[Action]) -> str:
    """How rows stand, in a sentence: by colour where one plan gives each a colour, else by what is said of progress."""
    one_plan = len({row.document for row in rows}) == 1
    colours = Counter(row.rag.value for row in rows if row.rag)
    if one_plan and colours.total() == len(rows):
        counts, bare = colours.most_common(), 0
    else:
        states = Counter(row.status for row in rows)
        bare = states.pop(Status.NOT_RECORDED, 0)
        counts = [(STATUS_WORDS[status], number) for status, number in states.most_common()]
    parts = [f"{figure(number)} {'is' if number == 1 else 'are'} {words}" for words, number in counts]
    if bare == len(rows):
        return "No status is recorded for " + ("it." if bare == 1 else "any of them.")
    if len(counts) == 1 and not bare:
        return f"{'It is' if len(rows) == 1 else 'All are'} {counts[0][0]}."
    parts += [f"{figure(bare)} {'has' if bare == 1 else 'have'} no status recorded"] if bare else []
    return f"{capital(joined(parts))}."


def related(telling: Telling) -> tuple[Related, ...]:
    """The rows kept apart: near misses of the theme, and rows without the date that was tested."""
    found = telling.found
    shown = {row.id for row in found.rows}
    slips = [
        related_row(row, f"a match only if its date as written is wrong ({doubt_of(row)})") for row in found.only_if
    ]
    near = [related_row(row, reason or "near the subject, but not on it") for row, reason in found.near[:10]]
    bare = undated(telling) if telling.reader is Reader.INSPECTION else ()  # others are told how many
    without_one = [related_row(row, NO_DUE) for row in bare if not row.due_text]
    worded = [related_row(row, f"no date that can be compared: {due_of(row)}") for row in bare if row.due_text]
    return tuple(entry for entry in (*slips, *near, *without_one, *worded) if entry.id not in shown)


def related_row(row: Action, reason: str) -> Related:
    """A row kept apart from the answer, and why."""
    return Related(row.id, row.document, row.ref, says(row, 200), reason)


def _only_if(telling: Telling) -> list[str]:
    """How many rows match only if a date is read as the slip that it probably is; they are kept apart."""
    number = len(telling.found.only_if)
    more, dates = capital(count(number, "more action")), "its date is" if number == 1 else "their dates are"
    apart = f"{more} would match if {dates} a slip for the probable one: kept apart, as related."
    return ["", apart] if number else []


def divided(rows: Sequence[Action], telling: Telling) -> list[str]:
    """How the rows divide by colour, plan by plan, and by state; nothing where that says no more than the question."""
    asked = {test.field for test in conditions_of(telling.plan.where)}
    lines = []
    for source in telling.sources_of(rows):
        own = [row for row in rows if row.document == source.document]
        parts, without_one = by_colour(own), sum(row.rag is None for row in own)
        bare = [f"{without_one} without a colour"] if without_one else []
        if parts and Field.RAG not in asked:
            lines.append(f"- By colour in the {safe(source.title)}: {joined([*parts, *bare])}.")
    if Field.STATUS not in asked and any(row.status is not Status.NOT_RECORDED for row in rows):
        lines.append(f"- By what the plan says of progress: {joined(by_state(rows, shares=True))}.")
    elif Field.STATUS not in asked and len(rows) > 1:
        lines.append(f"- None of them has a status recorded{' in words' if lines else ''}.")
    return lines


def stated(telling: Telling, pen: Pen) -> list[str]:
    """The totals that a plan claims for itself, each against its rows, where the whole plan is asked about."""
    plan = telling.plan
    colours_only = all(test.field is Field.RAG for test in conditions_of(plan.where))
    whole = plan.documents or len(telling.searched) == 1 or _STATED_TOTAL in plan.terms
    if plan.themes or plan.lateness or not whole or not (plan.where == EVERYTHING or colours_only):
        return []
    lines: list[str] = []
    for source in telling.searched:
        own = telling.view.of(source.document)
        claims = telling.keys(source.document, KeyKind.STATED_TOTAL)
        quotes = {claim.quote: claim for claim in reversed(claims)}
        if not claims:
            continue
        said = joined([f"“{safe(quote)}” {pen.key(claim)}" for quote, claim in reversed(quotes.items())])
        wrong = [text for claim in claims if (text := _difference(claim, own))]
        verdict = f"The rows differ: {joined(wrong)}." if wrong else "The rows agree."
        whose = "The plan itself" if len(telling.searched) == 1 else f"The {safe(source.title)}"
        lines += ["", f"{whose} says: {said}. {verdict}"]
    return lines


def _difference(claim: PlanKey, rows: Sequence[Action]) -> str:
    """What the rows give where it is not what the claim says; empty where they agree or the claim cannot be tested."""
    digits = claim.meaning.strip().replace(",", "")
    term = claim.term.casefold()
    colour = next((rag for rag in Rag if rag.value in term), None)
    state = next((status for status in Status if status.value.replace("_", " ") in term), None)
    if not digits.isdigit():
        return ""
    number = sum(1 for row in rows if (not colour or row.rag is colour) and (not state or row.status is state))
    return "" if number == int(digits) else f"{number} {claim.term} against {digits} stated"


def _too_many(telling: Telling) -> Draft:
    text = (
        f"{lead(telling)}\n\nThat is more than one answer can list, so none is shown: ask for one plan, owner, state "
        "or period, or see them all in the register."
    )
    notes = caveats(telling, (), telling.sources_of(telling.found.rows))
    return Draft(AnswerStatus.PARTLY_ANSWERED, text, total=len(telling.found.rows), caveats=notes)


# ---------------------------------------------------------------- progress


def compose_progress(telling: Telling, pen: Pen) -> Draft:
    """How many rows are complete by the plan's own words, how many are overdue, due soon or undated."""
    rows, day = telling.found.rows, telling.plan.as_of
    if not rows:
        return nothing(telling, pen)
    open_rows = [row for row in rows if row.open]
    late = sum(bool(row.due and row.due < day) for row in open_rows)
    soon = sum(bool(row.due and 0 <= (row.due - day).days <= _SOON_DAYS) for row in open_rows)
    bare = sum(row.due is None for row in open_rows)
    parts = [f"{late} overdue (due before that day, and not complete)"]
    parts += [f"{number} {words}" for number, words in ((soon, _SOON), (bare, "without a due date")) if number]
    given = "" if telling.plan.as_of_given else " (today)"
    lines = [_done(rows, telling), "", *divided(rows, telling)]
    lines += [f"- By the calendar, at {british(day)}{given}: {joined(parts)}."]
    lines += listed(rows, telling, pen) if len(rows) <= _LISTED else []
    measures = sum(1 for row in rows if row.success_measure)
    target = "those are targets, not results" if measures > 1 else "that is a target, not a result"
    told = f"a measure stands in {count(measures, 'row')}: {target}."
    told = told if measures else "it is no measure of what changed for children."
    return with_rows(telling, pen, [*lines, "", f"This is what the plan says of its own actions; {told}"], rows)


def _done(rows: Sequence[Action], telling: Telling) -> str:
    """How many rows are complete, and how many of them only by their notes."""
    if all(row.status is Status.NOT_RECORDED for row in rows):
        unsaid = "" if any(row.rag for row in rows) else " No status is recorded, so progress cannot be told."
        return f"{number_sentence(telling)}{unsaid}"
    done = tuple(row for row in rows if row.status is Status.COMPLETE)
    named = sum(map(says_complete, done))
    where, more = Every((*parts_of(telling.plan.where), COMPLETE)), len(done) - named
    found = replace(telling.found, rows=done, subject=tuple(rows))
    told = number_sentence(replace(telling, plan=replace(telling.plan, where=where), found=found))
    if not more or not named:
        return told
    suggest, say = "suggests" if more == 1 else "suggest", agreed("say", named)
    return f"{told} {capital(figure(named))} {say} “complete”; the notes of {figure(more)} more {suggest} it."
