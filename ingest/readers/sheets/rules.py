"""Conditional formats: which colour a rule gives a cell, or that a rule which is not read may colour it.

Formulas are the few that rules use on their own row, in a closed language of our own. One is rewritten as an expression
of Python and parsed, but never run: only the kinds of parts named here are worked out. An unknown name, another sheet,
a date of today or a range raises `UnreadFormula`, and the cell is said to be coloured by a rule that is not read.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import to_excel

from assistant.records import Rag

CellValue = Callable[[int, int], object]
"""The value at (row, column), from 1."""
Scalar = str | float | bool | None
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|(?P<function>[A-Za-z][A-Za-z0-9]*)\(
    |(?P<cell>\$?[A-Za-z]{1,3}\$?\d+)(?![A-Za-z0-9_.(!:])|(?P<word>TRUE|FALSE)\b|(?P<sign><=|>=|<>|[-+*/^&=<>(),%]))""",
    re.VERBOSE | re.IGNORECASE,
)
_PYTHON = {"=": "==", "<>": "!=", "^": "**", "%": "/100.0"}
_ADDRESS = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_LONGEST = 2_000
_MOST_STARS = 3
"""Stars in a wildcard search; more could make the search itself slow."""
_COMPARED: dict[Any, set[int]] = {
    ast.Eq: {0}, ast.NotEq: {-1, 1}, ast.Lt: {-1}, ast.LtE: {-1, 0}, ast.Gt: {1}, ast.GtE: {0, 1},
    "equal": {0}, "notEqual": {-1, 1}, "lessThan": {-1}, "lessThanOrEqual": {-1, 0},
    "greaterThan": {1}, "greaterThanOrEqual": {0, 1},
}  # fmt: skip
"""Operators of formulas and of rules, with how `compare` must come out."""
_COUNTED: dict[Any, Callable[[float, float], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}  # fmt: skip
TEXTS: dict[str, Callable[[str, str], bool]] = {
    "containsText": lambda text, part: part in text,
    "notContainsText": lambda text, part: part not in text,
    "beginsWith": lambda text, part: text.startswith(part),
    "endsWith": lambda text, part: text.endswith(part),
}


class UnreadFormula(Exception):
    """The formula uses something that is not read."""


class FormulaError(Exception):
    """The formula gives an error value such as #VALUE!."""


# ---------------------------------------------------------------- values


def plain(value: object) -> Scalar:
    """A cell's value as formulas see it: dates as serial numbers."""
    if isinstance(value, date | time | timedelta):
        return float(to_excel(value))
    return value if isinstance(value, str | bool) or value is None else float(str(value))


def compare(left: Scalar, right: Scalar) -> int:
    """-1, 0 or 1, as Excel orders: numbers before text before truth values; text without regard to capitals."""
    a, b = _rank(left, right), _rank(right, left)
    return (a > b) - (a < b)


def _rank(value: Scalar, beside: Scalar) -> tuple[int, float, str]:
    """How a value orders; an empty one is the emptiest of the kind that stands beside it."""
    if isinstance(value, bool) or (value is None and isinstance(beside, bool)):
        return 2, float(bool(value)), ""
    if isinstance(value, str) or (value is None and isinstance(beside, str)):
        return 1, 0.0, str(value or "").lower()
    return 0, float(value or 0), ""


def _number(value: Scalar) -> float:
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError as error:
            raise FormulaError from error
    return float(value or 0)


def _string(value: Scalar) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:g}" if isinstance(value, float) else value or ""


def _truth(value: Scalar) -> bool:
    if isinstance(value, str):
        raise FormulaError(value)
    return bool(value)


def _search(needle: Scalar, text: Scalar, start: Scalar = 1.0, exact: bool = False) -> float:
    wanted, within, begin = _string(needle), _string(text), max(0, int(_number(start)) - 1)
    if wanted.count("*") > _MOST_STARS:
        raise UnreadFormula(wanted)
    pattern = re.escape(wanted) if exact else re.escape(wanted).replace(r"\*", ".*").replace(r"\?", ".")
    match = re.compile(pattern[:200], re.DOTALL if exact else re.DOTALL | re.IGNORECASE).search(within, begin)
    if match is None:
        raise FormulaError(wanted)
    return float(match.start() + 1)


