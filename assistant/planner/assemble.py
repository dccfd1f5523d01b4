"""Pieces put together: several whole readings of one question, each with what it leaves unexplained."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.conditions import Condition, Either, Every, Field, Filter, Operator
from assistant.planner import definitions
from assistant.planner.candidates.asking import Asking, Named, askings
from assistant.planner.candidates.doubts import Doubt, asks_about_total, spot_doubt
from assistant.planner.candidates.gaps import spot_gaps, spot_given
from assistant.planner.candidates.order import Order, spot_order
from assistant.planner.candidates.states import (
    COMPLETE,
    spot_colours,
    spot_lateness,
    spot_literal,
    spot_meanings,
    spot_own_words,
    spot_states,
)
from assistant.planner.candidates.subject import Segment, segments
from assistant.planner.exact_words import spot_exact_words
from assistant.planner.holdings import Holdings
from assistant.planner.owners import possible_owners, spot_owners
from assistant.planner.periods import completed_then, spot_periods
from assistant.planner.places import spot_named_headings, spot_places, spot_titled_headings
from assistant.planner.plans import PlanScope, spot_plans, unknown_place
from assistant.planner.scope import all_of, combined, with_scope
from assistant.planner.sketch import STATED_TOTAL, Part, Sketch
from assistant.planner.spots import Kind, Spot
from assistant.planner.text import Text
from assistant.planner.wording import overlaps, take_all, written_out
from assistant.query_plan import Intent, Lateness, Premise, Theme, Wanted
from assistant.query_plan_words import filter_words
from assistant.vocabulary import Vocabulary

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a question is read against. `as_of` is the day given with it; `today` counts when none is."""

    holdings: Holdings
    vocabulary: Vocabulary
    today: date
    as_of: date | None = None

    @property
    def day(self) -> date:
        return self.as_of or self.today


@dataclass(frozen=True, slots=True)
class Before:
    """What the question before leaves in the air: its documents, and whether it named references or asked what is late."""

    documents: tuple[str, ...] = ()
    refs: bool = False
    lateness: bool = False


@dataclass(frozen=True, slots=True)
class Pieces:
    """All that was recognised in a question, before it is decided what it asks."""

    text: Text
    scope: PlanScope
    order: Order
    spots: tuple[Spot, ...]
    shared: bool | None
    shared_spans: tuple[Span, ...]
    as_of: date
    as_of_given: bool
    spans: tuple[Span, ...]
    """Characters that are explained beside the spots: dates to judge by, order."""
    doubt: Doubt | None
    total: Span | None
    unknown_ref: str
    notes: tuple[str, ...]


def sketches(question: str, setting: Setting, before: Before) -> list[Sketch]:
    """Whole readings of a question on its own, the likeliest first; `before` only helps to read names and bare dates."""
    corrected = setting.vocabulary.correct(written_out(question))
    text = Text(corrected.text)
    if meaning := _meaning(text, setting):
        return [replace(meaning, readings=(*corrected.notes, *meaning.readings))]
    pieces = _pieces(text, setting, before, corrected.notes)
    if about := definitions.asks_for_sources(
        text.low, bool(pieces.scope.documents), take_all(text.low, pieces.scope.spans)
    ):
        bare = _bare(pieces, Intent.SOURCES)
        return [replace(bare, asking=Asking(Intent.SOURCES, wanted=Wanted.DATE, score=9.0)) if about.dated else bare]
    found = []
    named = Named(pieces.spots, bool(pieces.scope.documents), pieces.scope.spans)
    for asking in askings(text, named)[:4]:
        found += list(_readings(pieces, asking, setting))
    return found


