"""A question after others: whether it goes on from them, and what it keeps, adds, replaces or drops."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.planner.candidates.ways import Asking
from assistant.planner.compare import compares
from assistant.planner.scope import all_of, negated
from assistant.planner.sketch import Part, Sketch
from assistant.planner.spots import Kind
from assistant.planner.wording import phrases, plain
from assistant.query_plan import Intent, Lateness, Theme

_POINTS_BACK = phrases(r"""
    (?:of |about |for |with |in |on |to |from |by |are |is |do |does |were |was |have |has |own |owns |lead |leads |and |only |just |among |which |all |both |any of |none of )?(?:those|these|them)(?! who| that| which| with| plans| councils| reports)
    they|their|theirs
    (?:the )?(?:rest|others|other ones|remainder|remaining ones|same ones|above|latter|former)
    (?:the )?(?:first|second|third|fourth|fifth|last|next) one
    (?:the |any |only |just )?(?:[\w-]+ )ones
    (?:is|was|does|did|has|why is|when is|when was|who owns|who has|how many is|how many of|about|like|than|same as|do|on) (?:that|it|this)(?= ?(?:\?|$|compare|differ|measure|stack|the same|for |in |complete|done|due|late|overdue|finished|say|mean|red|green|amber|on track|been|got|have|happen|still|then|too|also|all|and ))
    its (?:owner|due date|deadline|status|date|lead|sponsor|progress|measure|text|wording|rating|colour|target)
    (?:is that|is it|are they) (?:the same|true|also true|different|so)
    (?:that|this) (?:one|action|row|list|number|total|recommendation|section|plan)
    same (?:question|thing|again|for|but)
    (?:there|it)\?$
""")
_OPENS = re.compile(
    r"^\W*(?:and\b|or\b|but\b|also\b|what about\b|whatabout\b|how about\b|only\b|just\b|no\b(?!\s+(?:owner|date|due|deadline|one))|nope\b|not\b|sorry\b|actually\b|instead\b|i mean\w*\b|i meant\b|rather\b"
    r"|same\b|then\b|now\b|ok\b|okay\b|so\b|as at\b|as of\b|excluding\b|except\b|without\b|include\b|including\b|remove\b|drop\b|add\b|exclude\b|leave out\b|ignore the\b|narrow\b|filter\b|limit\b|restrict\b"
    r"|widen\b|broaden\b|for\b|in\b(?! (?:which|what|the plan))|on\b|by\b(?! when| whom)|across\b|with\b|any(?: of)?\b(?=[^?]{0,20}\??$)|sort\b|order\b|group\b|break\b|all of\b|all plans\b|everything\b|show (?:me )?(?:only|just|those|them|the rest|all)\b|what else\b|anything else\b|which (?:of|ones)\b|how many\W*$|how many (?:of|is|are) (?:that|those|these|them|they)\b|who\W*$|when\W*$|why\W*$|since when\b|by whom\b|more\b|yes\b)"
)
_CORRECTS = re.compile(r"^\W*(?:no|nope|sorry|not that|i meant|i mean|actually|rather|oops)\b|\bi meant?\b|\binstead\b")
_NARROWS = re.compile(
    r"\b(?:only|just|of (?:those|these|them)|which (?:of|ones)|among (?:those|these|them)|(?:those|these|them)|narrow|limit|restrict|filter|that are|are they|do they|have they|they)\b"
)
_REMOVES = re.compile(
    r"^\W*(?:and\s+)?(?:(?:please|now|but)\s+)*(?:remove|drop|exclude|excluding|except|without|leave out|leaving out|ignore|not|take out|take away)\b"
)
_WIDENS = re.compile(
    r"^\W*(?:and\s+|now\s+)?(?:include|including|add|also|plus|widen|broaden|and also)\b|\b(?:as well|too|in addition|include (?:the )?|including)\W*$"
)
_ANY_STATE = re.compile(
    r"\b(?:all of them|all of those|regardless|whatever (?:the|their) (?:status|state|date)|whether or not|any status|not just|the rest|complete or not|overdue or not|all statuses)\b"
)
_RESET = re.compile(
    r"^\W*(?:new question|different question|start again|start over|forget that|forget it|changing (?:the )?subject|on another (?:matter|subject|topic)|separately|another question|moving on|next question)\b"
)


_SAME = re.compile(r"\bsame\b")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with what it kept from the one before, in words."""

    sketch: Sketch
    kept: tuple[str, ...] = ()
    less: Sketch | None = None
    """The question before, where its rows are to be left out: "apart from those"."""


