"""A second opinion on what a question asks, learnt from labelled questions: from the meaning of its words, its names
put aside. `tests.evaluation.ways` makes the weights."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from assistant.conditions import Field
from assistant.planner.candidates.subject import segments
from assistant.planner.candidates.ways import LIKELY, WEAK, Asking, Named, Way
from assistant.planner.pieces import Pieces, Setting
from assistant.planner.spots import Kind
from assistant.query_plan import Intent, QueryPlan, Wanted

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
