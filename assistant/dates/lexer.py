"""Text to tokens: words with their kinds, and dates in figures, which are read at once: 31/03/2025, 2024/25."""

import re
from calendar import month_name, monthrange
from datetime import date

from assistant.dates.days import day_of, financial_year, months
from assistant.dates.periods import Period, Precision, Recurrence
from assistant.dates.tokens import LEXICON, Context, Entry, Token, fixed, recurring, settled

PATTERN = (
    r"(?P<iy>\d{4})(?P<is>[-/.])(?P<im>\d{1,2})(?P=is)(?P<id>\d{1,2})(?![\d/]|\.\d)"
    r"|(?P<d>\d{1,2})(?P<s>[-/.]|\s?/\s?)(?P<m>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})(?![\d/]|\.\d)"
    r"|(?P<ya>\d{4})(?P<ys>[-/–])(?P<yb>\d{4}|\d{2})(?![\d/]|[-.]\d)"
    r"|(?<![a-z][-/])(?P<mm>0?[1-9]|1[0-2])[-/](?P<my>\d{4})(?![\d/])"
    r"|(?P<compact>(?:19|20)\d\d[01]\d[0-3]\d)(?!\d)"
    r"|(?P<da>\d{1,2})\s?/\s?(?P<db>\d{1,2})(?![\d/%])"
)
_FIRST_YEAR, _LAST_YEAR = 1500, 2199
_LONGEST_PLAN = 20


def full_year(two_digits: int, today: date) -> int:
    """The year of two digits: at most twenty years ahead, else of the last century."""
    year = today.year // 100 * 100 + two_digits
    return year - 100 if year > today.year + _LONGEST_PLAN else year


def read(match: re.Match[str], context: Context) -> Token:
    """The token for one match of `PATTERN`: a period (D), a day and month (X), or x where it is no date."""
    if match["da"]:
        return _two(int(match["da"]), int(match["db"]), context)
    if match["iy"]:
        made = _day(match.group(), int(match["id"]), int(match["im"]), int(match["iy"]), match["is"], context)
    elif match["d"]:
        made = _three(match, context)
    elif match["ya"]:
        made = _years(int(match["ya"]), match["yb"], match["ys"])
    elif match["mm"]:
        made = _month(int(match["my"]), int(match["mm"]))
    else:
        figures = match["compact"]
        made = fixed(day_of(int(figures[:4]), int(figures[4:6]), int(figures[6:])), Precision.DAY)
    return Token("D", period=made) if made else Token("x")


def years(first: int, last: int) -> Period:
    """A financial year where the second year follows the first, else all years from the first to the last."""
    if last == first + 1:
        return Period(*financial_year(first), Precision.FINANCIAL_YEAR)
    return Period(date(first, 1, 1), date(last + 1, 1, 1), Precision.RANGE)


def _month(year: int, month: int) -> Period | None:
    held = 1 <= month <= 12 and _FIRST_YEAR <= year <= _LAST_YEAR
    return fixed(months(year, month), Precision.MONTH) if held else None


def _day_and_month(first: int, second: int, context: Context) -> tuple[int, int]:
    turned = not context.day_first and first <= 12
    return (second, first) if turned else (first, second)


def _three(match: re.Match[str], context: Context) -> Period | None:
    year, mark = int(match["y"]), match["s"].strip()
    if len(match["y"]) == 2:
        year = full_year(year, context.today)
        if mark == "." and not (len(match["d"]) == len(match["m"]) == 2 or context.alone):
            return None
    return _day(match.group(), *_day_and_month(int(match["d"]), int(match["m"]), context), year, mark, context)


def _day(raw: str, day: int, month: int, year: int, mark: str, context: Context) -> Period | None:
    bounds = day_of(year, month, day) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    if bounds is None and mark != ".":
        why = f"no plan runs in the year {year}"
        if not 1 <= month <= 12:
            why = f"there is no month {month}"
        elif _FIRST_YEAR <= year <= _LAST_YEAR:
            why = f"{month_name[month]} {year} has {monthrange(year, month)[1]} days"
        context.problems.append(f'"{raw}" is not a date: {why}.')
    return fixed(bounds, Precision.DAY)


def _years(first: int, second: str, mark: str) -> Period | None:
    """2024-25 and 2024/2025 are financial years, 2014-18 a range, 2015-12 a month."""
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    last += 100 if len(second) == 2 and last < first and first % 100 > 90 else 0
    if not (_FIRST_YEAR <= first <= _LAST_YEAR and last <= _LAST_YEAR):
        return None
    if last != first + 1 and len(second) == 2 and mark != "–" and 1 <= int(second) <= 12:
        return _month(first, int(second))
    return years(first, last) if first < last <= first + 30 else None


