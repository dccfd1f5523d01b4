"""Counting by groups and putting in order: "for each recommendation", "which month has most", "the latest deadline"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.conditions import Field
from assistant.planner.wording import NUMBERS, TAKEN, phrases

_GROUP_NOUNS: tuple[tuple[str, str], ...] = (
    (r"recommendations?|recs?", "recommendation"),
    (r"priorit(?:y|ies)", "priority"),
    (
        r"sections?|areas?|themes?|headings?|strands?|workstreams?|objectives?|goals?|topics?|aims?|chapters?|parts?|categor(?:y|ies)",
        "section",
    ),
    (
        r"owners?|leads?|sponsors?|persons?|people|officers?|managers?|teams?|roles?|posts?|who|individuals?|staff|responsible officers?|departments?|services?|directors?|lead officers?",
        "owner",
    ),
    (r"status(?:es)?|states?|progress|stages?", "status"),
    (r"colours?|b?rags?|ratings?|rag status(?:es)?|rag ratings?", "rag"),
    (r"months?|due months?|due dates?|deadlines?|dates?|quarters?", "due"),
    (r"plans?|documents?|councils?|authorit(?:y|ies)|boroughs?|sources?|reports?", "document"),
)
_GROUP_NOUN = "|".join(words for words, _ in _GROUP_NOUNS)
_LISTING = phrases(rf"""
    (?:list|show|name|who (?:are|is)|what (?:are|is)|give|which are|what's|whats)(?: me)?(?: all)?(?: of)?(?: the)?(?: different| various| main| key)?(?: (?:{"|".join(NUMBERS)}|\d+))? (?P<l>owners|leads|sponsors|recommendations|recs|priorities|sections|headings|areas|themes|workstreams)(?=\W*$| (?:in|of|named|and|are|is|listed|covered)\b|\s*{TAKEN})
    how many(?: different)? (?P<m>owners|leads|sponsors|recommendations|recs|priorities|sections|headings|workstreams)(?=\W*$| (?:in|of|for|are|is|does|do|has|have|named)\b|\s*{TAKEN})
""")
_GROUP = phrases(rf"""
    (?:for|by|per|in|of|under|across|from|with|on) (?:each|every)(?: of the)? (?:[\w'{TAKEN}-]+ ){{0,3}}?(?P<a>{_GROUP_NOUN})
    (?:each|every) (?P<i>{_GROUP_NOUN})'?s?
    per (?P<b>{_GROUP_NOUN})
    (?:group(?:ed)?|broken down|break(?: it| them| this)? down|breakdown|split|organised|sorted into|arranged|divided|analysed|totals?|counts?|summar\w+|numbers?)(?: \w+){{0,2}} (?:by|per|into)(?: the)? (?P<c>{_GROUP_NOUN})
    breakdown of (?:the )?(?:[\w'{TAKEN}-]+ ){{0,2}}?(?P<d>{_GROUP_NOUN})
    (?P<e>{_GROUP_NOUN})[- ]by[- ](?:{_GROUP_NOUN})
    by (?P<f>owner|lead|sponsor|status|colour|rag|rag status|rag rating|month|recommendation|section|priority|area|theme|plan|council|authority|document|person|team|role|officer)s?(?=\W*$|,|\?| and\b| in\b| for\b| due\b|{TAKEN})
""")
_MOST = r"(?P<most>most|largest number(?: of)?|biggest number(?: of)?|greatest number(?: of)?|highest number(?: of)?|busiest|largest|biggest|greatest|highest|heaviest|more)"
_FEWEST = r"(?P<few>fewest|least|smallest number(?: of)?|lowest number(?: of)?|smallest|lowest|quietest|lightest)"
_GROUP_EXTREME = phrases(rf"""
    (?:which|what) (?:[\w{TAKEN}'-]+ ){{0,2}}?(?P<g>{_GROUP_NOUN})(?: [\w{TAKEN}'-]+){{0,5}}? (?:the )?(?:{_MOST}|{_FEWEST})\b
    (?:the |our |their )?(?:busiest|quietest|heaviest) (?P<h>{_GROUP_NOUN})
    (?P<who>who)(?:'s| has| have| is| are| was| were| owns?| leads?| got| gets| sponsors?| carries| holds| faces| bears| been)*(?: [\w{TAKEN}'-]+){{0,3}}? (?:the )?(?:{_MOST.replace("<most>", "<most2>")}|{_FEWEST.replace("<few>", "<few2>")})\b
    (?:who|which (?P<j>{_GROUP_NOUN}))(?: is| are| has| have)? (?:the )?(?:busiest|most (?:loaded|burdened|stretched))
""")
_DATE_NOUN = r"(?:deadlines?|due dates?|target dates?|dates?|targets?|timescales?|end dates?|finish(?:es)?(?: date)?|completion dates?)"
_LATEST = phrases(rf"""
    (?:latest|last|final|furthest|furthest[- ]off|farthest|most distant|longest) (?:{_DATE_NOUN})
    (?:due|finish(?:es)?|ends?|falls? due|complet\w+|happens?|comes? due|deliver\w*) (?:the )?(?:last|latest|furthest)(?! (?:week|month|quarter|year|term|spring|summer|autumn|winter|\d|few|couple|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday))
    (?:last|latest|final)(?: of (?:the|these|those|them))? (?:one |action |thing |task )?(?:to (?:be |fall )?(?:due|finish|done|completed|delivered|end|finished|happen))
    (?:last|latest|final|furthest) (?:action|task|one|item|thing)(?: due)?
    furthest (?:away|off|in the future|out)
    longest to (?:run|go)
""")
_EARLIEST = phrases(rf"""
    (?:earliest|first|soonest|nearest|next|closest|most urgent) (?:{_DATE_NOUN})
    (?:due|finish(?:es)?|ends?|falls? due|happens?|comes? due|deliver\w*) (?:the )?(?:first|soonest|earliest|next)(?! (?:week|month|quarter|year|term|spring|summer|autumn|winter|\d|few|couple|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday))
    (?:first|earliest|soonest|next)(?: of (?:the|these|those|them))? (?:one |action |thing |task )?(?:to (?:be |fall )?(?:due|finish|done|completed|delivered|end|finished|happen))
    (?:earliest|soonest|next|first|nearest|most urgent)(?: \w+)? (?:action|task|one|item|thing|deadline|milestone)s?(?: due)?
    (?:longest|most|furthest|oldest)[- ](?:overdue|late|behind)
    (?:overdue|late|outstanding) (?:the )?(?:longest|most)
    longest (?:outstanding|delayed|delay)
    oldest
""")
_IN_PLACE = re.compile(r"(?:first|last)(?:\s+\w+)?\s+(?:action|task|one|item|thing)s?")
"""The first or the last of a list, not the one that is due first."""
_NEXT = re.compile(r"\bnext\b|\bmost urgent\b|\bsoonest\b")
_START_DATE = re.compile(r"\b(?:start\w*|begin\w*)\b")
_DONE_DATE = re.compile(
    r"\b(?:most recent(?:ly)? (?:complet\w+|finish\w+|done)|(?:last|latest) (?:one |action )?(?:completed|finished|completion)|complet\w+ (?:most recently|last|latest|first|earliest))\b"
)
_FIRST_N = re.compile(
    rf"\b(?:top|first|next|last|latest|earliest|biggest|largest|worst|the)\s+(?P<n>\d{{1,2}}|{'|'.join(NUMBERS)})\s+(?=(?:most\s+)?[\w{TAKEN}-]+)"
)
_WHICH_N = re.compile(rf"\bwhich\s+(?P<n>\d{{1,2}}|{'|'.join(NUMBERS)})\s+(?!of\b)")
_MOST_LATE = re.compile(r"\b(?:overdue|late|behind|delay\w*)\b")
_N_MOST = re.compile(
    rf"\b(?P<n>\d{{1,2}}|{'|'.join(NUMBERS)})\s+(?:most\s+overdue|longest|latest|earliest|soonest|next|oldest|busiest|largest|biggest)"
)
_NTH = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "last": -1,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "5th": 5,
    "final": -1,
}
_NTH_ONE = re.compile(rf"\bthe\s+(?P<n>{'|'.join(_NTH)})\s+(?:one|row|of\s+(?:those|these|them))\b")


@dataclass(frozen=True, slots=True)
class Order:
    """How rows or groups are to be grouped and ordered; `extreme` where only the first of them are wanted."""

    group: str | None = None
    """The kind of group: recommendation, priority, section, owner, status, rag, due, document."""
    listing: bool = False
    """The groups themselves are asked for: "list the owners"."""
    extreme: bool = False
    order: Field | None = None
    descending: bool = False
    first: int | None = None
    nth: int | None = None
    late: bool = False
    """Only overdue rows: "the longest overdue"."""
    ahead: bool = False
    """Only dates from the day to judge by on: "the next deadline"."""
    spans: tuple[tuple[int, int], ...] = ()


def spot_order(low: str) -> Order:
    """The groups and the order that a question asks for."""
    number = _N_MOST.search(low) or _FIRST_N.search(low) or _WHICH_N.search(low)
    first = _number(number.group("n")) if number else None
    if match := _GROUP_EXTREME.search(low):
        group = _group_of(match) or "owner"
        few = any(value for name, value in match.groupdict().items() if value and name.startswith("few"))
        few = few or "quietest" in match.group()
        return Order(group, extreme=True, descending=not few, first=first or 1, spans=_spans(match, number))
    if match := _GROUP.search(low):
        return Order(_group_of(match), first=first, spans=_spans(match, number))
    if match := _LISTING.search(low):
        return Order(_group_of(match), listing=True, first=first, spans=_spans(match, number))
    if match := _NTH_ONE.search(low):
        return Order(nth=_NTH[match.group("n")], spans=(match.span(),))
    if match := _DONE_DATE.search(low):
        last = not re.search(r"first|earliest", match.group())
        return Order(extreme=True, order=Field.COMPLETED_ON, descending=last, first=first or 1, spans=(match.span(),))
    for regex, descending in ((_LATEST, True), (_EARLIEST, False)):
        if match := regex.search(low):
            if _IN_PLACE.fullmatch(match.group()):
                spans = _spans(match, number)
                return Order(first=first, spans=spans) if first else Order(nth=-1 if descending else 1, spans=spans)
            field = Field.START if _START_DATE.search(match.group()) else Field.DUE
            ahead = bool(_NEXT.search(match.group()))
            late = bool(_MOST_LATE.search(match.group()))
            spans = _spans(match, number)
            return Order(
                extreme=True,
                order=field,
                descending=descending,
                first=first or 1,
                late=late,
                ahead=ahead,
                spans=spans,
            )
    return Order()


def _spans(*matches: re.Match[str] | None) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in matches if match)


def _number(word: str) -> int:
    return NUMBERS.get(word) or int(word)


def _group_of(match: re.Match[str]) -> str | None:
    said = [value for name, value in match.groupdict().items() if value and not name.startswith(("most", "few"))]
    return next((_kind(noun) for noun in said if noun != "who"), "owner" if said else None)


def _kind(noun: str) -> str:
    return next(kind for words, kind in _GROUP_NOUNS if re.fullmatch(rf"(?:{words})s?", noun))


def group_fields(kind: str, sections: Sequence[str], recommendations: Sequence[str]) -> Field:
    """The field that a kind of group is in these plans: priorities may be headings of sections or recommendations."""
    named = {
        "owner": Field.OWNER,
        "status": Field.STATUS,
        "rag": Field.RAG,
        "due": Field.DUE,
        "document": Field.DOCUMENT,
    }
    if kind in named:
        return named[kind]
    by_name = [(Field.SECTION, sections), (Field.RECOMMENDATION, recommendations)]
    if kind != "recommendation":
        for field, names in by_name:
            if any(name.lower().startswith(kind) for name in names):
                return field
    if kind == "recommendation" or len(sections) < 2:
        return Field.RECOMMENDATION if recommendations or not sections else Field.SECTION
    return Field.SECTION
