"""Yes, No, or "The plans do not say": the first word of an answer to whether something is so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.compose.indirect import HELPERS, indirect
from assistant.compose.lists import standing
from assistant.compose.phrases import number_sentence, whole_of
from assistant.compose.telling import Telling
from assistant.conditions import Every
from assistant.query import STATES, conditions_of
from assistant.query_plan import Intent
from assistant.query_plan_words import parts_of
from assistant.records import Action, Status

YES, NO, UNSAID = "Yes.", "No.", "The plans do not say."
_BEGUN = re.compile(r"(?:yes|no|the plans do not say)\b", re.IGNORECASE)
_NONE = re.compile(r"\b(?:nobody|no[- ]one|nothing|none|never)\b", re.IGNORECASE)
_JUDGED = frozenset({Intent.LIST, Intent.COUNT, Intent.STATUS, Intent.OWNER, Intent.DATE, Intent.LOOKUP})
"""Intents whose rows are themselves the evidence of what was asked."""
_ANY = re.compile(r"\b(?:any|some|anything|ever|there)\b", re.IGNORECASE)


def begun(telling: Telling, text: str, known: bool) -> str:
    """The text with its verdict first. Args: known, whether the plans hold an answer at all."""
    if _BEGUN.match(text):
        return text
    prose = telling.plan.intent is Intent.NARRATIVE or not telling.found.rows
    if prose and telling.evidence and known and _asks_whether(telling):
        return f"{_unsaid(telling)} What they do say:\n\n{text}"
    if not telling.plan.polar:
        return text
    if known and telling.plan.intent not in _JUDGED and claimed(telling) is None and not _NONE.search(telling.question):
        return text
    return f"{verdict(telling) if known else UNSAID} {text}"


def _asks_whether(telling: Telling) -> bool:
    """Whether the words of documents are asked for a yes or a no."""
    plan = telling.plan
    if plan.polar or plan.intent is not Intent.NARRATIVE:
        return plan.polar
    words = telling.question.casefold().split()
    return bool(words) and words[0] in _HELPERS and not _SAYING.search(telling.question)


_HELPERS = frozenset({*HELPERS, "do", "does", "did"})
_SAYING = re.compile(r"\b(?:says?|know|tell|explain|show|give|describe|mention)\b", re.IGNORECASE)
"""Verbs by which a question beginning "does the plan ..." asks for the words of a plan, not for a yes or a no."""


def _unsaid(telling: Telling) -> str:
    """That a quote neither affirms nor denies: code does not judge prose."""
    asked = indirect(telling.question)
    return f"The plans do not say {asked or 'it'} in so many words."


def verdict(telling: Telling) -> str:
    """Whether the rows that match bear out what was asked: all of those it was asked of, or any where any was asked."""
    number = len(telling.found.rows)
    claims = claimed(telling)
    if claims is not None:
        held = len(claims)
        if held == number or (held and _ANY.search(telling.question)):
            return YES
        return UNSAID if all(_unstated(row) for row in telling.found.rows) else NO
    fields = {test.field for test in conditions_of(telling.plan.where)}
    if not (fields & STATES or telling.plan.lateness):
        none = bool(_NONE.search(telling.question))
        return YES if bool(number) is not none else NO
    whole = whole_of(telling)
    if number and (number >= len(whole) or telling.plan.lateness or _ANY.search(telling.question)):
        return YES
    silent = [row for row in whole if (_undated(row) if telling.plan.lateness else _unstated(row))]
    return UNSAID if not number and len(silent) == len(whole) else NO


def claimed(telling: Telling) -> list[Action] | None:
    """Of the rows asked about, those for which what was asked whether is so; None where nothing was claimed of them."""
    claims = telling.plan.premises
    if not telling.plan.polar or not claims or not telling.found.rows:
        return None
    held = telling.view.ids(Every(tuple(premise.claim for premise in claims)))
    return [row for row in telling.found.rows if row.id in held]


def claim_sentence(telling: Telling, held: Sequence[Action]) -> str:
    """How many of the rows asked about bear the claim out, and how the others stand; nothing of one row alone, whose
    own sentence follows."""
    if len(telling.found.rows) == 1:
        return ""
    states = Every(tuple(premise.claim for premise in telling.plan.premises))
    where = Every((*parts_of(telling.plan.where), *parts_of(states)))
    plan, rows = replace(telling.plan, where=where), telling.found.rows
    found = replace(telling.found, rows=tuple(held), subject=rows)
    first = number_sentence(replace(telling, plan=plan, found=found))
    others = [row for row in rows if row not in held]
    rest = standing(others) if held and others else ""
    return f"{first}{f' The other {len(others):,}: {rest[:1].lower()}{rest[1:]}' if rest else ''}\n\n"


def _undated(row: Action) -> bool:
    return row.open and row.due is None


def _unstated(row: Action) -> bool:
    return row.status is Status.NOT_RECORDED and not row.rag and not row.status_text
