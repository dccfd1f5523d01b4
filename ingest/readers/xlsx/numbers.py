"""A cell's value as its number format shows it: 43962 as "11-May-20", 1.1 as "1.10"."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

Value = str | int | float | bool | datetime | date | time | timedelta | None

_SHORT_DATES = {14: "dd/mm/yyyy", 22: "dd/mm/yyyy hh:mm"}
"""Built-in formats that follow the machine's own country, which for a council is ours."""

_LONGEST_CODE = 255
"""No program writes a longer number format."""
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')
_DATE_TOKEN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|am/pm|a/p|y+|m+|d+|h+|s+(?:\.0+)?|.', re.IGNORECASE)
_DIGITS = re.compile(r"[#0?,.]*[#0?][#0?,.]*")


def shown(value: Value, code: str, number_id: int | None = None) -> str:
    """The text that an officer sees. `code` is the number format, `number_id` its built-in number where it has one."""
    code = code[:_LONGEST_CODE]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return _text(value, code)
    if isinstance(value, datetime | date | time):
        return _moment(value, _SHORT_DATES.get(number_id or 0, code))
    if isinstance(value, timedelta):
        hours, rest = divmod(int(value.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
    return _number(value, code) if math.isfinite(value) else str(value)


def shows_day(code: str, number_id: int | None = None) -> bool:
    """Whether a date format names the day of the month; "mmm-yy" does not, so its cells state a month."""
    tokens = _tokens(_SHORT_DATES.get(number_id or 0, code[:_LONGEST_CODE]))
    return any(token.lower() in ("d", "dd") for token in tokens)


def _text(value: str, code: str) -> str:
    sections = _sections(code)
    if len(sections) < 4:
        return "" if len(sections) == 3 and not any(sections) and code.strip() else value
    return _QUOTED.sub(lambda match: match[1] or match[2] or "", sections[3]).replace("@", value) if sections[3] else ""


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[str, ...]:
    """The format for positive, negative and zero numbers, and for text."""
    parts, part, quoted = [], "", False
    for letter in code:
        quoted ^= letter == '"'
        if letter == ";" and not quoted:
            parts.append(part)
            part = ""
        else:
            part += letter
    return (*parts, part)


@lru_cache(maxsize=512)
def _tokens(code: str) -> tuple[str, ...]:
    return tuple(_DATE_TOKEN.findall(_sections(code)[0]))


def _moment(value: datetime | date | time, code: str) -> str:
    tokens = _tokens(code)
    halves = any(token.lower() in ("am/pm", "a/p") for token in tokens)
    text, before = "", ""
    for index, token in enumerate(tokens):
        kind = token.lower()
        after = next((t.lower()[0] for t in tokens[index + 1 :] if t.lower()[0] in "ymdhs"), "")
        minutes = kind[0] == "m" and len(kind) < 3 and (before == "h" or after == "s")
        text += _part(value, token, kind, minutes, halves)
        before = kind[0] if kind[0] in "ymdhs" else before
    return text.strip()


def _part(value: datetime | date | time, token: str, kind: str, minutes: bool, halves: bool) -> str:
    day = value if isinstance(value, date) else None
    moment = value if isinstance(value, datetime | time) else None
    if kind[0] in "yd" or (kind[0] == "m" and not minutes):
        return _calendar(day, kind) if day is not None else ""
    if kind in ("am/pm", "a/p"):
        return ("AM" if moment.hour < 12 else "PM") if moment is not None else ""
    if kind[0] in "hsm":
        hour = moment.hour if moment is not None else 0
        number = {"h": (hour - 1) % 12 + 1 if halves else hour, "m": moment.minute if moment else 0}
        amount = number.get(kind[0], moment.second if moment else 0)
        return f"{amount:02d}" if len(kind) > 1 else str(amount)
    return token if len(token) == 1 else token[1:-1] if token[0] == '"' else token[1:] if token[0] == "\\" else ""


def _calendar(day: date, kind: str) -> str:
    if kind[0] == "y":
        return f"{day.year:04d}" if len(kind) > 2 else f"{day.year % 100:02d}"
    if kind[0] == "d":
        return [str(day.day), f"{day.day:02d}", f"{day:%a}", f"{day:%A}"][min(len(kind), 4) - 1]
    return [str(day.month), f"{day.month:02d}", f"{day:%b}", f"{day:%B}", f"{day:%b}"[:1]][min(len(kind), 5) - 1]


def _number(value: int | float, code: str) -> str:
    sections = _sections(code)
    if len(sections) > 1 and not any(sections):
        return ""
    if value < 0 and len(sections) > 1:
        section, value = sections[1], -value
    else:
        section = sections[2] if value == 0 and len(sections) > 2 else sections[0]
    bare = _QUOTED.sub(lambda match: match[1] or match[2] or "", section)
    if not section or "general" in bare.lower() or section == "@" or not (digits := _DIGITS.search(bare)):
        return _general(value) if section or len(sections) == 1 else ""
    if "E+" in bare or "/" in bare:
        return _general(value)
    percent = "%" in bare
    number = _fixed(Decimal(repr(value)) * (100 if percent else 1), digits[0])
    return (bare[: digits.start()] + number + bare[digits.end() :]).strip()


def _fixed(number: Decimal, digits: str) -> str:
    whole, _, after = digits.partition(".")
    least = after.count("0")
    most = sum(after.count(sign) for sign in "0#?")
    rounded = number.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP) if abs(number) < 10**20 else number
    text = f"{abs(rounded):,f}" if "," in whole else f"{abs(rounded):f}"
    left, _, right = text.partition(".")
    right = right[:least] + right[least:].rstrip("0")
    left = left.zfill(whole.replace(",", "").count("0")) if "," not in whole else left
    return ("-" if rounded < 0 else "") + (f"{left}.{right}" if right else left)


def _general(value: int | float) -> str:
    if isinstance(value, int) or value == int(value):
        return str(int(value)) if abs(value) < 10**15 else f"{value:.5E}"
    return f"{value:.10g}"
