"""Rows whose cells one sign joins in a line of text: "Open a club / Youth Manager / June 2026" under such a header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.records import Block, Table
from ingest.layout.drafts import Role
from ingest.layout.headings import SURE, best_role
from ingest.layout.stacked import made_by
from ingest.layout.units import Unit, blocks_of, row_of

_SIGNS = (" / ", " | ", " ; ", " • ", " ¦ ", " – ", " - ")
_LEAST = 3
_BESIDE = frozenset({Role.OWNER, Role.DUE, Role.STATUS})


def sign_parted(items: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """The items, with a header whose names a sign joins and the lines below it that the same sign parts made tables."""
    return made_by(_made, items)


def _made(units: Sequence[Unit], items: Sequence[Block | Table], _whole: bool) -> list[Block | Table]:
    for at, unit in enumerate(units):
        for sign in _SIGNS:
            names = unit.text.split(sign)
            if len(names) >= _LEAST and _heads(names):
                return [*blocks_of(units[:at], items), *_table(units[at:], sign, len(names), items)]
    return []


def _heads(names: Sequence[str]) -> bool:
    named = [best_role(name) for name in names]
    roles = {role for role, score in named if score >= SURE}
    return (
        sum(score >= SURE for _, score in named) > 0.6 * len(names) and Role.ACTION in roles and bool(roles & _BESIDE)
    )


def _table(units: Sequence[Unit], sign: str, width: int, items: Sequence[Block | Table]) -> Iterator[Block | Table]:
    rows = []
    end = len(units)
    for number, unit in enumerate(units):
        parts = unit.text.split(sign)
        if len(parts) != width:
            end = number
            break
        cells = [[replace(unit, piece=replace(unit.piece, text=part.strip()))] for part in parts]
        rows.append(row_of(cells, number))
    if len(rows) > 1:
        yield Table(tuple(rows), width, rows[1].locator)
        yield from blocks_of(units[end:], items)
    else:
        yield from blocks_of(units, items)
