"""What looks wrong in the source, from the flags, and facts that a reader may want to ask about at a meeting."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from assistant.compose.caveats import caveats
from assistant.compose.lists import with_rows
from assistant.compose.numbers import agreed, count
from assistant.compose.phrases import asked, searched, sources_line
from assistant.compose.pieces import bold_ref, due_phrase, late_words, owner_of, says, state_of
from assistant.compose.rows import LISTED_AT_MOST, resting
from assistant.compose.telling import Draft, Pen, Telling
from assistant.compose.wording import british, capital, plan_name, safe
from assistant.conditions import EVERYTHING, Field
from assistant.flags import FlagCode
from assistant.outcome import AnswerStatus
from assistant.records import Action, Flag, Status

_IN_TEXT = 60
_OF_TWO_ROWS = frozenset({FlagCode.DUPLICATE_TEXT, FlagCode.CONTRADICTING_DUPLICATE, FlagCode.PASTED_PROGRESS})
"""Doubts that only the fields of both rows can settle."""
_MOST = 5
_DATES = frozenset(
    {FlagCode.DATE_SLIP, FlagCode.COMPLETION_AFTER_PLAN, FlagCode.DUE_BEFORE_START, FlagCode.DATE_IMPOSSIBLE}
)
_CLASH, _PUT_OFF = FlagCode.CONTRADICTING_DUPLICATE, FlagCode.DEFERRED_WITHOUT_DATE


_TO_COMPARE = 8
"""So many rows on a subject can be laid side by side."""


def compose_quality(telling: Telling, pen: Pen) -> Draft:
    """The rows and documents with flags of the kinds asked about, each with what is to be checked."""
    codes = {code for code in FlagCode if code in telling.plan.terms}
    rows = [row for row in telling.found.rows if _flags(row, codes)]
    asked_of, about = {source.document for source in telling.searched}, asked(telling, EVERYTHING)
    whole = [] if telling.plan.themes else [one for one in telling.view.document_flags if one[0] in asked_of]
    whole = [(name, flag) for name, flag in whole if not codes or flag.code in codes]
    if not rows and not whole:
        kinds = "; ".join(code.meaning.rstrip(".").lower() for code in sorted(codes))
        none = f"I found nothing to check{f' of this kind ({kinds})' if kinds else ''}{about}. {searched(telling)}"
        text = f"{'No. ' if telling.plan.polar else ''}{none} This is what rules can see; a reader may see more."
        if (few := telling.found.rows) and telling.plan.themes and len(few) <= _TO_COMPARE:  # side by side, to be seen
            text = f"{none} Whether {agreed('it is', len(few))} right is for a reader to see:"
            return resting(telling, pen, [text, "", *(_line(row, (), telling, pen) for row in few)], few)
        return Draft(AnswerStatus.ANSWERED, text, total=0, caveats=caveats(telling, (), ()))
    rows = rows if len(rows) <= LISTED_AT_MOST else []
    parts = [f"{count(len(rows), 'action')}{about} {agreed('have', len(rows))} something to check"] if rows else []
    concern = f"concern{'s' if len(whole) == 1 else ''} a document as a whole"
    parts += [f"{count(len(whole), 'more point' if rows else 'point')} {concern}"] if whole else []
    told = f"{capital(', and '.join(parts))}. These are for the plan’s owner to check; nothing has been corrected."
    lines = [f"{'Yes. ' if telling.plan.polar else ''}{told}"]
    for document, group in groupby(rows[:_IN_TEXT], key=lambda row: row.document):
        lines += ["", f"**{plan_name(telling.source(document))}**", ""]
        lines += [_line(row, _flags(row, codes), telling, pen) for row in group]
    if len(rows) > _IN_TEXT:
        lines += ["", f"The other {count(len(rows) - _IN_TEXT, 'row')} stand in the table."]
    for document, flag in whole:
        place = _place(document, flag, telling, pen)
        lines += ["", f"- {safe(telling.source(document).title)}, as a whole: {safe(flag.words)}{place}"]
    told_flags = replace(telling, plan=replace(telling.plan, asked_of=Field.FLAG))
    return resting(told_flags, pen, lines, rows)


def _flags(row: Action, codes: set[FlagCode]) -> list[Flag]:
    return [flag for flag in row.flags if not codes or flag.code in codes]


def _line(row: Action, flags: Sequence[Flag], telling: Telling, pen: Pen) -> str:
    told, words = due_phrase(row), says(row, 90 if telling.member else 140)
    if any(flag.code in _OF_TWO_ROWS for flag in flags):
        told = f"{told}; owner: {owner_of(row)}; plan says: {state_of(row)}"
    return f"- {bold_ref(row)}{words} – {told} – {' '.join(safe(flag.words) for flag in flags)} {pen.action(row)}"


def _place(document: str, flag: Flag, telling: Telling, pen: Pen) -> str:
    """The citation of a document's flag: the words that stand where it points."""
    if flag.locator is None:
        return ""
    first, last = flag.locator.line_start, flag.locator.line_end or flag.locator.line_start or 0
    lines = (
        text.strip()
        for at, text in telling.view.lines(document)
        if (first <= at.line_start <= last if first and at.line_start else flag.locator == at)
    )
    words = next(filter(None, lines), "")
    return f" {pen.passage(document, flag.locator, words)}" if words else ""


