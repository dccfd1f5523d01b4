"""An answer to two questions of one breath, and what is said of words that no reading explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.compose.draft import Draft
from assistant.compose.lists import related_row
from assistant.compose.wording import joined, safe
from assistant.outcome import AnswerStatus, Reading
from assistant.records import Action

_WELL = (AnswerStatus.ANSWERED, AnswerStatus.PARTLY_ANSWERED)


def followed_by(first: Draft, second: Draft) -> Draft:
    """One draft that gives both; answered where both are, partly where one is."""
    statuses = (first.status, second.status)
    status = statuses[0] if statuses[0] is statuses[1] else AnswerStatus.PARTLY_ANSWERED
    if not any(one in _WELL for one in statuses):
        status = first.status
    table, other = (first, second) if first.table else (second, first)
    totals = [draft.total for draft in (first, second) if draft.total is not None]
    return replace(
        first,
        status=status,
        text=f"{first.text}\n\n{second.text}",
        places=first.places | second.places,
        total=sum(totals) - len(_cited(first) & _cited(second)) if totals else None,
        table=table.table,
        table_tokens=table.table_tokens,
        linked=(*table.linked, *other.linked, *(token for token in other.table_tokens if token)),
        related=tuple(dict.fromkeys((*first.related, *second.related))),
        caveats=tuple(dict.fromkeys((*first.caveats, *second.caveats))),
    )


def _cited(draft: Draft) -> set[str]:
    """The ids of the rows that a draft rests on."""
    tokens = {*draft.linked, *(token for token in draft.table_tokens if token)}
    return {draft.places[token].id for token in tokens if token in draft.places}


def accounted(draft: Draft, not_understood: Sequence[str], readings: Sequence[Reading], read_as: str) -> Draft:
    """The draft with what was left out said first, and the other readings offered last."""
    text, status = draft.text, draft.status
    if not_understood:
        words = joined([f"“{safe(word)}”" for word in not_understood])
        it = "it" if len(not_understood) == 1 else "them"
        text = f"I was not sure what you meant by {words}, so I left {it} out.\n\n{text}"
        status = AnswerStatus.PARTLY_ANSWERED if status is AnswerStatus.ANSWERED else status
    if readings:
        others = joined([f"“{safe(reading.words)}”" for reading in readings], "or")
        text = f"{text}\n\nI read this as: {safe(read_as)} If you meant {others}, ask that instead."
    return replace(draft, text=text, status=status)


def left_open(draft: Draft, not_understood: Sequence[str], read_as: str, rows: Sequence[Action]) -> Draft:
    """No answer, where the words that were not understood may be what was asked for; the rest is offered instead."""
    words = joined([f"“{safe(word)}”" for word in not_understood])
    text = (
        f"I was not sure what you meant by {words}, and it may be what you ask for, so I give no answer. "
        f"Read without it: {safe(read_as)} Ask that if it is what you want."
    )
    near = tuple(related_row(row, "found without the words that I did not understand") for row in rows[:_NEAR])
    return Draft(AnswerStatus.CANNOT_ANSWER, text, related=near, suggestions=draft.suggestions)


_NEAR = 8
