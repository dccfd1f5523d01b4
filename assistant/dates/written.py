"""Dates as they are written: 11 May 2020, Dec-20, Autumn 2020, Q3 2024/25, Easter 2025, 1-8 September."""

from calendar import month_name, monthrange
from dataclasses import replace
from datetime import timedelta

from assistant.dates.lexer import full_year, years
from assistant.dates.periods import (
    DAY,
    Bounds,
    Period,
    Precision,
    Recurrence,
    day_of,
    easter,
    financial_year,
    month_start,
    months,
    weekday_in,
    year_of,
)
from assistant.dates.tokens import Context, Made, Token, Tokens, fixed, has, period, pick, recurring, rule

_SEPARATOR = "[-/,]?"
_YEARS_AHEAD = 3
"""A two-digit number after a month is a year at most so far ahead, else a day: 31, not 2031."""


def _year(found: Tokens, context: Context) -> int | None:
    """The year at the end of a date, four digits or two."""
    last = found[-1]
    if last.kind == "Y":
        return last.number
    return full_year(last.number, context.today) if _two_digits(last) else None


def _two_digits(token: Token) -> bool:
    return token.kind == "n" and len(token.text) == 2 and token.text.isdigit()


def _day_month_year(found: Tokens, context: Context) -> Made:
    year = _year(found, context)
    if year is None:
        return None
    month, day = pick(found, "M"), pick(found, "no")
    return _checked(year, month, day, found, context)


def _checked(year: int, month: Token, day: Token, found: Tokens, context: Context) -> Made:
    """The day; where the calendar has none, the reading says so and nothing of the words is a date."""
    bounds = day_of(year, month.number, day.number)
    if bounds is None and 1 <= day.number <= 39:
        return _no_day(
            found, f"{month_name[month.number]} {year} has {monthrange(year, month.number)[1]} days", context
        )
    return fixed(bounds, Precision.DAY)


def _no_day(found: Tokens, why: str, context: Context) -> Token:
    """Words that are no date, and why; nothing else is read of them."""
    words = " ".join(token.text for token in sorted(found, key=lambda token: token.start))
    context.problems.append(f'"{words}" is not a date: {why}.')
    return Token("x")


def _month_day_year(found: Tokens, context: Context) -> Made:
    return _checked(pick(found, "Y", -1).number, pick(found, "M"), pick(found, "no"), found, context)


def _month_ordinal_year(found: Tokens, context: Context) -> Made:
    if not _two_digits(found[-1]):
        return None
    return _checked(full_year(found[-1].number, context.today), found[0], pick(found, "o"), found, context)


def _month_year(found: Tokens, _context: Context) -> Made:
    return fixed(months(pick(found, "Y").number, pick(found, "M").number), Precision.MONTH)


def _month_of_year(found: Tokens, context: Context) -> Made:
    """April of 87."""
    year = _year(found, context)
    return fixed(months(year, found[0].number), Precision.MONTH) if year else None


def _month_number(found: Tokens, context: Context) -> Made:
    """`Dec-20` and `Sept 18` are months; `May 5` is a day; with the month first everywhere, `July 13` is one too."""
    month, number = pick(found, "M"), found[-1]
    if number.kind == "n" and not number.text.isdigit() and number.number > 31:
        return None
    if _two_digits(number) and _is_year(found, context):
        return fixed(months(full_year(number.number, context.today), month.number), Precision.MONTH)
    return _day(found, number.number, month.number, context)


def _is_year(found: Tokens, context: Context) -> bool:
    month, number = pick(found, "M").number, found[-1].number
    if not 1 <= number <= 31 or has(found, "-") or has(found, "/"):
        return number > 31 or number == 0 or context.day_first
    if not context.day_first:
        return False
    far = 2000 + number > context.today.year + _YEARS_AHEAD
    return not far or (context.cell and number != monthrange(2000, month)[1])


def _day_month(found: Tokens, context: Context) -> Made:
    return _day(found, pick(found, "no").number, pick(found, "M").number, context)


def _day(found: Tokens, day: int, month: int, context: Context) -> Made:
    if not 1 <= day <= 31:
        return None
    made = recurring(Recurrence(lambda year: day_of(year, month, day)), Precision.DAY, context)
    return made or _no_day(found, f"{month_name[month]} has {monthrange(2000, month)[1]} days", context)


def _month(found: Tokens, context: Context) -> Made:
    month = found[0].number
    return recurring(Recurrence(lambda year: months(year, month)), Precision.MONTH, context)


def _days_of_month(found: Tokens, context: Context) -> Made:
    """3 to 12 September 2020: two days that share a month."""
    first, last = pick(found, "no"), pick(found, "no", 1)
    month = pick(found, "M").number
    if first.number >= last.number:
        return None

    def make(year: int) -> Bounds | None:
        begin, end = day_of(year, month, first.number), day_of(year, month, last.number)
        return (begin[0], end[1]) if begin and end else None

    if has(found, "Y"):
        return fixed(make(pick(found, "Y").number), Precision.RANGE)
    return recurring(Recurrence(make), Precision.RANGE, context)


