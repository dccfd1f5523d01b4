"""The ways in which a question may ask, one function each: a list, a count, an owner, a date, a state, the prose."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.conditions import Field
from assistant.planner import frames
from assistant.planner.counting import PLURAL_ROWS, ROWS, counts_rows, figure_wanted, shares_rows
from assistant.planner.wish import Asking, Question
from assistant.planner.wording import TAKEN, phrases
from assistant.query_plan import Intent, Wanted

_POLAR = re.compile(
    r"^\W*(?:and\s+|so\s+|but\s+|ok\s+|then\s+)?(?:has|have|had|is|are|was|were|did|does|do|will|hasn't|haven't|isn't|aren't|wasn't|didn't|hasnt|isnt)\b"
)
_ALL = re.compile(
    r"^\W*(?:and\s+|so\s+)?(?:has|have|is|are|was|were|did)\s+(?:all|every|everything|both|each|they all|those all|most|half)\b"
)
_ANY = re.compile(
    r"^\W*(?:and\s+)?(?:(?:is|are|was|were)\s+there\b|(?:is|are|has|have|was|were|do|does|did|will)\b[^?]*\b(?:any|anything|something|some|many|much|anyone|nothing|no)\b)"
)
_DOING = re.compile(
    rf"^\W*(?:and\s+)?(?:is|are)\s+(?:we|they|the council|the plan|it|{TAKEN}+|\w+)\s+(?:doing|planning|taking|working|tackling|addressing|committing|going to)\b"
)
_HOLDS = re.compile(
    rf"^\W*(?:and\s+)?(?:do|does|did|has|have)\s+(?:we|they|the|you|it|{TAKEN}+|this|our)[\w\s'{TAKEN}]{{0,30}}?\b(?:have|got|mention|mentions|include|includes|cover|covers|contain|contains|say|address|deal|talk|refer|commit|plan|promise)\b"
)
_DEFINITE = re.compile(r"\b(?:the|our|its|their|this|that|a|an)\s+(?!plan\b|council\b|same\b|other\b|most\b)[\w-]+")
_ON_SUBJECT = re.compile(r"\b(?:on|about|regarding|concerning|around)\s+(?!the\b)[\w-]")
_PROSE_NOUN = phrases(
    r"""
    achievements? | highlights? | successes | vision | ambitions? | aims? | values? | principles? | background | context | foreword | introduction
    purpose | priorities | priority areas | governance | strengths? | weaknesses | challenges? | findings? | conclusions? | next steps | areas for (?:development|improvement|priority action)
    lessons? | consultation | approach | methodology | model | process | structure | membership | themes? | objectives | strateg(?:y|ies) | mission | message | statement | summary | risks? | implications? | reasons? | areas? | outcomes? | strands? | signator(?:y|ies)
""".replace(" | ", "\n")
)
_OF_WORK = re.compile(
    r"\s+(?:discussions?|meetings?|groups?|boards?|panels?|officers?|training|polic(?:y|ies)|registers?|assessments?)\b"
)
"""After a noun of prose, what makes it part of the name of some work: "strategy discussions", "risk assessments"."""
_TOLD = phrases(r"""
    (?:has |have |had )?(?:gone|went|going) (?:well|badly|wrong|right)
    according to(?: the)?
    (?:has |have )?(?:worked|not worked|been learn(?:ed|t))
""")
_PROSE_VERB = phrases(
    r"""
    reported | said | say | found | find | identified | highlighted | inspected | visited | judged | concluded | described | written | recommended | learned | learnt | noted | happened | explained