def _meaning(text: Text, setting: Setting) -> Sketch | None:
    """The sketch of a question about what a word or a colour means."""
    vocabulary = setting.vocabulary
    terms = {term.lower() for source in setting.holdings.sources for term in source.terms}
    terms |= {term.text.lower() for concept in vocabulary.concepts() for term in concept.terms}
    if definitions.counts_first(text.low):
        return None
    found = definitions.spot_meaning(text.raw, text.low, frozenset(terms))
    refs = {ref.lower() for source in setting.holdings.sources for ref in source.refs}
    if not found or any(term.lower() in refs for term in found.terms):
        return None
    rest = text.low if found.colours else take_all(text.low, [found.span])
    scope = spot_plans(text.raw, rest, setting.holdings, setting.day, _is_term(setting))
    pieces = Pieces(text, scope, Order(), (), None, (), setting.day, setting.as_of is not None, (), None, None, "", ())
    return _bare(pieces, Intent.COLOURS if found.colours else Intent.DEFINITION, found.terms)


def _is_term(setting: Setting):  # type: ignore[no-untyped-def]
    def test(words: str) -> bool:
        found = setting.vocabulary.concepts_in(words)
        return any(len(one.text.split()) > 1 and len(one.text) >= len(words) - 2 for one in found)

    return test


def _bare(pieces: Pieces, intent: Intent | None, terms: tuple[str, ...] = ()) -> Sketch:
    scope = pieces.scope
    return Sketch(
        text=pieces.text.raw,
        asking=Asking(intent, score=9.0 if intent else 0.5),
        order=Order(),
        as_of=pieces.as_of,
        as_of_given=pieces.as_of_given,
        documents=scope.documents,
        mentions=scope.mentions,
        every_plan=scope.everything,
        meaning=intent,
        terms=terms,
        readings=pieces.notes,
        unknown_plan=scope.unknown,
    )


# ---------------------------------------------------------------- what is recognised


def _pieces(text: Text, setting: Setting, before: Before, notes: tuple[str, ...]) -> Pieces:
    """Every recogniser's proposals; where two overlap, what names a thing comes before what describes it."""
    low = text.low
    titled = list(spot_titled_headings(low, setting.holdings.within(before.documents)))
    scope = spot_plans(text.raw, take_all(low, _ends(titled)), setting.holdings, setting.day, _is_term(setting))
    terms = [one.span for one in setting.vocabulary.concepts_in(text.raw) if " " in one.text and not one.term.weak]
    order = spot_order(text, [*scope.spans, *_ends(titled), *terms])
    rest = take_all(low, [*scope.spans, *_ends(titled), *order.spans])
    sources = setting.holdings.within(scope.documents or (() if scope.everything else before.documents))
    places = spot_places(rest, sources, before.refs or re.fullmatch(r"[\W\x00]*\d{1,3}[\W\x00]*", rest) is not None)
    rest = take_all(rest, [*_ends(places.spots), *((start, end) for start, end, _ in places.unknown)])
    headings = spot_named_headings(rest, sources)
    words = list(spot_exact_words(text.raw, rest))
    rest = take_all(rest, [*_ends(headings), *_ends(words)])
    owners = spot_owners(text.raw, rest, sources, setting.vocabulary)
    named = [*titled, *places.spots, *headings, *words, *owners.spots]
    named += _apart(_told_owners(text, possible_owners(text.raw, rest, sources, setting.vocabulary)), named, ())
    judging = before.lateness or text.says("time") or text.says("state")
    gaps = _apart([*spot_gaps(text), *spot_given(text)], named, terms)
    rest = take_all(rest, [*_ends(owners.spots), *owners.shared_spans, *_ends(gaps)])
    periods = spot_periods(rest, setting.day, judging, _dues(scope, named, setting, before))
    as_of = periods.as_of or setting.day
    spots = [*named, *gaps, *_apart(periods.spots, [*named, *gaps], ())]
    spots += _apart(spot_meanings(text, sources), spots, ())
    spots += _apart(spot_literal(text), spots, ())
    doubt = None if (total := asks_about_total(text)) else spot_doubt(text)
    own = list(spot_own_words(text, sources if scope.documents or before.documents else setting.holdings.sources))
    spots += _apart(own, spots, terms)
    said = [*order.spans, *(doubt.spans if doubt else ())]
    states = _apart([*spot_states(text), *spot_lateness(text, as_of)], _not_dates(spots), terms, said)
    spots = _without_swallowed(spots, states)
    spots += states
    spots += _apart(spot_colours(text), spots, terms)
    unknown = ", ".join(text.raw[start:end] for start, end, _ in places.unknown)
    spans = (*order.spans, *periods.spans, *((start, end) for start, end, _ in places.unknown))
    return Pieces(
        text, scope, order, tuple(sorted(spots, key=lambda s: s.start)), owners.shared, owners.shared_spans,
        as_of, setting.as_of is not None or periods.as_of is not None, spans,
        doubt, total, unknown, (*notes, *periods.readings),
    )  # fmt: skip


