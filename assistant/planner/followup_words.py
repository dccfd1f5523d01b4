"""What the words of a question say of the questions before it: that they go on, correct, narrow, widen, leave out."""

import re
from collections.abc import Collection
from enum import StrEnum

from assistant.grammar import parsed
from assistant.lexicon import find, plain, small
from assistant.planner.candidates.subject import is_empty
from assistant.planner.scope import can_leave_out
from assistant.planner.text import Text
from assistant.planner.wording import FUNCTION_WORDS


class Cue(StrEnum):
    """One thing that the words do with what was asked before."""

    RESET = "reset"
    CORRECTS = "corrects"
    NARROWS = "narrows"
    OF_THOSE = "of_those"
    """The rows of the last answer are parted: it never adds one."""
    POINTS = "points"
    """A pronoun stands for the rows of the last answer."""
    REMOVES = "removes"
    WIDENS = "widens"
    ANY_STATE = "any_state"
    SAME = "same"
    OTHERS = "others"
    """What the last answer did not show: "the rest"."""
    APART = "apart"
    """Rows beside those shown: "what else", "apart from those"."""
    WHOLE = "whole"
    BOTH = "both"
    """The rows of the last two answers together."""
    BACK = "back"
    """What the last question did is undone."""
    OPENS = "opens"


_ENDS_WITH = {
    Cue.WIDENS: re.compile(r"\b(?:as\s+well|too|in\s+addition|including)\W*$"),
    Cue.ANY_STATE: re.compile(
        r"^\W*(?:(?:show me|list|no|ok|sorry)\W+)*all\s+of\s+(?:them|those)\W*(?:please\W*|pls\W*)?$"
    ),
    Cue.OTHERS: re.compile(
        r"^\W*(?:and |which |what )?others\W*$|\b(?:ones?|those|rows|actions|which|that|who|what|and)\s+(?:are|is|were|was|have|has|do|did)(?:\s+not|n'?t)\W*$"
    ),
    Cue.OPENS: re.compile(
        r"^\W*(?:in(?!\s+(?:which|what|the\s+plan)\b)|by(?!\s+(?:when|whom))|any(?=[^?]{0,20}\??$)|(?:who|when|why|how\s+many)(?=\W*$))\b"
    ),
}
"""What says so only at the end of a question, or by what does not follow; the lexicon has the words of the others."""

_SLIP = re.compile(
    r"^\W*(?:(?:oh|ah|er)\W+)?(?:(?:nope|sorry|oops|whoops|apologies|my (?:mistake|bad|fault)|not that|not (?:those|these|them)(?=\W*[,;:-])|actually|rather|wait|(?:scratch|scrap) that"
    r"|correction|no(?=\W*[,.;:-]|\s+(?:not|it's|its|i|sorry|that|the|in|for|\w*\d\w*|wait|actually)\b)(?! one\b))\b\W*)+"
)
_MEANT = re.compile(
    r"(?:\b(?:what )?i (?:really )?(?:meant|ment|mean)\b|^\W*(?:meant|ment|make that)\b|\b(?:what )?i (?:should(?:'?ve| have)) (?:said|put|asked|typed)\b"
    r"|\binstead(?! of\b))(?: to (?:say|ask|put|type)\b)?(?: is\b)?[,:]?"
)


_NARROWED = re.compile(
    r"(?i)^(?P<open>\W*(?:(?:and|now|then|ok|okay|so|please|pls|can you|could you|would you|let's|lets)\W+)*)"
    r"(?:(?:narrow|cut|limit|restrict|filter|whittle|trim|pare|boil|slim|get|bring|take)(?:\s+(?:it|that|this|them|those|these|the list))?(?:\s+down)?\s+to"
    r"|(?:narrow|filter)(?:\s+(?:it|that|this|them))?(?:\s+down)?\s+(?:by|on)|(?:stick|keep|down)\s+to|(?:focus|zoom in|home in)\s+on)\s+(?:just\s+|only\s+)?(?!me\b|us\b)"
)
"""An order to narrow what was shown: what comes after is taken alone."""


