"""All that is recognised in a question; where proposals overlap, what names a thing comes before what describes it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.conditions import Condition, Field, Operator, Without, conditions_of
from assistant.dates import find_dates
from assistant.embedding import Embedder
from assistant.planner.bounds import bounds_of_lateness
from assistant.planner.candidates.gaps import Doubt, spot_doubt, spot_gaps, spot_given
from assistant.planner.candidates.groups import Order, spot_order
from assistant.planner.candidates.states import (
    spot_as_written,
    spot_colours,
    spot_due_words,
    spot_meanings,
    spot_own_words,
    spot_states,
)
from assistant.planner.holdings import Held, Holdings
from assistant.planner.owner_roles import describes_people
from assistant.planner.owners import is_a_role, possible_owners, roles_in_names, spot_owners
from assistant.planner.periods import spot_periods
from assistant.planner.places import spot_named_headings, spot_places, spot_titled_headings
from assistant.planner.plans import PlanScope, running_then, spot_plans
from assistant.planner.roles import Roles
from assistant.planner.sketch import Left
from assistant.planner.spots import Kind, Spot
from assistant.planner.text import Text, overlaps, take_all
from assistant.planner.titles import IsTerm
from assistant.vocabulary import Vocabulary

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a question is read against. `as_of` is the day given with it; `today` counts when none is."""

    holdings: Holdings
    vocabulary: Vocabulary
    today: date
    as_of: date | None = None
    encoder: Callable[[], Embedder] | None = None
    """Opens what hears words that no list has."""

    @property
    def day(self) -> date:
        return self.as_of or self.today


@dataclass(frozen=True, slots=True)
class Before:
    """What the question before leaves in the air: its documents, and whether it named references or asked what is late."""

    documents: tuple[str, ...] = ()
    asked: bool = False
    """Whether there was one."""
    refs: bool = False
    lateness: bool = False
    day: date | None = None
    """A day of the period that stands: a month without a year is the nearest to it."""


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
    as_of_told: bool
    """Whether the words say it."""
    spans: tuple[Span, ...]
    """Characters that are explained beside the spots: dates to judge by, order."""
    doubt: Doubt | None
    total: Span | None
    unknown_ref: str
    notes: tuple[str, ...]
    unread: tuple[Left, ...] = ()
    """What says when, and cannot be read."""
    possible: tuple[Spot, ...] = ()
    """Names of owners that may mean a subject as well."""
    loose: tuple[Spot, ...] = ()
    """States that may be said of rows, where a question says nothing else of them."""
    roles: Roles | None = None
    """What each word does, as learnt from other questions."""


def is_term(setting: Setting) -> IsTerm:
    def is_one(words: str) -> bool:
        found = setting.vocabulary.concepts_in(words)
        return any(len(one.text.split()) > 1 and len(one.text) >= len(words) - 2 for one in found)

    return is_one


# ---------------------------------------------------------------- what is recognised


