"""Recommendations that are said again: in a later plan, or in another council's, with both places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.matching import stems_of
from assistant.records import Action, Source
from assistant.versions import Series, series_with, when

_ALIKE, _STEMS = 0.75, 4
"""The share of stems, of both together, from which two recommendations say the same; the fewest stems that can tell."""


@dataclass(frozen=True, slots=True)
class SaidAgain:
    """One recommendation with the first action under it, in an earlier and in a later document."""

    first: Action
    again: Action
    months: int | None
    """Whole months between the two documents; None where one has no date."""

    def as_dict(self) -> dict[str, Any]:
        """The pair ready for JSON."""
        return {"first": _said(self.first), "again": _said(self.again), "months": self.months, "words": self.words}

    @property
    def words(self) -> str:
        """Such as "said again, 14 months later"."""
        if self.months is None:
            return "said again"
        later = f"{self.months} months later" if self.months != 1 else "a month later"
        return f"said again, {later if self.months else 'in the same month'}"


def _said(row: Action) -> dict[str, Any]:
    return {
        "document": row.document, "id": row.id, "locator": row.locator.as_dict(), "text": row.recommendation,
        "authority": row.authority,
    }  # fmt: skip


def said_again(sources: Sequence[Source], rows: Sequence[Action], series: Sequence[Series]) -> list[SaidAgain]:
    """The recommendations of one plan that stand in another that is no version of it, the earlier first."""
    order = {one.document: (str(when(one) or ""), one.document) for one in sources}
    dates = {one.document: when(one) for one in sources}
    heads: dict[tuple[str, str], Action] = {}
    for row in rows:
        if row.recommendation and row.document in order:
            heads.setdefault((row.document, row.recommendation), row)
    known = sorted(((stems_of(text), row) for (_, text), row in heads.items()), key=lambda one: order[one[1].document])
    chains = {name: series_with(series, name) or name for name in order}
    return [
        SaidAgain(row, later, _months(dates[row.document], dates[later.document]))
        for at, (stems, row) in enumerate(known)
        for others, later in known[at + 1 :]
        if len(stems & others) >= max(_STEMS, _ALIKE * len(stems | others))
        if chains[row.document] != chains[later.document]
    ]


def _months(first: date | None, later: date | None) -> int | None:
    return (later.year - first.year) * 12 + later.month - first.month if first and later else None
