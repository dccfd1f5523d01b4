"""The abbreviations of an answer with what they stand for and who says so; one that nobody defines is left alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.templates import place_address
from assistant.answer import Answer
from assistant.desk import Desk
from assistant.records import KeyKind, PlanKey

_ABBREVIATION = re.compile(r"\b(?:[A-Z]{2,6}|[A-Z][a-z]?[A-Z]{1,3})(?=s?\b)")
_MOST = 12


@dataclass(frozen=True, slots=True)
class Explained:
    """A term, what it means, who says so, and where that stands; no address for the glossary of the service."""

    term: str
    meaning: str
    by: str
    address: str = ""


def words_explained(answer: Answer, desk: Desk) -> list[Explained]:
    """Each abbreviation of the answer that a plan's own list or the glossary defines, in the order of the text."""
    cells = [cell for row in (answer.table.rows if answer.table else ()) for cell in row.cells]
    text = " ".join([answer.answer, *cells])
    cited = {one.document for one in answer.citations}
    keys: dict[str, list[PlanKey]] = {}
    for key in desk.view.keys:
        if key.kind is KeyKind.ABBREVIATION:
            keys.setdefault(key.term.casefold(), []).append(key)
    found: list[Explained] = []
    for term in dict.fromkeys(_ABBREVIATION.findall(text)):
        found += _of_plans(keys.get(term.casefold(), ()), cited, desk) or _of_glossary(term, desk.explain(term))
    return found[:_MOST]


def _of_plans(keys: Sequence[PlanKey], cited: set[str], desk: Desk) -> list[Explained]:
    own = [key for key in keys if key.document in cited] or keys
    distinct: Mapping[str, PlanKey] = {key.meaning.casefold(): key for key in reversed(own)}
    return [_of_plan(key, desk) for key in reversed(list(distinct.values()))]


def _of_plan(key: PlanKey, desk: Desk) -> Explained:
    source = desk.view.sources[key.document]
    return Explained(key.term, key.meaning, source.title, place_address(source.id, key.locator))


def _of_glossary(term: str, meanings: Sequence[str]) -> list[Explained]:
    if not meanings:
        return []
    whose = "the glossary of this service; the plans of this answer do not say"
    return [Explained(term, " or ".join(meanings), whose)]