_TOLD_AS = re.compile(
    r"(?:\b(?:i'm|i am|im|we're|we are|as|my role is|i work as|this is|it's|am|being)\s+(?:the|an?|our)?\s*"
    r"|\b(?:not|only|just|minus|bar|except(?: for)?|but|excluding|without|ignor(?:e|ing)|apart from|other than|leav(?:e|ing) out|drop(?:ping)?|knock(?:ing)? out)"
    r"\s+(?:the\s+|those\s+(?:of|for|by|with)\s+|(?:the\s+)?(?:ones?|actions?)\s+(?:of|for|by|with)\s+(?:the\s+)?)?)$"
)


def _told_owners(text: Text, possible: Sequence[Spot]) -> list[Spot]:
    """Owners where the words say who asks, or whose rows to take or to leave: "I'm the team manager", "not ADCSC"."""
    found = [spot for spot in possible if _TOLD_AS.search(text.low[: spot.start])]
    return [
        s
        for s in found
        if not re.match(r"(?:'s|s')?\s+[a-z]+", text.low[s.end :])
        or re.match(
            r"(?:'s|s')?\s+(?:ones?|actions?|rows?|stuff|am|do|and|or|on|in|at|what|which|please|pls|anything|for|have|is|are|with)\b",
            text.low[s.end :],
        )
    ]


def _ends(spots: Iterable[Spot]) -> list[Span]:
    return [(spot.start, spot.end) for spot in spots]


def _apart(
    spots: Iterable[Spot], taken: Sequence[Spot], terms: Sequence[Span], spans: Sequence[Span] = ()
) -> list[Spot]:
    """The spots that overlap none of those taken, nor lie within a term of several words."""
    kept: list[Spot] = []
    for spot in spots:
        own = (spot.start, spot.end)
        if overlaps(own, [*_ends(taken), *_ends(kept), *spans]):
            continue
        if not any(s <= spot.start and spot.end <= e for s, e in terms):
            kept.append(spot)
    return kept


_DATES = frozenset({Kind.DUE, Kind.START, Kind.COMPLETED})


def _not_dates(spots: Sequence[Spot]) -> list[Spot]:
    return [spot for spot in spots if spot.kind is not Kind.START]


def _without_swallowed(spots: Sequence[Spot], states: Sequence[Spot]) -> list[Spot]:
    """Dates stay beside states; a start date without a day of its own gives way to "not started"."""
    return [
        spot for spot in spots if spot.kind not in (Kind.START,) or not overlaps((spot.start, spot.end), _ends(states))
    ]


def _dues(scope: PlanScope, named: Sequence[Spot], setting: Setting, before: Before) -> tuple[date, date] | None:
    """The first and last due date of the plans named, where no day was given to count from."""
    refs = [spot.condition for spot in named if spot.kind is Kind.REF]
    values = {value for one in refs if isinstance(one, Condition) for value in one.values}
    holders = [source.document for source in setting.holdings.sources if values & set(source.refs)]
    documents = scope.documents or holders or before.documents
    if setting.as_of or not documents:
        return None
    sources = setting.holdings.within(documents)
    first = [source.first_due for source in sources if source.first_due]
    last = [source.last_due for source in sources if source.last_due]
    return (min(first), max(last)) if first and last else None


# ---------------------------------------------------------------- readings