def follows(current: Sketch, previous: Sketch | None) -> bool:
    """True where the question goes on from the one before. One that names a subject or rows of its own, and points at
    nothing, starts afresh."""
    if previous is None or _RESET.search(plain(current.text)):
        return False
    low = plain(current.text)
    if current.meaning in (Intent.DEFINITION, Intent.COLOURS, Intent.SOURCES):
        return bool(re.search(r"\b(?:there|that plan|in it|that one)\W*$", low))
    if _POINTS_BACK.search(low):
        return True
    if _OPENS.search(low) and len(low.split()) <= 14:
        return True
    only_plan = current.documents and not (current.themes or current.parts or current.lateness)
    if only_plan and previous.themes and len(low.split()) <= 7 and not _ABOUT_PLAN.search(low):
        return True
    names_own = (
        current.themes or current.documents or current.every_plan or Kind.REF in current.kinds() or current.unknown_plan
    )
    return not names_own and not current.unknown_ref


_ABOUT_PLAN = re.compile(r"\b(?:plans?|actions?|overall|total|how many|rows?|everything|document|report)\b")
_REST = re.compile(
    r"^\W*(?:and\s+|so\s+|what about\s+|show me\s+|list\s+)*(?:the\s+)?(?:rest|others?|other ones|remainder|remaining ones)(?:\s+of them)?\W*$"
)


def the_rest(previous: Sketch, current: Sketch) -> Turn | None:
    """ "And the rest?": the rows that the state or the colour asked for last left out; else those that the question
    before took no further; else all others of the same plans."""
    if not _REST.match(plain(current.text)):
        return None
    singled = [part for part in previous.parts if part.kinds <= {Kind.STATE, Kind.COLOUR, Kind.COMPLETED, Kind.GAP}]
    if not (singled or previous.lateness):
        whole = previous.wider or replace(previous, parts=(), themes=(), without=(), shared=None)
        return Turn(replace(whole, text=current.text, left=(), as_of=previous.as_of), (), previous)
    parts = tuple(Part(part.kinds, negated(part.condition)) if part in singled else part for part in previous.parts)
    late = None if singled else Lateness.NOT_OVERDUE if previous.lateness is Lateness.OVERDUE else Lateness.OVERDUE
    sketch = replace(previous, text=current.text, parts=parts, lateness=previous.lateness if singled else late)
    return Turn(replace(sketch, left=()), _kept(previous, sketch))


def points_back(text: str) -> bool:
    """True where the words point at an earlier answer: "which of those are late?"."""
    low = plain(text)
    return bool(
        re.search(
            r"\b(?:of|about|are|do|have|were|own|owns|for) (?:those|them|these|they)\b(?! who| that| which| with)|^\W*(?:and|what about|only the)\b",
            low,
        )
    )


def merged(previous: Sketch, current: Sketch) -> Turn:
    """The question read together with the one before."""
    low = plain(current.text)
    corrects, narrows = bool(_CORRECTS.search(low)), bool(_NARROWS.search(low))
    if _REMOVES.search(low):
        current = _negated(current)
    documents, every = _documents(previous, current)
    themes, without = _themes(previous, current, corrects, narrows)
    parts = _parts(previous, current, corrects, narrows, bool(_WIDENS.search(low)))
    late = current.lateness or (None if _drops_lateness(current, narrows, low) else previous.lateness)
    asking = _asking(previous, current)
    sketch = replace(
        current,
        asking=asking,
        order=current.order
        if current.order.group or current.order.extreme or current.order.nth or asking.intent != previous.asking.intent
        else previous.order,
        as_of=current.as_of if current.as_of_given else previous.as_of,
        as_of_given=current.as_of_given or previous.as_of_given,
        documents=documents,
        mentions=(previous.documents, current.documents)
        if len(documents) > len(current.documents)
        else current.mentions,
        every_plan=every,
        parts=parts,
        sides=current.sides,
        lateness=late,
        shared=current.shared if current.shared is not None else previous.shared,
        themes=themes,
        without=without,
        meaning=current.meaning or (previous.meaning if current.asking.intent is None else None),
        terms=current.terms or (previous.terms if current.asking.intent is None else ()),
        wider=previous if set(previous.parts) < set(parts) and themes == previous.themes else None,
    )
    return Turn(sketch, _kept(previous, sketch))


def _documents(previous: Sketch, current: Sketch) -> tuple[tuple[str, ...], bool]:
    if compares(current.text) and previous.documents and not _SAME.search(plain(current.text)):
        return tuple(dict.fromkeys([*previous.documents, *current.documents])), False
    if current.every_plan:
        return (), True
    if current.documents or current.unknown_plan:
        return current.documents, False
    return previous.documents, previous.every_plan


