"""Yes, No, or "The plans do not say": the first word of an answer to whether something is so."""

from __future__ import annotations

import re

from assistant.compose.phrases import whole_of
from assistant.compose.telling import Telling
from assistant.conditions import Every
from assistant.query import STATES, conditions_of
from assistant.records import Action, Status

YES, NO, UNSAID = "Yes.", "No.", "The plans do not say."
_BEGUN = re.compile(r"(?:yes|no|the plans do not say)\b", re.IGNORECASE)
_ANY = re.compile(r"\b(?:any|some|anything|ever|there)\b", re.IGNORECASE)


def begun(telling: Telling, text: str, known: bool) -> str:
    """The text with its verdict first. Args: known, whether the plans hold an answer at all."""
    if not telling.plan.polar or _BEGUN.match(text):
        return text
    return f"{verdict(telling) if known else UNSAID} {text}"


def verdict(telling: Telling) -> str:
    """Whether the rows that match bear out what was asked: all of those it was asked of, or any where any was asked."""
    if telling.plan.premises:
        return _of_premises(telling)
    number = len(telling.found.rows)
    fields = {test.field for test in conditions_of(telling.plan.where)}
    if not (fields & STATES or telling.plan.lateness):
        return YES if number else NO
    whole = whole_of(telling)
    if number and (number >= len(whole) or telling.plan.lateness or _ANY.search(telling.question)):
        return YES
    silent = [row for row in whole if (_undated(row) if telling.plan.lateness else _unstated(row))]
    return UNSAID if not number and len(silent) == len(whole) else NO


def _of_premises(telling: Telling) -> str:
    """Whether what was put forward holds of every row that it was said of."""
    rows = telling.found.rows or telling.found.subject
    true = telling.view.ids(Every(tuple(premise.claim for premise in telling.plan.premises)))
    if rows and all(row.id in true for row in rows):
        return YES
    return UNSAID if all(_unstated(row) for row in rows) else NO


def _undated(row: Action) -> bool:
    return row.open and row.due is None


def _unstated(row: Action) -> bool:
    return row.status is Status.NOT_RECORDED and not row.rag and not row.status_text
