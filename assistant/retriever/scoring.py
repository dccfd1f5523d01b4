"""How well passages, rows and pieces of them answer: by rare words shared with the question, and by meaning."""

import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from heapq import nsmallest

from assistant.embedded_text import action_texts, passage_text
from assistant.embedding import Embedder, Matrix
from assistant.lexicon import small
from assistant.query_plan import Wanted
from assistant.retriever.asked import Asked, beside_asking, only_worded
from assistant.retriever.holding import ABOUT_MEASURES, COUNTED, CUES, MEASURING, holds, inflected
from assistant.retriever.kinds import Kind
from assistant.retriever.pieces import MEASURE, Piece
from assistant.themes.reading import light_words, telling
from assistant.view import View
from assistant.vocabulary import Word, sought_stem, split_words, stem

_FUSING = 8
"""Of reciprocal rank fusion, Cormack, Clarke and Büttcher 2009."""


class Search:
    """Both rankings of one view's passages and rows."""

    def __init__(self, view: View, embedder: Embedder) -> None:
        self._view = view
        self._embedder = embedder
        self._found: dict[str, dict[str, float]] = {}
        self.size = len(view.passages) + len(view.rows)

    def holding(self, names: Sequence[str]) -> dict[str, float]:
        """The ids of those that hold a word by one of its names, with a score by its rarity."""
        found: dict[str, float] = {}
        for name in names:
            for id, score in self._hits(name).items():
                found[id] = max(score, found.get(id, 0.0))
        return found

    def _hits(self, name: str) -> dict[str, float]:
        """Of one word, or of all words of a name."""
        if name not in self._found:
            if len(self._found) > _REMEMBERED:
                self._found.clear()
            held = [self._view.search(word) for word in name.split()]
            shared = set(held[0]).intersection(*held[1:]) if held else set()
            self._found[name] = {id: sum(scores[id] for scores in held) for id in shared}
        return self._found[name]

    @cached_property
    def _vectors(self) -> tuple[dict[str, int], Matrix]:
        texts = {row.id: parts[0] for row in self._view.rows if (parts := action_texts(row))}
        texts |= {passage.id: passage_text(passage) for passage in self._view.passages}
        return {id: at for at, id in enumerate(texts)}, self._embedder.embed(list(texts.values()))

    def meanings(self, vector: Matrix) -> dict[str, float]:
        """How near each passage and row lies to a vector by what it means."""
        places, matrix = self._vectors
        if not places:
            return {}
        return dict(zip(places, (matrix @ vector).tolist(), strict=True))

    def best(self, keywords: dict[str, float], meanings: dict[str, float], allowed: Set[str], k: int) -> Sequence[str]:
        """The k ids of those allowed that both rankings together put first, best first, ties by id."""
        fused: dict[str, float] = {}
        for scores in (keywords, meanings):
            ranking = nsmallest(4 * k, [(-score, id) for id, score in scores.items() if score > 0 and id in allowed])
            for rank, (_, id) in enumerate(ranking, start=1):
                fused[id] = fused.get(id, 0.0) + 1 / (_FUSING + rank)
        return sorted(fused, key=lambda id: (-fused[id], id))[:k]


_REMEMBERED = 512


_ABOVE = 0.7
"""A word in the headings over a piece counts for less than one in it, unless the question names the whole heading."""
_BESIDE = 0.4
"""A word in the lines around a piece says what it may speak of."""
_CUE_FIRST, _CUE_MORE, _CUE_MOST = 0.35, 0.15, 0.95
"""Words that usually answer a word of the question: one is a hint, several together nearly as good as the word."""
_DENSE = 0.5
_ASKS = 0.15
_OUTSIDE = 0.2
"""A word that stands beside what is asked, in a greeting or a sentence before it, hardly counts."""
_WORDED = 0.3
"""A word that names no thing and stands nowhere in the plans: they may say the same in other words."""
_EMBEDDED_AT_MOST = 3
_ABOVE_CHARACTERS, _OWN_CHARACTERS = 160, 320
"""So much of what a piece stands under, and of its own words, is embedded: the time goes with the length."""

_EMPTY = inflected(" ".join(small("retriever_empty")))
"""Words of questions that name nothing to look for, and so count for little."""

