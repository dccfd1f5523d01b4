"""What a question compares, side by side or against each other: plans, sections, references, owners, colours or subjects."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from assistant.conditions import (
    EVERYTHING,
    Condition,
    Either,
    Every,
    Field,
    Filter,
    Operator,
    Without,
    overdue,
    parts_of,
)
from assistant.flags import FlagCode
from assistant.lexicon import one_of, plain
from assistant.planner.candidates.ways import rows_named
from assistant.planner.holdings import Holdings
from assistant.planner.scope import all_of
from assistant.planner.sketch import STATED_TOTAL, Sketch
from assistant.planner.spots import Kind
from assistant.planner.text import NUMBERS, Text
from assistant.query_plan import Bound, Intent, Lateness, QueryPlan, Relation, Theme, Wanted

_SPLITS = (Field.REF, Field.SECTION, Field.RECOMMENDATION, Field.OWNER)


_SAME_AGAIN = re.compile(
    r"^\W*(?:and\s+|so\s+)?(?:is|are|does|do|would|was)\s+(?:that|it|this|they|the\s+same|those|these)\b.{0,24}\bsame\b|\bis\s+the\s+same\s+true\b|\bsame\s+(?:question\s+)?for\b"
)


def compares(question: str) -> bool:
    """Whether a question sets things side by side."""
    text = Text(question)
    return any(
        not hit.doubtful and not text.low[text.span(hit)[1] :].startswith((" to do", " to be", " on ", " by "))
        for hit in text.of("ask", "compare")
    )


def compared(plan: QueryPlan, found: Sketch, holdings: Holdings) -> QueryPlan:
    """The plan as a comparison where the question makes one; the same plan where it does not."""
    if plan.wanted is Wanted.CHANGE and len(plan.documents) > 1:  # versions of one plan, the older first
        dated = sorted(holdings.within(plan.documents), key=lambda source: source.plan_date or date.min)
        plan = replace(plan, intent=Intent.COMPARE, terms=())
        bare = replace(plan, text="", readings=())
        return replace(plan, sides=tuple(replace(bare, documents=(source.document,)) for source in dated))
    if plan.wanted is Wanted.CHANGE or _SAME_AGAIN.search(plain(found.text)):
        return plan
    named = (one for one in parts_of(plan.where) if isinstance(one, Condition) and one.field is Field.RAG)
    colours = next((one for one in named if len(one.values) > 1), None)
    if plan.intent is Intent.COUNT and colours:
        kept = all_of([part.condition for part in found.parts if part.condition != colours])
        return replace(plan, intent=Intent.GROUP, group_by=Field.RAG, where=kept if found.parts[1:] else Every())
    if plan.intent is Intent.QUALITY and FlagCode.DUPLICATE_TEXT in plan.terms:  # two rows that may be one
        sides = tuple(replace(side, intent=Intent.LOOKUP, terms=(), text="") for side in _sides(plan, found))
        two = len(sides) == 2 and Kind.REF in found.kinds()
        return replace(plan, intent=Intent.COMPARE, terms=(), sides=sides) if two else plan
    if (
        not compares(found.text)
        or STATED_TOTAL in plan.terms
        or plan.intent in (Intent.EXTREME, Intent.DEFINITION, Intent.COLOURS, Intent.SOURCES, Intent.QUALITY)
    ):
        return plan
    sides = tuple(_sides(plan, found))
    if len(sides) < 2:
        if plan.intent in (Intent.OWNER, Intent.DATE) and not plan.polar:
            return plan  # "who by and when, side by side": the fields of each row stand beside it
        several = bool(rows_named(Text(found.text), plural=True)) and not one_of("two_words").search(plain(found.text))
        themes = tuple(replace(theme, specific=not several) for theme in plan.themes)
        return replace(plan, intent=Intent.COMPARE, themes=themes)
    return replace(plan, intent=Intent.COMPARE, sides=tuple(replace(side, text="", readings=()) for side in sides))


def _sides(plan: QueryPlan, found: Sketch) -> Iterator[QueryPlan]:
    mentions = [one for one in found.mentions if not any(set(other) < set(one) for other in found.mentions)]
    if len(mentions) > 1 or len(plan.documents) > 1:
        groups = mentions if len(mentions) > 1 else [(document,) for document in plan.documents]
        yield from (replace(plan, documents=tuple(group)) for group in groups)
        return
    parts = parts_of(plan.where)
    for part in parts:
        if alternatives := _alternatives(part):
            others = [other for other in parts if other is not part]
            yield from (replace(plan, where=all_of([*others, one])) for one in alternatives)
            return
    for theme in plan.themes:
        if theme.alternatives:
            rest = tuple(other for other in plan.themes if other is not theme)
            for one in (replace(theme, alternatives=()), *theme.alternatives):
                yield replace(plan, themes=(*rest, one))
            return
    if len(plan.themes) > 1:
        yield from (replace(plan, themes=(Theme(theme.words),)) for theme in plan.themes)
    for part in parts if len(plan.themes) == 1 and _set_beside(plan.themes[0].words, found.text) else ():
        if isinstance(part, Condition) and part.field in _SPLITS:
            yield replace(plan, themes=())
            yield replace(plan, where=all_of([other for other in parts if other is not part]))


def _set_beside(words: str, text: str) -> bool:
    """Whether a subject stands next to a word that sets it beside something else: "or the pre-proceedings one"."""
    set_by, said = r"\b(?:or|and|versus|vs|against|with|than)\b", re.escape(plain(words))
    return bool(re.search(rf"{set_by}\W+(?:the\s+)?{said}|{said}\W+(?:\w+\W+)?{set_by}", plain(text)))


def _alternatives(part: Filter) -> tuple[Filter, ...]:
    if isinstance(part, Either):
        return part.parts
    if isinstance(part, Condition) and part.field in _SPLITS and len(part.values) > 1:
        return tuple(replace(part, values=(value,)) for value in part.values)
    return ()


# ---------------------------------------------------------------- which of two things has more, or comes first


class Weighed(NamedTuple):
    """Two things that a question weighs, and by what: a field, or the number of rows."""

    one: str
    other: str
    """Without what it shares with the first."""
    relation: Relation
    field: Field | None
    polar: bool
    either: bool
    """Whether it asks which of the two it is."""
    owned: str
    """The first as what it owns, where the question asks who."""


_SAID = {
    Relation.MORE: "more|later|last|latest|longer|after",
    Relation.FEWER: "fewer|less|earlier|sooner|first|earliest|before",
    Relation.AT_LEAST: "as many",
}
_AMOUNT = (
    rf"(?:than\s+|or\s+)?(?:an?|half|less|usual|expected|planned|once|twice|(?:\d[\w/]*|{'|'.join(NUMBERS)})(?!\.\d))\b"
)
_WEIGHS = re.compile(rf"\b(?P<said>{'|'.join(_SAID.values())})\b(?!\s+{_AMOUNT})")
_LATER = re.compile(r"\s*(?:is|are|was|were|which|who)\s+\S.*\bmore\s+(?:overdue|late|behind)\s*(?:,|than\b|$)")
_FIELDS = {
    Field.DAYS_LATE: r"\b(?:overdue|late|behind)\b",
    Field.COMPLETED_ON: r"\b(?:done|complet\w+|finish\w*|closed|delivered)\b",
    Field.START: r"\b(?:start|begin)\w*\b",
}
_BY = re.compile(r",?\s+(?P<by>than|as|or)\s+")
_VERB = r"(?:due|done|ha[sd]|have|got|is|was|are|were|(?:com|fall|start|finish|complet)\w*)\b"
_OR = re.compile(rf"\s+or\s+(?P<other>.+?)(?=\s+{_VERB}|\s*[,:;]|\s-\s|\s*$)")
_OF_TWO = re.compile(rf"(?<=\b(?:which|whose)) of (.+?) and (?=.+?\s{_VERB})", re.IGNORECASE)
_ASKED = re.compile(
    rf"\W*(?:(?:and|so|but)\s+)?(?:(?:which|what|who)\s+(?:of\s+the\s+two\s+|\w+\s+)?(?={_VERB})|how\s+(?:many|much)\b\s*)?"
    r"(?:(?:is|are|was|were|do|does|did|ha[sd]|have|got|will|there|it\s+true\s+that|comes?|falls?)\b\s*)*"
)
"""The words with which a question asks, before what it asks of."""
_HELPER = re.compile(r"\b(?:do|does|did)\b", re.IGNORECASE)


def weighed(text: str) -> Weighed | None:
    """What a question weighs: "are there more X than Y", "which is due first, X or Y"; None where it weighs nothing."""
    text = _OF_TWO.sub(r" is \1 or ", text.rstrip("?!. "))
    low = plain(text)
    said = _WEIGHS.search(low)
    if not said:
        return None
    start, end = said.span()
    relation = next(one for one, words in _SAID.items() if said["said"] in words.split("|"))
    by = next((m for m in _BY.finditer(low, end) if (m["by"] == "as") <= (relation is Relation.AT_LEAST)), None)
    both = None if by else _OR.search(low[:start])
    if said["said"] in ("before", "after"):
        one, other, by = text[:start], text[end:], None
    elif by:
        one, other = f"{text[:start]} {text[end : by.start()]}", text[by.end() :]
    elif both:
        one, other = f"{text[: both.start()]} {text[both.end() : start]} {text[end:]}", text[slice(*both.span("other"))]
    else:
        return None
    number = not _LATER.match(low) and said["said"] in ("more", "fewer", "less", "as many")
    field = None if number else next((f for f, words in _FIELDS.items() if re.search(words, low)), Field.DUE)
    either = bool(by and by["by"] == "or") or (bool(both) and said["said"] not in ("before", "after"))
    asked = _ASKED.match(plain(one))
    one = _HELPER.sub("", one[asked.end() if asked else 0 :])
    at = re.match(r"\s*(?:the\s+)?(in|on|by|for|under)\b", other)
    led = re.search(rf"\b(\w+ed|due)\s+{at[1]}\b", plain(one)) if at else None  # "due in May or in June"
    owned = " owned by ".join(one.rsplit(",", 1)) if low.lstrip().startswith("who") else one
    other = f"{led[1]} {other}" if led else other
    return Weighed(one, other, relation, field, bool(_WHETHER.search(low)) and not either, either, owned)


_WHETHER = re.compile(r"(?:^|[:,;])\W*(?:and\s+)?(?:is|are|was|were|do|does|did|ha[sd]|have)\b")


def against(found: Weighed, one: QueryPlan, other: QueryPlan) -> QueryPlan | None:
    """Both things side by side, each with what it shares with the other; None where they are not two of one kind. One
    date is only set before another where both are rows named by reference, or one of the two is asked for."""
    claims = [premise.claim for premise in one.premises if premise.claim != overdue(one.as_of)]
    late = Lateness.OVERDUE if len(claims) < len(one.premises) else one.lateness
    one = replace(one, where=all_of([*parts_of(one.where), *claims]), lateness=late)
    own, named = _slots(one), _slots(other)
    if found.field:  # what stands, as in "done before", is what is asked
        own.pop(_STATE, None), named.pop(_STATE, None)
        one, other = replace(one, lateness=None), replace(other, lateness=None)
    shared = own.keys() & named.keys()
    if not shared or not (found.field is None or found.either or Field.REF in shared):
        return None
    bound = Bound(found.relation, 0)
    bare = QueryPlan(Intent.LIST, one.as_of, as_of_given=one.as_of_given, order=found.field)
    first, second = (
        replace(
            bare,
            documents=side.documents or beside.documents,
            themes=side.themes or beside.themes,
            lateness=side.lateness if _STATE in slots else beside.lateness,
            where=all_of([part for parts in ({**others, **slots}).values() for part in parts]),
            bound=bound if found.field else None,
        )
        for side, beside, slots, others in ((one, other, own, named), (other, one, named, own))
    )
    weighing = replace(bare, intent=Intent.COMPARE, order=None, sides=(first, second), bound=bound, polar=found.polar)
    return replace(weighing, order=found.field) if first != second else None


_STATE, _STATES = "state", (Field.RAG, Field.STATUS, Field.STATUS_TEXT)


def _slots(plan: QueryPlan) -> dict[object, list[Filter]]:
    """The filters of a plan by what they tell apart; plans and subjects have no filter."""
    found: dict[object, list[Filter]] = {}
    for name, value in (("documents", plan.documents), ("themes", plan.themes), (_STATE, plan.lateness)):
        if value:
            found[name] = []
    for part in parts_of(plan.where) if plan.where != EVERYTHING else ():
        test = part
        while not isinstance(test, Condition):
            test = test.part if isinstance(test, Without) else test.parts[0]
        state = test.field in _STATES or test.operator is Operator.MISSING
        found.setdefault(_STATE if state else test.field, []).append(part)
    return found
