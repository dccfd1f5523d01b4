"""Conditional formats: which colour a rule gives a cell, or that a rule which is not read may colour it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from assistant.records import Rag
from ingest.readers.sheets.formula import CellValue, Spot, evaluate, holds
from ingest.readers.sheets.functions import FormulaError, UnreadFormula, compare, plain

_OPERATORS = {
    "equal": {0}, "notEqual": {-1, 1}, "lessThan": {-1}, "lessThanOrEqual": {-1, 0},
    "greaterThan": {1}, "greaterThanOrEqual": {0, 1},
}  # fmt: skip
_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "containsText": lambda text, part: part in text,
    "notContainsText": lambda text, part: part not in text,
    "beginsWith": lambda text, part: text.startswith(part),
    "endsWith": lambda text, part: text.endswith(part),
}
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule over some areas; its formulas were written for the first cell of the first area."""

    areas: tuple[Area, ...]
    kind: str
    priority: int
    fill: Rag | None
    ink: Rag | None
    coloured: bool
    """Whether it changes the cell's fill at all, be it to grey."""
    operator: str = ""
    formulas: tuple[str, ...] = ()
    text: str = ""
    stop: bool = False

    def spot(self, row: int, column: int) -> Spot | None:
        """The cell as seen from the rule, or None where the rule does not reach."""
        if not any(top <= row <= low and left <= column <= right for top, left, low, right in self.areas):
            return None
        return Spot(row, column, row - self.areas[0][0], column - self.areas[0][1])

    def is_true(self, value: CellValue, spot: Spot) -> bool:
        """Whether the rule applies to the cell. Raises UnreadFormula where it cannot be told."""
        own = plain(value(spot.row, spot.column))
        if self.kind == "cellIs":
            return self._compares(own, value, spot)
        if self.kind in _TEXTS and self.text:
            shown = f"{own:g}" if isinstance(own, float) else str(own or "")
            return _TEXTS[self.kind](shown.lower(), self.text.lower())
        if self.kind in ("containsBlanks", "notContainsBlanks"):
            return (not str("" if own is None else own).strip()) == (self.kind == "containsBlanks")
        if (self.kind == "expression" or self.kind in _TEXTS) and self.formulas:
            return holds(self.formulas[0], value, spot)
        raise UnreadFormula(self.kind)

    def _compares(self, own: Any, value: CellValue, spot: Spot) -> bool:
        try:
            bounds = [evaluate(formula, value, spot) for formula in self.formulas]
        except FormulaError:
            return False
        if self.operator in _OPERATORS and bounds:
            return compare(own, bounds[0]) in _OPERATORS[self.operator]
        if self.operator in ("between", "notBetween") and len(bounds) == 2:
            low, high = sorted(bounds, key=lambda bound: (isinstance(bound, str), bound))
            within = compare(own, low) >= 0 and compare(own, high) <= 0
            return within == (self.operator == "between")
        raise UnreadFormula(self.operator)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules make of one cell: its fill and its letters, or `unread` where a rule cannot be told."""

    fill: Rag | None = None
    ink: Rag | None = None
    filled: bool = False
    unread: bool = False


NOTHING = Verdict()


@dataclass(slots=True)
class Rules:
    """The rules of one sheet, first the one that wins."""

    rules: list[Rule] = field(default_factory=list)
    _by_column: dict[int, list[Rule]] = field(default_factory=lambda: defaultdict(list))

    def verdict(self, row: int, column: int, value: CellValue) -> Verdict:
        """What the rules make of the cell at (row, column), from 1."""
        if not self.rules:
            return NOTHING
        if column not in self._by_column:
            reach = [rule for rule in self.rules if any(area[1] <= column <= area[3] for area in rule.areas)]
            self._by_column[column] = reach
        fill: Rag | None = None
        ink: Rag | None = None
        filled = False
        for rule in self._by_column[column]:
            spot = rule.spot(row, column)
            if spot is None:
                continue
            try:
                if not rule.is_true(value, spot):
                    continue
            except UnreadFormula:
                if (rule.coloured or rule.ink) and not filled:
                    return Verdict(unread=True)
                continue
            if rule.coloured and not filled:
                fill, filled = rule.fill, True
            ink = ink or rule.ink
            if rule.stop:
                break
        return Verdict(fill, ink, filled)


def areas_of(text: str) -> tuple[Area, ...]:
    """The areas of a range such as "A2:C9 E2"."""
    return tuple(
        (int(match[2]), _column(match[1]), int(match[4] or match[2]), _column(match[3] or match[1]))
        for match in _AREA.finditer(text)
    )


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