_AMOUNT = inflected(" ".join(small("retriever_amount")))
"""Words of a question for how many, which are not what is counted."""

_OF_THINGS = (Kind.ANYTHING, Kind.NAME, Kind.NUMBER, Kind.SHARE)
"""Kinds whose noun is of a thing that the plans speak of, and not of the kind alone."""

_MEASURED = 0.15
"""How something will be known is told by a measure."""

_PROSE = 0.03
"""Prose answers a question about prose a little rather than a row."""


Names = Callable[[str], Sequence[str]]
"""The other names of what a term means: the phrases of an abbreviation, the abbreviations of a phrase."""


@dataclass(frozen=True, slots=True)
class Sought:
    """The words of a question with their weights, other names of them, and the text that stands for its meaning."""

    text: str
    weights: dict[str, float]
    others: dict[str, tuple[frozenset[str], ...]]
    wanted: Wanted | None
    asked: Asked
    keywords: Mapping[str, float]
    """How well each passage and row holds the words."""
    telling: tuple[str, ...] = ()
    """The words that name something, as asked and in order."""
    rare: Mapping[str, float] = field(default_factory=dict)
    """How few passages and rows hold each word, in [0, 1]."""

    @property
    def total(self) -> float:
        return sum(self.weights.values()) or 1.0

    def holds(self, one: str, present: frozenset[str]) -> bool:
        """Whether a text with these stems holds the word, or another name of it as a whole."""
        return one in present or any(other <= present for other in self.others.get(one, ()))

    def shares(self, question: str, piece: Piece, named: Collection[str]) -> bool:
        """Whether a piece, with what it stands under, shares with a question what tells by itself: two words, or one
        that is a good part of all that tell. Args: named, the stems that may only name the plan asked about."""
        beside = {sought_stem(word) for each in beside_asking(question) for word in split_words(each)}
        tell = {sought_stem(word) for word in telling(question)} - beside - set(named) - _EMPTY - _AMOUNT
        present = stems_of(f"{piece.above} {piece.text}")
        rare = [self.rare.get(one, 0.0) for one in tell if self.holds(one, present) and self.rare.get(one, 0) >= _RARE]
        return len(rare) > 1 or (bool(rare) and sum(rare) >= _PART * sum(self.rare.get(one, 0.0) for one in tell))

    def speaks(self, words: str, piece: Piece) -> bool:
        """Whether a piece, or one thing that it stands under, speaks of a subject: all its words stand together there,
        or each tells by itself. Words that plans are full of, found one by one, say nothing of it."""
        asked = list(dict.fromkeys(sought_stem(word) for word in _named(words)))
        names = [frozenset({one}).union(*self.others.get(one, ())) for one in asked]
        strong = bool(asked) and all(self.rare.get(one, 0.0) >= _STRONG for one in asked)
        for text in (piece.text, *piece.above.split(" – ")):
            present = stems_of(text)
            if all(self.holds(one, present) for one in asked) and (strong or _together(names, text)):
                return True
        return False


def sought(
    text: str, search: Search, named: Mapping[str, float], wanted: Wanted | None, names: Names, asked: Asked
) -> Sought:
    """What to look for. Args: named, the weight of stems that may only name the plan asked about."""
    words: dict[str, str] = {}
    for word in split_words(text):
        words.setdefault(sought_stem(word), word.plain)
    others = {one: tuple(names(word)) for one, word in words.items()}
    held = {one: search.holding((word, *others[one])) for one, word in words.items()}
    said_beside = beside_asking(asked.question)
    beside = {sought_stem(word) for each in said_beside for word in split_words(each)}
    asks_only = _EMPTY | _AMOUNT | (MEASURING if wanted is Wanted.MANNER else frozenset())
    asks_only |= frozenset() if asked.kind in _OF_THINGS else {sought_stem(word) for word in split_words(asked.noun)}
    useful = {
        one: named.get(one, 1.0) * (_ASKS if one in asks_only else 1.0) * (_OUTSIDE if one in beside else 1.0)
        for one in words
    }
    put = only_worded(asked.question)
    put_otherwise = {one for one, word in words.items() if word in put and not held[one]}
    most = math.log(1 + search.size) or 1.0
    rare = {one: math.log(1 + search.size / (1 + len(found))) / most for one, found in held.items()}
    weights = {one: most * rare[one] * useful[one] * (_WORDED if one in put_otherwise else 1.0) for one in held}
    keywords: dict[str, float] = {}
    for one, found in held.items():
        for id, score in found.items():
            keywords[id] = keywords.get(id, 0.0) + useful[one] * score
    meant = " ".join(word for word in text.split() if word.casefold().strip(".,;:!?") not in said_beside)
    return Sought(
        text=f"{_ASKING[wanted]} {meant}" if wanted in _ASKING else meant,
        weights=weights,
        others={one: tuple(stems_of(name) for name in named) for one, named in others.items()},
        wanted=wanted,
        asked=asked,
        keywords=keywords,
        telling=tuple(words[one] for one in weights if weights[one] > _TELLING and one not in _AMOUNT),
        rare=rare,
    )