_CLAIMED = frozenset({Kind.STATE, Kind.COLOUR, Kind.LATE, Kind.COMPLETED, Kind.DUE, Kind.START})
_OR_NOT = re.compile(
    r"\s+or\s+(?:not|still\s+\w+|isn't|isnt|n't)\b|\s*,?\s*(?:and\s+)?(?:what|which)(?:'s|s)?\s*(?:isn't|isnt|is\s+not|aren't|arent|hasn't|hasnt|haven't|not|are\s+not)\b\s*(?:[?.]|$)"
)
_WHETHER = re.compile(
    r"\b(?:whether|if)\s+(?:each|they|it|these|those|any|all)?\s*(?:\w+\s+)?(?:is|are|it's|has|have)?\s*(?:been\s+)?$"
)


def _readings(pieces: Pieces, asking: Asking, setting: Setting) -> Iterator[Sketch]:
    text = pieces.text
    asked_states = [s for s in pieces.spots if s.kind in (Kind.STATE, Kind.LATE) and _is_asked_state(text, s)]
    kept = [s for s in pieces.spots if s not in asked_states]
    kept = [s for s in kept if not _names_asked(s, asking)]
    covered = [*pieces.scope.spans, *_ends(kept), *_ends(asked_states), *pieces.spans, *pieces.shared_spans]
    covered += list(pieces.doubt.spans) if pieces.doubt else []
    covered += [pieces.total] if pieces.total else []
    covered += [text.span(hit) for hit in text.of("courtesy") if hit.length > 1]
    covered += _asking_spans(text, asking)
    found = segments(text, covered, setting.vocabulary, setting.holdings)
    for chosen, left in _subjects(found):
        yield _sketch(pieces, asking, kept, chosen, left, bool(asked_states), setting)


def _asking_spans(text: Text, asking: Asking) -> list[Span]:
    roles = {
        "who": ("who",),
        "when": ("when",),
        "money": (),
        "count": ("count", "share"),
        "why": ("why",),
        "how": ("how",),
        "progress": ("progress",),
        "list": ("list", "table", "draft"),
        "concerns": ("concerns",),
        "say": ("say",),
    }
    wanted = roles.get(asking.by, ())
    hits = [
        hit
        for hit in text.hits
        if hit.role == "ask"
        and (
            hit.concept in wanted
            or (hit.concept in ("whether", "table", "list", "sources", "say", "progress") and hit.length > 1)
            or hit.concept in ("whether", "compare")
        )
    ]
    hits += [hit for hit in text.hits if hit.role == "field" and hit.length > 1 and not hit.doubtful]
    if asking.wanted in (Wanted.MONEY, Wanted.PERSON, Wanted.RESULT, Wanted.CHANGE, Wanted.MANNER):
        hits += [hit for hit in text.hits if hit.role == "wanted"]
    return [text.span(hit) for hit in hits]


def _is_asked_state(text: Text, spot: Spot) -> bool:
    """ "Done or not", "what's done, what isn't", "whether each is complete": the state is asked for."""
    return bool(_OR_NOT.match(text.low[spot.end :]) or _WHETHER.search(text.low[: spot.start]))


def _names_asked(spot: Spot, asking: Asking) -> bool:
    """True where a state or a date in the words is not a filter: the prose is asked, or the date of a completion."""
    if asking.wanted is Wanted.CHANGE:
        return spot.kind is not Kind.OWNER
    if asking.wanted is Wanted.CONCERNS:
        return spot.kind in _CLAIMED
    if asking.intent is Intent.NARRATIVE:
        return spot.kind not in (Kind.REF, Kind.SECTION, Kind.OWNER)
    return Field.COMPLETED_ON in asking.asked and asking.particular and spot.kind is Kind.STATE


