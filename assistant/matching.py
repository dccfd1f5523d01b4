"""Rows of two versions of a plan, paired: the same action said again, each pair with how sure and by what.

Every pair of rows gets a score from words, reference, owner, date and place; pairs at or above `PAIRED` are taken best
first, each row once. What is left is then looked at for rows that were split or merged."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import islice
from math import log

from rapidfuzz import fuzz, process

from assistant.embedding import Matrix
from assistant.grammar import parsed
from assistant.lexicon import small
from assistant.records import Action
from assistant.vocabulary import split_words

PAIRED = 0.5
"""The score from which two rows are one action. Words alone give 0.6 at most, and 0.7 where they are the same."""

_SAME_WORDS, _REF, _OTHER_REF, _OWNER, _OTHER_OWNER, _DUE, _PLACE = 0.1, 0.28, -0.15, 0.08, -0.06, 0.08, 0.06
_WORDS, _ANOTHER_THING, _TRUST, _CLOSE = 0.6, -0.25, 0.8, 0.05
"""What each kind of evidence adds to a score; how far references are trusted where nothing tells; a close second."""

_FRAME, _ALMOST, _SPELLING, _ENOUGH = 0.7, 0.75, 0.93, 3
"""Shares of letters: nearly the same sentence, nearly the same word, the same text misspelt; stems that are enough."""

_HELD, _GONE, _PART, _OF_A_PART = 0.75, 0.5, 2, 0.8
"""Of a part's words: the share that the whole holds, the most that its twin holds, how many at least; how sure."""
_LIGHT = small("light_in_rows")
_NAMING = frozenset({"NOUN", "PROPN", "NUM", "ADJ"})
_REF_BEFORE = re.compile(r"^\W*(?:[A-Z]{0,3}\d+(?:\.\d+)*[a-z]?[.):]?\s+)")


class How(StrEnum):
    """By what two rows were found to be one action."""

    SAME_WORDS = "same words"
    REWORDED = "other words"
    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Pair:
    """One action in two versions; `sure` in [0, 1]. A row stands in several pairs where it was split or merged."""

    old: Action
    new: Action
    sure: float
    how: How


@dataclass(frozen=True, slots=True)
class Matching:
    """The pairs in the order of the new version, and the rows of either version that have none."""

    pairs: tuple[Pair, ...]
    added: tuple[Action, ...]
    removed: tuple[Action, ...]


def _said(row: Action) -> str:
    """What an action says, without its own reference."""
    text = " ".join(part for part in (row.action_parent, row.action) if part)
    if row.ref and (found := _REF_BEFORE.match(text)) and row.ref.strip(".) ") in found.group():
        text = text[found.end() :]
    return text


def words_said(row: Action) -> tuple[str, ...]:
    """The words of an action in the form that is compared: without case, marks, bullets and its own reference."""
    return _plain_words(_said(row))


def letters_said(row: Action) -> str:
    """The letters and digits of an action alone: equal where its words are, and quick to make."""
    return "".join(re.findall(r"\w", _said(row).casefold()))


@lru_cache(maxsize=50_000)
def _plain_words(text: str) -> tuple[str, ...]:
    return tuple(word.plain for word in split_words(text))


class Row:
    """A row as it is compared; each form of it is made when it is first asked for."""

    def __init__(self, action: Action) -> None:
        self.action = action
        self.words = words_said(action)
        self.ref = (action.ref or "").strip(" .)").casefold()

    @cached_property
    def stems(self) -> frozenset[str]:
        return stems_of(" ".join(self.words))

    @cached_property
    def owners(self) -> frozenset[str]:
        return owners_of(self.action)

    @cached_property
    def place(self) -> str:
        return " ".join(word.stem for word in split_words(self.action.recommendation or self.action.section or ""))


def owners_of(action: Action) -> frozenset[str]:
    """The owners in the form that is compared: by their words, in any order."""
    named = map(split_words, action.owners or ((action.owner,) if action.owner else ()))
    return frozenset(" ".join(word.stem for word in name if word.plain not in {*_LIGHT, "&"}) for name in named)


def same_owners(one: Action, other: Action) -> bool:
    """Whether two rows name the same owners, initials and names in full alike."""
    left, right = owners_of(one), owners_of(other)
    return left == right or {_initials(name) for name in left} == {_initials(name) for name in right}


def _initials(name: str) -> str:
    parts = name.split()
    return "".join(part[0] for part in parts) if len(parts) > 1 else name.replace(".", "")


