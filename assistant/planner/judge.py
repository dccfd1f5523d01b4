"""Which of several readings answers: the one that explains most, on the surest words, and that the register bears out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from assistant.conditions import COMPLETE, EVERYTHING, Condition, Field, Operator, Without, parts_of
from assistant.lexicon import words_of
from assistant.planner.candidates.subject import is_empty
from assistant.planner.followup import Turn
from assistant.planner.opinion import doubt, way_of
from assistant.planner.sketch import Sketch
from assistant.query_plan import Intent, Lateness, QueryPlan, Theme
from assistant.records import Action


class Tried(NamedTuple):
    """What a plan finds: rows on its subject, and those of them that pass all its filters."""

    subject: int
    rows: int


class Trial(Protocol):
    """Runs a plan without telling anybody."""

    def try_plan(self, plan: QueryPlan) -> Tried:
        """How many rows the plan finds."""

    def rows_of(self, plan: QueryPlan) -> Sequence[Action]:
        """The rows themselves."""


LEFT_WEAK, LEFT_STRONG = 0.6, 2.4
"""What a reading loses for a word that it leaves unexplained: one that may mean little, one that names something."""
NOT_HELD = 1.0
"""What it loses for each of several subjects side by side that no row is on: it is better left out, and named."""
CONTRADICTS = 3.0
"""What it loses where no row can be so."""
HELD, NOTHING_LEFT, UNRESTRICTED = 2.0, 1.0, 1.5
"""What it gains for a subject that rows are on, or for needing none; and loses for asking of everything instead."""
OPINION = 0.4
"""What it loses for each step by which it is less likely than another, as a logarithm, by what other questions teach."""
MISREAD = 0.25
"""What it loses for each step by which the roles that it gives to words are unlikely, as a logarithm."""
CLOSE = 0.3
"""Readings that lie so near the best are offered beside it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A reading with its plan and its score."""

    reading: Turn
    plan: QueryPlan
    score: float


def judged(
    readings: Iterable[Turn],
    plan_of: Callable[[Turn], QueryPlan],
    trial: Trial | None,
    loses: Callable[[Turn, QueryPlan], int] = lambda *_: 0,
) -> list[Judged]:
    """The readings with their scores, the best first; of equal ones the one that was proposed first. Args: loses, how
    many words that a recogniser is sure of a plan does not say."""
    found: list[Judged] = []
    best = float("-inf")
    for reading in readings:
        sketch = reading.sketch
        if sketch.asking.score + HELD + NOTHING_LEFT - _lost(sketch) - MISREAD * sketch.misread <= best:
            continue
        plan = plan_of(reading)
        score = _score(sketch, plan, trial) - LEFT_STRONG * loses(reading, plan)
        best = max(best, score)
        found.append(Judged(reading, plan, score))
    return sorted(found, key=lambda one: -one.score)


def _lost(sketch: Sketch, holds: Callable[[str], bool] = lambda _: False) -> float:
    """What the words that are left out cost. A side remark that no row speaks of is cheap to leave out, unless it is
    most of what the question names, or the question is whether something is so."""
    outweighed = sum(_naming(one.words) for one in sketch.left if one.strong) > _kept(sketch)
    dear = outweighed or sketch.asking.polar
    return sum(
        LEFT_STRONG if one.strong and (dear or not one.beside or holds(one.words)) else LEFT_WEAK for one in sketch.left
    )


def _naming(words: str) -> int:
    """How many words name something."""
    return sum(not is_empty(word.low) for word in words_of(words)) or 1


def _kept(sketch: Sketch) -> int:
    """How many words and filters a reading keeps of what the question names."""
    themes = [one.words for theme in (*sketch.themes, *sketch.without) for one in (theme, *theme.alternatives)]
    return sum(map(_naming, themes)) + len(sketch.parts) + bool(sketch.lateness or sketch.order.group)


def empty_by_nature(plan: QueryPlan) -> bool:
    """Whether no row can pass: something and its opposite, complete and overdue, two values of one field."""
    parts = parts_of(plan.where)
    held: dict[Field, set[object]] = {}
    for part in parts:
        if isinstance(part, Without) and part.part in parts:
            return True
        if isinstance(part, Condition) and part.operator is Operator.IS:
            held[part.field] = held.get(part.field, set(part.values)) & set(part.values)
    late = plan.lateness is Lateness.OVERDUE and held.get(Field.STATUS) == set(COMPLETE.values)
    return late or any(not values for values in held.values())


def _score(sketch: Sketch, plan: QueryPlan, trial: Trial | None) -> float:
    def holds(words: str) -> bool:
        alone = replace(plan, intent=Intent.LIST, where=EVERYTHING, lateness=None, without_themes=())
        return trial is None or bool(trial.try_plan(replace(alone, themes=(Theme(words),), group_by=None)).subject)

    score = sketch.asking.score + OPINION * doubt(sketch.views, way_of(plan))
    score -= MISREAD * sketch.misread + _lost(sketch, holds) + (CONTRADICTS if empty_by_nature(plan) else 0)
    several = [one.words for theme in plan.themes if theme.alternatives for one in (theme, *theme.alternatives)]
    held = [words for words in several if holds(words)]
    score -= NOT_HELD * (len(several) - len(held)) if held and plan.intent is not Intent.COMPARE else 0
    if plan.intent is Intent.NARRATIVE:
        return score + (HELD if not sketch.left else NOTHING_LEFT)
    if sketch.elsewhere:
        return score + (HELD if trial is not None and trial.try_plan(plan).rows else -HELD)
    if not plan.themes:
        restricts = plan.where != EVERYTHING or plan.lateness or plan.group_by or plan.without_themes
        lost = HELD - NOTHING_LEFT + (0 if restricts else UNRESTRICTED)
        return score + HELD - (lost if sketch.left else 0)
    if trial is None:
        return score + HELD
    tried = trial.try_plan(plan)
    return score + (HELD if tried.subject else 0.0) + (0.2 if tried.rows else 0.0)


def close_seconds(found: Sequence[Judged]) -> list[Judged]:
    """Readings that come close to the best and would answer otherwise."""
    best = found[0]
    seen, near = [_core(best.plan)], []
    for other in found[1:]:
        if best.score - other.score <= CLOSE and _core(other.plan) not in seen:
            seen.append(_core(other.plan))
            near.append(other)
    return near


def _core(plan: QueryPlan) -> tuple[object, ...]:
    asked = frozenset((plan.asked_of, *plan.also_asked)) if plan.also_asked else plan.intent
    return asked, plan.documents, plan.themes, plan.without_themes, plan.where, plan.lateness, plan.group_by