def _spaced(found: Tokens, context: Context) -> Made:
    """2016 10 16 and 31 03 2025, where nothing else stands."""
    small = [token for token in found if token.kind == "n"]
    if not context.alone or not all(len(token.text) == 2 for token in small):
        return None
    turned = found[0].kind == "Y" or not context.day_first
    month, day = small if turned else reversed(small)
    return fixed(day_of(pick(found, "Y").number, month.number, day.number), Precision.DAY)


def _two_months(found: Tokens, context: Context) -> Made:
    """April/May 2025: the one month and the other."""
    year = _year(found, context)
    first, last = found[0].number, found[2].number
    if year is None or (first + 1 - last) % 12:
        return None
    return fixed((month_start(year - (last < first), first), months(year, last)[1]), Precision.RANGE)


def _year_alone(found: Tokens, _context: Context) -> Made:
    year = pick(found, "Y").number
    return fixed(months(year, 1, 12), Precision.YEAR)


def _named_year(found: Tokens, context: Context) -> Made:
    """year 2016, FY25 (which ends in 2025)."""
    unit = pick(found, "u")
    year = _year(found, context)
    if year is None or unit.name not in ("year", "financial year"):
        return None
    if unit.name == "year":
        return fixed(months(year, 1, 12), Precision.YEAR) if has(found, "Y") else None
    return fixed(financial_year(year - 1), Precision.FINANCIAL_YEAR)


def _short_years(found: Tokens, context: Context) -> Made:
    """The 24-25 of "FY 24-25" and "Q4 24-25"."""
    first, last = found[0], found[-1]
    if not (_two_digits(first) and _two_digits(last) and last.number == first.number + 1):
        return None
    return years(full_year(first.number, context.today), full_year(first.number, context.today) + 1)


def _year_with_its_kind(found: Tokens, _context: Context) -> Made:
    """financial year 2025/26, 2024/25 academic year."""
    unit, held = pick(found, "u"), period(found)
    if held.precision is not Precision.FINANCIAL_YEAR or held.start is None:
        return None
    if unit.name == "academic year":
        return fixed(months(held.start.year, 9, 12), Precision.YEAR)
    return held if unit.name in ("financial year", "year") else None


def _season_bounds(token: Token, year: int) -> Bounds:
    return months(year, token.number, int(token.name))


def _season(found: Tokens, context: Context) -> Made:
    token = pick(found, "s")
    recurs = Recurrence(lambda year: _season_bounds(token, year))
    year = found[-1]
    if year.kind == "D":
        held = period(found)
        if held.precision is not Precision.FINANCIAL_YEAR or held.start is None:
            return None
        return fixed(_season_bounds(token, held.start.year + (token.number < 9)), Precision.SEASON)
    if year.kind in "Yn" and year is not token:
        number = _year(found, context)
        return fixed(recurs.make(number), Precision.SEASON) if number else None
    return recurring(recurs, Precision.SEASON, context)


def _two_seasons(found: Tokens, _context: Context) -> Made:
    """Autumn/Winter 2020."""
    year = pick(found, "Y").number
    first, last = (_season_bounds(token, year) for token in found if token.kind == "s")
    return fixed((first[0], last[1]), Precision.RANGE) if first[0] < last[0] else None


def holiday(name: str, year: int) -> Bounds | None:
    """The holiday in a year; the forms of `name` are those of `words`."""
    if name.startswith("easter"):
        day = easter(year) + timedelta(days=int(name[6:]))
        return day, day + DAY
    if "." in name:
        month, weekday, number = (int(part) for part in name.split("."))
        return weekday_in(months(year, month), weekday, number)
    month, number = (int(part) for part in name.split("-"))
    return day_of(year, month, number)


def _holiday(found: Tokens, context: Context) -> Made:
    token = pick(found, "H")
    if has(found, "Y"):
        return fixed(holiday(token.name, pick(found, "Y").number), Precision.DAY)
    return recurring(Recurrence(lambda year: holiday(token.name, year)), Precision.DAY, context)


def _numbered_part(found: Tokens, _context: Context) -> Made:
    """quarter 3, the third quarter, first half."""
    unit, number = pick(found, "u"), pick(found, "no")
    parts = {"quarter": 4, "financial quarter": 4, "half": 2}.get(unit.name, 0)
    return Token("Q", number=number.number, name=unit.name) if 1 <= number.number <= parts else None


def part_of_year(token: Token, year: int, financial: bool) -> Period | None:
    """A quarter or half of the year that begins in January or, in a council's books, in April of `year`."""
    size = 6 if token.name == "half" else 3
    if size == 6 and token.number > 2:
        return None
    bounds = months(year, (4 if financial else 1) + size * (token.number - 1), size)
    quarter = Precision.FINANCIAL_QUARTER if financial else Precision.QUARTER
    return Period(*bounds, Precision.HALF if size == 6 else quarter)