def pieces_of(text: Text, setting: Setting, before: Before, notes: tuple[str, ...]) -> Pieces:
    """Every recogniser's proposals; where two overlap, what names a thing comes before what describes it."""
    low, terms, polite = text.low, _terms(text, setting), _polite(text)
    titled = list(spot_titled_headings(low, setting.holdings.within(before.documents)))
    scope = spot_plans(text, take_all(low, ends(titled)), setting.holdings, setting.day, is_term(setting))
    told = [(day.offset, day.offset + len(day.text)) for day in find_dates(low, setting.day)]
    bounds = list(bounds_of_lateness(low, setting.day))
    bounded = [*ends(bound for bound, _ in bounds), *(tail for _, tail in bounds)]
    order = spot_order(text, [*scope.spans, *ends(titled), *terms, *polite, *told, *bounded], before.asked)
    rest = take_all(low, [*scope.spans, *ends(titled), *order.spans, *bounded])
    sources = setting.holdings.within(scope.documents or (() if scope.everything else before.documents))
    places, absent = spot_places(rest, sources, before.refs)
    rest = take_all(rest, [*ends(places), *absent])
    headings = _apart([*spot_named_headings(rest, sources), *spot_as_written(text, rest)], (), ())
    rest = take_all(rest, ends(headings))
    owners, shared, sharing = spot_owners(text.raw, rest, sources, setting.vocabulary, setting.holdings.said)
    named = [*titled, *places, *headings, *owners]
    possible = possible_owners(text.raw, rest, sources, setting.vocabulary)
    named += _apart([*spot_due_words(text, sources), *_told_owners(text, possible)], named, ())
    gaps = list(_as_called([*spot_gaps(text), *spot_given(text, told)], text, sources))
    gaps = _apart(gaps, named, terms, [*polite, *sharing, *(order.spans if order.bound else ())])
    rest = take_all(rest, [*ends(named), *sharing, *ends(gaps)])
    total = next(map(text.span, text.of("doubt", "total")), None)
    wrong, doubt = _without_wrong(text, None if total else spot_doubt(text, told), scope)
    named, doubted = [*named, *wrong], doubt.spans if doubt else ()
    rest = take_all(rest, [*_no_dates(text), *ends(wrong), *doubted])
    dues = _dues(scope, named, setting, before)
    periods = spot_periods(text, rest, setting.day, before.lateness or text.says("time", "overdue"), dues)
    as_of, spots = periods.as_of or setting.day, [*named, *gaps]
    scope, which = running_then(scope, text, setting.holdings, as_of) if periods.as_of else (scope, "")
    spots += _apart([*_as_called(periods.spots, text, sources), *spot_meanings(text, sources)], spots, ())
    within = sources if scope.documents or before.documents else setting.holdings.sources
    spots += _apart(spot_own_words(text, within), spots, terms)
    states = spot_states(text, as_of)
    said = [s for s in states if s.kind is Kind.LATE or not describes_people(text.raw, s.start, s.end)]
    spots += _apart(said, spots, terms, [*order.spans, *periods.spans, *doubted])
    spots += _apart(spot_colours(text), spots, terms)
    is_late = any(s.kind is Kind.LATE for s in spots)
    unread = [*periods.unread, *(() if is_late else ends(bound for bound, _ in bounds))]
    spots += _apart((bound for bound, _ in bounds_of_lateness(low, as_of) if is_late), spots, ())
    return Pieces(
        text, scope, order, tuple(sorted(spots, key=lambda s: s.start)), shared, sharing,
        as_of, setting.as_of is not None or periods.as_of is not None, periods.as_of is not None,
        (*order.spans, *periods.spans, *unread, *absent, *(tail for _, tail in bounds)),
        doubt, total, ", ".join(text.raw[start:end] for start, end in absent),
        (*notes, *filter(None, [which]), *periods.readings),
        tuple(Left(text.raw[start:end], strong=True) for start, end in unread),
        tuple(_apart([*possible, *roles_in_names(text.raw, rest, sources, setting.vocabulary)], spots, ())),
        tuple(_apart(spot_states(text, as_of, loose=True), spots, terms)),
    )  # fmt: skip


def _no_dates(text: Text) -> Iterator[Span]:
    """What stands beside dates and is none: the names of fields, and words that leave something out."""
    yield from (text.span(hit) for hit in text.of("field") if hit.last - hit.first == hit.length > 1)
    yield from (text.span(hit) for hit in text.of("except") if text.word(hit.last - 1) in ("for", "from"))


def _as_called(spots: Sequence[Spot], text: Text, sources: Sequence[Held]) -> Iterator[Spot]:
    """Dates of completion as due dates where the plans so call the day by which something is to be done: they say of no
    action when it was completed, and the words name the column, "with a completion date before May"."""
    called = text.says("field", "completed_on") and not any(one.completed for one in sources)
    for spot in spots:
        tests = list(conditions_of(spot.condition)) if called else []
        dated = [replace(one, field=Field.DUE) for one in tests if one.field is Field.COMPLETED_ON]
        kind = Kind.DUE if spot.kind is Kind.COMPLETED else spot.kind
        yield (
            replace(spot, kind=kind, condition=dated[0])
            if dated and len(dated) == len(tests) - (kind is Kind.DUE)
            else spot
        )


def _polite(text: Text) -> list[Span]:
    """The words of a request; "can I not get an owner" asks politely for nothing."""
    lacks = {hit.first for hit in text.of("gap", "no")}
    asked = (hit for hit in text.of("courtesy") if hit.length > 1)
    return [text.span(hit) for hit in asked if lacks.isdisjoint(range(hit.first, hit.last))]


