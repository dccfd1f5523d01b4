"""Which plans a question is about: by authority, by words of the title, by year, by "all plans" or "the latest"."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from assistant.dates import MONTH, Precision, find_dates
from assistant.lexicon import phrases, plain, small
from assistant.planner.candidates.subject import is_empty
from assistant.planner.holdings import Held, Holdings
from assistant.planner.scope import plans_left_out
from assistant.planner.text import (
    FUNCTION_WORDS,
    NAMING_WORD,
    TAKEN,
    Text,
    initials,
    literal,
    overlaps,
    pattern,
    take_all,
)
from assistant.planner.titles import KIND_WORDS, PLAN_NOUN, PLAN_WORD, IsTerm, initials_of_titles, spot_titles

_GENERIC = small("plans_generic")
_KIND = "|".join(sorted(KIND_WORDS))
_EVERY_PLAN = pattern(
    rf"(?:across |in |over |for |from |of )*(?:all|every|any|both|whichever|whatever)(?: of)?(?: the| our| my| your| these| those)?"
    rf"(?: \w+)? (?:{PLAN_NOUN}|one of the plans)(?: (?:that )?(?:we|you) (?:hold|have|have got|know)| in (?:the|this|our|your) (?:collection|library|set|pack|folder|register|system|archive|bundle))?(?: taken)?(?: put together| together| combined)?",
    r"(?:across|over) (?:everything|the board|the lot)",
    r"(?:all|every) (?:councils?|authorit(?:y|ies)|boroughs?)",
    rf"the {PLAN_NOUN} (?:that )?(?:we|you) (?:hold|have)",
)
_NEWEST = pattern(
    rf"(?:the |our )?(?:latest|newest|current|most recent|last|up to date)(?: \w+)? {PLAN_NOUN}|the new(?: \w+)? {PLAN_NOUN}"
)
_OLDEST = pattern(rf"(?:the |our )?(?:oldest|earliest|first|old|older|original)(?: \w+)? {PLAN_NOUN}")
_THIS_PLAN = pattern(
    r"(?:in |of |on |from |for |by |within |under )*(?:the|this|that|our|your|their|its|whole|entire|overall)"
    r"(?: whole| entire| overall| same)?(?: (?:service|action|improvement|development|delivery|council'?s?))*"
    r" (?:plan|plans|action plan|report|tracker|action log|document|documents|register)(?:'s)?",
    r"(?:action|improvement|development|delivery) (?:plan|plans|log|tracker)(?:'s)?",
)
_SHORT_YEARS = re.compile(r"(?<![\w\x00./-])(\d\d)\s?(?:-|/)\s?(\d\d)(?![\w\x00/-]|\.\d)")
_YEARS = re.compile(r"(?<![\w\x00./-])(20\d\d)(?:\s?(?:-|/|to)\s?((?:20)?\d\d))?(?![\w\x00/-]|\.\d|\s?(?:-|/)\s?\d)")
_MONTH_YEAR = re.compile(rf"(?<![\w\x00]){MONTH}\.?,?\s+20\d\d(?!\w)")
_DUE_BEFORE = re.compile(
    r"(?:due|many|by|before|after|since|until|till|deadlines?|targets?|start\w*|begin\w*|finish\w*|complet\w+|ends?|ending|end of"
    r"|between|within|throughout|past|beyond"
    r"|falls?|falling|fell|months?|years?|date[sd]?|as at|as of|at|summer|autumn|winter|spring"
    rf"|{MONTH}|\d{{1,2}}(?:st|nd|rd|th)?)\s*(?:in|on|by|of|for|during|the)?\s*$"
)
_DUE_THEN = re.compile(r"\b(?:due|deadlines?|targets?|falls?|falling|ends?|ending)\b[^.;?]*\b(?:in|by|for)\s+$")
"""A month after the council that "due" speaks of: "what is due in Fenbridge in June 2020"."""
_AMONG_OTHERS = re.compile(r"\bnot (?:just|only|merely|solely)(?: (?:in|for|from|of|at|by))?(?: the)?\s+$")
"""Before a plan that is named as one of several: the question is of every plan."""
_DENIED = re.compile(r"not\b|\w+n't\b")
_GLUE = re.compile(
    r"(?:[\s,()'\"]|'s|\bs\b|\b(?:of|the|in|for|from|on|council|councils|borough|corporation|dated|authority|own|its)\b"
    rf"|\b(?:service|services|action|improvement|development|children's|childrens|csc|social|care|delivery)\b|\b{PLAN_NOUN}\b)*"
)
_TO_WHOM = r"\s+(?:to|for|before)\s+(?:our|the|your|their|my|its)\s+(?:[\w-]+\s+){0,3}?(?:sub[- ]?committee|committee|board|cabinet|panel|members|councillors)\b"


@dataclass(frozen=True, slots=True)
class PlanScope:
    """The documents that a question names (none: every plan), the characters that name them, the documents of each
    separate mention, and words that name a plan of which nothing is held."""

    documents: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    mentions: tuple[tuple[str, ...], ...] = ()
    everything: bool = False
    unknown: str = ""


class _Mark(NamedTuple):
    start: int
    end: int
    documents: frozenset[str]


def spot_plans(text: Text, low: str, holdings: Holdings, today: date, is_term: IsTerm) -> PlanScope:
    """The plans that the question names. `low`: the plain text, with what is understood already taken out."""
    raw, every = text.raw, _EVERY_PLAN.search(low)
    rest = take_all(low, [every.span()] if every else ())
    short = list(initials_of_titles(rest, holdings.sources))
    known = take_all(rest, (found[:2] for found in short))
    told = [*spot_titles(raw, rest, holdings, is_term), *short, *_authorities(raw, known, holdings)]
    # a council of which one document is held, with the words up to its plan: "Fenbridge's school attendance plan"
    ends = [(one, _NAMED_PLAN.match(rest, one[1]) if len(one[2]) == 1 else None) for one in told]
    marks = _longest(_Mark(start, plan.end() if plan else end, held) for (start, end, held), plan in ends)
    apart = take_all(low, map(text.span, text.of("except")))  # a year before them is not of the plan after them
    marks = sorted(
        [*marks, *_years(apart, holdings, marks, today), *_by_age(rest, holdings)], key=lambda mark: mark.start
    )
    groups = _groups(marks, rest)
    places = [_widened(low, group[0].start, group[-1].end) for group in groups]
    named = [(start + 4 * low.startswith("the ", start), end) for start, end in places]
    out = plans_left_out(text, named)
    if text.begins("asks_whether"):  # "is R1 not in the tracker?" asks of the tracker
        out = {place: said for place, said in out.items() if not _DENIED.match(low, said[0])}
    if every and not out:
        return PlanScope(spans=(every.span(),), everything=True)
    unknown = ""
    mentions: list[frozenset[str]] = []
    left_out: set[str] = set()
    spans = [every.span()] if every else []
    for group, (start, end), name in zip(groups, places, named, strict=True):
        documents = frozenset.intersection(*(mark.documents for mark in group)) or _of_kind(group, low, holdings)
        if others := _AMONG_OTHERS.search(low[:start]):
            return PlanScope(spans=((others.start(), end),), everything=True)
        spans.append(out.get(name, (start, end)))
        if name in out:
            left_out |= documents
        elif documents:
            mentions.append(documents)
        else:
            unknown = unknown or raw[group[0].start : group[-1].end]
    if left_out:
        held = frozenset.union(*mentions) if mentions else frozenset(s.document for s in holdings.sources)
        mentions = [held - left_out] if held - left_out else mentions
    spans += [match.span() for match in _THIS_PLAN.finditer(low) if not overlaps(match.span(), spans)]
    # mentions that can all be one plan are one ("in Fenbridge ... in the 2014 plan"); others stand side by side
    together = (frozenset.intersection(*mentions) or frozenset.union(*mentions)) if mentions else frozenset()
    return PlanScope(
        documents=tuple(source.document for source in holdings.sources if source.document in together),
        spans=tuple(sorted(spans)),
        mentions=tuple(tuple(sorted(mention)) for mention in mentions),
        unknown=unknown,
    )


def running_then(scope: PlanScope, text: Text, holdings: Holdings, day: date) -> tuple[PlanScope, str]:
    """Of several plans that one name fits, "the Fenbridge plan", the one whose actions run on the day to judge by, and
    how that is said; the scope as it is where the words are of several plans or not one alone runs then."""
    named = [text.low[start:end] for start, end in scope.spans]
    one = len(scope.mentions) == 1 and any(re.search(r"\bplan\b", said) for said in named)
    held = holdings.within(scope.documents) if one and len(scope.documents) > 1 else ()
    runs = [s for s in held if s.first_due and s.last_due and s.first_due <= day <= s.last_due + _AFTER_LAST]
    if len(runs) != 1:
        return scope, ""
    then = (runs[0].document,)
    said = f'I read "{named[0].strip()}" as the {runs[0].title}, which runs at {day.day} {day:%B %Y}.'
    return replace(scope, documents=then, mentions=(then,)), said


_AFTER_LAST = timedelta(days=183)
"""So long after its last due date a plan is still what is meant."""


def _of_kind(group: Sequence[_Mark], low: str, holdings: Holdings) -> frozenset[str]:
    """The plans of a year or a council whose titles have the words for the kind of plan, where those words alone would
    name another title: "the 2014 improvement plan"."""
    said: set[str] = set()
    others: list[_Mark] = []
    for mark in group:
        own = [word for word in NAMING_WORD.findall(low[mark.start : mark.end]) if word not in FUNCTION_WORDS]
        if all(word in KIND_WORDS or PLAN_WORD.fullmatch(word) for word in own):
            said |= KIND_WORDS.intersection(own)
        else:
            others.append(mark)
    if len(others) in (0, len(group)):
        return frozenset()
    titles = {source.document: set(NAMING_WORD.findall(plain(source.title))) for source in holdings.sources}
    held = frozenset.intersection(*(mark.documents for mark in others))
    return frozenset(document for document in held if said <= titles[document])


def _authorities(raw: str, low: str, holdings: Holdings) -> Iterator[_Mark]:
    by_name = _by_authority(holdings.sources)
    uses = Counter(word for name in by_name for word in set(name.split()))
    for name, held in by_name.items():
        words = name.split()
        full = [f"{literal(name)}s?", *([re.escape(initials(words))] if len(words) >= 3 else [])]
        for match in pattern(*full).finditer(low):
            if len(words) > 1 or not is_empty(name) or _names_a_place(raw, low, *match.span()):
                yield _Mark(*match.span(), held)
        for match in NAMING_WORD.finditer(low):
            short = match.group()
            if len(short) < 4 or short in holdings.words or short in _GENERIC:
                continue
            own = (word for word in words if uses[word] == 1 and word not in _GENERIC)
            if any(word != short and word.startswith(short) for word in own):
                yield _Mark(*match.span(), held)
        own = (word for word in words if uses[word] == 1 and word not in FUNCTION_WORDS and len(words) > 1)
        for word in (word for word in own if word not in _GENERIC or word == words[0]):
            for match in pattern(re.escape(word)).finditer(low):
                if _names_a_place(raw, low, *match.span()):
                    yield _Mark(*match.span(), held)


_SHARED_WORDS = re.compile(
    r"^(?:the\s+)?(?:(?:london|royal|metropolitan)\s+)*(?:borough|district|county)\s+(?:council\s+)?of\s+"
    r"|(?:\s+(?:county|borough|district|metropolitan|unitary|council|corporation|authority|city council))+$"
)
"""What many councils share: "London Borough of Fenbridge" is "fenbridge"."""


@lru_cache(maxsize=4)
def _by_authority(sources: tuple[Held, ...]) -> dict[str, frozenset[str]]:
    """The documents of each authority, by the name of its place."""
    found: dict[str, frozenset[str]] = {}
    for source in sources:
        if source.authority:
            low = " ".join(re.sub(r"[^\w\s'&-]", " ", plain(source.authority)).split())
            name = _SHARED_WORDS.sub("", low).removeprefix("the ") or low
            found[name] = found.get(name, frozenset()) | {source.document}
    return found


_NAMED_PLAN = re.compile(
    rf"(?:'s|s')?\s+(?:(?!(?:{'|'.join(FUNCTION_WORDS)}|plans?|reports?|actions?(?!\s+(?:plan|log|tracker))|rows?|tasks?)\b)[\w/&'-]+\s+){{1,5}}?(?=(?:plans?|reports?|trackers?|logs?|documents?|registers?)\b)"
)


def _names_a_place(raw: str, low: str, start: int, end: int) -> bool:
    """A word of an authority's name that is a common word too counts when written or used as a name."""
    used = re.match(
        rf"(?:'s|s')?\s*(?:[\w/-]+\s+){{0,3}}{PLAN_NOUN}\b|\s+(?:actions?|rows?|tasks?|deadlines?)\b|\s*{TAKEN}|\s*\(?20\d\d|'s\b",
        low[end:],
    )
    longer = low[start:end] in _GENERIC and re.match(rf"\s+(?!{PLAN_NOUN}\b|{_KIND})[A-Z][a-z]+", raw[end:])
    named = raw[start].isupper() or re.search(r"20\d\d(?:\s?[-/]\s?\d\d)?\s+$", low[:start])
    apart = re.search(r"(?:^|[,;:(]|\s-)\W*$", low[:start]) and re.match(r"\W*(?:$|[,;:)]|-\s)", low[end:])
    return bool(used or apart or (named and not longer))


