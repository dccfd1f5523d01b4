"""How much of a theme each row states in words."""

import math
from collections.abc import Mapping, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

from assistant.themes.prepared import Place, PreparedRows, Said
from assistant.themes.reading import Unit

RESULT_STRENGTH = 0.4
"""What a mention in a success measure or an intended result counts for, when the row says nothing of it itself."""

_WHERE = {Place.ACTION: "says", Place.RECOMMENDATION: "stands under", Place.SECTION: "stands in the section"}


class Stated(NamedTuple):
    """How much of a theme a row states, in [0, 1], and how, in words."""

    score: float
    reason: str


def stated(units: Sequence[Unit], rows: PreparedRows) -> dict[int, Stated]:
    """By row, the share of the units that it states, each weighed by how rare it is."""
    found = [_said(unit, rows) for unit in units]
    weights = [_weight(said, len(rows.ids)) for said in found]
    total = sum(weights)
    scores: dict[int, Stated] = {}
    known: dict[tuple[Stated | None, ...], Stated] = {}
    for index in {index for said in found for index in said}:
        each = tuple([said.get(index) for said in found])
        one = known.get(each)
        if one is None:
            own = [(weight, said) for weight, said in zip(weights, each, strict=True) if said]
            reason = "; ".join(dict.fromkeys(said.reason for _, said in own))
            one = known[each] = Stated(sum(weight * said.score for weight, said in own) / total, reason)
        scores[index] = one
    return scores


def weight_of(stem: str, rows: PreparedRows) -> float:
    """How much a word counts: the more, the fewer rows say it."""
    return _weight(_said(Unit("", stem=stem), rows), len(rows.ids))


def _weight(said: Mapping[int, Stated], rows: int) -> float:
    count = sum(1 for one in said.values() if one.score >= 1)
    return max(0.5, math.log((rows + 1) / (count + 0.5)))


def _said(unit: Unit, rows: PreparedRows) -> dict[int, Stated]:
    """What the mentions in each row come to: the most telling one, and of such the first. A doubtful mention counts in
    full where the intended result, which is written for this row, states the same beyond doubt."""
    own: dict[int, Stated] = {}
    result: dict[int, Stated] = {}
    told = list(rows.said(unit.concepts, unit.term, unit.stem))
    told.reverse()
    for said, alike in groupby(sorted(told, key=_telling), key=itemgetter(0)):
        indices = chain.from_iterable(rows for _, rows in alike)
        if said.place is Place.RESULT:
            words = f"its measure or intended result says “{said.words}”"
            result |= dict.fromkeys(indices, Stated(RESULT_STRENGTH * said.strength, words))
        else:
            own |= dict.fromkeys(indices, Stated(said.strength, f"{_WHERE[said.place]} “{said.words}”"))
    sure = {at: Stated(1.0, own[at].reason) for at, one in result.items() if at in own and one.score >= RESULT_STRENGTH}
    return result | own | sure


def _telling(one: tuple[Said, Sequence[int]]) -> tuple[float, int]:
    return one[0].strength, -one[0].place
