"""The few formulas that conditional formats use on their own row, worked out in a closed language of our own.

Nothing is run: an unknown name, another sheet, a date of today or a range raises `UnreadFormula`, and the cell is said
to be coloured by a rule that is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from ingest.readers.sheets.functions import (
    COMPARE,
    FormulaError,
    Scalar,
    UnreadFormula,
    apply,
    ask,
    call,
    number,
    plain,
)

CellValue = Callable[[int, int], object]
"""The value at (row, column), from 1."""

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|(?P<function>[A-Za-z][A-Za-z0-9.]*)\(
    |(?P<cell>\$?[A-Za-z]{1,3}\$?\d+)(?![A-Za-z0-9_.(!:])|(?P<word>TRUE|FALSE)\b|(?P<sign><=|>=|<>|[-+*/^&=<>(),%]))""",
    re.VERBOSE | re.IGNORECASE,
)
_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d+)")
_BINDING = ((*COMPARE,), ("&",), ("+", "-"), ("*", "/"), ("^",))
_DEEPEST = 40
_LONGEST = 2_000


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
    parser = _Parser(_tokens(formula), value, spot)
    result = parser.expression(0)
    if parser.at < len(parser.tokens):
        raise UnreadFormula(formula)
    return result


@lru_cache(maxsize=1024)
def _tokens(formula: str) -> list[tuple[str, str]]:
    found, at = [], 0
    if len(formula) > _LONGEST:
        raise UnreadFormula
    formula = formula.strip().lstrip("=")
    while at < len(formula):
        match = _TOKEN.match(formula, at)
        if not match or match.end() == at or not match.lastgroup:
            raise UnreadFormula(formula)
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
        if not formula[at:].strip():
            break
    return found


@dataclass(slots=True)
class _Parser:
    tokens: list[tuple[str, str]]
    value: CellValue
    spot: Spot
    at: int = 0
    depth: int = 0

    def expression(self, level: int) -> Scalar:
        if level == len(_BINDING):
            return self._unary()
        left = self.expression(level + 1)
        while self._sign() in _BINDING[level]:
            sign = self._sign()
            self.at += 1
            left = apply(sign, left, self.expression(level + 1))
        return left

    def _sign(self) -> str:
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        return text if kind == "sign" else ""

    def _unary(self) -> Scalar:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise UnreadFormula
        if self._sign() in ("-", "+"):
            sign = self._sign()
            self.at += 1
            amount = number(self._unary())
            result: Scalar = -amount if sign == "-" else amount
        else:
            result = self._operand()
        while self._sign() == "%":
            self.at += 1
            result = number(result) / 100
        self.depth -= 1
        return result

    def _operand(self) -> Scalar:
        if self.at >= len(self.tokens):
            raise UnreadFormula
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "number":
            return float(text)
        if kind == "word":
            return text.upper() == "TRUE"
        if kind == "cell":
            return plain(self.value(*self._address(text)))
        if kind == "function":
            return self._call(text.upper())
        if text != "(":
            raise UnreadFormula
        result = self.expression(0)
        self._expect(")")
        return result

    def _expect(self, sign: str) -> None:
        if self._sign() != sign:
            raise UnreadFormula
        self.at += 1

    def _address(self, text: str) -> tuple[int, int]:
        match = _CELL.fullmatch(text)
        if match is None:
            raise UnreadFormula
        column = 0
        for letter in match[2].upper():
            column = column * 26 + ord(letter) - 64
        row = int(match[4])
        return row + (0 if match[3] else self.spot.down), column + (0 if match[1] else self.spot.across)

    def _call(self, name: str) -> Scalar:
        """Work out a function. An error in one argument is an error of the call, except where the function asks."""
        arguments: list[Scalar | FormulaError] = []
        while self._sign() != ")":
            try:
                arguments.append(self.expression(0))
            except FormulaError as error:
                self._skip()
                arguments.append(error)
            if self._sign() == ",":
                self.at += 1
            elif self._sign() != ")":
                raise UnreadFormula
        self.at += 1
        if name in ("ROW", "COLUMN") and not arguments:
            return float(self.spot.row if name == "ROW" else self.spot.column)
        if name in ("ISERROR", "ISERR", "ISNUMBER", "ISTEXT", "ISBLANK", "IFERROR"):
            return ask(name, arguments)
        for argument in arguments:
            if isinstance(argument, FormulaError):
                raise argument
        return call(name, [argument for argument in arguments if not isinstance(argument, FormulaError)])

    def _skip(self) -> None:
        """Go to the end of the argument that went wrong."""
        depth = 0
        while self.at < len(self.tokens):
            kind, text = self.tokens[self.at]
            if depth == 0 and kind == "sign" and text in (",", ")"):
                return
            depth += (kind == "function" or text == "(") - (kind == "sign" and text == ")")
            self.at += 1
        raise UnreadFormula