def _two(first: int, second: int, context: Context) -> Token:
    """31/3 is a day and month, 24/25 a financial year; the words around decide whether it is a date at all."""
    if (first, second) == (24, 7):
        return Token("x")
    if second == first + 1 and second > 12:
        return Token("X", period=years(full_year(first, context.today), full_year(first, context.today) + 1))
    day, month = _day_and_month(first, second, context)
    if not (1 <= month <= 12 and 1 <= day <= monthrange(2000, month)[1]):
        return Token("x")
    made = recurring(Recurrence(lambda year: day_of(year, month, day)), Precision.DAY, context)
    return Token("X", period=made) if made else Token("x")


_PHRASES = "|".join(
    re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['’]")
    for phrase in sorted((word for word in LEXICON if not word.isalpha() and len(word) > 1), key=len, reverse=True)
)
_JOINED_SIDE = r"(?:and|or)\s+(?:later\s+than|earlier\s+than|prior\s+to)\b"
"""The second of two sides, which is no end of the first: "after June 2020 and earlier than September 2020"."""
_TOKEN = re.compile(
    rf"(?P<figures>{PATTERN})"
    r"|(?P<decade>1[5-9]\d0\s?['’]?s\b|2[01]\d0\s?s\b)"
    r"|(?P<number>\d+(?:(?P<ordinal>(?:st|nd|rd|th)\b)|(?P<more>(?:,\d{3}(?!\d)|[.:]\d+)+(?:\s?%)?|\s?%))?)"
    r"|['’‘](?P<short>\d\d)\b"
    r"|(?<![^\W\d_])(?P<label>(?P<letter>[qh]|qtr)[ -]?(?P<which>[1-4]))(?!\w)"
    rf"|(?P<phrase>(?<![^\W_])(?!{_JOINED_SIDE})(?:{_PHRASES})(?![^\W_]))"
    r"|(?P<word>[^\W\d_]+(?:['’]s?(?![^\W\d_]))?)"
    r"|(?P<space>[ \xa0\r]+|\n(?![ \r]*\n))"
    r"|(?P<mark>[-–—‑~&,/()<>])"
    r"|(?P<other>.|\n)"
)
_POSSESSIVE = re.compile("['’]s?$")
_JOINS_FIGURES = frozenset(".£$€#_@\\")
"""Figures right behind one of these are part of something else: £500."""
_PUNCTUATION = frozenset(".?!;:\"'")
_SPACES = re.compile(r"\s+")
_SHORTENED = 4
_UNKNOWN = Entry("x")


def lowered(text: str) -> str:
    """The text in small letters, every character still at its place."""
    low = text.lower()
    same = (char.lower() if len(char.lower()) == 1 else char for char in text)
    return low if len(low) == len(text) else "".join(same)


def tokens(text: str, context: Context) -> list[Token]:
    """The words of a text in order, without its spaces. Sets `context.alone`."""
    found: list[Token] = []
    context.alone = True
    for match in _TOKEN.finditer(lowered(text)):
        kind = match.lastgroup
        if kind == "space":
            continue
        start, end = match.span()
        raw = text[start:end]
        glued = found[-1] if found and found[-1].end == start else None
        if kind == "other":
            if glued and raw == "." and glued.kind in "MW" and len(glued.text) <= _SHORTENED:
                continue
            context.alone = context.alone and raw in _PUNCTUATION
            found.append(Token("x", start, end, text=raw))
        elif kind in ("word", "mark", "phrase"):
            word = match.group() if kind != "phrase" else _SPACES.sub(" ", match.group().replace("’", "'"))
            entry = LEXICON.get(word) or LEXICON.get(_POSSESSIVE.sub("", word)) or _UNKNOWN
            context.alone = context.alone and entry is not _UNKNOWN
            found.append(Token(entry.kind, start, end, entry.number, entry.name, raw))
        else:
            found.append(_figures(match, glued, context)._replace(start=start, end=end, text=raw))
    return settled(found, context.alone)


def _figures(match: re.Match[str], glued: Token | None, context: Context) -> Token:
    """A number, a year, or a date in figures; part of a reference where it is glued to other letters."""
    kind = match.lastgroup
    if kind == "short":
        return Token("Y", number=full_year(int(match["short"]), context.today))
    if kind == "label":
        return Token("Q", number=int(match["which"]), name="half" if match["letter"] == "h" else "quarter")
    if glued and glued.kind == "x" and (glued.text[-1].isalnum() or glued.text in _JOINS_FIGURES):
        return Token("x")
    if kind == "figures":
        return read(match, context)
    if kind == "decade":
        first = int(match["decade"][:4])
        return Token("D", period=Period(date(first, 1, 1), date(first + 10, 1, 1), Precision.DECADE))
    if match["more"]:
        return Token("x")
    if match["ordinal"]:
        return Token("o", number=int(match.group()[:-2]))
    value = int(match.group()) if len(match.group()) <= 4 else -1
    if len(match.group()) == 4:
        return Token("Y", number=value) if 1500 <= value <= 2199 else Token("x")
    return Token("n", number=value) if value >= 0 else Token("x")
