"""How much of a theme each row states in words."""

import math
from collections.abc import Mapping, Sequence
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
    known: dict[tuple[int, ...], Stated] = {}
    found = {}
    for index, said in rows.said(unit.concepts, unit.term, unit.stem).items():
        own = tuple([id(one) for one in said])  # rows share what one text of theirs says
        found[index] = known[own] if own in known else known.setdefault(own, _together(said))
    return found


def _together(said: Sequence[Said]) -> Stated:
    """What the mentions in one row come to. A doubtful mention counts in full where the intended result, which is
    written for this row, states the same beyond doubt."""
    own = max((one for one in said if one.place is not Place.RESULT), key=_telling, default=None)
    result = max((one for one in said if one.place is Place.RESULT), key=_telling, default=None)
    if own is None:
        assert result is not None
        return Stated(RESULT_STRENGTH * result.strength, f"its measure or intended result says “{result.words}”")
    sure = result is not None and result.strength >= 1
    return Stated(1.0 if sure else own.strength, f"{_WHERE[own.place]} “{own.words}”")


def _telling(said: Said) -> tuple[float, int]:
    return said.strength, -said.place
