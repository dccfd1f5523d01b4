"""Every row made ready for questions: which ideas and which words it states, and where."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

from assistant.records import Action
from assistant.themes.reading import Unit
from assistant.vocabulary import GENERAL, Kind, Repairer, Vocabulary, split_words

_ORIGIN = re.compile(
    r"\b(?:findings?|surveys?|trackers?|logs?|minutes)\b"
    r"|\b(?:recommendations|actions|points|lessons) (?:from|of|following)\b"
    r"|^\s*from\b",
    re.IGNORECASE,
)
"""Headings that say where rows come from, not what they are about."""
_DATED_TAIL = re.compile(
    r"(?<=[.!?:;)])\s+(?P<tail>[^.!?:;]{3,60}\b(?:19|20)\d\d(?:\s?[/–-]\s?\d\d(?:\d\d)?)?)\s*\.?\s*$"
)
"""The end of a heading that names the review or the year that it comes from: "Peer review – Jan 2025"."""
_ITEM = re.compile(r"•|\n\s*[-*]\s")
"""The start of an item in a heading that is a list."""
_ORIGIN_STRENGTH = 0.5
_WEAK = 0.5
_KEPT_AT_MOST = 4_096
RESULT_STRENGTH = 0.4
"""What a mention in a success measure or an intended result counts for, when the row says nothing of it itself."""


class Place(IntEnum):
    """Where in a row something is said, the most telling first."""

    ACTION = 0
    RECOMMENDATION = 1
    SECTION = 2
    RESULT = 3


class Said(NamedTuple):
    """Something that a row says: how surely, in [0, 1], where, and in which words."""

    strength: float
    place: Place
    words: str


@dataclass(frozen=True, slots=True)
class _Text:
    """What one text says: concept to how surely and in which words, stem to the word as it stands, and the
    glossary's terms in it. `subjects` are the concepts that stand side by side."""

    concepts: Mapping[str, tuple[float, str]]
    stems: Mapping[str, str]
    terms: Mapping[str, str]
    subjects: frozenset[str]


class _Use(NamedTuple):
    """How a text stands in rows: how much a mention in it counts, and the concepts that the rows leave aside."""

    place: Place
    factor: float
    aside: frozenset[str]


_Texts = dict[tuple[str, str], _Text]
_Used = tuple[_Text, dict[_Use, list[int]]]


class _Kept(NamedTuple):
    """What the texts of one document were read as, and all that this depends on."""

    rows: tuple[Action, ...]
    known: object
    texts: _Texts


_KEPT: dict[str, _Kept] = {}
"""By document, as read last: a load of one plan leaves the others as they were."""