def _years(low: str, holdings: Holdings, marks: list[_Mark], today: date) -> Iterator[_Mark]:
    for match in _MONTH_YEAR.finditer(low):
        begins = next((span.start for span in find_dates(match.group(), today)), None)
        dated = {s.document for s in holdings.sources if s.plan_date and s.plan_date.replace(day=1) == begins}
        before, beside = low[: match.start()], _beside_mark(low, match.span(), marks)
        near = _beside_plan(low, *match.span()) or _REPORTED.search(before)
        if dated and (near or (beside and not (_DUE_BEFORE.search(before) or _DUE_THEN.search(before)))):
            yield _Mark(*match.span(), frozenset(dated))
    found = find_dates(low.replace(TAKEN, " "), today)
    dates = [(span.offset, span.offset + len(span.text)) for span in found]
    for span, (start, end) in zip(found, dates, strict=True):  # "the paper that came to us on 3 October 2019"
        of_day = {s.document for s in holdings.sources if s.plan_date == span.start and span.precision is Precision.DAY}
        told = re.search(rf"\b{PLAN_NOUN}\b[^.?!;]*$", low[:start])
        if of_day and told and not (_DUE_BEFORE.search(told[0]) or _DUE_THEN.search(told[0])):
            yield _Mark(start, end, frozenset(of_day))
    for match in _YEARS.finditer(low):
        beside = _beside_plan(low, *match.span())
        in_date = any(s <= match.start() and match.end() <= e and e - s > len(match.group()) for s, e in dates)
        if beside or not (in_date or _DUE_BEFORE.search(low[: match.start()])):
            documents = _of_years(holdings, *_first_and_last(match))
            if documents or beside:
                yield _Mark(*match.span(), frozenset(documents))
    for match in _SHORT_YEARS.finditer(low):  # beside a word for a plan: "the 25-26 plan"
        first, last = int(match.group(1)), int(match.group(2))
        documents = _of_years(holdings, 2000 + first, 2000 + last) if last == first + 1 else set()
        if documents and (_beside_plan(low, *match.span()) or _beside_mark(low, match.span(), marks)):
            yield _Mark(*match.span(), frozenset(documents))