_FUNCTIONS: dict[str, Callable[..., Scalar]] = {
    "AND": lambda *parts: all(_truth(part) for part in parts),
    "OR": lambda *parts: any(_truth(part) for part in parts),
    "NOT": lambda part: not _truth(part),
    "IF": lambda test, yes=True, no=False: yes if _truth(test) else no,
    "TRUE": lambda: True,
    "FALSE": lambda: False,
    "LEN": lambda text: float(len(_string(text))),
    "TRIM": lambda text: " ".join(_string(text).split()),
    "LEFT": lambda text, count=1.0: _string(text)[: int(_number(count))],
    "RIGHT": lambda text, count=1.0: _string(text)[-int(_number(count)) :] if _number(count) else "",
    "MID": lambda text, start, count: _string(text)[int(_number(start)) - 1 : int(_number(start) + _number(count)) - 1],
    "UPPER": lambda text: _string(text).upper(),
    "LOWER": lambda text: _string(text).lower(),
    "EXACT": lambda one, other: _string(one) == _string(other),
    "SEARCH": _search,
    "FIND": lambda needle, text, start=1.0: _search(needle, text, start, exact=True),
    "MOD": lambda number, by: _number(number) % _number(by),
    "INT": lambda number: float(_number(number) // 1),
    "ABS": lambda number: abs(_number(number)),
    "DATE": lambda y, m, d: plain(datetime(int(_number(y)), int(_number(m)), int(_number(d)))),
}
_ASKS: dict[str, Callable[[Scalar], bool]] = {
    "ISERROR": lambda _: False,
    "ISERR": lambda _: False,
    "ISNUMBER": lambda value: isinstance(value, float) and not isinstance(value, bool),
    "ISTEXT": lambda value: isinstance(value, str),
    "ISBLANK": lambda value: value is None,
}
"""Functions that an error in their argument does not make an error."""


# ---------------------------------------------------------------- formulas


@lru_cache(maxsize=1024)
def _parsed(formula: str) -> ast.expr:
    """The formula as an expression of Python. Raises UnreadFormula."""
    formula, written, at = formula.strip().lstrip("="), [], 0
    while at < len(formula) <= _LONGEST and (match := _TOKEN.match(formula, at)) and (kind := match.lastgroup):
        text, at = match[kind], match.end()
        if kind == "text":
            text = repr(text[1:-1].replace('""', '"'))
        elif kind == "number":
            text = repr(float(text))
        elif kind == "function":
            text = f"{text.upper()}("
        elif kind == "cell":
            text = f"cell('{text.upper()}')"
        written.append(_PYTHON.get(text, text.capitalize() if kind == "word" else text))
    if formula[at:].strip():
        raise UnreadFormula(formula)
    try:
        return ast.parse(" ".join(written), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise UnreadFormula(formula) from error


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a rule is tried, from 1, how far that is from the cell that its formula was written for, and the values."""

    row: int
    column: int
    down: int
    across: int
    value: CellValue

    def holds(self, formula: str) -> bool:
        """Whether the formula is true here; an error value is not. Raises UnreadFormula."""
        try:
            return self.result(formula) not in (None, 0, "")
        except FormulaError:
            return False

    def result(self, formula: str) -> Scalar:
        """What the formula gives here. Raises UnreadFormula, or FormulaError for an error value."""
        try:
            return self._of(_parsed(formula))
        except (RecursionError, MemoryError, TypeError, IndexError) as error:
            raise UnreadFormula(formula) from error
        except (ArithmeticError, ValueError) as error:
            raise FormulaError(formula) from error

    def _of(self, part: ast.expr) -> Scalar:
        """What a part of a formula gives."""
        match part:
            case ast.Constant(value=str() | float() | bool() as value):
                return value
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=inner):
                return _number(self._of(inner)) * (-1 if isinstance(sign, ast.USub) else 1)
            case ast.BinOp(left=left, op=ast.BitAnd(), right=right):
                return _string(self._of(left)) + _string(self._of(right))
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _COUNTED:
                return float(_COUNTED[type(sign)](_number(self._of(left)), _number(self._of(right))))
            case ast.Compare(left=left, ops=signs, comparators=others):
                result = self._of(left)
                for how, other in zip(signs, others, strict=True):
                    result = compare(result, self._of(other)) in _COMPARED[type(how)]
                return result
            case ast.Call(func=ast.Name(id="cell"), args=[ast.Constant(value=address)]):
                if match := _ADDRESS.fullmatch(str(address)):
                    row, column = int(match[4]), column_index_from_string(match[2])
                    row, column = row + (0 if match[3] else self.down), column + (0 if match[1] else self.across)
                    return plain(self.value(row, column))
            case ast.Call(func=ast.Name(id="ROW" | "COLUMN" as name), args=[]):
                return float(self.row if name == "ROW" else self.column)
            case ast.Call(func=ast.Name(id=name), args=[inner, *others]) if name == "IFERROR" or name in _ASKS:
                try:
                    first = self._of(inner)
                except (FormulaError, ArithmeticError, ValueError):
                    return self._of(others[0]) if name == "IFERROR" else name in ("ISERROR", "ISERR")
                return first if name == "IFERROR" else _ASKS[name](first)
            case ast.Call(func=ast.Name(id=name), args=inside) if name in _FUNCTIONS:
                return _FUNCTIONS[name](*map(self._of, inside))
        raise UnreadFormula


# ---------------------------------------------------------------- rules


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

    def holds(self, spot: Spot) -> bool:
        """Whether the rule applies to the cell. Raises UnreadFormula where it cannot be told."""
        own = plain(spot.value(spot.row, spot.column))
        if self.kind == "cellIs":
            try:
                bounds = [spot.result(formula) for formula in self.formulas]
            except FormulaError:
                return False
            if self.operator in _COMPARED and bounds:
                return compare(own, bounds[0]) in _COMPARED[self.operator]
            if self.operator in ("between", "notBetween") and len(bounds) == 2:
                low, high = sorted(bounds, key=lambda bound: (isinstance(bound, str), bound))
                return (compare(own, low) >= 0 and compare(own, high) <= 0) == (self.operator == "between")
        elif self.kind in TEXTS and self.text:
            return TEXTS[self.kind](_string(own).lower(), self.text.lower())
        elif self.kind in ("containsBlanks", "notContainsBlanks"):
            return (not _string(own).strip()) == (self.kind == "containsBlanks")
        elif (self.kind == "expression" or self.kind in TEXTS) and self.formulas:
            return spot.holds(self.formulas[0])
        raise UnreadFormula(self.kind)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules make of one cell: its fill and its letters, or `unread` where a rule cannot be told."""

    fill: Rag | None = None
    ink: Rag | None = None
    filled: bool = False
    unread: bool = False


@dataclass(slots=True)
class Rules:
    """The rules of one sheet, first the one that wins."""

    rules: list[Rule] = field(default_factory=list)
    _by_column: dict[int, list[Rule]] = field(default_factory=dict)

    def verdict(self, row: int, column: int, value: CellValue) -> Verdict:
        """What the rules make of the cell at (row, column), from 1."""
        if column not in self._by_column:
            reach = [rule for rule in self.rules if any(area[1] <= column <= area[3] for area in rule.areas)]
            self._by_column[column] = reach
        fill, ink, filled = None, None, False
        for rule in self._by_column[column]:
            if not within(row, column, rule.areas):
                continue
            top, left, *_ = rule.areas[0]
            try:
                if not rule.holds(Spot(row, column, row - top, column - left, value)):
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


def within(row: int, column: int, areas: Iterable[Area]) -> bool:
    """Whether one of the areas holds the cell."""
    return any(top <= row <= low and left <= column <= right for top, left, low, right in areas)


def areas_of(text: str) -> tuple[Area, ...]:
    """The areas of a range such as "A2:C9 E2"."""
    return tuple(
        (
            int(match[2]),
            column_index_from_string(match[1]),
            int(match[4] or match[2]),
            column_index_from_string(match[3] or match[1]),
        )
        for match in _AREA.finditer(text)
    )