def _part_of_year(found: Tokens, context: Context) -> Made:
    """Q3 2024/25 is of a financial year, Q3 2025 of the calendar's; Q3 alone is the calendar's too."""
    token = pick(found, "Q")
    if has(found, "D"):
        held = period(found)
        if held.precision not in (Precision.YEAR, Precision.FINANCIAL_YEAR) or held.start is None:
            return None
        return part_of_year(token, held.start.year, held.precision is Precision.FINANCIAL_YEAR)
    if len(found) == 1 or not any(other.kind in "Yn" for other in found):
        return _part_alone(token, context)
    other = pick(found, "Yn")
    if other.kind == "n" and not _two_digits(other):
        return None
    year = other.number if other.kind == "Y" else full_year(other.number, context.today)
    return part_of_year(token, year, token.name == "financial quarter")


def _part_alone(token: Token, context: Context) -> Made:
    if token.name == "half":
        return None
    financial = context.financial or token.name == "financial quarter"
    this = part_of_year(token, year_of(context.today, 4 if financial else 1), financial)

    def make(year: int) -> Bounds | None:
        part = part_of_year(token, year, financial)
        return (part.start, part.end) if part and part.start and part.end else None

    return replace(this, assumed=True, recurs=Recurrence(make)) if this else None


def _figures_with_year(found: Tokens, _context: Context) -> Made:
    """5/7, 2020 and 28 June in 2020: a day and month followed by its year."""
    held, year = period(found), pick(found, "Y").number
    if not held.assumed or held.recurs is None:
        return None
    bounds = held.recurs.make(year)
    return Period(*bounds, held.precision, base=held.base) if bounds else None


RULES = (
    rule("(?<![no/-])M[-/]?n(?=[,&t-]?M[-/]?n)", _month_number),
    rule("[bf]?W?T?[no][-t]W?T?[no]O?T?M,?[Oi]?Y", _days_of_month),
    rule("bT?[no]&T?[no]O?T?M,?[Oi]?Y", _days_of_month),
    rule(f"T?[no]{_SEPARATOR}O?T?M{_SEPARATOR}[Oi]?T?(?:Y|n(?!-?O?T?M))", _day_month_year),
    rule(f"M{_SEPARATOR}T?[no]{_SEPARATOR}[Oi]?Y", _month_day_year),
    rule("MT?on", _month_ordinal_year),
    rule("Y[-/]M[-/][no]", _month_day_year),
    rule("Y[-/][no][-/]M", _month_day_year),
    rule("M/MO?(?:Y|n(?!-?O?T?M))", _two_months),
    rule(f"M{_SEPARATOR}[Oi]?T?Y", _month_year),
    rule("MOn", _month_of_year),
    rule("[bf]?W?T?[no][-t]W?T?[no]O?T?M", _days_of_month),
    rule("bT?[no]&T?[no]O?T?M", _days_of_month),
    rule("[bf]?M[no][-t]T?[no](?![MY])", _days_of_month),
    rule("T?[no][-/]?O?T?M", _day_month),
    rule("M,?T?o", _day_month),
    rule("M[-/]?n", _month_number),
    rule("T?uY", _named_year),
    rule("(?<=[Qu])n-n(?![MO])", _short_years),
    rule("un(?!M)", _named_year),
    rule("T?uD", _year_with_its_kind),
    rule("Du", _year_with_its_kind),
    rule("u[no]", _numbered_part),
    rule("T?ou", _numbered_part),
    rule("[YD][-/]?Q(?=[-t&]T?[YD][-/]?Q)", _part_of_year),
    rule("Q[-/,]?[Oi]?T?[YD]", _part_of_year),
    rule("Qn(?!M)", _part_of_year),
    rule("[YD][-/]?Q", _part_of_year),
    rule("nQ", _part_of_year),
    rule("s[-/]s,?[Oi]?Y", _two_seasons),
    rule("s,?[Oi]?T?[YD]", _season),
    rule("sO?n(?!M)", _season),
    rule("H,?[Oi]?T?Y", _holiday),
    rule("D[Oi,]*Y", _figures_with_year),
    rule("Ynn|nnY", _spaced),
    rule("Y", _year_alone),
)
"""Dates that need no other day to count from, and days and months that lack only their year."""

LATER_RULES = (rule("M", _month), rule("s", _season), rule("T?H", _holiday), rule("T?Q", _part_of_year))
"""What stands alone, once "next March" and "this autumn" have been read."""


def alone(token: Token, context: Context) -> Period | None:
    """A month, season or holiday without a year."""
    build = {"M": _month, "s": _season, "H": _holiday}[token.kind]
    made = build([token], context)
    return made if isinstance(made, Period) else None
