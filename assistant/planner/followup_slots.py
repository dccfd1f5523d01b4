"""What a later question does with those before it, by its words; and the slots that it keeps, adds, replaces or leaves out."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from assistant.conditions import Condition, Either, Field, Filter, Without
from assistant.dates import add_months
from assistant.grammar import parsed
from assistant.lexicon import find, one_of, plain, small
from assistant.planner.candidates.subject import is_empty
from assistant.planner.candidates.ways import Asking
from assistant.planner.compare import compares
from assistant.planner.scope import all_of, can_leave_out
from assistant.planner.sketch import Part, Sketch
from assistant.planner.spots import Kind
from assistant.planner.text import FUNCTION_WORDS, Text, content_words
from assistant.query_plan import Intent, Lateness, Theme
from assistant.query_plan_words import filter_words


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


# ---------------------------------------------------------------- slots

PLACES = frozenset({Kind.REF, Kind.SECTION})
_STANDING = frozenset({Kind.STATE, Kind.COLOUR, Kind.LATE, Kind.COMPLETED, Kind.GAP})
DATES = frozenset({Kind.DUE, Kind.START, Kind.COMPLETED})


def joined(previous: Sketch, current: Sketch, cues: frozenset[Cue], added: Sequence[Theme] = ()) -> Sketch:
    """The slots of both. `added`: subjects that the question before brought to those that stood already."""
    narrows = bool(cues & {Cue.NARROWS, Cue.POINTS}) and not cues & {Cue.SAME, Cue.CORRECTS}
    if Cue.REMOVES in cues:
        bare = not (current.parts or current.themes or current.documents or current.lateness)
        named = [hit.concept for hit in Text(current.text).of("field")] if bare else []
        if fields := {kind for concept in named for kind in _FILTERED.get(concept, ())}:  # "drop the owner"
            kept = tuple(part for part in previous.parts if not part.kinds & fields)
            late = None if Kind.LATE in fields else previous.lateness
            return replace(previous, text=current.text, parts=kept, lateness=late)
        out = (one.condition if isinstance(one.condition, Without) else Without(one.condition) for one in current.parts)
        parts = tuple(map(Part, (one.kinds for one in current.parts), out))  # "remove the completed ones"
        current = replace(current, parts=parts, themes=(), without=(*current.without, *current.themes))
    if Cue.OF_THOSE not in cues:
        current = _dated_as(previous, current)
    documents, every = _documents(previous, current, cues)
    beside, asks = len(documents) > len(current.documents), current.asking.intent is not None
    asking = _asking(previous, current, cues)
    themes = _themes(previous, current, narrows, added, asking)
    drops = Cue.ANY_STATE in cues or bool({Kind.STATE, Kind.LATE, Kind.DUE} & current.kinds() and not narrows)
    order = current.order
    ranked = Text(current.text).of("order", "most", "fewest")
    if ranked and previous.order.group and not (order.group or order.extreme):
        order = replace(previous.order, extreme=True, first=1, descending=ranked[0].concept == "most")
        asking = previous.asking
    if not (order.group or order.extreme or order.nth or asking.intent is not previous.asking.intent):
        order = previous.order
    return replace(
        current,
        text=_text(previous, current, themes) if asking.intent is Intent.NARRATIVE else current.text,
        asking=asking,
        order=order,
        as_of=_day(previous, current),
        as_of_given=current.as_of_given or previous.as_of_given,
        as_of_told=current.as_of_told or previous.as_of_told,
        documents=documents,
        mentions=(previous.documents, current.documents) if beside else current.mentions,
        every_plan=every,
        parts=_parts(previous, current, cues, narrows),
        lateness=current.lateness or (None if drops else previous.lateness),
        shared=current.shared if current.shared is not None else previous.shared,
        themes=themes,
        without=tuple(dict.fromkeys([*(() if current.themes and not narrows else previous.without), *current.without])),
        meaning=current.meaning or (None if asks else previous.meaning),
        terms=current.terms or (() if asks else previous.terms),
    )


_FILTERED = {
    "owner": (Kind.OWNER,),
    "due": (Kind.DUE,),
    "start": (Kind.START,),
    "completed_on": (Kind.COMPLETED,),
    "status": (Kind.STATE, Kind.LATE, Kind.COLOUR),
    "rag": (Kind.COLOUR,),
    "section": (Kind.REF, Kind.SECTION),
}
"""What a field filters on, for "drop the owner", "remove the date"."""


def _documents(previous: Sketch, current: Sketch, cues: frozenset[Cue]) -> tuple[tuple[str, ...], bool]:
    if compares(current.text) and previous.documents and Cue.SAME not in cues:
        return tuple(dict.fromkeys([*previous.documents, *current.documents])), False
    if current.every_plan:
        return (), True
    if current.documents or current.unknown_plan:
        return current.documents, False
    return previous.documents, previous.every_plan


def _themes(
    previous: Sketch, current: Sketch, narrows: bool, added: Sequence[Theme], asking: Asking
) -> tuple[Theme, ...]:
    """The subject: kept where none is named, added to where the words narrow, else replaced by a new one. Of several
    that narrowed one another the last is replaced."""
    if not current.themes:
        return () if Kind.REF in current.kinds() and not narrows else previous.themes
    if narrows:
        return tuple(dict.fromkeys([*previous.themes, *current.themes]))
    kept = [theme for theme in previous.themes if added and theme not in added]
    if asking.intent is Intent.NARRATIVE and len(previous.themes) > len(current.themes):
        kept = list(previous.themes[: -len(current.themes)])
    return (*kept, *current.themes)


def _text(previous: Sketch, current: Sketch, themes: Sequence[Theme]) -> str:
    """The question in full, for the prose: "and the police?" is the question before with its subject replaced."""
    text, gone = previous.text, [theme.words for theme in previous.themes if theme not in themes]
    in_place = current.asking.intent is None and len(gone) == 1 == len(current.themes) and gone[0] in text
    for words in gone:
        text = text.replace(words, current.themes[0].words if in_place else "")
    return text if in_place else f"{current.text} {text}"


def _parts(previous: Sketch, current: Sketch, cues: frozenset[Cue], narrows: bool) -> tuple[Part, ...]:
    """Filters of both; a new one takes the place of an old one on the same thing, unless it parts the rows shown."""
    new = current.kinds()
    if Cue.ANY_STATE in cues:
        return (*(part for part in previous.parts if not part.kinds & (new | _STANDING)), *current.parts)
    if Cue.OF_THOSE in cues:
        return (*previous.parts, *(part for part in current.parts if part not in previous.parts))
    if Kind.REF in new and not narrows and not cues & {Cue.CORRECTS, Cue.SAME}:
        return current.parts
    if Cue.WIDENS in cues and current.parts and previous.parts:
        return _either_of(previous, current)
    if new & PLACES:
        new |= PLACES
    if Kind.STATE in new and not narrows:
        new |= {Kind.LATE}
    if Cue.CORRECTS in cues and new & _STANDING:  # "no, overdue": in place of what was meant to stand
        new |= {Kind.STATE, Kind.COLOUR, Kind.LATE}
    if Kind.LATE in new and _WHAT_ABOUT.match(current.text.lower()):
        new |= {Kind.DUE}
    if new & {Kind.COLOUR, Kind.STATE} and not narrows:
        new |= {Kind.COLOUR, Kind.STATE, Kind.GAP}
    if current.themes and not narrows and Cue.CORRECTS not in cues:
        new |= PLACES
    return (*(part for part in previous.parts if not part.kinds & new), *current.parts)


_WHAT_ABOUT = re.compile(r"\W*(?:(?:and|so|ok|okay)\W+)?(?:what|how)\W+about\b")


def _either_of(previous: Sketch, current: Sketch) -> tuple[Part, ...]:
    """Rows of before, or those that are added now: "include the ambers"."""
    same = [part for part in previous.parts if part.kinds & current.kinds()]
    other = [part for part in previous.parts if part not in same]
    if not same:
        return previous.parts
    both = Either((all_of([part.condition for part in same]), all_of([part.condition for part in current.parts])))
    return (*other, Part(frozenset(kind for part in (*same, *current.parts) for kind in part.kinds), both))


def _dated_as(previous: Sketch, current: Sketch) -> Sketch:
    """A bare date is of the kind of the one that stands: due, start, completion, or the day to judge by."""
    dues = (part for part in current.parts if part.kinds == {Kind.DUE})
    bare = [(part, said) for part in dues if isinstance(said := part.condition, Condition)]
    if len(bare) != 1 or Text(current.text).says("field"):
        return current
    own, said = bare[0]
    others = tuple(part for part in current.parts if part is not own)
    if held := next((part for part in previous.parts if part.kinds <= DATES), None):
        return replace(current, parts=(*others, replace(held, condition=_redated(held.condition, said))))
    if previous.as_of_told and not current.as_of_told and isinstance(day := said.values[-1], date):
        return replace(current, parts=others, as_of=day, as_of_given=True, as_of_told=True)
    return current


def _redated(where: Filter, said: Condition) -> Filter:
    """A filter with the date that was said in place of its own."""
    if isinstance(where, Condition):
        dated = where.field in (Field.DUE, Field.START, Field.COMPLETED_ON)
        return replace(said, field=where.field) if dated else where
    if isinstance(where, Without):
        return Without(_redated(where.part, said))
    return replace(where, parts=tuple(_redated(part, said) for part in where.parts))


def _day(previous: Sketch, current: Sketch) -> date:
    """The day to judge by: what was told holds until another is; one without a year is the nearest to the day before it."""
    if not current.as_of_told:
        return previous.as_of
    if not previous.as_of_told or re.search(r"\d{4}|\d/\d", current.text):
        return current.as_of
    years = previous.as_of.year - current.as_of.year
    near = (add_months(current.as_of, 12 * (years + shift)) for shift in (-1, 0, 1))
    return min(near, key=lambda one: abs(one - previous.as_of))


def _asking(previous: Sketch, current: Sketch, cues: frozenset[Cue]) -> Asking:
    """What is wanted: as before, unless the question says otherwise."""
    now, text, own = current.asking, Text(current.text), content_words(current.text)
    if now.intent is Intent.NARRATIVE and text.says("ask", "who") and not own:
        return replace(now, intent=Intent.OWNER, asked=(Field.OWNER,))
    if now.intent is Intent.NARRATIVE and text.says("ask", "count") and all(is_empty(word) for word in own):
        return replace(now, intent=Intent.COUNT, wanted=None)
    same = Cue.SAME in cues
    bare_list = (
        now.intent in (Intent.LIST, Intent.LOOKUP) and not now.polar and not one_of("followup_lists").search(text.low)
    )
    if now.intent is None or same or (bare_list and cues & {Cue.OPENS, Cue.CORRECTS}):
        kept = previous.asking
        if same and kept.intent is Intent.STATUS:
            return kept
        return replace(kept, claim=now.claim and not same, score=now.score, by=now.by)
    return now


def told(previous: Sketch, found: Sketch) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was kept of the reading before, and what was not, in words."""
    slots = [("the plan", found.documents == previous.documents)] if previous.documents else []
    slots += [(f'the subject "{theme.words}"', theme in found.themes) for theme in previous.themes]
    slots += [(filter_words(part.condition), part in found.parts) for part in previous.parts]
    if previous.lateness:
        late = "overdue only" if previous.lateness is Lateness.OVERDUE else "not overdue"
        slots.append((late, found.lateness is previous.lateness))
    return tuple(words for words, held in slots if held), tuple(words for words, held in slots if not held)
