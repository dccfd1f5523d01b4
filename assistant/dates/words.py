"""The words of dates, each with its kind. A kind is one letter, so that a run of words can be matched as a string.

n number, o ordinal, w number word, Y year, M month, W weekday, u unit, s season or term, H holiday, Q quarter, half,
p last/this/next, e early/mid/end, E end of month or year, r rest of, t to, - dash, & and, | or, b between, f from,
S starting, j for, i in/on/at, T the, a a, O of, B before/by/after/since, L or later, g ago/hence, m more than,
c week commencing, Z to date, C closest, R relative day, D a period, d a length of time, h time, X day and month in
figures, x anything else.
"""

from typing import NamedTuple


class Entry(NamedTuple):
    """What a word means: its kind, a number (which month, how many, which way) and a name (which unit, which edge)."""

    kind: str
    number: int = 0
    name: str = ""


def _ordered(kind: str, first: int, groups: str) -> dict[str, Entry]:
    """Words in order, numbered from `first`: spellings of one thing are parted by spaces, things by "|"."""
    return {
        word: Entry(kind, number) for number, group in enumerate(groups.split("|"), first) for word in group.split()
    }


def _alike(kind: str, number: int, name: str, words: str) -> dict[str, Entry]:
    """Words and phrases of one meaning, parted by "|"."""
    return {word: Entry(kind, number, name) for word in words.split("|")}


_MONTHS = _ordered(
    "M",
    1,
    "january jan|february feb febuary|march mar|april apr|may|june jun|july jul|august aug|september sept sep"
    "|october oct|november nov|december dec",
)
MONTH = rf"(?:{'|'.join(sorted({word[:3] for word in _MONTHS}))})[a-z]*"
"""A pattern for the name of a month, in full or short."""
_HALF_TERMS = {
    f"{name} half{join}term": Entry("M", month)
    for month, names in {
        2: ("february", "feb", "spring", "spring term"),
        5: ("may", "whitsun", "whit", "summer", "summer term"),
        10: ("october", "oct", "autumn", "autumn term"),
    }.items()
    for name in names
    for join in (" ", "-")
}
"""The half terms of a school year, each the month that it falls in."""

_WEEKDAYS = _ordered(
    "W",
    0,
    "monday mondays mon|tuesday tuesdays tue tues|wednesday wednesdays wed weds|thursday thursdays thu thur thurs"
    "|friday fridays fri|saturday saturdays sat|sunday sundays sun",
)
_NUMBERS = (
    _ordered("w", 0, "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen")
    | _ordered("w", 16, "sixteen|seventeen|eighteen|nineteen")
    | {
        word: Entry("w", 10 * tens)
        for tens, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
    }
    | {"hundred": Entry("w", 100), "thousand": Entry("w", 1000)}
    | _ordered("o", 1, "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth")
    | _ordered("o", 14, "fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth")
    | {"thirtieth": Entry("o", 30)}
    | _alike("n", 2, "", "couple|a couple|a couple of|couple of")
    | _alike("n", 3, "", "few|a few")
)
_UNITS = (
    _alike("u", 1, "day", "day|days")
    | _alike("u", 1, "workday", "working day|working days|business day|business days|workday|workdays")
    | _alike("u", 1, "week", "week|weeks|wk|wks")
    | _alike("u", 1, "workweek", "working week|work week|workweek|school week")
    | _alike("u", 1, "weekend", "weekend|weekends")
    | _alike("u", 1, "fortnight", "fortnight|fortnights")
    | _alike("u", 1, "month", "month|months|mth|mths|calendar month|calendar months")
    | _alike("u", 1, "quarter", "quarter|quarters|qtr|qtrs")
    | _alike("u", 1, "financial quarter", "financial quarter|fiscal quarter")
    | _alike("u", 1, "half", "half")
    | _alike("u", 1, "year", "year|years|yr|yrs|calendar year|cy")
    | _alike(
        "u", 1, "financial year", "financial year|fiscal year|tax year|municipal year|fy|f/y|fin year|financial years"
    )
    | _alike("u", 1, "academic year", "academic year|school year")
    | _alike("u", 1, "decade", "decade|decades")
    | _alike("u", 1, "term", "term|school term")
)
_MODIFIERS = (
    _alike("p", 0, "this", "this|current|same|that")
    | _alike("p", 1, "next", "next|following")
    | _alike("p", 1, "coming", "coming|upcoming|forthcoming|this coming|this upcoming")
    | _alike("p", -1, "last", "last|previous|preceding")
    | _alike("p", -1, "past", "past|this past|most recent")
    | _alike("e", 0, "early", "early")
    | _alike("e", 0, "earlier", "earlier|earlier in")
    | _alike("e", 0, "start", "start|beginning")
    | _alike("e", 0, "mid", "mid|midway through|half way through|halfway through")
    | _alike("e", 0, "middle", "middle")
    | _alike("e", 0, "end", "end")
    | _alike("e", 0, "close", "close")
    | _alike("e", 0, "late", "late")
    | _alike("e", 0, "later", "later|later in")
    | _alike("r", 0, "rest", "rest|remainder|remaining")
    | _alike("E", 0, "month", "eom")
    | _alike("E", 0, "year", "eoy")
    | _alike("E", 0, "financial year", "eofy")
)
_SEASONS = (
    _alike("s", 3, "3", "spring")
    | _alike("s", 6, "3", "summer")
    | _alike("s", 9, "3", "autumn|fall")
    | _alike("s", 12, "3", "winter")
    | _alike("s", 1, "3", "spring term")
    | _alike("s", 4, "4", "summer term")
    | _alike("s", 9, "4", "autumn term")
    | _alike("s", 7, "2", "summer holidays|summer holiday|summer break")
)
"""Seasons and terms: the month in which they begin, and how many months they last."""