""".replace(" | ", "\n")
)


def _count(q: Question) -> Asking | None:
    match = frames.SHARE.search(q.rest)
    if match and not shares_rows(q.rest[match.end() :], q.names_rows):
        return Asking(Intent.NARRATIVE, wanted=figure_wanted(q.low), particular=True, spans=(match.span(),))
    if match:
        counted = frames.HOW_MANY.search(q.rest)
        spans = (match.span(), *([(counted.start(), counted.start("after"))] if counted else []))
        return Asking(Intent.COUNT, share=True, spans=spans)
    match = frames.HOW_MANY.search(q.rest)
    if not match or re.match(r"(?:days|weeks|months|long)\b", match.group("after")):
        return None
    span = (match.start(), match.start("after"))
    if counts_rows(match.group("after")):
        return Asking(Intent.COUNT, spans=(span,))
    return Asking(Intent.NARRATIVE, wanted=figure_wanted(q.low), particular=True, spans=(span,))


def _money(q: Question) -> Asking | None:
    match = frames.MONEY.search(q.rest)
    asks = re.search(r"\b(?:what|how much|whats|what's|how|is there|are there|does|do|has|have)\b", q.rest)
    if not match or not asks or ROWS.search(q.rest):
        return None
    spans = tuple(one.span() for one in frames.MONEY.finditer(q.rest))
    return Asking(Intent.NARRATIVE, wanted=Wanted.MONEY, particular=True, spans=spans)


def _person(q: Question) -> Asking | None:
    match = frames.PERSON.search(q.low) or frames.WHO_IS.search(q.low)
    if not match or ROWS.search(q.rest):
        return None
    start = len(match.group().split()[0]) + match.start() if match.re is frames.WHO_IS else match.end()
    return Asking(Intent.NARRATIVE, wanted=Wanted.PERSON, particular=True, spans=((match.start(), start),))


def _change(q: Question) -> Asking | None:
    match = frames.CHANGED.search(q.low)
    if not match:
        return None
    fields = ((r"dates?|deadlines?|targets?|slipped|moved", Field.DUE), (r"owners?|leads?|sponsors?", Field.OWNER))
    asked = next((field for words, field in fields if re.search(rf"\b(?:{words})\b", q.low)), Field.STATUS)
    spans = tuple(one.span() for one in frames.CHANGED.finditer(q.low))
    return Asking(Intent.SOURCES, (asked,), Wanted.CHANGE, spans=spans)


def _why(q: Question) -> Asking | None:
    match = frames.WHY.search(q.rest)
    if not match:
        return None
    if _WHO_TOO.search(q.rest):
        return None
    if rows := _WHICH_AND_WHY.search(q.low):
        return Asking(Intent.LIST, spans=(rows.span("why"),))
    intent = Intent.LOOKUP if q.names_refs or q.names_rows else Intent.NARRATIVE
    return Asking(intent, wanted=Wanted.REASON, claim=True, particular=True, spans=(match.span(),))


_WHICH_AND_WHY = re.compile(r"\b(?:what|which|list|show)\b[^?]*(?P<why>\band\s+(?:say\s+)?why)(?=\W*$)")
"""Rows are asked for, and their notes: what a plan says of a row stands beside it."""
_WHO_TOO = re.compile(
    r"\b(?:whose|who)\b.*\b(?:why|(?:stopping|holding|delaying|blocking|preventing))\b|\bwhen\b.*\bwhy\b"
)


def _governs(q: Question) -> Asking | None:
    match = _at_clause_start(frames.GOVERNS, q.rest)
    return Asking(Intent.NARRATIVE, spans=(match.span(),)) if match else None


def _result(q: Question) -> Asking | None:
    match = frames.RESULT.search(q.rest)
    if not match or PLURAL_ROWS.search(q.rest):
        return None
    cues = tuple(cue.span() for cue in frames.RESULT_CUES.finditer(q.rest))
    return Asking(Intent.NARRATIVE, wanted=Wanted.RESULT, spans=cues)


_CLAUSE_START = re.compile(
    rf"(?:^|[,.;:?!{TAKEN}-]|\b(?:and|or|but|so|then|me|us|know|see|say|says|out|of|on|exactly|also|clear|list|check|please|pls|you|just))\W*$"
)


def _at_clause_start(regex: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match that begins a clause: the "who" of "children who are in care" asks for nobody."""
    return next((match for match in regex.finditer(text) if _CLAUSE_START.search(text[: match.start()])), None)


def _who(q: Question) -> Asking | None:
    match = _at_clause_start(frames.WHO, q.rest)
    if not match:
        return None
    asked = [Field.OWNER]
    spans = [match.span()]
    if _IS_LATE.search(q.low):
        asked += [Field.DUE, Field.STATUS]
    elif _OF_WHICH.search(q.low):
        asked.append(Field.STATUS)
    for regex, field in ((frames.WHEN, Field.DUE), (_IS_DONE, Field.STATUS)):
        if field not in asked and (other := regex.search(q.rest)):
            asked.append(field)
            spans.append(other.span())
        elif field not in asked and regex is _IS_DONE and regex.search(q.low) and not frames.WHY.search(q.low):
            asked.append(field)
    why = bool(frames.WHY.search(q.low))
    wanted = Wanted.REASON if why else None
    return Asking(Intent.OWNER, tuple(asked), wanted, claim=why, particular=is_particular(q), spans=tuple(spans))