_REPORTED = re.compile(r"(?:report\w*|publish\w*|updated|dated|version|plan) (?:in|from|of|for|dated)?\s*$")


def _first_and_last(match: re.Match[str]) -> tuple[int, int | None]:
    first, last = int(match.group(1)), match.group(2)
    return first, first // 100 * 100 + int(last[-2:]) if last else None


def _of_years(holdings: Holdings, first: int, end: int | None) -> set[str]:
    """The plans that give themselves these years, or, where none does, those in whose years a single one lies."""
    strong, weak = set(), set()
    for source in holdings.sources:
        ranges = {_first_and_last(match) for match in _YEARS.finditer(plain(source.title))}
        if source.period:
            start, last = source.period[0].year, source.period[1].year
            ranges.add((start, last if last != start else None))
        begins = first in {start for start, _ in ranges} or (source.plan_date and source.plan_date.year == first)
        if (first, end) in ranges if end else begins:
            strong.add(source.document)
        elif not end and any(start <= first <= (stop or start) for start, stop in ranges):
            weak.add(source.document)
    return strong or weak


_SPEAKS = re.compile(
    rf",?\s+(?:[\w'-]+\s+){{0,3}}?(?:the|that|our)\s+(?:\w+\s+)?{PLAN_NOUN}\s+(?:had\s+|has\s+)?(?:{'|'.join(phrases('verb', 'say'))}|list(?:ed)?|name[ds]?)\b"
)
"""After a date, what makes it that of a document: "in October 2019, what did the report say"."""


