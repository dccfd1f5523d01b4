"""Stated bounds: on how many rows there are, "no", "fewer than half of", and on how late they are, "more than 30 days"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.conditions import FIRST_DAY, LAST_DAY, Condition, Field, Operator
from assistant.dates import add_months
from assistant.planner.spots import Kind, Spot
from assistant.planner.text import NUMBERS
from assistant.query_plan import Bound, Relation

_SHARES = {"half": (1, 2), "a third": (1, 3), "two thirds": (2, 3), "a quarter": (1, 4), "three quarters": (3, 4)}
_RELATIONS = {
    Relation.FEWER: r"(?:fewer|less|shorter)\s+than|under|below",
    Relation.MORE: r"(?:more|longer)\s+than|over|above|in\s+excess\s+of|upwards\s+of",
    Relation.AT_MOST: r"at\s+most|(?:no|not)\s+more\s+than|up\s+to|a\s+maximum\s+of",
    Relation.AT_LEAST: r"at\s+least|(?:no|not)\s+(?:fewer|less)\s+than|a\s+minimum\s+of",
    Relation.ALL_BUT: r"all\s+but|all\s+except",
    Relation.EXACTLY: "exactly|precisely|just|only",
}
_RELATION = rf"(?:(?P<relation>{'|'.join(_RELATIONS.values())})\s+)?"
_NUMBERS = {**NUMBERS, "a dozen": 12, "dozen": 12}
_AMOUNT = rf"(?P<amount>\d{{1,4}}(?:\s?%| percent| per cent|(?![.\d]))|{'|'.join(sorted([*_SHARES, *_NUMBERS], key=len, reverse=True))})"
_NOT_LATE = r"(?!\s+(?:days?|weeks?|months?|years?|times?)\b)"
ALL, NONE = Bound(Relation.ALL_BUT, 0), Bound(Relation.AT_MOST, 0)
_ROW = r"(?:actions?|tasks?|rows?|items?|ones?|things?)"


def _relation(said: str | None, default: Relation) -> Relation:
    return next((one for one, words in _RELATIONS.items() if said and re.fullmatch(words, said.lower())), default)


def _bound(found: re.Match[str], default: Relation) -> Bound:
    """What an amount says, "more than half", "at least 3"; by `default` where no word relates it."""
    amount, relation = found["amount"].lower(), _relation(found["relation"], default)
    if amount in _SHARES:
        return Bound(relation, *_SHARES[amount])
    digits = re.match(r"\d+", amount)
    return Bound(relation, int(digits[0]) if digits else _NUMBERS[amount], 100 * bool(digits and digits[0] != amount))


# ---------------------------------------------------------------- how many: of any row, or of a group

_QUANTITY = re.compile(
    rf"(?<![\w.])(?<!\beither )(?<!\bany )(?<!\bthis )(?<!\bthat ){_RELATION}{_AMOUNT}(?![\w/]){_NOT_LATE}"
    r"|(?P<all>\b(?:entirely|wholly|fully|completely|totally|solely|exclusively|nothing\s+but|only(?!\s+an?\b)"
    rf"|all(?:\s+of)?(?:\s+(?:their|its|\w*'s))?(?:\s+{_ROW})?(?!\s+(?:the|of|about|but|except)\b)|everything|(?:every|each)(?:\s+single)?\s+{_ROW})\b)"
    r"|(?P<none>\bwithout\s+(?:any|a\s+single)\b|(?:\bnot|\w+n'?t)\s+(?:have\s+|got\s+)?(?:any|a\s+single|even\s+one|one)\b|\b(?:no|none|nothing|zero)\b)"
    r"|\b(?P<one>(?:only\s+)?an?\s+(?:single|sole|lone)|several|multiple)\b(?=\s)"
)


def quantities(low: str) -> Iterator[tuple[tuple[int, int], Bound, bool]]:
    """What the question says of how many rows of something are so, and where; whether it is a bare number, "two", that no
    word relates to what is counted."""
    for found in _QUANTITY.finditer(low):
        if found["amount"]:
            bound = _bound(found, Relation.EXACTLY)
        elif found["one"]:
            several = found["one"] in ("several", "multiple")
            bound = Bound(Relation.MORE if several else Relation.EXACTLY, 1)
        else:
            bound = ALL if found["all"] else NONE
        yield found.span(), bound, bool(found["amount"]) and not found["relation"]


_HEAD = (
    r"(?P<head>^\W*(?:(?:and|so|but|then)\s+)?(?:is it (?:true|right|correct|the case)(?: that)?\s+(?:there\s+)?)?"
    r"(?:(?:is|are|was|were|do|does|did|has|have)\s+)?(?:there\s+)?(?:been\s+)?)"
)
_LACKS = (
    r"(?!\s+(?:owners?|leads?|sponsors?|due|dates?|status|deadlines?|colours?|rag|rating|completion|longer|more)\b)"
)
_BOUND, _NONE, _NOBODY, CONFIRMS, _POLAR = (
    re.compile(regex, re.IGNORECASE)
    for regex in (
        rf"{_HEAD}(?P<said>(?P<most>most(?= of\b| [\w' ]*?actions\b))|{_RELATION}{_AMOUNT})(?P<of>\s+of\b)?{_NOT_LATE}(?=\s)",
        rf"{_HEAD}(?P<said>no|none|not any|not a single|not one|zero)(?P<of>\s+of\b)?(?=\s){_LACKS}",
        r"(?P<head>^\W*(?:is it (?:true|right|correct|the case)(?: that)?|is|are|was|were|do|does|did|has|have)\b[^?,;]{0,60}?)"
        r"\b(?P<said>nobody|no[ -]one|nothing|no(?=\s+(?:actions?|tasks?|rows?|items?)\b))\b(?!\s+(?:recorded|written|said|wrong|to|else)\b)",
        r"(?:^|[,.;])\s*(?:correct|right|true|yes|(?:is|are|was|were|has|have|does|do)\s+(?:it|that|this|they|s?he)(?:\s+(?:so|right|correct|true))?)\W*$",
        r"^\W*(?:(?:and|so|but|then)\s+)?(?:is|are|was|were|do|does|did|has|have)\b",
    )
)


_IS_IT = re.compile(
    r"^\W*is it (?:true|right|correct|the case)(?: that)?\s+(?:(?:is|are)\s+)?(?:there\s+(?:(?:is|are)\s+)?)?",
    re.IGNORECASE,
)


def bounded(text: str) -> tuple[str, Bound | None]:
    """The question as it is asked of any row, and the bound that it sets to their number; itself where it sets none.
    A statement that is to be confirmed asks too: "there are 30 overdue actions, correct?"."""
    if tag := CONFIRMS.search(text):
        found_in = bounded(f"is it true that {text[: tag.start()].strip()}?")
        return found_in if found_in[1] else (text, None)
    if not _POLAR.match(text):
        return text, None
    if none := _NOBODY.match(text) or _NONE.match(text):
        word = {"nothing": "anything", "no": "any"}.get(
            none["said"].lower(), "anybody" if none.re is _NOBODY else "any"
        )
        asked = _asked(text, none, word)
        return (_IS_IT.sub("is there ", asked) if word.startswith("any") and word != "anybody" else asked), NONE
    found = _BOUND.match(text)
    if found and found["most"]:
        return _asked(text, found, "any"), Bound(Relation.MORE, 1, 2)
    if not found or not (found["relation"] or found["of"] or re.match(r"\s+[\w ]*?actions\b", text[found.end() :])):
        return text, None
    states = found["amount"].lower() not in _SHARES or re.search(r"\bit\b", found["head"])
    return _asked(text, found, "any"), _bound(found, Relation.EXACTLY if states else Relation.AT_LEAST)


def _asked(text: str, found: re.Match[str], word: str) -> str:
    return f"{text[: found.start('said')]}{word}{text[found.end('said') :]}"


# ---------------------------------------------------------------- how late

_DAY = timedelta(days=1)
_LENGTH = (
    rf"{_RELATION}(?P<n>\d{{1,4}}|an?|{'|'.join(NUMBERS)})(?:\s+or\s+more|\+|(?P<few>\s+or\s+(?:less|fewer)))?"
    r"\s+(?P<unit>day|week|fortnight|month|year)s?"
    r"(?:\s+(?:or|and)\s+(?:more|longer|over)|\s+plus|\+)?(?P<down>\s+or\s+(?:less|fewer|under))?"
)
_LATE = (
    r"(?:late|overdue|over\s+due|past\s+due|behind|past\s+(?:their|its|the)\s+(?:due\s+date|deadline|date|target))\b"
)
_HOW_LATE = re.compile(
    rf"\b{_LENGTH}(?=\s+{_LATE}(?P<then>\s+or\s+(?:more|longer))?(?P<fewer>\s+or\s+(?:less|fewer))?)"
    rf"|(?<=\b){_LATE}(?=\s+(?P<by>by|for)\s)\s+\w+\s+{_LENGTH.replace('(?P<', '(?P<by_')}"
)
_UNITS = {"day": (1, 0), "week": (7, 0), "fortnight": (14, 0), "month": (0, 1), "year": (0, 12)}
"""The days and the months of each."""


def bounds_of_lateness(low: str, as_of: date) -> Iterator[tuple[Spot, tuple[int, int]]]:
    """What the question says of how late rows are on a day, as due dates, with the characters of "or more" after the word
    for late, empty where there are none; a bare "30 days late" is so late or more."""
    for match in _HOW_LATE.finditer(low):
        by = "by_" if match["by"] else ""
        fewer = match[f"{by}few"] or match[f"{by}down"] or match["fewer"]
        how = Relation.AT_MOST if fewer else _relation(match[f"{by}relation"], Relation.AT_LEAST)
        word, tail = match[f"{by}n"], max(match.span("then"), match.span("fewer"), (0, 0))
        number = int(word) if word.isdigit() else NUMBERS.get(word, 1)
        days, months = _UNITS[match[f"{by}unit"]]
        day = add_months(as_of, -number * months) - timedelta(days=days * number)
        first, last = {
            Relation.MORE: (FIRST_DAY, day - _DAY),
            Relation.FEWER: (day + _DAY, LAST_DAY),
            Relation.AT_MOST: (day, LAST_DAY),
            Relation.EXACTLY: (day, day),
        }.get(how, (FIRST_DAY, day))
        before = Condition(Field.DUE, Operator.BEFORE, (last + _DAY,))
        between = Condition(Field.DUE, Operator.BETWEEN, (first, last))
        start = match.start("by") if by else match.start()
        yield Spot(start, match.end(), Kind.DUE, before if first == FIRST_DAY else between), tail