_IS_DONE = re.compile(
    r"\b(?:and|,)\s+(?:is|are|has|have|what)\s+(?:it|they|that|the\s+status|its\s+status)(?:\s+been)?(?:\s+(?:done|complete[d]?|finished|of\s+it))?|\bwhy\s+(?:isn't|isnt|is|hasn't)\s+it\b"
)


_OF_WHICH = re.compile(
    r"(?:\band|,)\s+(?:on|for|in|of|against|under)\s+which\b[^?]*\b(?:progress|status|done|complete\w*|finished|recorded|started)\b"
)
_IS_LATE = re.compile(
    r"\b(?:and|,|-)\s+(?:whether\s+|if\s+)?(?:(?:is|are|was|were)\s+)?(?:it|they|that|this|those|any(?:\s+of\s+(?:it|them|those))?|that\s+one)"
    r"(?:\s+(?:is|are|'s))?\s+(?:running\s+|now\s+|all\s+|already\s+|still\s+)*"
    r"(?:overdue|late|behind(?:\s+schedule)?|on\s+time|on\s+schedule|past\s+(?:its|their|the)\s+(?:date|deadline)s?|delayed)\b"
)
_IS_TO_BE = re.compile(
    r"\b(?:will|should|would|must|going\s+to|meant\s+to|due\s+to|supposed\s+to|expected\s+to)\b.*\bbe\b"
)


_HOW_LATE = re.compile(
    r"\bhow\s+(?:many\s+(?:days|weeks|months)|long|far|much)?\s*(?=(?:\w+\s+){0,2}?(?:overdue|late|behind|past)\b)"
)


def _when(q: Question) -> Asking | None:
    if late := _HOW_LATE.search(q.low):
        return Asking(Intent.DATE, (Field.DUE,), claim=q.names_refs, particular=_is_one(q), spans=(late.span(),))
    if (
        (match := frames.WHEN_PAST.search(q.rest))
        and frames.HELD_EVENT.search(match.group("rest"))
        and not ROWS.search(q.rest)
    ):
        return Asking(
            Intent.NARRATIVE, wanted=Wanted.DATE, particular=True, spans=((match.start(), match.start("rest")),)
        )
    match = _at_clause_start(frames.WHEN, q.rest)
    if not match:
        return None
    done = re.search(
        r"\b(?:completed|finished)\b.{0,30}\bwhen\b|\bwhen\b.{0,60}\b(?:completed|finished|closed|achieved)\b|\bcompletion dates?\b",
        q.low,
    )
    begun = re.search(r"\bwhen\b.{0,60}\b(?:start\w*|begin\w*|began)\b|\bstart dates?\b", q.low)
    field = Field.COMPLETED_ON if done and not _IS_TO_BE.search(q.low) else Field.START if begun else Field.DUE
    spans = [match.span()]
    asked = [field]
    if other := re.search(r"\band\s+who\b[^?]*", q.rest):
        asked.append(Field.OWNER)
        spans.append(other.span())
    return Asking(Intent.DATE, tuple(asked), particular=q.names_refs or is_particular(q), spans=tuple(spans))


def _progress(q: Question) -> Asking | None:
    match = frames.PROGRESS.search(q.rest)
    if not match:
        return None
    if q.names_refs:
        return Asking(Intent.STATUS, (Field.STATUS,), spans=(match.span(),))
    if is_particular(q) and re.match(r"status\b", match.group()):
        return Asking(Intent.STATUS, (Field.STATUS,), particular=True, spans=(match.span(),))
    if is_particular(q) and re.match(
        r"(?:what|whats|what's|where)\b.*\b(?:status|got|position|state)\b", match.group()
    ):
        return Asking(Intent.STATUS, (Field.STATUS,), particular=True, spans=(match.span(),))
    if not match.group().startswith("how"):
        return Asking(Intent.PROGRESS, (Field.STATUS,), spans=(match.span(),))
    cues = (cue.span() for cue in frames.GOING.finditer(match.group()))
    spans = tuple((match.start() + start, match.start() + end) for start, end in cues)
    return Asking(Intent.PROGRESS, (Field.STATUS,), spans=spans)


