"""What falls due and what is late among actions that are open; and which action it was in the first version held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.matching import match
from assistant.records import Action
from assistant.versions import RowsOf, Series


@dataclass(frozen=True, slots=True)
class FallingDue:
    """Open actions by their due date, earliest first; `undated` are open too but have none."""

    as_of: date
    late: tuple[Action, ...]
    coming: tuple[Action, ...]
    undated: tuple[Action, ...]

    @property
    def dated(self) -> tuple[Action, ...]:
        return (*self.late, *self.coming)


def falling_due(rows: Sequence[Action], as_of: date, within: int | None) -> FallingDue:
    """What of these rows is late on a day, and what falls due from it on.

    Args: within, in so many days, the day itself and the last among them; None for whenever.
    """
    open_rows = [row for row in rows if row.open]
    dated = sorted((row for row in open_rows if row.due), key=lambda row: (row.due or as_of, row.plan))
    last = as_of + timedelta(days=within) if within is not None else date.max
    return FallingDue(
        as_of,
        tuple(row for row in dated if row.due and row.due < as_of),
        tuple(row for row in dated if row.due and as_of <= row.due <= last),
        tuple(row for row in open_rows if row.due is None),
    )


def first_ids(series: Sequence[Series], rows_of: RowsOf) -> dict[str, str]:
    """For each row of a newer version the id that its action had in the first version that holds it."""
    first: dict[str, str] = {}
    for one in series:
        for old, new in zip(one.sources, one.sources[1:], strict=False):
            for pair in match(rows_of(old.document), rows_of(new.document)).pairs:
                first.setdefault(pair.new.id, first.get(pair.old.id, pair.old.id))
    return first
