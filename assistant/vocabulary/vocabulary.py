"""The vocabulary: our glossary and the plans' own abbreviation lists, the plans' first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from assistant.records import KeyKind, PlanKey
from assistant.vocabulary.corrections import Correction, Corrector
from assistant.vocabulary.glossary import Concept, Kind, Match, Matcher, Term, read_glossary
from assistant.vocabulary.words import Word, owner_key, split_words, stems

GENERAL = frozenset({"children and young people", "local authority", "children's social care"})
"""Concepts that nearly every row of these plans is about."""
_matcher = lru_cache(maxsize=2)(Matcher)
"""One for the glossary, whatever state of the register it is asked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A term found in a text at offsets `span`. `readings` are the concepts that it may mean, the likeliest first;
    more than one for an abbreviation means that it is ambiguous."""

    concept: str
    term: Term
    text: str
    span: tuple[int, int]
    readings: tuple[str, ...]

    @property
    def ambiguous(self) -> bool:
        """True for an abbreviation with several readings."""
        return self.term.kind is Kind.SHORT and len(self.readings) > 1


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a term stands for, by our glossary. `also` are the other abbreviations and names of the same idea."""

    term: str
    expansion: str
    meaning: str = ""
    also: tuple[str, ...] = ()


class Vocabulary:
    """Made once for a state of the register; see `load`."""

    def __init__(self, concepts: Sequence[Concept], keys: Sequence[PlanKey], corrector: Corrector) -> None:
        self._concepts = {concept.key: concept for concept in concepts}
        self._keys = [key for key in keys if key.kind is KeyKind.ABBREVIATION]
        self._matcher = _matcher(tuple(concepts))
        self._corrector = corrector
        self._broader: dict[str, frozenset[str]] = {}
        self._by_name: dict[tuple[str, ...], list[str]] = {}
        for concept in concepts:
            for term in (term for term in concept.terms if term.kind is not Kind.LAY):
                self._by_name.setdefault(stems(term.expansion or term.text), []).append(concept.key)
        self._own: dict[str, list[PlanKey]] = {}
        for key in self._keys:
            self._own.setdefault(_plain(key.term), []).append(key)

    @classmethod
    def load(
        cls, keys: Sequence[PlanKey] = (), words: Iterable[str] = (), ordinary: Set[str] = frozenset()
    ) -> Vocabulary:
        """The vocabulary of our glossary and of these plan keys.

        Args: words, texts of the rows, whose words a typing error may have meant; ordinary, words of English that are
        never taken for typing errors."""
        concepts = read_glossary()
        own = [term.text for concept in concepts for term in concept.terms if term.kind is not Kind.SHORT]
        return cls(concepts, keys, Corrector((*words, *own), ordinary))

    # ------------------------------------------------------------ concepts

    def concept(self, name: str) -> Concept | None:
        """The concept with this plain name."""
        return self._concepts.get(name)

    def concepts(self) -> tuple[Concept, ...]:
        """All concepts of the glossary."""
        return tuple(self._concepts.values())

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms of all concepts in lower case."""
        return frozenset(term.text.lower() for concept in self.concepts() for term in concept.terms)

    def narrower(self, name: str) -> frozenset[str]:
        """The concepts that are part of this one, at any depth, and itself."""
        return frozenset({name, *(key for key in self._concepts if name in self.broader(key))})

    def broader(self, name: str) -> frozenset[str]:
        """The concepts of which this one is a part, at any depth, and itself."""
        if name not in self._broader:
            concept = self._concepts.get(name)
            above = (self.broader(wide) for wide in concept.broader) if concept else ()
            self._broader[name] = frozenset({name}.union(*above))
        return self._broader[name]

    def concepts_in(self, text: str, document: str | None = None) -> list[Found]:
        """The terms that a text states, each word counted once, longer terms first, in the text's order.

        Args: document, whose own abbreviations hold; without one, those of every plan do, before ours."""
        words = split_words(text)
        matches = self.matches(words, document)
        chosen: list[Found] = []
        used: set[int] = set()
        for match in sorted(matches, key=lambda m: (m.first - m.last, m.term.weak, not m.term.exact, m.first)):
            places = set(range(match.first, match.last))
            if places & used:
                continue
            used |= places
            same = [m for m in matches if (m.first, m.last) == (match.first, match.last)]
            chosen.append(self._found(text, words, match, same))
        return sorted(chosen, key=lambda found: found.span)

    def matches(self, words: Sequence[Word], document: str | None = None) -> list[Match]:
        """Every term in these words, nested ones too; where the plan lists an abbreviation, its own meaning alone."""
        own = [
            Match(self._by_name.get(stems(key.meaning), [key.meaning])[0], Term(key.term, Kind.SHORT), at, at + 1, 1)
            for at, word in enumerate(words)
            for key in self._own.get(word.plain, ())
            if document in (None, key.document) and (word.text[:1].isupper() or len(word.plain) >= 3)
        ]
        theirs = {match.first for match in own if document}
        ours = (m for m in self._matcher.matches(words) if not (m.term.kind is Kind.SHORT and m.first in theirs))
        return [*own, *ours]

    def _found(self, text: str, words: Sequence[Word], match: Match, same: Sequence[Match]) -> Found:
        span = (words[match.first].start, words[match.last - 1].end)
        exact = [m for m in same if m.term.exact] or same
        names = list(dict.fromkeys(m.concept for m in sorted(exact, key=lambda m: m.term.weak)))
        parts = [name for name in names if not any(self._is_part(other, name) for other in names)]
        return Found(parts[0], match.term, text[slice(*span)], span, tuple(parts))

    def _is_part(self, part: str, whole: str) -> bool:
        return part != whole and whole in self.broader(part)

    # ------------------------------------------------------------ terms

    def expand(self, term: str) -> list[Expansion]:
        """What our glossary has for the whole of a term; nothing where it has none. An abbreviation gives its phrases,
        a phrase or lay words the abbreviations and names of the same idea."""
        return [self._expansion(term, name, used) for name, used in self._terms_like(term)]

    def _keys_of(self, term: str) -> list[PlanKey]:
        plain = _plain(term)
        return [key for key in self._keys if plain in (_plain(key.term), _plain(key.meaning))]

    def _terms_like(self, term: str) -> list[tuple[str, Term]]:
        """The concepts that the whole of a term names, with the glossary's own term."""
        words = split_words(term)
        whole = [m for m in self._matcher.matches(words) if (m.first, m.last) == (0, len(words))]
        best: dict[str, Term] = {}
        for match in sorted(whole, key=lambda m: m.term.weak):
            best.setdefault(match.concept, match.term)
        return [(name, used) for name, used in best.items() if not any(self._is_part(o, name) for o in best)]

    def _expansion(self, term: str, name: str, used: Term) -> Expansion:
        concept = self._concepts[name]
        stands_for = (used.expansion or name) if used.kind is Kind.SHORT else name
        names = (t.text for t in concept.terms if t.kind is not Kind.LAY and not t.weak and not t.ending)
        also = tuple(other for other in dict.fromkeys(names) if other not in (term, stands_for))
        return Expansion(term, stands_for, concept.meaning, also)

    def names(self, term: str) -> tuple[str, ...]:
        """All other names of what a term means: its expansions, abbreviations and equal names."""
        found = [text for one in self.expand(term) for text in (one.expansion, *one.also)]
        keys = self._keys_of(term)
        own = [key.meaning if _plain(key.term) == _plain(term) else key.term for key in keys]
        return tuple(text for text in dict.fromkeys([*own, *found]) if text.lower() != term.lower())

    def own(self, document: str) -> tuple[PlanKey, ...]:
        """What a plan's own list of abbreviations says."""
        return tuple(key for key in self._keys if key.document == document)

    def abbreviations(self) -> frozenset[str]:
        """Every abbreviation of the glossary and of the plans."""
        ours = {t.text for c in self.concepts() for t in c.terms if t.kind is Kind.SHORT and not t.ending}
        return frozenset(ours | {key.term for key in self._keys})

    def correct(self, question: str) -> Correction:
        """The question with its typing errors put right, and how each was read."""
        return self._corrector.correct(question)

    # ------------------------------------------------------------ owners

    def owner_key(self, name: str, document: str | None = None) -> tuple[str, ...]:
        """What a name comes down to: two names with one key are one owner."""

        def stands_for(word: Word) -> str | None:
            keys = (key.meaning for key in self._own.get(word.plain, ()) if document in (None, key.document))
            return next(chain(keys, (term.expansion for term in self._matcher.short(word))), None)

        key = owner_key(name, stands_for)
        names = self._by_name.get(key, ())
        parts = [name for name in names if not any(self._is_part(other, name) for other in names)]
        return stems(parts[0]) if parts else key


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    return " ".join(word.plain.removesuffix("s") for word in split_words(text))
