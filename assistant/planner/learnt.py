"""What other questions teach, as the planner asks it: of the words of this one, subjects to try, filters to doubt, and what tells
against a reading; of its meaning, what it may be asking. `tests.evaluation.ways` makes the weights of the latter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from assistant.conditions import Field
from assistant.planner.candidates.subject import Segment, is_empty, is_name, left_of, segments
from assistant.planner.candidates.ways import LIKELY, WEAK, Asking, Named, Way
from assistant.planner.pieces import Pieces, Setting, Span, ends
from assistant.planner.roles import Role, roles_of_kind
from assistant.planner.sketch import Left
from assistant.planner.spots import Kind, Spot
from assistant.planner.text import NUMBERS, Text, overlaps, take_all
from assistant.planner.titles import unknown_place
from assistant.query_plan import Intent, QueryPlan, Wanted

DOUBTED = 0.07
"""Below this likelihood a filter's words may be no filter."""
STATE = 0.6
"""Above this likelihood words that may tell of a state do."""
SUBJECT = 0.8
"""From this likelihood on words are a subject, which is searched for or named."""
FRAME = 0.8
"""From this likelihood on words that no reading explains are the frame of the question, as other questions teach."""


def as_learnt(
    pieces: Pieces, found: Sequence[Segment], covered: Sequence[Span], setting: Setting
) -> Iterator[tuple[list[Segment], list[Segment]]]:
    """The subjects that other questions teach, within what nothing else explains; those of a
    sentence before the question only where it has none of its own."""
    text = pieces.text
    runs = pieces.roles.runs(Role.SUBJECT) if pieces.roles else []
    runs = [run for run in runs if not _ends(text, run[1])] or runs
    runs = [run for run in runs if not overlaps(run, covered)]
    frame = [(word.start, word.end) for word in text.words if not overlaps((word.start, word.end), runs)]
    own = segments(text, [*covered, *frame], setting.vocabulary, setting.holdings) if runs else []
    if own and [(one.start, one.end) for one in own] != [(one.start, one.end) for one in found]:
        taken = [(one.start, one.end) for one in own]
        yield own, [rest for one in found if (rest := _rest(text, one, taken))]


def _rest(text: Text, one: Segment, taken: Sequence[Span]) -> Segment | None:
    """What a segment holds beside the spans taken."""
    if not overlaps((one.start, one.end), taken):
        return one
    words = [word for word in text.between(one.start, one.end) if not overlaps((word.start, word.end), taken)]
    words = [word for word in words if not is_empty(word.low)]
    said = " ".join(text.raw[word.start : word.end] for word in words)
    return replace(one, start=words[0].start, end=words[-1].end, words=said, marked=True, terms=()) if words else None


def _ends(text: Text, place: int) -> bool:
    """Whether a sentence ends after a place and another follows."""
    return any(at >= place and mark in ".!?;" and text.low[at + 1 :].strip() for at, mark in text.stops)


_SAYS = (Role.STATE, Role.TIME, Role.ASKED)
_MAY_BE_DOUBTED: dict[Kind, tuple[Role, ...]] = {
    Kind.OWNER: (Role.OWNER,),
    Kind.GAP: (Role.STATE, Role.OWNER, Role.ASKED),
    **dict.fromkeys((Kind.STATE, Kind.LATE, Kind.COLOUR, Kind.FLAG, Kind.DUE, Kind.START, Kind.COMPLETED), _SAYS),
}


def doubted(spot: Spot, pieces: Pieces) -> bool:
    """Whether the words of a filter do something else, as other questions teach; of an owner, that they do nothing."""
    learnt, roles = pieces.roles, _MAY_BE_DOUBTED.get(spot.kind)
    if not learnt or not roles:
        return False
    named = spot.kind is Kind.OWNER and learnt.share(spot.start, spot.end, (Role.FRAME,)) < FRAME
    return not named and learnt.likeliest(spot.start, spot.end, roles) < DOUBTED


