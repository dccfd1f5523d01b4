"""What should be checked in each plan, gathered by kind, so that one kind is one line to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.filters import RowFilters, address_of
from assistant.flags import FlagCode
from assistant.records import Action, Flag
from assistant.register import Held


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing to check in a plan: what it means, the rows it stands at, and their page of the register."""

    meaning: str
    rows: tuple[tuple[Action, Flag], ...]
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class PlanQuality:
    """What to check in one plan: rows by kind, the most frequent first, and what is about the whole document."""

    held: Held
    kinds: tuple[Kind, ...]
    flagged: int
    """How many of its actions have anything to check."""
    address: str

    @property
    def whole(self) -> tuple[Flag, ...]:
        return self.held.flags


def quality_of(held: Sequence[Held], rows: Sequence[Action]) -> list[PlanQuality]:
    """Every document held, in order, with what to check in it."""
    return [_of_plan(one, [row for row in rows if row.document == one.source.document]) for one in held]


def meaning_of(code: str) -> str:
    """What a flag of this code is about, in a sentence."""
    return FlagCode(code).meaning if code in set(FlagCode) else code.replace("_", " ")


def _of_plan(held: Held, rows: Sequence[Action]) -> PlanQuality:
    document = held.source.document
    codes = dict.fromkeys(flag.code for row in rows for flag in row.flags)
    kinds = []
    for code in codes:
        found = tuple((row, flag) for row in rows for flag in row.flags if flag.code == code)
        count = len({row.id for row, _ in found})
        kinds.append(Kind(meaning_of(code), found, count, address_of(RowFilters(plan=document, flag=code))))
    kinds.sort(key=lambda kind: -kind.count)
    flagged = sum(bool(row.flags) for row in rows)
    return PlanQuality(held, tuple(kinds), flagged, address_of(RowFilters(plan=document, flag="any")))