def _how_known(q: Question) -> Asking | None:
    match = _at_clause_start(frames.HOW_KNOWN, q.rest)
    if not match:
        return None
    cues = tuple(cue.span() for cue in frames.RESULT_CUES.finditer(q.rest))
    return Asking(Intent.NARRATIVE, wanted=Wanted.MANNER, spans=(match.span(), *cues))


def _how_often(q: Question) -> Asking | None:
    match = _at_clause_start(frames.HOW_OFTEN, q.rest)
    return Asking(Intent.NARRATIVE, wanted=Wanted.MANNER, spans=(match.span(),)) if match else None


def _how(q: Question) -> Asking | None:
    match = _at_clause_start(frames.HOW, q.rest)
    if match and q.names_refs:
        return Asking(Intent.LOOKUP, spans=(match.span(),))
    return Asking(Intent.NARRATIVE, wanted=Wanted.MANNER, spans=(match.span(),)) if match else None


def _polar(q: Question) -> Asking | None:
    match = _POLAR.search(q.low) or _PRONOUN.search(q.low) or (_BARE_STATE.search(q.low) if q.names_refs else None)
    if not match:
        return None
    if one := _PRONOUN.search(q.low):
        several = one.group("many") is not None
        intent = Intent.PROGRESS if several else Intent.STATUS
        return Asking(intent, (Field.STATUS,), claim=True, particular=not several, spans=(one.span(),))
    if every := _ALL.search(q.low):
        return Asking(Intent.PROGRESS, (Field.STATUS,), claim=True, spans=(every.span(),))
    if one := _HAS_ONE.search(q.rest):
        return Asking(Intent.STATUS, (Field.STATUS,), particular=True, spans=(one.span(),))
    if _ANY.search(q.rest) or _DOING.search(q.rest) or _HOLDS.search(q.rest):
        frame = frames.LIST.match(q.rest.lstrip()) or match
        return Asking(Intent.LIST, spans=(frame.span(),))
    if PLURAL_ROWS.search(q.rest) and not q.names_refs:
        return Asking(Intent.PROGRESS, (Field.STATUS,), claim=True, spans=(match.span(),))
    if not (q.names_refs or _DEFINITE.search(q.low) or _PROPER.search(q.raw)):
        return Asking(Intent.LIST if q.names_rows else Intent.PROGRESS, (Field.STATUS,), spans=(match.span(),))
    return Asking(Intent.STATUS, (Field.STATUS,), claim=True, particular=True, spans=(match.span(),))


_BARE_STATE = re.compile(
    r"^\W*(?!.*\b(?:which|what|whats|who|when|where|why|how|list|show|all|any)\b)[^?]*\b(?:done|finished|complete[d]?|started|late|overdue|closed|on track)"
    r"(?:\s+(?:yet|now|already|or not))?\s*\?*\s*$"
)
_PRONOUN = re.compile(
    r"(?:^\W*|[-,:;.]\s+)(?:and\s+|so\s+|but\s+)?(?:is|has|was|did|does|isn't|hasn't|are|have|were|do|aren't|haven't)\s+(?:(?P<one>it|this|that)|(?P<many>they|those|these))\b(?!\s+the\s+same)"
)
_HAS_ONE = re.compile(
    rf"^\W*(?:and\s+|so\s+)?(?:(?:have|has)\s+(?:we|they|you|the council|{TAKEN}+)\s+(?:got|had|appointed|recruited|set up)?|(?:do|does|did)\s+(?:we|they|you|the council|{TAKEN}+)\s+(?:have|got))\s*(?:an?|the|our)\s+(?!plan\b)"
)
_PROPER = re.compile(r"\s[A-Z]\w+")


_MEANT_TO = re.compile(
    rf"^\W*(?P<what>what(?:'s|s)?(?: (?:is|are|was|were))?)\s+(?:[\w'{TAKEN}-]+\s+){{1,8}}?(?P<meant>(?:supposed|meant|expected|going|intended)"
    r"\s+to\s+(?:cover|include|involve|say|do|deliver|achieve|contain|look\s+at|address))\b"
)


