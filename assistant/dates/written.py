"""Dates as they are written: 11 May 2020, Dec-20, Autumn 2020, Q3 2024/25, Easter 2025, 1-8 September."""

from calendar import month_name, monthrange
from collections.abc import Callable
from functools import partial

from assistant.dates.days import FINANCIAL_MONTH, Bounds, day_of, financial_year, holiday, month_start, months, year_of
from assistant.dates.lexer import full_year, years
from assistant.dates.periods import Period, Precision, Recurrence
from assistant.dates.tokens import Context, Made, Token, Tokens, fixed, recurring, reduce, rule

_YEARS_AHEAD = 3
"""A two-digit number after a month is a year at most so far ahead, else a day: 31, not 2031."""


def _year(token: Token, context: Context) -> int | None:
    """A year of four digits or two."""
    if token.kind == "Y":
        return token.number
    return full_year(token.number, context.today) if _two_digits(token) else None


def _two_digits(token: Token) -> bool:
    return token.kind == "n" and len(token.text) == 2 and token.text.isdigit()


def _whole_date(found: Tokens, context: Context, M: Token, no: Token, Y: Token | None) -> Made:
    """A day, its month and its year, in any order. Where the calendar has no such day, the reading says so and nothing
    of the words is a date."""
    year = _year(Y or found[-1], context)
    bounds = day_of(year, M.number, no.number) if year else None
    if year and bounds is None and 1 <= no.number <= 39:
        return _no_day(found, f"{month_name[M.number]} {year} has {monthrange(year, M.number)[1]} days", context)
    return fixed(bounds, Precision.DAY)


def _no_day(found: Tokens, why: str, context: Context) -> Token:
    """Words that are no date, and why; nothing else is read of them."""
    words = " ".join(token.text for token in sorted(found, key=lambda token: token.start))
    context.problems.append(f'"{words}" is not a date: {why}.')
    return Token("x")


def _month_of_year(found: Tokens, context: Context, M: Token) -> Made:
    """May 2020, April of 87."""
    year = _year(found[-1], context)
    return fixed(months(year, M.number), Precision.MONTH) if year else None


def _month_number(found: Tokens, context: Context, M: Token, n: Token) -> Made:
    """`Dec-20` and `Sept 18` are months; `May 5` is a day; with the month first everywhere, `July 13` is one too."""
    if not n.text.isdigit() and n.number > 31:
        return None
    plainly = 1 <= n.number <= 31 and not any(token.kind in "-/" for token in found)
    far = 2000 + n.number > context.today.year + _YEARS_AHEAD
    near = not far or (context.cell and n.number != monthrange(2000, M.number)[1])
    is_year = context.day_first and near if plainly else n.number > 31 or n.number == 0 or context.day_first
    if _two_digits(n) and is_year:
        return fixed(months(full_year(n.number, context.today), M.number), Precision.MONTH)
    return _day(found, context, M, n)


def _day(found: Tokens, context: Context, M: Token, no: Token) -> Made:
    if not 1 <= no.number <= 31:
        return None
    made = recurring(Recurrence(lambda year: day_of(year, M.number, no.number)), Precision.DAY, context)
    return made or _no_day(found, f"{month_name[M.number]} has {monthrange(2000, M.number)[1]} days", context)


def _days_of_month(context: Context, no: Token, no2: Token, M: Token, Y: Token | None) -> Made:
    """3 to 12 September 2020: two days that share a month."""

    def make(year: int) -> Bounds | None:
        begin, end = day_of(year, M.number, no.number), day_of(year, M.number, no2.number)
        return (begin[0], end[1]) if begin and end else None

    if no.number >= no2.number:
        return None
    return _yearly(make, Y and Y.number, Precision.RANGE, context)


def _yearly(make: Callable[[int], Bounds | None], year: int | None, precision: Precision, context: Context) -> Made:
    """What comes each year: in the year that is said, or the one that holds today or comes next."""
    return fixed(make(year), precision) if year else recurring(Recurrence(make), precision, context)


def _spaced(found: Tokens, context: Context, n: Token, n2: Token, Y: Token) -> Made:
    """2016 10 16 and 31 03 2025, where nothing else stands."""
    if not context.alone or not len(n.text) == len(n2.text) == 2:
        return None
    month, day = (n, n2) if found[0] is Y or not context.day_first else (n2, n)
    return fixed(day_of(Y.number, month.number, day.number), Precision.DAY)


def _two_months(found: Tokens, context: Context, M: Token, M2: Token) -> Made:
    """April/May 2025: the one month and the other."""
    year = _year(found[-1], context)
    if year is None or (M.number + 1 - M2.number) % 12:
        return None
    return fixed((month_start(year - (M2.number < M.number), M.number), months(year, M2.number)[1]), Precision.RANGE)


def _named_year(context: Context, u: Token, Yn: Token) -> Made:
    """year 2016, FY25 (which ends in 2025)."""
    year = _year(Yn, context)
    if year and u.name == "financial year":
        return fixed(financial_year(year - 1), Precision.FINANCIAL_YEAR)
    return fixed(months(year, 1, 12), Precision.YEAR) if year and u.name == "year" and Yn.kind == "Y" else None


