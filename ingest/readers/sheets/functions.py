"""What the operators and functions of a conditional format's formula give, on plain values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

Scalar = str | float | bool | None
_EPOCH = datetime(1899, 12, 30)
_MOST_STARS = 3
"""Stars in a wildcard search; more could make the search itself slow."""

COMPARE: dict[str, Callable[[int], bool]] = {
    "=": lambda sign: sign == 0,
    "<>": lambda sign: sign != 0,
    "<": lambda sign: sign < 0,
    ">": lambda sign: sign > 0,
    "<=": lambda sign: sign <= 0,
    ">=": lambda sign: sign >= 0,
}


class UnreadFormula(Exception):
    """The formula uses something that is not read."""


class FormulaError(Exception):
    """The formula gives an error value such as #VALUE!."""


def plain(value: object) -> Scalar:
    """A cell's value as formulas see it: dates as serial numbers."""
    if isinstance(value, datetime):
        return (value - _EPOCH) / timedelta(days=1)
    if isinstance(value, date):
        return float((datetime.combine(value, time()) - _EPOCH).days)
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
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


def apply(sign: str, left: Scalar, right: Scalar) -> Scalar:
    if sign in COMPARE:
        return COMPARE[sign](compare(left, right))
    if sign == "&":
        return _string(left) + _string(right)
    a, b = number(left), number(right)
    try:
        return {"+": a + b, "-": a - b, "*": a * b}[sign] if sign in "+-*" else a / b if sign == "/" else float(a**b)
    except (ZeroDivisionError, OverflowError, ValueError, TypeError) as error:
        raise FormulaError from error


def number(value: Scalar) -> float:
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


def ask(name: str, arguments: Sequence[Scalar | FormulaError]) -> Scalar:
    first = arguments[0] if arguments else None
    if name in ("ISERROR", "ISERR"):
        return isinstance(first, FormulaError)
    if name == "IFERROR" and len(arguments) == 2:
        chosen = arguments[1] if isinstance(first, FormulaError) else first
        if isinstance(chosen, FormulaError):
            raise chosen
        return chosen
    if name == "ISNUMBER":
        return isinstance(first, float) and not isinstance(first, bool)
    return isinstance(first, str) if name == "ISTEXT" else first is None


def call(name: str, arguments: list[Scalar]) -> Scalar:
    work = _FUNCTIONS.get(name)
    if work is None:
        raise UnreadFormula(name)
    try:
        return work(*arguments)
    except (TypeError, IndexError, ZeroDivisionError, OverflowError) as error:
        raise UnreadFormula(name) from error
    except ValueError as error:
        raise FormulaError from error


def _search(needle: Scalar, text: Scalar, start: Scalar = 1.0, exact: bool = False) -> float:
    wanted, within = _string(needle), _string(text)
    if not exact:
        wanted, within = wanted.lower(), within.lower()
        if wanted.count("*") > _MOST_STARS:
            raise UnreadFormula(wanted)
        pattern = re.escape(wanted).replace(r"\*", ".*").replace(r"\?", ".")
        match = re.compile(pattern[:200], re.DOTALL).search(within, max(0, int(number(start)) - 1))
        if match is None:
            raise ValueError(wanted)
        return float(match.start() + 1)
    return float(within.index(wanted, max(0, int(number(start)) - 1)) + 1)


def _truth(value: Scalar) -> bool:
    if isinstance(value, str):
        raise ValueError(value)
    return bool(value)


def _day(value: Scalar) -> datetime:
    return _EPOCH + timedelta(days=number(value))


_FUNCTIONS: dict[str, Callable[..., Scalar]] = {
    "AND": lambda *parts: all(_truth(part) for part in parts),
    "OR": lambda *parts: any(_truth(part) for part in parts),
    "NOT": lambda part: not _truth(part),
    "IF": lambda test, yes=True, no=False: yes if _truth(test) else no,
    "TRUE": lambda: True,
    "FALSE": lambda: False,
    "LEN": lambda text: float(len(_string(text))),
    "TRIM": lambda text: " ".join(_string(text).split()),
    "LEFT": lambda text, count=1.0: _string(text)[: int(number(count))],
    "RIGHT": lambda text, count=1.0: _string(text)[-int(number(count)) :] if number(count) else "",
    "MID": lambda text, start, count: _string(text)[int(number(start)) - 1 : int(number(start) + number(count)) - 1],
    "UPPER": lambda text: _string(text).upper(),
    "LOWER": lambda text: _string(text).lower(),
    "EXACT": lambda one, other: _string(one) == _string(other),
    "SEARCH": _search,
    "FIND": lambda needle, text, start=1.0: _search(needle, text, start, exact=True),
    "MOD": lambda number, by: number(number) % number(by),
    "INT": lambda number: float(number(number) // 1),
    "ABS": lambda number: abs(number(number)),
    "ROUND": lambda number, places=0.0: float(round(number(number), int(number(places)))),
    "DATE": lambda y, m, d: plain(datetime(int(number(y)), int(number(m)), int(number(d)))),
    "YEAR": lambda value: float(_day(value).year),
    "MONTH": lambda value: float(_day(value).month),
    "DAY": lambda value: float(_day(value).day),
}
