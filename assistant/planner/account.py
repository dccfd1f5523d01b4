"""What the chosen reading loses of its question: words that a recogniser is sure of, and that nothing in the plan says."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise

from assistant.conditions import EVERYTHING, Field, conditions_of
from assistant.lexicon import Hit, plain, small
from assistant.planner.holdings import Holdings
from assistant.planner.text import Text
from assistant.planner.wording import FUNCTION_WORDS
from assistant.query_plan import Intent, QueryPlan

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
