"""A question to a sketch: each step understands a part and takes it out of what the next steps see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.conditions import Condition, Either, Field, Filter, Operator
from assistant.planner import definitions, frames, quality
from assistant.planner.asking import premise_spans, read_asking
from assistant.planner.combine import all_of, combined, with_negations
from assistant.planner.exact_words import spot_exact_words
from assistant.planner.gaps import spot_gaps, spot_given
from assistant.planner.groups import Order, spot_order
from assistant.planner.holdings import Holdings
from assistant.planner.lateness import spot_colours, spot_lateness
from assistant.planner.naming import describes_people
from assistant.planner.own_words import spot_meanings, spot_own_states
from assistant.planner.owners import spot_owners
from assistant.planner.periods import completed_then, spot_periods
from assistant.planner.places import spot_named_headings, spot_places, spot_titled_headings
from assistant.planner.plans import PlanScope, spot_plans, unknown_place
from assistant.planner.sketch import STATED_TOTAL, Part, Sketch
from assistant.planner.spots import Kind, Spot
from assistant.planner.states import ANY_STATE, COMPLETE, spot_marked, spot_states
from assistant.planner.subject import subjects
from assistant.planner.timeliness import spot_done_late
from assistant.planner.wish import Asking, Question
from assistant.planner.wording import TAKEN, content_words, plain, take, take_all, written_out
from assistant.query_plan import Intent, Lateness, Premise, Theme, Wanted
from assistant.query_plan_words import filter_words
from assistant.vocabulary import Vocabulary

_POLAR = re.compile(r"\W*(?:is|are|was|were|has|have|had|did|does|do)\b")
_JUDGING = re.compile(
    r"\b(?:overdue|past due|late|behind|slipp\w+|missed|outstanding|complete\w*|done|finished|not|open|progress|doing|status)\b"
)
_ALSO_DONE = re.compile(
    r"(?:\band|,)\s+(?:(?:has|have|is|are|was|were)\s+(?:it|they|that|this|these|those|(?:any|all|some|none|both|either|most)\s+of\s+(?:it|them|these|those))|(?:on|for|in|of|against|under)\s+which(?:\s+of\s+\w+)?)\b[^?]*"
)
_DENIED = re.compile(r"\bwhy\b.{0,20}\b(?:not\b|\w+n't\b|hasnt\b|isnt\b|havent\b|arent\b|wasnt\b)")
_ABOUT_ONE = frozenset({Intent.LOOKUP, Intent.STATUS, Intent.DATE, Intent.OWNER})
_CLAIMED = frozenset({Kind.STATE, Kind.COLOUR, Kind.LATE, Kind.COMPLETED, Kind.DUE, Kind.START})


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
    """What the question before leaves in the air: its documents, whose owners and headings are meant where this one
    names none, and whether it named references or asked what is late."""

    documents: tuple[str, ...] = ()
    refs: bool = False
    lateness: bool = False


def sketch(text: str, setting: Setting, before: Before | None = None) -> Sketch:
    """What a question says on its own; `before` only helps to read names, bare numbers and bare dates."""
    corrected = setting.vocabulary.correct(written_out(text))
    reader = _Reader(corrected.text, setting, before or Before())
    found = reader.meaning() or reader.rows()
    return replace(found, readings=(*corrected.notes, *found.readings))


class _Reader:
    """One question being read: `raw` as typed, `low` in plain form, `rest` with what is understood taken out."""

    def __init__(self, raw: str, setting: Setting, before: Before) -> None:
        low = plain(raw)
        if not _POLAR.match(low):  # "has it been completed or not?" asks for the state
            low = ANY_STATE.sub(lambda match: " " * len(match.group()), low)
        self.raw, self.low, self.rest = raw, low, low
        self.setting, self.before = setting, before
        self.as_of, self.as_of_given = setting.day, setting.as_of is not None
        self.spots: list[Spot] = []
        self.readings: tuple[str, ...] = ()

    def _take(self, spans: Iterable[tuple[int, int]]) -> None:
        self.rest = take_all(self.rest, spans)

    def _keep(self, spots: Iterable[Spot]) -> None:
        found = list(spots)
        self.spots += found
        self._take((spot.start, spot.end) for spot in found)

    # ------------------------------------------------------------ words, colours, plans

    def meaning(self) -> Sketch | None:
        """The sketch of a question about what a word or a colour means."""
        vocabulary = self.setting.vocabulary
        terms = {term.lower() for source in self.setting.holdings.sources for term in source.terms}
        terms |= {term.text.lower() for concept in vocabulary.concepts() for term in concept.terms}
        if definitions.counts_first(self.low):
            return None
        found = definitions.spot_meaning(self.raw, self.low, frozenset(terms))
        refs = {plain(ref) for source in self.setting.holdings.sources for ref in source.refs}
        if not found or any(plain(term) in refs for term in found.terms):
            return None
        intent = Intent.COLOURS if found.colours else Intent.DEFINITION
        rest = self.low if found.colours else take(self.low, *found.span)
        return self._bare(
            intent, spot_plans(self.raw, rest, self.setting.holdings, self.setting.day, self._is_term), found.terms
        )

    def _bare(self, intent: Intent | None, scope: PlanScope, terms: tuple[str, ...]) -> Sketch:
        return Sketch(
            text=self.raw,
            asking=Asking(intent),
            order=Order(),
            as_of=self.as_of,
            as_of_given=self.as_of_given,
            documents=scope.documents,
            mentions=scope.mentions,
            every_plan=scope.everything,
            meaning=intent,
            terms=terms,
            unknown_plan=scope.unknown,
        )

    def _is_term(self, words: str) -> bool:
        found = self.setting.vocabulary.concepts_in(words)
        return any(len(one.text.split()) > 1 and len(one.text) >= len(words) - 2 for one in found)

    # ------------------------------------------------------------ rows

    def rows(self) -> Sketch:
        """The sketch of a question about rows or prose."""
        self._take(definitions.counts_first(self.low))
        premised = premise_spans(self.low)
        self._take(premised)
        worried = frames.WORRIES.search(self.low)
        self._take([worried.span()] if worried else [])
        sources = self.setting.holdings.within(self.before.documents)
        self._keep(spot_titled_headings(self.rest, sources))
        scope = spot_plans(self.raw, self.rest, self.setting.holdings, self.setting.day, self._is_term)
        self._take(scope.spans)
        if about := definitions.asks_for_sources(self.low, bool(scope.documents), self.rest):
            bare = self._bare(Intent.SOURCES, scope, ())
            return replace(bare, asking=Asking(Intent.SOURCES, wanted=Wanted.DATE)) if about.dated else bare
        order = spot_order(self.rest)
        self._take(order.spans)
        unknown_ref, shared = self._names(scope)
        quoted = [(spot.start, spot.end) for spot in self.spots if spot.kind is Kind.WORDS]
        doubt, total = self._doubts(take_all(self.low, [*order.spans, *quoted]))
        self._days_and_states(scope)
        wants = self._wants(bool(worried), bool(premised))
        self._take(wants.spans)
        themes, without = self._subjects(wants)
        if self._names_refs() and (doubt is not None or wants.intent in _ABOUT_ONE):
            themes = ()
        unknown_plan = scope.unknown or (
            "" if scope.documents else unknown_place(self.raw, self.rest, self.setting.holdings)
        )
        bare = replace(
            self._bare(None, scope, (STATED_TOTAL,) if total else doubt or ()),
            asking=wants,
            order=order,
            shared=shared,
            themes=themes,
            without=without,
            meaning=Intent.QUALITY if doubt is not None and not total and wants.wanted is not Wanted.CHANGE else None,
            readings=self.readings,
            unknown_ref=unknown_ref,
            unknown_plan=unknown_plan,
        )
        return self._assembled(bare)

    def _names_refs(self) -> bool:
        return any(spot.kind is Kind.REF for spot in self.spots)

    def _wants(self, worried: bool, premised: bool) -> Asking:
        if worried:
            return Asking(Intent.PROGRESS)
        named = Question(self.raw, self.low, self.rest, self._names_refs(), bool(self.spots))
        return read_asking(named, premised)

    def _names(self, scope: PlanScope) -> tuple[str, bool | None]:
        """References, headings and owners; gives a reference that no row has, and whether ownership is shared."""
        holdings = self.setting.holdings
        sources = holdings.within(scope.documents or (() if scope.everything else self.before.documents))
        only_number = re.fullmatch(r"[\W\x00]*\d{1,3}[\W\x00]*", self.rest) is not None
        places = spot_places(self.rest, sources, self.before.refs or only_number)
        self._keep(places.spots)
        self._take((start, end) for start, end, _ in places.unknown)
        self._keep(spot_named_headings(self.rest, sources))
        self._keep(spot_exact_words(self.raw, self.rest))
        owners = spot_owners(self.raw, self.rest, sources, self.setting.vocabulary)
        self._take(owners.shared_spans)
        self._keep(owners.spots)
        unknown = ", ".join(self.raw[start:end] for start, end, _ in places.unknown)
        return unknown, owners.shared

    def _doubts(self, low: str) -> tuple[tuple[str, ...] | None, bool]:
        """Codes of suspected errors (None: no doubt), and whether a stated total is to be compared.

        Args: low, the question in plain form without its order: "broken down by" suspects nothing.
        """
        total = quality.asks_about_total(low)
        if total:
            self._take([total])
            return None, True
        doubt = quality.spot_doubt(low)
        if not doubt:
            return None, False
        self._take(doubt.spans)
        return doubt.codes, False

    def _days_and_states(self, scope: PlanScope) -> None:
        """Gaps, dates, lateness, colours and states, in this order: "no due date" is not a date, "not late" no state."""
        self._keep(spot_gaps(self.rest))
        self._keep(spot_given(self.rest))
        self._take(match.span() for match in _ALSO_DONE.finditer(self.rest))
        periods = spot_periods(
            self.rest, self.setting.day, self.before.lateness or bool(_JUDGING.search(self.low)), self._dues(scope)
        )
        self.readings += periods.readings
        self._take(periods.spans)
        if periods.as_of:
            self.as_of, self.as_of_given = periods.as_of, True
        self._keep(periods.spots)
        sources = self.setting.holdings.within(scope.documents or self.before.documents)
        status_texts = [text for source in sources for text in source.status_texts]
        starts = [word for source in sources for word in source.status_starts]
        self._keep(spot_marked(self.rest, [*status_texts, *starts]))
        self._keep(spot_done_late(self.rest))
        self._keep(spot_meanings(self.rest, sources))
        self._keep(spot_own_states(self.rest, sources if scope.documents or self.before.documents else ()))
        self._keep(spot_lateness(self.rest, self.as_of))
        self._keep(spot_colours(self.raw, self.rest))
        states = spot_states(self.rest, status_texts)
        self._keep(spot for spot in states if not describes_people(self.raw, spot.start, spot.end))

    def _dues(self, scope: PlanScope) -> tuple[date, date] | None:
        """The first and last due date of the plans named, where no day was given to count from."""
        refs = [spot.condition for spot in self.spots if spot.kind is Kind.REF]
        values = {value for one in refs if isinstance(one, Condition) for value in one.values}
        holders = [source.document for source in self.setting.holdings.sources if values & set(source.refs)]
        named = scope.documents or holders or self.before.documents
        if self.setting.as_of or not named:
            return None
        sources = self.setting.holdings.within(named)
        first = [source.first_due for source in sources if source.first_due]
        last = [source.last_due for source in sources if source.last_due]
        return (min(first), max(last)) if first and last else None

    def _subjects(self, wants: Asking) -> tuple[tuple[Theme, ...], tuple[Theme, ...]]:
        found = self.setting.vocabulary.concepts_in(self.raw)
        return subjects(
            self.raw,
            self.rest,
            [one.span for one in found if not one.term.weak and TAKEN not in self.rest[slice(*one.span)]],
            wants.particular,
        )

    # ------------------------------------------------------------ together

    def _assembled(self, bare: Sketch) -> Sketch:
        spots = with_negations(self.spots, self.low)
        claimed = [spot for spot in spots if bare.asking.claim and spot.kind in _claimed(bare.asking, spots)]
        bare = replace(bare, asking=_asked_of_claims(bare.asking, claimed))
        filters = [spot for spot in spots if spot not in claimed]
        filters = [spot for spot in filters if not _is_asked(spot, bare.asking)]
        if _DENIED.search(self.low):
            claimed = [replace(spot, negated=spot.condition == COMPLETE) for spot in claimed]
        spots, extra = self._second_count(filters, bare.asking)
        late = [spot for spot in spots if spot.kind is Kind.LATE]
        if bare.order.late and not late:
            bare = replace(bare, lateness=Lateness.OVERDUE)
        parts = combined(spots, self.low)
        if bare.meaning is Intent.QUALITY and bare.terms and re.search(r"\bor\b", self.low):
            bare, parts = _doubt_or_gap(bare, parts)
        lateness = bare.lateness
        if late and any(part.kinds == {Kind.LATE} for part in parts):
            lateness = Lateness.NOT_OVERDUE if late[0].negated else Lateness.OVERDUE
            parts = tuple(part for part in parts if part.kinds != {Kind.LATE})
        return replace(
            bare,
            parts=parts,
            lateness=lateness,
            sides=tuple((part,) for part in combined(extra, self.low)),
            premises=self._premises(claimed, bare.asking),
        )

    def _second_count(self, spots: Sequence[Spot], wants: Asking) -> tuple[list[Spot], list[Spot]]:
        """Spots of a further count, "... and how many are green?", apart from those of the question itself; for a
        share, the states counted apart from the whole that they are a share of."""
        states = {Kind.STATE, Kind.COLOUR, Kind.LATE, Kind.GAP}
        if wants.share:
            return [s for s in spots if s.kind not in states], [s for s in spots if s.kind in states]
        counted = [match.start() for match in frames.HOW_MANY.finditer(self.low)]
        again = re.search(r"\band\s+(?:how\s+many|of\s+(?:those|these|them)|which\s+of)\b", self.low)
        if wants.intent is not Intent.COUNT or not (again and (len(counted) > 1 or counted)):
            return list(spots), []
        first = [s for s in spots if s.start < again.start()]
        done = any(s.kind is Kind.COMPLETED for s in first)
        second = [s for s in spots if s.start >= again.start()]
        return first, [completed_then(s) if done and s.kind is Kind.DUE else s for s in second]

    def _premises(self, claimed: Sequence[Spot], wants: Asking) -> tuple[Premise, ...]:
        """What is taken for granted, as the end of "the plan says that ..."."""
        if not claimed:
            return ()
        claim: Filter = all_of([part.condition for part in combined(claimed, self.low)])
        late = {spot.kind for spot in claimed} == {Kind.LATE}
        words = ("not overdue" if claimed[0].negated else "overdue") if late else filter_words(claim)
        return (Premise(f"{'they are' if wants.intent is Intent.PROGRESS else 'it is'} {words}", claim),)


def _doubt_or_gap(bare: Sketch, parts: tuple[Part, ...]) -> tuple[Sketch, tuple[Part, ...]]:
    """Rows that look wrong or lack something, "a date that cannot be right, or no lead": either suffices."""
    gaps = [part for part in parts if part.kinds <= {Kind.GAP, Kind.STATE}]
    if not gaps:
        return bare, parts
    wrong = Condition(Field.FLAG, Operator.IS, bare.terms)
    either = Part(frozenset({Kind.GAP, Kind.FLAG}), Either((wrong, *(part.condition for part in gaps))))
    rest = tuple(part for part in parts if part not in gaps)
    return replace(bare, meaning=None, terms=(), asking=replace(bare.asking, intent=Intent.LIST)), (*rest, either)


def _claimed(wants: Asking, spots: Sequence[Spot]) -> frozenset[Kind]:
    """What a question to be confirmed claims; of rows that are named by reference, their owner too."""
    named = wants.intent is Intent.STATUS and any(spot.kind is Kind.REF for spot in spots)
    return _CLAIMED | {Kind.OWNER} if named else _CLAIMED


def _asked_of_claims(wants: Asking, claimed: Sequence[Spot]) -> Asking:
    """The field that a claim is about: an owner, a date, a colour, or else the state."""
    kinds = {spot.kind for spot in claimed}
    if wants.intent is Intent.STATUS and kinds == {Kind.OWNER}:
        return replace(wants, intent=Intent.OWNER, asked=(Field.OWNER,))
    if wants.intent is Intent.STATUS and kinds and kinds <= {Kind.LATE, Kind.DUE, Kind.START}:
        return replace(wants, intent=Intent.DATE, asked=(Field.START if kinds == {Kind.START} else Field.DUE,))
    return replace(wants, asked=(Field.RAG,)) if kinds == {Kind.COLOUR} else wants


def _is_asked(spot: Spot, wants: Asking) -> bool:
    """True where a state or a date in the words is not a filter: the prose is asked, or the date of a completion."""
    if wants.wanted is Wanted.CHANGE:
        return spot.kind is not Kind.OWNER
    if wants.intent is Intent.NARRATIVE:
        return spot.kind not in (Kind.REF, Kind.SECTION, Kind.OWNER)
    return Field.COMPLETED_ON in wants.asked and wants.particular and spot.kind is Kind.STATE


_WENT = re.compile(
    r"\b(?P<denied>not |n't |nt )?(?:go|goes|gone|going|went)(?: so| very)? (?P<how>well|badly|wrong|right)\b"
)


def search_words(text: str) -> str:
    """The content words of a question, for searching the prose; "gone well" and "gone badly" say what to look for."""
    words = content_words(text)
    if match := _WENT.search(plain(text)):
        good = (match["how"] in ("well", "right")) != bool(match["denied"])
        words.append("achievement" if good else "challenge")
    return " ".join(words)
