"""States in the plans' own words: the meaning of a colour, as its key has it, and statuses such as "Slipped"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.conditions import Condition, Every, Field, Filter, Operator
from assistant.planner.holdings import Held
from assistant.planner.naming import is_empty
from assistant.planner.spots import Kind, Spot
from assistant.planner.states import ROW_NOUN
from assistant.planner.wording import FUNCTION_WORDS, TAKEN, literal, pattern, plain
from assistant.vocabulary import stem

_ENOUGH, _FEWEST = 0.75, 3
"""The share of a meaning's words that a question must say, and the fewest of them."""
_GAP = 6
"""So many other words may stand between two of them."""
_WORD = re.compile(r"[a-z][a-z'-]+")
_COMMON = frozenset(
    {
        "complete",
        "completed",
        "progress",
        "started",
        "track",
        "overdue",
        "ongoing",
        "green",
        "amber",
        "red",
        "blue",
        "yellow",
    }
)
"""Statuses that every plan has and that the rules read by what they mean."""


def spot_meanings(low: str, sources: Sequence[Held]) -> Iterator[Spot]:
    """A colour by the meaning that the key of one of these plans gives it: "delivered but no evidence yet"."""
    words = [
        (stem(match.group()), *match.span()) for match in _WORD.finditer(low) if match.group() not in FUNCTION_WORDS
    ]
    found: list[tuple[int, int, Filter]] = []
    for source in sources:
        for colour, meaning in source.meanings:
            if place := _said(meaning, words, low):
                own = Condition(Field.DOCUMENT, Operator.IS, (source.document,))
                rated = Condition(Field.RAG, Operator.IS, (colour,))
                found.append((*place, Every((own, rated)) if len(sources) > 1 else rated))
    if len(found) == 1 or (found and len({place[:2] for place in found}) == len(found)):
        yield from (Spot(start, end, Kind.COLOUR, condition) for start, end, condition in found)


def _said(meaning: str, words: Sequence[tuple[str, int, int]], low: str) -> tuple[int, int] | None:
    """Where the question says most of the meaning, near together."""
    wanted = {stem(word) for word in _WORD.findall(plain(meaning)) if word not in FUNCTION_WORDS}
    places = [at for at, (one, _, _) in enumerate(words) if one in wanted]
    runs: list[list[int]] = []
    for at in places:
        if runs and at - runs[-1][-1] <= _GAP and TAKEN not in low[words[runs[-1][-1]][2] : words[at][1]]:
            runs[-1].append(at)
        else:
            runs.append([at])
    for run in runs:
        said = {words[at][0] for at in run}
        if len(said) >= _FEWEST and len(said) >= _ENOUGH * len(wanted):
            return words[run[0]][1], words[run[-1]][2]
    return None


def spot_own_states(low: str, sources: Sequence[Held]) -> Iterator[Spot]:
    """A status of one word that these plans write and the rules do not know, said of rows: "have slipped", "paused ones"."""
    texts = {plain(text).strip(" .") for source in sources for text in source.status_texts}
    for text in sorted(texts):
        if not re.fullmatch(r"[a-z]{5,}", text) or text in _COMMON or is_empty(text):
            continue
        for match in pattern(
            rf"(?:is|are|was|were|has|have|had|be|been|marked|shown|rated|which|that|or|and)(?: (?:now|all|either|also|been))* (?P<after>{literal(text)})",
            rf"(?P<before>{literal(text)}) {ROW_NOUN}",
        ).finditer(low):
            span = match.span("after" if match.group("after") else "before")
            yield Spot(*span, Kind.STATE, Condition(Field.STATUS_TEXT, Operator.CONTAINS, (text,)))
            break