def heard(pieces: Pieces) -> tuple[Spot, ...]:
    """The filters but for those that are doubted, with states that other questions teach and that rows are the object
    of: "finished any of its actions"."""
    kept, text = [spot for spot in pieces.spots if not doubted(spot, pieces)], pieces.text
    rows = [text.span(hit)[0] for hit in text.of("rows")]
    for spot in pieces.loose if pieces.roles and not pieces.doubt else ():
        of_rows = any(all(is_empty(one.low) for one in text.between(spot.end, at)) for at in rows if at > spot.end)
        apart = of_rows and not overlaps((spot.start, spot.end), ends(kept))
        if apart and pieces.roles and pieces.roles.likeliest(spot.start, spot.end, (Role.STATE,)) > STATE:
            kept.append(spot)
    return tuple(sorted(kept, key=lambda spot: spot.start))


def left_out(pieces: Pieces, chosen: Sequence[Segment], left: Sequence[Segment], filtered: bool) -> tuple[Left, ...]:
    """What a reading leaves out: of the segments those that are more than the frame of the question. `filtered`: the
    reading names rows."""
    learnt, text = pieces.roles, pieces.text

    def tells(one: Segment) -> bool:
        words = text.between(one.start, one.end)
        names = any(is_name(text, word) or word.low in NUMBERS or word.low.isdigit() for word in words)
        return names or one.joined or not learnt or learnt.share(one.start, one.end, (Role.FRAME,)) < FRAME

    return *(left_of(one, chosen, filtered) for one in left if tells(one)), *pieces.unread


def unheld_plan(pieces: Pieces, spots: Sequence[Spot], setting: Setting) -> str:
    """A name that stands where an authority or, as other questions teach, a plan does, and that is found in none."""
    if pieces.scope.documents:
        return ""
    text, words = pieces.text, setting.holdings.words
    rest = take_all(text.low, [*ends(spots), *pieces.scope.spans])
    if place := unknown_place(text.raw, rest, setting.holdings):
        return place
    explained = [*pieces.scope.spans, *ends(pieces.spots), *pieces.spans]
    for run in pieces.roles.runs(Role.PLAN) if pieces.roles else ():
        said = text.between(*run)
        named = len(said) > 1 and all(is_name(text, word) and word.low not in words for word in said)
        if named and not overlaps(run, explained):
            return text.raw[slice(*run)]
    return ""


def misread(pieces: Pieces, spots: Sequence[Spot], chosen: Sequence[Segment], left: Sequence[Segment]) -> float:
    """What the learnt roles of the words tell against a reading; what it leaves out by name is charged elsewhere."""
    if not pieces.roles:
        return 0.0
    named = [(one.start, one.end) for one in chosen]
    filters = [((spot.start, spot.end), roles_of_kind(spot.kind)) for spot in spots if spot.kind is not Kind.SUBJECT]
    unused = [spot for spot in pieces.spots if spot not in spots]
    explained = [*pieces.scope.spans, *pieces.spans, *pieces.shared_spans, *ends(unused)]
    explained += [(one.start, one.end) for one in left]
    explained += [*(pieces.doubt.spans if pieces.doubt else ()), *([pieces.total] if pieces.total else ())]
    return pieces.roles.against(named, filters, explained)


# ---------------------------------------------------------------- what is asked, from the meaning of the words, the names put aside

WEIGHTS = Path(__file__).parents[1] / "data" / "ways.npz"
_STAND_INS = {
    Kind.REF: "1.2",
    Kind.SECTION: "the section",
    Kind.OWNER: "the manager",
    Kind.DUE: "in May",
    Kind.START: "in May",
    Kind.COMPLETED: "in May",
}
_FIELDS = ("date", "lookup", "status", "owner", "progress")
"""Of these the field that is asked for is part of the way of asking."""
_AT_MOST, _PROPOSED = -1.5, -0.5
"""How unlikely a way can seem, as a logarithm, so that what a recogniser is sure of stands; and how near the likeliest one
must be to be proposed."""


