"""Which row of a system is which row of the gold, and which of its fields are right.

Rows are paired inside one document by the words of the action; place and reference only break ties, so that a row read
rightly and placed wrongly is still found, and then loses its place.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Indel

from assistant.records import Action, Locator
from tests.evaluation.gold import JUDGED, GoldRow

LEAST_ALIKE = 0.6
"""Below this share of common words two rows are not the same row."""
SAME_ACTION = 0.97
LOOSE = {"status_text": 0.9, "recommendation": 0.9}
"""Fields of running text, which may differ by a word or two; the others must agree word for word."""
WIDEST_PLACE = 40
"""A text locator of more lines than this points at nothing."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as the assistant gives it, in text: `values` has the judged fields."""

    id: str
    document: str
    action: str
    status: str
    values: Mapping[str, str | None]
    locator: Locator

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> ReadRow:
        """From one object of `actions --json`."""
        return cls(
            row["id"],
            row["document"],
            row.get("action") or row.get("recommendation") or "",
            row["status"],
            {name: row.get(name) for name in JUDGED},
            Locator.from_dict(row["locator"]),
        )

    @classmethod
    def from_action(cls, action: Action) -> ReadRow:
        values = {name: getattr(action, name) for name in JUDGED}
        return cls(
            action.id,
            action.document,
            action.action or action.recommendation or "",
            action.status.value,
            {name: None if value is None else str(value) for name, value in values.items()},
            action.locator,
        )


def words(text: str | None) -> list[str]:
    """The words and numbers of a text; tags, bullets, punctuation, case and space do not count."""
    plain = html.unescape(re.sub(r"<[^>]*>", " ", text or "")).casefold()
    return re.findall(r"[\w£%]+", re.sub(r"['’]", "", plain).replace("_", " "))


def alike(one: str | None, other: str | None) -> float:
    """The share of words, in order, that two texts have in common, in [0, 1]."""
    return Indel.normalized_similarity(words(one), words(other))


def match(system: Sequence[ReadRow], gold: Sequence[GoldRow]) -> dict[str, str]:
    """System id to gold id, one to one, the most alike first."""
    pairs = [
        (likeness + 0.3 * in_place(row.locator, target) + 0.1 * _agrees(row, target, "ref"), row.id, target.id)
        for row in system
        for target in gold
        if row.document == target.document and (likeness := _likeness(row, target)) >= LEAST_ALIKE
    ]
    matched: dict[str, str] = {}
    taken: set[str] = set()
    for _, row_id, target_id in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if row_id not in matched and target_id not in taken:
            matched[row_id] = target_id
            taken.add(target_id)
    return matched


def _likeness(row: ReadRow, target: GoldRow) -> float:
    alone = alike(row.action, target.action)
    return max(alone, alike(row.action, f"{target.parent} {target.action}")) if target.parent else alone


def in_place(at: Locator, target: GoldRow) -> bool:
    """Whether the locator points at the gold row."""
    if not target.places:
        return False
    if at.line_start is not None:
        end = at.line_end or at.line_start
        inside = all(
            place.line_start is not None and at.line_start <= place.line_start <= end for place in target.places
        )
        return inside and end - at.line_start <= WIDEST_PLACE
    if at.page is not None:
        return any(place.page == at.page for place in target.places)
    if at.sheet is not None:
        return any((place.sheet, place.row) == (at.sheet, at.row) for place in target.places)
    return any((place.table, place.row) == (at.table, at.row) for place in target.places)


def _agrees(row: ReadRow, target: GoldRow, name: str) -> bool:
    want, got = words(target.values.get(name)), words(row.values.get(name))
    return want == got or alike(" ".join(got), " ".join(want)) > LOOSE.get(name, 1.0)


def right_fields(row: ReadRow, target: GoldRow) -> dict[str, bool]:
    """For each field that the gold states, whether the row has it right."""
    stated = {name: _agrees(row, target, name) for name in target.values}
    if target.places:
        stated["place"] = in_place(row.locator, target)
    return {**stated, "action": _likeness(row, target) > SAME_ACTION, "status": row.status in target.statuses}