_JOINERS = (
    _alike("t", 0, "to", "to|through|through to|thru|~")
    | _alike("t", 0, "until", "until|till|til|up to|up until|up till|up to and including")
    | _alike("-", 0, "", "-|–|—|‑")
    | _alike("&", 0, "", "&|and")
    | {"or": Entry("|")}
    | _alike("b", 0, "", "between|in between")
    | _alike("f", 0, "", "from")
    | _alike("j", 0, "", "for")
    | _alike("O", 0, "", "of")
    | _alike("T", 0, "", "the")
    | _alike("a", 1, "", "a|an")
    | _alike("h", 0, "", "time")
    | {mark: Entry(mark) for mark in ",/()"}
    | _alike("S", 0, "", "starting|starting on|starting from|starting in|beginning on|beginning in|beginning from")
    | _alike("S", 0, "", "commencing|commencing on|with effect from|wef|effective from")
    | _alike("i", 0, "", "in|on|at|during|throughout|as at|as of|around|about|by around|circa|approx|over")
    | _alike("i", 1, "within", "within")
)
_SIDES = (
    _alike("B", 0, "before", "before|prior to|in advance of|ahead of|earlier than|<")
    | _alike("B", 0, "before", "pre|in the run-up to|in the run up to|leading up to")
    | _alike("B", 0, "before", "sometime before|sometimes before|any time before|anytime before")
    | _alike("B", 0, "by", "by|no later than|not later than|on or before|as late as|not after|by no later than|<=|< =")
    | _alike(
        "B",
        1,
        "after",
        "after|later than|any time after|anytime after|sometime after|beyond|following on from|that follow"
        "|that follows|post|>",
    )
    | _alike("B", 1, "since", "since|on or after|as early as|no earlier than|not before|ever since|>=|> =")
    | _alike(
        "L",
        1,
        "",
        "or later|and later|onwards|onward|or greater|and greater|or even later"
        "|at the earliest|or thereafter|and thereafter",
    )
    | _alike("L", 0, "", "or earlier|and earlier|and prior|or sooner|or even earlier|or even sooner|at the latest")
    | _alike("g", -1, "", "ago|back")
    | _alike("g", 1, "", "hence|from now")
    | _alike("c", 0, "", "w/c|w/b|wc|week commencing|week beginning|week starting")
    | _alike("c", 0, "fortnight", "fortnight commencing|fortnight beginning|fortnight starting")
    | _alike("c", 1, "fortnight", "fortnight ending")
    | _alike("c", 1, "week", "w/e|week ending")
    | _alike("c", 1, "month", "month ending|month ended")
    | _alike("c", 1, "quarter", "quarter ending|quarter ended")
    | _alike("c", 1, "year", "year ending|year ended|financial year ending|financial year ended")
    | _alike("m", 1, "", "more than|longer than")
    | _alike("Z", 0, "", "to date|till date|until now|up to now|to now|to the present|to present")
    | _alike("C", 0, "", "closest|nearest")
    | _alike("R", 0, "day", "today|todays")
    | _alike("R", 0, "now", "now|right now")
    | _alike("R", 1, "day", "tomorrow|tomorrows|tmrw|tomorow|tommorow|tommorrow")
    | _alike("R", -1, "day", "yesterday|yesterdays")
)
_HOLIDAYS = {
    name: Entry("H", 0, day)
    for day, names in {
        "12-25": "christmas|christmas day|xmas|xmas day",
        "12-24": "christmas eve|xmas eve",
        "12-26": "boxing day",
        "1-1": "new year's day|new years day|new year day|new year",
        "12-31": "new year's eve|new years eve|new year eve",
        "2-14": "valentine's day|valentines day",
        "3-1": "st david's day|st davids day",
        "3-8": "international women's day",
        "3-17": "st patrick's day|st patricks day|saint patrick's day|saint patrick",
        "4-1": "april fool's day|april fools' day|april fools day",
        "4-22": "earth day",
        "4-23": "st george's day|st georges day",
        "5-1": "international workers' day|international workers day|workers' day|workers day",
        "7-4": "independence day",
        "10-31": "halloween",
        "11-5": "bonfire night|guy fawkes night",
        "11-11": "armistice day|veterans day",
        "11-20": "world children's day",
        "11-30": "st andrew's day|st andrews day",
        "12-10": "human rights day",
        "easter+0": "easter|easter sunday|easter day",
        "easter-2": "good friday",
        "easter+1": "easter monday",
        "easter-47": "shrove tuesday|pancake day",
        "easter-46": "ash wednesday",
        "easter-7": "palm sunday",
        "easter-21": "mothering sunday",
        "easter+49": "whitsun|pentecost",
        "easter+50": "whit monday",
        "5.0.1": "may day|early may bank holiday|may day bank holiday",
        "5.0.-1": "spring bank holiday|memorial day",
        "6.6.3": "father's day|fathers day",
        "8.0.-1": "august bank holiday|summer bank holiday|late summer bank holiday",
        "9.0.1": "labor day|labour day",
        "11.3.4": "thanksgiving|thanksgiving day",
        "11.6.2": "remembrance sunday",
        "1.0.3": "martin luther king day|mlk day",
        "2.0.3": "presidents' day|presidents day",
    }.items()
    for name in names.split("|")
}
"""When it is: "12-25" a day; "easter+1" a day counted from Easter; "8.0.-1" the last Monday of August."""