def _beside_plan(low: str, start: int, end: int) -> bool:
    after = re.match(rf"(?:'s|s')?\s+(?:[\w'-]+\s+){{0,5}}?(?<!\w){PLAN_NOUN}\b", low[end:])
    if re.match(r"\s+one\b", low[end:]) and re.search(rf"\b{PLAN_NOUN}\b", low[:start]):
        return True  # "every plan but the 2014 one"
    before = re.search(rf"\b{PLAN_NOUN}\s*(?:for|of|from|in|dated|,|\()?\s*$", low[:start])
    return bool(before or _SPEAKS.match(low, end)) or bool(
        after and not re.search(r"\b(?:due|are|is|with|by|in|according)\b", after.group())
    )


def _beside_mark(low: str, span: tuple[int, int], marks: list[_Mark]) -> bool:
    return any(
        _GLUE.fullmatch(low[mark.end : span[0]] if mark.end <= span[0] else low[span[1] : mark.start]) for mark in marks
    )


def _by_age(low: str, holdings: Holdings) -> Iterator[_Mark]:
    days = ((source.plan_date or (source.period or (None,))[0], source.document) for source in holdings.sources)
    dated = sorted((day, document) for day, document in days if day)
    for regex, place in ((_NEWEST, -1), (_OLDEST, 0)):
        for match in regex.finditer(low) if dated and len(holdings.sources) > 1 else ():
            if not re.search(r"\b(?:since|than|from|to|with|between)\s+$", low[: match.start()]):
                yield _Mark(*match.span(), frozenset({dated[place][1]}))


