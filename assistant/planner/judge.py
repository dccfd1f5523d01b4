"""Which of several readings answers: the one that explains most, on the surest words, and that the register bears out; and what
the one that is chosen loses."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple, Protocol

from assistant.conditions import COMPLETE, EVERYTHING, Condition, Field, Operator, Without, conditions_of, parts_of
from assistant.lexicon import Hit, plain, small, words_of
from assistant.planner.candidates.subject import is_empty
from assistant.planner.followup import Turn
from assistant.planner.holdings import Holdings
from assistant.planner.learnt import doubt, way_of
from assistant.planner.sketch import Sketch
from assistant.planner.text import FUNCTION_WORDS, Text
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


# ---------------------------------------------------------------- words that a recogniser is sure of, and that nothing in the plan says

_OF_ROWS = frozenset({Intent.LIST, Intent.COUNT, Intent.EXTREME, Intent.GROUP, Intent.OWNER, Intent.DATE})
"""Intents whose plans say by their filters, groups and orders alone which rows they mean."""
_OF_ALL = frozenset({Intent.LIST, Intent.COUNT})
_IDLE = frozenset({"rows", "docs", "courtesy", "ask", "people"})
"""What the words of a question for all rows may be."""
_SAID_BY: dict[str, frozenset[Field]] = {
    "state": frozenset({Field.STATUS, Field.STATUS_TEXT, Field.COMPLETED_ON, Field.RAG}),
    "colour": frozenset({Field.RAG, Field.STATUS}),
    "time": frozenset({Field.DUE, Field.DAYS_LATE, Field.COMPLETED_ON, Field.STATUS, Field.RAG}),
}


def lost(asked: str, plan: QueryPlan, holdings: Holdings) -> tuple[str, ...]:
    """The words of a question that say a state, a colour or lateness where the plan does not; of one that is read as
    all rows, every word that says more than that."""
    if plan.intent not in _OF_ROWS or plan.wanted:
        return ()
    if plan.intent in _OF_ALL and not _restricts(plan):
        return _beyond_all(asked, holdings)
    said, themes = _fields_said(plan), _subjects(plan)
    if plan.measures:  # columns of each group: "the complete ones and the overdue ones"
        return ()

    def is_said(words: str, role: str) -> bool:
        judged = role == "time" and _judges(plan)
        return judged or not said.isdisjoint(_SAID_BY[role]) or any(words in one for one in themes)

    return tuple(words for words, role in _atoms(asked) if not is_said(words, role))


def _restricts(plan: QueryPlan) -> bool:
    chosen = (plan.group_by, plan.order, plan.first, plan.nth, plan.bound, plan.less, plan.lateness)
    named = plan.themes or plan.without_themes or plan.sides or plan.terms or plan.where != EVERYTHING
    return bool(named or any(chosen) or plan.shared_ownership is not None)


@lru_cache(maxsize=512)
def _beyond_all(asked: str, holdings: Holdings) -> tuple[str, ...]:
    text = Text(asked)
    names = {word for held in holdings.sources for word in re.findall(r"\w+", plain(f"{held.title} {held.authority}"))}
    idle = {n for hit in text.hits if hit.role in _IDLE for n in range(hit.first, hit.last)}
    told = [n for n, word in enumerate(text.words) if n not in idle and _tells(word.low.removesuffix("'s"), names)]
    runs = [list(run) for _, run in groupby(enumerate(told), key=lambda at: _gap(text, told, at[0]))]
    return tuple(text.raw[slice(*text.span_of(run[0][1], run[-1][1] + 1))] for run in runs)


def _tells(word: str, names: set[str]) -> bool:
    return word.isalpha() and word not in FUNCTION_WORDS | small("scope_every") | names


def _gap(text: Text, told: list[int], at: int) -> int:
    """How many times, up to one of some words, more than small words stand between it and the one before."""
    apart = (
        {word.low for word in text.words[one + 1 : other]} - FUNCTION_WORDS for one, other in pairwise(told[: at + 1])
    )
    return sum(map(bool, apart))


@lru_cache(maxsize=512)
def _atoms(asked: str) -> tuple[tuple[str, str], ...]:
    text = Text(asked)
    late = ("off_track", "at_risk")  # what slips is late
    return tuple((text.low[slice(*text.span(hit))], "time" if hit.concept in late else hit.role) for hit in _sure(text))


def _sure(text: Text) -> Iterator[Hit]:
    """A part of longer words says nothing of its own: "should have been finished" is late, "no completion date" a gap."""
    fields = text.of("field")
    for hit in (hit for role in _SAID_BY for hit in text.of(role, sure=True)):
        longer = any(one.first <= hit.first and hit.last <= one.last and one.length > hit.length for one in text.hits)
        if not (longer or hit.concept == "soon" or any(one.first < hit.last < one.last for one in fields)):
            yield hit


def _judges(plan: QueryPlan) -> bool:
    return plan.lateness is not None or any(
        map(_judges, (*plan.sides, *plan.also, *([plan.less] if plan.less else [])))
    )


def _subjects(plan: QueryPlan) -> list[str]:
    plans = [plan, *plan.sides, *plan.also, *([plan.less] if plan.less else [])]
    themes = [theme for one in plans for theme in (*one.themes, *one.without_themes)]
    return [one.words.lower() for theme in themes for one in (theme, *theme.alternatives)]


def _fields_said(plan: QueryPlan) -> set[Field]:
    """The fields that a plan tests, asks for, groups or orders by, with those of its parts."""
    parts = (*plan.sides, *plan.also, *([plan.less] if plan.less else []))
    found = {
        test.field for claim in (plan.where, *(one.claim for one in plan.premises)) for test in conditions_of(claim)
    }
    found |= {one for one in (plan.asked_of, *plan.also_asked, plan.group_by, plan.then_by, plan.order) if one}
    return found.union(*map(_fields_said, parts)) if parts else found