def _short_years(context: Context, n: Token, n2: Token) -> Made:
    """The 24-25 of "FY 24-25" and "Q4 24-25"."""
    first, follows = full_year(n.number, context.today), n2.number == n.number + 1
    return years(first, first + 1) if follows and _two_digits(n) and _two_digits(n2) else None


def _year_with_its_kind(u: Token, D: Period) -> Made:
    """financial year 2025/26, 2024/25 academic year."""
    if D.precision is not Precision.FINANCIAL_YEAR:
        return None
    if u.name == "academic year":
        return fixed(months(D.start.year, 9, 12), Precision.YEAR)
    return D if u.name in ("financial year", "year") else None


def _season(context: Context, s: Token, YDn: Token | Period | None) -> Made:
    def make(year: int) -> Bounds:
        return months(year, s.number, int(s.name))

    if isinstance(YDn, Period):
        year = YDn.start.year + (s.number < 9) if YDn.precision is Precision.FINANCIAL_YEAR else None
    else:
        year = _year(YDn, context) if YDn else None
    return None if YDn and not year else _yearly(make, year, Precision.SEASON, context)


def _two_seasons(s: Token, s2: Token, Y: Token) -> Made:
    """Autumn/Winter 2020."""
    first, last = (months(Y.number, one.number, int(one.name)) for one in (s, s2))
    return fixed((first[0], last[1]), Precision.RANGE) if first[0] < last[0] else None


def _holiday(context: Context, H: Token, Y: Token | None) -> Made:
    return _yearly(lambda year: holiday(H.name, year), Y and Y.number, Precision.DAY, context)


def _numbered_part(context: Context, u: Token, no: Token) -> Made:
    """quarter 3, the third quarter, first half."""
    parts = {"quarter": 4, "financial quarter": 4, "half": 2}.get(u.name, 0)
    if parts and not 1 <= no.number <= parts:
        context.problems.append(f"There is no {u.name} {no.number}.")
    return Token("Q", number=no.number, name=u.name) if 1 <= no.number <= parts else None


def _part_of_year(context: Context, Q: Token, D: Period | None, Yn: Token | None) -> Made:
    """Q3 2024/25 is of a financial year, Q3 2025 of the calendar's; Q3 alone is the calendar's too."""
    financial = Q.name == "financial quarter" or (context.financial and not Yn)
    year = _year(Yn, context) if Yn else year_of(context.today, FINANCIAL_MONTH if financial else 1)
    if not year or (not D and not Yn and Q.name == "half"):
        return None
    make = financial_year if financial else partial(months, month=1, count=12)
    kind = Precision.FINANCIAL_YEAR if financial else Precision.YEAR
    whole = D or Period(*make(year), kind, assumed=not Yn, recurs=None if Yn else Recurrence(make))
    known = whole.precision in (Precision.YEAR, Precision.FINANCIAL_YEAR)
    return whole.nth(Q.name, Q.number) if known else None


_TO_YEAR = "(?:Y|n(?!-?O?T?M))"
RULES = (
    rule("(?<![no/-])M[-/]?n(?=[,&t-]?M[-/]?n)", _month_number),
    rule("[bf]?W?T?[no][-t]W?T?[no]O?T?M,?[Oi]?Y", _days_of_month),
    rule("bT?[no]&T?[no]O?T?M,?[Oi]?Y", _days_of_month),
    rule(f"T?[no][-/,]?O?T?M[-/,]?[Oi]?T?{_TO_YEAR}", _whole_date),
    rule("M[-/,]?T?[no][-/,]?[Oi]?Y", _whole_date),
    rule("MT?on", _whole_date),
    rule("Y[-/]M[-/][no]", _whole_date),
    rule("Y[-/][no][-/]M", _whole_date),
    rule(f"M/MO?{_TO_YEAR}", _two_months),
    rule("M[-/,]?[Oi]?T?Y", _month_of_year),
    rule("MOn", _month_of_year),
    rule("[bf]?W?T?[no][-t]W?T?[no]O?T?M", _days_of_month),
    rule("bT?[no]&T?[no]O?T?M", _days_of_month),
    rule("[bf]?M[no][-t]T?[no](?![MY])", _days_of_month),
    rule("T?[no][-/]?O?T?M", _day),
    rule("M,?T?o", _day),
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
    rule("Ynn|nnY", _spaced),
    rule("Y", lambda Y: fixed(months(Y.number, 1, 12), Precision.YEAR)),
)
"""Dates that need no other day to count from, and days and months that lack only their year."""

LATER_RULES = (
    rule("M", lambda context, M: _yearly(lambda year: months(year, M.number), None, Precision.MONTH, context)),
    rule("s", _season),
    rule("T?H", _holiday),
    rule("T?Q", _part_of_year),
)
"""What stands alone, once "next March" and "this autumn" have been read."""


def alone(token: Token, context: Context) -> Period | None:
    """A month, season or holiday without a year."""
    made = reduce([token], LATER_RULES, context)
    return made[0].period