def _terms(text: Text, setting: Setting) -> list[Span]:
    """The terms of several words of the glossary, but for those that name a group or a field."""
    fields = {text.span(hit) for hit in text.hits if hit.role in ("group", "field")}
    found = [one for one in setting.vocabulary.concepts_in(text.raw) if " " in one.text and not one.term.weak]
    return [one.span for one in found if one.span not in fields]


_ASIDE, _DENIES = 7, 2
"""Words between "setting aside", or "no", and the error that is to be set aside."""
_ANY_FLAG = Without(Condition(Field.FLAG, Operator.MISSING))


def _without_wrong(text: Text, doubt: Doubt | None, scope: PlanScope) -> tuple[list[Spot], Doubt | None]:
    """What looks wrong as rows to be left out, "setting aside any date that is a slip"; else the doubt as it is."""
    left_out = {text.span(hit)[0] for hit in text.of("except")}
    if doubt and any(overlaps(span, doubt.spans) for span in scope.spans if span[0] in left_out):
        return [], None  # "complete outside the tracker"
    for hit in (*text.of("except"), *text.of("not")) if doubt else ():
        start, end = text.span(hit)
        reach = _ASIDE if hit.role == "except" else _DENIES if hit.first and text.says("rows") else -1
        if doubt and 0 <= text.at(doubt.spans[0][0]) - hit.last <= reach and not text.parted(end, doubt.spans[0][0]):
            codes = doubt.codes
            flagged = Condition(Field.FLAG, Operator.IS, codes) if codes else _ANY_FLAG
            return [Spot(start, doubt.spans[-1][1], Kind.FLAG, flagged, negated=True)], None
    return [], doubt


_OF_ROWS = (
    r"\s+(?:the\s+|those\s+(?:of|for|by|with)\s+|(?:the\s+)?(?:ones?|actions?)\s+(?:of|for|by|with)\s+)?(?:the\s+)?"
)
_ROWS_OF = re.compile(_OF_ROWS)
_APART_OF = re.compile(rf"\b(not|only|just|but|involv(?:e|es|ing)){_OF_ROWS}$")


def _told_owners(text: Text, possible: Sequence[Spot]) -> list[Spot]:
    """Owners where the words say whose rows to take or to leave: "only the team manager", "not the chair"."""
    apart = {text.span(hit)[1] for hit in text.of("except")}

    def told(spot: Spot) -> bool:
        before = text.low[: spot.start]
        left_out = any(end <= spot.start and _ROWS_OF.fullmatch(before, end) for end in apart)
        return bool(left_out or _APART_OF.search(before)) and is_a_role(text.raw[spot.start : spot.end], ())

    return [s for s in possible if told(s) and not _OF_A_THING.match(text.low[s.end :])]


_OF_A_THING = re.compile(
    r"(?:'s|s')?\s+(?!(?:ones?|actions?|rows?|stuff|am|do|and|or|on|in|at|what|which|please|pls|anything|for|have|is|are|with)\b)[a-z]"
)


def ends(spots: Iterable[Spot]) -> list[Span]:
    return [(spot.start, spot.end) for spot in spots]


def _apart(
    spots: Iterable[Spot], taken: Sequence[Spot], terms: Sequence[Span], spans: Sequence[Span] = ()
) -> list[Spot]:
    """The spots that overlap none of those taken, nor lie within a term of several words."""
    kept: list[Spot] = []
    for spot in spots:
        own = (spot.start, spot.end)
        if overlaps(own, [*ends(taken), *ends(kept), *spans]):
            continue
        if not any(s <= spot.start and spot.end <= e and (s, e) != own for s, e in terms):
            kept.append(spot)
    return kept


def _dues(scope: PlanScope, named: Sequence[Spot], setting: Setting, before: Before) -> list[tuple[date, date]]:
    """The first and last due date of each plan named, or the day of the period that stands."""
    refs = [spot.condition for spot in named if spot.kind is Kind.REF]
    values = {value for one in refs if isinstance(one, Condition) for value in one.values}
    holders = [source.document for source in setting.holdings.sources if values and not values.isdisjoint(source.refs)]
    documents = scope.documents or holders or before.documents
    if before.day and not (scope.documents or holders):
        return [(before.day, before.day)]
    sources = setting.holdings.within(documents) if documents else ()
    return [(one.first_due, one.last_due) for one in sources if one.first_due and one.last_due]
