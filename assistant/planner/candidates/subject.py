"""What a question is about: the words that nothing else explains, as one theme or several, each strong or weak."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.grammar import Token, below, parsed
from assistant.lexicon import Word, phrases, small, stem, table, words_of
from assistant.locks import WAY
from assistant.planner.holdings import Holdings
from assistant.planner.sketch import Left
from assistant.planner.text import FUNCTION_WORDS, Text, overlaps
from assistant.vocabulary import Vocabulary

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words that may be a subject. `marked` where a word such as "about" or a word for rows stands beside it;
    `known` where the glossary or a plan has its words."""

    start: int
    end: int
    words: str
    marked: bool
    known: bool
    clause: int
    terms: tuple[Span, ...] = ()
    """The terms of the glossary in it."""
    joined: bool = False
    """Whether "and", "or" or a comma joins it to the segment before."""
    aside: bool = False
    """Whether it stands before the dash, the colon or the full stop after which the question itself begins."""


@cache
def _empty() -> tuple[frozenset[str], frozenset[str]]:
    own = [*phrases("filler", "asking"), *(one for one in phrases("courtesy", "polite") if " " not in one)]
    for (role, _), named in table().items():
        if role in ("rows", "field"):
            own += [one.strip("=") for one in named if not one.endswith("~") and " " not in one]
    return frozenset(own), frozenset(stem(word) for word in own)


def is_empty(word: str) -> bool:
    """True for a word about asking, or about plans in general: it names no subject at the edge of one."""
    bare = word.lower().strip("'").removesuffix("'s")
    forms, stems = _empty()
    small = bare in FUNCTION_WORDS or bare in forms or (len(bare) > 3 and stem(bare) in stems and bare not in _NAMES)
    return small or bool(re.fullmatch(r"\d{1,3}|s|re", bare)) or not re.search(r"[a-z0-9]", bare)


_NAMES = small("subject_names")
MARKS = small("subject_marks")
_STRESSED = small("subject_stressed")
_LOOSE = small("subject_loose")
_AUX = small("ways_aux")
_RELATIVE = small("subject_relative")
_JOINS = re.compile(r"\s*(?:,\s*(?:and|or)?|\band/or\b|\bor\b|\band\b|\bplus\b|&|/)\s+", re.I)
_SETS = re.compile(rf"{_JOINS.pattern}|\s*\b(?:against|versus|vs?)\b\.?\s*", re.I)
"""What parts the things that a comparison sets side by side."""
_BREAK = re.compile(r"[?!;:()\"]|(?<!\w\.\w)\.(?=\s|$)|\s-\s|\b(?:so|because|whereas)\b")
_ASKS = re.compile(
    r"(?:[:;.!?]|\s[-–—])\s+(?=(?:and\s+|so\s+)?(?:what|which|who|how|when|where|is|are|has|have|do|does|did|any|anything|list|show|give)\b)"
)
_CLAUSE = re.compile(r"\b(?:when|who|whose|where|because|while|so that|if|whether)\b")


def segments(text: Text, covered: Sequence[Span], vocabulary: Vocabulary, holdings: Holdings) -> list[Segment]:
    """The runs of words that are left over, without words at their edges that name nothing."""
    terms = _terms(text, covered, vocabulary)
    tokens = {token.start: token for token in parsed(text.raw)} if _worth_parsing(text, covered, terms) else {}
    joins = _SETS if text.says("ask", "compare", sure=True) else _JOINS

    def acts(word: Word) -> bool:
        return word.low in _AUX or (word.start in tokens and tokens[word.start].kind == "VERB")

    found: list[Segment] = []
    for clause, (start, end) in enumerate(_runs(text, covered)):
        WAY.get()()
        at = start
        pieces: list[Span] = []
        for match in joins.finditer(text.low, start, end):
            if _CLAUSE.search(text.low, at, match.start()) and match.group().strip() != "or":
                continue
            if not any(s < match.end() and match.start() < e for s, e in terms):
                pieces.append((at, match.start()))
                at = match.end()
        last: int | None = None
        for piece in [*pieces, (at, end)]:
            if span := _stripped(text, piece, terms, tokens):
                said = text.between(last or 0, span[0])
                joined = last is not None and (any(w.low in _JOINING for w in said) or not any(map(acts, said)))
                found.append(_segment(text, span, clause, joined, terms, holdings))
                last = span[1]
    named_twice = [n for n, one in enumerate(found) if n and text.low[found[n - 1].end : one.start].strip() == "("]
    found = [
        replace(one, joined=True, clause=found[n - 1].clause) if n in named_twice else one
        for n, one in enumerate(found)
    ]
    for n in range(1, len(found)):
        if not found[n].joined and _goes_on(text, found[n - 1], found[n], covered):
            found[n] = replace(found[n], joined=True, clause=found[n - 1].clause)
    begins = max((match.end() for match in _ASKS.finditer(text.low)), default=0)
    found = [replace(one, aside=True) if one.end < begins else one for one in found]
    found = [
        next((o for o, rest in phrases_in(text, one) if o.marked and not rest.known), one) if one.aside else one
        for one in found
    ]
    telling = [one for one in found if not is_light(one.words)]
    return telling or found


