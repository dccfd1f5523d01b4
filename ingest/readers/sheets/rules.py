"""Conditional formats: which colour a rule gives a cell, or that a rule which is not read may colour it.

Formulas are the few that rules use on their own row, in a closed language of our own. One is rewritten as an expression
of Python and parsed, but never run: only the kinds of parts named here are worked out. An unknown name, another sheet,
a date of today or a range raises `UnreadFormula`, and the cell is said to be coloured by a rule that is not read.
"""

import ast
import operator
import re
from collections import defaultdict
from collections.abc import Callable
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
_TEXTS: dict[str, Callable[[str, str], bool]] = {
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
    left = _blank(right) if left is None else left
    right = _blank(left) if right is None else right
    a, b = _rank(left), _rank(right)
    return (a > b) - (a < b)


def _blank(beside: Scalar) -> Scalar:
    return "" if isinstance(beside, str) else False if isinstance(beside, bool) else 0.0


def _rank(value: Scalar) -> tuple[int, float, str]:
    if isinstance(value, bool):
        return 2, float(value), ""
    return (1, 0.0, value.lower()) if isinstance(value, str) else (0, value or 0.0, "")


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


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a rule is tried, and how far that is from the cell that its formula was written for. All from 1."""

    row: int
    column: int
    down: int
    across: int


def holds(formula: str, value: CellValue, spot: Spot) -> bool:
    """Whether the formula is true at the spot; an error value is not. Raises UnreadFormula."""
    try:
        result = evaluate(formula, value, spot)
    except FormulaError:
        return False
    return result is not None and result is not False and result not in (0, "")


def evaluate(formula: str, value: CellValue, spot: Spot) -> Scalar:
    """What the formula gives at the spot. Raises UnreadFormula, or FormulaError for an error value."""
    try:
        return _Formula(value, spot).of(_parsed(formula))
    except (RecursionError, MemoryError, TypeError, IndexError) as error:
        raise UnreadFormula(formula) from error
    except (ArithmeticError, ValueError) as error:
        raise FormulaError(formula) from error


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
class _Formula:
    value: CellValue
    spot: Spot

    def of(self, part: ast.expr) -> Scalar:
        """What a part of the formula gives."""
        match part:
            case ast.Constant(value=str() | float() | bool() as value):
                return value
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=inner):
                amount = _number(self.of(inner))
                return -amount if isinstance(sign, ast.USub) else amount
            case ast.BinOp(left=left, op=ast.BitAnd(), right=right):
                return _string(self.of(left)) + _string(self.of(right))
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _COUNTED:
                return float(_COUNTED[type(sign)](_number(self.of(left)), _number(self.of(right))))
            case ast.Compare(left=left, ops=signs, comparators=others):
                result = self.of(left)
                for how, other in zip(signs, others, strict=True):
                    result = compare(result, self.of(other)) in _COMPARED[type(how)]
                return result
            case ast.Call(func=ast.Name(id=name), args=inside):
                return self._call(name, inside)
        raise UnreadFormula

    def _call(self, name: str, inside: list[ast.expr]) -> Scalar:
        if name == "cell" and isinstance(inside[0], ast.Constant):
            address = str(inside[0].value)
            match = _ADDRESS.fullmatch(address)
            if match is None:
                raise UnreadFormula(address)
            row, column = int(match[4]), column_index_from_string(match[2])
            return plain(
                self.value(row + (0 if match[3] else self.spot.down), column + (0 if match[1] else self.spot.across))
            )
        if name in ("ROW", "COLUMN") and not inside:
            return float(self.spot.row if name == "ROW" else self.spot.column)
        if name == "IFERROR" or name in _ASKS:
            try:
                first = self.of(inside[0])
            except (FormulaError, ArithmeticError, ValueError):
                return self.of(inside[1]) if name == "IFERROR" else name in ("ISERROR", "ISERR")
            return first if name == "IFERROR" else _ASKS[name](first)
        if name not in _FUNCTIONS:
            raise UnreadFormula(name)
        return _FUNCTIONS[name](*map(self.of, inside))


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
        if self.operator in _COMPARED and bounds:
            return compare(own, bounds[0]) in _COMPARED[self.operator]
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
        (
            int(match[2]),
            column_index_from_string(match[1]),
            int(match[4] or match[2]),
            column_index_from_string(match[3] or match[1]),
        )
        for match in _AREA.finditer(text)
    )
