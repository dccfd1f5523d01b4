"""The words of a text on their way to dates, and the rules that join them.

Every token has a kind, one letter; a rule is a regular expression over the kinds of a run of tokens and a function that
reads the tokens it matched. What it makes takes their place, until only periods are left. Numbers in words are joined
first, and words that only look like dates become plain ones: "may" the verb, the 26 of "action 26".

n number, o ordinal, w number word, Y year, M month, W weekday, u unit, s season or term, H holiday, Q quarter, half,
p last/this/next, e early/mid/end, E end of month or year, r rest of, t to, - dash, & and, | or, b between, f from,
S starting, j for, i in/on/at, T the, a a, O of, B before/by/after/since, L or later, g ago/hence, m more than,
c week commencing, Z to date, C closest, R relative day, D a period, d a length of time, h time, X day and month in
figures, x anything else.

`data/dates.csv` has a line for each meaning, with its words parted by semicolons. `number` is which month, how many or
which way; `name` which unit or edge, how many months a season lasts, and when a holiday is: "12-25" a day, "easter+1" a
day counted from Easter, "8.0.-1" the last Monday of August. A half term is the month that it falls in. The lines at
the end are lists of words that tell whether what stands beside them is a date."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assistant.dates.days import Bounds
from assistant.dates.periods import Duration, Period, Precision, Recurrence

WORDS = Path(__file__).parents[1] / "data" / "dates.csv"
_CENTURIES = range(15, 22)
_LEADS_TO_DATE = frozenset("BftbpWiSc(eOM")


class Entry(NamedTuple):
    """What a word means: its kind, a number (which month, how many, which way) and a name (which unit, which edge)."""

    kind: str
    number: int = 0
    name: str = ""


def _read() -> dict[Entry, list[str]]:
    with WORDS.open(encoding="utf-8", newline="") as lines:
        return {
            Entry(line["kind"], int(line["number"] or 0), line["name"]): line["words"].split("; ")
            for line in csv.DictReader(lines)
        }


_WORDS = _read()
LEXICON: dict[str, Entry] = {word: entry for entry, words in _WORDS.items() if len(entry.kind) == 1 for word in words}
_MONTHS = {word[:3] for word, entry in LEXICON.items() if entry.kind == "M" and word.isalpha()}
MONTH = rf"(?:{'|'.join(sorted(_MONTHS))})[a-z]*"
"""A pattern for the name of a month, in full or short."""


def listed(name: str) -> frozenset[str]:
    """The words of a list.

    numbered_things   a number after one of these counts things and is no date; numbered_titles: a year is a law's
    counted_things    a number before one of these counts them and is no year
    repeated          a month or weekday after one of these comes again and again
    shy_words, names  words of dates that are verbs and nouns, or first names, as well
    leading           after one of these a month is a month
    verb_follows      what stands after a verb that looks like a month: "may be", "fall due"
    """
    return frozenset(_WORDS[Entry(name)])


@dataclass(slots=True)
class Context:
    """What a reading depends on besides the words."""

    today: date
    day_first: bool = True
    alone: bool = False
    """The text is one expression and nothing else."""
    cell: bool = False
    """A date cell of a plan, where a bare "Dec 25" is always a month."""
    financial: bool = False
    """Quarters without a year are those of a financial year."""
    problems: list[str] = field(default_factory=list)
    """Why something that looks like a date is none."""


class Token(NamedTuple):
    """A word, a number or something already read, from `start` to `end` in the text."""

    kind: str
    start: int = 0
    end: int = 0
    number: int = 0
    name: str = ""
    text: str = ""
    period: Period | None = None
    length: Duration | None = None


Tokens = Sequence[Token]
Made = Token | Period | Duration | None
Build = Callable[..., Made]
Rule = tuple[re.Pattern[str], Build, tuple[str, ...]]
"""A pattern of kinds, what makes something of the tokens, and the names of what that is given."""


def rule(pattern: str, build: Build) -> Rule:
    """A run of kinds, and what is made of it. The arguments of `build` say what it is given: `context`, all tokens
    `found`, or by its kind a token: `M` a month, `no` a number or an ordinal, `M2` the second month; of a period (D)
    or a length (d) what it holds. None stands for a token that the run lacks."""
    return re.compile(pattern), build, build.__code__.co_varnames[: build.__code__.co_argcount]


def reduce(found: list[Token], rules: Sequence[Rule], context: Context) -> list[Token]:
    """The tokens after every rule, in order, has been tried at every place."""
    kinds = "".join([token.kind for token in found])
    for pattern, build, wants in rules:
        match = pattern.search(kinds)
        while match:
            start, end = match.span()
            try:
                made = build(*_given(wants, found[start:end], context))
            except (ValueError, OverflowError):  # outside the calendar: "in 999 decades"
                made = None
            if made is None:
                match = pattern.search(kinds, start + 1)
                continue
            if isinstance(made, Period):
                made = Token("D", period=made)
            token = Token("d", length=made) if isinstance(made, Duration) else made
            found[start:end] = [token._replace(start=found[start].start, end=found[end - 1].end)]
            kinds = kinds[:start] + token.kind + kinds[end:]
            match = pattern.search(kinds, start if end - start > 1 else start + 1)
    return found


def _given(wants: Sequence[str], found: Tokens, context: Context) -> Iterator[object]:
    for name in wants:
        if name in ("context", "found"):
            yield context if name == "context" else found
            continue
        alike = [token for token in found if token.kind in name]
        token = alike[name[-1] == "2"] if len(alike) > (name[-1] == "2") else None
        yield token and (token.period or token.length or token)


def fixed(bounds: Bounds | None, precision: Precision, relative: bool = False) -> Period | None:
    """A period with its year, or None where the calendar has no such day."""
    return Period(*bounds, precision, relative=relative) if bounds else None


def recurring(recurs: Recurrence, precision: Precision, context: Context, relative: bool = False) -> Period | None:
    """A date without a year: the one that holds today or comes next."""
    bounds = recurs.after(context.today)
    return Period(*bounds, precision, assumed=True, relative=relative, recurs=recurs) if bounds else None


def _tens_and_one(found: Tokens, w: Token) -> Made:
    """Twenty-one, and twenty-first as an ordinal; in figures "20 1st" is none."""
    one = found[-1]
    tens = w.number >= 20 and w.number % 10 == 0 and one.number in range(1, 10)
    fits = one.text[:1].isalpha() if one.kind == "o" else w.number < 100
    return w._replace(kind=one.kind, number=w.number + one.number) if tens and fits else None


def _scaled(found: Tokens, w: Token, w2: Token) -> Made:
    """Two thousand and five, nineteen hundred, a count of hundreds; nineteen eighty-four."""
    scale, more = w2.number, found[-1].number if len(found) > 2 else 0
    if (scale == 1000 and w.number in (1, 2)) or (scale == 100 and w.number in _CENTURIES):
        number = w.number * scale + more
        return w._replace(kind="Y" if number >= _CENTURIES[0] * 100 else "n", number=number) if more < 100 else None
    if len(found) > 2:
        return None
    if scale == 100:
        return w._replace(kind="n", number=w.number * 100)
    year = w.number in _CENTURIES and 10 <= scale < 100
    return w._replace(kind="Y", number=w.number * 100 + scale) if year else None


NUMERALS = (
    rule("w-?w", _tens_and_one),
    rule("ww&?w", _scaled),
    rule("ww", _scaled),
    rule("w-?o", _tens_and_one),
    rule("w", lambda w: w._replace(kind="n")),
)
"""Number words made numbers (n), ordinals (o) and years (Y)."""


_NO_TOKEN, _ENDS = Token("^"), frozenset(".?!;:\"'")
_NUMBERED, _TITLES, _COUNTED = listed("numbered_things"), listed("numbered_titles"), listed("counted_things")
_REPEATED, _SHY, _LEADING = listed("repeated"), listed("shy_words"), listed("leading")
_SPEAKERS = ("i", "we", "you")
_NAMES, _VERB_FOLLOWS = listed("names"), listed("verb_follows")


def settled(found: list[Token], alone: bool) -> list[Token]:
    """The tokens, with those that are no dates turned into plain words (x)."""
    made = [token for token in found if not (alone and token.text in _ENDS)]
    for place, token in enumerate(made):
        before = made[place - 1] if place else _NO_TOKEN
        after, after_next = (*made[place + 1 : place + 3], _NO_TOKEN, _NO_TOKEN)[:2]
        if not alone and token.kind in _DOUBTS and _DOUBTS[token.kind](token, before, after, after_next):
            made[place] = token._replace(kind="x")
        elif token.kind == "X":
            made[place] = token._replace(kind="D")
    return made


def _no_number(token: Token, before: Token, after: Token, after_next: Token) -> bool:
    """Part of a reference ("6b"), or the number of a thing ("action 26") unless a whole date stands there."""
    if after.kind == "x" and after.start == token.end and after.text[:1].isalnum():
        return True
    return before.text.lower() in _NUMBERED and not (after.kind == "M" and after_next.kind == "Y")


def _no_year(token: Token, before: Token, after: Token, after_next: Token) -> bool:
    """The year of a law, or a number of things."""
    counts = before.text.lower() in _TITLES or (after.kind == "x" and after.text.lower() in _COUNTED)
    return counts or _no_number(token, _NO_TOKEN, after, after_next)


def _no_day(token: Token, before: Token, after: Token, after_next: Token) -> bool:
    """The 3rd of "the 3rd floor"."""
    counts = after.kind == "x" and after.text[:1].isalpha() and before.kind not in "MW-t&/"
    return counts or _no_number(token, before, after, after_next)


def _no_day_and_month(token: Token, before: Token, after: Token, after_next: Token) -> bool:
    """5/6 in the middle of a sentence is a fraction or a reference, unless a word before or after asks for a date."""
    asked = before.kind in _LEADS_TO_DATE or before.kind in "-&" or (after.kind in "t-," and after_next.kind in "XDYR")
    year = token.period is not None and not token.period.assumed
    return not (asked or (year and before.kind in "QsuT")) or before.text.lower() in _NUMBERED


def _no_word(token: Token, before: Token, after: Token, after_next: Token) -> bool:
    """A month, weekday or season whose letters also spell a verb, a noun or a name."""
    word, after = token.text.lower(), _NO_TOKEN if after.text in _ENDS else after
    if before.text.lower() in _REPEATED:
        return True
    if word not in _SHY and word not in _NAMES:
        return False
    if after.kind in "noY" or (after.kind in "/-," and after_next.kind in "nYs") or before.kind in "no":
        return False
    led = before.kind in _LEADS_TO_DATE and (before.kind != "p" or before.number != 0 or after.kind == "^")
    led = led or before.text.lower() in _LEADING
    if word in _NAMES and not led and token.text.istitle() and after.kind == "x" and after.text.istitle():
        return True
    if word not in _SHY:
        return False
    joined = after_next.kind in "MDs" if after.kind in "&/-t" else before.kind in "&/-"
    verb = word in {"may", "march", "fall"} and after.text.lower() in _VERB_FOLLOWS
    if verb and (not joined or after.text.lower() in _SPEAKERS) and before.kind not in "ieBf":
        return True
    named = token.text[:1].isupper() and before.kind != "^" and before.text not in ".?!" and token.kind in "MW"
    ends = token.kind == "s" and after.kind in "^,"
    return not (led or joined or named or ends or (before.kind == "T" and token.kind == "s" and after.kind != "x"))


_DOUBTS: dict[str, Callable[[Token, Token, Token, Token], bool]] = {
    "n": _no_number,
    "o": _no_day,
    "Y": _no_year,
    "X": _no_day_and_month,
    "f": lambda _, before, after, then: before.kind != "^" and after.kind == "T" and then.kind in "YDX",
    "M": _no_word,
    "W": _no_word,
    "s": _no_word,
}
"""What a kind may be in place of a date. The "from" of "actions from the 2014 plan" names the plan."""
