"""The words of dates, each with its kind. A kind is one letter, so that a run of words can be matched as a string.

n number, o ordinal, w number word, Y year, M month, W weekday, u unit, s season or term, H holiday, Q quarter, half,
p last/this/next, e early/mid/end, E end of month or year, r rest of, t to, - dash, & and, | or, b between, f from,
S starting, j for, i in/on/at, T the, a a, O of, B before/by/after/since, L or later, g ago/hence, m more than,
c week commencing, Z to date, C closest, R relative day, D a period, d a length of time, h time, X day and month in
figures, x anything else.

`data/dates.csv` has a line for each meaning, with its words parted by semicolons. `number` is which month, how many or
which way; `name` which unit or edge, how many months a season lasts, and when a holiday is: "12-25" a day, "easter+1" a
day counted from Easter, "8.0.-1" the last Monday of August. A half term is the month that it falls in. The lines at
the end are lists of words that tell whether what stands beside them is a date.
"""

import csv
from pathlib import Path
from typing import NamedTuple

WORDS = Path(__file__).parents[1] / "data" / "dates.csv"


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