def _longest(marks: Iterable[_Mark]) -> list[_Mark]:
    """The longest mark of each place."""
    kept: list[_Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start - mark.end, mark.start)):
        if not overlaps(mark[:2], [other[:2] for other in kept]):
            kept.append(mark)
    return kept


def _groups(marks: list[_Mark], low: str) -> list[list[_Mark]]:
    groups: list[list[_Mark]] = []
    for mark in marks:
        if not groups or not _GLUE.fullmatch(low[groups[-1][-1].end : mark.start]):
            groups.append([])
        groups[-1].append(mark)
    return groups


def _widened(low: str, start: int, end: int) -> tuple[int, int]:
    """The span with the words for a plan beside it."""
    after = re.match(
        rf"(?:'s|s'|')?(?:\s+(?:{_KIND}|council'?s?|children'?s|csc))*"
        rf"(?:\s+(?:plans?|reports?|tracker|log|documents?|register|paper)\b(?:'s)?)(?:{_TO_WHOM})?|'s?\b|\s+council(?:'s)?\b",
        low[end:],
    )
    before = re.search(
        r"\b(?:plans?|reports?|tracker|log)\s+(?:for|of|from|dated)\s+(?:the\s+)?$|(?:\bthe\s+)?\b(?:corporation|council|borough|authority)'s\s+$|\bthe\s+$",
        low[:start],
    )
    return (start - len(before.group()) if before else start, end + (after.end() if after else 0))
