"""The plans that are kept aside hold what is written down of them. How well they are read is measured, not tested."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evaluation.gold import Gold, GoldRow
from tests.evaluation.matching import words

PLANS = Path(__file__).resolve().parents[1] / "fixtures" / "plans"
GOLD = Gold.read(PLANS)


def text(document: str) -> str:
    encoding = "cp1252" if document == "digital-programme.csv" else "utf-8"
    return (PLANS / document).read_text(encoding=encoding)


@pytest.mark.parametrize("row", GOLD.rows, ids=lambda row: row.id)
def test_a_row_stands_in_its_document(row: GoldRow) -> None:
    lines = text(row.document).split("\n")
    numbers = [place.line_start for place in row.places if place.line_start]
    place = "\n".join(lines[number - 1] for number in numbers) if numbers else text(row.document)
    assert " ".join(words(row.action)) in " ".join(words(place))
    assert (row.values.get("owner") or "") in text(row.document)


def test_every_plan_has_rows() -> None:
    plans = {path.name for path in PLANS.iterdir() if path.name not in {"README.md", "rows.jsonl"}}
    assert GOLD.documents() == plans