_JOINING = frozenset({"and", "or", "plus", "against", "versus", "vs", "v"})
_MORE = frozenset({"and", "or", "plus", "also"})


def _goes_on(text: Text, last: Segment, one: Segment, covered: Sequence[Span]) -> bool:
    """Whether a further subject of the same request begins: "on X (in that plan), and on Y"."""
    between = [word for word in text.between(last.end, one.start) if not overlaps((word.start, word.end), covered)]
    said = [word.low for word in between]
    marks = {"on", "about", "for", "regarding", "the", "a", "an", "in", "of", "from"}
    return (
        bool(_MORE & set(said))
        and set(said) <= _MORE | marks
        and not re.search(r"[.?!;]", text.low[last.end : one.start])
    )


@cache
def _light_words() -> frozenset[str]:
    from assistant.themes.reading import light_words

    return light_words() | {"staff", "workers", "practitioners"}


def is_light(words: str) -> bool:
    """Words such as "staff" that say little of what rows are about, unless nothing else is said."""
    return all(word.low in _light_words() for word in words_of(words))


def phrases_in(text: Text, segment: Segment) -> list[tuple[Segment, Segment]]:
    """The noun phrases within a segment, the longest first, each with the words beside it: "the audit" of "lean on the
    audit", "night bus" of "night bus thing", "privately fostered kids" of "ward has a lot of" them."""
    tokens, found = parsed(text.raw), []
    for at, token in enumerate(tokens):
        head = tokens[token.head]
        whole = segment.start <= head.start < segment.end and is_light(head.text)
        part = token.role in ("compound", "poss", "amod", "nmod") and not whole
        if token.kind not in ("NOUN", "PROPN") or part or not segment.start <= token.start < segment.end:
            continue
        of = [tokens[n] for n in below(tokens, frozenset({at})) if segment.start <= tokens[n].start < segment.end]
        words = list(text.between(min(one.start for one in of), max(one.end for one in of)))
        while words and is_empty(words[0].low):
            words.pop(0)
        while words and is_empty(words[-1].low):
            words.pop()
        if not words or (cut := (words[0].start, words[-1].end)) == (segment.start, segment.end):
            continue
        inner = [term for term in segment.terms if overlaps(term, [cut])]
        rest = [w.low for w in text.between(segment.start, segment.end) if not overlaps((w.start, w.end), [cut])]
        rest = [word for word in rest if not is_empty(word)]
        if rest and not any(s < cut[0] or cut[1] < e for s, e in inner):
            marked = token.role == "pobj" and head.text.lower() in MARKS
            one = replace(segment, start=cut[0], end=cut[1], words=text.raw[slice(*cut)], terms=tuple(inner))
            outer = len(inner) < len(segment.terms)
            left = replace(segment, words=" ".join(rest), marked=len(rest) > 1, known=outer, terms=())
            found.append((replace(one, marked=segment.marked or marked), left))
    return sorted(found, key=lambda pair: pair[0].start - pair[0].end)


def _worth_parsing(text: Text, covered: Sequence[Span], terms: Sequence[Span]) -> bool:
    left = [word for word in text.words if not overlaps((word.start, word.end), [*covered, *terms])]
    return any(not is_empty(word.low) for word in left)


def _terms(text: Text, covered: Sequence[Span], vocabulary: Vocabulary) -> list[Span]:
    """Terms of the glossary and abbreviations in capitals: neither parted nor stripped."""
    found = [one.span for one in vocabulary.concepts_in(text.raw) if not one.term.weak or " " in one.text]
    found = [
        span
        for span in found
        if not overlaps(span, covered) and not (is_empty(text.low[slice(*span)]) and not text.raw[span[0]].isupper())
    ]
    for word in () if text.shouted else text.words:
        typed = text.raw[word.start : word.end].strip(".,?!'")
        named = len(typed) > 1 and typed.isupper() and typed not in _STRESSED
        found += [(word.start, word.end)] if named and not overlaps((word.start, word.end), covered) else []
    return found


def _runs(text: Text, covered: Sequence[Span]) -> list[Span]:
    """What is left between pieces and the ends of sentences."""
    cuts = sorted([*covered, *((match.start(), match.end()) for match in _BREAK.finditer(text.low))])
    runs, at = [], 0
    for start, end in cuts:
        if start > at:
            runs.append((at, start))
        at = max(at, end)
    return [run for run in [*runs, (at, len(text.low))] if text.low[slice(*run)].strip()]