def _says(q: Question) -> Asking | None:
    if meant := _MEANT_TO.search(q.rest):
        return Asking(Intent.LOOKUP, particular=True, spans=(meant.span("what"), meant.span("meant")))
    match = frames.SAYS.search(q.rest)
    if not match or not q.names_refs:
        return None
    if PLURAL_ROWS.search(q.rest) and re.search(r"\b(?:list|all)\b", q.rest):
        return None
    return Asking(Intent.LOOKUP, spans=(match.span(),))


def _prose(q: Question) -> Asking | None:
    """What the plan's prose says, where no word is for rows."""
    if ROWS.search(q.rest) or q.names_refs:
        return None
    match = re.search(
        r"\b(?:what|which|describe|explain|tell me(?: about)?|whats|what's|list|name|summari[sz]e)\b", q.rest
    )
    if _DID_ROWS.search(q.low) or _WE_SAID.search(q.rest):
        return None
    if (said := _SAYS_ON.search(q.rest)) and not _PROSE_NOUN.search(q.rest):
        return Asking(Intent.LIST, spans=(said.span("what"), said.span("say")))
    if did := re.search(r"^\W*(?:what|which)\b[^?]*?\bdid\b", q.rest):
        return Asking(Intent.NARRATIVE, spans=((did.end() - 3, did.end()),))
    noun = next((one for one in _PROSE_NOUN.finditer(q.rest) if not _OF_WORK.match(q.rest[one.end() :])), None)
    verb = _PROSE_VERB.search(q.rest)
    told = [one.span() for one in _TOLD.finditer(q.rest)]
    if not match or not (noun or told or (verb and not q.names_rows)):
        return None
    return Asking(Intent.NARRATIVE, spans=(match.span(), *told))


_SAYS_ON = re.compile(
    r"\b(?P<what>what|which)\b(?![^?]*\bdid\b)[^?]*?\b(?P<say>(?:say|says|state|states)\s+(?:about|on|regarding|concerning|for))\b"
)
_WE_SAID = re.compile(
    rf"\bwhat\s+(?:have|has|did)\s+(?:we|they|the\s+council|{TAKEN}+)\s+(?:said|promised|agreed|committed|planned)\b"
)
_DID_ROWS = re.compile(
    r"\bdid\b.*\b(?:complete|finish|deliver|achieve|promise|commit|agree to|plan (?:to|on|for)|intend|propose|pledge|undertake|set out to|aim to|want to|say (?:it|they|we) would)\b"
)


def _list(q: Question) -> Asking | None:
    shouted = q.raw.isupper()
    spans = tuple(
        match.span()
        for match in frames.LIST.finditer(q.rest)
        if _CLAUSE_START.search(q.rest[: match.start()])
        and (shouted or not q.raw[match.start() :].split()[0].isupper())  # an abbreviation that spells a verb
    )
    return Asking(Intent.LIST, spans=spans) if spans else None


_PLANNED = re.compile(
    r"\bwhat\s+happens\b|\b(?:planned|proposed|promised|in\s+place|there|happening|going\s+on|scheduled|offered|available|on\s+offer|intended)\b"
)


def _what(q: Question) -> Asking | None:
    match = re.search(r"\b(?:what|which|where|explain|describe)\b", q.rest)
    if not match:
        return None
    if (
        match.group() == "which"
        or _PLANNED.search(q.rest)
        or ROWS.search(q.rest)
        or (q.names_rows and not q.names_refs)
    ):
        return Asking(Intent.LIST, spans=(match.span(),))
    return Asking(Intent.LOOKUP, particular=True, spans=(match.span(),))


def _is_one(q: Question) -> bool:
    return q.names_refs or is_particular(q)


def is_particular(q: Question) -> bool:
    """True where a singular thing is named ("the neglect training"), not a subject ("neglect") or rows ("actions")."""
    return not PLURAL_ROWS.search(q.rest) and not _ON_SUBJECT.search(q.rest) and bool(_DEFINITE.search(q.rest))


READINGS: tuple[Callable[[Question], Asking | None], ...] = (
    _change,
    _money,
    _count,
    _person,
    _why,
    _governs,
    _how_known,
    _result,
    _how_often,
    _progress,
    _who,
    _when,
    _how,
    _polar,
    _says,
    _prose,
    _list,
    _what,
)
"""From the most to the least particular; the first that fits is taken."""
UNCLAIMED = frozenset({_polar, _list, _what, _prose})
"""Not tried for what is put forward as true and is to be confirmed."""