def _themes(
    previous: Sketch, current: Sketch, corrects: bool, narrows: bool
) -> tuple[tuple[Theme, ...], tuple[Theme, ...]]:
    """The subject: kept where none is named, replaced by a new one, added to where the words narrow."""
    without = tuple(dict.fromkeys([*previous.without, *current.without]))
    if not current.themes:
        return previous.themes, without
    if narrows and not corrects:
        return tuple(dict.fromkeys([*previous.themes, *current.themes])), without
    return current.themes, current.without


def _parts(previous: Sketch, current: Sketch, corrects: bool, narrows: bool, widens: bool) -> tuple[Part, ...]:
    """Filters of both; a new one takes the place of an old one on the same thing."""
    new = current.kinds()
    if Kind.REF in new and not (corrects or narrows):
        return current.parts
    if widens and current.parts and previous.parts:
        return _widened(previous, current)
    if Kind.STATE in new and not narrows:
        new |= {Kind.LATE}
    if new & {Kind.COLOUR, Kind.STATE} and not narrows:
        new |= {Kind.COLOUR, Kind.STATE, Kind.GAP}
    replaced_subject = bool(current.themes) and not narrows and not corrects
    kept = [
        part
        for part in previous.parts
        if not part.kinds & new
        and not (part.kinds & {Kind.SECTION, Kind.REF} and (replaced_subject or new & {Kind.SECTION, Kind.REF}))
    ]
    return (*kept, *current.parts)


def _widened(previous: Sketch, current: Sketch) -> tuple[Part, ...]:
    """Rows of before, or those that are added now: "include the ambers"."""
    from assistant.conditions import Either

    same = [part for part in previous.parts if part.kinds & current.kinds()]
    other = [part for part in previous.parts if part not in same]
    if not same:
        return previous.parts
    either = Either((all_of([p.condition for p in same]), all_of([p.condition for p in current.parts])))
    return (*other, Part(frozenset(kind for part in (*same, *current.parts) for kind in part.kinds), either))


def _negated(current: Sketch) -> Sketch:
    """What is to be left out: "remove the completed ones"."""
    from assistant.conditions import Without

    parts = tuple(
        part if isinstance(part.condition, Without) else Part(part.kinds, Without(part.condition))
        for part in current.parts
    )
    return replace(current, parts=parts, themes=(), without=(*current.without, *current.themes))


def _drops_lateness(current: Sketch, narrows: bool, low: str) -> bool:
    replaces = {Kind.STATE, Kind.LATE, Kind.DUE} & current.kinds()
    return bool(_ANY_STATE.search(low)) or bool(replaces and not narrows)


def _asking(previous: Sketch, current: Sketch) -> Asking:
    """What is wanted: as before, unless the question says otherwise."""
    now = current.asking
    low = plain(current.text)
    same = _SAME.search(low)
    bare_list = now.intent in (Intent.LIST, Intent.LOOKUP) and not re.search(r"\b(?:list|show|which|give|find)\b", low)
    if now.intent is None or same or (bare_list and _OPENS.search(low)):
        kept = previous.asking
        if same and kept.intent is Intent.STATUS:
            return kept
        return replace(kept, claim=now.claim and not same, score=now.score, by=now.by)
    return now


def _kept(previous: Sketch, merged_sketch: Sketch) -> tuple[str, ...]:
    """What was kept, in words."""
    kept = []
    if previous.documents and merged_sketch.documents == previous.documents:
        kept.append("the plan")
    if previous.themes and set(previous.themes) & set(merged_sketch.themes):
        kept += [f'the subject "{theme.words}"' for theme in previous.themes if theme in merged_sketch.themes]
    for part in previous.parts:
        if part in merged_sketch.parts:
            kept.append(f"the filter on {' and '.join(sorted(_KIND_WORDS[kind] for kind in part.kinds))}")
    if previous.lateness and previous.lateness == merged_sketch.lateness:
        kept.append("overdue only" if previous.lateness.value == "overdue" else "not overdue")
    return tuple(kept)


_KIND_WORDS = {
    Kind.REF: "reference",
    Kind.SECTION: "section",
    Kind.OWNER: "owner",
    Kind.STATE: "status",
    Kind.COLOUR: "colour",
    Kind.DUE: "due date",
    Kind.START: "start date",
    Kind.COMPLETED: "completion",
    Kind.LATE: "lateness",
    Kind.GAP: "what is not recorded",
    Kind.FLAG: "what looks wrong",
    Kind.WORDS: "words",
}