def is_name(text: Text, word: Word) -> bool:
    """Whether a word is written as a name, whatever it is taken for: with a capital, inside a sentence whose other words
    mostly have none."""
    capitals = sum(text.raw[one.start].isupper() for one in text.words)
    before = text.raw[: word.start].rstrip()
    inside = bool(before) and before[-1] not in ".?!:;\"'“‘("
    return inside and text.raw[word.start].isupper() and 2 * capitals <= len(text.words)


_TOPIC = small("subject_topics")


def _is_meant(text: Text, word: Word) -> bool:
    """Whether an inflection of a word of asking is a name or a subject here: "in Reading", "about reading"."""
    first = text.at(word.start)
    topic = first and text.words[first - 1].low in _TOPIC
    if not (topic or is_name(text, word)) or word.low in _empty()[0] or word.low in FUNCTION_WORDS:
        return False
    said = (text.span(hit) for hit in text.hits if hit.role != "filler")
    return not any(start <= word.start < end for start, end in said)


def _stripped(text: Text, piece: Span, terms: Sequence[Span], tokens: dict[int, Token]) -> Span | None:
    words = list(text.between(*piece))

    def named(word: Word) -> bool:
        return overlaps((word.start, word.end), terms)

    relative = any(word.low in _RELATIVE for word in words)

    def loose(word: Word, left: bool) -> bool:
        if named(word) or _is_meant(text, word):
            return False
        token = tokens.get(word.start)
        if token and token.role == "prt" and parsed(text.raw)[token.head].role == "relcl":
            return False  # "children who run off"
        if is_empty(word.low):
            return True
        if token is None or (relative and not left):
            return False
        if is_name(text, word):
            return False
        modifies = token.role in ("amod", "compound") and len(words) > 1  # "stolen laptops"
        return token.kind in _LOOSE and not modifies and not (token.gerund and token.role != "ROOT")

    while words and loose(words[0], True):
        words.pop(0)
    while words and loose(words[-1], False):
        words.pop()
    return (words[0].start, words[-1].end) if words else None


def _segment(text: Text, span: Span, clause: int, joined: bool, terms: Sequence[Span], holdings: Holdings) -> Segment:
    first = text.at(span[0])
    before = [word.low for word in text.words[max(0, first - 3) : first]]
    after = text.at(span[1])
    marked = any(word in MARKS for word in before) or any(
        row.first in (after, after + 1) and not text.stopped(span[1], text.words[row.first].start)
        for row in text.of("rows", sure=True)
    )
    words = [word for word in text.between(*span) if not is_empty(word.low)]
    known = any(overlaps(span, [term]) for term in terms) or any(
        word.low in holdings.words or word.low.rstrip("s") in holdings.words for word in words
    )
    said = text.raw[slice(*span)].strip(" ,.'\"").removesuffix("'s")
    return Segment(*span, said, marked, known, clause, tuple(t for t in terms if overlaps(t, [span])), joined)


_MOST = 5
"""Of more parts than these none is left out alone: each choice is tried against the register."""


def subject_choices(text: Text, found: Sequence[Segment]) -> Iterator[tuple[list[Segment], list[Segment]]]:
    """Which left-over words are the subject: all of them; else those that are marked or known; else a phrase of them;
    else none."""
    yield list(found), []
    for chosen in (
        [one for one in found if one.marked or one.known],
        [one for one in found if one.marked and one.known],
        [one for one in found if one.known],
    ):
        if chosen and len(chosen) < len(found):
            yield chosen, [one for one in found if one not in chosen]
    for n, one in enumerate(found):
        for phrase, rest in phrases_in(text, one)[:_MOST]:
            yield [*found[:n], phrase, *found[n + 1 :]], [rest]
    for n, one in enumerate(found if 1 < len(found) <= _MOST else ()):
        yield [one], [other for other in found if other is not one]
        if len(found) > 2:
            yield [*found[:n], *found[n + 1 :]], [one]
    if found:
        yield [], list(found)


def left_of(segment: Segment, chosen: Sequence[Segment], filtered: bool) -> Left:
    """A segment that is left out. What is all that a question names is beside nothing. `filtered`: it names rows."""
    if not (chosen or filtered or segment.aside):
        return Left(segment.words, True)
    beside = not segment.marked or any(
        one.clause == segment.clause and (one.joined or segment.joined) for one in chosen
    )
    aside = segment.aside and (bool(chosen) or not segment.terms)  # else it is all that the question is about
    return Left(segment.words, (segment.marked or segment.known) and not aside, beside)
