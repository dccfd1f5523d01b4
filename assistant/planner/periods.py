"""Dates and periods that a question names, and what they are dates of: due, start, completion, or the day to judge by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.conditions import Condition, Every, Field, Filter, Operator
from assistant.dates import DateSpan, find_dates
from assistant.planner.candidates.states import COMPLETE
from assistant.planner.spots import Kind, Spot
from assistant.planner.wording import TAKEN, phrases, plain

_DAY = timedelta(days=1)
_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 12, 31)

_AS_AT = re.compile(
    r"(?:\bas(?: of| at|-at| on)|\bas it (?:stood|was|stands)(?: (?:on|at|in|by))?|\bas things (?:stood|stand)(?: (?:on|at))?"
    r"|\b(?:position|situation|picture|status|state)(?: (?:on|at|as at|as of|in))|\bcorrect (?:on|at|to)"
    r"|\bif (?:today|it) (?:is|was|were)|\b(?:if|say|assume|assuming|suppose|imagine) (?:today|it's|its|it is|today's|the date)(?: (?:is|was))?|\btoday is|\b(?:taking|judg(?:e|ed|ing)|measur(?:e|ed|ing)|count(?:ed|ing)|reckon(?:ed|ing)|work(?:ed|ing)(?: it out)?)(?: (?:it|them|things|this|everything|that))?(?: (?:at|on|as at|as of|to))?|\busing)\s*(?:the\s+)?$"
)
_PLAIN_AT = re.compile(r"\b(?:at|on|by|in|come|before)\s+(?:the\s+)?$|[\x00?,]\s*$|^\s*$")
_COMPLETED = re.compile(
    r"(?<!be )(?<!to be )(?<!target )(?<!planned )(?<!expected )(?<!due )\b(?:did\s+\w+(?:\s+\w+)?\s+(?:close|finish|complete|achieve|deliver|sign off|wrap up|do)|completed?|finished|done|closed|achieved|delivered|signed off|ticked off|completion)"
    r"(?:\s+(?:it|them|that|this|dates?|months?|years?|fell|falls?|was|is|were|are))*"
    r"\s*(?P<how>in|on|by|before|after|since|during|between|from|up to|until|until the end of|dated)?\s*(?:the\s+)?$"
)
_TO_BE = re.compile(
    r"\b(?:to be|be|should be|must be|needs? to be|supposed to be|meant to be|due to be|to have been|have to be|to)\s+\w+\s+\w*\s*(?:the\s+)?$"
)
_START = re.compile(
    r"\b(?:start(?:s|ed|ing)?|begin(?:s|ning)?|began|begun|commenc\w+|launch\w*|kick(?:s|ed|ing)? off)(?:\s+dates?)?(?:\s+(?:is|are|was|were))?"
    r"\s*(?P<how>in|on|by|before|after|since|during|between|from)?\s*(?:the\s+)?$"
)
_DUE = re.compile(
    r"\b(?:due|deadlines?|targets?|target dates?|due dates?|falls?|falling|scheduled|timetabled|planned|expected|wanted|required|dated"
    r"|target\s+completion|date[sd]?)(?:\s+(?:is|are|was|were|of|dates?|due|to be \w+|to \w+))*\s*(?P<how>in|on|by|before|after|since|during|between|from|until|for|within|up to|to|at|over|later than|earlier than)?\s*(?:the\s+)?$"
)
_HOW = re.compile(
    r"\b(?P<how>(?:no|not) later than|on or before|on or after|later than|earlier than|up to(?: and including)?|not before|not after|prior to"
    r"|in|on|by|before|after|since|during|between|from|until|till|for|within|to|at|over|through|beyond|past|post|pre)\s*(?:the\s+)?$"
)
_UP_TO = frozenset(
    {
        "by",
        "until",
        "till",
        "up to",
        "up to and including",
        "no later than",
        "not later than",
        "on or before",
        "to",
        "through",
        "within",
        "not after",
    }
)
_EARLIER = frozenset({"before", "prior to", "earlier than", "pre"})
_LATER = frozenset({"after", "later than", "beyond", "past", "post"})
_ONWARDS = frozenset({"since", "from", "on or after", "not before"})

SOON = phrases(r"""
    (?:due |coming |falling |falls |fall )?(?:up |due )?soon(?:est)?(?! as| after)
    (?:coming|due) up(?: (?:soon|next|shortly))?
    upcoming
    (?:due )?shortly
    (?:in the )?near future
    (?:due )?imminent(?:ly)?
    on the horizon
