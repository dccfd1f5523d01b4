"""Where a question names a plan by words of its title: whole, in part, or by the one word for a document in it."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.lexicon import plain, small
from assistant.planner.holdings import Held, Holdings
from assistant.planner.text import FUNCTION_WORDS, NAMING_WORD, TAKEN, initials, naming, singular

PLAN_NOUN = r"(?:plans?|reports?|strategy|strategies|programmes?|trackers?|logs?|documents?|papers?|registers?|packs?|versions?)"
PLAN_WORD = re.compile(PLAN_NOUN, re.IGNORECASE)
KIND_WORDS = small("plans_kind_words")
_LONE = re.compile(
    r"(?:\b(?:the|our|that|this)\s+(?P<the>(?:action\s+|delivery\s+|development\s+|improvement\s+)?(?:tracker|log|report|strategy|programme|register|paper))\b"
    r"|\b(?P<rows>tracker|log)\s+(?:actions?|rows?|items?|entries|dates?|deadlines?|owners?)\b)"
)
_CHILDS_PLAN = re.compile(r"\bplans?$")
Named = tuple[int, int, frozenset[str]]
"""Where the question names plans, and the documents that it may mean."""


class _Word(NamedTuple):
    stem: str
    start: int
    end: int
    names: bool
    """Not a word that only joins others."""


class _Run(NamedTuple):
    score: tuple[int, bool, bool]
    start: int
    end: int
    document: str
    whole: bool
    """Most of the title is said."""


IsTerm = Callable[[str], bool]
"""True for words that are a term of the field as a whole: "care plan"."""


def spot_titles(raw: str, low: str, holdings: Holdings, is_term: IsTerm) -> Iterator[Named]:
    """Places that name a title, each with the documents that fit it best: most words, words in their order, words
    with which the title begins."""
    words, taken = _words(low), list[_Run]()
    runs = [run for source in holdings.sources for run in _runs(raw, low, words, source.title, source.document)]
    for run in sorted(runs, key=lambda run: run.score, reverse=True):
        if not run.whole and _CHILDS_PLAN.search(low[: run.end]) and is_term(raw[run.start : run.end]):
            continue
        rivals = [other for other in taken if run.start < other.end and other.start < run.end]
        if all(other[:3] == run[:3] for other in rivals):
            taken.append(run)
    for place in sorted({(run.start, run.end) for run in taken}):
        yield (*place, frozenset(run.document for run in taken if (run.start, run.end) == place))
    for match in _LONE.finditer(low) if not taken else ():  # "the tracker", where one title alone has that word
        group = "the" if match.group("the") else "rows"
        said = {word.stem for word in _words(match.group(group))}
        fitting = [s.document for s in holdings.sources if said <= {one.stem for one in _words(plain(s.title))}]
        if len(fitting) == 1 and len(holdings.sources) > 1:
            yield (*match.span(group), frozenset(fitting))


@lru_cache(maxsize=20_000)
def _words(low: str) -> tuple[_Word, ...]:
    """The words of a question or a title. "Actions" are rows, where a title says "action plan"."""
    found = ((match.group().removesuffix("'s").replace("'", ""), match.span()) for match in NAMING_WORD.finditer(low))
    return tuple(
        _Word(one if one == "actions" else singular(one), *span, one not in FUNCTION_WORDS) for one, span in found
    )


def _runs(raw: str, low: str, words: Sequence[_Word], title: str, document: str) -> Iterator[_Run]:
    stems = (word.stem for word in _words(plain(title)))
    naming = [stem for stem in stems if not stem[:1].isdigit() and stem not in FUNCTION_WORDS]
    for first, word in enumerate(words):
        if not word.names or word.stem not in naming:
            continue
        run = _longest(words, first, naming, low)
        said = [one.stem for one in run if one.names]
        in_order = any(said == naming[at : at + len(said)] for at in range(len(naming)))
        start, end = run[0].start, run[-1].end
        if len(said) >= 2 and _is_name(raw, low, start, end, said, in_order):
            score = (len(said), in_order, naming[: len(said)] == said)
            yield _Run(score, start, end, document, 3 * len(said) >= 2 * len(naming))


def _longest(words: Sequence[_Word], first: int, naming: Sequence[str], low: str) -> list[_Word]:
    """Words from `first` on that stand in the title, each once, with only joining words between them."""
    run, last, said = [words[first]], 0, {words[first].stem}
    for word in words[first + 1 :]:
        goes_on = (
            word.stem in naming and word.stem not in said
            if word.names
            else word.stem in ("of", "for", "and", "the", "to")
        )
        if not goes_on or re.search(rf"[{TAKEN}?.!;:,]", low[run[-1].end : word.start]):
            break
        run.append(word)
        if word.names:
            said.add(word.stem)
            last = len(run) - 1
    return run[: last + 1]


def _is_name(raw: str, low: str, start: int, end: int, said: Sequence[str], in_order: bool) -> bool:
    """True where the words are used as a name and not for what they say: "care plans" names no care improvement plan."""
    text = raw[start:end]
    has_noun = any(PLAN_WORD.fullmatch(word) for word in said)
    if sum(word[0].isupper() for word in text.split()) >= 2 and not re.match(r"\W*who\b", low):
        return in_order or has_noun
    follows = bool(re.match(rf"\s*(?:[\w/-]+\s+)?{PLAN_NOUN}\b", low[end:]))
    if not (has_noun or follows) or re.search(r"\bplans\b", text.lower()):
        return False
    the = bool(re.search(r"\b(?:the|our|this|that)\s+$|20\d\d\s+$", low[:start]))
    by_noun = has_noun and ("plan" not in said or len(said) > 2 or in_order or the)
    return by_noun or not KIND_WORDS.isdisjoint(said) or (in_order and follows and the)


def initials_of_titles(low: str, sources: tuple[Held, ...]) -> Iterator[Named]:
    """The first letters of a title that ends in "plan", such as SDP."""
    for source in sources:
        words = naming(source.title)
        letters = initials(words[: words.index("plan") + 1]) if "plan" in words else ""
        for match in re.finditer(rf"(?<!\w){letters}(?!\w)", low) if 3 <= len(letters) <= 6 else ():
            yield (*match.span(), frozenset({source.document}))


_UNKNOWN = re.compile(
    r"(?:\b(?:in|for|at|by|from|of|is|are|has|have|does|do|did|will|about|on|and|or|with|than|what|the)\s+|^\W*)"
    r"(?P<name>[A-Z][a-z]{2,}(?:\s+(?:(?:of|and|upon|on)\s+)?[A-Z][a-z]{2,})*)(?P<after>'s|s')?(?=(?P<next>\s+[a-z]+|\s*[?.,]|\s*$))"
)


def unknown_place(raw: str, rest: str, holdings: Holdings) -> str:
    """A name that stands where an authority does and is found in no plan: "what is Fenbridge doing about neglect?"."""
    for match in _UNKNOWN.finditer(raw):
        name, start, end = match.group("name"), *match.span("name")
        words = [word.lower() for word in re.findall(r"[A-Za-z]+", name)]
        if TAKEN in rest[start:end] or any(word in holdings.words or word in FUNCTION_WORDS for word in words):
            continue
        if start == len(raw) - len(raw.lstrip()) and not match.group("after"):
            continue
        following = match.group("next").strip()
        preceded = re.search(rf"\b(?:in|for|at|about|than|and|with{'|on' if ' ' in name else ''})\s+$", raw[:start])
        owned = match.group("after") and re.match(
            r"\s+(?:[\w-]+\s+){0,3}(?:plans?|reports?|council|actions?|strategy)\b", raw[match.end("after") :]
        )
        if owned or following in small("unknown_places_does") or (preceded and following in ("", "?", ".", ",")):
            return name
    return ""