class PreparedRows:
    """The rows of one state of the register. Each text is read once, however many rows share it, and a document that
    stays as it was is not read again in the next state."""

    def __init__(self, actions: Sequence[Action], vocabulary: Vocabulary) -> None:
        self.ids = tuple(action.id for action in actions)
        self._vocabulary = vocabulary
        self._texts: _Texts = {}
        changed: list[Action] = []
        known = vocabulary.abbreviations()
        now: dict[str, _Kept] = {}
        for document, group in groupby(actions, key=lambda action: action.document):
            own = _Kept(tuple(group), (known, vocabulary.own(document)), {})
            before = _KEPT.get(document)
            # the register gives the very rows again for a document that did not change
            if before and before.known == own.known and list(map(id, before.rows)) == list(map(id, own.rows)):
                self._texts |= before.texts
            else:
                changed += own.rows
            now[document] = own
        self._repairers = repairers(changed, vocabulary)
        uses: dict[tuple[str, str], dict[_Use, list[int]]] = defaultdict(dict)
        for index, action in enumerate(actions):
            for place, text, factor in parts(action):
                said = self._read(action.document, text)
                aside = self._other_subjects(action, place, text, said)
                uses[(action.document, text)].setdefault(_Use(place, factor, aside), []).append(index)
        for key, read in self._texts.items():
            now[key[0]].texts[key] = read
        if len(_KEPT) > _KEPT_AT_MOST:
            _KEPT.clear()
        _KEPT.update(now)
        used = [(text, uses[key]) for key, text in self._texts.items()]
        self._concepts = _index((one, one[0].concepts) for one in used)
        self._stems = _index((one, one[0].stems) for one in used)
        self._terms = _index((one, one[0].terms) for one in used)

    def said(
        self, concepts: Iterable[str] = (), term: str = "", stem: str = ""
    ) -> Iterator[tuple[Said, Sequence[int]]]:
        """Everything that is said of these concepts, in this term of the glossary, or with this stem, each with the
        rows that say it."""
        concepts = frozenset(concepts)
        of_texts = (
            *((uses, *text.concepts[c], {c}) for c in sorted(concepts) for text, uses in self._concepts.get(c, ())),
            *((uses, 1.0, text.terms[term], concepts) for text, uses in self._terms.get(term, ())),
            *((uses, 1.0, text.stems[stem], frozenset[str]()) for text, uses in self._stems.get(stem, ())),
        )
        for uses, strength, words, about in of_texts:
            for use, rows in uses.items():
                sure = min(strength, _WEAK) if about & use.aside else strength
                yield Said(sure * use.factor, use.place, words), rows

    def _other_subjects(self, action: Action, place: Place, text: str, heading: _Text) -> frozenset[str]:
        """The subjects of a heading of several that a row leaves aside, since it is about another of them: of a
        section ("Missing and exploited children") above a recommendation, or of a recommendation that is a list."""
        over_others = place is Place.SECTION and action.recommendation
        a_list = place is Place.RECOMMENDATION and len(_ITEM.findall(text)) > 1
        if not (over_others or a_list) or len(heading.subjects) < 2:
            return frozenset()
        own_texts = (action.action_parent, action.action, action.recommendation if over_others else None)
        own = {concept for own in own_texts if own for concept in self._read(action.document, own).concepts}
        stated = {concept for concept in heading.subjects if own & self._vocabulary.narrower(concept)}
        return heading.subjects - stated if stated else frozenset()

    def _read(self, document: str, text: str) -> _Text:
        if (document, text) not in self._texts:
            self._texts[(document, text)] = self._read_new(document, text)
        return self._texts[(document, text)]

    def _read_new(self, document: str, text: str) -> _Text:
        text = self._repairers[document].mend(text)
        words = split_words(text)
        concepts: dict[str, tuple[float, str]] = {}
        terms: dict[str, str] = {}
        for match in self._vocabulary.matches(words, document):
            sure = not match.term.weak and match.term.kind is not Kind.LAY
            strength = 1.0 if sure else _WEAK
            said = text[words[match.first].start : words[match.last - 1].end]
            terms[f"{match.term.kind}:{match.term.text}"] = said
            if strength > concepts.get(match.concept, (0.0, ""))[0]:
                concepts[match.concept] = (strength, said)
        stated = {name for name, (strength, _) in concepts.items() if strength >= 1} - GENERAL
        wider = {wide for name in stated for wide in self._vocabulary.broader(name) if wide != name}
        return _Text(concepts, {word.stem: word.text for word in reversed(words)}, terms, frozenset(stated - wider))


def _index(texts: Iterable[tuple[_Used, Iterable[str]]]) -> dict[str, list[_Used]]:
    """The texts that say each thing."""
    index: dict[str, list[_Used]] = defaultdict(list)
    for used, said in texts:
        for thing in said:
            index[thing].append(used)
    return index


def repairers(actions: Sequence[Action], vocabulary: Vocabulary) -> dict[str, Repairer]:
    """What mends the spoilt words of each document, by its owners' names."""
    texts: dict[str, set[str]] = {action.document: set() for action in actions}
    roles: dict[str, set[str]] = {action.document: set() for action in actions}
    for action in actions:
        own = (action.owner, *(text for _, text, _ in parts(action)))
        texts[action.document].update(text for text in own if text)
        roles[action.document].update(name for name in (action.owner, *action.owners) if name)
    known = vocabulary.abbreviations()
    return {document: Repairer(texts[document], roles[document], known) for document in texts}


def parts(action: Action) -> Iterator[tuple[Place, str, float]]:
    """The texts of a row by place, each with how much a mention in it counts, in [0, 1]."""
    for text in (action.action_parent, action.action):
        if text:
            yield Place.ACTION, text, 1.0
    for place, heading in ((Place.RECOMMENDATION, action.recommendation), (Place.SECTION, action.section)):
        if heading:
            tail = _DATED_TAIL.search(heading)
            main = heading[: tail.start()] if tail else heading
            yield place, main, _ORIGIN_STRENGTH if _ORIGIN.search(main) else 1.0
            if tail:
                yield place, tail["tail"], _ORIGIN_STRENGTH
    for text in (action.success_measure, action.outcome):
        if text:
            yield Place.RESULT, text, 1.0


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