LEXICON: dict[str, Entry] = (
    _MONTHS | _HALF_TERMS | _WEEKDAYS | _NUMBERS | _UNITS | _MODIFIERS | _SEASONS | _JOINERS | _SIDES | _HOLIDAYS
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NUMBERED_THINGS = _set(
    "action actions ref reference section sections page pages pg priority priorities item items no nos number numbers "
    "row rows recommendation recommendations rec recs line lines appendix table tables chapter paragraph paragraphs "
    "para part parts level step version grade band tier stage phase aged age ages objective outcome theme standard "
    "question figure annex schedule form route room point points workstream domain goal output clause article rule p pp"
)
"""A number after one of these counts things; it is no date."""

NUMBERED_TITLES = _set("act acts regulation regulations order guidance rules code")
"""A year after one of these is part of a law's name."""

COUNTED_THINGS = _set(
    "children people cases families staff parents carers hours minutes pounds young pupils sessions places homes"
)
"""A number before one of these counts them; it is no year."""

REPEATED = _set("every each alternate")
"""A month or weekday after one of these comes again and again; it is no date."""

SHY_WORDS = _set("may march mar mon sat sun wed fall spring summer autumn winter second")
"""Words of dates that are verbs and nouns as well."""

LEADING = _set("due deadline deadlines target dated date dates")
"""After one of these a month is a month."""

NAMES = _set("april june august jan may summer autumn")
"""Words of dates that are first names as well."""

VERB_FOLLOWS = _set(
    "be have not need also well only still want cause i we you they he she it the a an lead change vary include on in "
    "at with due within under by to"
)
"""What stands after a verb that looks like a month: "may be", "fall due"."""