_ASKING = {
    Wanted.PERSON: "who",
    Wanted.DATE: "when",
    Wanted.MANNER: "how",
    Wanted.REASON: "why",
    Wanted.MONEY: "how much money",
    Wanted.NUMBER: "how many",
    Wanted.TARGET: "how many",
    Wanted.RESULT: "what difference did it make",
}


_RARE, _STRONG, _PART = 0.41, 0.56, 0.35
"""How few of the passages and rows hold a word that tells something, and one that tells by itself, in [0, 1]; how much
of what tells in a question one word must be."""


def _named(words: str) -> list[Word]:
    """The words that make up a name: those that tell, and others that stand right beside them ("young carers")."""
    every = [*split_words(words)]
    tell = [word.plain not in light_words() for word in every]
    linking = small("wording_function_words")
    beside = [any(tell[max(0, at - 1) : at + 2]) and word.plain not in linking for at, word in enumerate(every)]
    return [word for word, told, near in zip(every, tell, beside, strict=True) if told or near]


@lru_cache(maxsize=50_000)
def stems_of(text: str) -> frozenset[str]:
    """The stems of the words of a text, its compounds in one and in parts."""
    return frozenset(sought_stem(word) for word in split_words(re.sub(r"[-/]", " ", text)))


_APART = 4
"""So many other words may stand among those of a name: "carers who are still young"."""


def says(words: str, text: str) -> bool:
    """Whether a text says a name: the words that make it up stand together there."""
    return _together([frozenset({sought_stem(word)}) for word in _named(words)], text)


def _together(names: Sequence[frozenset[str]], text: str) -> bool:
    """Whether one of the stems of each name stands in a text within a few words of those of the others."""
    at = [
        [place for place, word in enumerate(split_words(re.sub(r"[-/]", " ", text))) if sought_stem(word) in one]
        for one in names
    ]
    reach = len(names) + _APART
    return bool(at) and any(
        all(any(start <= place < start + reach for place in places) for places in at) for one in at for start in one
    )


def coverage(wanted: Sought, piece: Piece) -> float:
    """The share of the question's weight that the piece and what it stands under hold, in [0, 1]."""
    own, above, around = stems_of(piece.text), stems_of(piece.above), stems_of(piece.around)
    headings = [stems_of(heading) for heading in piece.headings]
    asked = {one for heading in headings if all(stem in wanted.weights for stem in heading) for one in heading}
    total = 0.0
    for one, weight in wanted.weights.items():
        if wanted.holds(one, own):
            total += weight
        elif wanted.holds(one, above):
            total += weight * (1.0 if one in asked else _ABOVE)
        else:
            cues = len(CUES.get(one, frozenset()) & own)
            cued = min(_CUE_MOST, _CUE_FIRST + _CUE_MORE * cues) if cues else 0.0
            total += weight * max(cued, _BESIDE if wanted.holds(one, around) else 0.0)
    return total / wanted.total


@dataclass(frozen=True, slots=True)
class Scored:
    piece: Piece
    score: float
    coverage: float
    meaning: float