def _subjects(found: Sequence[Segment]) -> Iterator[tuple[list[Segment], list[Segment]]]:
    """Which left-over words are the subject: all of them; else those that are marked or known; else none."""
    yield list(found), []
    for test in (lambda s: s.marked or s.known, lambda s: s.marked and s.known, lambda s: s.known):
        chosen = [one for one in found if test(one)]
        if chosen and len(chosen) < len(found):
            yield chosen, [one for one in found if one not in chosen]
    if len(found) > 1:
        for one in found:
            yield [one], [other for other in found if other is not one]
    if found:
        yield [], list(found)


def _sketch(
    pieces: Pieces,
    asking: Asking,
    spots: Sequence[Spot],
    chosen: Sequence[Segment],
    left: Sequence[Segment],
    asks_state: bool,
    setting: Setting,
) -> Sketch:
    text = pieces.text
    subject = [Spot(s.start, s.end, Kind.SUBJECT, Every()) for s in chosen]
    scoped = with_scope(text, [*spots, *subject])
    claimed = [s for s in scoped if asking.claim and s.kind in _of_claims(asking, scoped)]
    asking = _asked_of_claims(asking, claimed)
    filters = [s for s in scoped if s not in claimed and s.kind is not Kind.SUBJECT]
    filters, extra = _second_count(filters, asking, text)
    late = [s for s in filters if s.kind is Kind.LATE]
    parts = combined(filters, text)
    lateness = Lateness.OVERDUE if pieces.order.late and not late else None
    alone = [part for part in parts if part.kinds == {Kind.LATE}]
    if len(alone) == 1 and not isinstance(alone[0].condition, Either):
        lateness = Lateness.NOT_OVERDUE if late[0].negated else Lateness.OVERDUE
        parts = tuple(part for part in parts if part is not alone[0])
    themes, without = _themes(text, chosen, [s.start for s in scoped if s.kind is Kind.SUBJECT and s.negated], asking)
    if any(s.kind is Kind.REF for s in filters) and (
        pieces.doubt or asking.intent in (Intent.LOOKUP, Intent.STATUS, Intent.DATE, Intent.OWNER)
    ):
        left, themes = [*left, *(s for s in chosen if not s.known)], ()
    doubt = pieces.doubt.codes if pieces.doubt else ()
    quality = pieces.doubt is not None and asking.wanted is not Wanted.CHANGE
    bare = replace(
        _bare(pieces, None, (STATED_TOTAL,) if pieces.total else doubt if quality else ()),
        asking=replace(asking, asked=tuple(dict.fromkeys([*asking.asked, *([Field.STATUS] if asks_state else [])]))),
        order=pieces.order,
        shared=pieces.shared,
        themes=themes,
        without=without,
        meaning=Intent.QUALITY if quality else None,
        parts=parts,
        sides=tuple((part,) for part in combined(extra, text)),
        premises=_premises(claimed, asking, text),
        lateness=lateness,
        unknown_ref=pieces.unknown_ref,
        unknown_plan=pieces.scope.unknown
        or (
            ""
            if pieces.scope.documents
            else unknown_place(text.raw, take_all(text.low, [*_ends(spots)]), setting.holdings)
        ),
        left=tuple((s.words, s.marked or s.known) for s in left),
    )
    return _doubt_or_gap(bare, text)


def _themes(
    text: Text, chosen: Sequence[Segment], denied: Sequence[int], asking: Asking
) -> tuple[tuple[Theme, ...], tuple[Theme, ...]]:
    wanted: list[Theme] = []
    unwanted: list[Theme] = []
    clause: int | None = None
    several = len(chosen) > 1 and all(s.clause == chosen[0].clause for s in chosen)
    whole = asking.particular and several and not denied
    if whole:
        return (Theme(text.raw[chosen[0].start : chosen[-1].end].strip(" ,.'\""), specific=True),), ()
    for segment in chosen:
        theme = Theme(segment.words, specific=asking.particular)
        if segment.start in denied:
            unwanted.append(replace(theme, specific=False))
        elif segment.joined and clause == segment.clause and wanted:
            wanted[-1] = replace(wanted[-1], alternatives=(*wanted[-1].alternatives, theme))
        else:
            wanted.append(theme)
            clause = segment.clause
    return _distinct(wanted), _distinct(unwanted)


