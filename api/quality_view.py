"""What should be checked in each plan, gathered by kind, so that one kind is one line to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.filters import RowFilters, address_of
from assistant.flags import FlagCode
from assistant.records import Action, Flag
from assistant.register import Held

_ONLY_MISSING = frozenset({FlagCode.NO_OWNER, FlagCode.NO_DUE, FlagCode.NO_STATUS, FlagCode.COLOUR_NOT_DEFINED})
"""What is not there, and no sign of a mistake."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing to check in a plan: what it means, the rows it stands at, and their page of the register."""

    code: str
    meaning: str
    rows: tuple[tuple[Action, Flag], ...]
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class PlanQuality:
    """What to check in one plan. `odd` are rows by kind of what looks wrong, the rarest first; `missing` those of what
    is only not there; `never` says what every row of the plan has, once for the whole plan."""

    held: Held
    odd: tuple[Kind, ...]
    missing: tuple[Kind, ...]
    never: tuple[Kind, ...]

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
        kinds.append(Kind(code, meaning_of(code), found, count, address_of(RowFilters(plan=document, flag=code))))
    kinds.sort(key=lambda kind: kind.count)
    everywhere = tuple(kind for kind in kinds if kind.count == len(rows) > 1)
    some = [kind for kind in kinds if kind not in everywhere]
    return PlanQuality(
        held,
        tuple(kind for kind in some if kind.code not in _ONLY_MISSING),
        tuple(kind for kind in some if kind.code in _ONLY_MISSING),
        everywhere,
    )