def worded(question: str) -> tuple[str, frozenset[Cue]]:
    """A question after others without the words that only correct the one before, and what it does with that one."""
    low, cues = plain(question), set()
    if slip := _SLIP.match(low):
        question = question[slip.end() :]
        cues.add(Cue.CORRECTS)
    if meant := _MEANT.search(plain(question)):
        before, after = question[: meant.start()].rstrip(" ,"), question[meant.end() :].lstrip()
        denied = after and re.match(r"\W*not\s+", before, re.I)
        before = before if denied or not slip or not after else ""
        question = f"{after}, {before}" if denied else f"{before} {after}".strip()
        cues.add(Cue.CORRECTS)
    if Cue.CORRECTS in cues:  # "X, not Y" takes the place of what was read, without Y
        question = re.sub(r"(?<=\w),?\s+(?:and\s+)?not\s+(?=\w)", " but not ", question)
    question = _NARROWED.sub(r"\g<open>only ", question) if _NARROWED.match(plain(question)) else question
    if not any(char.isalnum() for char in question):
        question = low
    text = Text(question)
    cues |= {cue for cue, words in _ENDS_WITH.items() if words.search(text.low)}
    cues |= {Cue(hit.concept) for hit in find(text.words, ("cue",))}
    first = next(
        (at for at, word in enumerate(text.words) if word.low not in small("followup_orders")), len(text.words)
    )
    cues |= {Cue(hit.concept) for hit in find(text.words, ("cue_first",)) if hit.first <= first}
    if any(hit.first <= first and can_leave_out(text, hit) for hit in text.of("except")):
        cues.add(Cue.REMOVES)
    if Cue.OF_THOSE in cues or points_back(question):
        cues.add(Cue.POINTS)
    return question, frozenset(cues)


_PRONOUNS, _ROWS, _SAYING = small("followup_pronouns"), small("followup_rows"), small("followup_saying")
_PLACE = re.compile(
    r"\bthe (?:first|second|third|fourth|fifth|last|next|other|1st|2nd|3rd|4th|5th) ones?\b|\bthe (?:above|latter|former|same ones)\b"
)


def points_back(question: str, own: Collection[str] = ()) -> bool:
    """Whether a pronoun stands for rows of an earlier answer: not "actions that are late", "those who left",
    "that plan is", nor "it is true that".

    Args: own, subjects that the question names: what comes after one may stand for that one.
    """
    text = Text(question)
    ends = [text.low.find(plain(words)) for words in own]
    until = min((end for end in ends if end >= 0), default=len(text.low) if not ends else 0)
    place = _PLACE.search(text.low)
    return bool(place and place.start() <= until) or any(
        _points(text, at) for at, word in enumerate(text.words) if word.start <= until
    )


def _points(text: Text, at: int) -> bool:
    word = text.words[at].low.removesuffix("'s").removesuffix("'re")
    if word not in _PRONOUNS:
        return False
    before, after = text.word(at - 1), text.word(at + 1)
    if word in ("its", "their"):
        return not any(not is_empty(one.low) for one in text.words[:at])
    if not after or text.stopped(text.words[at].end, text.words[at + 1].start):
        return True
    states = (hit.first for hit in text.hits if hit.role in ("state", "time", "colour", "verb"))
    said = is_empty(after) or after in _ROWS or at + 1 in states
    token = next((one for one in parsed(text.raw) if one.start == text.words[at].start), None)
    noun = after in small("followup_times") or (not said and (token is None or token.kind == "DET"))
    if word in ("that", "this", "those", "these") and noun:
        return False
    if word in ("those", "these", "them", "they", "em"):
        return after not in small("followup_relative")
    if word == "it":
        return not (at <= 2 and {one.low for one in text.words[at + 1 : at + 4]} & _SAYING and "that" in text.low)
    relative = before and not (before in FUNCTION_WORDS or is_empty(before)) and after in FUNCTION_WORDS
    verb = any(hit.last == at for hit in text.hits)
    return before not in _SAYING and not (relative and not verb) and before not in _ROWS
