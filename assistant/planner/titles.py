"""Where a question names a plan by words of its title: whole, in part, or by the one word for a document in it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.lexicon import small
from assistant.planner.holdings import Held, Holdings
from assistant.planner.wording import FUNCTION_WORDS, TAKEN, plain

PLAN_NOUN = r"(?:plans?|reports?|strategy|strategies|programmes?|trackers?|logs?|documents?|papers?|registers?|packs?|versions?)"
_NOUN = re.compile(PLAN_NOUN)
_KIND = frozenset(["action", "improvement", "development", "service", "delivery", "business", "annual", "strategic"])
_WORD = re.compile(r"[a-z0-9][a-z0-9'&-]*")
_LONE = re.compile(
    r"(?:\b(?:the|our|that|this)\s+(?P<the>(?:action\s+|delivery\s+|development\s+|improvement\s+)?(?:tracker|log|report|strategy|programme|register|paper))\b"
    r"|\b(?P<rows>tracker|log)\s+(?:actions?|rows?|items?|entries|dates?|deadlines?|owners?)\b)"
)


_CHILDS_PLAN = re.compile(r"\bplans?$")


@dataclass(frozen=True, slots=True)
class _Word:
    stem: str
    start: int
    end: int
    names: bool
    """Not a word that only joins others."""


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    end: int
    score: tuple[int, bool, bool]
    document: str
    whole: bool
    """Most of the title is said."""


_JOINS = frozenset(["of", "for", "and", "the", "to"])
IsTerm = Callable[[str], bool]
"""True for words that are a term of the field as a whole: "care plan"."""


def spot_titles(raw: str, low: str, holdings: Holdings, is_term: IsTerm) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Places that name a title, each with the documents that fit it best: most words, words in their order, words
    with which the title begins."""
    words = [_word(match) for match in _WORD.finditer(low)]
    runs = [run for source in holdings.sources for run in _runs(raw, low, words, source.title, source.document)]
    runs = [
        run
        for run in runs
        if run.whole or not (_CHILDS_PLAN.search(low[: run.end]) and is_term(raw[run.start : run.end]))
    ]
    taken: list[_Run] = []
    for run in sorted(runs, key=lambda run: run.score, reverse=True):
        rivals = [other for other in taken if run.start < other.end and other.start < run.end]
        if all((other.start, other.end, other.score) == (run.start, run.end, run.score) for other in rivals):
            taken.append(run)
    for place in sorted({(run.start, run.end) for run in taken}):
        yield (*place, frozenset(run.document for run in taken if (run.start, run.end) == place))
    if not taken:
        yield from _lone_nouns(low, holdings)


def _word(match: re.Match[str]) -> _Word:
    text = match.group().removesuffix("'s").replace("'", "")
    return _Word(_stem(text), match.start(), match.end(), text not in FUNCTION_WORDS)


def _stem(word: str) -> str:
    if word == "actions":  # rows, where a title says "action plan"
        return word
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _runs(raw: str, low: str, words: Sequence[_Word], title: str, document: str) -> Iterator[_Run]:
    naming = _naming(title)
    for first, word in enumerate(words):
        if not word.names or word.stem not in naming:
            continue
        run = _longest(words, first, naming, low)
        said = [one.stem for one in run if one.names]
        in_order = any(said == naming[at : at + len(said)] for at in range(len(naming)))
        start, end = run[0].start, run[-1].end
        if len(said) >= 2 and _is_name(raw, low, start, end, said, in_order):
            yield _Run(
                start,
                end,
                (len(said), in_order, naming[: len(said)] == said),
                document,
                3 * len(said) >= 2 * len(naming),
            )


@lru_cache(maxsize=20_000)
def _naming(title: str) -> list[str]:
    """The words of a title that name something, in order."""
    words = [word for word in _WORD.findall(plain(title)) if not word[0].isdigit()]
    stems = [_stem(word.removesuffix("'s").replace("'", "")) for word in words]
    return [word for word in stems if word not in FUNCTION_WORDS]