def _distinct(themes: list[Theme]) -> tuple[Theme, ...]:
    seen: dict[str, Theme] = {}
    for theme in themes:
        seen.setdefault(theme.words.lower(), theme)
    return tuple(seen.values())


def _of_claims(asking: Asking, spots: Sequence[Spot]) -> frozenset[Kind]:
    """What a question to be confirmed claims; of rows that are named by reference, their owner too."""
    named = asking.intent is Intent.STATUS and any(spot.kind is Kind.REF for spot in spots)
    return _CLAIMED | {Kind.OWNER} if named else _CLAIMED


def _asked_of_claims(asking: Asking, claimed: Sequence[Spot]) -> Asking:
    """The field that a claim is about: an owner, a date, a colour, or else the state."""
    kinds = {spot.kind for spot in claimed}
    if asking.intent is Intent.STATUS and kinds == {Kind.OWNER}:
        return replace(asking, intent=Intent.OWNER, asked=(Field.OWNER,))
    if asking.intent is Intent.STATUS and kinds and kinds <= {Kind.LATE, Kind.DUE, Kind.START}:
        return replace(asking, intent=Intent.DATE, asked=(Field.START if kinds == {Kind.START} else Field.DUE,))
    return replace(asking, asked=(Field.RAG,)) if kinds == {Kind.COLOUR} else asking


def _second_count(spots: Sequence[Spot], asking: Asking, text: Text) -> tuple[list[Spot], list[Spot]]:
    """Spots of a further count, "... and how many are green?", apart from those of the question itself; for a share,
    the states counted apart from the whole that they are a share of."""
    states = {Kind.STATE, Kind.COLOUR, Kind.LATE, Kind.GAP}
    if asking.share:
        return [s for s in spots if s.kind not in states], [s for s in spots if s.kind in states]
    again = re.search(r"\band\s+(?:how\s+many|of\s+(?:those|these|them)|which\s+of)\b", text.low)
    if asking.intent is not Intent.COUNT or not again:
        return list(spots), []
    first = [s for s in spots if s.start < again.start()]
    done = any(s.kind is Kind.COMPLETED for s in first)
    second = [s for s in spots if s.start >= again.start()]
    return first, [completed_then(s) if done and s.kind is Kind.DUE else s for s in second]


_DENIED = re.compile(r"\bwhy\b.{0,20}\b(?:not\b|\w+n't\b|hasnt\b|isnt\b|havent\b|arent\b|wasnt\b)")


def _premises(claimed: Sequence[Spot], asking: Asking, text: Text) -> tuple[Premise, ...]:
    """What is taken for granted, as the end of "the plan says that ..."."""
    if not claimed:
        return ()
    if _DENIED.search(text.low):
        claimed = [replace(spot, negated=spot.condition == COMPLETE) for spot in claimed]
    claim: Filter = all_of([part.condition for part in combined(claimed, text)])
    late = {spot.kind for spot in claimed} == {Kind.LATE}
    words = ("not overdue" if claimed[0].negated else "overdue") if late else filter_words(claim)
    return (Premise(f"{'they are' if asking.intent is Intent.PROGRESS else 'it is'} {words}", claim),)


def _doubt_or_gap(bare: Sketch, text: Text) -> Sketch:
    """Rows that look wrong or lack something, "a date that cannot be right, or no lead": either suffices."""
    gaps = [part for part in bare.parts if part.kinds <= {Kind.GAP, Kind.STATE}]
    if bare.meaning is not Intent.QUALITY or not bare.terms or not gaps or not re.search(r"\bor\b", text.low):
        return bare
    wrong = Condition(Field.FLAG, Operator.IS, bare.terms)
    either = Part(frozenset({Kind.GAP, Kind.FLAG}), Either((wrong, *(part.condition for part in gaps))))
    rest = tuple(part for part in bare.parts if part not in gaps)
    return replace(bare, meaning=None, terms=(), asking=replace(bare.asking, intent=Intent.LIST), parts=(*rest, either))
