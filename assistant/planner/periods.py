"""Dates and periods that a question names, and what they are dates of: due, start, completion, or the day to judge by."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.conditions import (
    COMPLETE,
    FIRST_DAY,
    LAST_DAY,
    OPEN,
    Condition,
    Either,
    Every,
    Field,
    Filter,
    Operator,
)
from assistant.dates import MONTH, DateSpan, Precision, add_months, find_dates
from assistant.lexicon import any_of, choice, small
from assistant.planner.candidates.dated import FIELDS, Anchor, Of, anchors, governor
from assistant.planner.spots import Kind, Spot
from assistant.planner.text import FUNCTION_WORDS, TAKEN, Text, overlaps
from assistant.query_plan_words import british

_DAY = timedelta(days=1)
SOON_DAYS = 92
_KINDS = {Of.DUE: Kind.DUE, Of.START: Kind.START, Of.COMPLETED: Kind.COMPLETED}
_CARRIERS = small("date_carriers")
"""Words that may stand between a date and what governs it, and belong to the date."""
_SHY = re.compile(
    r"(?:the )?(?:early years?|(?:(?:first|second|third|fourth|last|every|each) )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|may|march|winter|summer|spring|autumn|day|week|weekend|daily|weekly|monthly|night)"
)
"""Words that may only look like a date: they count beside a word that takes one."""
_NO_DAY = re.compile(
    r"(?:the )?(?:same|that)\b.*|(?:by |until |up to |as of |right )*(?:now|today|date)|today|at present|currently|at the moment|to date|presently|ever"
)
_ONES = re.compile(
    rf"\b(?P<the>the\s)?(?P<name>\s*(?:{MONTH}|spring|summer|autumn|winter))"
    r"(?P<ones>\s+(?:ones?|dates?|deadlines?|targets?|actions?|rows?|items?|milestones?|tasks?))\b"
)
"""The rows of a month or a season: "leave out the July one" names no first of July."""
AGES = re.compile(
    r"\b(?:aged? |(?:under|over)[ -])?\d{1,2}(?: ?(?:-|–|to|/|and|or) ?\d{1,2})?(?:[ -](?:year|month|week)s?[ -]olds?)\b"
    r"|\b(?:aged? |(?:under|over)[ -](?=\d+s))\d{1,2}s?\b",
    re.IGNORECASE,
)
"""How old somebody is, which is no day: "a 14 year old", "under 5s"."""
_LENGTH = re.compile(r"(?:about |an? |the )?(?!1\b)\d+[ -](?:year|month|week|day)")
"""How long a thing lasts, where no plural counts: "a 3 month pilot"."""
_BOTH_ENDS = re.compile(
    r"\s*,?\s*\(?(?:inclusive(?:ly)?|both (?:days|dates|ends|months)? ?included|included|including both(?: days| dates| ends)?)\)?(?!\w)"
)
_AGAIN = re.compile(r"\W*(?:\(|\b(?:so|i\.?e|that is|meaning)\b\.?,?)\s*")
"""Before a date that says in other words the one before it: "in spring 2021, so March to May"."""
_OF_NOUN = re.compile(r"\b(?:the|that|this|our|their|its|from|an?|latest)\s+$")
_EXPLAINS = re.compile(r"\s*\(\s*(?:i\.?e\.?|that\s+is)?[\s,:]*")
"""Between a period and another that says in brackets what it means."""
_NOUN = re.compile(rf"(?:'s)?\s+(?:\w+\s+){{0,2}}?{any_of('dated_things')}\b")
"""What a month may belong to: "the November audit" has no due date in it."""


@dataclass(frozen=True, slots=True)
class Periods:
    """The spots of dates; the day to judge by where the question says one; how relative words were read; what says when,
    and cannot be read."""

    spots: tuple[Spot, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    as_of: date | None = None
    readings: tuple[str, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()


def spot_periods(text: Text, rest: str, today: date, late: bool, dues: Sequence[tuple[date, date]] = ()) -> Periods:
    """The dates that the question names. `today` is the day that "this month" counts from.

    Args: rest, the question with the characters marked that name something else; late, True where rows are to be late;
    dues, the first and last due date of each plan asked about, in which a month without a year is looked for.
    """
    judging = late or text.says("time") or text.says("state")  # a bare "on 1 August" then is the day to judge by
    ones = {match.start("name"): match.end("ones") for match in _ONES.finditer(rest)}
    said = _with_in(rest)
    known = [match.span() for match in re.finditer(rf"{TAKEN}+", rest)]
    found = anchors(text)
    spots: list[Spot] = []
    spans: list[tuple[int, int]] = []
    readings: list[str] = []
    as_of, own = None, None
    for span in find_dates(said, today):
        start, end = span.offset, span.offset + len(span.text)
        end = max(end, ones.get(start, 0))
        if not (explains := _said_before(rest, start, spots)):  # else "in Q4 (January to March)"
            own = governor(text, found, start, end, known)
        spans += explains
        spots, readings = (spots[:-1], []) if explains else (spots, readings)
        again = span.assumed and spots and _AGAIN.fullmatch(rest[spots[-1].end : start])
        spans += [(start, end)] if again else []
        if again or not (start in ones or _counts(text, rest, span, start, end, own)):
            continue
        own = own or (Anchor(Of.LATE, 0, 0) if any(one.of is Of.LATE for one in found) else None)
        end += len(match.group()) if (match := _BOTH_ENDS.match(rest[end:])) else 0
        place = _reach(text, own, start, end)
        if own and _filters_nothing(text, own, known):
            spans.append(place)
        elif day := _day_to_judge_by(text, span, own, judging, start, end):
            near = [add_months(day, months) for months in (-12, 0, 12)] if span.assumed else [day]
            as_of = as_of or min(near, key=lambda one: abs(one - today))
            spans.append(place)
        else:
            of = own.of if own and own.of in FIELDS else Of.DUE
            placed = _placed(span, dues, of is Of.COMPLETED)
            if late and placed == (span,):  # the last that lies before today: what is late was due
                placed = (_shifted(span, -1),) if span.assumed and span.start and span.start > today else (span,)
            dated = [_filter(of, one, _falls_due(text, own, one, today)) for one in placed]
            spots.append(Spot(*place, _KINDS[of], dated[0] if len(dated) == 1 else Either(tuple(dated))))
            spots += _and_of(text, found, own, placed[0]) if own else ()
            spans += [text.span_of(own.first, own.last)] if own and own.of in (Of.START, Of.DUE) and own.verb else []
            readings += _reading(placed)
    if not spots and as_of is None and (soon := next(_soon(text, today), None)):
        spots.append(soon[0])
        readings.append(soon[1])
    unread = () if spots else tuple(_unread(text, rest, found, spans))
    return Periods(tuple(spots), tuple(spans), as_of, tuple(readings), unread)


def _with_in(rest: str) -> str:
    """ "The June ones" as "in June", at the same places."""
    return _ONES.sub(
        lambda one: f"{'in'.ljust(len(one['the'])) if one['the'] else ''}{one['name']}".ljust(len(one.group())),
        rest.replace(TAKEN, "¦"),
    )


def _said_before(rest: str, start: int, spots: Sequence[Spot]) -> list[tuple[int, int]]:
    """The characters of the period that one in brackets after it says the meaning of."""
    return [(one.start, one.end) for one in spots[-1:] if _EXPLAINS.fullmatch(rest[one.end : start])]


def _and_of(text: Text, found: Sequence[Anchor], own: Anchor, span: DateSpan) -> Iterator[Spot]:
    """What else the date is a date of: "both started and were due to finish in May"."""
    for one in found:
        between = {word.low for word in text.words[one.last : own.first]}
        if one.of in FIELDS and one.of is not own.of and "and" in between and between <= small("dates_joined"):
            yield Spot(*text.span_of(one.first, one.last), _KINDS[one.of], _filter(one.of, span))


def _counts(text: Text, rest: str, span: DateSpan, start: int, end: int, own: Anchor | None) -> bool:
    """False for what only looks like a date, belongs to a noun, or says the present."""
    if not (span.start or span.end) or TAKEN in rest[start:end]:
        return False
    said, before = span.text.strip().lower(), text.words[: text.at(start)]
    if _LENGTH.fullmatch(said) or overlaps((start, end), [one.span() for one in AGES.finditer(rest)]):
        return False
    if _NO_DAY.fullmatch(said):
        return bool(before) and before[-1].low == "due" and "same" not in said
    if _OF_NOUN.search(rest[:start]) and _NOUN.match(rest[end:]):
        return False
    if not _SHY.fullmatch(said):
        return True
    beside = own is not None and (own.last == len(before) or own.first == text.at(end))
    return beside or any(word.low != "the" for word in before[-2:])


def _reach(text: Text, own: Anchor | None, start: int, end: int) -> tuple[int, int]:
    """The characters of a date with the word that governs it, where nothing else stands between."""
    first, last = text.at(start), text.at(end)
    least = own.last if own and own.of is Of.LATE and own.last <= first else 0
    while first > least and text.word(first - 1) in _CARRIERS:
        if text.stopped(text.words[first - 1].end, start):
            break
        first -= 1
    if own is None or own.of is Of.LATE or own.last == 0:
        return min(start, text.words[first].start) if first < len(text.words) else start, end
    if own.of is Of.JUDGED and all(word.low in FUNCTION_WORDS for word in text.words[own.last : first]):
        first = min(first, own.last)
    if first <= own.last <= text.at(start):
        return text.words[min(first, own.first)].start, end
    if last <= own.first and all(word.low in _CARRIERS | {"as"} for word in text.words[last : own.first]):
        return min(start, text.words[first].start), text.words[own.last - 1].end
    return min(start, text.words[first].start), end


def _filters_nothing(text: Text, own: Anchor, known: Sequence[tuple[int, int]]) -> bool:
    """Whether the date is that of a meeting of those who ask, or the time that a plan covers."""
    if own.of is Of.PERIOD:
        before = text.words[max(0, own.first - 3) : own.first]
        return any(s <= word.start and word.end <= e for word in before for s, e in known)
    if own.of is not Of.EVENT:
        return False
    selves = (word.start for word in text.words if word.low in small("selves"))
    return any(not text.parted(start, text.words[own.first].start) for start in selves)


def _day_to_judge_by(
    text: Text, span: DateSpan, own: Anchor | None, judging: bool, start: int, end: int
) -> date | None:
    """The last day of the span, where the words make it the day that rows are judged on."""
    last, said = span.end - _DAY if span.end else span.start, span.text.strip().lower()
    of = own.of if own else None
    if of is Of.JUDGED or re.match(r"as (?:at|of|on)\b", said):
        return last
    late, after = of is Of.LATE, text.low[end:]
    one_day = last == span.start and span.end is not None
    at = text.word(text.at(start) - 1) in ("at", "as")
    dated = of in FIELDS and not (of is Of.COMPLETED and at and one_day)  # "complete at 1 July" is a state on a day
    if dated or not (judging or late) or re.match(rf"\s+{any_of('judged_not')}\b", after):
        return None
    return last if one_day or at or (late and re.match(r"(?:by|no later than|not later than)\b", said)) else None


def _placed(span: DateSpan, dues: Sequence[tuple[date, date]], done: bool) -> tuple[DateSpan, ...]:
    """A date without a year, in each year in which the plans have due dates; the last of them for what is done, the first
    for what is open on a side. About a single day it is the nearest."""
    known = span.start or span.end
    days = {Precision.DAY, Precision.OPEN}  # a bare "Friday" or "the 5th" is counted from today
    if not (span.assumed and known and dues) or (span.precision in days and not re.search(MONTH, span.text.lower())):
        return (span,)
    years = range(min(first for first, _ in dues).year - 1, max(last for _, last in dues).year + 2)
    moved = [_shifted(span, year - known.year) for year in years]
    if len(dues) == 1 and dues[0][0] == dues[0][1]:
        return (min(moved, key=lambda one: abs((one.start or one.end or known) - dues[0][0])),)
    fits = tuple(one for one in moved if any(_within(one, first, last, done) for first, last in dues))
    fits = fits[-1:] if done else fits if span.start and span.end else fits[:1]
    return fits or (span,)


def _within(span: DateSpan, first: date, last: date, done: bool) -> bool:
    begins, after = span.start or span.end or first, span.end or span.start or last
    met = begins <= last and (done or first < after or (not span.end and first <= after))
    return met and first.year <= (span.start or after).year <= last.year


def _shifted(span: DateSpan, years: int) -> DateSpan:
    start, end = (add_months(day, 12 * years) if day else None for day in (span.start, span.end))
    return replace(span, start=start, end=end)


def _falls_due(text: Text, own: Anchor | None, span: DateSpan, today: date) -> bool:
    """Whether something is said to be due by a day to come, whatever its state: "what is due by June"."""
    said = text.words[max(0, own.first - 1) : own.last] if own and own.of is Of.DUE else ()
    to_come = span.end is not None and span.end > today and not text.says("state")
    return to_come and any(word.low in small("falls_due") for word in said)


def _filter(of: Of, span: DateSpan, open_alone: bool = False) -> Filter:
    """The condition for the span, of which an open side has no day; what is done falls due no longer, so it is left out
    of what does by a day to come."""
    field = FIELDS[of]
    if span.start is None and span.end:
        dated: Filter = Condition(field, Operator.BEFORE, (span.end,))
        dated = Every((OPEN, dated)) if open_alone else dated
    else:
        last = span.end - _DAY if span.end else LAST_DAY
        dated = Condition(field, Operator.BETWEEN, (span.start or FIRST_DAY, last))
    return Every((COMPLETE, dated)) if of is Of.COMPLETED else dated


def completed_then(spot: Spot) -> Spot:
    """The spot of a date as one of completion: "completed in 2019 and how many in 2020"."""
    if not isinstance(spot.condition, Condition):
        return spot
    done = Every((COMPLETE, replace(spot.condition, field=Field.COMPLETED_ON)))
    return replace(spot, kind=Kind.COMPLETED, condition=done)


def _soon(text: Text, today: date) -> Iterator[tuple[Spot, str]]:
    """ "Due soon" as the next three months; where a thing "comes up" is where it is spoken of."""
    for hit in text.of("time", "soon"):
        start, end = text.span(hit)
        if not re.search(rf"\b{choice('spoken_where')}s?\b[^?.;]*$", text.low[:start]):
            first, _ = _reach(text, next((a for a in anchors(text) if a.last == hit.first), None), start, end)
            due = Condition(Field.DUE, Operator.BETWEEN, (today, today + timedelta(days=SOON_DAYS)))
            yield Spot(first, end, Kind.DUE, due), f'I read "{text.low[first:end]}" as due in the next three months.'


def _unread(
    text: Text, rest: str, found: Sequence[Anchor], read: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """What stands where a date would, and is none that can be read: "due before the away day"."""
    for anchor in found:
        at = anchor.last + 1
        if anchor.of not in FIELDS or text.word(anchor.last) not in small("unread_after"):
            continue
        while text.word(at) in small("unread_articles"):
            at += 1
        last = at
        while word := next(iter(text.words[last : last + 1]), None):
            taken = TAKEN in rest[word.start : word.end] or overlaps((word.start, word.end), read)
            if taken or word.low in FUNCTION_WORDS or text.stopped(text.words[last - 1].end, word.start):
                break
            last += 1
        if last > at and (text.word(anchor.last) != "by" or anchor.of is Of.DUE):
            yield text.span_of(anchor.last, last)


def _reading(spans: Sequence[DateSpan]) -> Sequence[str]:
    """How a period that depends on today, or that can be counted in two ways, was read."""
    said, read = spans[0].text, []
    for start, end in ((one.start, one.end) for one in spans):
        if re.search(r"\b(?:19|20)\d\d\b", said) or not start or not end:
            return ()
        last = end - _DAY
        read.append(british(start) if last == start else f"{british(start)} to {british(last)}")
    return (f'I read "{said.strip()}" as {" and ".join(read)}.',)