def match(old: Sequence[Action], new: Sequence[Action]) -> Matching:
    """The rows of two versions, paired."""
    before, after = [Row(one) for one in old], [Row(one) for one in new]
    found = dict(_certain(before, after))
    refs = [(before[one].ref, after[other].ref) for one, other in found.items()]
    told = [one == other for one, other in refs if one and other]
    trust = sum(told) / len(told) if told else _TRUST  # some logs number their rows anew
    left = [at for at in range(len(before)) if at not in found]
    right = [at for at in range(len(after)) if at not in set(found.values())]
    pairs = {(one, other): Pair(old[one], new[other], 1.0, How.SAME_WORDS) for one, other in found.items()}
    seen = Counter(stem for row in (*before, *after) for stem in row.stems)
    weights = {stem: log(1 + (len(before) + len(after)) / times) for stem, times in seen.items()}  # the rarer, the more
    scores = _scores([before[at] for at in left], [after[at] for at in right], weights, trust)
    for row, column, sure in _best_first(scores):
        one, other = left[row], right[column]
        how = How.SAME_WORDS if before[one].words == after[other].words else How.REWORDED
        pairs[one, other] = Pair(old[one], new[other], sure, how)
    for one, other, how in _parts(before, after, pairs, weights):
        pairs[one, other] = Pair(old[one], new[other], _OF_A_PART, how)
    gone, come = {one for one, _ in pairs}, {other for _, other in pairs}
    return Matching(
        tuple(pairs[at] for at in sorted(pairs, key=lambda at: (at[1], at[0]))),
        tuple(row for at, row in enumerate(new) if at not in come),
        tuple(row for at, row in enumerate(old) if at not in gone),
    )


