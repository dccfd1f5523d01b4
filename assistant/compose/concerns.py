"""Facts that a reader may want to ask about at a meeting: a few, each cited, none of them an opinion."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.compose.draft import Draft, Pen
from assistant.compose.lists import with_rows
from assistant.compose.phrases import sources_line, subject_in
from assistant.compose.telling import Telling
from assistant.compose.wording import (
    british,
    capital,
    count,
    due_phrase,
    late_words,
    ref_of,
    safe,
    says,
    state_of,
)
from assistant.flags import FlagCode
from assistant.outcome import AnswerStatus
from assistant.records import Action, Status

_MOST = 5
_DATES = frozenset(
    {FlagCode.DATE_SLIP, FlagCode.COMPLETION_AFTER_PLAN, FlagCode.DUE_BEFORE_START, FlagCode.DATE_IMPOSSIBLE}
)
_CLASH, _PUT_OFF = FlagCode.CONTRADICTING_DUPLICATE, FlagCode.DEFERRED_WITHOUT_DATE


def compose_concerns(telling: Telling, pen: Pen) -> Draft:
    """At most five rows, the most overdue first, then one for each thing that is missing or does not fit."""
    rows = telling.found.rows
    chosen = _chosen(rows, telling)
    if not chosen:
        what = "that is overdue, undated, without progress or odd"
        return Draft(AnswerStatus.ANSWERED, f"I found nothing{subject_in(telling)} {what}.", total=0)
    day = british(telling.plan.as_of)
    late = sum(1 for row in rows if row.days_late(telling.plan.as_of))
    lines = [
        f"Facts you may want to ask about{subject_in(telling)}. They are suggestions from what the "
        "plans record, not the council’s view and not mine.",
        "",
        *(_line(number, row, why, telling, pen) for number, (row, why) in enumerate(chosen, start=1)),
        "",
        f"Chosen from {count(len(rows), 'action')} at {day}: the most overdue first (due before that day and not "
        f"marked complete: {late:,}), then dates and entries that do not fit, and what has no date or no progress.",
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


def _line(number: int, row: Action, question: str, telling: Telling, pen: Pen) -> str:
    ref = ref_of(row)
    name = f"**{capital(ref)}** " if ref else ""
    late = late_words(row, telling.plan.as_of)
    odd = next((safe(flag.words) for flag in row.flags if flag.code in {*_DATES, _CLASH, _PUT_OFF}), "")
    facts = [due_phrase(row), late, state_of(row, 90), odd]
    return (
        f"{number}. {name}{says(row, 110)} – {'; '.join(fact for fact in facts if fact)} {pen.action(row)}. {question}"
    )