def way_of(plan: QueryPlan) -> Way:
    """How a plan answers: its intent, the kind of fact and the field that are wanted."""
    asked = plan.asked_of.value if plan.asked_of and plan.intent in _FIELDS else ""
    return plan.intent.value, plan.wanted.value if plan.wanted else "", asked


def nameless(pieces: Pieces, setting: Setting) -> str:
    """The question with a word of the same kind for each plan, owner, date and subject that it names."""
    text = pieces.text
    found = [(start, end, "the plan") for start, end in pieces.scope.spans]
    found += [(spot.start, spot.end, _STAND_INS[spot.kind]) for spot in pieces.spots if spot.kind in _STAND_INS]
    spans = [(start, end) for start, end, _ in found] + [(spot.start, spot.end) for spot in pieces.spots]
    spans += [*pieces.spans, *(text.span(hit) for hit in text.hits)]
    subjects = segments(text, spans, setting.vocabulary, setting.holdings)
    found += [(one.start, one.end, "this subject") for one in subjects if one.known]
    said, at = "", len(text.raw)
    for start, end, words in sorted(found, reverse=True):
        if end <= at:
            said, at = f"{words}{text.raw[end:at]}{said}", start
    return " ".join(f"{text.raw[:at]}{said}".split())


@cache
def _learnt() -> tuple[str, tuple[Way, ...], Any]:
    import numpy as np

    with np.load(WEIGHTS) as kept:
        ways = tuple((intent, wanted, asked) for intent, wanted, asked in kept["ways"].tolist())
        return str(kept["model"]), ways, kept["weights"].astype(np.float32)


def opinion(pieces: Pieces, setting: Setting) -> Mapping[Way, float]:
    """For each way of asking how much less likely it is than the likeliest, as a logarithm: at most 0. Empty where
    there is no encoder, or another than the one that it was learnt with."""
    if not setting.encoder or (embedder := setting.encoder()).model != _learnt()[0]:
        return {}
    _, ways, weights = _learnt()
    [vector] = embedder.embed([nameless(pieces, setting)])
    scores = vector @ weights[:-1] + weights[-1]
    return dict(zip(ways, (float(score) for score in scores - scores.max()), strict=True))


def doubt(views: Mapping[Way, float], way: Way) -> float:
    """How much less likely a way of asking is than the likeliest: at most 0; one that no question taught is as likely
    as its intent alone."""
    alike = [view for known, view in views.items() if known[0] == way[0]]
    return max(views.get(way, max(alike, default=0.0)), _AT_MOST) if views else 0.0


def proposals(views: Mapping[Way, float], known: Sequence[Asking], named: Named, particular: bool) -> Iterator[Asking]:
    """The likeliest ways of asking that no recogniser has proposed. Prose at large is none where rows are singled out
    or listed, or it is asked whether something is so."""
    proposed = {(one.intent, one.wanted) for one in known}
    if named.has(Kind.LATE, Kind.COLOUR, Kind.GAP, Kind.OWNER) or any(
        one.polar or (one.by == "list" and one.score > WEAK) for one in known
    ):
        proposed.add((Intent.NARRATIVE, None))
    for (intent, wanted, asked), view in views.items():
        own = Intent(intent), Wanted(wanted) if wanted else None
        if view >= _PROPOSED and own[0] in _ASKABLE and own not in proposed:
            fields = (Field(asked),) if asked else ()
            yield Asking(own[0], fields, own[1], particular=particular, score=LIKELY - 0.5, by="opinion")


_ASKABLE = (Intent.LIST, Intent.COUNT, Intent.OWNER, Intent.DATE, Intent.STATUS, Intent.LOOKUP, Intent.NARRATIVE)