def _certain(before: Sequence[Row], after: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Rows whose words stand once in each version, with the same reference, owner or place."""
    here, there = (Counter(row.words for row in rows) for rows in (before, after))
    at = {row.words: number for number, row in enumerate(after)}
    for number, row in enumerate(before):
        if row.words and here[row.words] == there[row.words] == 1:
            other = after[at[row.words]]
            if (row.ref and row.ref == other.ref) or row.owners & other.owners or row.place == other.place != "":
                yield number, at[row.words]


def _scores(left: Sequence[Row], right: Sequence[Row], weights: dict[str, float], trust: float) -> Matrix:
    """The score of each pair, of shape (left, right)."""
    import numpy as np

    if not left or not right:
        return np.zeros((len(left), len(right)), dtype=np.float32)
    words = _likeness(left, right, weights)
    refs = _equal([row.ref for row in left], [row.ref for row in right])
    for row, column in zip(*np.nonzero(refs < 0), strict=True):
        if _is_below(left[row].ref, right[column].ref) or _is_below(right[column].ref, left[row].ref):
            refs[row, column] = 0
    owners = _equal([row.owners for row in left], [row.owners for row in right])
    dues = _equal([row.action.due for row in left], [row.action.due for row in right])
    places = _equal([row.place for row in left], [row.place for row in right])
    same = _equal([row.words for row in left], [row.words for row in right])
    scores: Matrix = _WORDS * words + _SAME_WORDS * (same > 0) + _DUE * (dues > 0) + _PLACE * (places > 0)
    scores += trust * np.where(refs > 0, _REF, np.where(refs < 0, _OTHER_REF, 0))
    scores += np.where(owners > 0, _OWNER, np.where(owners < 0, _OTHER_OWNER, 0))
    for row, column in zip(*np.nonzero((scores >= PAIRED) & (same <= 0)), strict=True):
        certain_ref = refs[row, column] > 0 and trust >= _TRUST
        if not certain_ref and _another_thing(left[row], right[column]):
            scores[row, column] += _ANOTHER_THING
    return scores


def _is_below(ref: str, above: str) -> bool:
    """Whether a reference is one below another: 1a and 1.2 are below 1, 12 is not."""
    return ref.startswith(above) and not ref[len(above) : len(above) + 1].isdigit()


def _likeness(left: Sequence[Row], right: Sequence[Row], weights: dict[str, float]) -> Matrix:
    """How alike the words are, in [0, 1]: the share of stems, weighted, or of letters where only spelling differs."""
    import numpy as np

    place = {stem: at for at, stem in enumerate(weights)}
    weight = np.fromiter(weights.values(), dtype=np.float32, count=len(weights))

    def held(rows: Sequence[Row]) -> Matrix:
        matrix = np.zeros((len(rows), len(place)), dtype=np.float32)
        for at, row in enumerate(rows):
            matrix[at, [place[stem] for stem in row.stems]] = 1
        return matrix

    here, there = held(left), held(right)
    shared = (here * weight) @ there.T
    whole, other = (here @ weight)[:, None], (there @ weight)[None, :]
    dice = 2 * shared / np.maximum(whole + other, 1e-6)
    enough = np.minimum(here.sum(1)[:, None], there.sum(1)[None, :]) >= _ENOUGH
    within = np.where(enough, 0.9 * shared / np.maximum(np.minimum(whole, other), 1e-6), 0)
    texts = [[" ".join(row.words) for row in rows] for rows in (left, right)]
    letters = process.cdist(*texts, scorer=fuzz.ratio, dtype=np.float32) / 100
    result: Matrix = np.maximum(np.maximum(dice, within), np.where(letters >= _SPELLING, letters, 0))
    return result


def _equal(left: Sequence[object], right: Sequence[object]) -> Matrix:
    """1 where two values are equal, -1 where they differ, 0 where one is not recorded."""
    import numpy as np

    codes: dict[object, int] = {}
    here, there = (
        np.array([codes.setdefault(value, len(codes)) if value else -1 for value in part]) for part in (left, right)
    )
    told = (here[:, None] >= 0) & (there[None, :] >= 0)
    return np.where(told, np.where(here[:, None] == there[None, :], 1, -1), 0).astype(np.float32)


def _another_thing(one: Row, other: Row) -> bool:
    """Whether two rows say the same of two things: all but the same words, and on each side something else is named."""
    if fuzz.token_sort_ratio(" ".join(one.words), " ".join(other.words)) < 100 * _FRAME:
        return False
    gone, come = _naming(one) - other.stems, _naming(other) - one.stems
    letters = [stem for stem in one.stems - other.stems if stem.isalpha()]
    misspelt = {
        stem for stem in come if stem.isalpha() and any(fuzz.ratio(stem, was) >= 100 * _ALMOST for was in letters)
    }
    return bool(gone and come - misspelt)


def _naming(row: Row) -> frozenset[str]:
    """The stems that name something: a noun, a name, a number, a doing, or what is said of one."""
    tokens = (token for token in parsed(" ".join(row.words)) if token.kind in _NAMING or token.gerund)
    return row.stems & {stem for token in tokens for stem in stems_of(token.text)}


@lru_cache(maxsize=50_000)
def stems_of(text: str) -> frozenset[str]:
    """The stems of the words of a text that say something."""
    return frozenset(word.stem for word in split_words(text) if word.plain not in _LIGHT)


def _best_first(scores: Matrix) -> Iterator[tuple[int, int, float]]:
    """Pairs of places, best first, each row and column once, near places before far ones; and how sure each is."""
    rows, columns = scores.shape
    free_rows, free_columns = set(range(rows)), set(range(columns))
    good = zip(*(part.tolist() for part in (scores >= PAIRED).nonzero()), strict=True)
    near = sorted(good, key=lambda at: (-round(float(scores[at]), 3), abs(at[0] / rows - at[1] / columns)))
    for row, column in near:
        score = float(scores[row, column])
        if row in free_rows and column in free_columns:
            others = [float(scores[row, at]) for at in free_columns - {column}]
            others += [float(scores[at, column]) for at in free_rows - {row}]
            close = max(others, default=0.0) > score - _CLOSE
            free_rows.discard(row)
            free_columns.discard(column)
            yield row, column, round(min(1.0, score + 0.2) * (0.8 if close else 1), 2)


def _parts(
    before: Sequence[Row], after: Sequence[Row], pairs: Iterable[tuple[int, int]], weights: dict[str, float]
) -> Iterator[tuple[int, int, How]]:
    """Rows without a pair whose words stood in a row that another part of it was paired with."""
    known = list(pairs)
    come, gone = {other for _, other in known}, {one for one, _ in known}
    for at in (at for at in range(len(after)) if at not in come):
        parts = (one for one, twin in known if _was_part(after[at], before[one], after[twin], weights))
        yield from ((one, at, How.SPLIT) for one in islice(parts, 1))
    for at in (at for at in range(len(before)) if at not in gone):
        parts = (other for twin, other in known if _was_part(before[at], after[other], before[twin], weights))
        yield from ((at, other, How.MERGED) for other in islice(parts, 1))


def _was_part(part: Row, whole: Row, twin: Row, weights: dict[str, float]) -> bool:
    """Whether a row's words stand in the whole row, and not in the row that the whole was paired with."""
    if len(part.stems) < _PART or len(part.stems) >= len(whole.stems):
        return False
    weight, held, left = (
        sum(weights[stem] for stem in part.stems & others) for others in (part.stems, whole.stems, twin.stems)
    )
    return held >= _HELD * weight and left <= _GONE * weight


def same_rows(old: Sequence[Row], new: Sequence[Row], needed: float = 0) -> int:
    """How many rows of one version stand in the other with the same words, or the same reference and like words;
    counted no further once it cannot come to what is needed."""
    there = Counter(row.words for row in new)
    by_ref = {row.ref: row for row in new if row.ref}
    shared = 0
    for left, row in zip(range(len(old), 0, -1), old, strict=True):
        if shared + left < needed:
            break
        if there[row.words]:
            there[row.words] -= 1
            shared += 1
        elif row.ref and (theirs := by_ref.get(row.ref)) is not None:
            shared += 2 * len(row.stems & theirs.stems) > len(row.stems | theirs.stems)
    return shared