""")
SOON_DAYS = 92


@dataclass(frozen=True, slots=True)
class Periods:
    """The spots of dates; the day to judge by where the question says one; how relative words were read."""

    spots: tuple[Spot, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    as_of: date | None = None
    readings: tuple[str, ...] = ()


def spot_periods(low: str, today: date, judging: bool, dues: tuple[date, date] | None = None) -> Periods:
    """The dates that the question names. `today` is the day that "this month" counts from.

    Args: judging, True where the question asks what is late or done: a bare "on 1 August" then is the day to judge by;
    dues, the first and last due date of the plans asked about, in which a month without a year is looked for.
    """
    text = _MONTH_ONE.sub(lambda match: match["month"].ljust(len(match.group())), low.replace(TAKEN, "¦"))
    text = _SEASON_ONES.sub(lambda match: f"in  {match['season']}".ljust(len(match.group())), text)
    found = [_placed(span, dues, low) for span in find_dates(text, today) if span.start or span.end]
    found = [
        span for span in found if not _NOW.fullmatch(span.text.strip()) or re.search(r"\bdue\s+$", low[: span.offset])
    ]
    found = [span for span in found if not _SAME.match(span.text)]
    found = [span for span in found if TAKEN not in low[span.offset : span.offset + len(span.text)]]
    found = [
        span
        for span in found
        if not _IN_PASSING.fullmatch(span.text.strip())
        or _SAYS_WHEN.search(low[: span.offset])
        or (_SEASON_ONES.match(f"the {low[span.offset :].lstrip()}"))
    ]
    spots: list[Spot] = []
    spans: list[tuple[int, int]] = []
    readings: list[str] = []
    as_of: date | None = None
    for span in found:
        start, end = span.offset, span.offset + len(span.text)
        before = low[:start]
        if _OF_NOUN.search(before) and _EVENT.match(low[end:]):
            continue
        end += len(match.group()) if (match := _TRAILS.match(low[end:])) else 0
        if day := _day_to_judge_by(before, span, judging, low[end:], today):
            as_of = as_of or day
            end += len(match.group()) if (match := _AS_THE_DAY.match(low[end:])) else 0
            spans.append((_reach(before, _AS_AT, _PLAIN_AT), end))
            continue
        spot = _spot(before, span, start, end)
        spots.append(spot)
        readings += _reading(span)
    if not found and (soon := SOON.search(low)):
        spots.append(Spot(*soon.span(), Kind.DUE, _between(today, today + timedelta(days=SOON_DAYS))))
        readings.append(f'I read "{soon.group()}" as due in the next three months.')
    spans += [match.span() for match in _THAT_IS.finditer(low) if spots]
    return Periods(tuple(spots), tuple(spans), as_of, tuple(readings))


_TRAILS = re.compile(
    r"\s*,?\s*\(?(?:inclusive(?:ly)?|both (?:days|dates|ends|months)? ?included|included|including both(?: days| dates| ends)?)\)?(?!\w)"
)
_AS_THE_DAY = re.compile(
    r"\s*,?\s*(?:as|for|is|being|to be)\s+(?:the|our|your|my|a)?\s*(?:(?:reference|cut-?off|effective|base|as-?at|census|snapshot|comparison|reporting|count) (?:date|day|point)|today|day to (?:judge|count|go|measure) (?:by|from)|yardstick)\b"
)
_OF_NOUN = re.compile(r"\b(?:the|that|this|our|their|its|from|an?|latest)\s+$")
_EVENT = re.compile(
    r"(?:'s)?\s+(?:\w+\s+){0,2}?(?:audits?|inspections?|reviews?|visits?|surveys?|census|reports?|meetings?|judgements?|judgments?|letters?|guidance|pilots?|workshops?|consultations?|exercises?|peer)\b"
)
"""What a month may belong to: "the November audit" has no due date in it."""
_MONTH_ONE = re.compile(
    r"\b(?P<month>jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\s+ones?\b"
)
"""The row of a month: "leave out the July one"."""
_IN_PASSING = re.compile(
    r"(?:the )?same day|(?:the )?early years?|(?:(?:first|second|third|fourth|last|every|each) )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?|may|march|winter|summer|spring|autumn|day|week|weekend|daily|weekly|monthly|night",
    re.I,
)
"""Words that may only look like a date: they count after a preposition or a word for dates."""
_SEASON_ONES = re.compile(
    r"\bthe\s(?P<season>winter|summer|spring|autumn)\s+(?:ones?|dates?|deadlines?|targets?|actions?|rows?|items?|milestones?|tasks?)\b"
)
_THAT_IS = re.compile(
    rf"[\s,(]*(?:(?:that is|that's|i\.?e\.?|in other words|meaning|so|which is|or)[\s,]+)?(?:before|earlier than|ahead of)[\s{TAKEN}]+"
    rf"(?:(?:start|beginning|opening|period|year|plan's?|own|of|the|its|covered|that|it|covers|by)[\s{TAKEN}]+)+(?:(?:had|has|have|was|even|itself)[\s{TAKEN}]+)*(?:begun|began|begins|started|starts|opened|opens)\b"
)
"""The same day said again: "earlier than April 2014, that is, before the period of the plan had begun"."""
_SAME = re.compile(r"(?:the )?same\b", re.I)
_SAYS_WHEN = re.compile(
    r"\b(?:on|by|before|after|until|till|since|due|this|next|last|in|for|during|deadlines?|dated?|from|to|and)\s+(?:the\s+)?$"
)
_NOW = re.compile(
    r"(?:by |until |up to |as of |right )*(?:now|today|date)|today|at present|currently|at the moment|to date|presently|ever",
    re.I,
)


def _placed(span: DateSpan, dues: tuple[date, date] | None, low: str) -> DateSpan:
    """A date without a year, in the year in which the plans have due dates."""
    known = span.start or span.end
    if not (span.assumed and known and dues):
        return span
    if not (span.start and span.end):
        years = [dues[0].year - known.year, dues[1].year - known.year]
        shift = next((year for year in years if dues[0] <= _moved(known, year) <= dues[1]), years[-1])
        start, end = (_moved(day, shift) if day else None for day in (span.start, span.end))
        return replace(span, start=start, end=end)
    done = bool(_COMPLETED.search(low[: span.offset]))
    for year in sorted(range(dues[0].year, dues[1].year + 1), reverse=done):
        shift = year - span.start.year
        start, end = _moved(span.start, shift), _moved(span.end, shift)
        if start <= dues[1] and (done or dues[0] < end):
            return replace(span, start=start, end=end)
    return span


def _moved(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _day_to_judge_by(before: str, span: DateSpan, judging: bool, after: str, today: date) -> date | None:
    """The last day of the span, where the words make it the day that rows are judged on."""
    last = span.end - _DAY if span.end else span.start
    if last and span.assumed:
        last = min((_moved(last, years) for years in (-1, 0, 1)), key=lambda day: abs(day - today))
    if _AS_AT.search(before) or re.match(r"as (?:at|of|on)\b", plain(span.text)) or _AS_THE_DAY.match(after):
        return last
    if (
        not judging
        or last is None
        or re.match(r"\s+(?:plan|report|version|deadlines?|targets?|dates?|actions?)\b", after)
    ):
        return None
    if (
        _COMPLETED.search(before)
        or _START.search(before)
        or re.search(
            r"(?<!past )(?<!past-)(?<!over )\b(?:due|deadlines?|targets?|dated|dates?)\b[^\x00,]{0,16}$", before
        )
    ):
        return None
    one_day = span.start is not None and span.end is not None and span.end - span.start == _DAY
    said = f"{before[-12:]}{plain(span.text)}"
    if re.search(r"\b(?:at|on|in)\s+(?:the\s+)?$|[,\x00?]\s*$|^\s*$", before) and one_day:
        return last
    by = re.search(r"\bby\s+(?:the\s+)?(?:end\b.*|\S+.*)$", said) and _LATE_WORD.search(before)
    return last if by or re.search(r"\bat\s+(?:the\s+)?$", before) else None


_LATE_WORD = re.compile(r"\b(?:overdue|late|behind|missed|slipped|outstanding)\b")


def _reach(before: str, *patterns: re.Pattern[str]) -> int:
    for regex in patterns:
        if (match := regex.search(before)) and match.group().strip(" ,?\x00"):
            return match.start()
    return len(before)


def _spot(before: str, span: DateSpan, start: int, end: int) -> Spot:
    """The date as a filter: of completion, of the start, or of the due date where nothing else is said."""
    completed, begun = _COMPLETED.search(before), _START.search(before)
    how = _HOW.search(before)
    word = re.sub(r"\s+", " ", how.group("how")) if how else ""
    reach = how.start() if how else start
    if completed and not _TO_BE.search(before):
        done = Every((COMPLETE, _filter(Field.COMPLETED_ON, word, span)))
        return Spot(min(reach, completed.start()), end, Kind.COMPLETED, done)
    if begun:
        return Spot(min(reach, begun.start()), end, Kind.START, _filter(Field.START, word, span))
    due = _DUE.search(before)
    return Spot(min(reach, due.start()) if due else reach, end, Kind.DUE, _filter(Field.DUE, word, span))


def completed_then(spot: Spot) -> Spot:
    """The spot of a date as one of completion: "completed in 2019 and how many in 2020"."""
    if not isinstance(spot.condition, Condition):
        return spot
    done = Every((COMPLETE, replace(spot.condition, field=Field.COMPLETED_ON)))
    return replace(spot, kind=Kind.COMPLETED, condition=done)


def _filter(field: Field, how: str, span: DateSpan) -> Filter:
    """The condition for "before", "by", "after", "since" or "in" the span. `span.end` is the day after its last."""
    first = span.start or _EARLIEST
    last = span.end - _DAY if span.end else _LATEST
    if how in _EARLIER and span.start:
        return Condition(field, Operator.BEFORE, (first,))
    if how in _UP_TO and span.end:
        return Condition(field, Operator.BEFORE, (span.end,))
    if how in _LATER and span.end:
        return Condition(field, Operator.BETWEEN, (span.end, _LATEST))
    if how in _ONWARDS and span.start:
        return Condition(
            field,
            Operator.BETWEEN,
            (first, max(last, _LATEST) if how != "from" or last - first < timedelta(days=32) else last),
        )
    if not span.start:
        return Condition(field, Operator.BEFORE, (last + _DAY,))
    return Condition(field, Operator.BETWEEN, (first, last))


def _between(first: date, last: date) -> Filter:
    return Condition(Field.DUE, Operator.BETWEEN, (first, last))


def _reading(span: DateSpan) -> Sequence[str]:
    """How a period that depends on today, or that can be counted in two ways, was read."""
    if re.search(r"\d{4}|\b(?:19|20)\d\d\b", span.text) or not span.start or not span.end:
        return ()
    last = span.end - _DAY
    when = _long(span.start) if last == span.start else f"{_long(span.start)} to {_long(last)}"
    return (f'I read "{span.text.strip()}" as {when}.',)


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