def scored(
    wanted: Sought, pieces: Sequence[Piece], meanings: Mapping[str, float], vector: Matrix, embedder: Embedder
) -> list[Scored]:
    """The likeliest pieces, best first. What a piece means is first taken from the passage or row that it stands in;
    the few that lead are then weighed by their own words. Args: meanings, how near each passage and row lies to the
    question, whose vector is given."""
    kind, numbers = wanted.asked.kind, (Wanted.NUMBER, Wanted.TARGET)
    counted = kind is Kind.NUMBER or (kind is Kind.ANYTHING and wanted.wanted in numbers)
    able = [one for one in pieces if (counts(one, wanted) if counted else holds(wanted.asked, one.text))]
    rough = sorted((_scored(one, meanings.get(one.group, 0.0), wanted) for one in able), key=lambda one: -one.score)
    leading = [one.piece for one in rough[:_EMBEDDED_AT_MOST]]
    if not leading:
        return []
    cut = [(piece.above[:_ABOVE_CHARACTERS], piece.text[:_OWN_CHARACTERS]) for piece in leading]
    texts = [f"{above}: {own}" if above else own for above, own in cut]
    meant = (embedder.embed(texts) @ vector).tolist()
    found = [_scored(piece, meaning, wanted) for piece, meaning in zip(leading, meant, strict=True)]
    return sorted([*found, *rough[_EMBEDDED_AT_MOST:]], key=lambda one: -one.score)


def features(ranked: Sequence[Scored]) -> tuple[float, float, float]:
    """What is known of the first of the pieces: the words it shares, what it means, how clear it stands of the next."""
    best = ranked[0]
    rest = max((one.score for one in ranked if one.piece.group != best.piece.group), default=0.0)
    return best.coverage, best.meaning, best.score - rest


def likelihood(ranked: Sequence[Scored]) -> float:
    """How likely the first of the pieces answers, in [0, 1]."""
    return 1 / (1 + math.exp(-(_BIAS + sum(w * known for w, known in zip(_WEIGHTS, features(ranked), strict=True)))))


_BIAS, _WEIGHTS = -3.5, (4.8, 1.5, 2.4)
"""Made by `python -m tests.evaluation.quotes` on the ranking as it stood then; see decision 43."""


def _scored(piece: Piece, meaning: float, wanted: Sought) -> Scored:
    covered = coverage(wanted, piece)
    score = (1 - _DENSE) * covered + _DENSE * max(0.0, meaning) + (_PROSE if piece.row is None else 0.0)
    manner = wanted.asked.kind in (Kind.ANYTHING, Kind.SIGN) and wanted.wanted is Wanted.MANNER
    measures = manner and MEASURING & set(wanted.weights) and is_measure(piece)
    return Scored(piece, score + _MEASURED if measures else score, covered, meaning)


def is_measure(piece: Piece) -> bool:
    """Whether a piece is a measure: a cell of measures, or words under a heading for them."""
    return piece.kind == MEASURE or bool(ABOUT_MEASURES.search(piece.above))


_TELLING = 0.3
_NUMBERED = re.compile(
    r"\b(?:priority|recommendation|action|section|paragraph|appendix|table|figure|phase|stage|step|part|version|level|year|"
    r"grade|tier|annex|chapter|item|page)s?\s+$",
    re.IGNORECASE,
)
"""A word before a number that it numbers, and so does not count."""
_LABEL = re.compile(r"(?:^|\n)[\s(]*$")
_REACH = 4
"""So many words after a number may stand what is counted: "44 of the 58 interviews"."""


def counts(piece: Piece, wanted: Sought) -> bool:
    """Whether a number stands before what is counted, which is asked first in "how many ...": "four families"; or is
    the subject of a sentence under the name of that: "only one was found" under "contacts"."""
    text, noun = piece.text, wanted.asked.noun
    counted = (noun,) if noun and noun not in _AMOUNT else wanted.telling[:1]
    forms = {form for word in counted for form in (word, f"{word}s", word.removesuffix("s"))}
    others = [other for word in counted for other in wanted.others.get(stem(word), ())]
    for match in COUNTED.finditer(text):
        label = _LABEL.search(text[: match.start()]) and text[match.end() : match.end() + 1] in (".", ")", ":")
        if label or _NUMBERED.search(text[: match.start()]):
            continue
        following = split_words(text[match.end() : match.end() + 80])[:_REACH]
        stems = frozenset(word.stem for word in following)
        words = [word.plain for word in following]
        subject = "%" not in match.group() and words and words[0] in ("is", "are", "was", "were", "has", "have")
        named = forms & {*words} or (subject and forms & {*piece.above.casefold().strip("()").split()})
        if named or any(other <= stems for other in others):
            return True
    return False
