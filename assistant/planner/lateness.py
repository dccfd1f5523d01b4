"""Colours as ratings and lateness: "ambers", "not rated", "running late", "not overdue"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.conditions import Condition, Field, Operator, overdue
from assistant.planner.spots import Kind, Spot
from assistant.planner.wording import overlaps, pattern, phrases
from assistant.records import Rag

COLOURS = {
    "green": Rag.GREEN,
    "amber": Rag.AMBER,
    "red": Rag.RED,
    "blue": Rag.BLUE,
    "yellow": Rag.YELLOW,
    "orange": Rag.AMBER,
}
_COLOUR = pattern(
    r"(?:rag[- ]?(?:rated|status)? |rated |coloured |marked |flagged |shown |showing )?"
    rf"(?P<colour>{'|'.join(COLOURS)})s?(?:[- ](?:rag|rated|rating|ratings|coloured|status|flagged))?"
)
_NO_COLOUR = phrases(r"""
    (?:with )?(?:no|without(?: a| any)?|missing(?: a)?|lack(?:s|ing)? (?:a|any)) (?:b?rag(?: rating| status)?|colours?|ratings?)(?: (?:rating|status|recorded|at all|given))*
    not (?:b?rag[- ]?)?rated
    un-?rated
    uncoloured
    (?:has|have) not been (?:b?rag[- ]?)?rated
""")


def spot_colours(raw: str, low: str) -> Iterator[Spot]:
    """Colours as ratings; a capital in mid-sentence beside another capital is the name of a person or a place."""
    for match in _NO_COLOUR.finditer(low):
        yield Spot(*match.span(), Kind.COLOUR, Condition(Field.RAG, Operator.MISSING))
    for match in _COLOUR.finditer(low):
        start, end = match.span("colour")
        if not _is_name(raw, start, end) and not re.match(r"\s+(?:paper|book|flags?|light|tape)\b", low[end:]):
            colour = COLOURS[match.group("colour")]
            yield Spot(*match.span(), Kind.COLOUR, Condition(Field.RAG, Operator.IS, (colour.value,)))


def _is_name(raw: str, start: int, end: int) -> bool:
    if not raw[start].isupper() or raw[start:end].isupper():
        return False
    before, after = re.search(r"\b[A-Z][a-z]+\s+$", raw[:start]), re.match(r"\s+[A-Z][a-z]+", raw[end:])
    return bool((before and before.start() > 0) or (after and start > 0))


ITS = r"(?:(?:the|its|their|his|her|our|a|any) )?"
DATES = r"(?:due |target |completion |own )?(?:dates?|deadlines?|targets?)"
DONE = r"(?:done|finished|completed?|delivered|happened|closed|achieved)"
_ON_TIME = phrases(rf"""
    (?:not|isn't|aren't|isnt|arent|never|neither|nor)(?: (?:yet|currently|now|running|being|falling))* (?:overdue|late|behind(?: schedule)?|delayed)
    (?:on|in|within) (?:time|schedule)(?: so far)?
    not (?:yet )?(?:past|missed) {ITS}{DATES}
    ahead of (?:schedule|time)
    (?:without|excluding|except) (?:the )?(?:overdue|late)(?: ones)?
""")
_NOT_LATE = phrases(rf"""
    not (?:been )?{DONE} (?:on|in) time
""")
_LATE = phrases(rf"""
    not (?:been )?{DONE} (?:on|in) time
    over ?-?due
    (?:running |running a bit |getting |already |long |badly |very )?late(?:ness)?
    (?:running |falling |fallen |fell |lagging |slipped )?behind(?: (?:schedule|time|target|on|with|the plan|plan|its target|their targets?))?
    (?:has |have )?slipp(?:ed|ing|age)
    miss(?:ed|ing|es) {ITS}{DATES}
    (?:gone |went |gone well |well )?past {ITS}(?:due|sell[- ]by date|{DATES})
    (?:that )?(?:should|ought to|were meant to|was meant to)(?: already)? have (?:been |already |by now been )?{DONE}(?: (?:by now|already|by then))?
    over {ITS}(?:deadline|due date|target date)s?
    out of time
    delayed
    beyond {ITS}(?:deadline|due date|target date)s?
    (?:had |has |have |having )?(?:already )?passed {ITS}(?:due|{DATES})
    (?:whose |although |when |where |and |but |their |its |the )*(?:due )?(?:dates?|deadlines?|targets?) (?:that )?(?:has|have|had) (?:already )?(?:gone by|come and gone|gone past|slipped by|been (?:and gone|missed))
    (?:failed|failing) to (?:meet|hit|make) {ITS}{DATES}
    (?:have |has |with )?(?:an? |the |their |its |whose )?(?:due )?dates? (?:that |which )?(?:has|have|had) (?:already |now )?(?:passed|gone|lapsed|expired)
    (?:whose )?deadlines? (?:that )?(?:which )?(?:has|have|had) (?:already )?(?:passed|gone|lapsed|expired)
    lapsed
    overrun(?:ning)?
""")


def spot_lateness(low: str, as_of: date) -> Iterator[Spot]:
    """Whether rows are to be overdue at `as_of`; "not overdue" and "on time" are negated."""
    taken: list[tuple[int, int]] = []
    for match in _ON_TIME.finditer(low):
        if not _NOT_LATE.search(low[max(0, match.start() - 24) : match.end()]):
            taken.append(match.span())
            yield Spot(*match.span(), Kind.LATE, overdue(as_of), negated=True)
    for match in _LATE.finditer(low):
        following = low[match.end() :]
        if not overlaps(match.span(), taken) and not re.match(
            r"\s+(?:night|teens?|teenage|entry|the|which|what)\b", following
        ):
            taken.append(match.span())
            yield Spot(*match.span(), Kind.LATE, overdue(as_of))
