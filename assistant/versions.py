"""Versions of one plan: which documents are, which rows are the same action, and what has changed between them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from assistant.records import Action, Source
from assistant.vocabulary import split_words

_DATED = re.compile(r"\b(?:19|20)\d\d(?:\s?[-–/]\s?\d\d(?:\d\d)?)?\b|\b(?:version|v)\s?\d+\b|\([^)]*\)", re.IGNORECASE)
_MONTHS = frozenset(name.lower() for name in calendar.month_name if name)
_ALIKE = 0.6


def core_title(title: str) -> str:
    """The words of a title without dates, versions and brackets."""
    words = [word.plain for word in split_words(_DATED.sub(" ", title))]
    return " ".join(word for word in words if word not in _MONTHS)


def versions_among(sources: Sequence[Source]) -> list[Source]:
    """The sources that are versions of the first of them that has any, oldest first; none where no two are."""
    for source in sources:
        same = [other for other in sources if _key(other) == _key(source)]
        if len(same) > 1:
            return sorted(same, key=lambda one: (one.plan_date or one.period_start or date.min, one.document))
    return []


def _key(source: Source) -> tuple[str, str]:
    return core_title(source.title), (source.authority or "").casefold()


@dataclass(frozen=True, slots=True)
class Change:
    """One action in two versions; `old` or `new` is None where a version does not have it."""

    old: Action | None
    new: Action | None

    @property
    def due_moved(self) -> bool:
        return bool(self.old and self.new and self.old.due != self.new.due)

    @property
    def state_changed(self) -> bool:
        return bool(self.old and self.new and (self.old.status, self.old.rag) != (self.new.status, self.new.rag))


def changes(old: Sequence[Action], new: Sequence[Action]) -> list[Change]:
    """Every action of two versions, paired by reference and words, in the order of the new one, then what is gone."""
    left = list(old)
    found: list[Change] = []
    for row in new:
        best = max(left, key=lambda other: _likeness(other, row), default=None)
        if best is not None and _likeness(best, row) >= _ALIKE:
            left.remove(best)
            found.append(Change(best, row))
        else:
            found.append(Change(None, row))
    return found + [Change(row, None) for row in left]


def _likeness(one: Action, other: Action) -> float:
    words = SequenceMatcher(None, one.action.casefold().split(), other.action.casefold().split()).ratio()
    same_ref = bool(one.ref) and one.ref == other.ref
    return words * 0.7 + 0.3 if same_ref else words * 0.95
