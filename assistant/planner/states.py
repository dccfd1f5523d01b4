"""Delivery states that a question filters on: "not finished", "still outstanding", "says complete", "no progress"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.conditions import Condition, Every, Field, Filter, Operator, Without
from assistant.planner.lateness import COLOURS
from assistant.planner.spots import Kind, Spot
from assistant.planner.wording import literal, overlaps, pattern, phrases, plain
from assistant.records import Status

ANY_STATE = phrases(r"""
    (?:whether )?(?:finished|complete[d]?|done|overdue|late|started|delivered) or not(?=\W*$|\s*[?,;.]|\s+(?:for|in|by|on|of|under|from|with)\b)
    (?:done|finished|complete[d]?) or (?:still )?(?:outstanding|open|unfinished)
    whatever (?:the|their|its) (?:status|state|progress|rating)
    whether or not (?:it|they) (?:is|are|has|have)(?: been)? (?:done|finished|complete[d]?|started|late|overdue)
""")
"""Words that ask for rows of every state."""

ROW_NOUN = r"(?:actions?|tasks?|items?|rows?|ones|jobs?|commitments?|promises?|recommendations?|entries|bits?|things?|milestones?|work)"

COMPLETE = Condition(Field.STATUS, Operator.IS, (Status.COMPLETE.value,))
NOTHING_SAID = Every(
    (
        Condition(Field.STATUS, Operator.IS, (Status.NOT_RECORDED.value,)),
        Condition(Field.STATUS_TEXT, Operator.MISSING),
        Condition(Field.RAG, Operator.MISSING),
    )
)
"""A row of which the plan says nothing, in words or by colour."""


def _status(status: Status) -> Filter:
    return Condition(Field.STATUS, Operator.IS, (status.value,))


_NO = r"(?:no|without(?: any)?|lack(?:s|ing)?(?: a| any)?|missing(?: a)?|blank|empty|not (?:have|got|show|give|record)(?: any| a)?)"
_SAID = r"(?:recorded|at all|stated|given|shown|reported|noted|information|text|notes?|updates?|written|against (?:it|them)|in the plan)"
_DONE = (
    r"(?:complete|completed|done|finished|closed|achieved|delivered|fulfilled|ticked off|signed off|wrapped up|implemented"
    r"|discharged|concluded|sorted)"
)
_UNDONE = r"(?:outstanding|open|unresolved|live|remaining|left|pending|undone)"
_NOT = (
    r"(?:not|isn't|aren't|wasn't|weren't|isnt|arent|hasn't|haven't|hasnt|havent|nothing|never|none|neither)"
    r"(?: (?:all|yet|been|be|being|marked|shown|recorded|as|actually|fully|quite|currently|got|it|they|said|to|listed|down|ever"
    r"|even|still))*"
)

_STATES: tuple[tuple[re.Pattern[str], Filter], ...] = (
    (
        phrases(rf"""
            (?:with |have |has |having |show(?:ing|s)? |there is |there's |are |is )?{_NO} (?:recorded |stated |clear |written |actual )?(?:progress|status(?:es)?|state|updates?|rating|position)(?: {_SAID})*
            (?:progress|status(?:es)?|updates?)(?: \w+)? (?:is |are |was |were |left |been )?(?:not (?:been )?{_SAID}|blank|empty|missing|unknown|unrecorded|not known)
            nothing (?:is |has been |was )?{_SAID}(?: (?:about|on|for))? (?:progress|status)
            (?:unknown|unrecorded|blank|missing) (?:progress|status(?:es)?)
            (?:with |have |has |having |show(?:s|ing)? |there is |there's )?(?:nothing|no (?:entry|entries|text|words?|notes?|comments?))(?: at all| whatever| whatsoever)?(?: (?:is|are|has been|have been|was|were|being))?(?: (?:recorded|entered|written|stated|noted|shown|put|said|typed|filled in|given|reported|down))? (?:under|as|for|against|in|on|by way of|about)(?: the| their| its)? (?:progress|status|update)(?: column| cell| field| box| notes?)?
            (?:progress|status|update)(?: column| cell| field| box)?s? (?:is |are |that is |was |were )?(?:left )?(?:blank|empty|bare)
            no (?:progress|status|update) (?:is |has |have |was )?(?:been )?(?:recorded|entered|noted|written|given|reported|stated|shown)
        """),
        NOTHING_SAID,
    ),
    (
        phrases(rf"""
            (?:show|have|has|with|give|gives|shows|carry|carries|record|state)(?: \w+)? (?:any|some|a) (?:\w+ )?(?:status|progress|state|rating)(?: {_SAID}| word)*
            (?:any|some) (?:status|progress) (?:is )?{_SAID}
            (?:status|progress) (?:is |has been )?(?:recorded|given|stated|shown)(?! as)
        """),
        Without(NOTHING_SAID),
    ),
    (
        phrases(r"""
            not (?:yet )?(?:been )?(?:started|begun|commenced)
            (?:yet|still) to (?:start|begin|be started|commence)
            (?:hasn't|haven't|has not|have not|hasnt|havent) (?:yet )?(?:been )?(?:started|begun|commenced)
            unstarted
        """),
        _status(Status.NOT_STARTED),
    ),
    (
        phrases(r"""
            in progress
            under ?way
            being worked on
            on-?going(?= (?:[\w'-]+ ){0,3}?(?:actions?|ones|tasks?|rows?|items?))
            part(?:ly|ially) (?:done|complete|completed|finished)
            started but not (?:finished|completed?|done)
        """),
        _status(Status.IN_PROGRESS),
    ),
    (
        phrases(rf"""
            {_NOT} (?:on[- ]track|on course|going to plan|progressing (?:well|as planned|to plan))
            (?:slipping|struggling|in difficulty|in difficulties)
            off[- ]course
        """),
        Condition(Field.STATUS, Operator.IS, (Status.AT_RISK.value, Status.BLOCKED.value)),
    ),
    (
        phrases(r"""
            on[- ]track
            on course
            (?:progressing|moving along|moving|proceeding|running|going(?: ahead)?) (?:well|as planned|to plan|to schedule)
            as planned
            on (?:schedule|target)
            to schedule
        """),
        _status(Status.ON_TRACK),
    ),
    (
        phrases(r"""
            at[- ]risk(?! of| register)
            off[- ]track
            in (?:danger|jeopardy|trouble)
            under threat
        """),
        _status(Status.AT_RISK),
    ),
    (
        phrases(r"""
            blocked
            stuck
            stalled
            on hold
            paused
            (?:been |being )?put off
            deferred
            postponed
            held up
        """),
        _status(Status.BLOCKED),
    ),
    (
        phrases(r"""
            (?:have|has|had)(?: \w+){0,2} (?:kept|honoured)
            (?:carry|carries|with|has|have|show|shows|give|gives) (?:a |any |some )?(?:statement|claim|record|note|mark|sign) of (?:completion|being (?:complete|done|finished))
            (?:said|stated|claimed|reported|recorded|marked|shown|noted) to (?:be|have been) (?:complete[d]?|done|finished|closed|achieved|delivered)
        """),
        COMPLETE,
    ),
    (
        phrases(rf"""
            {_NOT} {_DONE}
            (?:have |has )?(?:yet|still|left|remain\w*)(?: \w+)? to (?:be )?(?:complete[d]?|done|do|finish(?:ed)?|deliver(?:ed)?|close[d]?|happen|achieve[d]?)
            still (?:need(?:s|ed)? (?:doing|completing|finishing|to be (?:done|completed|finished))|to go|to come|remain\w*)
            incomplete
            uncompleted
            un-?finished
            (?:we |you |they )?(?:have|has)(?: yet)? to (?:be )?(?:complete[d]?|finish(?:ed)?)
            (?:is|are|what's|whats|anything|nothing) left(?: to do| over)?
            remains? (?:to be done|outstanding|open|to do)
            (?:hasn't|haven't|hasnt|havent|isn't|aren't|isnt|arent|not|never)(?: yet)? (?:happened|finished|concluded)
        """),
        Without(COMPLETE),
    ),
)

_WORD_STATES: tuple[tuple[re.Pattern[str], Filter], ...] = (
    (pattern(_UNDONE), Without(COMPLETE)),
    (pattern(_DONE), COMPLETE),
)
_BE = (
    r"(?:it's|that's|they're|is|are|was|were|be|been|being|isn't|aren't|wasn't|weren't|isnt|arent|gets?|got|has|have|hasn't|haven't|marked|shown|showing"
    r"|shows?|recorded|listed|rated|down|flagged|classed|given|says?|reads?|still|now|currently|actually|already|all|fully|as|it|they"
    r"|them|those|these|that|which|what|what's|whats|we|many|much|not|yet|only|just|the|any|every|none|nothing|anything|everything"
    r"|something|mostly|really|and|or|but|how)"
)
_ROWS_BEFORE = re.compile(r"\b(?:actions|tasks|items|rows|recommendations|things|jobs|commitments)\s+$")
_TO_COME = re.compile(
    r"\b(?:will|should|would|must|shall|going to|meant to|due to|supposed to|expected to)\b[^?.,]*\bbe\s+$"
)
_POLAR = re.compile(r"^\W*(?:and\s+|so\s+)?(?:is|are|has|have|was|were|isn't|aren't|hasn't|haven't|hasnt|havent)\b")
_CLOSES = re.compile(r"\s*(?:yet|now|already|then|too)?\s*(?:[?.!]|$|(?:or|and|by|in|on)\b)")
_LEFT_OF_STATE = re.compile(rf"(?:(?<!\w){_BE}|[\x00,?])\s*$|^\s*$")
_RIGHT_OF_STATE = re.compile(rf"\s+(?:(?!and\b|or\b|by\b|in\b)[\w'\x00&/-]+\s+){{0,6}}?{ROW_NOUN}\b")
_HAS_OBJECT = re.compile(
    r"\s+(?:by|to|for|with)\s+(?:the\s+)?(?:social|children|staff|who|team|manager)|\s+(?:an?|the|their|your)\s"
)
_GRADE_BEFORE = re.compile(r"\b(?:to be|good (?:to|or)|rated|be judged|how|get|to)\s+$")
_QUOTED = re.compile(
    r"\b(?:says?|saying|read(?:s|ing)?|the words?|marked|literally|written|shows?)\b[^\"?.]{0,20}\"(?P<word>[^\"]{2,60})\""
)
_LITERAL = re.compile(
    r"\b(?:literally|explicitly|word for word|the words?)\b[^\"?.]{0,30}?\"?\b"
    r"(?P<word>completed?|done|finished|achieved|ongoing|closed|extended|approved|not started|in progress|started)\b\"?"
)


_MARKED = r"(?:(?:says?|saying|reads?|reading|claim(?:s|ing)? to be|marked|shown|recorded|listed|flagged|reported|described|down|given|put|noted|said to be|status(?: is| of)?|state)(?: as)?(?: being)?) [\"']?(?P<text>{text})[\"']?"


def spot_marked(low: str, status_texts: Sequence[str]) -> Iterator[Spot]:
    """A status in the plans' own words, where the question says that rows are marked so: "marked as delayed"."""
    for text in sorted({plain(text).strip(" .") for text in status_texts}, key=len, reverse=True):
        if _is_wording(text) and not re.fullmatch(_DONE, text):
            for match in pattern(_MARKED.format(text=literal(text))).finditer(low):
                condition = Condition(Field.STATUS_TEXT, Operator.CONTAINS, (match.group("text"),))
                yield Spot(*match.span(), Kind.STATE, condition)
                return


def spot_states(low: str, status_texts: Sequence[str] = ()) -> Iterator[Spot]:
    """Delivery states, longest wording first. A word such as "open" or "done" counts only where it describes rows.

    Args: status_texts, statuses as the plans write them, which a question may use: "carried forward".
    """
    for regex in (_QUOTED, _LITERAL):
        if match := regex.search(low):
            words = match.group("word").strip(" .?")
            yield Spot(*match.span(), Kind.STATE, Condition(Field.STATUS_TEXT, Operator.CONTAINS, (words,)))
            return
    taken: list[tuple[int, int]] = []
    for regex, condition in (*_STATES, *_WORD_STATES):
        for match in regex.finditer(low):
            single = (regex, condition) in _WORD_STATES
            if not overlaps(match.span(), taken) and not (single and not _describes_rows(low, *match.span())):
                taken.append(match.span())
                yield Spot(*match.span(), Kind.STATE, condition)
    for text in sorted({plain(text).strip(" .") for text in status_texts}, key=len, reverse=True):
        for match in pattern(literal(text)).finditer(low) if _is_wording(text) else ():
            if not overlaps(match.span(), taken) and _describes_rows(low, *match.span()):
                taken.append(match.span())
                condition = Condition(Field.STATUS_TEXT, Operator.CONTAINS, (match.group(),))
                yield Spot(*match.span(), Kind.STATE, condition)


def _is_wording(text: str) -> bool:
    """A status in words of its own, no colour and no single common word."""
    return len(text) > 4 and bool(re.fullmatch(r"[a-z' -]+", text)) and text not in COLOURS


def _describes_rows(low: str, start: int, end: int) -> bool:
    before, after, word = low[:start], low[end:], low[start:end]
    if _TO_COME.search(before):
        return False
    if word == "outstanding" and re.match(r"\s+(?:practice|work|services?|outcomes?|judg|grade|rating)", after):
        return False
    if _RIGHT_OF_STATE.match(after) and not re.search(r"\b(?:to|good|from|been|being)\s*$", before):
        return True
    if (_POLAR.search(low) or _ROWS_BEFORE.search(before)) and _CLOSES.match(after):
        return True
    if word == "done" and re.match(r"\s+(?:about|on|for|to|under|with|around)\b", after):
        return False
    if _GRADE_BEFORE.search(before) and word in ("outstanding", "open", "complete", "closed", "live"):
        return False
    return bool(_LEFT_OF_STATE.search(before)) and not _HAS_OBJECT.match(after)
