"""Records written as lines, each value below its label: "Ref", "A1", "Action:", "Ring each family", "Lead:", ..."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.records import Block, Table
from ingest.layout.context import names_theme
from ingest.layout.drafts import Role
from ingest.layout.headings import LIKELY, SURE, best_role, names_state
from ingest.layout.units import Unit, blocks_of, row_of, stretches

_LEAST = 3
"""So many times a label stands, and so many labels make a record."""
_WORDS = 8
_BELOW = 0.8
"""The share of labels whose value stands directly below."""
_BESIDE = frozenset({Role.OWNER, Role.DUE, Role.STATUS})
_WITH_VALUE = re.compile(r"(?P<label>[^:]{1,60}):\s+(?P<value>\S.*)", re.DOTALL)


@dataclass(slots=True)
class _Record:
    """One record: the units of each value by label, and the label units."""

    values: dict[str, list[Unit]] = field(default_factory=dict)
    labels: list[tuple[str, Unit]] = field(default_factory=list)


def labelled(items: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """The items, with records whose labels stand above their values made rows of tables."""
    stretches_of = list(stretches(items))
    names = _names([unit for units in stretches_of for unit in units])
    if not names:
        return tuple(items)
    found: list[Block | Table] = []
    after = 0
    for units in stretches_of:
        found += items[after : units[0].item]
        found += _read(units, names, items)
        after = units[-1].item + 1
    return (*found, *items[after:])


def _names(units: Sequence[Unit]) -> tuple[str, ...]:
    """The labels of the records in their order; empty where the document has no such records."""
    alone = [(at, name) for at, unit in enumerate(units) if (name := _alone(unit))]
    times = Counter(name for _, name in alone)
    below = [at + 1 < len(units) and _below(units[at + 1]) for at, name in alone if times[name] >= _LEAST]
    if not below or sum(below) < _BELOW * len(below):
        return ()
    names = [name for name in dict.fromkeys(_label(unit) for unit in units) if name and _often(name, units)]
    counts: Counter[Role | None] = Counter()
    for name, often in Counter(_label(unit) for unit in units).items():
        role = best_role(name)[0] if name in names else None
        counts[role] = max(often, counts[role])
    beside = max((counts[role] for role in _BESIDE), default=0)
    stated = 0 < beside * _BELOW <= counts[Role.ACTION]  # fewer head lists of actions: "What we will do"
    return tuple(names) if stated and len(names) >= _LEAST else ()


def _below(unit: Unit) -> bool:
    """True where no blank line stands over a unit; formats without lines have none."""
    return not unit.apart or unit.piece.locator.line_start is None


def _often(name: str, units: Sequence[Unit]) -> bool:
    return sum(_label(unit) == name for unit in units) >= _LEAST


def _alone(unit: Unit) -> str:
    """The label that the whole line is, empty where it is none."""
    name = unit.text.rstrip(" :").strip()
    least = LIKELY if unit.text.rstrip().endswith(":") else SURE
    named = bool(name) and len(name.split()) <= _WORDS and best_role(name)[1] >= least
    return name.lower() if named and not names_state(name) else ""


def _label(unit: Unit) -> str:
    """The label that the line is or begins with."""
    match = _WITH_VALUE.fullmatch(unit.text)
    if match is None:
        return _alone(unit)
    name = match["label"].strip()
    return name.lower() if len(name.split()) <= _WORDS and best_role(name)[1] >= SURE else ""


def _read(units: Sequence[Unit], names: Sequence[str], items: Sequence[Block | Table]) -> list[Block | Table]:
    found: list[Block | Table] = []
    records: list[_Record] = []
    aside: list[Unit] = []
    last = ""
    for unit in units:
        name = _label(unit)
        name = name if name in names else ""
        ended = names_theme(unit.text) or (unit.apart and not (unit.paged and last != names[-1]))
        if not name and (not records or not last or (ended and records[-1].values.get(last))):
            found += _closed(records, names)
            aside.append(unit)
            records, last = [], ""
            continue
        found += blocks_of(aside, items)
        aside = []
        if not name:
            records[-1].values[last].append(unit)
            continue
        if not records or name in records[-1].values:
            records.append(_Record())
        records[-1].labels.append((name, unit))
        match = _WITH_VALUE.fullmatch(unit.text)
        records[-1].values[name] = [_cut(unit, match["value"])] if match else []
        last = name
    return [*found, *_closed(records, names), *blocks_of(aside, items)]


def _cut(unit: Unit, value: str) -> Unit:
    return replace(unit, piece=replace(unit.piece, text=value))


def _closed(records: Sequence[_Record], names: Sequence[str]) -> list[Table]:
    """The records so far as one table, under the labels of the first."""
    if not records:
        return []
    head = [[_cut(unit, name) for label, unit in records[0].labels[:1]] for name in names]
    rows = [row_of(head, 0)]
    for number, record in enumerate(records, start=1):
        labels = [unit for _, unit in record.labels]
        rows.append(row_of([record.values.get(name, []) for name in names], number, labels))
    return [Table(tuple(rows), len(names), rows[1].locator)]