def _longest(words: Sequence[_Word], first: int, naming: Sequence[str], low: str) -> list[_Word]:
    """Words from `first` on that stand in the title, each once, with only joining words between them."""
    run, last, said = [words[first]], 0, {words[first].stem}
    for word in words[first + 1 :]:
        gap = low[run[-1].end : word.start]
        if (
            re.search(rf"[{TAKEN}?.!;:,]", gap)
            or (word.names and (word.stem not in naming or word.stem in said))
            or (not word.names and word.stem not in _JOINS)
        ):
            break
        run.append(word)
        if word.names:
            said.add(word.stem)
            last = len(run) - 1
    return run[: last + 1]


def _is_name(raw: str, low: str, start: int, end: int, said: Sequence[str], in_order: bool) -> bool:
    """True where the words are used as a name and not for what they say: "care plans" names no care improvement plan."""
    text = raw[start:end]
    capitals = sum(word[0].isupper() for word in text.split()) >= 2
    has_noun = any(_NOUN.fullmatch(word) for word in said)
    follows = bool(re.match(rf"\s*(?:[\w/-]+\s+)?{PLAN_NOUN}\b", low[end:]))
    if capitals and not re.match(r"\W*who\b", low):
        return in_order or has_noun
    if not (has_noun or follows) or re.search(r"\bplans\b", text.lower()):
        return False
    other_noun = has_noun and "plan" not in said
    the = bool(re.search(r"\b(?:the|our|this|that)\s+$|20\d\d\s+$", low[:start]))
    the_plan = has_noun and the
    return (
        other_noun
        or (has_noun and len(said) > 2)
        or bool(set(said) & _KIND)
        or (in_order and has_noun)
        or the_plan
        or (in_order and follows and the)
    )


def _lone_nouns(low: str, holdings: Holdings) -> Iterator[tuple[int, int, frozenset[str]]]:
    """ "The tracker", where one title alone has that word."""
    for match in _LONE.finditer(low):
        group = "the" if match.group("the") else "rows"
        words = {_stem(word) for word in match.group(group).split()}
        fitting = [
            s.document for s in holdings.sources if words <= {_stem(word) for word in _WORD.findall(plain(s.title))}
        ]
        if len(fitting) == 1 and len(holdings.sources) > 1:
            yield (*match.span(group), frozenset(fitting))


def initials_of_titles(low: str, sources: tuple[Held, ...]) -> Iterator[tuple[int, int, frozenset[str]]]:
    """The first letters of a title that ends in "plan", such as SDP."""
    for match in re.finditer(r"(?<!\w)[a-z]{3,6}(?!\w)", low):
        for document in _by_initials(sources).get(match.group(), ()):
            yield (*match.span(), frozenset({document}))


@lru_cache(maxsize=4)
def _by_initials(sources: tuple[Held, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source in sources:
        words = [
            word for word in re.findall(r"[a-z]+", plain(source.title)) if word not in FUNCTION_WORDS and len(word) > 1
        ]
        letters = "".join(word[0] for word in words[: words.index("plan") + 1]) if "plan" in words else ""
        found.setdefault(letters, []).append(source.document)
    return found


_UNKNOWN = re.compile(
    r"(?:\b(?:in|for|at|by|from|of|is|are|has|have|does|do|did|will|about|on|and|or|with|than|what|the)\s+|^\W*)"
    r"(?P<name>[A-Z][a-z]{2,}(?:\s+(?:(?:of|and|upon|on)\s+)?[A-Z][a-z]{2,})*)(?P<after>'s|s')?(?=(?P<next>\s+[a-z]+|\s*[?.,]|\s*$))"
)
_DOES = small("unknown_places_does")


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
        owned = bool(match.group("after")) and bool(
            re.match(r"\s+(?:[\w-]+\s+){0,3}(?:plans?|reports?|council|actions?|strategy)\b", raw[match.end("after") :])
        )
        if owned or following in _DOES or (preceded and following in ("", "?", ".", ",")):
            return name
    return ""