def compose_concerns(telling: Telling, pen: Pen) -> Draft:
    """At most five rows, the most overdue first, then one for each thing that is missing or does not fit."""
    rows, as_of = telling.found.rows, telling.plan.as_of
    chosen = _chosen(rows, telling)
    if not chosen:
        what = "that is overdue, undated, without progress or odd"
        return Draft(AnswerStatus.ANSWERED, f"I found no action{asked(telling)} {what}.", total=0)
    late = sum(1 for row in rows if row.days_late(as_of))
    lines = [
        f"Facts{asked(telling, EVERYTHING)} you may want to ask about. They are suggestions from what the "
        "plans record, not the council’s view and not mine.",
        "",
    ]
    for number, (row, question) in enumerate(chosen, start=1):
        odd = next((safe(flag.words) for flag in row.flags if flag.code in {*_DATES, _CLASH, _PUT_OFF}), "")
        facts = filter(None, [due_phrase(row), late_words(row, as_of), state_of(row, 90), odd])
        lines.append(f"{number}. {bold_ref(row)}{says(row, 110)} – {'; '.join(facts)} {pen.action(row)}. {question}")
    lines += [
        "",
        f"Chosen from {count(len(rows), 'action')} at {british(as_of)}: the most overdue first (due before that day "
        f"and not marked complete: {late:,}), then dates and entries that do not fit, and what has no date or no "
        "progress.",
        "",
        sources_line(telling, [row for row, _ in chosen]),
    ]
    return with_rows(telling, pen, lines, [row for row, _ in chosen])


def _chosen(rows: Sequence[Action], telling: Telling) -> list[tuple[Action, str]]:
    """Rows with what may be asked of each, none twice."""
    day = telling.plan.as_of
    open_rows = [row for row in rows if row.open]
    late = sorted((row for row in open_rows if row.days_late(day)), key=lambda row: -row.days_late(day))
    most = telling.plan.first or _MOST
    picks = [(row, "What has been done since, and what is the new date?") for row in late[: max(1, most - 3)]]
    tests: tuple[tuple[Callable[[Action], bool], str], ...] = (
        (lambda row: any(flag.code in _DATES for flag in row.flags), "Which date is meant?"),
        (lambda row: any(flag.code == _PUT_OFF for flag in row.flags), "What is the new date?"),
        (lambda row: any(flag.code == _CLASH for flag in row.flags), "Which of the two entries holds?"),
        (lambda row: row.due is None and row.open, "By when will it be done?"),
        (lambda row: row.status is Status.NOT_RECORDED and not row.rag, "What progress has been made?"),
    )
    for test, question in tests:
        taken = {row.id for row, _ in picks}
        row = next((row for row in rows if test(row) and row.id not in taken), None)
        if row is not None and len(picks) < most:
            picks.append((row, question))
    return picks
