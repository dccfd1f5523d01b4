"""What a question compares: plans, sections, references, owners, colours or subjects, side by side."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.conditions import Condition, Either, Every, Field, Filter, parts_of
from assistant.flags import FlagCode
from assistant.lexicon import one_of, plain
from assistant.planner.candidates.ways import rows_named
from assistant.planner.holdings import Holdings
from assistant.planner.scope import all_of
from assistant.planner.sketch import STATED_TOTAL, Sketch
from assistant.planner.spots import Kind
from assistant.planner.text import Text
from assistant.query_plan import Intent, QueryPlan, Theme, Wanted

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
