"""Data-quality flags: what an inspection team would want to check, beside the value and never instead of it."""

from __future__ import annotations

from dataclasses import replace

from assistant.records import Action, Flag
from ingest.checks.texts import flag_texts
from ingest.checks.timing import document_flags, flag_dates
from ingest.facts import Facts
from ingest.keys import Legend
from ingest.layout.drafts import Layout


def checked(
    actions: tuple[Action, ...], found: Layout, facts: Facts, legend: Legend
) -> tuple[tuple[Action, ...], tuple[Flag, ...]]:
    """The actions with their flags, and the flags of the document as a whole. Dates and texts stay as they are."""
    flagged = flag_texts(flag_dates(actions, facts), found, legend)
    once = tuple(replace(action, flags=_once(action.flags)) for action in flagged)
    return once, _once((*found.flags, *document_flags(once, found, facts, legend)))


def _once(flags: tuple[Flag, ...]) -> tuple[Flag, ...]:
    """Each flag once, in order; the same code with other words counts as another."""
    return tuple({(flag.code, flag.words): flag for flag in reversed(flags)}.values())[::-1]
